#include "scenario/evaluate.h"

#include "scenario/coalitions.h"
#include "scenario/cost.h"
#include "scenario/draws.h"
#include "scenario/findings.h"
#include "scenario/plan.h"
#include "scenario/shapley.h"
#include "scenario/tornado.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

namespace tokenlever {

namespace {

std::optional<Money> difference(const std::optional<Money>& from, const std::optional<Money>& to) {
    if (!from || !to) return std::nullopt;
    return *from - *to;
}

Result<ScenarioCost> itemize_state(Evaluator& evaluator, LeverSet levers) {
    ScenarioCost cost{
        .monthly_cost = Money(), .priced_cost = {}, .requests = {}, .branches = {}, .charges = {}};
    const Plan& plan = evaluator.plan();
    for (std::size_t i = 0; i < plan.workload_models.size(); ++i) {
        const auto state = state_of<Decimal>(plan, evaluator.values(), i, levers);
        if (auto done = itemize(plan, evaluator.rates(), state, evaluator.values(), cost); !done)
            return std::unexpected(std::move(done.error()));
    }
    return cost;
}

// ---- the levers
// -------------------------------------------------------------------------------------

Result<LeverResult> describe_lever(Evaluator& evaluator, const CoalitionTable& table,
                                   std::size_t index) {
    const Lever& lever = evaluator.plan().scenario->levers[index];
    const LeverRow& row = lever_row(kind_of(lever));
    LeverResult result{
        .id = lever.id, .kind = row.kind, .is_enabled = lever.is_enabled, .effort = row.effort};
    for (const std::string_view sentence : row.prerequisites)
        result.prerequisites.emplace_back(sentence);
    const LeverSet bit = LeverSet{1} << index;
    const LeverSet others = table.all() & ~bit;
    if (lever.is_enabled) {
        result.alone = difference(table.cost(0), table.cost(bit));
        result.marginal = difference(table.cost(others), table.cost(table.all()));
        return result;
    }
    TL_TRY(alone, evaluator.cost(bit));
    TL_TRY(joined, evaluator.cost(table.all() | bit));
    result.alone = difference(table.cost(0), alone);
    result.marginal = difference(table.cost(table.all()), joined);
    result.waterfall = result.shapley = Money();
    return result;
}

void add_waterfall(const CoalitionTable& table, std::vector<LeverResult>& levers) {
    LeverSet taken = 0;
    for (const std::size_t index : table.levers()) {
        const LeverSet next = taken | LeverSet{1} << index;
        levers[index].waterfall = difference(table.cost(taken), table.cost(next));
        taken = next;
    }
}

void add_shapley(const CoalitionTable& table, std::vector<LeverResult>& levers) {
    if (!table.is_complete()) return;
    const std::vector<Money> values = shapley_values(table.known_costs());
    for (std::size_t i = 0; i < values.size(); ++i)
        levers[table.levers()[i]].shapley = values[i];
}

// Greedy: the largest marginal saving per point of effort, prerequisites first, ties to the
// document.
std::vector<std::string> recommend(const CoalitionTable& table, const Scenario& scenario) {
    std::vector<std::string> order;
    LeverSet taken = 0;
    for (;;) {
        std::optional<std::size_t> best;
        int128 best_pico = 0, best_points = 1;
        for (const std::size_t index : table.levers()) {
            const LeverSet bit = LeverSet{1} << index;
            if ((taken & bit) != 0) continue;
            const auto saving = difference(table.cost(taken), table.cost(taken | bit));
            if (!saving || saving->pico() <= 0) continue;
            const auto points =
                static_cast<int128>(lever_row(kind_of(scenario.levers[index])).effort);
            if (saving->pico() * best_points <= best_pico * points) continue;
            best = index;
            best_pico = saving->pico();
            best_points = points;
        }
        if (!best) return order;
        taken |= LeverSet{1} << *best;
        order.push_back(scenario.levers[*best].id);
    }
}

// ---- the rest of the answer
// -------------------------------------------------------------------------

std::optional<Decimal> per_request(const ScenarioCost& cost) {
    if (!cost.monthly_cost || cost.requests.is_zero()) return std::nullopt;
    return cost.monthly_cost->to_decimal().divided(cost.requests, kMoneyFractionDigits);
}

void add_totals(Evaluation& answer) {
    answer.saving = difference(answer.baseline.monthly_cost, answer.optimized.monthly_cost);
    if (answer.saving && *answer.baseline.monthly_cost > Money()) {
        constexpr int kDigits = 40;  // far beyond what a double keeps
        answer.saving_share = answer.saving->to_decimal()
                                  .divided(answer.baseline.monthly_cost->to_decimal(), kDigits)
                                  .to_double();
    }
    answer.baseline_per_request = per_request(answer.baseline);
    answer.optimized_per_request = per_request(answer.optimized);
}

// All amounts of an answer are in the document's currency.
Result<void> check_currency(const Plan& plan) {
    for (const PlannedModel& model : plan.models) {
        const Provider* seller = model.found.provider;
        if (seller == nullptr || seller->currency == plan.scenario->currency) continue;
        return fail(ErrorCode::OtherCurrency, model.where,
                    model.name + " is priced in " + seller->currency + ", the document in " +
                        plan.scenario->currency);
    }
    return {};
}

ScenarioWarning no_draws() {
    return {.code = "no_draws",
            .message = "Nothing was drawn: some price is unknown, so the cost of a draw is too.",
            .where = "/uncertainty"};
}

}  // namespace

LeverSet enabled_levers(const Scenario& scenario) {
    LeverSet levers = 0;
    for (std::size_t i = 0; i < scenario.levers.size(); ++i)
        if (scenario.levers[i].is_enabled) levers |= LeverSet{1} << i;
    return levers;
}

Result<ScenarioCost> evaluate_state(const Scenario& scenario, const PriceBook& book,
                                    LeverSet levers) {
    const Plan plan = plan_scenario(scenario, book);
    if (auto checked = check_currency(plan); !checked)
        return std::unexpected(std::move(checked.error()));
    Evaluator evaluator(plan);
    return itemize_state(evaluator, levers);
}

Result<Evaluation> evaluate(const Scenario& scenario, const PriceBook& book,
                            const EvaluateOptions& options) {
    const Plan plan = plan_scenario(scenario, book);
    if (auto checked = check_currency(plan); !checked)
        return std::unexpected(std::move(checked.error()));
    Evaluator evaluator(plan);
    const LeverSet enabled = enabled_levers(scenario);
    TL_TRY(table, CoalitionTable::make(evaluator, enabled));

    Evaluation answer;
    TL_TRY(baseline, itemize_state(evaluator, 0));
    TL_TRY(optimized, itemize_state(evaluator, enabled));
    answer.baseline = std::move(baseline);
    answer.optimized = std::move(optimized);
    add_totals(answer);
    for (std::size_t i = 0; i < scenario.levers.size(); ++i) {
        TL_TRY(lever, describe_lever(evaluator, table, i));
        answer.levers.push_back(std::move(lever));
    }
    add_waterfall(table, answer.levers);
    add_shapley(table, answer.levers);
    answer.coalitions = table.by_size();
    answer.recommended_order = recommend(table, scenario);
    TL_TRY(tornado, measure_tornado(evaluator, enabled));
    answer.tornado = std::move(tornado);
    if (options.draws > 0 && answer.optimized.monthly_cost) {
        TL_TRY(draws, summarize_draws(plan, enabled, options));
        answer.draws = draws;
    }
    if (options.draws > 0 && !answer.draws) answer.warnings.push_back(no_draws());
    add_findings(evaluator, table, book, answer);
    return answer;
}

}  // namespace tokenlever
