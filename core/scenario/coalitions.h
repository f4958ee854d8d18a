#pragma once

// The cost of every subset of the enabled levers. Workloads are independent, so each is evaluated
// only for the subsets of the levers that act on it, and the table adds them up.

#include "scenario/cost.h"
#include "scenario/evaluate.h"

#include <optional>
#include <span>
#include <vector>

namespace tokenlever {

// A plan with its numbers and looked-up prices.
class Evaluator {
public:
    explicit Evaluator(const Plan& plan);

    const Plan& plan() const { return *plan_; }
    RateTable& rates() { return rates_; }
    std::span<const Decimal> values() const { return values_; }

    Result<std::optional<Money>> cost(std::size_t workload, LeverSet levers);
    Result<std::optional<Money>> cost(LeverSet levers);  // all workloads
    // Gives one number of Plan::inputs another value, for all costs from now on.
    void exchange(std::size_t slot, const Decimal& value) { values_[slot] = value; }

private:
    const Plan* plan_;
    RateTable rates_;
    std::vector<Decimal> values_;
};

class CoalitionTable {
public:
    // TooManyLevers beyond kMaxEnabledLevers; NumberTooLarge where a cost passes 10^15 dollars.
    static Result<CoalitionTable> make(Evaluator& evaluator, LeverSet enabled);

    const std::vector<std::size_t>& levers() const {
        return levers_;
    }  // enabled ones, document order
    LeverSet all() const { return all_; }
    bool is_complete() const { return is_complete_; }
    // Of a subset of the enabled levers; absent if some price is unknown.
    std::optional<Money> cost(LeverSet levers) const;
    // By compact mask: bit i is levers()[i]. Meaningful only if is_complete().
    std::span<const Money> known_costs() const { return costs_; }
    std::vector<CoalitionCost> by_size() const;

private:
    LeverSet spread(std::size_t compact) const;
    std::size_t compact(LeverSet levers) const;
    Result<void> add_workload(Evaluator& evaluator, std::size_t workload);

    std::vector<std::size_t> levers_;
    LeverSet all_ = 0;
    std::vector<Money> costs_;  // 2^n
    std::vector<bool> is_known_;
    bool is_complete_ = true;
};

}  // namespace tokenlever
