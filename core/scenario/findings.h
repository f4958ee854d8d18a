#pragma once

// What a person should know beside the numbers: where a cache loses money, what has no price, which
// levers add nothing, where numbers must not be added up.

#include "scenario/coalitions.h"
#include "scenario/evaluate.h"

namespace tokenlever {

// Fills the cache positions of the levers and the warnings of `answer`, whose numbers are complete.
void add_findings(Evaluator& evaluator, const CoalitionTable& table, const PriceBook& book,
                  Evaluation& answer);

}  // namespace tokenlever
