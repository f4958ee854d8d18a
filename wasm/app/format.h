#pragma once

// Numbers as a person reads them. Rounding is half away from zero and happens here, at the last
// moment, on the exact decimal text; nothing that leaves the program goes through here.

#include "tokenlever.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tokenlever::app::format {

// "$30,000" from 1,000 up, "$812.40" from 1 up, else four digits that count: "$0.0081",
// "$0.00004200".
std::string money(const Decimal& amount);
std::string money(Money amount);
// The same, but without cents from 100 up: for charts and sums that nobody reads to the cent.
std::string money_rounded(Money amount);
// Exactly `fraction_digits` behind the point: "$2,896.45".
std::string money_fixed(const Decimal& amount, int fraction_digits);
// Every digit there is: "$28,260.4425".
std::string money_exact(const Decimal& amount);
// Axes: "$30k", "$1.2M", "$400".
std::string money_axis(double amount);
// With a leading minus for what falls: a saving of 14130 is "−$14,130", one of -5 "+$5.00".
std::string change(Money saving);
std::string price_per_million(const Decimal& rate);  // "$3", "$0.075"

std::string percent(const Decimal& share, int fraction_digits = 0);  // 0.728 -> "73 %"
std::string percent(double share, int fraction_digits);
// As short as the share is written: 0.9 -> "90 %", 0.905 -> "90.5 %".
std::string percent_as_typed(const Decimal& share);

std::string count(std::int64_t value);      // "1,000,000"
std::string count(const Decimal& value);    // "1,000,000", "1,234.5": every digit
std::string compact(const Decimal& value);  // "950", "12.3 k", "1.0 M", "8.0 B"
std::string compact(std::int64_t value);
std::string bytes(std::uint64_t value);                 // "378 MB"
std::string seconds(double value);                      // "0.31 s"
std::string rate(double value, std::string_view unit);  // "1.2 M rows/s"

std::string plural(std::int64_t number, std::string_view one, std::string_view many);  // "17 rows"
std::string day(std::string_view iso_date);         // "2026-10-19" -> "Oct 19"
std::string month_year(std::string_view iso_date);  // "October 2026"

// What a person types: "1,000,000", "1 000 000", "1_000", "1.5M", "20k", "2B", "$3".
// Groups are of three digits: "1,5" is refused, for it could mean two things. With `is_share` a
// percent sign divides by 100, and so does a number above 1; else a percent sign is refused.
Result<Decimal> parse_number(std::string_view text, bool is_share = false);

}  // namespace tokenlever::app::format
