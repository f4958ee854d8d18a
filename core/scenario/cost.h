#pragma once

// What a state costs. `cost_of_workload` gives only the money, for the many states of the
// attribution; `itemize` gives the branches and charges of one state; `estimate_workload` is the
// draws' version.

#include "base/result.h"
#include "scenario/evaluate.h"
#include "scenario/rates.h"
#include "scenario/state.h"

#include <optional>
#include <span>

namespace tokenlever {

// Exact; no value if some charge has no price. NumberTooLarge beyond 10^15 dollars.
Result<std::optional<Money>> cost_of_workload(const Plan& plan, RateTable& rates,
                                              const WorkloadState<Decimal>& state,
                                              std::span<const Decimal> values);

// What the requests of one branch pay. The reference lives until the next look-up in `rates`.
const BranchRates& rates_of(const Plan& plan, RateTable& rates, const WorkloadState<Decimal>& state,
                            const BranchState<Decimal>& branch);

// Appends the workload's branches and charges to `cost`.
Result<void> itemize(const Plan& plan, RateTable& rates, const WorkloadState<Decimal>& state,
                     std::span<const Decimal> values, ScenarioCost& cost);

// In doubles, one written order; charges without a price count 0 (the caller refuses those before).
double estimate_workload(const Plan& plan, RateTable& rates, const WorkloadState<double>& state,
                         std::span<const double> values);

}  // namespace tokenlever
