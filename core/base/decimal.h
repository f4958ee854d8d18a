#pragma once

// Decimal: an exact decimal number, sign x magnitude x 10^-scale, with up to 512 bits (154 digits)
// of magnitude. Addition, subtraction and multiplication are exact; only `rounded` and `divided`
// round, half-even, and say to how many fraction digits. There is no NaN: a result that does not
// fit sets the sticky `overflowed()` flag, which every operation passes on, and which must be
// checked once, at the end of a calculation (money.h and the readers do).
//
// Text is the only way in from outside ("0.003625", "1.5e-2", "-7"); doubles never are.

#include "base/int128.h"
#include "base/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace tokenlever {

class Decimal {
public:
    constexpr Decimal() = default;
    constexpr Decimal(std::int64_t value);  // NOLINT(google-explicit-constructor): an integer is a decimal
    // mantissa x 10^-scale; scale may be negative.
    static Decimal from_scaled(int128 mantissa, int scale);

    // Accepts [+-]digits[.digits][(e|E)[+-]digits], at least one digit, nothing around it.
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

    // The value x 10^fraction_digits as an integer, rounded half-even; NumberTooLarge if it does not fit.
    Result<int128> to_scaled_int128(int fraction_digits) const;
    // Nearest double (correctly rounded for up to 19 significant digits, within 1 ulp beyond).
    double to_double() const;
    // Shortest plain text: no exponent, no trailing zeros, "0" for zero, '-' only if not zero.
    std::string to_string() const;

private:
    static constexpr int kLimbs = 8;
    std::array<std::uint64_t, kLimbs> limbs_{};  // little-endian magnitude
    std::int32_t scale_ = 0;                     // fraction digits, >= 0 after normalisation
    std::uint8_t used_ = 0;                      // limbs in use
    bool negative_ = false;
    bool overflowed_ = false;
};

}  // namespace tokenlever
