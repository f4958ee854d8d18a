#include "base/decimal.h"
#include "base/magnitude.h"

#include <algorithm>
#include <cmath>
#include <limits>

// Decimals to and from text, and to the nearest double.

namespace tokenlever {

namespace {

using magnitude::kDigitsPerLimb;
using magnitude::kPowersOfTen;
using magnitude::kTooBig;
using magnitude::Limb;
using magnitude::Wide;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The parts of a decimal text, still as text.
struct Literal {
    bool is_negative = false;
    std::string_view whole, fraction;
    int exponent = 0;  // saturates far beyond every scale
};

std::size_t count_digits(std::string_view text) {
    std::size_t count = 0;
    while (count < text.size() && is_digit(text[count]))
        ++count;
    return count;
}

std::string_view take_digits(std::string_view& text) {
    const std::string_view digits = text.substr(0, count_digits(text));
    text.remove_prefix(digits.size());
    return digits;
}

bool take_sign(std::string_view& text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+')) text.remove_prefix(1);
    return is_negative;
}

bool split(std::string_view text, Literal& literal) {
    literal.is_negative = take_sign(text);
    literal.whole = take_digits(text);
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        literal.fraction = take_digits(text);
    }
    if (literal.whole.empty() && literal.fraction.empty()) return false;
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        const bool is_negative = take_sign(text);
        const std::string_view digits = take_digits(text);
        if (digits.empty()) return false;
        for (char digit : digits)
            literal.exponent = std::min(literal.exponent * 10 + (digit - '0'), 10'000'000);
        if (is_negative) literal.exponent = -literal.exponent;
    }
    return text.empty();
}

std::string_view without_leading_zeros(std::string_view digits) {
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

std::string_view without_trailing_zeros(std::string_view digits) {
    return digits.substr(0, digits.find_last_not_of('0') + 1);
}

// Appends decimal digits to the magnitude, 19 at a time.
int append_digits(Limb* limbs, int used, int capacity, std::string_view digits) {
    while (!digits.empty() && used != kTooBig) {
        const std::string_view chunk = digits.substr(0, kDigitsPerLimb);
        digits.remove_prefix(chunk.size());
        Limb value = 0;
        for (char digit : chunk)
            value = value * 10 + static_cast<Limb>(digit - '0');
        used = magnitude::multiply_add(limbs, used, capacity, kPowersOfTen[chunk.size()], value);
    }
    return used;
}

constexpr int kMantissaBits = 53;
constexpr int kLowestExponent = -1074;  // of the smallest double above zero

bool bit_at(const Wide& value, int index) {
    return ((value.limbs[static_cast<std::size_t>(index / 64)] >> (index % 64)) & 1) != 0;
}

// value x 2^exponent as the nearest double, ties to even. `has_more` says that the value was a
// little larger. The value has more bits than a mantissa; below the normal range fewer of them are
// kept.
double nearest_double(const Wide& value, int exponent, bool has_more) {
    const int bits = magnitude::bit_length(value.limbs.data(), value.used);
    const int kept = std::min(kMantissaBits, bits + exponent - kLowestExponent);
    if (kept < 0) return 0;
    const int cut = bits - kept;
    std::uint64_t mantissa = 0;
    for (int i = bits - 1; i >= cut; --i)
        mantissa = (mantissa << 1) | (bit_at(value, i) ? 1 : 0);
    for (int i = 0; i < cut - 1 && !has_more; ++i)
        has_more = bit_at(value, i);
    if (bit_at(value, cut - 1) && (has_more || (mantissa & 1) != 0)) ++mantissa;
    return std::ldexp(static_cast<double>(mantissa), cut + exponent);
}

}  // namespace

Result<Decimal> Decimal::parse(std::string_view text) {
    Literal literal;
    if (!split(text, literal)) return fail(ErrorCode::NotANumber, {}, excerpt(text));
    literal.fraction = without_trailing_zeros(literal.fraction);
    literal.whole = without_leading_zeros(literal.whole);
    int zeros = 0;
    if (literal.fraction.empty()) {
        const std::string_view head = without_trailing_zeros(literal.whole);
        zeros = static_cast<int>(
            std::min<std::size_t>(literal.whole.size() - head.size(), 100'000'000));
        literal.whole = head;
    }
    const std::string_view fraction =
        literal.whole.empty() ? without_leading_zeros(literal.fraction) : literal.fraction;
    Decimal result;
    int used = append_digits(result.limbs_.data(), 0, kLimbs, literal.whole);
    if (used != kTooBig) used = append_digits(result.limbs_.data(), used, kLimbs, fraction);
    const auto fraction_digits =
        static_cast<int>(std::min<std::size_t>(literal.fraction.size(), 100'000'000));
    if (used != kTooBig) {
        result.used_ = static_cast<std::uint8_t>(used);
        result.scale_ = fraction_digits - zeros - literal.exponent;
        result.negative_ = literal.is_negative;
        result.settle();
    }
    if (used == kTooBig || result.overflowed_)
        return fail(ErrorCode::NumberTooLarge, {}, excerpt(text));
    return result;
}

double Decimal::to_double() const {
    if (overflowed_) return std::numeric_limits<double>::infinity();
    constexpr int kBelowEveryDouble = 520;  // 10^154 / 10^520
    if (used_ == 0 || scale_ > kBelowEveryDouble) return 0;
    if (used_ == 1 && scale_ <= 15 && limbs_[0] < (Limb{1} << kMantissaBits)) {
        // both exact, so the division rounds once
        const double value = static_cast<double>(limbs_[0]) /
                             static_cast<double>(kPowersOfTen[static_cast<std::size_t>(scale_)]);
        return negative_ ? -value : value;
    }
    Wide value = to_wide(), power{.limbs = {1}, .used = 1};
    magnitude::multiply_pow10(power, scale_);
    const int missing = magnitude::bit_length(power.limbs.data(), power.used) -
                        magnitude::bit_length(value.limbs.data(), value.used);
    const int shift = std::max(0, missing + 64 + 1);  // the quotient has 64 bits or more
    magnitude::shift_left(value, shift);
    const Wide remainder = magnitude::divide(value, power);
    const double result = nearest_double(value, -shift, remainder.used > 0);
    return negative_ ? -result : result;
}

std::string Decimal::to_string() const {
    if (overflowed_) return "overflow";
    if (used_ == 0) return "0";
    std::string digits;  // last digit first
    std::array<Limb, kLimbs> limbs = limbs_;
    for (int used = used_; used > 0;) {
        Limb chunk = magnitude::divide_small(limbs.data(), used, kPowersOfTen.back());
        for (int i = 0; i < kDigitsPerLimb && (used > 0 || chunk > 0); ++i, chunk /= 10)
            digits.push_back(static_cast<char>('0' + chunk % 10));
    }
    const auto scale = static_cast<std::size_t>(scale_);
    if (digits.size() <= scale) digits.append(scale + 1 - digits.size(), '0');
    const std::size_t zeros = std::min(digits.find_first_not_of('0'), scale);
    if (zeros < scale) digits.insert(scale, 1, '.');
    digits.erase(0, zeros);
    if (negative_) digits.push_back('-');
    std::ranges::reverse(digits);
    return digits;
}

}  // namespace tokenlever
