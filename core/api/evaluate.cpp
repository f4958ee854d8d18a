#include "scenario/evaluate.h"

#include "api.h"
#include "api/envelope.h"

#include <utility>

namespace tokenlever {

namespace {

JsonOut json_share(const std::optional<double>& share) {
    return share ? json_ratio(*share) : JsonOut(nullptr);
}

// {"anthropic/claude-sonnet-4-5": "6300", ...}; what has no price is null, never 0.
JsonOut json_groups(const std::vector<CostGroup>& groups) {
    std::vector<std::pair<std::string, JsonOut>> out;
    for (const CostGroup& group : groups)
        out.emplace_back(group.key,
                         group.is_complete ? json_amount(group.priced_cost) : JsonOut(nullptr));
    return json_object(std::move(out));
}

JsonOut json_cost(const ScenarioCost& cost, const Scenario& scenario) {
    JsonOut out;
    out["monthly_cost"] = json_amount(cost.monthly_cost);
    if (!cost.monthly_cost) out["priced_cost"] = json_amount(cost.priced_cost);
    out["by_token_class"] = json_groups(group_by_token_class(cost));
    out["by_model"] = json_groups(group_by_model(cost));
    out["by_workload"] = json_groups(group_by_workload(cost, scenario));
    return out;
}

JsonOut json_cache(const std::vector<CachePosition>& positions, const Scenario& scenario) {
    JsonOut out = JsonOut::array();
    for (const CachePosition& position : positions) {
        JsonOut row;
        row["workload"] = scenario.workloads[position.workload].id;
        row["model"] = position.model;
        row["service_tier"] = to_id(position.service_tier);
        row["hit_rate"] = json_ratio(position.hit_rate.to_double());
        row["break_even_hit_rate"] = json_share(position.break_even_hit_rate);
        row["below_minimum"] = position.is_below_minimum;
        out.push_back(std::move(row));
    }
    return out;
}

JsonOut json_lever(const LeverResult& lever, const Scenario& scenario) {
    JsonOut out;
    out["id"] = lever.id;
    out["kind"] = lever_row(lever.kind).id;
    out["enabled"] = lever.is_enabled;
    out["alone"] = json_amount(lever.alone);
    out["marginal"] = json_amount(lever.marginal);
    out["waterfall"] = json_amount(lever.waterfall);
    out["shapley"] = json_amount(lever.shapley);
    out["effort"] = to_id(lever.effort);
    out["prerequisites"] = lever.prerequisites;
    if (lever.kind == LeverKind::PromptCache) out["cache"] = json_cache(lever.cache, scenario);
    return out;
}

JsonOut json_coalition(const CoalitionCost& coalition, const Scenario& scenario) {
    JsonOut out;
    out["levers"] = JsonOut::array();
    for (std::size_t i = 0; i < scenario.levers.size(); ++i)
        if ((coalition.levers >> i & 1U) != 0) out["levers"].push_back(scenario.levers[i].id);
    out["monthly_cost"] = json_amount(coalition.monthly_cost);
    return out;
}

// Estimates are money only here: rounded once to what a document carries.
JsonOut json_estimate(double dollars) {
    const auto exact = Decimal::parse(dump(json_ratio(dollars)));
    return exact ? json_amount(exact->rounded(kMoneyFractionDigits)) : JsonOut(nullptr);
}

JsonOut json_uncertainty(const Evaluation& evaluation) {
    JsonOut out;
    if (evaluation.draws) {
        out["draws"] = json_count(evaluation.draws->draws);
        out["seed"] = json_count(static_cast<int128>(evaluation.draws->seed));
        out["mean"] = json_estimate(evaluation.draws->mean);
        out["sd"] = json_estimate(evaluation.draws->sd);
        out["p5"] = json_estimate(evaluation.draws->p5);
        out["p50"] = json_estimate(evaluation.draws->p50);
        out["p95"] = json_estimate(evaluation.draws->p95);
    }
    out["tornado"] = JsonOut::array();
    for (const TornadoBar& bar : evaluation.tornado) {
        JsonOut row;
        row["input"] = bar.input;
        row["low"] = json_amount(bar.low);
        row["high"] = json_amount(bar.high);
        row["low_cost"] = json_amount(bar.low_cost);
        row["high_cost"] = json_amount(bar.high_cost);
        out["tornado"].push_back(std::move(row));
    }
    return out;
}

JsonOut json_scenario_warnings(const std::vector<ScenarioWarning>& warnings) {
    JsonOut out = JsonOut::array();
    for (const ScenarioWarning& warning : warnings) {
        JsonOut row;
        row["code"] = warning.code;
        row["message"] = warning.message;
        row["where"] = warning.where;
        out.push_back(std::move(row));
    }
    return out;
}

JsonOut json_evaluation(const Scenario& scenario, const Evaluation& evaluation,
                        bool with_coalitions) {
    JsonOut out;
    out["schema"] = "tokenlever.evaluation/1";
    out["name"] = scenario.name;
    out["at"] = to_iso8601(scenario.at);
    out["currency"] = scenario.currency;
    out["baseline"] = json_cost(evaluation.baseline, scenario);
    out["optimized"] = json_cost(evaluation.optimized, scenario);
    out["saving"]["monthly_cost"] = json_amount(evaluation.saving);
    out["saving"]["share"] = json_share(evaluation.saving_share);
    out["levers"] = JsonOut::array();
    for (const LeverResult& lever : evaluation.levers)
        out["levers"].push_back(json_lever(lever, scenario));
    if (with_coalitions) {
        out["coalitions"] = JsonOut::array();
        for (const CoalitionCost& coalition : evaluation.coalitions)
            out["coalitions"].push_back(json_coalition(coalition, scenario));
    }
    out["recommended_order"] = evaluation.recommended_order;
    out["unit_costs"]["per_request"] = json_amount(evaluation.optimized_per_request);
    out["unit_costs"]["baseline_per_request"] = json_amount(evaluation.baseline_per_request);
    out["uncertainty"] = json_uncertainty(evaluation);
    out["warnings"] = json_scenario_warnings(evaluation.warnings);
    return out;
}

}  // namespace

Result<std::string> evaluate(const PriceBook& book, std::string_view scenario_json,
                             const EvaluateRequest& request) {
    TL_TRY(scenario, read_scenario(scenario_json, request.now));
    TL_TRY(evaluation, evaluate(scenario, book, {.draws = request.draws, .seed = request.seed}));
    JsonOut out = json_evaluation(scenario, evaluation, request.with_coalitions);
    add_origin(out, book);
    return dump(out);
}

}  // namespace tokenlever
