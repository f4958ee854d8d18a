#include "pricing/book_reader.h"

#include "pricing/book_checks.h"
#include "pricing/book_fields.h"
#include "pricing/card_reader.h"
#include "pricing/model_name.h"

#include <algorithm>
#include <array>

namespace tokenlever {

namespace {

Result<std::vector<Source>> read_sources(const Json& provider) {
    std::vector<Source> sources;
    TL_TRY(json, require(provider, "sources"));
    TL_TRY(object, json->as_object());
    for (const auto& [id, value] : object->members()) {
        TL_TRY(row, value.as_object());
        if (auto known = reject_unknown_members(
                *row, {"url", "package", "version", "path", "read_at", "quote", "note"});
            !known)
            return std::unexpected(known.error());
        TL_TRY(url, optional_text(*row, "url"));
        TL_TRY(package, optional_text(*row, "package"));
        TL_TRY(version, optional_text(*row, "version"));
        TL_TRY(path, optional_text(*row, "path"));
        TL_TRY(read_at, required_text(*row, "read_at"));
        TL_TRY(quote, optional_text(*row, "quote"));
        if (url.empty() && package.empty())
            return fail(ErrorCode::MissingKey, value.pointer(), "url or package");
        sources.push_back({.id = id,
                           .url = url,
                           .package = package,
                           .version = version,
                           .path = path,
                           .read_at = read_at,
                           .quote = quote});
    }
    return sources;
}

Result<std::vector<Multiplier>> read_multiplier_table(const Json& provider) {
    std::vector<Multiplier> table;
    const Json* json = provider.find("multipliers");
    if (!json) return table;
    TL_TRY(object, json->as_object());
    for (const auto& [name, value] : object->members()) {
        TL_TRY(multiplier, read_multiplier(value, name));
        table.push_back(std::move(multiplier));
    }
    return table;
}

// Names are kept as the look-up compares them; one that could never match is an error.
Result<std::string> read_name(const Json& value) {
    TL_TRY(text, value.as_string());
    if (text.empty() || lowered(text) != text)
        return fail(ErrorCode::InvalidValue, value.pointer(),
                    "a name that is not in lower case: " + text);
    return std::move(text);
}

Result<Alias> read_alias(const Json& json) {
    Alias alias;
    if (json.kind() == Json::Kind::String) {
        TL_TRY(name, read_name(json));
        alias.value = std::move(name);
        return alias;
    }
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(
            *object, {"value", "region", "effective_from", "effective_to", "note"});
        !known)
        return std::unexpected(known.error());
    TL_TRY(value, require(*object, "value"));
    TL_TRY(name, read_name(*value));
    TL_TRY(region, optional_text(*object, "region"));
    alias.region = std::move(region);
    TL_TRY(period, read_period(*object));
    alias.value = std::move(name);
    alias.effective_from = period.from;
    alias.effective_to = period.to;
    return alias;
}

Result<BatchStacking> read_batch_stacking(const Json& cache) {
    constexpr std::array<std::string_view, 3> kNames = {"none", "cache_precedence", "multiply"};
    TL_TRY(text, optional_text(cache, "batch_stacking"));
    if (text.empty()) return BatchStacking::None;
    const auto found = std::ranges::find(kNames, text);
    if (found == kNames.end())
        return fail(ErrorCode::InvalidValue, cache.pointer() + "/batch_stacking",
                    text + ", not one of none cache_precedence multiply");
    return static_cast<BatchStacking>(found - kNames.begin());
}

Result<std::optional<CacheRules>> read_cache(const Json& model) {
    const Json* json = model.find("cache");
    if (!json) return std::nullopt;
    TL_TRY(object, json->as_object());
    if (auto known = reject_unknown_members(*object, {"minimum_tokens", "increment", "ttls",
                                                      "automatic", "batch_stacking", "note"});
        !known)
        return std::unexpected(known.error());
    CacheRules rules;
    TL_TRY(minimum_tokens, optional_count(*object, "minimum_tokens"));
    TL_TRY(increment, optional_count(*object, "increment"));
    TL_TRY(ttls, optional_texts(*object, "ttls"));
    TL_TRY(is_automatic, optional_flag(*object, "automatic"));
    TL_TRY(stacking, read_batch_stacking(*object));
    for (std::size_t i = 0; i < ttls.size(); ++i)
        if (!find_unit("cache_write_" + ttls[i] + "_tokens"))
            return fail(ErrorCode::UnknownUnit, json->pointer() + "/ttls/" + std::to_string(i),
                        ttls[i]);
    rules.minimum_tokens = minimum_tokens;
    rules.increment = increment.value_or(1);
    rules.ttls = std::move(ttls);
    rules.is_automatic = is_automatic;
    rules.batch_stacking = stacking;
    return rules;
}

Result<std::optional<Tokenizer>> read_tokenizer(const Json& model) {
    const Json* json = model.find("tokenizer");
    if (!json) return std::nullopt;
    TL_TRY(object, json->as_object());
    if (auto known = reject_unknown_members(*object, {"shift", "against", "quote", "note"}); !known)
        return std::unexpected(known.error());
    TL_TRY(shift_json, require(*object, "shift"));
    TL_TRY(shift, decimal_text(*shift_json));
    if (shift.is_negative() || shift.is_zero())
        return fail(ErrorCode::OutOfRange, shift_json->pointer(), shift_json->text());
    TL_TRY(against, optional_text(*object, "against"));
    return Tokenizer{.shift = shift, .against = std::move(against)};
}

Result<void> read_lists(const Json& object, CardContext context, Model& model) {
    if (const Json* aliases = object.find("aliases")) {
        TL_TRY(items, aliases->as_array());
        for (const Json& item : *items) {
            TL_TRY(alias, read_alias(item));
            model.aliases.push_back(std::move(alias));
        }
    }
    if (model.cache) context.batch_stacking = model.cache->batch_stacking;
    TL_TRY(cards, require(object, "cards"));
    TL_TRY(items, cards->as_array());
    for (const Json& item : *items) {
        TL_TRY(card, read_card(item, context));
        model.cards.push_back(std::move(card));
    }
    return check_cards(model, object);
}

Result<Model> read_model(const Json& json, const CardContext& context,
                         const std::string& provider) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(
            *object, {"model", "name", "publisher", "released", "aliases", "context_window",
                      "max_output_tokens", "deprecated", "cache", "tokenizer", "cards", "note"});
        !known)
        return std::unexpected(known.error());
    Model model;
    TL_TRY(id_json, require(*object, "model"));
    TL_TRY(id, read_name(*id_json));
    TL_TRY(name, optional_text(*object, "name"));
    TL_TRY(publisher, optional_text(*object, "publisher"));
    TL_TRY(released, optional_instant(*object, "released"));
    TL_TRY(context_window, optional_count(*object, "context_window"));
    TL_TRY(max_output_tokens, optional_count(*object, "max_output_tokens"));
    TL_TRY(is_deprecated, optional_flag(*object, "deprecated"));
    TL_TRY(cache, read_cache(*object));
    TL_TRY(tokenizer, read_tokenizer(*object));
    model.id = std::move(id);
    model.name = name.empty() ? model.id : std::move(name);
    model.publisher = publisher.empty() ? provider : publisher;
    model.released = released;
    model.context_window = context_window;
    model.max_output_tokens = max_output_tokens;
    model.is_deprecated = is_deprecated;
    model.cache = std::move(cache);
    model.tokenizer = std::move(tokenizer);
    if (auto lists = read_lists(*object, context, model); !lists)
        return std::unexpected(lists.error());
    return model;
}

}  // namespace

Result<Provider> read_provider(const Json& json) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(
            *object, {"schema", "provider", "name", "aliases", "currency", "sources", "multipliers",
                      "free_pools", "models", "note"});
        !known)
        return std::unexpected(known.error());
    Provider provider;
    TL_TRY(id_json, require(*object, "provider"));
    TL_TRY(id, read_name(*id_json));
    TL_TRY(name, optional_text(*object, "name"));
    TL_TRY(aliases, optional_texts(*object, "aliases"));
    TL_TRY(currency, optional_text(*object, "currency"));
    TL_TRY(sources, read_sources(*object));
    TL_TRY(multipliers, read_multiplier_table(*object));
    TL_TRY(free_pools, read_free_pools(*object));
    provider.id = std::move(id);
    provider.name = name.empty() ? provider.id : std::move(name);
    provider.aliases = std::move(aliases);
    provider.currency = currency.empty() ? "USD" : std::move(currency);
    provider.sources = std::move(sources);
    TL_TRY(models, require(*object, "models"));
    TL_TRY(items, models->as_array());
    for (const Json& item : *items) {
        const CardContext context{
            .sources = provider.sources, .multipliers = multipliers, .free_pools = free_pools};
        TL_TRY(model, read_model(item, context, provider.id));
        provider.models.push_back(std::move(model));
    }
    if (auto names = check_names(provider, json.pointer()); !names)
        return std::unexpected(names.error());
    return provider;
}

}  // namespace tokenlever
