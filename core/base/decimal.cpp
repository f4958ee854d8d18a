#include "base/decimal.h"

#include "base/magnitude.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>

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

// Divides by 10^places and rounds half-even. `has_more` says that nonzero digits were cut off
// before.
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

// Rounds the quotient half-even by the remainder that was left.
void round_quotient(Wide& quotient, Wide remainder, const Wide& divisor) {
    const bool is_doubled = magnitude::shift_left(remainder, 1);
    const int order = is_doubled ? compare(remainder, divisor) : 1;
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

bool Decimal::read_small(int scale, uint128& value) const {
    const int places = scale - scale_;
    if (used_ > 2 || places > kDigitsPerLimb) return false;
    const Limb power = power_of_ten(places);
    const uint128 low = static_cast<uint128>(limbs_[0]) * power;
    const uint128 high = static_cast<uint128>(limbs_[1]) * power + (low >> 64);
    if (high >> 62 != 0) return false;
    value = (high << 64) | static_cast<Limb>(low);
    return true;
}

void Decimal::write_small(uint128 value, int scale, bool is_negative) {
    limbs_[0] = static_cast<Limb>(value);
    limbs_[1] = static_cast<Limb>(value >> 64);
    used_ = limbs_[1] != 0 ? 2 : limbs_[0] != 0 ? 1 : 0;
    scale_ = scale;
    negative_ = is_negative;
    settle();
}

Wide Decimal::to_wide() const {
    Wide wide;
    std::copy(limbs_.begin(), limbs_.end(), wide.limbs.begin());
    wide.used = used_;
    return wide;
}

Decimal Decimal::from_scaled(int128 mantissa, int scale) {
    Decimal result;
    result.write_small(
        mantissa < 0 ? 0 - static_cast<uint128>(mantissa) : static_cast<uint128>(mantissa), scale,
        mantissa < 0);
    return result;
}

Decimal Decimal::operator-() const {
    Decimal result = *this;
    result.negative_ = used_ > 0 && !negative_;
    return result;
}

Decimal Decimal::sum(const Decimal& a, const Decimal& b, bool is_b_negated) {
    const int scale = std::max(a.scale_, b.scale_);
    const bool is_other_negative = b.negative_ != is_b_negated;
    uint128 x = 0, y = 0;
    Decimal result;
    if (!a.overflowed_ && !b.overflowed_ && a.read_small(scale, x) && b.read_small(scale, y)) {
        if (a.negative_ == is_other_negative)
            result.write_small(x + y, scale, is_other_negative);
        else
            result.write_small(x < y ? y - x : x - y, scale,
                               x < y ? is_other_negative : a.negative_);
        return result;
    }
    result = sum_wide(a, b, is_b_negated);
    if (result.overflowed_) {  // zeros at the end may have been what did not fit
        Decimal stripped_a = a, stripped_b = b;
        stripped_a.strip_trailing_zeros();
        stripped_b.strip_trailing_zeros();
        result = sum_wide(stripped_a, stripped_b, is_b_negated);
    }
    return result;
}

Decimal Decimal::sum_wide(const Decimal& a, const Decimal& b, bool is_b_negated) {
    if (a.overflowed_ || b.overflowed_) return overflow();
    Decimal result = a, other = b;
    other.negative_ = b.negative_ != is_b_negated;
    Decimal& coarse = a.scale_ < b.scale_ ? result : other;
    if (!coarse.rescale(std::abs(a.scale_ - b.scale_))) return overflow();
    Limb* const out = result.limbs_.data();
    const Limb* const limbs = other.limbs_.data();
    int used = 0;
    if (result.negative_ == other.negative_) {
        used = magnitude::add(out, kLimbs, out, result.used_, limbs, other.used_);
    } else if (magnitude::compare(out, result.used_, limbs, other.used_) >= 0) {
        used = magnitude::subtract(out, out, result.used_, limbs, other.used_);
    } else {
        used = magnitude::subtract(out, limbs, other.used_, out, result.used_);
        result.negative_ = other.negative_;
    }
    if (used == kTooBig) return overflow();
    result.used_ = static_cast<std::uint8_t>(used);
    result.scale_ = std::max(a.scale_, b.scale_);
    result.settle();
    return result;
}

Decimal Decimal::product_wide(const Decimal& a, const Decimal& b) {
    Decimal result;
    const int used = magnitude::multiply(result.limbs_.data(), kLimbs, a.limbs_.data(), a.used_,
                                         b.limbs_.data(), b.used_);
    if (used == kTooBig) return overflow();
    result.used_ = static_cast<std::uint8_t>(used);
    result.scale_ = a.scale_ + b.scale_;
    result.negative_ = a.negative_ != b.negative_;
    result.settle();
    return result;
}

Decimal operator+(const Decimal& a, const Decimal& b) { return Decimal::sum(a, b, false); }

Decimal operator-(const Decimal& a, const Decimal& b) { return Decimal::sum(a, b, true); }

Decimal operator*(const Decimal& a, const Decimal& b) {
    Decimal result;
    if (a.overflowed_ || b.overflowed_) {
        result.overflowed_ = true;
    } else if (a.used_ <= 1 && b.used_ <= 1) {
        result.write_small(static_cast<uint128>(a.limbs_[0]) * b.limbs_[0], a.scale_ + b.scale_,
                           a.negative_ != b.negative_);
    } else {
        result = Decimal::product_wide(a, b);
        if (result.overflowed_) {
            Decimal stripped_a = a, stripped_b = b;
            stripped_a.strip_trailing_zeros();
            stripped_b.strip_trailing_zeros();
            result = Decimal::product_wide(stripped_a, stripped_b);
        }
    }
    return result;
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
    Wide value = to_wide(), by = divisor.to_wide();
    const int exponent = fraction_digits + divisor.scale_ - scale_;
    if (exponent >= 0 && !multiply_pow10(value, exponent)) return overflow();
    if (exponent < 0 && !multiply_pow10(by, -exponent)) return Decimal{};
    const Wide remainder = divide(value, by);
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

// Magnitudes that are not zero.
int Decimal::compare_magnitudes(const Decimal& a, const Decimal& b) {
    const int scale = std::max(a.scale_, b.scale_);
    uint128 x = 0, y = 0;
    if (a.read_small(scale, x) && b.read_small(scale, y)) return x < y ? -1 : x > y ? 1 : 0;
    const int places = std::abs(a.scale_ - b.scale_);
    if (places > kMagnitudeDigits) return a.scale_ < b.scale_ ? 1 : -1;
    Wide wide_a = a.to_wide(), wide_b = b.to_wide();
    multiply_pow10(a.scale_ < b.scale_ ? wide_a : wide_b, places);
    return compare(wide_a, wide_b);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    if (a.overflowed_ || b.overflowed_) return a.overflowed_ <=> b.overflowed_;
    if (a.negative_ != b.negative_)
        return a.negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
    int order = (a.used_ > 0 ? 1 : 0) - (b.used_ > 0 ? 1 : 0);
    if (a.used_ > 0 && b.used_ > 0) order = Decimal::compare_magnitudes(a, b);
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
    uint128 value = 0;
    if (scale_ <= fraction_digits && !overflowed_ && read_small(fraction_digits, value))
        return static_cast<int128>(negative_ ? 0 - value : value);
    const Decimal scaled = rounded(fraction_digits).scaled_down(-fraction_digits).rounded(0);
    const uint128 limit = static_cast<uint128>(1) << 127;
    value = (static_cast<uint128>(scaled.limbs_[1]) << 64) | scaled.limbs_[0];
    const bool fits = scaled.used_ <= 2 && (scaled.negative_ ? value <= limit : value < limit);
    if (scaled.overflowed_ || !fits)
        return fail(ErrorCode::NumberTooLarge, {}, excerpt(to_string()));
    return static_cast<int128>(scaled.negative_ ? 0 - value : value);
}

}  // namespace tokenlever
