#include "base/decimal.h"

#include "base/magnitude.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace tokenlever {

namespace {

using magnitude::kDigitsPerLimb;
using magnitude::kPowersOfTen;
using magnitude::kTooBig;
using magnitude::Limb;
using magnitude::Wide;

// More digits than 512 bits hold: a scale difference beyond it decides without arithmetic.
constexpr int kMagnitudeDigits = 155;

Limb power_of_ten(int exponent) { return kPowersOfTen[static_cast<std::size_t>(exponent)]; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The parts of a decimal text, still as text.
struct Literal {
    bool is_negative = false;
    std::string_view whole, fraction;
    int exponent = 0;  // saturates far beyond every scale
};

std::size_t count_digits(std::string_view text) {
    std::size_t count = 0;
    while (count < text.size() && is_digit(text[count])) ++count;
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
        for (char digit : digits) literal.exponent = std::min(literal.exponent * 10 + (digit - '0'), 10'000'000);
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
        for (char digit : chunk) value = value * 10 + static_cast<Limb>(digit - '0');
        used = magnitude::multiply_add(limbs, used, capacity, kPowersOfTen[chunk.size()], value);
    }
    return used;
}

// Divides by 10^places and rounds half-even. `has_more` says that nonzero digits were cut off before.
void drop_digits(Limb* limbs, int& used, int places) {
    bool has_more = false;
    while (places > 0) {
        const int step = std::min(places, kDigitsPerLimb);
        places -= step;
        const Limb power = power_of_ten(step);
        const Limb rest = magnitude::divide_small(limbs, used, power);
        if (places > 0) {
            has_more = has_more || rest != 0;
            continue;
        }
        const bool is_odd = used > 0 && (limbs[0] & 1) != 0;
        if (rest > power / 2 || (rest == power / 2 && (has_more || is_odd)))
            used = magnitude::multiply_add(limbs, used, used + 1, 1, 1);
    }
}

int multiply_wide_pow10(Wide& value, int exponent) {
    return value.used = magnitude::multiply_pow10(value.limbs.data(), value.used, Wide::kCapacity, exponent);
}

// Rounds the quotient half-even by the remainder that was left.
void round_quotient(Wide& quotient, Wide remainder, const Wide& divisor) {
    if (!magnitude::shift_left(remainder, 1)) return;
    const int order =
        magnitude::compare(remainder.limbs.data(), remainder.used, divisor.limbs.data(), divisor.used);
    const bool is_odd = quotient.used > 0 && (quotient.limbs[0] & 1) != 0;
    if (order > 0 || (order == 0 && is_odd))
        quotient.used =
            magnitude::multiply_add(quotient.limbs.data(), quotient.used, Wide::kCapacity, 1, 1);
}

}  // namespace

Decimal Decimal::overflow() {
    Decimal result;
    result.overflowed_ = true;
    return result;
}

void Decimal::settle() {
    if (used_ == 0) {
        scale_ = 0;
        negative_ = false;
    } else if (scale_ < 0) {
        if (!rescale(-scale_)) *this = overflow();
    } else if (scale_ > kMaxScale) {
        strip_trailing_zeros();
        if (scale_ > kMaxScale) *this = overflow();
    }
}

bool Decimal::rescale(int places) {
    const int used = magnitude::multiply_pow10(limbs_.data(), used_, kLimbs, places);
    if (used == kTooBig) return false;
    used_ = static_cast<std::uint8_t>(used);
    scale_ += places;
    return true;
}

void Decimal::strip_trailing_zeros() {
    for (int step = kDigitsPerLimb; step > 0 && scale_ > 0;) {
        std::array<Limb, kLimbs> limbs = limbs_;
        int used = used_;
        if (step > scale_ || magnitude::divide_small(limbs.data(), used, power_of_ten(step)) != 0) {
            step /= 2;
            continue;
        }
        limbs_ = limbs;
        used_ = static_cast<std::uint8_t>(used);
        scale_ -= step;
    }
}

Decimal Decimal::from_scaled(int128 mantissa, int scale) {
    const uint128 value = mantissa < 0 ? 0 - static_cast<uint128>(mantissa) : static_cast<uint128>(mantissa);
    Decimal result;
    result.limbs_[0] = static_cast<Limb>(value);
    result.limbs_[1] = static_cast<Limb>(value >> 64);
    result.used_ = result.limbs_[1] != 0 ? 2 : result.limbs_[0] != 0 ? 1 : 0;
    result.scale_ = scale;
    result.negative_ = mantissa < 0;
    result.settle();
    return result;
}

Result<Decimal> Decimal::parse(std::string_view text) {
    Literal literal;
    if (!split(text, literal)) return fail(ErrorCode::NotANumber, {}, excerpt(text));
    literal.fraction = without_trailing_zeros(literal.fraction);
    literal.whole = without_leading_zeros(literal.whole);
    int zeros = 0;
    if (literal.fraction.empty()) {
        const std::string_view head = without_trailing_zeros(literal.whole);
        zeros = static_cast<int>(std::min<std::size_t>(literal.whole.size() - head.size(), 100'000'000));
        literal.whole = head;
    }
    const std::string_view fraction =
        literal.whole.empty() ? without_leading_zeros(literal.fraction) : literal.fraction;
    Decimal result;
    int used = append_digits(result.limbs_.data(), 0, kLimbs, literal.whole);
    if (used != kTooBig) used = append_digits(result.limbs_.data(), used, kLimbs, fraction);
    const auto fraction_digits = static_cast<int>(std::min<std::size_t>(literal.fraction.size(), 100'000'000));
    if (used != kTooBig) {
        result.used_ = static_cast<std::uint8_t>(used);
        result.scale_ = fraction_digits - zeros - literal.exponent;
        result.negative_ = literal.is_negative;
        result.settle();
    }
    if (used == kTooBig || result.overflowed_) return fail(ErrorCode::NumberTooLarge, {}, excerpt(text));
    return result;
}

Decimal Decimal::operator-() const {
    Decimal result = *this;
    result.negative_ = used_ > 0 && !negative_;
    return result;
}

Decimal Decimal::sum(const Decimal& a, const Decimal& b, bool is_b_negated) {
    Decimal result = a;
    const Decimal* other = &b;
    Decimal scaled;
    if (a.scale_ < b.scale_) {
        if (!result.rescale(b.scale_ - a.scale_)) return overflow();
    } else if (b.scale_ < a.scale_) {
        scaled = b;
        if (!scaled.rescale(a.scale_ - b.scale_)) return overflow();
        other = &scaled;
    }
    const bool is_other_negative = b.negative_ != is_b_negated;
    int used = 0;
    if (result.negative_ == is_other_negative || result.used_ == 0) {
        used = magnitude::add(result.limbs_.data(), kLimbs, result.limbs_.data(), result.used_,
                              other->limbs_.data(), other->used_);
        result.negative_ = is_other_negative;
    } else if (magnitude::compare(result.limbs_.data(), result.used_, other->limbs_.data(), other->used_) >= 0) {
        used = magnitude::subtract(result.limbs_.data(), result.limbs_.data(), result.used_,
                                   other->limbs_.data(), other->used_);
    } else {
        used = magnitude::subtract(result.limbs_.data(), other->limbs_.data(), other->used_,
                                   result.limbs_.data(), result.used_);
        result.negative_ = is_other_negative;
    }
    if (used == kTooBig) return overflow();
    result.used_ = static_cast<std::uint8_t>(used);
    result.settle();
    return result;
}

Decimal Decimal::product(const Decimal& a, const Decimal& b) {
    Decimal result;
    int used = 0;
    if (a.used_ <= 1 && b.used_ <= 1) {
        const uint128 value = static_cast<uint128>(a.limbs_[0]) * b.limbs_[0];
        result.limbs_[0] = static_cast<Limb>(value);
        result.limbs_[1] = static_cast<Limb>(value >> 64);
        used = result.limbs_[1] != 0 ? 2 : result.limbs_[0] != 0 ? 1 : 0;
    } else {
        used = magnitude::multiply(result.limbs_.data(), kLimbs, a.limbs_.data(), a.used_, b.limbs_.data(), b.used_);
    }
    if (used == kTooBig) return overflow();
    result.used_ = static_cast<std::uint8_t>(used);
    result.scale_ = a.scale_ + b.scale_;
    result.negative_ = a.negative_ != b.negative_;
    result.settle();
    return result;
}

Decimal operator+(const Decimal& a, const Decimal& b) {
    if (a.overflowed_ || b.overflowed_) return Decimal::overflow();
    const Decimal result = Decimal::sum(a, b, false);
    if (!result.overflowed_) return result;
    Decimal x = a, y = b;  // zeros at the end may have been what did not fit
    x.strip_trailing_zeros();
    y.strip_trailing_zeros();
    return Decimal::sum(x, y, false);
}

Decimal operator-(const Decimal& a, const Decimal& b) { return a + -b; }

Decimal operator*(const Decimal& a, const Decimal& b) {
    if (a.overflowed_ || b.overflowed_) return Decimal::overflow();
    const Decimal result = Decimal::product(a, b);
    if (!result.overflowed_) return result;
    Decimal x = a, y = b;
    x.strip_trailing_zeros();
    y.strip_trailing_zeros();
    return Decimal::product(x, y);
}

Decimal Decimal::scaled_down(int places) const {
    Decimal result = *this;
    result.scale_ += std::clamp(places, -2 * kMaxScale, 2 * kMaxScale);
    if (!overflowed_) result.settle();
    return result;
}

Decimal Decimal::rounded(int fraction_digits) const {
    if (overflowed_ || scale_ <= fraction_digits) return *this;
    Decimal result = *this;
    const int places = scale_ - std::max(fraction_digits, -kMaxScale);
    if (places > kMagnitudeDigits) return Decimal{};
    int used = used_;
    drop_digits(result.limbs_.data(), used, places);
    result.used_ = static_cast<std::uint8_t>(used);
    result.scale_ -= places;
    result.settle();
    return result;
}

Decimal Decimal::divided(const Decimal& divisor, int fraction_digits) const {
    assert(!divisor.is_zero());
    if (overflowed_ || divisor.overflowed_ || divisor.is_zero()) return overflow();
    Wide value, by;
    std::copy(limbs_.begin(), limbs_.end(), value.limbs.begin());
    std::copy(divisor.limbs_.begin(), divisor.limbs_.end(), by.limbs.begin());
    value.used = used_;
    by.used = divisor.used_;
    const int exponent = fraction_digits + divisor.scale_ - scale_;
    if (exponent >= 0 && multiply_wide_pow10(value, exponent) == kTooBig) return overflow();
    if (exponent < 0 && multiply_wide_pow10(by, -exponent) == kTooBig) return Decimal{};
    const Wide remainder = magnitude::divide(value, by);
    round_quotient(value, remainder, by);
    Decimal result;
    for (result.scale_ = fraction_digits; value.used > kLimbs; --result.scale_)
        if (magnitude::divide_small(value.limbs.data(), value.used, 10) != 0) return overflow();
    std::copy_n(value.limbs.begin(), kLimbs, result.limbs_.begin());
    result.used_ = static_cast<std::uint8_t>(value.used);
    result.negative_ = negative_ != divisor.negative_;
    result.settle();
    return result;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    if (a.overflowed_ || b.overflowed_) return a.overflowed_ <=> b.overflowed_;
    if (a.negative_ != b.negative_)
        return a.negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
    if (a.used_ == 0 || b.used_ == 0) {
        const std::strong_ordering order = (a.used_ > 0) <=> (b.used_ > 0);
        return a.negative_ ? 0 <=> order : order;
    }
    int order = 0;
    const int difference = a.scale_ - b.scale_;
    if (difference == 0) {
        order = magnitude::compare(a.limbs_.data(), a.used_, b.limbs_.data(), b.used_);
    } else if (std::abs(difference) > kMagnitudeDigits) {
        order = difference < 0 ? 1 : -1;
    } else {
        const Decimal& coarse = difference < 0 ? a : b;
        const Decimal& fine = difference < 0 ? b : a;
        Wide wide;
        std::copy(coarse.limbs_.begin(), coarse.limbs_.end(), wide.limbs.begin());
        wide.used = coarse.used_;
        multiply_wide_pow10(wide, std::abs(difference));
        order = magnitude::compare(wide.limbs.data(), wide.used, fine.limbs_.data(), fine.used_);
        if (difference > 0) order = -order;
    }
    return (a.negative_ ? -order : order) <=> 0;
}

bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

bool Decimal::is_zero() const { return used_ == 0 && !overflowed_; }

bool Decimal::is_integer() const {
    if (overflowed_) return false;
    Decimal stripped = *this;
    stripped.strip_trailing_zeros();
    return stripped.scale_ == 0;
}

Result<int128> Decimal::to_scaled_int128(int fraction_digits) const {
    const Decimal scaled = rounded(fraction_digits).scaled_down(-fraction_digits).rounded(0);
    const uint128 limit = static_cast<uint128>(1) << 127;
    const uint128 value = (static_cast<uint128>(scaled.limbs_[1]) << 64) | scaled.limbs_[0];
    const bool fits = scaled.used_ <= 2 && (scaled.negative_ ? value <= limit : value < limit);
    if (scaled.overflowed_ || !fits) return fail(ErrorCode::NumberTooLarge, {}, excerpt(to_string()));
    return static_cast<int128>(scaled.negative_ ? 0 - value : value);
}

double Decimal::to_double() const {
    if (overflowed_) return std::numeric_limits<double>::infinity();
    if (used_ == 0 || scale_ > 520) return 0;  // below the smallest double
    if (used_ == 1 && scale_ <= 15 && limbs_[0] < (Limb{1} << 53)) {
        const double value = static_cast<double>(limbs_[0]) / static_cast<double>(power_of_ten(scale_));
        return negative_ ? -value : value;
    }
    // value x 2^shift / 10^scale has 64 bits or a few more; below the normal range fewer are kept.
    Wide value, power;
    std::copy(limbs_.begin(), limbs_.end(), value.limbs.begin());
    value.used = used_;
    power.limbs[0] = 1;
    power.used = 1;
    multiply_wide_pow10(power, scale_);
    const int shift = std::max(0, 65 + magnitude::bit_length(power.limbs.data(), power.used) -
                                      magnitude::bit_length(value.limbs.data(), value.used));
    magnitude::shift_left(value, shift);
    const Wide remainder = magnitude::divide(value, power);
    const int bits = magnitude::bit_length(value.limbs.data(), value.used);
    const int exponent = bits - shift;  // value in [2^(exponent-1), 2^exponent)
    const int kept = std::min(53, exponent + 1074);
    if (kept < 0) return 0;
    // Round half-even on the quotient; the remainder only breaks ties.
    const int cut = bits - kept;
    const auto bit_at = [&value](int index) {
        return (value.limbs[static_cast<std::size_t>(index / 64)] >> (index % 64)) & 1;
    };
    std::uint64_t mantissa = 0;
    for (int i = bits - 1; i >= cut; --i) mantissa = (mantissa << 1) | bit_at(i);
    bool has_more = remainder.used > 0;
    for (int i = 0; i < cut - 1 && !has_more; ++i) has_more = bit_at(i) != 0;
    if (bit_at(cut - 1) != 0 && (has_more || (mantissa & 1) != 0)) ++mantissa;
    const double result = std::ldexp(static_cast<double>(mantissa), cut - shift);
    return negative_ ? -result : result;
}

std::string Decimal::to_string() const {
    if (overflowed_) return "overflow";
    if (used_ == 0) return "0";
    std::string digits;  // last digit first
    std::array<Limb, kLimbs> limbs = limbs_;
    for (int used = used_; used > 0;) {
        Limb chunk = magnitude::divide_small(limbs.data(), used, power_of_ten(kDigitsPerLimb));
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
