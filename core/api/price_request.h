#pragma once

// A request of the verb price (docs/schema/price.request.schema.json) as the engine takes it.

#include "api.h"
#include "base/diagnostics.h"
#include "base/json.h"
#include "pricing/bill.h"

#include <optional>
#include <vector>

namespace tokenlever {

struct PriceReading {
    PriceRequest request;  // texts point into the document, `account` is not set
    std::optional<Account> account{};
    std::optional<ReportedCost> reported_cost{};  // what the provider itself says it charged
    std::vector<Warning> warnings{};
};

Result<PriceReading> read_price_request(const Json& json, const ClockOptions& clock);

// Hours, seconds, credits and amounts may have fractions; everything else is counted.
bool is_fractional(Unit unit);

}  // namespace tokenlever
