#include "scenario/cost.h"

#include <array>
#include <cmath>
#include <utility>

namespace tokenlever {

namespace {

// The context tier goes by whole requests; a mean with a fraction is taken as the next whole
// prompt.
std::int64_t whole_prompt(const Decimal& tokens) {
    constexpr std::int64_t kMost = 1'000'000'000'000'000;  // beyond every threshold
    if (tokens > Decimal(kMost)) return kMost;
    Decimal whole = tokens.rounded(0);
    if (whole < tokens) whole += Decimal(1);
    const auto count = whole.to_scaled_int128(0);
    return count ? static_cast<std::int64_t>(*count) : kMost;
}

std::int64_t whole_prompt(double tokens) { return static_cast<std::int64_t>(std::ceil(tokens)); }

template <typename Number>
const BranchRates& find_rates(const Plan& plan, RateTable& rates,
                              const WorkloadState<Number>& state,
                              const BranchState<Number>& branch) {
    const Workload& workload = plan.scenario->workloads[state.workload];
    const std::string_view ttl =
        branch.cache ? std::string_view(plan.levers[*branch.cache].ttl) : "";
    const Unit write_unit = cache_write_unit(plan.models[branch.model], ttl).unit;
    const Number prompt = state.prefix_tokens + state.other_input_tokens;
    return rates.find(branch.model, branch.service_tier, workload.region, write_unit,
                      whole_prompt(prompt));
}

template <typename Number>
struct BranchQuantities {
    CachedPrefix<Number> cached{};
    Number requests{};
    Number uncached_per_request{}, output_per_request{};
    std::array<Number, kRateClassCount> counts{};  // per month, by RateClass
    const BranchRates* rates = nullptr;
};

template <typename Number>
BranchQuantities<Number> measure(const Plan& plan, RateTable& rates,
                                 const WorkloadState<Number>& state,
                                 const BranchState<Number>& branch,
                                 std::span<const Number> values) {
    BranchQuantities<Number> measured;
    measured.cached = cached_prefix(plan, values, state, branch);
    measured.requests = state.requests * branch.share;
    const Number prompt = state.prefix_tokens + state.other_input_tokens;
    measured.uncached_per_request = prompt - measured.cached.tokens;
    measured.output_per_request = state.output_tokens;
    const Number cached_tokens = measured.requests * measured.cached.tokens;
    const Number& hit_rate = measured.cached.hit_rate;
    measured.counts = {measured.requests * measured.uncached_per_request, cached_tokens * hit_rate,
                       cached_tokens * (Number(1) - hit_rate),
                       measured.requests * state.output_tokens, measured.requests};
    measured.rates = &find_rates(plan, rates, state, branch);
    return measured;
}

template <typename Number>
bool is_due(const BranchQuantities<Number>& measured, std::size_t rate_class) {
    return measured.counts[rate_class] != Number(0) && measured.rates->classes[rate_class].is_due;
}

Result<Money> charge(const Decimal& quantity, const Decimal& price_of_one) {
    constexpr std::int64_t kMostDollars = 1'000'000'000'000'000;
    TL_TRY(cost, Money::rounded(quantity * price_of_one));
    if (cost.to_decimal() > Decimal(kMostDollars))
        return fail(ErrorCode::NumberTooLarge, "/workloads", cost.to_string());
    return cost;
}

// Takes the charges of a state one by one; `rate` null means a fee of the router.
class Total {
public:
    void begin(const BranchState<Decimal>&, const BranchQuantities<Decimal>&) {}
    void add(const ClassRate*, const Decimal&, const Decimal&, const std::optional<Money>& cost) {
        if (cost)
            total_ += *cost;
        else
            is_complete_ = false;
    }
    std::optional<Money> cost() const {
        return is_complete_ ? std::optional(total_) : std::nullopt;
    }

private:
    Money total_;
    bool is_complete_ = true;
};

class Itemizer {
public:
    Itemizer(const Plan& plan, std::size_t workload, ScenarioCost& cost)
        : plan_(plan), workload_(workload), cost_(cost) {}

    void begin(const BranchState<Decimal>& branch, const BranchQuantities<Decimal>& measured) {
        Branch shown{.workload = workload_,
                     .model = plan_.models[branch.model].name,
                     .service_tier = branch.service_tier,
                     .requests = measured.requests,
                     .cacheable_tokens = measured.cached.tokens,
                     .uncached_tokens = measured.uncached_per_request,
                     .output_tokens = measured.output_per_request,
                     .hit_rate = {}};
        if (branch.cache) shown.hit_rate = measured.cached.hit_rate;
        cost_.branches.push_back(std::move(shown));
    }
    void add(const ClassRate* rate, const Decimal& quantity, const Decimal& price,
             const std::optional<Money>& cost) {
        ScenarioCharge item{
            .workload = workload_, .quantity = quantity, .list_unit_price = price, .cost = cost};
        if (rate != nullptr) {
            item.model = cost_.branches.back().model;
            item.service_tier = cost_.branches.back().service_tier;
            item.unit = rate->unit;
            item.per = unit_per(rate->unit);
        }
        if (cost) cost_.priced_cost += *cost;
        if (!cost) cost_.monthly_cost.reset();
        cost_.charges.push_back(std::move(item));
    }

private:
    const Plan& plan_;
    std::size_t workload_;
    ScenarioCost& cost_;
};

template <typename Sink>
Result<void> charge_branch(const BranchQuantities<Decimal>& measured, Sink& sink) {
    for (std::size_t i = 0; i < kRateClassCount; ++i) {
        if (!is_due(measured, i)) continue;
        const ClassRate& rate = measured.rates->classes[i];
        if (!rate.list_unit_price) {
            sink.add(&rate, measured.counts[i], Decimal(), std::nullopt);
            continue;
        }
        TL_TRY(cost, charge(measured.counts[i], rate.per_count));
        sink.add(&rate, measured.counts[i], *rate.list_unit_price, cost);
    }
    return {};
}

template <typename Sink>
Result<void> charge_state(const Plan& plan, RateTable& rates, const WorkloadState<Decimal>& state,
                          std::span<const Decimal> values, Sink& sink) {
    for (const BranchState<Decimal>& branch : state.branches) {
        if (branch.share.is_zero()) continue;
        const auto measured = measure(plan, rates, state, branch, values);
        sink.begin(branch, measured);
        const Result<void> charged = charge_branch(measured, sink);
        if (!charged) return charged;
    }
    if (state.router_cost_per_request.is_zero() || state.requests.is_zero()) return {};
    TL_TRY(fee, charge(state.requests, state.router_cost_per_request));
    sink.add(nullptr, state.requests, state.router_cost_per_request, fee);
    return {};
}

}  // namespace

Result<std::optional<Money>> cost_of_workload(const Plan& plan, RateTable& rates,
                                              const WorkloadState<Decimal>& state,
                                              std::span<const Decimal> values) {
    Total total;
    const Result<void> charged = charge_state(plan, rates, state, values, total);
    if (!charged) return std::unexpected(charged.error());
    return total.cost();
}

const BranchRates& rates_of(const Plan& plan, RateTable& rates, const WorkloadState<Decimal>& state,
                            const BranchState<Decimal>& branch) {
    return find_rates(plan, rates, state, branch);
}

Result<void> itemize(const Plan& plan, RateTable& rates, const WorkloadState<Decimal>& state,
                     std::span<const Decimal> values, ScenarioCost& cost) {
    cost.requests += state.requests;
    Itemizer itemizer(plan, state.workload, cost);
    const Result<void> charged = charge_state(plan, rates, state, values, itemizer);
    if (charged && cost.monthly_cost) cost.monthly_cost = cost.priced_cost;
    return charged;
}

double estimate_workload(const Plan& plan, RateTable& rates, const WorkloadState<double>& state,
                         std::span<const double> values) {
    double total = 0;
    for (const BranchState<double>& branch : state.branches) {
        if (branch.share == 0.0) continue;
        const auto measured = measure(plan, rates, state, branch, values);
        for (std::size_t i = 0; i < kRateClassCount; ++i) {
            if (!is_due(measured, i)) continue;
            total = total + measured.counts[i] * measured.rates->classes[i].per_count_estimate;
        }
    }
    return total + state.requests * state.router_cost_per_request;
}

}  // namespace tokenlever
