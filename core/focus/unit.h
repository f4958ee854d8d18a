#pragma once

// The registry of billable units, generated at build time from pricing-data/units.json (one row
// there adds a unit everywhere). A unit is a usage key of the contract ("cache_read_tokens"), the
// number of counts that one listed price covers (`per`), and dimensions that say what it is.
//
// Token units are disjoint in every document: a token is counted under exactly one of them. The one
// exception is Unit::ReasoningTokens, which is an "of which" of Unit::OutputTokens. Containment of
// dimensions never subtracts counts; it only finds the rate of a unit that has none of its own:
// parent_of(CacheWrite5mTokens) is CacheWriteTokens, whose parent is InputTokens.

#include "focus/unit_table.inc.h"  // enum class Unit, kUnitCount, kUnits (generated)

#include <optional>
#include <string_view>

namespace tokenlever {

inline constexpr std::string_view unit_id(Unit unit) {
    return kUnits[static_cast<std::size_t>(unit)].id;
}
inline constexpr std::int64_t unit_per(Unit unit) {
    return kUnits[static_cast<std::size_t>(unit)].per;
}

std::optional<Unit> find_unit(std::string_view id);

// The unit whose dimensions are the largest proper subset of this one's, if there is one.
std::optional<Unit> parent_of(Unit unit);

// Tokens that count towards the prompt, and so towards a context tier: direction input.
bool is_prompt_token(Unit unit);
bool is_token(Unit unit);

}  // namespace tokenlever
