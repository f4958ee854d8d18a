#pragma once

// A 64-bit hash of short texts: the same on every machine and in every build. Good enough to tell
// millions of request ids apart by hash alone (10^7 ids: one collision in some 400,000 files); not
// a defence against somebody who searches for collisions.

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tokenlever {

constexpr std::uint64_t mix_hash(std::uint64_t hash) {
    hash ^= hash >> 33;
    hash *= 0xD6E8FEB86659FD93U;
    hash ^= hash >> 29;
    hash *= 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32;
    return hash;
}

inline std::uint64_t hash_text(std::string_view text) {
    constexpr std::uint64_t kOdd1 = 0x9E3779B97F4A7C15U;  // 2^64 / golden ratio
    constexpr std::uint64_t kOdd2 = 0xBF58476D1CE4E5B9U;
    std::uint64_t hash = text.size() * kOdd2 ^ kOdd1;
    const auto fold = [&](std::uint64_t word) {
        hash ^= std::rotl(word * kOdd2, 31) * kOdd1;
        hash = std::rotl(hash, 27) * kOdd1 + kOdd2;
    };
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 8; left -= 8, at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        fold(word);
    }
    if (left > 0) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, left);
        fold(word);
    }
    return mix_hash(hash);
}

}  // namespace tokenlever
