#include "pricing/calendar.h"

#include "pricing/book_fields.h"

#include <algorithm>

namespace tokenlever {

namespace {

std::int64_t day_number(Instant at, int offset_minutes) {
    constexpr std::int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;
    const std::int64_t local = at.micros + offset_minutes * kMicrosPerMinute;
    return (local - (local % kMicrosPerDay + kMicrosPerDay) % kMicrosPerDay) / kMicrosPerDay;
}

Result<int> read_year(const std::string& text, const std::string& pointer) {
    const Result<Instant> start = parse_instant(text + "-01-01");
    if (text.size() != 4 || !start) return fail(ErrorCode::InvalidValue, pointer, text);
    return year_of(*start);
}

Result<void> read_holidays(const Json& object, int year, Calendar& calendar) {
    TL_TRY(list, require(object, "holidays"));
    TL_TRY(items, list->as_array());
    for (const Json& item : *items) {
        TL_TRY(text, item.as_string());
        const Result<Instant> date = parse_instant(text);
        if (text.size() != 10 || !date) return fail(ErrorCode::NotAnInstant, item.pointer(), text);
        const std::int64_t day = day_number(*date, 0);
        if (year_of(*date) != year)
            return fail(ErrorCode::InvalidValue, item.pointer(),
                        text + ", a holiday of another year");
        if (!calendar.holidays.empty() && day <= calendar.holidays.back())
            return fail(ErrorCode::InvalidValue, item.pointer(),
                        text + ", a holiday that does not follow the one before it");
        calendar.holidays.push_back(day);
    }
    return {};
}

Result<void> read_announcement(const Json& json, int year, Calendar& calendar) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(*object, {"holidays", "source", "note"}); !known)
        return known;
    TL_TRY(source, require(*object, "source"));
    TL_TRY(words, source->as_object());
    if (auto known = reject_unknown_members(*words, {"url", "read_at", "quote", "note"}); !known)
        return known;
    for (const std::string_view key : {"url", "read_at", "quote"})
        if (auto text = required_text(*words, key); !text) return std::unexpected(text.error());
    return read_holidays(*object, year, calendar);
}

}  // namespace

CalendarDay Calendar::day_of(Instant at, int offset_minutes) const {
    if (!std::ranges::binary_search(years, year_of(at, offset_minutes)))
        return CalendarDay::Unknown;
    return std::ranges::binary_search(holidays, day_number(at, offset_minutes))
               ? CalendarDay::Holiday
               : CalendarDay::NoHoliday;
}

Result<Calendar> read_calendar(const Json& document) {
    TL_TRY(object, document.as_object());
    if (auto known =
            reject_unknown_members(*object, {"schema", "calendar", "name", "years", "note"});
        !known)
        return std::unexpected(known.error());
    Calendar calendar;
    TL_TRY(id, required_text(*object, "calendar"));
    calendar.id = std::move(id);
    TL_TRY(years_json, require(*object, "years"));
    TL_TRY(years, years_json->as_object());
    for (const auto& [name, announcement] : years->members()) {
        TL_TRY(year, read_year(name, announcement.pointer()));
        if (!calendar.years.empty() && year <= calendar.years.back())
            return fail(ErrorCode::InvalidValue, announcement.pointer(),
                        name + ", a year that does not follow the one before it");
        calendar.years.push_back(year);
        if (auto read = read_announcement(announcement, year, calendar); !read)
            return std::unexpected(read.error());
    }
    return calendar;
}

}  // namespace tokenlever
