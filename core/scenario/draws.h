#pragma once

// Monte Carlo over the uncertain inputs: independent triangular(low, base, high) draws of the
// optimized monthly cost. Doubles, in one written order with + - x / and square root only, and a
// generator of integers, so every build gives the same bits for the same seed.

#include "scenario/evaluate.h"
#include "scenario/plan.h"

namespace tokenlever {

// Only where every charge has a price. OutOfRange for draws beyond kMostDraws.
inline constexpr std::int64_t kMostDraws = 1'000'000;
Result<DrawSummary> summarize_draws(const Plan& plan, LeverSet levers,
                                    const EvaluateOptions& options);

}  // namespace tokenlever
