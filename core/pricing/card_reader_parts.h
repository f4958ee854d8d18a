#pragma once

// The lists inside one card of a provider file, each read from the card's object. Used by
// card_reader and by whatever else states rates. Errors carry the JSON pointer.

#include "base/json.h"
#include "pricing/rate_card.h"

#include <span>
#include <string>
#include <vector>

namespace tokenlever {

Result<Unit> read_unit(std::string_view id, const std::string& pointer);
// A member that is a unit's id or a list of such; empty if absent.
Result<std::vector<Unit>> read_units(const Json& object, std::string_view key);
// {unit: "decimal" or null}, sorted by unit.
Result<std::vector<UnitRate>> read_rates(const Json& json);
// {option: value or [values]}; at least one.
Result<std::vector<Option>> read_options(const Json& json);
// A decimal in a string, 0 <= value <= highest.
Result<Decimal> read_amount(const Json& value, const Decimal& highest);

// Members of a card; empty where the card has none.
Result<void> read_tiers(const Json& card, RateCard& out);
Result<std::vector<Window>> read_windows(const Json& card);
Result<std::vector<Variant>> read_variants(const Json& card);
Result<std::vector<Conversion>> read_conversions(const Json& card);
Result<std::vector<BilledQuantity>> read_billed_quantities(const Json& card);

inline constexpr Decimal kHighestFactor = Decimal(1'000'000);

}  // namespace tokenlever
