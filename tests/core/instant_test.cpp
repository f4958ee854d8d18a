#include "base/instant.h"

#include "random.h"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using namespace tokenlever;
using tokenlever::test::Random;

namespace {

Instant at(std::string_view text) {
    const auto instant = parse_instant(text);
    REQUIRE_MESSAGE(instant.has_value(), text);
    return *instant;
}

std::string padded(int value, int digits) {
    std::string text = std::to_string(value);
    return std::string(static_cast<std::size_t>(digits) - text.size(), '0') + text;
}

}  // namespace

TEST_CASE("reads every form the header promises") {
    struct Case {
        std::string_view text, utc;
    };
    for (const Case& c : std::vector<Case>{
             {"2026-09-01", "2026-09-01T00:00:00Z"},
             {"2026-09-01T10:00:00Z", "2026-09-01T10:00:00Z"},
             {"2026-09-01 10:00:00", "2026-09-01T10:00:00Z"},
             {"2026-09-01T10:00", "2026-09-01T10:00:00Z"},
             {"2026-09-01T10:00Z", "2026-09-01T10:00:00Z"},
             {"2026-09-01 10:00:00 UTC", "2026-09-01T10:00:00Z"},
             {"2026-09-01T10:00:00.5Z", "2026-09-01T10:00:00.500000Z"},
             {"2026-09-01T10:00:00.000001Z", "2026-09-01T10:00:00.000001Z"},
             {"2026-09-01T10:00:00.1234569Z", "2026-09-01T10:00:00.123456Z"},
             {"2026-09-01T10:00:00.000000999", "2026-09-01T10:00:00Z"},
             {"2026-09-01T10:00:00+08:00", "2026-09-01T02:00:00Z"},
             {"2026-09-01T10:00:00+0800", "2026-09-01T02:00:00Z"},
             {"2026-09-01 10:00:00.25+08", "2026-09-01T02:00:00.250000Z"},
             {"2026-09-01T10:00:00-05:30", "2026-09-01T15:30:00Z"},
             {"2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"},
             {"2000-02-29", "2000-02-29T00:00:00Z"},
             {"0001-01-01", "0001-01-01T00:00:00Z"},
             {"9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"},
             {"1969-12-31T23:59:59.750000Z", "1969-12-31T23:59:59.750000Z"},
         }) {
        CHECK(to_iso8601(at(c.text)) == c.utc);
        CHECK(at(to_iso8601(at(c.text))) == at(c.text));
    }
    CHECK(at("1970-01-01").micros == 0);
    CHECK(at("2026-11-01T12:00:00Z").micros == 1'793'534'400 * kMicrosPerSecond);
}

TEST_CASE("rejects dates that do not exist and forms that nobody promised") {
    for (std::string_view text : {"",
                                  "2026",
                                  "2026-09",
                                  "2026-9-1",
                                  "2026-00-01",
                                  "2026-13-01",
                                  "2026-02-29",
                                  "2100-02-29",
                                  "2026-04-31",
                                  "2026-09-00",
                                  "2026-09-31",
                                  "0000-01-01",
                                  "10000-01-01",
                                  "-2026-09-01",
                                  "2026/09/01",
                                  "2026-09-01T",
                                  "2026-09-01T1",
                                  "2026-09-01T10",
                                  "2026-09-01T24:00:00Z",
                                  "2026-09-01T10:60:00Z",
                                  "2026-09-01T10:00:60Z",
                                  "2026-09-01T10:00:00.Z",
                                  "2026-09-01T10:00:00.1234567890Z",
                                  "2026-09-01T10:00:00ZZ",
                                  "2026-09-01Z",
                                  "2026-09-01T10:00:00+",
                                  "2026-09-01T10:00:00+8",
                                  "2026-09-01T10:00:00+19:00",
                                  "2026-09-01T10:00:00+08:60",
                                  "2026-09-01T10:00:00+08:",
                                  "2026-09-01T10:00:00+08:0",
                                  "2026-09-01T10:00:00 PST",
                                  " 2026-09-01",
                                  "2026-09-01 ",
                                  "2026-09-01x10:00:00",
                                  "2026-09-01T-1:00:00",
                                  "0001-01-01T00:00:00+01:00",
                                  "9999-12-31T23:59:59-01:00",
                                  "1788300000"}) {
        const auto instant = parse_instant(text);
        CHECK_MESSAGE(!instant.has_value(), text);
        if (!instant) CHECK(instant.error().code == ErrorCode::NotAnInstant);
    }
    CHECK(!parse_instant(std::string_view("2026-09-01\0", 11)).has_value());
}

TEST_CASE("agrees with counting days, one by one, from year 1 to 9999") {
    const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    std::int64_t day_count = -719'162;  // 0001-01-01, a Monday
    for (int year = 1; year <= 9999; ++year) {
        const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; ++month) {
            const int days = month_days[month - 1] + (month == 2 && is_leap ? 1 : 0);
            const std::string month_text = padded(year, 4) + "-" + padded(month, 2);
            const Instant month_start{day_count * kMicrosPerDay};
            for (int day = 1; day <= days; ++day, ++day_count) {
                const Instant instant{day_count * kMicrosPerDay};
                const std::string text = month_text + "-" + padded(day, 2);
                const auto parsed = parse_instant(text);
                const Instant late{instant.micros + kMicrosPerDay - 1};
                const bool is_right =
                    parsed && *parsed == instant && bucket_label(instant, Bucket::Day) == text &&
                    floor_to(late, Bucket::Day) == instant &&
                    floor_to(late, Bucket::Month) == month_start &&
                    static_cast<int>(weekday_of(late)) == (day_count + 719'162) % 7;
                if (!is_right) FAIL(text);  // an assertion per day would take minutes
            }
            REQUIRE(!parse_instant(month_text + "-" + padded(days + 1, 2)).has_value());
            REQUIRE(bucket_label(month_start, Bucket::Month) == month_text);
        }
    }
    CHECK(day_count == 2'932'897);
}

TEST_CASE("buckets follow the clock of the zone") {
    const Instant instant = at("2026-09-30T20:40:10.5Z");
    CHECK(to_iso8601(floor_to(instant, Bucket::Hour)) == "2026-09-30T20:00:00Z");
    CHECK(to_iso8601(floor_to(instant, Bucket::Hour, 330)) == "2026-09-30T20:30:00Z");
    CHECK(to_iso8601(floor_to(instant, Bucket::Day, 330)) == "2026-09-30T18:30:00Z");
    CHECK(to_iso8601(floor_to(instant, Bucket::Month, 330)) == "2026-09-30T18:30:00Z");
    CHECK(to_iso8601(floor_to(instant, Bucket::Month, -480)) == "2026-09-01T08:00:00Z");
    CHECK(bucket_label(floor_to(instant, Bucket::Month, 330), Bucket::Month, 330) == "2026-10");
    CHECK(bucket_label(floor_to(instant, Bucket::Day, 330), Bucket::Day, 330) == "2026-10-01");
    CHECK(bucket_label(floor_to(instant, Bucket::Hour), Bucket::Hour) == "2026-09-30T20:00:00Z");
    CHECK(weekday_of(instant) == Weekday::Wednesday);
    CHECK(weekday_of(instant, 330) == Weekday::Thursday);
    CHECK(minute_of_day(instant) == 20 * 60 + 40);
    CHECK(minute_of_day(instant, 330) == 2 * 60 + 10);
    CHECK(minute_of_day(at("1969-12-31T23:59:59.999999Z")) == 1439);
    CHECK(weekday_of(at("1969-12-31")) == Weekday::Wednesday);
}

TEST_CASE(
    "a bucket holds its instant, starts in itself, and printing then reading is the identity") {
    Random random(31);
    const std::int64_t first = at("0001-01-03").micros, last = at("9999-12-29").micros;
    for (int round = 0; round < 50'000; ++round) {
        const auto span = static_cast<std::uint64_t>(last - first);
        const Instant instant{first + static_cast<std::int64_t>(random.next() % span)};
        const int offset = (random.below(2 * 18 * 4) - 18 * 4) * 15;
        REQUIRE(at(to_iso8601(instant)) == instant);
        for (Bucket bucket : {Bucket::Hour, Bucket::Day, Bucket::Month}) {
            const Instant start = floor_to(instant, bucket, offset);
            REQUIRE(start <= instant);
            REQUIRE(instant.micros - start.micros < 31 * kMicrosPerDay);
            REQUIRE(floor_to(start, bucket, offset) == start);
            REQUIRE(bucket_label(start, bucket, offset) ==
                    bucket_label(floor_to(instant, bucket, offset), bucket, offset));
        }
    }
}

TEST_CASE("a year begins at midnight of the zone") {
    CHECK(year_of(at("2026-12-31T23:59:59Z")) == 2026);
    CHECK(year_of(at("2027-01-01")) == 2027);
    CHECK(year_of(at("2026-12-31T16:00:00Z"), 480) == 2027);
    CHECK(year_of(at("2026-12-31T15:59:59Z"), 480) == 2026);
    CHECK(year_of(at("0001-01-01")) == 1);
}

TEST_CASE("seconds since 1970 become an instant only inside the calendar") {
    CHECK(to_iso8601(from_unix_seconds(1'793'534'400).value()) == "2026-11-01T12:00:00Z");
    CHECK(to_iso8601(from_unix_seconds(-1).value()) == "1969-12-31T23:59:59Z");
    for (std::int64_t seconds :
         {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(),
          std::int64_t{253'402'300'800}, std::int64_t{-62'135'596'801}})
        CHECK(from_unix_seconds(seconds).error().code == ErrorCode::NotAnInstant);
    CHECK(to_iso8601(from_unix_seconds(253'402'300'799).value()) == "9999-12-31T23:59:59Z");
    CHECK(to_iso8601(from_unix_seconds(-62'135'596'800).value()) == "0001-01-01T00:00:00Z");
}
