#pragma once

// Reading single keys of a scenario document: absent keys get their default, values are checked
// against their range, and every error names the JSON pointer.

#include "base/json.h"
#include "scenario/inputs.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace tokenlever {

// The value as an object whose keys are all in `known`. Keys that are in `not_evaluated` too are
// errors of their own: the contract has them, this version does not evaluate them, and to pass them
// over would change the answer in silence.
Result<const Json*> read_object(const Json& value, std::initializer_list<std::string_view> known,
                                std::initializer_list<std::string_view> not_evaluated = {});

Result<std::string> read_text(const Json& object, std::string_view key, std::string fallback = {});
Result<std::string> require_text(const Json& object, std::string_view key);  // not empty
Result<bool> read_flag(const Json& object, std::string_view key, bool fallback);

Result<Decimal> read_in_range(const Json& value, InputRange range);
Result<Decimal> read_number(const Json& object, std::string_view key,
                            InputRange range);  // 0 if absent
Result<Decimal> require_number(const Json& object, std::string_view key, InputRange range);

// The items of an array, or none where the key is absent.
Result<const std::vector<Json>*> read_items(const Json& object, std::string_view key);

// One lever; `workloads` it names are checked by the caller.
Result<Lever> read_lever(const Json& object);

}  // namespace tokenlever
