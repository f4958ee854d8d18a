#include "scenario/findings.h"

#include "pricing/bill.h"
#include "scenario/amount_text.h"
#include "scenario/folded.h"

#include <algorithm>
#include <map>
#include <set>
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
          answer_(answer) {
        for (const PlannedModel& model : plan_.models)
            models_.emplace(model.name, &model);
    }

    void report() {
        report_models();
        report_unpriced();
        for (std::size_t i = 0; i < plan_.workload_models.size(); ++i)
            report_workload(i);
        report_levers();
        for (ScenarioWarning& warning : folded_.warnings())
            answer_.warnings.push_back(std::move(warning));
        report_double_counting();
        report_uncertainty();
    }

private:
    void warn(std::string code, std::string message, std::string where) {
        answer_.warnings.push_back({std::move(code), std::move(message), std::move(where)});
    }
    const Scenario& scenario() const { return *plan_.scenario; }
    static std::string lever_pointer(std::size_t index) {
        return "/levers/" + std::to_string(index);
    }
    std::string workload_name(std::size_t index) const;
    std::string lever_name(std::size_t index) const;

    void report_models();
    void report_model(const PlannedModel& model);
    void report_unpriced();
    void report_unpriced(const ScenarioCharge& charge);
    void report_workload(std::size_t workload);
    void report_cache(const WorkloadState<Decimal>& state, const BranchState<Decimal>& branch);
    void report_short_prefix(const WorkloadState<Decimal>& state,
                             const BranchState<Decimal>& branch);
    void report_ttl(const BranchState<Decimal>& branch);
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
    Folded folded_;
    std::map<std::string_view, const PlannedModel*> models_;       // by name
    std::set<std::pair<std::string_view, Unit>> without_a_price_;  // of the standard tier
};

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string tier_suffix(ServiceTier tier) {
    return tier == ServiceTier::Standard ? "" : " in the " + std::string(to_id(tier)) + " tier";
}

std::string unit_words(Unit unit) {
    std::string words(unit_id(unit));
    std::ranges::replace(words, '_', ' ');
    return words;
}

// "15 of 168 hours in peak morning"
std::vector<std::string> hours_of(const std::vector<WeekPart>& week) {
    std::vector<std::string> texts;
    bool spares_holidays = false;
    for (const WeekPart& part : week) {
        std::string name = part.window ? "in " + quoted(part.window->name) : "outside";
        spares_holidays = spares_holidays || (part.window && part.window->calendar);
        const Decimal hours = Decimal(part.quarters).divided(Decimal(4), 2);
        texts.push_back(hours.to_string() + (texts.empty() ? " of 168 hours " : " ") + name);
    }
    if (spares_holidays) texts.back() += " (public holidays left out)";
    return texts;
}

// A reader knows names; ids stand in for what has none, and beside what is there twice.
std::string Findings::workload_name(std::size_t index) const {
    const Workload& workload = scenario().workloads[index];
    return quoted(workload.name.empty() ? workload.id : workload.name);
}

std::string Findings::lever_name(std::size_t index) const {
    const LeverKind kind = plan_.levers[index].kind;
    std::string name(lever_row(kind).name);
    if (std::ranges::count(plan_.levers, kind, &PlannedLever::kind) == 1) return name;
    return name + " " + quoted(scenario().levers[index].id);
}

// ---- models and prices
// ------------------------------------------------------------------------------

void Findings::report_models() {
    constexpr std::size_t kMostUnknown = 20;
    std::size_t unknown = 0;
    for (const PlannedModel& model : plan_.models) {
        if (model.found.model == nullptr && ++unknown > kMostUnknown) continue;
        report_model(model);
    }
    if (unknown > kMostUnknown)
        warn("unknown_model",
             grouped(std::to_string(unknown - kMostUnknown)) +
                 " more models are not in the price book.",
             "");
}

void Findings::report_model(const PlannedModel& model) {
    if (model.found.model == nullptr) {
        std::string message =
            "The price book has no model " + quoted(model.name) + ", so what it costs is unknown.";
        const auto near = book_.suggestions({}, model.name);
        if (!near.empty()) message += " Near names: " + listed(near) + ".";
        return warn("unknown_model", std::move(message), model.where);
    }
    if (model.card == nullptr)
        return warn("no_price_at_instant",
                    model.name + " has no price at " + to_iso8601(scenario().at) + ".",
                    model.where);
    if (!model.week.empty())
        warn(
            "price_depends_on_hour",
            "The price of " + model.name +
                " depends on the hour. The month is billed at the mean over a week, as if requests "
                "came evenly: " +
                listed(hours_of(model.week)) + ".",
            model.where);
}

// What the standard tier has no price for is not said again of the others.
void Findings::report_unpriced() {
    for (const ScenarioCost* cost : {&answer_.baseline, &answer_.optimized})
        for (const ScenarioCharge& charge : cost->charges)
            if (!charge.cost && charge.unit && charge.service_tier == ServiceTier::Standard)
                without_a_price_.emplace(charge.model, *charge.unit);
    for (const ScenarioCost* cost : {&answer_.baseline, &answer_.optimized})
        for (const ScenarioCharge& charge : cost->charges)
            if (!charge.cost && charge.unit) report_unpriced(charge);
}

void Findings::report_unpriced(const ScenarioCharge& charge) {
    const auto model = models_.find(charge.model);
    const bool is_explained = model == models_.end() || model->second->card == nullptr;
    const bool is_said = charge.service_tier != ServiceTier::Standard &&
                         without_a_price_.contains({charge.model, *charge.unit});
    if (is_explained || is_said) return;
    const Around around{
        "There is no price for ",
        " of " + charge.model + tier_suffix(charge.service_tier) + ", so the total is unknown."};
    folded_.add({.code = "unpriced", .where = model->second->where, .one = around, .many = around},
                unit_words(*charge.unit));
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
    if (cached.is_below_minimum)
        report_short_prefix(state, branch);
    else if (!cached.tokens.is_zero())
        report_position(position, threshold, is_priced(rates), lever);
    report_ttl(branch);
    answer_.levers[lever].cache.push_back(std::move(position));
}

void Findings::report_short_prefix(const WorkloadState<Decimal>& state,
                                   const BranchState<Decimal>& branch) {
    const PlannedModel& model = plan_.models[branch.model];
    const std::string rest = " shorter than the " +
                             grouped(std::to_string(model.cache->minimum_tokens.value_or(0))) +
                             " tokens from which " + model.name +
                             " caches: nothing is cached there, and nothing is charged for it.";
    folded_.add({.code = "below_cache_minimum",
                 .where = lever_pointer(*branch.cache),
                 .one = {"The prefix of ", " is" + rest},
                 .many = {"The prefixes of ", " are" + rest}},
                workload_name(state.workload) + " (" + grouped(state.prefix_tokens.to_string()) +
                    " tokens)");
}

void Findings::report_ttl(const BranchState<Decimal>& branch) {
    const PlannedModel& model = plan_.models[branch.model];
    const std::string& ttl = plan_.levers[*branch.cache].ttl;
    if (cache_write_unit(model, ttl).is_sold_ttl) return;
    const std::string rest =
        " no cache lifetime of " + ttl + ": " + model.cache->ttls.front() + " is billed.";
    folded_.add({.code = "ttl_not_sold",
                 .where = lever_pointer(*branch.cache) + "/ttl",
                 .one = {"", " sells" + rest},
                 .many = {"", " sell" + rest}},
                model.name);
}

void Findings::report_position(const CachePosition& position,
                               const std::optional<Decimal>& threshold, bool is_priced,
                               std::size_t lever) {
    const std::string place = position.model + tier_suffix(position.service_tier);
    if (!is_priced) return;  // reported as unpriced
    if (!threshold) {
        const Around around{"A cache read of ", " costs no less than plain input."};
        return folded_.add({.code = "caching_saves_nothing",
                            .where = lever_pointer(lever),
                            .one = around,
                            .many = around},
                           position.model);
    }
    if (position.hit_rate >= *threshold) return;
    const Around around{
        "At a hit rate of " + percent_text(position.hit_rate) + " caching loses money on ",
        ": it pays above " + percent_text(*threshold) + "."};
    folded_.add({.code = "caching_loses_money",
                 .where = lever_pointer(lever),
                 .one = around,
                 .many = around},
                place);
}

void Findings::report_batch(const WorkloadState<Decimal>& state) {
    for (const std::size_t lever : table_.levers()) {
        if (plan_.levers[lever].kind != LeverKind::Batch ||
            !plan_.levers[lever].acts_on[state.workload])
            continue;
        for (const BranchState<Decimal>& branch : state.branches) {
            const PlannedModel& model = plan_.models[branch.model];
            if (model.sells_batch || branch.share.is_zero()) continue;
            const std::string rest =
                " requests stay in the " + std::string(to_id(branch.service_tier)) + " tier.";
            folded_.add({.code = "batch_not_sold",
                         .where = lever_pointer(lever),
                         .one = {"", " is not sold in batch: its" + rest},
                         .many = {"", " are not sold in batch: their" + rest}},
                        model.name);
        }
    }
}

// ---- the answer as a whole
// --------------------------------------------------------------------------

void Findings::report_levers() {
    const auto& order = answer_.recommended_order;
    const Cause unranked{.code = "lever_not_ranked",
                         .where = "/levers",
                         .one = {"", " cannot be ranked: some price is unknown."},
                         .many = {"", " cannot be ranked: some price is unknown."}};
    const Cause useless{
        .code = "lever_saves_nothing",
        .where = "/levers",
        .one = {"",
                " saves nothing beside the other levers; it is left out of the recommended "
                "order."},
        .many = {"",
                 " save nothing beside the other levers; they are left out of the "
                 "recommended order."}};
    for (const std::size_t index : table_.levers())
        if (std::ranges::find(order, answer_.levers[index].id) == order.end())
            folded_.add(table_.is_complete() ? useless : unranked, lever_name(index));
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
