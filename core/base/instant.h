#pragma once

// Instant: microseconds since 1970-01-01T00:00:00Z. Everything inside is UTC; other zones exist
// only as fixed offsets of a text or of a price window. The proleptic Gregorian calendar, years
// 0001-9999.

#include "base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace tokenlever {

struct Instant {
    std::int64_t micros = 0;
    constexpr auto operator<=>(const Instant&) const = default;
};

inline constexpr std::int64_t kMicrosPerSecond = 1'000'000;
inline constexpr std::int64_t kMicrosPerHour = 3600 * kMicrosPerSecond;
inline constexpr std::int64_t kMicrosPerDay = 24 * kMicrosPerHour;

enum class Weekday : std::uint8_t {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday
};

// Accepts "2026-09-01", "2026-09-01T10:00:00Z", a blank for the T, a fraction of up to nine digits
// (beyond microseconds truncated), seconds left out ("10:00"), "Z", "+08:00", "+0800", "+08", "
// UTC" or no zone, which then means UTC. Impossible dates, 24:00 and leap seconds are NotAnInstant.
Result<Instant> parse_instant(std::string_view text);

// NotAnInstant outside the years 0001-9999.
Result<Instant> from_unix_seconds(std::int64_t seconds);

// "2026-09-01T10:00:00Z"; with ".120000" only if there is a fraction of a second.
std::string to_iso8601(Instant instant);

enum class Bucket : std::uint8_t { Hour, Day, Month };

// The start of the bucket that holds the instant, seen from a zone `offset_minutes` east of UTC.
Instant floor_to(Instant instant, Bucket bucket, int offset_minutes = 0);
// "2026-09-01T10:00:00Z" for hours (in UTC for every zone), and of the zone's own calendar
// "2026-09-01" for days, "2026-09" for months.
std::string bucket_label(Instant start, Bucket bucket, int offset_minutes = 0);

int year_of(Instant instant, int offset_minutes = 0);
Weekday weekday_of(Instant instant, int offset_minutes = 0);
int minute_of_day(Instant instant, int offset_minutes = 0);

}  // namespace tokenlever
