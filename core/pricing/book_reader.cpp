#include "base/json.h"
#include "pricing/book_checks.h"
#include "pricing/book_fields.h"
#include "pricing/card_reader.h"
#include "pricing/model_name.h"
#include "pricing/price_book.h"

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
    if (auto known =
            reject_unknown_members(*object, {"value", "effective_from", "effective_to", "note"});
        !known)
        return std::unexpected(known.error());
    TL_TRY(value, require(*object, "value"));
    TL_TRY(name, read_name(*value));
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
    return check_cards(model, object.pointer());
}

Result<Model> read_model(const Json& json, const CardContext& context,
                         const std::string& provider) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(
            *object, {"model", "name", "publisher", "released", "aliases", "context_window",
                      "max_output_tokens", "deprecated", "cache", "cards", "note"});
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
    model.id = std::move(id);
    model.name = name.empty() ? model.id : std::move(name);
    model.publisher = publisher.empty() ? provider : publisher;
    model.released = released;
    model.context_window = context_window;
    model.max_output_tokens = max_output_tokens;
    model.is_deprecated = is_deprecated;
    model.cache = std::move(cache);
    if (auto lists = read_lists(*object, context, model); !lists)
        return std::unexpected(lists.error());
    return model;
}

Result<Provider> read_provider(const Json& json) {
    TL_TRY(object, json.as_object());
    if (auto known =
            reject_unknown_members(*object, {"schema", "provider", "name", "aliases", "currency",
                                             "sources", "multipliers", "models", "note"});
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
    provider.id = std::move(id);
    provider.name = name.empty() ? provider.id : std::move(name);
    provider.aliases = std::move(aliases);
    provider.currency = currency.empty() ? "USD" : std::move(currency);
    provider.sources = std::move(sources);
    TL_TRY(models, require(*object, "models"));
    TL_TRY(items, models->as_array());
    for (const Json& item : *items) {
        TL_TRY(model, read_model(item, {.sources = provider.sources, .multipliers = multipliers},
                                 provider.id));
        provider.models.push_back(std::move(model));
    }
    if (auto names = check_names(provider, json.pointer()); !names)
        return std::unexpected(names.error());
    return provider;
}

}  // namespace

// Puts documents together: later ones win, model by model.
class BookBuilder {
public:
    Result<void> add(std::string_view text) {
        TL_TRY(json, Json::parse(text));
        TL_TRY(object, json.as_object());
        TL_TRY(schema, required_text(*object, "schema"));
        ++document_;
        if (schema == "tokenlever.provider/1") return add_provider(json);
        if (schema == "tokenlever.book/1") return add_book(json);
        return fail(ErrorCode::UnknownSchema, "/schema", schema);
    }

    PriceBook finish() {
        std::ranges::sort(book_.providers_, {}, &Provider::id);
        for (Provider& provider : book_.providers_)
            std::ranges::sort(provider.models, {}, &Model::id);
        book_.build_index();
        return std::move(book_);
    }

private:
    Result<void> add_book(const Json& json) {
        if (auto known =
                reject_unknown_members(json, {"schema", "version", "date", "providers", "note"});
            !known)
            return known;
        TL_TRY(version, required_text(json, "version"));
        TL_TRY(date, required_text(json, "date"));
        // A second book is somebody's own: answers must not pass for those of the first alone.
        book_.version_ += (book_.version_.empty() ? "" : "+") + version;
        book_.date_ = std::max(book_.date_, date);
        const Json* providers = json.find("providers");
        if (!providers) return {};
        TL_TRY(items, providers->as_array());
        for (const Json& item : *items)
            if (auto added = add_provider(item); !added) return added;
        return {};
    }

    Result<void> add_provider(const Json& json) {
        TL_TRY(incoming, read_provider(json));
        for (Model& model : incoming.models)
            model.document = document_;
        const auto known = std::ranges::find(book_.providers_, incoming.id, &Provider::id);
        if (known == book_.providers_.end()) {
            book_.providers_.push_back(std::move(incoming));
        } else {
            merge(*known, std::move(incoming));
        }
        return {};
    }

    static void merge(Provider& known, Provider incoming) {
        const auto first_source = static_cast<std::uint32_t>(known.sources.size());
        std::ranges::move(incoming.sources, std::back_inserter(known.sources));
        for (Model& model : incoming.models) {
            for (RateCard& card : model.cards)
                card.source += first_source;
            const auto old = std::ranges::find(known.models, model.id, &Model::id);
            if (old == known.models.end()) {
                known.models.push_back(std::move(model));
            } else {
                *old = std::move(model);
            }
        }
        for (std::string& alias : incoming.aliases)
            if (std::ranges::find(known.aliases, alias) == known.aliases.end())
                known.aliases.push_back(std::move(alias));
    }

    PriceBook book_;
    std::uint32_t document_ = 0;
};

Result<PriceBook> PriceBook::read(std::span<const std::string_view> documents) {
    BookBuilder builder;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        Result<void> added = builder.add(documents[i]);
        if (added) continue;
        Error error = std::move(added.error());
        if (documents.size() > 1)
            error.where = "price document " + std::to_string(i + 1) + " " + error.where;
        return std::unexpected(std::move(error));
    }
    return builder.finish();
}

}  // namespace tokenlever
