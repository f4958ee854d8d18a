#include "pricing/capacity.h"

#include "api.h"
#include "api/envelope.h"
#include "pricing/bill.h"
#include "pricing/model_name.h"
#include "pricing/provider_id.h"

#include <algorithm>
#include <array>

namespace tokenlever {

namespace {

// Who sells a kind of unit; a request need not say it again.
struct UnitKind {
    std::string_view unit, seller;
};
constexpr std::array kUnitKinds = {UnitKind{"ptu", "azure"}, UnitKind{"gsu", "google-vertex"},
                                   UnitKind{"model_unit", "amazon-bedrock"}};

constexpr std::array<std::string_view, 14> kKeys = {
    "provider",       "model",      "unit", "requests_per_minute", "hours", "unit_price",
    "unit_price_per", "deployment", "at",   "throughput",          "per",   "weights",
    "minimum",        "step"};

struct CapacityRequest {
    std::string provider{}, model{}, unit{}, deployment{};
    Decimal requests_per_minute{}, hours = 730;
    std::optional<Decimal> unit_price{};
    std::string unit_price_per = "hour";
    std::vector<UnitQuantity> usage{};  // of one request
    Instant at{};
    // Where no list has the parameters, or the user's differ.
    std::optional<Decimal> throughput{};
    std::vector<UnitWeight> weights{};
    std::optional<std::int64_t> minimum{}, step{};
    std::vector<Warning> warnings{};
};

Result<std::string> read_text(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    return value ? value->as_string() : Result<std::string>{};
}

Result<std::optional<Decimal>> read_decimal(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    if (!value) return std::nullopt;
    TL_TRY(amount, value->as_decimal());
    if (amount.is_negative() || amount > Decimal(1'000'000'000'000'000))
        return fail(ErrorCode::OutOfRange, value->pointer(), value->text());
    return amount;
}

Result<std::optional<std::int64_t>> read_positive(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    if (!value) return std::nullopt;
    TL_TRY(count, value->as_count());
    if (count == 0) return fail(ErrorCode::OutOfRange, value->pointer(), value->text());
    return count;
}

// Every unit of the registry may be a key: what one request uses.
Result<void> read_usage(const Json& object, CapacityRequest& request) {
    for (const auto& [key, value] : object.members()) {
        const std::optional<Unit> unit = find_unit(key);
        if (!unit || value.is_null()) continue;
        TL_TRY(quantity, read_decimal(object, key));
        request.usage.push_back({.unit = *unit, .quantity = *quantity});
    }
    return {};
}

Result<void> read_names(const Json& object, CapacityRequest& request) {
    TL_TRY(unit, read_text(object, "unit"));
    TL_TRY(provider, read_text(object, "provider"));
    TL_TRY(model_json, require(object, "model"));
    TL_TRY(model, model_json->as_string());
    TL_TRY(deployment, read_text(object, "deployment"));
    const auto kind = std::ranges::find(kUnitKinds, unit, &UnitKind::unit);
    if (kind == kUnitKinds.end())
        return fail(ErrorCode::InvalidValue, "/unit", unit + ", not one of ptu gsu model_unit");
    const std::string seller = lowered(provider);
    const std::string_view canonical = canonical_provider(seller);
    request.provider = provider.empty()    ? std::string(kind->seller)
                       : canonical.empty() ? seller
                                           : std::string(canonical);
    request.unit = std::move(unit);
    request.model = std::move(model);
    request.deployment = std::move(deployment);
    return {};
}

Result<void> read_price(const Json& object, CapacityRequest& request) {
    TL_TRY(unit_price, read_decimal(object, "unit_price"));
    TL_TRY(per, read_text(object, "unit_price_per"));
    if (!per.empty() && per != "hour" && per != "week" && per != "month")
        return fail(ErrorCode::InvalidValue, "/unit_price_per", per + ", not hour week month");
    request.unit_price = unit_price;
    if (!per.empty()) request.unit_price_per = std::move(per);
    return {};
}

// Parameters of the user's own.
Result<void> read_parameters(const Json& object, CapacityRequest& request) {
    TL_TRY(throughput, read_decimal(object, "throughput"));
    TL_TRY(per, read_text(object, "per"));
    TL_TRY(minimum, read_positive(object, "minimum"));
    TL_TRY(step, read_positive(object, "step"));
    if (!per.empty() && per != "second" && per != "minute")
        return fail(ErrorCode::InvalidValue, "/per", per + ", not second or minute");
    if (throughput && throughput->is_zero()) return fail(ErrorCode::OutOfRange, "/throughput", "0");
    if (throughput) request.throughput = *throughput * Decimal(per == "second" ? 60 : 1);
    if (const Json* weights_json = object.find("weights")) {
        TL_TRY(weights, read_weights(*weights_json));
        request.weights = std::move(weights);
    }
    request.minimum = minimum;
    request.step = step;
    return {};
}

Result<CapacityRequest> read_request(const Json& json, const ClockOptions& clock) {
    TL_TRY(object, json.as_object());
    CapacityRequest request{.at = clock.now};
    for (const auto& [key, value] : object->members()) {
        const bool is_known = std::ranges::find(kKeys, key) != kKeys.end() || find_unit(key);
        if (!is_known)
            request.warnings.push_back(
                {.code = "unknown_key",
                 .message = value.pointer() + ": no such key in this request; it was ignored"});
    }
    for (const auto read : {read_names, read_price, read_parameters, read_usage})
        if (auto part = read(*object, request); !part) return std::unexpected(part.error());
    TL_TRY(rate, require(*object, "requests_per_minute"));
    TL_TRY(requests_per_minute, read_decimal(*object, "requests_per_minute"));
    if (requests_per_minute->is_zero())
        return fail(ErrorCode::OutOfRange, rate->pointer(), rate->text());
    request.requests_per_minute = *requests_per_minute;
    TL_TRY(hours, read_decimal(*object, "hours"));
    if (hours) request.hours = *hours;
    TL_TRY(at_text, read_text(*object, "at"));
    if (at_text.empty()) return request;
    const Result<Instant> at = parse_instant(at_text);
    if (!at) return fail(ErrorCode::NotAnInstant, "/at", at_text);
    request.at = *at;
    return request;
}

// ---- the plan ---------------------------------------------------------------------------------

const CapacityPlan* listed_plan(const PriceBook& book, const CapacityRequest& request) {
    const auto found = book.find(request.provider, request.model, request.at);
    const auto by_maker = found ? found : book.find({}, request.model, request.at);
    const std::string name = lowered(request.model);
    const CapacityPlan* general = nullptr;
    for (const CapacityPlan& plan : book.capacities()) {
        if (plan.provider != request.provider || plan.unit != request.unit) continue;
        if (plan.model == name || (by_maker && plan.model == by_maker->model->id)) return &plan;
        if (plan.model == "*") general = &plan;
    }
    return general;
}

Result<CapacityPlan> plan_of(const PriceBook& book, const CapacityRequest& request) {
    CapacityPlan plan;
    if (const CapacityPlan* listed = listed_plan(book, request)) plan = *listed;
    if (request.throughput) {  // a unit of another size: the list's minimum is not its
        plan.throughput = *request.throughput;
        plan.deployments = {{.name = "own", .minimum = 1, .step = 1}};
        plan.is_split = false;
        plan.source = {};
    }
    if (plan.throughput.is_zero())
        return fail(ErrorCode::MissingKey, "/throughput",
                    "throughput: no list says what one " + request.unit + " of " +
                        excerpt(request.model) + " carries; give throughput, per and weights");
    if (!request.weights.empty()) {
        plan.weights = request.weights;
        plan.tiers.clear();
    }
    for (CapacityDeployment& deployment : plan.deployments) {
        deployment.minimum = request.minimum.value_or(deployment.minimum);
        deployment.step = request.step.value_or(deployment.step);
    }
    return plan;
}

Result<CapacityDeployment> deployment_of(const CapacityPlan& plan, const std::string& name) {
    if (name.empty() || plan.is_split) return plan.deployments.front();
    const auto found = std::ranges::find(plan.deployments, name, &CapacityDeployment::name);
    if (found != plan.deployments.end()) return *found;
    std::string names;
    for (const CapacityDeployment& deployment : plan.deployments)
        names += " " + deployment.name;
    return fail(ErrorCode::InvalidValue, "/deployment", excerpt(name) + ", not one of" + names);
}

// ---- money ------------------------------------------------------------------------------------

// The price of one unit and how often it is due in the hours: whole weeks and months are bought.
struct UnitFee {
    std::optional<Decimal> price{};
    Decimal times{};
};

Decimal times_due(const CapacityRequest& request) {
    if (request.unit_price_per == "month") return 1;
    if (request.unit_price_per == "hour") return request.hours;
    Decimal weeks = request.hours.divided(Decimal(168), 0);
    if (weeks * Decimal(168) < request.hours) weeks += 1;
    return weeks;
}

UnitFee fee_of(const PriceBook& book, const CapacityRequest& request) {
    if (request.unit_price) return {.price = request.unit_price, .times = times_due(request)};
    UnitFee fee{.times = request.hours};
    const auto found = book.find(request.provider, request.model, request.at);
    const RateCard* card = found ? card_at(*found->model, request.at) : nullptr;
    if (!card) return fee;
    const PriceConditions conditions{
        .at = request.at, .region = request.deployment.empty() ? "global" : request.deployment};
    const auto price = unit_price(*card, Unit::ProvisionedUnitHours, conditions);
    if (price) fee.price = price->list_unit_price;
    return fee;
}

// The same load token by token: at the seller, else at the maker's own list.
Bill pay_as_you_go(const PriceBook& book, CapacityRequest& request) {
    const Decimal requests = request.requests_per_minute * Decimal(60) * request.hours;
    PriceRequest wanted{
        .provider = request.provider, .model = request.model, .conditions = {.at = request.at}};
    Decimal prompt;
    for (const UnitQuantity& row : request.usage) {
        if (is_prompt_token(row.unit)) prompt += row.quantity;
        wanted.usage.push_back({.unit = row.unit, .quantity = row.quantity * requests});
    }
    const auto prompt_tokens = prompt.to_scaled_int128(0);
    const auto count = requests.to_scaled_int128(0);
    if (prompt_tokens) wanted.conditions.prompt_tokens = static_cast<std::int64_t>(*prompt_tokens);
    if (count) wanted.requests = std::max<std::int64_t>(1, static_cast<std::int64_t>(*count));
    Bill billed = bill(book, wanted);
    if (billed.card) return billed;
    wanted.provider = {};
    billed = bill(book, wanted);
    if (billed.card)
        request.warnings.push_back({.code = "pay_as_you_go_of_maker",
                                    .message = "the price book has no list of " + request.provider +
                                               " for " + excerpt(request.model) +
                                               "; pay-as-you-go is that of " +
                                               billed.found.provider->id});
    return billed;
}

// ---- the answer -------------------------------------------------------------------------------

JsonOut json_plan(const CapacityPlan& plan, const CapacityRequest& request) {
    JsonOut result;
    result["provider"] = request.provider;
    result["unit"] = request.unit;
    result["throughput_per_minute"] = json_amount(plan.throughput);
    JsonOut& weights = result["weights"] = JsonOut::object();
    for (const UnitWeight& row : plan.weights)
        weights[std::string(unit_id(row.unit))] = json_amount(row.weight);
    JsonOut source(nullptr);
    if (!plan.source.url.empty()) {
        source = JsonOut::object();
        source["url"] = plan.source.url;
        source["read_at"] = plan.source.read_at;
        source["quote"] = plan.source.quote;
    }
    result["source"] = std::move(source);
    return result;
}

// What the units bought carry per minute.
Decimal carried(const CapacityPlan& plan, const CapacityNeed& need) {
    return plan.throughput * Decimal(need.units);
}

// The share of what is bought at which both ways cost the same: above it the units are cheaper.
JsonOut json_break_even(const std::optional<Money>& fixed, const Bill& metered,
                        const CapacityPlan& plan, const CapacityNeed& need) {
    if (!fixed || !metered.is_complete() || metered.list_cost <= Money()) return nullptr;
    const Decimal metered_when_full = metered.list_cost.to_decimal() * carried(plan, need);
    const Decimal share = (fixed->to_decimal() * need.load).divided(metered_when_full, 40);
    return json_ratio(share.to_double());
}

void warn_of_prices(const UnitFee& fee, const Bill& metered, CapacityRequest& request) {
    if (!fee.price)
        request.warnings.push_back(
            {.code = "unit_price_unknown",
             .message = "no list states the price of a unit; give unit_price"});
    if (!metered.is_priced())
        request.warnings.push_back(
            {.code = "pay_as_you_go_unknown",
             .message = "the price book has no price of this usage of " + excerpt(request.model)});
    else if (!metered.is_complete())
        request.warnings.push_back(
            {.code = "pay_as_you_go_incomplete", .message = "a part of this usage has no price"});
}

Result<JsonOut> answer(const PriceBook& book, const Json& json, const ClockOptions& clock) {
    TL_TRY(request, read_request(json, clock));
    TL_TRY(plan, plan_of(book, request));
    TL_TRY(deployment, deployment_of(plan, request.deployment));
    TL_TRY(need, size_capacity(plan, deployment, request.usage, request.requests_per_minute));
    const UnitFee fee = fee_of(book, request);
    const Bill metered = pay_as_you_go(book, request);
    std::optional<Money> fixed;
    if (fee.price) {
        TL_TRY(cost, Money::rounded(*fee.price * fee.times * Decimal(need.units)));
        fixed = cost;
    }
    warn_of_prices(fee, metered, request);

    JsonOut result;
    result["units"] = json_count(need.units);
    result["minimum"] = json_count(need.minimum);
    result["step"] = json_count(need.step);
    result["required_units"] = json_amount(need.required_units);
    result["load_per_minute"] = json_amount(need.load);
    result["utilization"] = json_ratio(need.load.divided(carried(plan, need), 40).to_double());
    result["hours"] = json_amount(request.hours);
    result["unit_price"] = fee.price ? json_amount(*fee.price) : JsonOut(nullptr);
    result["unit_price_per"] = request.unit_price_per;
    result["monthly_cost"] = json_amount(fixed);
    result["pay_as_you_go_cost"] =
        metered.is_priced() ? json_amount(metered.list_cost) : JsonOut(nullptr);
    result["break_even_utilization"] = json_break_even(fixed, metered, plan, need);
    result["currency"] = metered.found.provider ? metered.found.provider->currency : "USD";
    result["deployment"] = plan.is_split ? "split" : deployment.name;
    result["plan"] = json_plan(plan, request);
    result["warnings"] = json_warnings(request.warnings);
    add_origin(result, book);
    return result;
}

}  // namespace

Result<std::string> capacity(const PriceBook& book, std::string_view request,
                             const ClockOptions& clock) {
    TL_TRY(json, Json::parse(request));
    if (json.kind() != Json::Kind::Array) {
        TL_TRY(result, answer(book, json, clock));
        return dump(result);
    }
    JsonOut results = JsonOut::array();
    for (const Json& item : json.items()) {
        Result<JsonOut> result = answer(book, item, clock);
        results.push_back(result ? std::move(*result) : error_json(result.error()));
    }
    return dump(results);
}

}  // namespace tokenlever
