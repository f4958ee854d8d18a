#pragma once

// How far each uncertain input alone moves the bill.

#include "scenario/coalitions.h"
#include "scenario/evaluate.h"

#include <vector>

namespace tokenlever {

// The cost under `levers` with one uncertain input at its low and at its high value, all others as
// in the document; exact, widest first. Only the workloads that an input touches are computed
// again. Errors as of resolve_input, and NumberTooLarge.
Result<std::vector<TornadoBar>> measure_tornado(Evaluator& evaluator, LeverSet levers);

}  // namespace tokenlever
