#pragma once

// Money that the engine computes, and money that a file reports.
//
//   Money         an exact count of pico-units (10^-12) of a currency in 128 bits; US dollars
//   unless
//                 its holder says otherwise. A charge is computed without loss as a Decimal and
//                 rounded once, half-even, by Money::rounded; sums of Money are exact.
//   ReportedCost  what a usage export says, exact to 36 fraction digits, because half of real
//   gateway
//                 spends have more than twelve.
//
// One amount is limited to kLargestAmount, far above any bill, so that sums of more than a hundred
// thousand largest amounts still fit; a sum beyond 128 bits stops at the end of the range.

#include "base/decimal.h"
#include "base/int128.h"
#include "base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace tokenlever {

inline constexpr int kMoneyFractionDigits = 12;
inline constexpr int kReportedFractionDigits = 36;
inline constexpr std::int64_t kLargestAmount = 1'000'000'000'000'000'000;  // 10^18, in whole units

// a + b, which stops at the end of the range instead of overflowing.
constexpr int128 add_saturated(int128 a, int128 b) {
    int128 sum = 0;
    if (!__builtin_add_overflow(a, b, &sum)) return sum;
    const auto largest = static_cast<int128>(~static_cast<uint128>(0) >> 1);
    return a < 0 ? -largest : largest;
}

class Money {
public:
    constexpr Money() = default;
    static constexpr Money from_pico(int128 pico) {
        Money money;
        money.pico_ = pico;
        return money;
    }
    // Rounds half-even to 10^-12. NumberTooLarge beyond kLargestAmount.
    static Result<Money> rounded(const Decimal& amount);
    static Result<Money> parse(std::string_view text);

    constexpr int128 pico() const { return pico_; }
    Decimal to_decimal() const { return Decimal::from_scaled(pico_, kMoneyFractionDigits); }
    double to_double() const;       // for pictures and estimates only
    std::string to_string() const;  // "0.015384": full precision, no trailing zeros

    friend constexpr Money operator+(Money a, Money b) {
        return from_pico(add_saturated(a.pico_, b.pico_));
    }
    friend constexpr Money operator-(Money a, Money b) { return a + -b; }
    constexpr Money operator-() const { return from_pico(-pico_); }
    constexpr Money& operator+=(Money other) { return *this = *this + other; }
    constexpr Money& operator-=(Money other) { return *this = *this - other; }
    constexpr auto operator<=>(const Money&) const = default;

private:
    int128 pico_ = 0;
};

class ReportedCost {
public:
    constexpr ReportedCost() = default;
    struct Parsed;
    // Parses decimal text of any form Decimal::parse takes. Digits beyond the 36th are rounded
    // half-even; `is_rounded` tells the caller to count it in a warning. NotANumber, or
    // NumberTooLarge beyond kLargestAmount.
    static Result<Parsed> parse(std::string_view text);

    Decimal to_decimal() const;
    std::string to_string() const;
    bool is_zero() const { return pico_ == 0 && sub_ == 0; }

    friend ReportedCost operator+(const ReportedCost& a, const ReportedCost& b);
    friend ReportedCost operator-(const ReportedCost& a, const ReportedCost& b);
    ReportedCost& operator+=(const ReportedCost& other) { return *this = *this + other; }
    constexpr auto operator<=>(const ReportedCost&) const = default;

private:
    constexpr ReportedCost(int128 pico, int128 sub) : pico_(pico), sub_(sub) {}
    static Result<Parsed> parse_any(std::string_view text);

    int128 pico_ = 0;  // floor(value x 10^12)
    int128 sub_ = 0;   // remainder in 10^-36, 0 <= sub_ < 10^24
};

struct ReportedCost::Parsed {
    ReportedCost cost;
    bool is_rounded = false;
};

}  // namespace tokenlever
