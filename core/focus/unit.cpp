#include "focus/unit.h"

#include <array>

namespace tokenlever {

namespace {

// True if every dimension that `general` states is stated alike by `special`.
constexpr bool contains(const UnitRow& special, const UnitRow& general) {
    const auto agrees = [](std::string_view mine, std::string_view theirs) {
        return theirs.empty() || mine == theirs;
    };
    return agrees(special.family, general.family) && agrees(special.direction, general.direction) &&
           agrees(special.modality, general.modality) && agrees(special.cache, general.cache) &&
           agrees(special.ttl, general.ttl) && agrees(special.token_type, general.token_type) &&
           agrees(special.tool, general.tool);
}

constexpr int stated_dimensions(const UnitRow& row) {
    int count = 0;
    for (std::string_view value :
         {row.family, row.direction, row.modality, row.cache, row.ttl, row.token_type, row.tool})
        count += value.empty() ? 0 : 1;
    return count;
}

constexpr std::optional<Unit> find_parent(std::size_t unit) {
    std::optional<Unit> parent;
    int stated = 0;
    for (std::size_t index = 0; index < kUnitCount; ++index) {
        if (index == unit || !contains(kUnits[unit], kUnits[index])) continue;
        const int count = stated_dimensions(kUnits[index]);
        if (count <= stated) continue;
        parent = static_cast<Unit>(index);
        stated = count;
    }
    return parent;
}

// Bills ask for the parent of a unit again and again.
constexpr auto kParents = [] {
    std::array<std::optional<Unit>, kUnitCount> parents{};
    for (std::size_t unit = 0; unit < kUnitCount; ++unit)
        parents[unit] = find_parent(unit);
    return parents;
}();

}  // namespace

std::optional<Unit> find_unit(std::string_view id) {
    for (std::size_t index = 0; index < kUnitCount; ++index)
        if (kUnits[index].id == id) return static_cast<Unit>(index);
    return std::nullopt;
}

std::optional<Unit> parent_of(Unit unit) { return kParents[static_cast<std::size_t>(unit)]; }

bool is_token(Unit unit) { return kUnits[static_cast<std::size_t>(unit)].family == "tokens"; }

bool is_prompt_token(Unit unit) {
    return is_token(unit) && kUnits[static_cast<std::size_t>(unit)].direction == "input";
}

}  // namespace tokenlever
