#pragma once

// A calendar of public holidays (pricing-data/calendars), for price windows that leave them out.
// It knows only the years somebody announced: a day of any other year is Unknown, never guessed.

#include "base/instant.h"
#include "base/json.h"
#include "base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tokenlever {

enum class CalendarDay : std::uint8_t { NoHoliday, Holiday, Unknown };

struct Calendar {
    std::string id{};
    std::vector<int> years{};              // those whose holidays are announced, ascending
    std::vector<std::int64_t> holidays{};  // days since 1970-01-01 in the calendar's own zone

    // The day of an instant, seen from a zone `offset_minutes` east of UTC.
    CalendarDay day_of(Instant at, int offset_minutes) const;
};

// A document of schema tokenlever.calendar/1. A holiday outside its year, twice or out of order is
// an error.
Result<Calendar> read_calendar(const Json& document);

}  // namespace tokenlever
