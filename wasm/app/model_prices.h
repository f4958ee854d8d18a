#pragma once

// What every model of the catalog would cost for one workload, without levers. The engine is asked
// in slices, a few models a frame, so that no frame is long; views read what is there.

#include "catalog.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace tokenlever::app {

struct AppModel;

struct ModelPrice {
    std::optional<Money> monthly_cost{};   // absent: not known
    std::optional<Decimal> per_request{};  // rounded to 10^-12; absent without requests too
};

struct ModelPrices {
    Workload workload{};  // what the rows are priced for
    Instant at{};
    std::vector<ModelPrice> rows{};  // as Catalog::models; those from `done` on are of before
    std::size_t done = 0;

    bool is_complete() const { return done == rows.size(); }
};

// The workload that the Models screen is about: the one whose card is open, else the first.
const Workload* current_workload(const AppModel& model);

// Prices a slice if the Models screen is shown and not all rows are of its workload. True if it
// did: the next frame will look different.
bool advance_model_prices(AppModel& model, const PriceBook& book);

// The one workload on another model, without levers.
Scenario alone_on(const Scenario& scenario, const Workload& workload, std::string_view model_id);

}  // namespace tokenlever::app
