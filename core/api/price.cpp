#include "api.h"
#include "api/envelope.h"
#include "pricing/bill.h"

#include <limits>

namespace tokenlever {

namespace {

// A request of the contract as the engine takes it; texts stay in the document.
struct PriceReading {
    PriceRequest request;
    std::vector<Warning> warnings;
};

// Hours and seconds may have fractions; everything else is counted.
bool is_fractional(Unit unit) {
    const std::string_view family = kUnits[static_cast<std::size_t>(unit)].family;
    return family == "seconds" || family == "token_hours";
}

Result<Decimal> read_quantity(const Json& value, Unit unit) {
    if (!is_fractional(unit)) {
        TL_TRY(count, value.as_count());
        return Decimal(count);
    }
    TL_TRY(quantity, value.as_decimal());
    const Decimal highest = std::numeric_limits<std::int64_t>::max();
    if (quantity.is_negative() || quantity > highest)
        return fail(ErrorCode::OutOfRange, value.pointer(), value.text());
    return quantity;
}

Result<void> read_usage(const Json& json, PriceRequest& request) {
    TL_TRY(object, json.as_object());
    Decimal output;
    const Json* reasoning = nullptr;
    Decimal reasoning_quantity;
    for (const auto& [key, value] : object->members()) {
        const std::optional<Unit> unit = find_unit(key);
        if (!unit) return fail(ErrorCode::UnknownUnit, value.pointer(), key);
        if (value.is_null()) continue;
        TL_TRY(quantity, read_quantity(value, *unit));
        if (*unit == Unit::Requests) {
            TL_TRY(requests, value.as_count());
            request.requests = requests;
        }
        if (*unit == Unit::OutputTokens) output = quantity;
        if (*unit == Unit::ReasoningTokens) {
            reasoning = &value;
            reasoning_quantity = quantity;
        }
        request.usage.push_back({.unit = *unit, .quantity = quantity});
    }
    if (reasoning && reasoning_quantity > output)
        return fail(ErrorCode::InconsistentTokens, reasoning->pointer(),
                    "reasoning_tokens are a part of output_tokens: " + reasoning->text() + " of " +
                        output.to_string());
    return {};
}

Result<void> read_conditions(const Json& object, const ClockOptions& clock,
                             PriceConditions& conditions) {
    conditions.at = clock.now;
    if (const Json* at = object.find("at")) {
        TL_TRY(text, at->as_string());
        const Result<Instant> instant = parse_instant(text);
        if (!instant) return fail(ErrorCode::NotAnInstant, at->pointer(), text);
        conditions.at = *instant;
    }
    if (const Json* tier = object.find("service_tier")) {
        TL_TRY(text, tier->as_string());
        const auto found = find_service_tier(text);
        if (!found)
            return fail(
                ErrorCode::InvalidValue, tier->pointer(),
                text + ", not one of standard batch flex priority provisioned free unknown");
        conditions.service_tier = *found;
    }
    if (const Json* speed = object.find("speed")) {
        TL_TRY(text, speed->as_string());
        const auto found = find_speed(text);
        if (!found)
            return fail(ErrorCode::InvalidValue, speed->pointer(),
                        text + ", not one of standard fast ultrafast");
        conditions.speed = *found;
    }
    if (const Json* region = object.find("region")) {
        TL_TRY(text, region->as_string());
        conditions.region = std::move(text);
    }
    return {};
}

Result<PriceReading> read_request(const Json& json, const ClockOptions& clock) {
    TL_TRY(object, json.as_object());
    PriceReading reading;
    warn_unknown_members(*object,
                         {"provider", "model", "at", "service_tier", "speed", "region", "usage"},
                         reading.warnings);
    TL_TRY(model, require(*object, "model"));
    TL_TRY(model_name, model->as_string());
    if (model_name.empty()) return fail(ErrorCode::InvalidValue, model->pointer(), "an empty name");
    reading.request.model = model->text();
    if (const Json* provider = object->find("provider")) {
        TL_TRY(name, provider->as_string());
        if (!name.empty()) reading.request.provider = provider->text();
    }
    if (auto read = read_conditions(*object, clock, reading.request.conditions); !read)
        return std::unexpected(read.error());
    TL_TRY(usage, require(*object, "usage"));
    if (auto read = read_usage(*usage, reading.request); !read)
        return std::unexpected(read.error());
    return reading;
}

// ---- the answer -------------------------------------------------------------------------------

// Counts are JSON integers; what has a fraction is a decimal string.
JsonOut json_quantity(const Decimal& quantity, Unit unit) {
    if (is_fractional(unit)) return json_amount(quantity);
    const Result<int128> count = quantity.to_scaled_int128(0);
    return count ? json_count(*count) : json_amount(quantity);
}

JsonOut json_lines(const Bill& bill) {
    JsonOut lines = JsonOut::array();
    for (const BillLine& line : bill.lines) {
        JsonOut row;
        row["unit"] = unit_id(line.unit);
        row["quantity"] = json_quantity(line.quantity, line.unit);
        row["list_unit_price"] = json_amount(line.price.list_unit_price);
        row["per"] = json_count(unit_per(line.unit));
        JsonOut& multipliers = row["multipliers"] = JsonOut::array();
        for (const Multiplier* multiplier : line.price.multipliers.all())
            multipliers.push_back(multiplier->name);
        row["cost"] = json_amount(line.cost);
        if (line.cost_high != line.cost) row["cost_high"] = json_amount(line.cost_high);
        if (line.price.rate_unit != line.unit) row["rate_of"] = unit_id(line.price.rate_unit);
        lines.push_back(std::move(row));
    }
    return lines;
}

JsonOut json_unpriced(const Bill& bill) {
    JsonOut unpriced = JsonOut::array();
    for (const UnpricedUsage& row : bill.unpriced) {
        JsonOut item;
        item["unit"] = unit_id(row.unit);
        item["quantity"] = json_quantity(row.quantity, row.unit);
        item["reason"] = to_id(row.reason);
        unpriced.push_back(std::move(item));
    }
    return unpriced;
}

JsonOut json_interval(const Bill& bill) {
    if (!bill.has_interval()) return nullptr;
    JsonOut interval;
    interval["low"] = json_amount(bill.list_cost);
    interval["high"] = json_amount(bill.list_cost_high);
    JsonOut& reasons = interval["reasons"] = JsonOut::array();
    for (std::size_t i = 0; i < kIntervalReasonCount; ++i)
        if (bill.interval_reasons[i]) reasons.push_back(to_id(static_cast<IntervalReason>(i)));
    return interval;
}

JsonOut json_billed_card(const Bill& bill) {
    if (!bill.card) return nullptr;
    JsonOut card = json_card(*bill.found.provider, *bill.found.model, *bill.card);
    if (const ContextTier* tier = bill.context_tier)
        card["context_tier"] = (tier->is_inclusive ? ">=" : ">") + std::to_string(tier->threshold);
    if (bill.window) card["window"] = bill.window->name;
    return card;
}

// Why nothing could be priced, with the names that come near.
void warn_not_found(const PriceBook& book, const PriceRequest& request, const Bill& bill,
                    std::vector<Warning>& warnings) {
    if (!bill.found.model) {
        std::string message = "no model \"" + excerpt(request.model) + "\"";
        if (!request.provider.empty())
            message += " of provider \"" + excerpt(request.provider) + "\"";
        message += " in the price book";
        const std::vector<std::string> near = book.suggestions(request.provider, request.model);
        for (std::size_t i = 0; i < near.size(); ++i)
            message += (i == 0                 ? "; did you mean "
                        : i + 1 == near.size() ? " or "
                                               : ", ") +
                       near[i];
        warnings.push_back(
            {.code = "unknown_model", .message = message + (near.empty() ? "" : "?")});
    } else if (!bill.card) {
        warnings.push_back({.code = "no_card_at_instant",
                            .message = "the price book has no price of " + bill.found.provider->id +
                                       "/" + bill.found.model->id + " at " +
                                       to_iso8601(request.conditions.at)});
    }
}

Result<JsonOut> answer(const PriceBook& book, const Json& json, const ClockOptions& clock) {
    TL_TRY(reading, read_request(json, clock));
    const Bill billed = bill(book, reading.request);
    warn_not_found(book, reading.request, billed, reading.warnings);
    reading.warnings.insert(reading.warnings.end(), billed.warnings.begin(), billed.warnings.end());

    JsonOut result;
    result["list_cost"] = billed.is_priced() ? json_amount(billed.list_cost) : JsonOut(nullptr);
    result["currency"] = billed.found.provider ? billed.found.provider->currency : "USD";
    result["complete"] = billed.is_complete() && billed.found.model != nullptr;
    result["lines"] = json_lines(billed);
    result["card"] = json_billed_card(billed);
    result["unpriced"] = json_unpriced(billed);
    result["interval"] = json_interval(billed);
    result["warnings"] = json_warnings(reading.warnings);
    add_origin(result, book);
    return result;
}

}  // namespace

Result<std::string> price(const PriceBook& book, std::string_view request,
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
