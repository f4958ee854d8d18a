#include "scenario/state.h"

#include <cmath>

namespace tokenlever {

namespace {

template <typename Number>
struct Context {
    const Plan& plan;
    std::span<const Number> values;
    std::size_t lever;

    const PlannedLever& planned() const { return plan.levers[lever]; }
    template <typename Slots>
    const Slots& slots() const {
        return *std::get_if<Slots>(&plan.inputs.levers[lever]);
    }
    const Number& value(std::size_t slot) const { return values[slot]; }
};

// Branches of one model and tier are one branch: its charges are rounded once.
template <typename Number>
void add_branch(std::vector<BranchState<Number>>& branches, const BranchState<Number>& branch) {
    for (BranchState<Number>& existing : branches) {
        if (existing.model == branch.model && existing.service_tier == branch.service_tier) {
            existing.share = existing.share + branch.share;
            return;
        }
    }
    branches.push_back(branch);
}

// Answers get shorter; the instruction that makes them so is read on every request.
template <typename Number>
void control_output(const Context<Number>& context, WorkloadState<Number>& state) {
    const auto& slots = context.template slots<OutputControlSlots>();
    const Number kept = Number(1) - context.value(slots.reduction);
    state.output_tokens = state.output_tokens * kept;
    const Number& instruction = context.value(slots.instruction_tokens);
    Number& home =
        context.planned().instruction_in_prefix ? state.prefix_tokens : state.other_input_tokens;
    home = home + instruction;
}

// Each route takes its share of every branch; the router is paid for every request, routed or not.
template <typename Number>
void route(const Context<Number>& context, WorkloadState<Number>& state) {
    const auto& slots = context.template slots<RoutingSlots>();
    state.router_cost_per_request =
        state.router_cost_per_request + context.value(slots.router_cost);
    Number kept(1);
    for (const std::size_t slot : slots.shares)
        kept = kept - context.value(slot);
    std::vector<BranchState<Number>> routed;
    for (BranchState<Number> branch : state.branches) {
        branch.share = branch.share * kept;
        add_branch(routed, branch);
    }
    for (const BranchState<Number>& branch : state.branches) {
        for (std::size_t i = 0; i < slots.shares.size(); ++i) {
            BranchState<Number> moved = branch;
            moved.model = context.planned().models[i];
            moved.share = branch.share * context.value(slots.shares[i]);
            add_branch(routed, moved);
        }
    }
    state.branches = std::move(routed);
}

template <typename Number>
void cache_prompt(const Context<Number>& context, WorkloadState<Number>& state) {
    for (BranchState<Number>& branch : state.branches)
        branch.cache = context.lever;
}

// The share moves from every branch whose model sells batch and which is not there already.
template <typename Number>
void move_to_batch(const Context<Number>& context, WorkloadState<Number>& state) {
    const Number& share = context.value(context.template slots<BatchSlots>().share);
    std::vector<BranchState<Number>> tiered;
    for (const BranchState<Number>& branch : state.branches) {
        BranchState<Number> rest = branch;
        if (branch.service_tier != ServiceTier::Batch &&
            context.plan.models[branch.model].sells_batch) {
            rest.share = branch.share * (Number(1) - share);
            BranchState<Number> moved = branch;
            moved.service_tier = ServiceTier::Batch;
            moved.share = branch.share * share;
            add_branch(tiered, rest);
            add_branch(tiered, moved);
        } else {
            add_branch(tiered, rest);
        }
    }
    state.branches = std::move(tiered);
}

template <typename Number>
void apply(const Context<Number>& context, WorkloadState<Number>& state) {
    switch (context.planned().kind) {
        case LeverKind::OutputControl: return control_output(context, state);
        case LeverKind::Routing: return route(context, state);
        case LeverKind::PromptCache: return cache_prompt(context, state);
        case LeverKind::Batch: return move_to_batch(context, state);
        case LeverKind::Flex:
        case LeverKind::TrimInput:
        case LeverKind::ResponseCache:
        case LeverKind::Discount:
        case LeverKind::Commitment:
        case LeverKind::SelfHost: return;  // the reader lets none of these through
    }
}

Decimal whole_multiple(const Decimal& tokens, std::int64_t increment) {
    Decimal steps = tokens.divided(Decimal(increment), 0);  // nearest, so it may be one too many
    if (steps * Decimal(increment) > tokens) steps -= Decimal(1);
    return steps * Decimal(increment);
}

double whole_multiple(double tokens, std::int64_t increment) {
    const auto step = static_cast<double>(increment);
    return std::floor(tokens / step) * step;
}

template <typename Number>
Number from_count(std::int64_t count) {
    return static_cast<Number>(count);
}

}  // namespace

template <typename Number>
WorkloadState<Number> state_of(const Plan& plan, std::span<const Number> values,
                               std::size_t workload, LeverSet levers) {
    const WorkloadSlots& slots = plan.inputs.workloads[workload];
    WorkloadState<Number> state{.workload = workload,
                                .requests = values[slots.requests],
                                .prefix_tokens = values[slots.prefix],
                                .other_input_tokens = values[slots.other_input],
                                .output_tokens = values[slots.output],
                                .router_cost_per_request = Number(0),
                                .branches = {}};
    state.branches.push_back({.model = plan.workload_models[workload],
                              .service_tier = plan.scenario->workloads[workload].service_tier,
                              .share = Number(1),
                              .cache = {}});
    for (const std::size_t lever : plan.apply_order) {
        const bool is_on = ((levers >> lever) & 1U) != 0;
        if (is_on && plan.levers[lever].acts_on[workload])
            apply(Context<Number>{.plan = plan, .values = values, .lever = lever}, state);
    }
    return state;
}

template <typename Number>
CachedPrefix<Number> cached_prefix(const Plan& plan, std::span<const Number> values,
                                   const WorkloadState<Number>& state,
                                   const BranchState<Number>& branch) {
    CachedPrefix<Number> cached{.tokens = Number(0), .hit_rate = Number(0)};
    if (!branch.cache) return cached;
    const CacheRules* rules = plan.models[branch.model].cache;
    const std::int64_t minimum = rules == nullptr ? 0 : rules->minimum_tokens.value_or(0);
    cached.is_below_minimum = state.prefix_tokens < from_count<Number>(minimum);
    if (cached.is_below_minimum) return cached;
    const std::int64_t increment = rules == nullptr ? 1 : rules->increment;
    cached.tokens =
        increment > 1 ? whole_multiple(state.prefix_tokens, increment) : state.prefix_tokens;
    const auto& slots = *std::get_if<PromptCacheSlots>(&plan.inputs.levers[*branch.cache]);
    const bool is_batch = branch.service_tier == ServiceTier::Batch;
    cached.hit_rate = values[is_batch ? slots.hit_rate_batch : slots.hit_rate];
    return cached;
}

template WorkloadState<Decimal> state_of(const Plan&, std::span<const Decimal>, std::size_t,
                                         LeverSet);
template WorkloadState<double> state_of(const Plan&, std::span<const double>, std::size_t,
                                        LeverSet);
template CachedPrefix<Decimal> cached_prefix(const Plan&, std::span<const Decimal>,
                                             const WorkloadState<Decimal>&,
                                             const BranchState<Decimal>&);
template CachedPrefix<double> cached_prefix(const Plan&, std::span<const double>,
                                            const WorkloadState<double>&,
                                            const BranchState<double>&);

}  // namespace tokenlever
