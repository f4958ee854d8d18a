#pragma once

// The state of one workload on its way through the levers, and the levers as transformers of it.
//
//   requests ---- split ----> branches (model x service tier), each with its share and its cache
//   tokens of one request, the same on every branch: prefix, other input, output
//
// Templates over the number: Decimal for answers (exact), double for the draws of a Monte Carlo.

#include "base/decimal.h"
#include "scenario/plan.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace tokenlever {

template <typename Number>
struct BranchState {
    std::size_t model = 0;  // index in Plan::models
    ServiceTier service_tier = ServiceTier::Standard;
    Number share{};  // of the workload's requests
    std::optional<std::size_t>
        cache{};  // the prompt_cache lever that acts here: index in Plan::levers
    bool operator==(const BranchState&) const = default;
};

template <typename Number>
struct WorkloadState {
    std::size_t workload = 0;
    Number requests{};
    Number prefix_tokens{}, other_input_tokens{}, output_tokens{};  // of one request
    Number router_cost_per_request{};
    std::vector<BranchState<Number>> branches{};
};

// The state of a workload under a set of levers. `values` are the numbers of Plan::inputs, in its
// order.
template <typename Number>
WorkloadState<Number> state_of(const Plan& plan, std::span<const Number> values,
                               std::size_t workload, LeverSet levers);

extern template WorkloadState<Decimal> state_of(const Plan&, std::span<const Decimal>, std::size_t,
                                                LeverSet);
extern template WorkloadState<double> state_of(const Plan&, std::span<const double>, std::size_t,
                                               LeverSet);

// What the cache of a branch holds of one request's prefix. Nothing below the model's minimum; else
// whole increments of it (OpenAI before GPT-5.6: 128 tokens).
template <typename Number>
struct CachedPrefix {
    Number tokens{};
    Number hit_rate{};
    bool is_below_minimum = false;
};
template <typename Number>
CachedPrefix<Number> cached_prefix(const Plan& plan, std::span<const Number> values,
                                   const WorkloadState<Number>& state,
                                   const BranchState<Number>& branch);

extern template CachedPrefix<Decimal> cached_prefix(const Plan&, std::span<const Decimal>,
                                                    const WorkloadState<Decimal>&,
                                                    const BranchState<Decimal>&);
extern template CachedPrefix<double> cached_prefix(const Plan&, std::span<const double>,
                                                   const WorkloadState<double>&,
                                                   const BranchState<double>&);

}  // namespace tokenlever
