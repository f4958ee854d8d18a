#include "api/price_request.h"

#include "api/envelope.h"

#include <algorithm>
#include <array>
#include <limits>

namespace tokenlever {

namespace {

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

// What the request says of its product: {"resolution": "4k"}.
Result<void> read_options(const Json& object, std::vector<ChosenOption>& chosen) {
    const Json* options = object.find("options");
    if (!options) return {};
    TL_TRY(members, options->as_object());
    for (const auto& [name, value] : members->members()) {
        if (value.is_null()) continue;
        TL_TRY(text, value.as_string());
        chosen.push_back({.name = name, .value = std::move(text)});
    }
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
    if (const Json* thinking = object.find("thinking")) {
        TL_TRY(flag, thinking->as_boolean());
        conditions.is_thinking = flag;
    }
    return read_options(object, conditions.options);
}

Result<std::vector<UnitQuantity>> read_free_used(const Json& json) {
    TL_TRY(object, json.as_object());
    std::vector<UnitQuantity> used;
    for (const auto& [key, value] : object->members()) {
        const std::optional<Unit> unit = find_unit(key);
        if (!unit) return fail(ErrorCode::UnknownUnit, value.pointer(), key);
        if (value.is_null()) continue;
        TL_TRY(quantity, read_quantity(value, *unit));
        used.push_back({.unit = *unit, .quantity = quantity});
    }
    return used;
}

Result<Account> read_account(const Json& json, std::vector<Warning>& warnings) {
    TL_TRY(object, json.as_object());
    warn_unknown_members(*object, {"free_used", "discounts"}, warnings);
    Account account;
    if (const Json* free_used = object->find("free_used")) {
        TL_TRY(used, read_free_used(*free_used));
        account.free_used = std::move(used);
    }
    TL_TRY(discounts, read_discounts(*object));
    account.discounts = std::move(discounts);
    return account;
}

// "0.00491", or in the provider's own small change: {"amount": 49100000, "per": 10000000000}.
Result<ReportedCost> read_reported_cost(const Json& json) {
    const bool is_scaled = json.kind() == Json::Kind::Object;
    const Json* amount_json = &json;
    Decimal per = 1;
    if (is_scaled) {
        if (auto known = reject_unknown_members(json, {"amount", "per"}); !known)
            return std::unexpected(known.error());
        TL_TRY(found, require(json, "amount"));
        amount_json = found;
        TL_TRY(per_json, require(json, "per"));
        TL_TRY(count, per_json->as_count());
        if (count == 0) return fail(ErrorCode::OutOfRange, per_json->pointer(), per_json->text());
        per = count;
    }
    TL_TRY(amount, amount_json->as_decimal());
    const Decimal cost = is_scaled ? amount.divided(per, kReportedFractionDigits) : amount;
    const auto parsed = ReportedCost::parse(cost.to_string());
    if (!parsed) return fail(parsed.error().code, amount_json->pointer(), amount_json->text());
    return parsed->cost;
}

Result<void> read_model(const Json& object, PriceRequest& request) {
    TL_TRY(model, require(object, "model"));
    TL_TRY(name, model->as_string());
    if (name.empty()) return fail(ErrorCode::InvalidValue, model->pointer(), "an empty name");
    request.model = model->text();
    if (const Json* provider = object.find("provider")) {
        TL_TRY(seller, provider->as_string());
        if (!seller.empty()) request.provider = provider->text();
    }
    return {};
}

}  // namespace

bool is_fractional(Unit unit) {
    constexpr std::array<std::string_view, 7> kFractional = {
        "seconds", "token_hours", "hours", "credits", "money", "gb_days", "megapixels"};
    const std::string_view family = kUnits[static_cast<std::size_t>(unit)].family;
    return std::ranges::find(kFractional, family) != kFractional.end();
}

Result<PriceReading> read_price_request(const Json& json, const ClockOptions& clock) {
    TL_TRY(object, json.as_object());
    PriceReading reading;
    warn_unknown_members(*object,
                         {"provider", "model", "at", "service_tier", "speed", "region", "thinking",
                          "options", "usage", "account", "reported_cost"},
                         reading.warnings);
    if (auto read = read_model(*object, reading.request); !read)
        return std::unexpected(read.error());
    if (auto read = read_conditions(*object, clock, reading.request.conditions); !read)
        return std::unexpected(read.error());
    TL_TRY(usage, require(*object, "usage"));
    if (auto read = read_usage(*usage, reading.request); !read)
        return std::unexpected(read.error());
    if (const Json* account_json = object->find("account")) {
        TL_TRY(account, read_account(*account_json, reading.warnings));
        reading.account = std::move(account);
    }
    if (const Json* reported = object->find("reported_cost")) {
        TL_TRY(cost, read_reported_cost(*reported));
        reading.reported_cost = cost;
    }
    return reading;
}

}  // namespace tokenlever
