#pragma once

// Unsigned big integers in caller-owned arrays of 64-bit limbs, little-endian: the arithmetic under
// decimal.h and nothing else. `used` counts limbs up to the highest one that is not zero; limbs
// above it are zero. Functions that can outgrow `capacity` return kTooBig and leave the array
// unspecified.

#include <array>
#include <cstdint>

namespace tokenlever::magnitude {

using Limb = std::uint64_t;

inline constexpr int kTooBig = -1;
inline constexpr int kDigitsPerLimb = 19;  // 10^19 < 2^64

inline constexpr std::array<Limb, kDigitsPerLimb + 1> kPowersOfTen = [] {
    std::array<Limb, kDigitsPerLimb + 1> powers{};
    Limb power = 1;
    for (Limb& entry : powers) {
        entry = power;
        power *= 10;
    }
    return powers;
}();

// limbs x factor + addend, in place; returns the new `used`.
int multiply_add(Limb* limbs, int used, int capacity, Limb factor, Limb addend);
// limbs x 10^exponent, in place; returns the new `used`.
int multiply_pow10(Limb* limbs, int used, int capacity, int exponent);
// limbs / divisor, in place; returns the remainder and lowers `used`.
Limb divide_small(Limb* limbs, int& used, Limb divisor);

int compare(const Limb* a, int a_used, const Limb* b, int b_used);
// out = a + b, a - b (a >= b), a x b; `out` starts as zeros (product) and may be `a` (sum,
// difference).
int add(Limb* out, int capacity, const Limb* a, int a_used, const Limb* b, int b_used);
int subtract(Limb* out, const Limb* a, int a_used, const Limb* b, int b_used);
int multiply(Limb* out, int capacity, const Limb* a, int a_used, const Limb* b, int b_used);

int bit_length(const Limb* limbs, int used);

// Room for the intermediate values of division and of conversion to double.
struct Wide {
    static constexpr int kCapacity = 32;
    std::array<Limb, kCapacity> limbs{};
    int used = 0;
};

int compare(const Wide& a, const Wide& b);
// value x 10^exponent, x 2^bits; false, and unspecified, if it does not fit.
bool multiply_pow10(Wide& value, int exponent);
bool shift_left(Wide& value, int bits);
// Replaces `value` by value / divisor and returns the remainder. The divisor is not zero.
Wide divide(Wide& value, const Wide& divisor);

}  // namespace tokenlever::magnitude
