#include "scenario/findings.h"

#include "pricing/bill.h"
#include "scenario/amount_text.h"

#include <algorithm>
#include <string>
#include <utility>

namespace tokenlever {

namespace {

class Findings {
public:
    Findings(Evaluator& evaluator, const CoalitionTable& table, const PriceBook& book,
             Evaluation& answer)
        : evaluator_(evaluator),
          plan_(evaluator.plan()),
          table_(table),
          book_(book),
          answer_(answer) {}

    void report() {
        report_models();
        report_unpriced(answer_.baseline);
        report_unpriced(answer_.optimized);
        for (std::size_t i = 0; i < plan_.workload_models.size(); ++i)
            report_workload(i);
        report_levers();
        report_double_counting();
        report_uncertainty();
    }

private:
    void warn(std::string code, std::string message, std::string where) {
        ScenarioWarning warning{std::move(code), std::move(message), std::move(where)};
        if (std::ranges::find(answer_.warnings, warning) == answer_.warnings.end())
            answer_.warnings.push_back(std::move(warning));
    }
    const Scenario& scenario() const { return *plan_.scenario; }
    static std::string lever_pointer(std::size_t index) {
        return "/levers/" + std::to_string(index);
    }

    void report_models();
    void report_model(const PlannedModel& model);
    void report_unpriced(const ScenarioCost& cost);
    void report_workload(std::size_t workload);
    void report_cache(const WorkloadState<Decimal>& state, const BranchState<Decimal>& branch);
    void report_position(const CachePosition& position, const std::optional<Decimal>& threshold,
                         bool is_priced, std::size_t lever);
    void report_batch(const WorkloadState<Decimal>& state);
    void report_levers();
    void report_double_counting();
    void report_uncertainty();

    Evaluator& evaluator_;
    const Plan& plan_;
    const CoalitionTable& table_;
    const PriceBook& book_;
    Evaluation& answer_;
};

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string tier_suffix(ServiceTier tier) {
    return tier == ServiceTier::Standard ? "" : " in the " + std::string(to_id(tier)) + " tier";
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

// ---- models and prices
// ------------------------------------------------------------------------------

void Findings::report_models() {
    for (const PlannedModel& model : plan_.models)
        report_model(model);
}

void Findings::report_model(const PlannedModel& model) {
    if (model.found.model == nullptr) {
        std::string message =
            "The price book has no model " + quoted(model.name) + ", so what it costs is unknown.";
        const auto near = book_.suggestions({}, model.name);
        if (!near.empty()) message += " Near names: " + joined(near) + ".";
        return warn("unknown_model", std::move(message), model.where);
    }
    if (model.card == nullptr)
        return warn("no_price_at_instant",
                    model.name + " has no price at " + to_iso8601(scenario().at) + ".",
                    model.where);
    if (!model.card->windows.empty())
        warn("price_depends_on_hour",
             "The price of " + model.name +
                 " depends on the hour; the whole month is billed at the price of " +
                 to_iso8601(scenario().at) + ".",
             model.where);
}

void Findings::report_unpriced(const ScenarioCost& cost) {
    for (const ScenarioCharge& charge : cost.charges) {
        const auto model = std::ranges::find(plan_.models, charge.model, &PlannedModel::name);
        const bool is_explained = model == plan_.models.end() || model->card == nullptr;
        if (charge.cost || !charge.unit || is_explained) continue;
        warn("unpriced",
             "There is no price for " + std::string(unit_id(*charge.unit)) + " of " + charge.model +
                 tier_suffix(charge.service_tier) + ", so the total is unknown.",
             "/workloads/" + std::to_string(charge.workload));
    }
}

// ---- caches and batch
// -------------------------------------------------------------------------------

void Findings::report_workload(std::size_t workload) {
    const auto state = state_of<Decimal>(plan_, evaluator_.values(), workload, table_.all());
    report_batch(state);
    for (const BranchState<Decimal>& branch : state.branches) {
        if (branch.cache && !branch.share.is_zero()) report_cache(state, branch);
    }
}

bool is_priced(const BranchRates& rates) {
    return rates[RateClass::Input].list_unit_price && rates[RateClass::CacheRead].list_unit_price &&
           rates[RateClass::CacheWrite].list_unit_price;
}

// (w-1)/(w-r) by the prices this branch pays; absent if a read costs no less than plain input.
std::optional<Decimal> break_even(const BranchRates& rates) {
    const ClassRate& input = rates[RateClass::Input];
    const ClassRate& read = rates[RateClass::CacheRead];
    const ClassRate& write = rates[RateClass::CacheWrite];
    if (!is_priced(rates)) return std::nullopt;
    if (*read.list_unit_price >= *input.list_unit_price) return std::nullopt;
    if (*write.list_unit_price <= *input.list_unit_price) return Decimal();
    constexpr int kDigits = 40;  // far beyond what a double keeps
    const Decimal premium = *write.list_unit_price - *input.list_unit_price;
    return premium.divided(*write.list_unit_price - *read.list_unit_price, kDigits);
}

void Findings::report_cache(const WorkloadState<Decimal>& state,
                            const BranchState<Decimal>& branch) {
    const std::size_t lever = *branch.cache;
    const auto cached = cached_prefix<Decimal>(plan_, evaluator_.values(), state, branch);
    const BranchRates& rates = rates_of(plan_, evaluator_.rates(), state, branch);
    const std::optional<Decimal> threshold = break_even(rates);
    CachePosition position{.workload = state.workload,
                           .model = plan_.models[branch.model].name,
                           .service_tier = branch.service_tier,
                           .hit_rate = cached.hit_rate,
                           .break_even_hit_rate = {},
                           .is_below_minimum = cached.is_below_minimum};
    if (threshold) position.break_even_hit_rate = threshold->to_double();
    const CacheRules* rules = plan_.models[branch.model].cache;
    if (cached.is_below_minimum) {
        warn("below_cache_minimum",
             "The prefix of " + quoted(scenario().workloads[state.workload].id) + " has " +
                 grouped(state.prefix_tokens.to_string()) + " tokens, and " + position.model +
                 " caches from " + grouped(std::to_string(rules->minimum_tokens.value_or(0))) +
                 " tokens on: nothing is cached there, and nothing is charged for it.",
             lever_pointer(lever));
    } else if (!cached.tokens.is_zero()) {
        report_position(position, threshold, is_priced(rates), lever);
    }
    const std::string& ttl = plan_.levers[lever].ttl;
    if (!cache_write_unit(plan_.models[branch.model], ttl).is_sold_ttl)
        warn("ttl_not_sold",
             position.model + " sells no cache lifetime of " + ttl + "; its default, " +
                 rules->ttls.front() + ", is billed.",
             lever_pointer(lever) + "/ttl");
    answer_.levers[lever].cache.push_back(std::move(position));
}

void Findings::report_position(const CachePosition& position,
                               const std::optional<Decimal>& threshold, bool is_priced,
                               std::size_t lever) {
    const std::string place = position.model + tier_suffix(position.service_tier);
    if (!is_priced) return;  // reported as unpriced
    if (!threshold)
        return warn("caching_saves_nothing",
                    "A cache read of " + place + " costs no less than plain input.",
                    lever_pointer(lever));
    if (position.hit_rate >= *threshold) return;
    warn("caching_loses_money",
         "At a hit rate of " + percent_text(position.hit_rate) + " caching loses money on " +
             place + ": it pays above " + percent_text(*threshold) + ".",
         lever_pointer(lever));
}

void Findings::report_batch(const WorkloadState<Decimal>& state) {
    for (const std::size_t lever : table_.levers()) {
        if (plan_.levers[lever].kind != LeverKind::Batch ||
            !plan_.levers[lever].acts_on[state.workload])
            continue;
        for (const BranchState<Decimal>& branch : state.branches) {
            if (plan_.models[branch.model].sells_batch || branch.share.is_zero()) continue;
            warn("batch_not_sold",
                 plan_.models[branch.model].name +
                     " is not sold in batch: its requests stay in the " +
                     std::string(to_id(branch.service_tier)) + " tier.",
                 lever_pointer(lever));
        }
    }
}

// ---- the answer as a whole
// --------------------------------------------------------------------------

void Findings::report_levers() {
    for (const std::size_t index : table_.levers()) {
        const LeverResult& lever = answer_.levers[index];
        if (std::ranges::find(answer_.recommended_order, lever.id) !=
            answer_.recommended_order.end())
            continue;
        if (!table_.is_complete()) {
            warn("lever_not_ranked", quoted(lever.id) + " cannot be ranked: some price is unknown.",
                 lever_pointer(index));
            continue;
        }
        warn("lever_saves_nothing",
             quoted(lever.id) +
                 " saves nothing beside the other levers; it is left out of the recommended order.",
             lever_pointer(index));
    }
}

void Findings::report_double_counting() {
    if (!answer_.baseline.monthly_cost) return;
    Money sum;
    for (const std::size_t index : table_.levers()) {
        if (!answer_.levers[index].alone) return;
        sum += *answer_.levers[index].alone;
    }
    if (sum <= *answer_.baseline.monthly_cost) return;
    warn("alone_exceeds_bill",
         "The savings of the levers taken alone add up to " + dollar_text(sum.to_decimal()) +
             ", more than the bill of " + dollar_text(answer_.baseline.monthly_cost->to_decimal()) +
             ": they overlap and must not be added.",
         "/levers");
}

void Findings::report_uncertainty() {
    for (std::size_t i = 0; i < scenario().uncertainty.size(); ++i) {
        const UncertainInput& input = scenario().uncertainty[i];
        const auto found = resolve_input(plan_.inputs, scenario(), input);
        if (!found) continue;  // the tornado has refused it before
        const Decimal& value = plan_.inputs.slots[found->slots.front()].value;
        const std::string where = "/uncertainty/" + std::to_string(i) + "/base";
        const std::string base = grouped(input.base.to_string());
        if (found->is_scaled)
            warn("base_scaled",
                 "The workloads differ in what " + input.input +
                     " names: each keeps its own value, multiplied by what is drawn over the base "
                     "of " +
                     base + ".",
                 where);
        else if (value != input.base)
            warn("base_differs",
                 "The base of " + input.input + " is " + base + ", but the document says " +
                     grouped(value.to_string()) + ", which is used.",
                 where);
    }
}

}  // namespace

void add_findings(Evaluator& evaluator, const CoalitionTable& table, const PriceBook& book,
                  Evaluation& answer) {
    Findings(evaluator, table, book, answer).report();
}

}  // namespace tokenlever
