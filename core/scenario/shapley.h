#pragma once

// Fair shares of a joint saving (levers.md section 9): phi_i is the mean, over all orders in which
// the players can join, of what player i adds when it joins.

#include "base/money.h"

#include <span>
#include <vector>

namespace tokenlever {

// `cost_of[mask]` is the cost with the players of `mask`, 2^n entries, n <= 12; |cost| < 2 x 10^15.
// Parts of 10^-12 are shared out by largest remainder, ties to the earlier player, so the values
// sum to cost_of[0] - cost_of[all] to the last digit.
std::vector<Money> shapley_values(std::span<const Money> cost_of);

}  // namespace tokenlever
