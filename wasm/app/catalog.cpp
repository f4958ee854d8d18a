#include "catalog.h"

#include "format.h"

#include <algorithm>
#include <array>
#include <optional>

namespace tokenlever::app {
namespace {

std::optional<Decimal> rate_of(const RateCard& card, Unit unit) {
    for (const UnitRate& rate : card.rates)
        if (rate.unit == unit && rate.is_published) return rate.rate;
    return std::nullopt;
}

std::string price_text(const std::optional<Decimal>& rate) {
    return rate ? format::price_per_million(*rate) : "\u2013";
}

PriceLabel label_of(const RateCard& card) {
    if (card.is_curated) return PriceLabel::Curated;
    switch (card.status) {
        case RateStatus::Listed: return PriceLabel::Listed;
        case RateStatus::Derived: return PriceLabel::Derived;
        case RateStatus::Scheduled: return PriceLabel::Scheduled;
        case RateStatus::Imported: return PriceLabel::Imported;
        case RateStatus::Observed:
        case RateStatus::Retracted: return PriceLabel::Observed;
    }
    return PriceLabel::Observed;
}

// "docs.example.com" of an address, else "package 1.2.3".
std::string short_source(const Source& source) {
    if (source.url.empty())
        return source.version.empty() ? source.package : source.package + " " + source.version;
    std::string_view host = source.url;
    if (const auto scheme = host.find("://"); scheme != std::string_view::npos)
        host.remove_prefix(scheme + 3);
    host = host.substr(0, host.find('/'));
    if (host.starts_with("www.")) host.remove_prefix(4);
    return std::string(host);
}

std::optional<std::int64_t> days_since(const Source& source, Instant at) {
    const auto read = parse_instant(source.read_at);
    if (!read) return std::nullopt;
    const std::int64_t day = floor_to(at, Bucket::Day).micros - floor_to(*read, Bucket::Day).micros;
    return day / kMicrosPerDay;
}

ModelChoice choice_of(const Provider& provider, const Model& model, const RateCard& card,
                      Instant at) {
    ModelChoice choice{.id = provider.id + "/" + model.id,
                       .name = model.name.empty() ? model.id : model.name,
                       .provider = provider.name.empty() ? provider.id : provider.name,
                       .input_rate = rate_of(card, Unit::InputTokens),
                       .cache_read_rate = rate_of(card, Unit::CacheReadTokens),
                       .output_rate = rate_of(card, Unit::OutputTokens),
                       .context_window = model.context_window,
                       .label = label_of(card),
                       .is_deprecated = model.is_deprecated};
    choice.search = lower(choice.name + " " + choice.id + " " + choice.provider);
    choice.input_price = price_text(choice.input_rate);
    choice.cache_read_price = price_text(choice.cache_read_rate);
    choice.output_price = price_text(choice.output_rate);
    if (card.source < provider.sources.size()) {
        const Source& source = provider.sources[card.source];
        choice.source = short_source(source);
        choice.age_days = days_since(source, at);
    }
    if (model.cache) choice.ttls = model.cache->ttls;
    return choice;
}

struct Dated {
    ModelChoice choice;
    std::size_t provider = 0;
    bool is_resold = false;  // not its maker's own list
    Instant released;
};

bool comes_first(const Dated& a, const Dated& b) {
    if (a.choice.is_deprecated != b.choice.is_deprecated) return b.choice.is_deprecated;
    const bool is_imported = a.choice.label == PriceLabel::Imported;
    if (is_imported != (b.choice.label == PriceLabel::Imported)) return !is_imported;
    if (a.is_resold != b.is_resold) return b.is_resold;
    if (a.provider != b.provider) return a.provider < b.provider;
    if (a.released != b.released) return a.released > b.released;
    return a.choice.id < b.choice.id;
}

constexpr std::array<std::string_view, kPriceLabelCount> kLabels = {
    "Curated", "Listed", "Observed", "Derived", "Scheduled", "Imported"};

}  // namespace

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string_view words_of(PriceLabel label) { return kLabels[static_cast<std::size_t>(label)]; }

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
        for (std::size_t from = 0; from < wanted.size() && matches;) {
            const std::size_t end = std::min(wanted.find(' ', from), wanted.size());
            matches = model.search.find(wanted.substr(from, end - from)) != std::string::npos;
            from = end + 1;
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
    Catalog catalog{.date = book.date(), .at = at};
    std::vector<Dated> dated;
    const auto providers = book.providers();
    for (std::size_t i = 0; i < providers.size(); ++i) {
        if (providers[i].currency != "USD") continue;  // the scenario's, which the page adds up in
        catalog.model_count += providers[i].models.size();
        for (const Model& model : providers[i].models) {
            const RateCard* card = card_at(model, at);
            if (card == nullptr || !rate_of(*card, Unit::InputTokens)) continue;
            dated.push_back({choice_of(providers[i], model, *card, at), i,
                             !model.publisher.empty() && model.publisher != providers[i].id,
                             model.released.value_or(Instant{})});
            if (catalog.providers.empty() ||
                catalog.providers.back() != dated.back().choice.provider)
                catalog.providers.push_back(dated.back().choice.provider);
        }
    }
    std::vector<Dated*> order;
    for (Dated& entry : dated)
        order.push_back(&entry);
    std::ranges::sort(order, [](const Dated* a, const Dated* b) { return comes_first(*a, *b); });
    for (Dated* entry : order)
        catalog.models.push_back(std::move(entry->choice));
    return catalog;
}

}  // namespace tokenlever::app
