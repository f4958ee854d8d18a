#include "pricing/imported_reader.h"

#include "pricing/book_checks.h"
#include "pricing/book_fields.h"
#include "pricing/card_reader_parts.h"
#include "pricing/model_name.h"

namespace tokenlever {

namespace {

constexpr std::int64_t kHighestRank = 1000;

std::string card_id(const std::string& model, const RateCard& card) {
    return model + (card.effective_from ? "/" + to_iso8601(*card.effective_from) : "/start");
}

Result<RateCard> read_imported_card(const Json& json, const std::string& model) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(
            *object, {"effective_from", "effective_to", "rates", "context_tiers"});
        !known)
        return std::unexpected(known.error());
    RateCard card;
    TL_TRY(period, read_period(*object));
    TL_TRY(rates_json, require(*object, "rates"));
    TL_TRY(rates, read_rates(*rates_json));
    if (auto tiers = read_tiers(*object, card); !tiers) return std::unexpected(tiers.error());
    card.effective_from = period.from;
    card.effective_to = period.to;
    card.status = RateStatus::Imported;
    card.rates = std::move(rates);
    card.id = card_id(model, card);
    return card;
}

Result<Model> read_imported_model(const std::string& id, const Json& json) {
    if (id.empty() || lowered(id) != id)
        return fail(ErrorCode::InvalidValue, json.pointer(),
                    "a name that is not in lower case: " + id);
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(
            *object, {"context_window", "max_output_tokens", "deprecated", "cards"});
        !known)
        return std::unexpected(known.error());
    Model model{.id = id, .name = id};
    TL_TRY(context_window, optional_count(*object, "context_window"));
    TL_TRY(max_output_tokens, optional_count(*object, "max_output_tokens"));
    TL_TRY(is_deprecated, optional_flag(*object, "deprecated"));
    model.context_window = context_window;
    model.max_output_tokens = max_output_tokens;
    model.is_deprecated = is_deprecated;
    TL_TRY(cards, require(*object, "cards"));
    TL_TRY(items, cards->as_array());
    for (const Json& item : *items) {
        TL_TRY(card, read_imported_card(item, id));
        model.cards.push_back(std::move(card));
    }
    if (auto sound = check_cards(model, *object); !sound) return std::unexpected(sound.error());
    return model;
}

// `package` is what all cards of the document name as their source.
Result<Provider> read_imported_provider(const std::string& id, const Json& json,
                                        const Source& package) {
    if (id.empty() || lowered(id) != id)
        return fail(ErrorCode::InvalidValue, json.pointer(),
                    "a name that is not in lower case: " + id);
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(*object, {"name", "is_maker", "models"}); !known)
        return std::unexpected(known.error());
    Provider provider{.id = id, .name = id, .currency = "USD", .sources = {package}};
    TL_TRY(name, optional_text(*object, "name"));
    if (!name.empty()) provider.name = std::move(name);
    TL_TRY(is_maker, optional_flag(*object, "is_maker"));
    TL_TRY(models_json, require(*object, "models"));
    TL_TRY(models, models_json->as_object());
    provider.models.reserve(models->members().size());
    for (const auto& [model_id, value] : models->members()) {
        TL_TRY(model, read_imported_model(model_id, value));
        if (is_maker) model.publisher = id;
        provider.models.push_back(std::move(model));
    }
    return provider;
}

}  // namespace

Result<ImportedList> read_imported(const Json& json) {
    if (auto known =
            reject_unknown_members(json, {"generated_by", "schema", "package", "version", "license",
                                          "data_of", "read_at", "rank", "providers"});
        !known)
        return std::unexpected(known.error());
    TL_TRY(package, required_text(json, "package"));
    TL_TRY(version, required_text(json, "version"));
    TL_TRY(read_at, required_text(json, "read_at"));
    TL_TRY(rank_json, require(json, "rank"));
    TL_TRY(rank, rank_json->as_count());
    if (rank < 1 || rank > kHighestRank)
        return fail(ErrorCode::OutOfRange, rank_json->pointer(), rank_json->text());
    const Source source{.id = package, .package = package, .version = version, .read_at = read_at};
    TL_TRY(providers_json, require(json, "providers"));
    TL_TRY(providers, providers_json->as_object());
    ImportedList list{.rank = static_cast<std::uint32_t>(rank)};
    for (const auto& [id, value] : providers->members()) {
        TL_TRY(provider, read_imported_provider(id, value, source));
        for (Model& model : provider.models)
            model.import_rank = list.rank;
        list.providers.push_back(std::move(provider));
    }
    return list;
}

}  // namespace tokenlever
