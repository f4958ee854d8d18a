#include "base/instant.h"

namespace tokenlever {

namespace {

constexpr std::int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;
constexpr int kDaysOfMonth[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

struct Date {
    std::int64_t year = 1970;
    int month = 1, day = 1;
};

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_of_month(std::int64_t year, int month) {
    return month == 2 && is_leap(year) ? 29 : kDaysOfMonth[month - 1];
}

constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
    return value / by - (value % by < 0 ? 1 : 0);
}

// Days since 1970-01-01, by eras of 400 years (146,097 days) that begin on 1 March.
constexpr std::int64_t days_from_civil(Date date) {
    const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
    const std::int64_t era = floor_divide(year, 400);
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year =
        (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719'468;
}

constexpr Date civil_from_days(std::int64_t days) {
    days += 719'468;
    const std::int64_t era = floor_divide(days, 146'097);
    const std::int64_t day = days - era * 146'097;
    const std::int64_t year_of_era = (day - day / 1'460 + day / 36'524 - day / 146'096) / 365;
    const std::int64_t day_of_year =
        day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted = (5 * day_of_year + 2) / 153;  // 0 = March
    const int month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
    return {.year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
            .month = month,
            .day = static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1)};
}

static_assert(days_from_civil({.year = 1970, .month = 1, .day = 1}) == 0);
constexpr Instant kFirst{days_from_civil({.year = 1, .month = 1, .day = 1}) * kMicrosPerDay};
constexpr Instant kEnd{days_from_civil({.year = 10'000, .month = 1, .day = 1}) * kMicrosPerDay};

// A cursor over the text; every take_ function moves it only on success.
struct Reader {
    const char* at;
    const char* end;

    bool is_done() const { return at == end; }
    bool take(char c) {
        if (at == end || *at != c) return false;
        ++at;
        return true;
    }
    // Exactly `count` digits.
    bool take_number(int count, int& value) {
        if (end - at < count) return false;
        int number = 0;
        for (int i = 0; i < count; ++i) {
            const int digit = at[i] - '0';
            if (digit < 0 || digit > 9) return false;
            number = number * 10 + digit;
        }
        value = number;
        at += count;
        return true;
    }
};

bool read_date(Reader& text, Date& date) {
    int year = 0;
    if (!text.take_number(4, year) || !text.take('-') || !text.take_number(2, date.month) ||
        !text.take('-') || !text.take_number(2, date.day))
        return false;
    date.year = year;
    return year >= 1 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= days_of_month(year, date.month);
}

// ".123456789" after the seconds; digits beyond microseconds are truncated.
bool read_fraction(Reader& text, std::int64_t& micros) {
    if (!text.take('.')) return true;
    std::int64_t weight = kMicrosPerSecond / 10;
    int digit = 0, count = 0;
    for (; text.take_number(1, digit); ++count, weight /= 10)
        micros += digit * weight;
    return count >= 1 && count <= 9;
}

bool read_time(Reader& text, std::int64_t& micros) {
    int hour = 0, minute = 0, second = 0;
    if (!text.take_number(2, hour) || !text.take(':') || !text.take_number(2, minute)) return false;
    if (text.take(':') && (!text.take_number(2, second) || !read_fraction(text, micros)))
        return false;
    micros += (hour * 60 + minute) * kMicrosPerMinute + second * kMicrosPerSecond;
    return hour <= 23 && minute <= 59 && second <= 59;
}

bool read_zone(Reader& text, int& offset_minutes) {
    if (text.is_done() || text.take('Z')) return true;
    if (text.take(' ')) return text.take('U') && text.take('T') && text.take('C');
    const bool is_west = text.take('-');
    if (!is_west && !text.take('+')) return false;
    int hours = 0, minutes = 0;
    if (!text.take_number(2, hours)) return false;
    const bool has_colon = text.take(':');
    if ((has_colon || !text.is_done()) && !text.take_number(2, minutes)) return false;
    offset_minutes = (is_west ? -1 : 1) * (hours * 60 + minutes);
    return hours <= 18 && minutes <= 59;
}

bool read_instant(Reader text, Instant& instant) {
    Date date;
    std::int64_t micros = 0;
    int offset_minutes = 0;
    if (!read_date(text, date)) return false;
    if (!text.is_done()) {
        if (!text.take('T') && !text.take(' ')) return false;
        if (!read_time(text, micros) || !read_zone(text, offset_minutes) || !text.is_done())
            return false;
    }
    instant.micros =
        days_from_civil(date) * kMicrosPerDay + micros - offset_minutes * kMicrosPerMinute;
    return instant >= kFirst && instant < kEnd;
}

void append_number(std::string& text, std::int64_t value, int digits) {
    std::string reversed;
    for (; digits > 0 || value > 0; --digits, value /= 10)
        reversed.push_back(static_cast<char>('0' + value % 10));
    text.append(reversed.rbegin(), reversed.rend());
}

std::string date_text(Date date, bool has_day) {
    std::string text;
    append_number(text, date.year, 4);
    text.push_back('-');
    append_number(text, date.month, 2);
    if (!has_day) return text;
    text.push_back('-');
    append_number(text, date.day, 2);
    return text;
}

// The wall clock of a zone, as if it were UTC.
std::int64_t local_micros(Instant instant, int offset_minutes) {
    return instant.micros + offset_minutes * kMicrosPerMinute;
}

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
    Instant instant;
    if (!read_instant(Reader{.at = text.data(), .end = text.data() + text.size()}, instant))
        return fail(ErrorCode::NotAnInstant, {}, excerpt(text));
    return instant;
}

Result<Instant> from_unix_seconds(std::int64_t seconds) {
    if (seconds < kFirst.micros / kMicrosPerSecond || seconds >= kEnd.micros / kMicrosPerSecond)
        return fail(ErrorCode::NotAnInstant, {}, std::to_string(seconds));
    return Instant{seconds * kMicrosPerSecond};
}

std::string to_iso8601(Instant instant) {
    const std::int64_t days = floor_divide(instant.micros, kMicrosPerDay);
    const std::int64_t micros = instant.micros - days * kMicrosPerDay;
    const std::int64_t seconds = micros / kMicrosPerSecond;
    std::string text = date_text(civil_from_days(days), true);
    text.push_back('T');
    append_number(text, seconds / 3600, 2);
    text.push_back(':');
    append_number(text, seconds / 60 % 60, 2);
    text.push_back(':');
    append_number(text, seconds % 60, 2);
    if (micros % kMicrosPerSecond != 0) {
        text.push_back('.');
        append_number(text, micros % kMicrosPerSecond, 6);
    }
    text.push_back('Z');
    return text;
}

Instant floor_to(Instant instant, Bucket bucket, int offset_minutes) {
    const std::int64_t local = local_micros(instant, offset_minutes);
    std::int64_t start = 0;
    switch (bucket) {
        case Bucket::Hour: start = floor_divide(local, kMicrosPerHour) * kMicrosPerHour; break;
        case Bucket::Day: start = floor_divide(local, kMicrosPerDay) * kMicrosPerDay; break;
        case Bucket::Month: {
            Date date = civil_from_days(floor_divide(local, kMicrosPerDay));
            date.day = 1;
            start = days_from_civil(date) * kMicrosPerDay;
            break;
        }
    }
    return Instant{start - offset_minutes * kMicrosPerMinute};
}

std::string bucket_label(Instant start, Bucket bucket, int offset_minutes) {
    if (bucket == Bucket::Hour) return to_iso8601(start);
    const std::int64_t days = floor_divide(local_micros(start, offset_minutes), kMicrosPerDay);
    return date_text(civil_from_days(days), bucket == Bucket::Day);
}

int year_of(Instant instant, int offset_minutes) {
    const std::int64_t days = floor_divide(local_micros(instant, offset_minutes), kMicrosPerDay);
    return static_cast<int>(civil_from_days(days).year);
}

Weekday weekday_of(Instant instant, int offset_minutes) {
    const std::int64_t days = floor_divide(local_micros(instant, offset_minutes), kMicrosPerDay);
    return static_cast<Weekday>(days + 3 -
                                floor_divide(days + 3, 7) * 7);  // 1970-01-01: a Thursday
}

int minute_of_day(Instant instant, int offset_minutes) {
    const std::int64_t local = local_micros(instant, offset_minutes);
    return static_cast<int>((local - floor_divide(local, kMicrosPerDay) * kMicrosPerDay) /
                            kMicrosPerMinute);
}

}  // namespace tokenlever
