#include "cube/text_pool.h"

#include "focus/hash.h"

#include <algorithm>
#include <cstring>

namespace tokenlever {

namespace {

constexpr std::size_t kPageBytes = 16 << 10;
constexpr std::size_t kSmallest = 64;

}  // namespace

std::uint32_t TextPool::look_up(std::string_view text) {
    if ((texts_.size() + 1) * 4 > slots_.size() * 3) grow();
    const std::uint64_t hash = hash_text(text);
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
        const std::size_t index = slots_[slot] - 1;
        if (hashes_[index] == hash && texts_[index] == text) return slots_[slot];
    }
    texts_.push_back(keep(text));
    hashes_.push_back(hash);
    return slots_[slot] = static_cast<std::uint32_t>(texts_.size());
}

std::string_view TextPool::keep(std::string_view text) {
    if (text.size() > page_left_) {
        page_left_ = std::max(kPageBytes, text.size());
        pages_.push_back(std::make_unique_for_overwrite<char[]>(page_left_));
        page_at_ = pages_.back().get();
    }
    std::ranges::copy(text, page_at_);
    const std::string_view kept(page_at_, text.size());
    page_at_ += text.size();
    page_left_ -= text.size();
    return kept;
}

void TextPool::grow() {
    slots_.assign(std::max(kSmallest, slots_.size() * 2), 0);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t index = 0; index < texts_.size(); ++index) {
        std::size_t slot = hashes_[index] & mask;
        while (slots_[slot] != 0)
            slot = (slot + 1) & mask;
        slots_[slot] = static_cast<std::uint32_t>(index + 1);
    }
}

bool KeyIndex::is_at(std::uint32_t number, const std::uint32_t* key) const {
    return std::memcmp(&keys_[number * width_], key, width_ * sizeof *key) == 0;
}

std::uint64_t KeyIndex::hash_of(const std::uint32_t* key) const {
    std::uint64_t hash = width_;
    for (std::size_t word = 0; word < width_; ++word)
        hash = (hash ^ key[word]) * 0x9E3779B97F4A7C15U + (hash >> 32);
    return mix_hash(hash);
}

std::uint32_t KeyIndex::intern(const std::uint32_t* key) {
    if (last_ < count_ && is_at(last_, key)) return last_;
    if ((count_ + 1) * 4 > slots_.size() * 3) grow();
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash_of(key) & mask;
    for (; slots_[slot] != 0; slot = (slot + 1) & mask)
        if (is_at(slots_[slot] - 1, key)) return last_ = slots_[slot] - 1;
    keys_.insert(keys_.end(), key, key + width_);
    slots_[slot] = static_cast<std::uint32_t>(++count_);
    return last_ = static_cast<std::uint32_t>(count_ - 1);
}

void KeyIndex::grow() {
    slots_.assign(std::max(kSmallest, slots_.size() * 2), 0);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t number = 0; number < count_; ++number) {
        std::size_t slot = hash_of(&keys_[number * width_]) & mask;
        while (slots_[slot] != 0)
            slot = (slot + 1) & mask;
        slots_[slot] = static_cast<std::uint32_t>(number + 1);
    }
}

}  // namespace tokenlever
