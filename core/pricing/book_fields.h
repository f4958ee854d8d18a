#pragma once

// Members of a stored document, read with one line each. Absent and null are the same; what is
// there must have the right type. Errors carry the JSON pointer.

#include "base/instant.h"
#include "base/json.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever {

Result<std::string> required_text(const Json& object, std::string_view key);
Result<std::string> optional_text(const Json& object, std::string_view key);
Result<bool> optional_flag(const Json& object, std::string_view key, bool otherwise = false);
Result<std::optional<std::int64_t>> optional_count(const Json& object, std::string_view key);
Result<std::optional<Instant>> optional_instant(const Json& object, std::string_view key);
// A string, or an array of strings.
Result<std::vector<std::string>> optional_texts(const Json& object, std::string_view key);

// Two ends of a half-open period: from < to.
struct Period {
    std::optional<Instant> from{}, to{};
};
Result<Period> read_period(const Json& object);

// A decimal in a string, as prices are kept; a JSON number is WrongType: its digits may already be
// lost.
Result<Decimal> decimal_text(const Json& value);

}  // namespace tokenlever
