#pragma once

// A discount that was negotiated: a share off everything in its scope, rates in place of the
// list's, or an amount off the whole bill. The list cost stays what it is; the contracted cost is
// beside it (FOCUS 1.2: ListCost, ContractedCost).

#include "base/money.h"
#include "base/result.h"
#include "pricing/rate_card.h"

#include <optional>
#include <string>
#include <vector>

namespace tokenlever {

class Json;

struct Discount {
    std::string name{};
    std::string provider{}, model{};  // ids of the book; empty: any
    std::optional<ServiceTier> service_tier{};
    std::vector<std::string> regions{};                       // empty: any
    std::vector<Unit> units{};                                // empty: every unit
    std::optional<Instant> effective_from{}, effective_to{};  // half-open
    Decimal share{};                                          // 0.15: 15 % off
    std::vector<UnitRate> rates{};                            // in place of the list unit price
    std::optional<Money> amount{};  // off the whole bill, which does not fall below 0
};

// One of `share` (0 to 1), `rates` and `amount` must be there. Unknown keys are errors.
Result<Discount> read_discount(const Json& json);
// An array of them; empty if the member is absent.
Result<std::vector<Discount>> read_discounts(const Json& object);

}  // namespace tokenlever
