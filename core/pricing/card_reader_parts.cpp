#include "pricing/card_reader_parts.h"

#include "pricing/book_fields.h"

#include <algorithm>

namespace tokenlever {

namespace {

constexpr Decimal kHighestRate = Decimal(1'000'000'000);  // per unit_per: far above any list price

Result<ContextTier> read_tier(const Json& json, bool& is_marginal) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(
            *object, {"op", "threshold", "mode", "rates", "quote", "ambiguous"});
        !known)
        return std::unexpected(known.error());
    ContextTier tier;
    TL_TRY(op, required_text(*object, "op"));
    if (op != ">" && op != ">=")
        return fail(ErrorCode::InvalidValue, json.pointer() + "/op", op + ", not \">\" or \">=\"");
    TL_TRY(mode, optional_text(*object, "mode"));
    if (!mode.empty() && mode != "whole" && mode != "marginal")
        return fail(ErrorCode::InvalidValue, json.pointer() + "/mode",
                    mode + ", not whole or marginal");
    TL_TRY(threshold, require(*object, "threshold"));
    TL_TRY(count, threshold->as_count());
    TL_TRY(rates, require(*object, "rates"));
    TL_TRY(rates_read, read_rates(*rates));
    TL_TRY(quote, optional_text(*object, "quote"));
    TL_TRY(is_ambiguous, optional_flag(*object, "ambiguous"));
    is_marginal = mode == "marginal";
    tier.is_inclusive = op == ">=";
    tier.is_ambiguous = is_ambiguous;
    tier.threshold = count;
    tier.quote = std::move(quote);
    tier.rates = std::move(rates_read);
    return tier;
}

// A slice of a prompt holds prompt tokens and nothing else.
Result<void> check_marginal(const ContextTier& tier, const std::string& pointer) {
    for (const UnitRate& rate : tier.rates)
        if (!is_prompt_token(rate.unit))
            return fail(ErrorCode::InvalidValue,
                        pointer + "/rates/" + std::string(unit_id(rate.unit)),
                        "a marginal tier may name tokens of the prompt only");
    return {};
}

Result<Variant> read_variant(const Json& json) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(*object, {"name", "when", "rates", "note"}); !known)
        return std::unexpected(known.error());
    Variant variant;
    TL_TRY(name, required_text(*object, "name"));
    TL_TRY(when, require(*object, "when"));
    TL_TRY(options, read_options(*when));
    TL_TRY(rates_json, require(*object, "rates"));
    TL_TRY(rates, read_rates(*rates_json));
    variant.name = std::move(name);
    variant.options = std::move(options);
    variant.rates = std::move(rates);
    return variant;
}

Result<Unit> required_unit(const Json& object, std::string_view key) {
    TL_TRY(id, required_text(object, key));
    return read_unit(id, object.pointer() + "/" + std::string(key));
}

Result<Conversion> read_conversion(const Json& json) {
    TL_TRY(object, json.as_object());
    if (auto known =
            reject_unknown_members(*object, {"from", "to", "factor", "round_up", "keep", "note"});
        !known)
        return std::unexpected(known.error());
    TL_TRY(from, required_unit(*object, "from"));
    TL_TRY(to, required_unit(*object, "to"));
    if (from == to)
        return fail(ErrorCode::InvalidValue, json.pointer() + "/to", "a unit that becomes itself");
    TL_TRY(factor_json, require(*object, "factor"));
    TL_TRY(factor, read_amount(*factor_json, kHighestFactor));
    TL_TRY(rounds_up, optional_flag(*object, "round_up"));
    TL_TRY(keeps_source, optional_flag(*object, "keep"));
    return Conversion{.from = from,
                      .to = to,
                      .factor = factor,
                      .rounds_up = rounds_up,
                      .keeps_source = keeps_source};
}

Result<BilledQuantity> read_billed_quantity(const std::string& id, const Json& json) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(*object, {"minimum", "step", "round", "note"}); !known)
        return std::unexpected(known.error());
    TL_TRY(unit, read_unit(id, json.pointer()));
    BilledQuantity result{.unit = unit};
    if (const Json* minimum = object->find("minimum")) {
        TL_TRY(amount, read_amount(*minimum, kHighestRate));
        result.minimum = amount;
    }
    if (const Json* step = object->find("step")) {
        TL_TRY(amount, read_amount(*step, kHighestRate));
        if (amount.is_zero()) return fail(ErrorCode::OutOfRange, step->pointer(), step->text());
        result.step = amount;
    }
    TL_TRY(round, optional_text(*object, "round"));
    if (!round.empty() && round != "up" && round != "nearest")
        return fail(ErrorCode::InvalidValue, json.pointer() + "/round",
                    round + ", not up or nearest");
    if (result.minimum.is_zero() && result.step.is_zero())
        return fail(ErrorCode::MissingKey, json.pointer(), "minimum or step");
    result.rounds_to_nearest = round == "nearest";
    return result;
}

}  // namespace

Result<Unit> read_unit(std::string_view id, const std::string& pointer) {
    const std::optional<Unit> unit = find_unit(id);
    if (!unit) return fail(ErrorCode::UnknownUnit, pointer, std::string(id));
    return *unit;
}

Result<std::vector<Unit>> read_units(const Json& object, std::string_view key) {
    std::vector<Unit> units;
    TL_TRY(ids, optional_texts(object, key));
    for (std::size_t i = 0; i < ids.size(); ++i) {
        TL_TRY(unit, read_unit(ids[i], object.pointer() + "/" + std::string(key) + "/" +
                                           std::to_string(i)));
        units.push_back(unit);
    }
    return units;
}

Result<Decimal> read_amount(const Json& value, const Decimal& highest) {
    TL_TRY(amount, decimal_text(value));
    if (amount.is_negative() || amount > highest)
        return fail(ErrorCode::OutOfRange, value.pointer(), value.text());
    return amount;
}

Result<std::vector<UnitRate>> read_rates(const Json& json) {
    TL_TRY(object, json.as_object());
    std::vector<UnitRate> rates;
    for (const auto& [key, value] : object->members()) {
        const std::optional<Unit> unit = find_unit(key);
        if (!unit) return fail(ErrorCode::UnknownUnit, value.pointer(), key);
        UnitRate rate{.unit = *unit, .is_published = !value.is_null()};
        if (rate.is_published) {
            TL_TRY(amount, read_amount(value, kHighestRate));
            rate.rate = amount;
        }
        rates.push_back(rate);
    }
    std::ranges::sort(rates, {}, &UnitRate::unit);
    return rates;
}

Result<std::vector<Option>> read_options(const Json& json) {
    TL_TRY(object, json.as_object());
    std::vector<Option> options;
    for (const auto& [name, value] : object->members()) {
        TL_TRY(values, optional_texts(*object, name));
        if (values.empty())
            return fail(ErrorCode::InvalidValue, value.pointer(), "an option without a value");
        options.push_back({.name = name, .values = std::move(values)});
    }
    if (options.empty())
        return fail(ErrorCode::InvalidValue, json.pointer(),
                    "a condition that always holds; put it into the rates");
    return options;
}

Result<void> read_tiers(const Json& card, RateCard& out) {
    const Json* json = card.find("context_tiers");
    if (!json) return {};
    TL_TRY(items, json->as_array());
    for (const Json& item : *items) {
        bool is_marginal = false;
        TL_TRY(tier, read_tier(item, is_marginal));
        if (!out.context_tiers.empty()) {
            const std::int64_t last = out.context_tiers.back().threshold;
            if (tier.threshold <= last)
                return fail(ErrorCode::InvalidValue, item.pointer() + "/threshold",
                            "thresholds that do not ascend: " + std::to_string(tier.threshold) +
                                " after " + std::to_string(last));
            if (is_marginal != out.is_marginal)
                return fail(ErrorCode::InvalidValue, item.pointer() + "/mode",
                            "whole and marginal tiers on one card");
        }
        if (is_marginal)
            if (auto sound = check_marginal(tier, item.pointer()); !sound) return sound;
        out.is_marginal = is_marginal;
        out.context_tiers.push_back(std::move(tier));
    }
    return {};
}

Result<std::vector<Variant>> read_variants(const Json& card) {
    std::vector<Variant> variants;
    const Json* json = card.find("variants");
    if (!json) return variants;
    TL_TRY(items, json->as_array());
    for (const Json& item : *items) {
        TL_TRY(variant, read_variant(item));
        for (const Variant& other : variants)
            if (other.options == variant.options || other.name == variant.name)
                return fail(ErrorCode::InvalidValue, item.pointer(),
                            "variants that are alike: " + other.name + " and " + variant.name);
        variants.push_back(std::move(variant));
    }
    return variants;
}

Result<std::vector<Conversion>> read_conversions(const Json& card) {
    std::vector<Conversion> conversions;
    const Json* json = card.find("conversions");
    if (!json) return conversions;
    TL_TRY(items, json->as_array());
    for (const Json& item : *items) {
        TL_TRY(conversion, read_conversion(item));
        const auto is_chained = [&](const Conversion& other) {
            return other.to == conversion.from || other.from == conversion.to;
        };
        if (std::ranges::any_of(conversions, is_chained))
            return fail(ErrorCode::InvalidValue, item.pointer(),
                        "a conversion of what another one makes");
        conversions.push_back(conversion);
    }
    return conversions;
}

Result<std::vector<BilledQuantity>> read_billed_quantities(const Json& card) {
    std::vector<BilledQuantity> quantities;
    const Json* json = card.find("billed_quantity");
    if (!json) return quantities;
    TL_TRY(object, json->as_object());
    for (const auto& [id, value] : object->members()) {
        TL_TRY(quantity, read_billed_quantity(id, value));
        quantities.push_back(quantity);
    }
    return quantities;
}

}  // namespace tokenlever
