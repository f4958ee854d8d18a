#include "usage/id_set.h"

namespace tokenlever {

namespace {

constexpr std::size_t kSmallest = 64;

std::uint64_t nonzero(std::uint64_t fingerprint) { return fingerprint == 0 ? 1 : fingerprint; }
std::size_t part_of(std::uint64_t fingerprint) { return fingerprint >> 58; }

// The slot that holds the fingerprint, or the empty one where it belongs.
std::size_t slot_of(const std::uint64_t* slots, std::size_t capacity, std::uint64_t fingerprint) {
    std::size_t slot = fingerprint & (capacity - 1);
    while (slots[slot] != 0 && slots[slot] != fingerprint)
        slot = (slot + 1) & (capacity - 1);
    return slot;
}

}  // namespace

bool IdSet::insert(std::uint64_t fingerprint) {
    fingerprint = nonzero(fingerprint);
    Part& part = parts_[part_of(fingerprint)];
    if (part.count * 5 >= part.capacity * 4) grow(part);
    const std::size_t slot = slot_of(part.slots.get(), part.capacity, fingerprint);
    if (part.slots[slot] == fingerprint) return false;
    part.slots[slot] = fingerprint;
    ++part.count;
    return true;
}

bool IdSet::contains(std::uint64_t fingerprint) const {
    fingerprint = nonzero(fingerprint);
    const Part& part = parts_[part_of(fingerprint)];
    if (part.capacity == 0) return false;
    return part.slots[slot_of(part.slots.get(), part.capacity, fingerprint)] == fingerprint;
}

std::size_t IdSet::size() const {
    std::size_t total = 0;
    for (const Part& part : parts_)
        total += part.count;
    return total;
}

void IdSet::merge(const IdSet& other) {
    for (const Part& part : other.parts_)
        for (std::size_t slot = 0; slot < part.capacity; ++slot)
            if (part.slots[slot] != 0) insert(part.slots[slot]);
}

void IdSet::grow(Part& part) {
    const std::size_t capacity = part.capacity == 0 ? kSmallest : part.capacity * 2;
    auto slots = std::make_unique<std::uint64_t[]>(capacity);
    for (std::size_t slot = 0; slot < part.capacity; ++slot)
        if (part.slots[slot] != 0)
            slots[slot_of(slots.get(), capacity, part.slots[slot])] = part.slots[slot];
    part.slots = std::move(slots);
    part.capacity = capacity;
}

}  // namespace tokenlever
