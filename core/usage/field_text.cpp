#include "usage/field_text.h"

#include "base/decimal.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace tokenlever {

namespace {

bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

// Two digits at `at`, or a negative number.
int two_digits(const char* at) {
    if (!is_digit(at[0]) || !is_digit(at[1])) return -1000;
    return (at[0] - '0') * 10 + (at[1] - '0');
}

// "HH:MM:SS" as seconds of the day, negative if it is something else.
int seconds_of_day(const char* at) {
    if (at[2] != ':' || at[5] != ':') return -1;
    const int hours = two_digits(at);
    const int minutes = two_digits(at + 3);
    const int seconds = two_digits(at + 6);
    if (hours > 23 || minutes > 59 || seconds > 59) return -1;
    return hours * 3600 + minutes * 60 + seconds;
}

// The fraction of a second after the point, and what follows must be nothing or "Z".
bool read_fraction(std::string_view text, std::int64_t& micros) {
    if (text.ends_with('Z')) text.remove_suffix(1);
    if (text.empty()) return true;
    if (text[0] != '.' || text.size() < 2 || text.size() > 7) return false;
    std::int64_t scale = 100'000;
    for (char c : text.substr(1)) {
        if (!is_digit(c)) return false;
        micros += (c - '0') * scale;
        scale /= 10;
    }
    return true;
}

Result<std::optional<std::int64_t>> parse_unusual_count(std::string_view text) {
    if (is_absent(text)) return std::nullopt;
    const Result<Decimal> number = Decimal::parse(text);
    if (!number) return fail(number.error().code, {}, std::string(text));
    if (number->is_negative() || !number->is_integer())
        return fail(ErrorCode::NotAWholeNumber, {}, std::string(text));
    if (*number > Decimal(kLargestCount))
        return fail(ErrorCode::NumberTooLarge, {}, std::string(text));
    TL_TRY(count, number->to_scaled_int128(0));
    return static_cast<std::int64_t>(count);
}

}  // namespace

bool is_absent(std::string_view text) {
    constexpr std::size_t kLongest = 4;
    if (text.size() > kLongest) return false;
    static constexpr std::array<std::string_view, 7> kAbsent = {"",    "null", "NULL", "None",
                                                                "nan", "NaN",  "-"};
    return std::ranges::find(kAbsent, text) != kAbsent.end();
}

Result<std::optional<std::int64_t>> parse_count(std::string_view text) {
    if (text.empty() || text.size() > 15) return parse_unusual_count(text);
    std::int64_t count = 0;
    for (char c : text) {
        if (!is_digit(c)) return parse_unusual_count(text);
        count = count * 10 + (c - '0');
    }
    return count;
}

Result<Instant> InstantReader::read(std::string_view text) {
    if (text.size() < 19 || (text[10] != ' ' && text[10] != 'T')) return parse_instant(text);
    const int seconds = seconds_of_day(text.data() + 11);
    std::int64_t micros = 0;
    if (seconds < 0 || !read_fraction(text.substr(19), micros)) return parse_instant(text);
    if (std::memcmp(day_text_, text.data(), sizeof day_text_) != 0) {
        TL_TRY(day, parse_instant(text.substr(0, 10)));
        std::memcpy(day_text_, text.data(), sizeof day_text_);
        day_ = day;
    }
    return Instant{day_.micros + seconds * kMicrosPerSecond + micros};
}

}  // namespace tokenlever
