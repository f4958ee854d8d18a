#pragma once

// Reads one card of a provider file (pricing-data/schema/README.md) and checks what can be checked
// on the card alone: known units, decimal strings, ascending thresholds, disjoint windows.

#include "base/json.h"
#include "pricing/rate_card.h"

#include <span>
#include <string>
#include <vector>

namespace tokenlever {

struct CardContext {  // what the card refers to
    std::span<const Source> sources{};
    std::span<const Multiplier> multipliers{};  // the file's tables, by name
    std::span<const FreePool> free_pools{};
    BatchStacking batch_stacking = BatchStacking::None;
};

Result<RateCard> read_card(const Json& json, const CardContext& context);

// An object with `name` (or the key it stands under, given as `name`), `when` and `factor` or
// `rates`.
Result<Multiplier> read_multiplier(const Json& json, std::string_view name);

// The provider's table of pools that cards refer to by name.
Result<std::vector<FreePool>> read_free_pools(const Json& provider);

}  // namespace tokenlever
