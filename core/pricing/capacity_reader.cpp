// Reads pricing-data/capacity.

#include "pricing/book_fields.h"
#include "pricing/capacity.h"
#include "pricing/card_reader_parts.h"

#include <algorithm>
#include <array>

namespace tokenlever {

namespace {

constexpr Decimal kHighestThroughput = Decimal(1'000'000'000'000);

Result<std::int64_t> read_count(const Json& object, std::string_view key) {
    TL_TRY(value, require(object, key));
    TL_TRY(count, value->as_count());
    if (count == 0) return fail(ErrorCode::OutOfRange, value->pointer(), value->text());
    return count;
}

Result<Decimal> read_factor(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    return value ? read_amount(*value, kHighestFactor) : Result<Decimal>(Decimal(1));
}

Result<void> read_tiers(const Json& model, CapacityPlan& plan) {
    const Json* json = model.find("tiers");
    if (!json) return {};
    TL_TRY(items, json->as_array());
    for (const Json& item : *items) {
        TL_TRY(object, item.as_object());
        if (auto known = reject_unknown_members(
                *object, {"op", "threshold", "mode", "input_factor", "output_factor"});
            !known)
            return known;
        TL_TRY(op, required_text(*object, "op"));
        TL_TRY(mode, optional_text(*object, "mode"));
        TL_TRY(threshold, read_count(*object, "threshold"));
        TL_TRY(input, read_factor(*object, "input_factor"));
        TL_TRY(output, read_factor(*object, "output_factor"));
        const bool is_known_mode = mode.empty() || mode == "whole" || mode == "marginal";
        if ((op != ">" && op != ">=") || !is_known_mode)
            return fail(ErrorCode::InvalidValue, item.pointer(),
                        "op is \">\" or \">=\", mode whole or marginal");
        if (!plan.tiers.empty() && threshold <= plan.tiers.back().threshold)
            return fail(ErrorCode::InvalidValue, item.pointer() + "/threshold",
                        "thresholds that do not ascend");
        plan.is_marginal = mode == "marginal";
        plan.tiers.push_back({.is_inclusive = op == ">=",
                              .threshold = threshold,
                              .input_factor = input,
                              .output_factor = output});
    }
    return {};
}

Result<void> read_deployments(const Json& model, CapacityPlan& plan) {
    TL_TRY(json, require(model, "deployments"));
    TL_TRY(object, json->as_object());
    for (const auto& [name, value] : object->members()) {
        TL_TRY(row, value.as_object());
        if (auto known = reject_unknown_members(*row, {"minimum", "step"}); !known) return known;
        TL_TRY(minimum, read_count(*row, "minimum"));
        TL_TRY(step, read_count(*row, "step"));
        plan.deployments.push_back({.name = name, .minimum = minimum, .step = step});
    }
    const bool is_whole = !plan.deployments.empty();
    plan.is_split = plan.deployments.size() == 2 && plan.deployments[0].name == "input" &&
                    plan.deployments[1].name == "output";
    return is_whole ? Result<void>{} : fail(ErrorCode::MissingKey, json->pointer(), "a deployment");
}

Result<Source> read_source(const Json& document, const Json& model) {
    TL_TRY(id, required_text(model, "source"));
    TL_TRY(sources, require(document, "sources"));
    const Json* row = sources->find(id);
    if (!row) return fail(ErrorCode::InvalidValue, model.pointer() + "/source", id);
    if (auto known = reject_unknown_members(*row, {"url", "read_at", "quote", "note"}); !known)
        return std::unexpected(known.error());
    TL_TRY(url, required_text(*row, "url"));
    TL_TRY(read_at, required_text(*row, "read_at"));
    TL_TRY(quote, required_text(*row, "quote"));
    return Source{.id = id, .url = url, .read_at = read_at, .quote = quote};
}

// One unit carries so much per second or per minute; a plan counts per minute.
Result<Decimal> read_throughput(const Json& model) {
    TL_TRY(value, require(model, "throughput"));
    TL_TRY(amount, read_amount(*value, kHighestThroughput));
    if (amount.is_zero()) return fail(ErrorCode::OutOfRange, value->pointer(), value->text());
    TL_TRY(per, required_text(model, "per"));
    if (per != "second" && per != "minute")
        return fail(ErrorCode::InvalidValue, model.pointer() + "/per",
                    per + ", not second or minute");
    return per == "second" ? amount * Decimal(60) : amount;
}

Result<CapacityPlan> read_plan(const Json& document, const Json& model) {
    TL_TRY(object, model.as_object());
    if (auto known =
            reject_unknown_members(*object, {"model", "throughput", "per", "weights", "tiers",
                                             "deployments", "source", "status", "note"});
        !known)
        return std::unexpected(known.error());
    CapacityPlan plan;
    TL_TRY(id, required_text(*object, "model"));
    TL_TRY(throughput, read_throughput(*object));
    TL_TRY(weights_json, require(*object, "weights"));
    TL_TRY(weights, read_weights(*weights_json));
    TL_TRY(source, read_source(document, *object));
    plan.model = std::move(id);
    plan.throughput = throughput;
    plan.weights = std::move(weights);
    plan.source = std::move(source);
    if (auto tiers = read_tiers(*object, plan); !tiers) return std::unexpected(tiers.error());
    if (auto sold = read_deployments(*object, plan); !sold) return std::unexpected(sold.error());
    return plan;
}

}  // namespace

Result<std::vector<UnitWeight>> read_weights(const Json& json) {
    TL_TRY(object, json.as_object());
    std::vector<UnitWeight> weights;
    for (const auto& [id, value] : object->members()) {
        TL_TRY(unit, read_unit(id, value.pointer()));
        TL_TRY(weight, read_amount(value, kHighestFactor));
        weights.push_back({.unit = unit, .weight = weight});
    }
    return weights;
}

Result<std::vector<CapacityPlan>> read_capacity(const Json& document) {
    if (auto known = reject_unknown_members(
            document, {"schema", "provider", "unit", "name", "sources", "models", "note"});
        !known)
        return std::unexpected(known.error());
    TL_TRY(provider, required_text(document, "provider"));
    TL_TRY(unit, required_text(document, "unit"));
    TL_TRY(models, require(document, "models"));
    TL_TRY(items, models->as_array());
    std::vector<CapacityPlan> plans;
    for (const Json& item : *items) {
        TL_TRY(plan, read_plan(document, item));
        plan.provider = provider;
        plan.unit = unit;
        const auto is_twin = [&](const CapacityPlan& other) { return other.model == plan.model; };
        if (std::ranges::any_of(plans, is_twin))
            return fail(ErrorCode::DuplicateId, item.pointer() + "/model", plan.model);
        plans.push_back(std::move(plan));
    }
    return plans;
}

}  // namespace tokenlever
