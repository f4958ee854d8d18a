#include "base/money.h"

#include "base/magnitude.h"

#include <array>

namespace tokenlever {

namespace {

using magnitude::kPowersOfTen;

constexpr int kSubDigits = kReportedFractionDigits - kMoneyFractionDigits;

constexpr int128 power_of_ten(int exponent) {
    int128 power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

constexpr int128 kPicoPerUnit = power_of_ten(kMoneyFractionDigits);
constexpr int128 kSubPerPico = power_of_ten(kSubDigits);
constexpr int128 kLargestPico = kLargestAmount * kPicoPerUnit;

constexpr std::array<int128, 38> kWidePowersOfTen = [] {
    std::array<int128, 38> powers{};
    for (std::size_t i = 0; i < powers.size(); ++i)
        powers[i] = power_of_ten(static_cast<int>(i));
    return powers;
}();

// A short decimal text: mantissa x 10^-scale with at most 19 significant digits.
struct ShortDecimal {
    std::uint64_t mantissa = 0;
    int scale = 0;
    bool is_negative = false;
};

bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

// The exponent after "e": at most three digits; nothing may follow.
bool read_exponent(const char* at, const char* end, int& exponent) {
    const bool is_negative = at != end && *at == '-';
    if (at != end && (*at == '-' || *at == '+')) ++at;
    if (at == end || end - at > 3) return false;
    for (; at != end; ++at) {
        if (!is_digit(*at)) return false;
        exponent = exponent * 10 + (*at - '0');
    }
    if (is_negative) exponent = -exponent;
    return true;
}

// Reads what costs in real exports look like; false for everything else, right or wrong.
bool read_short(std::string_view text, ShortDecimal& out) {
    const char* at = text.data();
    const char* const end = at + text.size();
    if (text.empty() || text.size() > 64) return false;
    out.is_negative = *at == '-';
    if (out.is_negative) ++at;
    int significant = 0;
    const auto take_digits = [&] {
        const char* const start = at;
        for (; at != end && is_digit(*at); ++at) {
            out.mantissa = out.mantissa * 10 + static_cast<std::uint64_t>(*at - '0');
            significant += significant != 0 || *at != '0' ? 1 : 0;  // the mantissa may have wrapped
        }
        return static_cast<int>(at - start);
    };
    if (take_digits() == 0) return false;
    if (at != end && *at == '.') {
        ++at;
        out.scale = take_digits();
        if (out.scale == 0) return false;
    }
    int exponent = 0;
    if (at != end && ((*at != 'e' && *at != 'E') || !read_exponent(at + 1, end, exponent)))
        return false;
    out.scale -= exponent;
    return significant <= magnitude::kDigitsPerLimb;
}

}  // namespace

Result<Money> Money::rounded(const Decimal& amount) {
    TL_TRY(pico, amount.to_scaled_int128(kMoneyFractionDigits));
    if (pico > kLargestPico || pico < -kLargestPico)
        return fail(ErrorCode::NumberTooLarge, {}, excerpt(amount.to_string()));
    return from_pico(pico);
}

Result<Money> Money::parse(std::string_view text) {
    TL_TRY(amount, Decimal::parse(text));
    return rounded(amount);
}

double Money::to_double() const { return to_decimal().to_double(); }

std::string Money::to_string() const { return to_decimal().to_string(); }

Result<ReportedCost::Parsed> ReportedCost::parse(std::string_view text) {
    ShortDecimal value;
    if (!read_short(text, value)) return parse_any(text);
    const int finer = value.scale - kMoneyFractionDigits;  // digits beyond pico-units
    if (finer > kSubDigits || finer < -30) return value.mantissa == 0 ? Parsed{} : parse_any(text);
    ReportedCost cost;
    if (finer <= 0) {
        if (finer < -18) return value.mantissa == 0 ? Parsed{} : parse_any(text);
        cost.pico_ = static_cast<int128>(value.mantissa) *
                     kWidePowersOfTen[static_cast<std::size_t>(-finer)];
    } else {
        std::uint64_t rest = value.mantissa;
        if (finer <= magnitude::kDigitsPerLimb) {
            const std::uint64_t power = kPowersOfTen[static_cast<std::size_t>(finer)];
            cost.pico_ = value.mantissa / power;
            rest = value.mantissa % power;
        }
        cost.sub_ = rest * kWidePowersOfTen[static_cast<std::size_t>(kSubDigits - finer)];
    }
    if (cost.pico_ > kLargestPico || (cost.pico_ == kLargestPico && cost.sub_ != 0))
        return parse_any(text);
    if (value.is_negative) cost = ReportedCost{} - cost;
    return Parsed{.cost = cost};
}

// Every form that Decimal takes, at Decimal's speed.
Result<ReportedCost::Parsed> ReportedCost::parse_any(std::string_view text) {
    TL_TRY(exact, Decimal::parse(text));
    const Decimal value = exact.rounded(kReportedFractionDigits);
    if (value > Decimal{kLargestAmount} || value < -Decimal{kLargestAmount})
        return fail(ErrorCode::NumberTooLarge, {}, excerpt(text));
    // floor: the half-even rounding to pico-units may have gone up by one.
    TL_TRY(pico, value.to_scaled_int128(kMoneyFractionDigits));
    TL_TRY(sub, (value - Decimal::from_scaled(pico, kMoneyFractionDigits))
                    .to_scaled_int128(kReportedFractionDigits));
    ReportedCost cost{pico, sub};
    if (sub < 0) cost = ReportedCost{pico - 1, sub + kSubPerPico};
    return Parsed{.cost = cost, .is_rounded = value != exact};
}

Decimal ReportedCost::to_decimal() const {
    return Decimal::from_scaled(pico_, kMoneyFractionDigits) +
           Decimal::from_scaled(sub_, kReportedFractionDigits);
}

std::string ReportedCost::to_string() const { return to_decimal().to_string(); }

ReportedCost operator+(const ReportedCost& a, const ReportedCost& b) {
    const int128 sub = a.sub_ + b.sub_;
    const bool has_carry = sub >= kSubPerPico;
    const int128 pico = add_saturated(a.pico_, b.pico_);
    return {has_carry ? add_saturated(pico, 1) : pico, has_carry ? sub - kSubPerPico : sub};
}

ReportedCost operator-(const ReportedCost& a, const ReportedCost& b) {
    // -(pico + sub) = (-pico - 1) + (1 - sub) when there is a remainder
    const ReportedCost negated = b.sub_ == 0 ? ReportedCost{add_saturated(0, -b.pico_), 0}
                                             : ReportedCost{-b.pico_ - 1, kSubPerPico - b.sub_};
    return a + negated;
}

}  // namespace tokenlever
