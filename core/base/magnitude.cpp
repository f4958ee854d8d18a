#include "base/magnitude.h"

#include "base/int128.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace tokenlever::magnitude {

namespace {

Limb low(uint128 value) { return static_cast<Limb>(value); }
Limb high(uint128 value) { return static_cast<Limb>(value >> 64); }

int trimmed(const Limb* limbs, int used) {
    while (used > 0 && limbs[used - 1] == 0)
        --used;
    return used;
}

// Division works on digits of 32 bits, so that every step fits 64-bit arithmetic (Knuth, The Art of
// Computer Programming, volume 2, 4.3.1, algorithm D).
constexpr int kDigits = 2 * Wide::kCapacity;
using Digits = std::array<std::uint32_t, kDigits + 1>;

Digits to_digits(const Wide& value, int shift) {
    Digits digits{};
    for (int i = 0; i < 2 * value.used; ++i)
        digits[static_cast<std::size_t>(i)] = static_cast<std::uint32_t>(
            value.limbs[static_cast<std::size_t>(i / 2)] >> (32 * (i % 2)));
    if (shift == 0) return digits;
    for (std::size_t i = digits.size() - 1; i > 0; --i)
        digits[i] = (digits[i] << shift) | (digits[i - 1] >> (32 - shift));
    digits[0] <<= shift;
    return digits;
}

Wide from_digits(const Digits& digits, int shift) {
    Wide value;
    for (int i = 0; i < kDigits; ++i) {
        const auto at = static_cast<std::size_t>(i);
        std::uint64_t digit = digits[at];
        if (shift != 0) digit = (digit >> shift) | (std::uint64_t{digits[at + 1]} << (32 - shift));
        value.limbs[static_cast<std::size_t>(i / 2)] |= (digit & 0xffff'ffffU) << (32 * (i % 2));
    }
    value.used = trimmed(value.limbs.data(), Wide::kCapacity);
    return value;
}

// One digit of the quotient: estimated from the leading digits, at most two too high.
std::uint64_t estimate(const Digits& rest, const Digits& divisor, std::size_t at,
                       std::size_t size) {
    const std::uint64_t head = (std::uint64_t{rest[at + size]} << 32) | rest[at + size - 1];
    std::uint64_t guess = head / divisor[size - 1];
    std::uint64_t left = head % divisor[size - 1];
    while (guess > 0xffff'ffffU ||
           guess * divisor[size - 2] > ((left << 32) | rest[at + size - 2])) {
        --guess;
        left += divisor[size - 1];
        if (left > 0xffff'ffffU) break;
    }
    return guess;
}

// rest[at ..] -= guess x divisor; returns the digit that was right (guess or one less).
std::uint32_t subtract_product(Digits& rest, const Digits& divisor, std::size_t at,
                               std::size_t size, std::uint64_t guess) {
    std::uint64_t carry = 0;
    std::int64_t borrow = 0;
    for (std::size_t i = 0; i <= size; ++i) {
        const std::uint64_t product = (i < size ? guess * divisor[i] : 0) + carry;
        carry = product >> 32;
        const std::int64_t digit =
            std::int64_t{rest[at + i]} - static_cast<std::int64_t>(product & 0xffff'ffffU) + borrow;
        rest[at + i] = static_cast<std::uint32_t>(digit);
        borrow = digit >> 32;
    }
    if (borrow == 0) return static_cast<std::uint32_t>(guess);
    carry = 0;
    for (std::size_t i = 0; i <= size; ++i) {
        const std::uint64_t digit =
            std::uint64_t{rest[at + i]} + (i < size ? divisor[i] : 0) + carry;
        rest[at + i] = static_cast<std::uint32_t>(digit);
        carry = digit >> 32;
    }
    return static_cast<std::uint32_t>(guess - 1);
}

}  // namespace

int multiply_add(Limb* limbs, int used, int capacity, Limb factor, Limb addend) {
    Limb carry = addend;
    for (int i = 0; i < used; ++i) {
        const uint128 product = static_cast<uint128>(limbs[i]) * factor + carry;
        limbs[i] = low(product);
        carry = high(product);
    }
    if (carry == 0) return trimmed(limbs, used);
    if (used == capacity) return kTooBig;
    limbs[used] = carry;
    return used + 1;
}

int multiply_pow10(Limb* limbs, int used, int capacity, int exponent) {
    if (used == 0) return 0;
    while (exponent > 0 && used != kTooBig) {
        const int step = std::min(exponent, kDigitsPerLimb);
        used = multiply_add(limbs, used, capacity, kPowersOfTen[static_cast<std::size_t>(step)], 0);
        exponent -= step;
    }
    return used;
}

Limb divide_small(Limb* limbs, int& used, Limb divisor) {
    assert(divisor != 0);
    Limb rest = 0;
    for (int i = used - 1; i >= 0; --i) {
        if (rest == 0) {
            rest = limbs[i] % divisor;
            limbs[i] /= divisor;
            continue;
        }
        const uint128 value = (static_cast<uint128>(rest) << 64) | limbs[i];
        const Limb quotient = low(value / divisor);
        limbs[i] = quotient;
        rest = low(value) - quotient * divisor;
    }
    used = trimmed(limbs, used);
    return rest;
}

int compare(const Limb* a, int a_used, const Limb* b, int b_used) {
    if (a_used != b_used) return a_used < b_used ? -1 : 1;
    for (int i = a_used - 1; i >= 0; --i)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

int add(Limb* out, int capacity, const Limb* a, int a_used, const Limb* b, int b_used) {
    const int longer = std::max(a_used, b_used);
    Limb carry = 0;
    for (int i = 0; i < longer; ++i) {
        const uint128 sum =
            static_cast<uint128>(i < a_used ? a[i] : 0) + (i < b_used ? b[i] : 0) + carry;
        out[i] = low(sum);
        carry = high(sum);
    }
    if (carry == 0) return longer;
    if (longer == capacity) return kTooBig;
    out[longer] = carry;
    return longer + 1;
}

int subtract(Limb* out, const Limb* a, int a_used, const Limb* b, int b_used) {
    Limb borrow = 0;
    for (int i = 0; i < a_used; ++i) {
        const uint128 difference = static_cast<uint128>(a[i]) - (i < b_used ? b[i] : 0) - borrow;
        out[i] = low(difference);
        borrow = high(difference) != 0 ? 1 : 0;
    }
    assert(borrow == 0);
    return trimmed(out, a_used);
}

int multiply(Limb* out, int capacity, const Limb* a, int a_used, const Limb* b, int b_used) {
    if (a_used == 0 || b_used == 0) return 0;
    if (a_used + b_used - 1 > capacity) return kTooBig;
    for (int i = 0; i < a_used; ++i) {
        Limb carry = 0;
        for (int j = 0; j < b_used; ++j) {
            const uint128 product = static_cast<uint128>(a[i]) * b[j] + out[i + j] + carry;
            out[i + j] = low(product);
            carry = high(product);
        }
        if (carry == 0) continue;
        if (i + b_used == capacity) return kTooBig;
        out[i + b_used] = carry;
    }
    return trimmed(out, std::min(capacity, a_used + b_used));
}

int bit_length(const Limb* limbs, int used) {
    return used == 0 ? 0 : 64 * used - std::countl_zero(limbs[used - 1]);
}

int compare(const Wide& a, const Wide& b) {
    return compare(a.limbs.data(), a.used, b.limbs.data(), b.used);
}

bool multiply_pow10(Wide& value, int exponent) {
    value.used = multiply_pow10(value.limbs.data(), value.used, Wide::kCapacity, exponent);
    return value.used != kTooBig;
}

bool shift_left(Wide& value, int bits) {
    if (value.used == 0) return true;
    if (bit_length(value.limbs.data(), value.used) + bits > 64 * Wide::kCapacity) return false;
    const int whole = bits / 64;
    const int part = bits % 64;
    for (int i = Wide::kCapacity - 1; i >= 0; --i) {
        const Limb near = i >= whole ? value.limbs[static_cast<std::size_t>(i - whole)] : 0;
        const Limb far = i > whole ? value.limbs[static_cast<std::size_t>(i - whole - 1)] : 0;
        value.limbs[static_cast<std::size_t>(i)] =
            part == 0 ? near : (near << part) | (far >> (64 - part));
    }
    value.used = trimmed(value.limbs.data(), Wide::kCapacity);
    return true;
}

Wide divide(Wide& value, const Wide& divisor) {
    assert(divisor.used > 0);
    Wide remainder;
    if (compare(value.limbs.data(), value.used, divisor.limbs.data(), divisor.used) < 0) {
        std::swap(value, remainder);
        return remainder;
    }
    if (divisor.used == 1) {
        remainder.limbs[0] = divide_small(value.limbs.data(), value.used, divisor.limbs[0]);
        remainder.used = remainder.limbs[0] == 0 ? 0 : 1;
        return remainder;
    }
    const int top_bits = bit_length(divisor.limbs.data(), divisor.used) % 32;
    const int shift = top_bits == 0 ? 0 : 32 - top_bits;
    const auto size =
        static_cast<std::size_t>((bit_length(divisor.limbs.data(), divisor.used) + 31) / 32);
    const Digits by = to_digits(divisor, shift);
    Digits rest = to_digits(value, shift);
    Digits quotient{};
    for (std::size_t at = static_cast<std::size_t>(2 * value.used) - size + 1; at-- > 0;)
        quotient[at] = subtract_product(rest, by, at, size, estimate(rest, by, at, size));
    value = from_digits(quotient, 0);
    return from_digits(rest, shift);
}

}  // namespace tokenlever::magnitude
