#include "format.h"

#include <array>
#include <cmath>
#include <cstddef>

namespace tokenlever::app::format {
namespace {

constexpr std::string_view kMinus = "\u2212";
constexpr std::string_view kGap = "\u00a0";  // before units

struct Parts {
    bool is_negative = false;
    std::string whole, fraction;  // digits; whole is not empty
};

Parts split(std::string_view text) {
    Parts parts;
    if (!text.empty() && text.front() == '-') {
        parts.is_negative = true;
        text.remove_prefix(1);
    }
    const std::size_t point = text.find('.');
    parts.whole = std::string(text.substr(0, point));
    if (point != std::string_view::npos) parts.fraction = std::string(text.substr(point + 1));
    return parts;
}

// Adds one to the last digit, with carry.
void increment(std::string& digits) {
    for (std::size_t i = digits.size(); i-- > 0;) {
        if (digits[i] != '9') {
            ++digits[i];
            return;
        }
        digits[i] = '0';
    }
    digits.insert(digits.begin(), '1');
}

// Half away from zero to exactly `places` fraction digits.
Parts rounded(const Decimal& value, int places) {
    Parts parts = split(value.to_string());
    const auto kept = static_cast<std::size_t>(places);
    if (parts.fraction.size() <= kept) {
        parts.fraction.append(kept - parts.fraction.size(), '0');
        return parts;
    }
    const bool is_up = parts.fraction[kept] >= '5';
    std::string digits = parts.whole + parts.fraction.substr(0, kept);
    const std::size_t before = digits.size();
    if (is_up) increment(digits);
    const std::size_t whole = parts.whole.size() + (digits.size() - before);
    parts.whole = digits.substr(0, whole);
    parts.fraction = digits.substr(whole);
    if (digits.find_first_not_of('0') == std::string::npos) parts.is_negative = false;
    return parts;
}

std::string grouped(const std::string& whole) {
    std::string out;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (i > 0 && (whole.size() - i) % 3 == 0) out += ',';
        out += whole[i];
    }
    return out;
}

std::string join(const Parts& parts, std::string_view symbol) {
    std::string out;
    if (parts.is_negative) out += kMinus;
    out += symbol;
    out += grouped(parts.whole);
    if (!parts.fraction.empty()) {
        out += '.';
        out += parts.fraction;
    }
    return out;
}

Decimal absolute(const Decimal& value) { return value.is_negative() ? -value : value; }

// Fraction digits so that `significant` digits of a number below 1 are shown.
int small_places(const Decimal& value, int significant) {
    const std::string text = absolute(value).to_string();
    const std::size_t first = text.find_first_of("123456789");
    if (first == std::string::npos) return 2;
    return static_cast<int>(first) - 2 + significant;
}

int money_places(const Decimal& amount) {
    const Decimal size = absolute(amount);
    if (size.is_zero() || size >= Decimal(1000)) return size.is_zero() ? 2 : 0;
    if (size >= Decimal(1)) return 2;
    const int places = small_places(size, 2);
    return places < 4 ? 4 : places;
}

struct Step {
    int digits = 0;
    std::string_view suffix;
};
constexpr std::array<Step, 4> kSteps = {{{12, "T"}, {9, "B"}, {6, "M"}, {3, "k"}}};

Decimal power_of_ten(int digits) { return Decimal::from_scaled(1, -digits); }

Decimal exact(double value) {
    // For pictures only: six digits behind the point are enough.
    return Decimal::from_scaled(static_cast<int128>(std::llround(value * 1e6)), 6);
}

std::string trimmed(const Parts& parts, std::string_view symbol) {
    Parts copy = parts;
    const std::size_t last = copy.fraction.find_last_not_of('0');
    copy.fraction.erase(last == std::string::npos ? 0 : last + 1);
    return join(copy, symbol);
}

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

std::string_view month_of(std::string_view iso_date) {
    if (iso_date.size() < 7) return {};
    const int month = (iso_date[5] - '0') * 10 + (iso_date[6] - '0');
    return month >= 1 && month <= 12 ? kMonths[static_cast<std::size_t>(month - 1)]
                                     : std::string_view{};
}

}  // namespace

std::string money(const Decimal& amount) {
    return join(rounded(amount, money_places(amount)), "$");
}

std::string money(Money amount) { return money(amount.to_decimal()); }

std::string money_rounded(Money amount) {
    const Decimal value = amount.to_decimal();
    return absolute(value) >= Decimal(100) ? money_fixed(value, 0) : money(value);
}

std::string money_fixed(const Decimal& amount, int fraction_digits) {
    return join(rounded(amount, fraction_digits), "$");
}

std::string money_exact(const Decimal& amount) { return join(split(amount.to_string()), "$"); }

std::string money_axis(double amount) {
    const Decimal value = exact(amount);
    for (const Step& step : kSteps) {
        if (absolute(value) < power_of_ten(step.digits)) continue;
        return trimmed(rounded(value.scaled_down(step.digits), 2), "$") + std::string(step.suffix);
    }
    return trimmed(rounded(value, 4), "$");
}

std::string change(Money saving) {
    if (saving == Money{}) return money(saving);
    const std::string size = money_rounded(saving > Money{} ? saving : -saving);
    return std::string(saving > Money{} ? kMinus : std::string_view("+")) + size;
}

std::string price_per_million(const Decimal& rate) { return trimmed(rounded(rate, 6), "$"); }

std::string percent(const Decimal& share, int fraction_digits) {
    return join(rounded(share.scaled_down(-2), fraction_digits), "") + std::string(kGap) + "%";
}

std::string percent(double share, int fraction_digits) {
    return percent(exact(share), fraction_digits);
}

std::string percent_as_typed(const Decimal& share) {
    return trimmed(rounded(share.scaled_down(-2), 2), "") + std::string(kGap) + "%";
}

std::string count(std::int64_t value) { return count(Decimal(value)); }

std::string count(const Decimal& value) { return join(split(value.to_string()), ""); }

std::string compact(const Decimal& value) {
    for (const Step& step : kSteps) {
        if (absolute(value) < power_of_ten(step.digits)) continue;
        const Decimal scaled = value.scaled_down(step.digits);
        const int places = absolute(scaled) < Decimal(100) ? 1 : 0;
        return join(rounded(scaled, places), "") + std::string(kGap) + std::string(step.suffix);
    }
    return trimmed(rounded(value, 1), "");
}

std::string compact(std::int64_t value) { return compact(Decimal(value)); }

std::string bytes(std::uint64_t value) {
    constexpr std::array<std::string_view, 4> kUnits = {"B", "kB", "MB", "GB"};
    double size = static_cast<double>(value);
    std::size_t unit = 0;
    for (; size >= 1000 && unit + 1 < kUnits.size(); ++unit)
        size /= 1000;
    const Parts parts = rounded(exact(size), unit == 0 || size >= 100 ? 0 : 1);
    return trimmed(parts, "") + std::string(kGap) + std::string(kUnits[unit]);
}

std::string seconds(double value) {
    return join(rounded(exact(value), value < 10 ? 2 : 0), "") + std::string(kGap) + "s";
}

std::string rate(double value, std::string_view unit) {
    const Decimal whole = Decimal(static_cast<std::int64_t>(std::llround(value)));
    std::string out = compact(whole);
    if (out.find(kGap) == std::string::npos)
        out += kGap;
    else
        out += ' ';
    return out + std::string(unit);
}

std::string plural(std::int64_t number, std::string_view one, std::string_view many) {
    return count(number) + " " + std::string(number == 1 ? one : many);
}

std::string day(std::string_view iso_date) {
    const std::string_view month = month_of(iso_date);
    if (month.empty() || iso_date.size() < 10) return std::string(iso_date);
    std::string out = std::string(month.substr(0, 3)) + "\u00a0";
    if (iso_date[8] != '0') out += iso_date[8];
    return out += iso_date[9];
}

std::string month_year(std::string_view iso_date) {
    const std::string_view month = month_of(iso_date);
    if (month.empty()) return std::string(iso_date);
    return std::string(month) + " " + std::string(iso_date.substr(0, 4));
}

namespace {

// The integer part may be grouped in threes by one kind of separator: "1,234.5" -> "1234.5". A
// comma anywhere else could be a decimal one, so the text is refused: "1,5" is not 15.
std::optional<std::string> without_groups(std::string_view text) {
    const std::string_view integer = text.substr(0, text.find_first_of(".eE"));
    const std::size_t first = integer.find_first_of(" ,_'");
    if (first == std::string_view::npos) return std::string(text);
    const char separator = integer[first];
    std::string digits(integer.substr(0, first));
    std::size_t at = first;
    for (; at < integer.size() && integer[at] == separator; at += 4) {
        const std::string_view group = integer.substr(at + 1, 3);
        if (group.size() != 3) return std::nullopt;
        digits += group;
    }
    const std::size_t sign = digits.starts_with('-') || digits.starts_with('+') ? 1 : 0;
    const bool is_grouped = first > sign && first <= sign + 3 && at == integer.size() &&
                            digits.find_first_not_of("0123456789", sign) == std::string::npos;
    if (!is_grouped) return std::nullopt;
    return digits + std::string(text.substr(integer.size()));
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

// Takes "k", "M" or "B" off the end of the text.
int take_exponent(std::string_view& text) {
    struct Suffix {
        std::string_view letters;
        int exponent;
    };
    for (const Suffix& suffix : {Suffix{"kK", 3}, Suffix{"mM", 6}, Suffix{"bB", 9}}) {
        if (text.empty() || suffix.letters.find(text.back()) == std::string_view::npos) continue;
        text = trimmed(text.substr(0, text.size() - 1));
        return suffix.exponent;
    }
    return 0;
}

}  // namespace

Result<Decimal> parse_number(std::string_view text, bool is_share) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_gap = text.substr(at).starts_with(kGap);
        plain += is_gap ? ' ' : text[at];
        if (is_gap) at += kGap.size() - 1;
    }
    std::string_view rest = trimmed(plain);
    if (rest.starts_with('$')) rest = trimmed(rest.substr(1));
    const bool has_percent = is_share && rest.ends_with('%');
    if (has_percent) rest = trimmed(rest.substr(0, rest.size() - 1));
    const int exponent = has_percent ? 0 : take_exponent(rest);
    const auto digits = without_groups(rest);
    if (!digits) return fail(ErrorCode::NotANumber, {}, excerpt(text));
    auto parsed = Decimal::parse(*digits);
    if (!parsed) return fail(parsed.error().code, {}, excerpt(text));
    Decimal value = parsed->scaled_down(-exponent);
    const bool is_percentage = has_percent || (is_share && value > Decimal(1));
    return is_percentage ? value.scaled_down(2) : value;
}

}  // namespace tokenlever::app::format
