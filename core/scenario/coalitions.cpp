#include "scenario/coalitions.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

namespace tokenlever {

namespace {

// Shapley sums of 12 levers hold this many dollars (shapley.h).
const Money kMostMonthly = Money::from_pico(int128{1'000'000'000'000'000} * 1'000'000'000'000);

}  // namespace

Evaluator::Evaluator(const Plan& plan) : plan_(&plan), rates_(plan) {
    for (const InputSlot& slot : plan.inputs.slots)
        values_.push_back(slot.value);
}

Result<std::optional<Money>> Evaluator::cost(std::size_t workload, LeverSet levers) {
    const auto state = state_of<Decimal>(*plan_, values_, workload, levers);
    return cost_of_workload(*plan_, rates_, state, values_);
}

Result<std::optional<Money>> Evaluator::cost(LeverSet levers) {
    std::optional<Money> total = Money();
    for (std::size_t i = 0; i < plan_->workload_models.size(); ++i) {
        TL_TRY(part, cost(i, levers));
        if (!part) total.reset();
        if (total) *total += *part;
    }
    return total;
}

Result<CoalitionTable> CoalitionTable::make(Evaluator& evaluator, LeverSet enabled) {
    CoalitionTable table;
    table.all_ = enabled;
    for (std::size_t i = 0; i < evaluator.plan().levers.size(); ++i)
        if (((enabled >> i) & 1U) != 0) table.levers_.push_back(i);
    if (table.levers_.size() > kMaxEnabledLevers) {
        return fail(ErrorCode::TooManyLevers, "/levers",
                    std::to_string(table.levers_.size()) + " enabled; allowed are " +
                        std::to_string(kMaxEnabledLevers));
    }
    const std::size_t count = std::size_t{1} << table.levers_.size();
    table.costs_.resize(count);
    table.is_known_.resize(count, true);
    for (std::size_t i = 0; i < evaluator.plan().workload_models.size(); ++i) {
        if (auto added = table.add_workload(evaluator, i); !added)
            return std::unexpected(std::move(added.error()));
    }
    table.is_complete_ = std::ranges::find(table.is_known_, false) == table.is_known_.end();
    const Money most = *std::ranges::max_element(table.costs_);
    if (most > kMostMonthly) return fail(ErrorCode::NumberTooLarge, "/workloads", most.to_string());
    return table;
}

Result<void> CoalitionTable::add_workload(Evaluator& evaluator, std::size_t workload) {
    std::size_t relevant = 0;
    for (std::size_t i = 0; i < levers_.size(); ++i)
        if (evaluator.plan().levers[levers_[i]].acts_on[workload]) relevant |= std::size_t{1} << i;
    std::vector<std::optional<Money>> known(costs_.size());
    for (std::size_t mask = 0; mask < costs_.size(); ++mask) {
        const std::size_t same =
            mask & relevant;  // this subset costs the same here, and came before
        if (same == mask) {
            TL_TRY(cost, evaluator.cost(workload, spread(mask)));
            known[mask] = cost;
        }
        if (known[same])
            costs_[mask] += *known[same];
        else
            is_known_[mask] = false;
    }
    return {};
}

LeverSet CoalitionTable::spread(std::size_t compact) const {
    LeverSet levers = 0;
    for (std::size_t i = 0; i < levers_.size(); ++i)
        if (((compact >> i) & 1U) != 0) levers |= LeverSet{1} << levers_[i];
    return levers;
}

std::size_t CoalitionTable::compact(LeverSet levers) const {
    std::size_t mask = 0;
    for (std::size_t i = 0; i < levers_.size(); ++i)
        if (((levers >> levers_[i]) & 1U) != 0) mask |= std::size_t{1} << i;
    return mask;
}

std::optional<Money> CoalitionTable::cost(LeverSet levers) const {
    const std::size_t mask = compact(levers);
    return is_known_[mask] ? std::optional(costs_[mask]) : std::nullopt;
}

std::vector<CoalitionCost> CoalitionTable::by_size() const {
    std::vector<std::size_t> masks(costs_.size());
    for (std::size_t i = 0; i < masks.size(); ++i)
        masks[i] = i;
    // Within a size as in a dictionary of lever positions: the lowest bit decides first.
    std::ranges::sort(masks, [](std::size_t a, std::size_t b) {
        if (std::popcount(a) != std::popcount(b)) return std::popcount(a) < std::popcount(b);
        const std::size_t differing = a ^ b;
        return differing != 0 && (a & differing & (~differing + 1)) != 0;
    });
    std::vector<CoalitionCost> coalitions;
    for (const std::size_t mask : masks) {
        const LeverSet levers = spread(mask);
        coalitions.push_back({.levers = levers, .monthly_cost = cost(levers)});
    }
    return coalitions;
}

}  // namespace tokenlever
