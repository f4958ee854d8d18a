#pragma once

// One cell of the cube: what the charges of one key add up to. The nine common token classes are
// held in place; the other units are rare and live in a side table.

#include "focus/charge.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace tokenlever {

inline constexpr std::size_t kCommonUnits = static_cast<std::size_t>(Unit::ReasoningTokens) + 1;
static_assert(static_cast<std::size_t>(Unit::InputTokens) == 0 && kCommonUnits == 9);

struct RareUnits {
    std::array<std::int64_t, kUnitCount> counts{};
    std::vector<std::pair<std::string, std::int64_t>> other;
};

struct Cell {
    std::int64_t rows = 0;
    std::int64_t requests = 0;
    std::int64_t requests_failed = 0;
    std::int64_t input_unsplit_tokens = 0;
    std::int64_t avoided_input_tokens = 0;
    std::int64_t avoided_output_tokens = 0;
    std::array<std::int64_t, kCommonUnits> units{};
    ReportedCost reported_cost;
    ReportedCost billed_cost;
    std::uint32_t rare = 0;       // number in the side table + 1
    std::uint8_t cost_kinds = 0;  // bit per CostKind; 0: no cost stated
};

}  // namespace tokenlever
