#pragma once

// Decimal: an exact decimal number, sign x magnitude x 10^-scale, with up to 512 bits (154 digits)
// of magnitude. Addition, subtraction and multiplication are exact; only `rounded` and `divided`
// round, half-even, and say to how many fraction digits. There is no NaN: a result that does not
// fit sets the sticky `overflowed()` flag, which every operation passes on, and which must be
// checked once, at the end of a calculation (money.h and the readers do).
//
// An overflowed value equals every other overflowed value, is greater than every number, and prints
// as "overflow"; comparisons stay total. Fraction digits are limited to kMaxScale.
//
// Text is the only way in from outside ("0.003625", "1.5e-2", "-7"); doubles never are.

#include "base/int128.h"
#include "base/result.h"

#include <array>
#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace tokenlever {

namespace magnitude {
struct Wide;
}

class Decimal {
public:
    constexpr Decimal() = default;
    // An integer is a decimal. NOLINTNEXTLINE(google-explicit-constructor)
    constexpr Decimal(std::int64_t value)
        : limbs_{value < 0 ? 0 - static_cast<std::uint64_t>(value)
                           : static_cast<std::uint64_t>(value)},
          used_(value == 0 ? 0 : 1),
          negative_(value < 0) {}
    // A double is not: it has lost its text.
    template <std::floating_point T>
    Decimal(T value) = delete;  // NOLINT(google-explicit-constructor)
    // mantissa x 10^-scale; scale may be negative.
    static Decimal from_scaled(int128 mantissa, int scale);

    // Accepts [+-]digits[.digits][(e|E)[+-]digits], also ".5" and "5."; at least one digit, nothing
    // around it. Else NotANumber, or NumberTooLarge for what 512 bits cannot hold exactly.
    static Result<Decimal> parse(std::string_view text);

    Decimal operator-() const;
    friend Decimal operator+(const Decimal& a, const Decimal& b);
    friend Decimal operator-(const Decimal& a, const Decimal& b);
    friend Decimal operator*(const Decimal& a, const Decimal& b);
    Decimal& operator+=(const Decimal& other) { return *this = *this + other; }
    Decimal& operator-=(const Decimal& other) { return *this = *this - other; }
    Decimal& operator*=(const Decimal& other) { return *this = *this * other; }

    // Exact value x 10^-places ("per million" is scaled_down(6)).
    Decimal scaled_down(int places) const;
    // Nearest decimal with at most `fraction_digits` fraction digits, ties to even.
    Decimal rounded(int fraction_digits) const;
    // this / divisor, rounded half-even to `fraction_digits`. divisor != 0 (asserted).
    Decimal divided(const Decimal& divisor, int fraction_digits) const;

    friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
    friend bool operator==(const Decimal& a, const Decimal& b);

    bool is_zero() const;
    bool is_negative() const { return negative_; }
    bool overflowed() const { return overflowed_; }
    // True if there are no fraction digits left after removing trailing zeros.
    bool is_integer() const;

    // The value x 10^fraction_digits as an integer, rounded half-even; NumberTooLarge if it does
    // not fit.
    Result<int128> to_scaled_int128(int fraction_digits) const;
    // Nearest double, correctly rounded, ties to even. Infinity if overflowed.
    double to_double() const;
    // Shortest plain text: no exponent, no trailing zeros, "0" for zero, '-' only if not zero.
    std::string to_string() const;

private:
    static constexpr int kLimbs = 8;
    static constexpr int kMaxScale = 4096;

    static Decimal overflow();
    static Decimal sum(const Decimal& a, const Decimal& b, bool is_b_negated);
    static Decimal sum_wide(const Decimal& a, const Decimal& b, bool is_b_negated);
    static Decimal product_wide(const Decimal& a, const Decimal& b);
    static int compare_magnitudes(const Decimal& a, const Decimal& b);
    magnitude::Wide to_wide() const;
    // The magnitude x 10^(scale - scale_), if it takes less than 127 bits: most numbers do.
    bool read_small(int scale, uint128& value) const;
    void write_small(uint128 value, int scale, bool is_negative);
    // Magnitude x 10^places, scale + places; false, and unspecified, if it does not fit.
    bool rescale(int places);
    void strip_trailing_zeros();
    // Drops the sign and scale of zero; overflows if the scale is out of range.
    void settle();

    std::array<std::uint64_t, kLimbs> limbs_{};  // little-endian magnitude
    std::int32_t scale_ = 0;                     // fraction digits, >= 0 after normalisation
    std::uint8_t used_ = 0;                      // limbs in use
    bool negative_ = false;
    bool overflowed_ = false;
};

}  // namespace tokenlever
