#pragma once

// Writing JSON as the contract says: amounts as decimal strings in full precision, counts as
// integers up to 2^53 and as strings beyond, ratios as numbers. Objects keep the order in which
// keys were set. This header and .cpp files are the only places that know nlohmann/json.

#include "base/decimal.h"
#include "base/error.h"
#include "base/money.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tokenlever {

using JsonOut = nlohmann::ordered_json;

JsonOut json_count(std::int64_t count);
JsonOut json_count(int128 count);

JsonOut json_amount(const Decimal& amount);
JsonOut json_amount(Money amount);
JsonOut json_amount(const ReportedCost& amount);

// null where there is no amount or count.
template <typename Amount>
JsonOut json_amount(const std::optional<Amount>& amount) {
    return amount ? json_amount(*amount) : JsonOut(nullptr);
}

// An object of many members, all of different keys: operator[] would look through all of them for
// each.
JsonOut json_object(std::vector<std::pair<std::string, JsonOut>> members);

// A number, printed by dump in the shortest form that reads back; null if it is not finite.
JsonOut json_ratio(double ratio);

// {"error":{"code","message","where"}}; `where` is null if nothing is known.
JsonOut error_json(const Error& error);

// Text of the document; indent < 0 puts it on one line. Bytes that are not UTF-8 become U+FFFD. Use
// this, not nlohmann's dump member: that one aborts on such bytes and does not print the shortest
// ratios.
std::string dump(const JsonOut& document, int indent = -1);

}  // namespace tokenlever
