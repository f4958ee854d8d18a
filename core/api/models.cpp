#include "api.h"
#include "api/envelope.h"
#include "pricing/model_name.h"

#include <algorithm>

namespace tokenlever {

namespace {

struct ModelsQuery {
    const Provider* provider = nullptr;  // null: all
    std::string match{};                 // lower case; empty: all
    Instant at{};
    std::vector<Warning> warnings{};
};

Result<ModelsQuery> read_query(const PriceBook& book, std::string_view request,
                               const ClockOptions& clock) {
    ModelsQuery query{.at = clock.now};
    if (request.empty()) return query;
    TL_TRY(json, Json::parse(request));
    TL_TRY(object, json.as_object());
    warn_unknown_members(*object, {"provider", "match", "at"}, query.warnings);
    if (const Json* provider = object->find("provider")) {
        TL_TRY(id, provider->as_string());
        query.provider = book.provider(id);
        if (!query.provider) return fail(ErrorCode::UnknownProvider, provider->pointer(), id);
    }
    if (const Json* match = object->find("match")) {
        TL_TRY(text, match->as_string());
        query.match = lowered(text);
    }
    if (const Json* at = object->find("at")) {
        TL_TRY(text, at->as_string());
        const Result<Instant> instant = parse_instant(text);
        if (!instant) return fail(ErrorCode::NotAnInstant, at->pointer(), text);
        query.at = *instant;
    }
    return query;
}

bool matches(const Provider& provider, const Model& model, const ModelsQuery& query) {
    if (query.match.empty()) return true;
    const auto has = [&](std::string_view text) {
        return lowered(text).find(query.match) != std::string::npos;
    };
    return has(provider.id + "/" + model.id) || has(model.name) ||
           std::ranges::any_of(model.aliases, [&](const Alias& alias) { return has(alias.value); });
}

JsonOut json_tiers(const RateCard& card) {
    JsonOut result = JsonOut::array();
    for (const ContextTier& tier : card.context_tiers) {
        JsonOut row;
        row["op"] = tier.is_inclusive ? ">=" : ">";
        row["threshold"] = json_count(tier.threshold);
        row["mode"] = card.is_marginal ? "marginal" : "whole";
        row["rates"] = json_rates(tier.rates);
        result.push_back(std::move(row));
    }
    return result;
}

JsonOut json_windows(const RateCard& card) {
    JsonOut result = JsonOut::array();
    for (const Window& window : card.windows) {
        JsonOut row;
        row["name"] = window.name;
        row["rates"] = json_rates(window.rates);
        if (window.factor) row["factor"] = json_amount(*window.factor);
        if (window.calendar) row["except_holidays"] = window.except_holidays;
        result.push_back(std::move(row));
    }
    return result;
}

JsonOut json_options(const std::vector<Option>& options) {
    JsonOut result = JsonOut::object();
    for (const Option& option : options)
        result[option.name] = option.values;
    return result;
}

JsonOut json_variants(const RateCard& card) {
    JsonOut result = JsonOut::array();
    for (const Variant& variant : card.variants) {
        JsonOut row;
        row["name"] = variant.name;
        row["when"] = json_options(variant.options);
        row["rates"] = json_rates(variant.rates);
        result.push_back(std::move(row));
    }
    return result;
}

JsonOut json_multipliers(const RateCard& card) {
    JsonOut result = JsonOut::array();
    for (const Multiplier& multiplier : card.multipliers) {
        JsonOut row;
        row["name"] = multiplier.name;
        if (multiplier.service_tier) row["service_tier"] = to_id(*multiplier.service_tier);
        if (multiplier.speed) row["speed"] = to_id(*multiplier.speed);
        if (!multiplier.regions.empty()) row["regions"] = multiplier.regions;
        if (multiplier.rates.empty()) {
            row["factor"] = json_amount(multiplier.factor);
        } else {
            row["rates"] = json_rates(multiplier.rates);
        }
        result.push_back(std::move(row));
    }
    return result;
}

JsonOut json_optional_count(const std::optional<std::int64_t>& count) {
    return count ? json_count(*count) : JsonOut(nullptr);
}

// What caching asks of a prompt; null where nothing is known.
JsonOut json_cache(const Model& model) {
    if (!model.cache) return nullptr;
    JsonOut result;
    result["minimum_tokens"] = json_optional_count(model.cache->minimum_tokens);
    result["increment"] = json_count(model.cache->increment);
    result["ttls"] = model.cache->ttls;
    result["automatic"] = model.cache->is_automatic;
    return result;
}

// The same text in more tokens: prices per token of such models do not compare as they stand.
JsonOut json_tokenizer(const Model& model) {
    if (!model.tokenizer) return nullptr;
    JsonOut result;
    result["shift"] = json_amount(model.tokenizer->shift);
    result["against"] = model.tokenizer->against;
    return result;
}

JsonOut json_model(const Provider& provider, const Model& model, const RateCard& card, Instant at) {
    JsonOut result;
    result["provider"] = provider.id;
    result["publisher"] = model.publisher.empty() ? JsonOut(nullptr) : JsonOut(model.publisher);
    result["model"] = model.id;
    result["name"] = model.name;
    JsonOut& aliases = result["aliases"] = JsonOut::array();
    for (const Alias& alias : model.aliases)
        if (holds_at(alias.effective_from, alias.effective_to, at)) aliases.push_back(alias.value);
    result["card"] = json_card(provider, model, card);
    result["currency"] = provider.currency;
    result["rates"] = json_rates(card.rates);
    result["context_tiers"] = json_tiers(card);
    result["windows"] = json_windows(card);
    result["variants"] = json_variants(card);
    result["multipliers"] = json_multipliers(card);
    result["context_window"] = json_optional_count(model.context_window);
    result["max_output_tokens"] = json_optional_count(model.max_output_tokens);
    result["cache"] = json_cache(model);
    result["tokenizer"] = json_tokenizer(model);
    result["deprecated"] = model.is_deprecated;
    result["curated"] = card.is_curated;
    return result;
}

}  // namespace

Result<std::string> models(const PriceBook& book, std::string_view request,
                           const ClockOptions& clock) {
    TL_TRY(query, read_query(book, request, clock));
    JsonOut result;
    JsonOut& rows = result["models"] = JsonOut::array();
    for (const Provider& provider : book.providers()) {
        if (query.provider && query.provider != &provider) continue;
        for (const Model& model : provider.models) {
            const RateCard* card = card_at(model, query.at);
            if (card && matches(provider, model, query))
                rows.push_back(json_model(provider, model, *card, query.at));
        }
    }
    result["warnings"] = json_warnings(query.warnings);
    add_origin(result, book);
    return dump(result);
}

}  // namespace tokenlever
