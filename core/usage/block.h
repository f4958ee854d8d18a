#pragma once

// 64 bytes of text as bit masks: bit i of `equal_to(c)` is set if byte i is c. One type per
// instruction set, chosen at compile time, all with the same result; PortableBlock is plain C++ and
// is what the others are tested against.

#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tokenlever {

inline constexpr std::size_t kBlockBytes = 64;

class PortableBlock {
public:
    explicit PortableBlock(const char* bytes) { std::memcpy(bytes_, bytes, kBlockBytes); }
    std::uint64_t equal_to(char wanted) const {
        std::uint64_t mask = 0;
        for (std::size_t index = 0; index < kBlockBytes; ++index)
            mask |= std::uint64_t{bytes_[index] == wanted} << index;
        return mask;
    }

private:
    char bytes_[kBlockBytes];
};

#if defined(__wasm_simd128__)

class SimdBlock {
public:
    explicit SimdBlock(const char* bytes)
        : parts_{wasm_v128_load(bytes), wasm_v128_load(bytes + 16), wasm_v128_load(bytes + 32),
                 wasm_v128_load(bytes + 48)} {}
    std::uint64_t equal_to(char wanted) const {
        const v128_t all = wasm_i8x16_splat(wanted);
        const auto part = [&](std::size_t index) {
            return static_cast<std::uint64_t>(
                wasm_i8x16_bitmask(wasm_i8x16_eq(parts_[index], all)));
        };
        return part(0) | part(1) << 16 | part(2) << 32 | part(3) << 48;
    }

private:
    v128_t parts_[4];
};
using Block = SimdBlock;

#elif defined(__SSE2__)

class SimdBlock {
public:
    explicit SimdBlock(const char* bytes) {
        for (std::size_t index = 0; index < 4; ++index)
            parts_[index] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * index));
    }
    std::uint64_t equal_to(char wanted) const {
        const __m128i all = _mm_set1_epi8(wanted);
        const auto part = [&](std::size_t index) {
            const int bits = _mm_movemask_epi8(_mm_cmpeq_epi8(parts_[index], all));
            return static_cast<std::uint64_t>(static_cast<unsigned>(bits));
        };
        return part(0) | part(1) << 16 | part(2) << 32 | part(3) << 48;
    }

private:
    __m128i parts_[4];
};
using Block = SimdBlock;

#else
using Block = PortableBlock;
#endif

// Bit i of the result is the parity of bits 0..i: from quote characters to "inside a quoted text".
constexpr std::uint64_t prefix_xor(std::uint64_t bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^= bits << 32;
    return bits;
}

// The first byte of [from, end) that is a quote, a backslash or a control character; `end` if none.
inline const char* find_string_end(const char* from, const char* end) {
#if defined(__wasm_simd128__)
    for (; end - from >= 16; from += 16) {
        const v128_t bytes = wasm_v128_load(from);
        const v128_t found =
            wasm_v128_or(wasm_v128_or(wasm_i8x16_eq(bytes, wasm_i8x16_splat('"')),
                                      wasm_i8x16_eq(bytes, wasm_i8x16_splat('\\'))),
                         wasm_u8x16_lt(bytes, wasm_u8x16_splat(0x20)));
        const auto bits = static_cast<std::uint32_t>(wasm_i8x16_bitmask(found));
        if (bits != 0) return from + std::countr_zero(bits);
    }
#elif defined(__SSE2__)
    for (; end - from >= 16; from += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
        const __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                                        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))),
                                           control);
        const auto bits = static_cast<std::uint32_t>(_mm_movemask_epi8(found));
        if (bits != 0) return from + std::countr_zero(bits);
    }
#endif
    while (from < end && *from != '"' && *from != '\\' && static_cast<unsigned char>(*from) >= 0x20)
        ++from;
    return from;
}

// The first byte of [from, end) that is a quote or one of {}[]; `end` if none.
inline const char* find_structure(const char* from, const char* end) {
#if defined(__wasm_simd128__)
    for (; end - from >= 16; from += 16) {
        const v128_t bytes = wasm_v128_load(from);
        const v128_t folded = wasm_v128_or(bytes, wasm_i8x16_splat(0x20));
        const v128_t found =
            wasm_v128_or(wasm_v128_or(wasm_i8x16_eq(folded, wasm_i8x16_splat('{')),
                                      wasm_i8x16_eq(folded, wasm_i8x16_splat('}'))),
                         wasm_i8x16_eq(bytes, wasm_i8x16_splat('"')));
        const auto bits = static_cast<std::uint32_t>(wasm_i8x16_bitmask(found));
        if (bits != 0) return from + std::countr_zero(bits);
    }
#elif defined(__SSE2__)
    for (; end - from >= 16; from += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        const __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        const __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(folded, _mm_set1_epi8('{')),
                                                        _mm_cmpeq_epi8(folded, _mm_set1_epi8('}'))),
                                           _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
        const auto bits = static_cast<std::uint32_t>(_mm_movemask_epi8(found));
        if (bits != 0) return from + std::countr_zero(bits);
    }
#endif
    const auto is_structure = [](char c) {
        return c == '"' || (c | 0x20) == '{' || (c | 0x20) == '}';
    };
    while (from < end && !is_structure(*from))
        ++from;
    return from;
}

}  // namespace tokenlever
