#pragma once

// Fields of usage files as text: counts, instants and the ways to say "nothing". Fast for what the
// exports write, exact for whatever else they may hold.

#include "base/instant.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace tokenlever {

// Counts above this are no counts of tokens, whatever the file says; sums of many still fit 63
// bits.
inline constexpr std::int64_t kLargestCount = 1'000'000'000'000'000;

// "", "null", "NULL", "None", "nan", "NaN", "-": nothing is stated, which is not zero.
bool is_absent(std::string_view text);

// A whole number >= 0; "4.0" is one (Python writes it). Absent texts give nullopt.
Result<std::optional<std::int64_t>> parse_count(std::string_view text);

// "2026-09-01 10:00:00.120000" and everything parse_instant takes. Remembers the last day it read,
// because the rows of a log share it.
class InstantReader {
public:
    Result<Instant> read(std::string_view text);

private:
    char day_text_[10] = {};
    Instant day_;
};

}  // namespace tokenlever
