#include "catalog.h"

#include "format.h"

#include <algorithm>
#include <optional>

namespace tokenlever::app {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::optional<Decimal> rate_of(const RateCard& card, Unit unit) {
    for (const UnitRate& rate : card.rates)
        if (rate.unit == unit && rate.is_published) return rate.rate;
    return std::nullopt;
}

std::string price_of(const RateCard& card, Unit unit) {
    const auto rate = rate_of(card, unit);
    return rate ? format::price_per_million(*rate) : "\u2013";
}

ModelChoice choice_of(const Provider& provider, const Model& model, const RateCard& card) {
    ModelChoice choice{.id = provider.id + "/" + model.id,
                       .name = model.name.empty() ? model.id : model.name,
                       .provider = provider.name,
                       .input_price = price_of(card, Unit::InputTokens),
                       .output_price = price_of(card, Unit::OutputTokens),
                       .search = {},
                       .ttls = {},
                       .is_deprecated = model.is_deprecated};
    choice.search = lower(choice.name + " " + choice.id + " " + choice.provider);
    if (model.cache) choice.ttls = model.cache->ttls;
    return choice;
}

struct Dated {
    ModelChoice choice;
    std::size_t provider = 0;
    Instant released;
};

bool comes_first(const Dated& a, const Dated& b) {
    if (a.choice.is_deprecated != b.choice.is_deprecated) return b.choice.is_deprecated;
    if (a.provider != b.provider) return a.provider < b.provider;
    if (a.released != b.released) return a.released > b.released;
    return a.choice.id < b.choice.id;
}

}  // namespace

const ModelChoice* Catalog::find(std::string_view id) const {
    for (const ModelChoice& model : models)
        if (model.id == id) return &model;
    return nullptr;
}

std::string Catalog::name_of(std::string_view id) const {
    const ModelChoice* model = find(id);
    return model != nullptr ? model->name : std::string(id);
}

std::vector<const ModelChoice*> Catalog::search(std::string_view query) const {
    const std::string wanted = lower(query);
    std::vector<const ModelChoice*> found;
    for (const ModelChoice& model : models) {
        bool matches = true;
        for (std::size_t at = 0; at < wanted.size() && matches;) {
            const std::size_t end = std::min(wanted.find(' ', at), wanted.size());
            matches = model.search.find(wanted.substr(at, end - at)) != std::string::npos;
            at = end + 1;
        }
        if (matches) found.push_back(&model);
    }
    // The name as it was typed comes first: "gpt-5 pro" is not GPT-5.5 Pro.
    const auto is_named = [&](const ModelChoice* model) { return lower(model->name) == wanted; };
    const auto named = std::find_if(found.begin(), found.end(), is_named);
    if (named != found.end()) std::rotate(found.begin(), named, named + 1);
    return found;
}

Catalog make_catalog(const PriceBook& book, Instant at) {
    Catalog catalog{.date = book.date(), .model_count = 0, .models = {}};
    std::vector<Dated> dated;
    const auto providers = book.providers();
    for (std::size_t i = 0; i < providers.size(); ++i) {
        catalog.model_count += providers[i].models.size();
        for (const Model& model : providers[i].models) {
            const RateCard* card = card_at(model, at);
            if (card == nullptr || !rate_of(*card, Unit::InputTokens)) continue;
            dated.push_back(
                {choice_of(providers[i], model, *card), i, model.released.value_or(Instant{})});
        }
    }
    std::sort(dated.begin(), dated.end(), comes_first);
    for (Dated& entry : dated)
        catalog.models.push_back(std::move(entry.choice));
    return catalog;
}

}  // namespace tokenlever::app
