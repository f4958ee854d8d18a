#include "pricing/price_book.h"

#include "base/suggest.h"
#include "pricing/model_name.h"
#include "pricing/provider_id.h"

#include <algorithm>
#include <tuple>

namespace tokenlever {

namespace {

// FNV-1a, of the name or of the name respelt.
std::uint64_t hash_of(std::string_view text, bool is_respelled = false) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text)
        hash =
            (hash ^ static_cast<unsigned char>(is_respelled ? respelled(c) : c)) * 1099511628211ULL;
    return hash;
}

// The entries of a list by hash that have this one.
template <typename Entry>
std::span<const Entry> of_hash(const std::vector<Entry>& entries, std::uint64_t hash) {
    const auto first = std::ranges::lower_bound(entries, hash, {}, &Entry::hash);
    auto last = first;
    while (last != entries.end() && last->hash == hash)
        ++last;
    return {first, last};
}

// The rest of the name after the next slash, empty if there is none.
std::string_view after_slash(std::string_view name) {
    const std::size_t slash = name.find('/');
    return slash == std::string_view::npos ? std::string_view{} : name.substr(slash + 1);
}

// Anthropic's thinking mode is a setting of the same model; elsewhere "-thinking" is another
// product.
bool allows(const Model& model, const NameFlags& flags) {
    return !flags.is_thinking || model.publisher == "anthropic";
}

// The price of one is that of the other, whatever their ids.
bool have_equal_rates(const Model& a, const Model& b) {
    const auto are_equal = [](const RateCard& x, const RateCard& y) {
        return x.effective_from == y.effective_from && x.rates == y.rates &&
               std::ranges::equal(x.context_tiers, y.context_tiers,
                                  [](const ContextTier& s, const ContextTier& t) {
                                      return s.threshold == t.threshold && s.rates == t.rates;
                                  });
    };
    return std::ranges::equal(a.cards, b.cards, are_equal);
}

}  // namespace

const Provider* PriceBook::provider(std::string_view id) const {
    if (id.size() > kLongestName) return nullptr;
    const auto by_name = [&](std::string_view wanted) -> const Provider* {
        for (const SellerName& entry : of_hash(sellers_, hash_of(wanted)))
            if (name_of(entry) == wanted) return &providers_[entry.provider];
        return nullptr;
    };
    const std::string name = lowered(id);
    if (const Provider* found = by_name(name)) return found;
    const std::string_view canonical = canonical_provider(name);
    return canonical.empty() ? nullptr : by_name(canonical);
}

// ---- the index --------------------------------------------------------------------------------

const Model& PriceBook::model_of(const IndexEntry& entry) const {
    return providers_[entry.provider].models[entry.model];
}

std::string_view PriceBook::name_of(const SellerName& entry) const {
    const Provider& provider = providers_[entry.provider];
    return entry.alias < 0 ? provider.id : provider.aliases[static_cast<std::size_t>(entry.alias)];
}

bool PriceBook::has_name(const IndexEntry& entry, std::string_view name) const {
    const Model& model = model_of(entry);
    const std::string& own =
        entry.alias < 0 ? model.id : model.aliases[static_cast<std::size_t>(entry.alias)].value;
    if (!entry.is_respelled) return own == name;
    return std::ranges::equal(own, name, {}, [](char c) { return respelled(c); });
}

std::span<const PriceBook::IndexEntry> PriceBook::entries_of(std::string_view name) const {
    return of_hash(index_, hash_of(name));
}

void PriceBook::add_names(std::uint32_t provider, std::uint32_t model) {
    const Model& row = providers_[provider].models[model];
    const auto add = [&](std::string_view name, std::size_t alias) {
        const IndexEntry entry{.hash = hash_of(name),
                               .provider = provider,
                               .model = model,
                               .alias = static_cast<std::int32_t>(alias)};
        index_.push_back(entry);
        if (std::ranges::all_of(name, [](char c) { return respelled(c) == c; })) return;
        index_.push_back(entry);
        index_.back().hash = hash_of(name, true);
        index_.back().is_respelled = true;
    };
    add(row.id, static_cast<std::size_t>(-1));
    for (std::size_t i = 0; i < row.aliases.size(); ++i)
        add(row.aliases[i].value, i);
}

void PriceBook::build_index() {
    index_.clear();
    sellers_.clear();
    for (std::uint32_t provider = 0; provider < providers_.size(); ++provider) {
        const Provider& row = providers_[provider];
        sellers_.push_back({.hash = hash_of(row.id), .provider = provider});
        for (std::size_t i = 0; i < row.aliases.size(); ++i)
            sellers_.push_back({.hash = hash_of(row.aliases[i]),
                                .provider = provider,
                                .alias = static_cast<std::int32_t>(i)});
        for (std::uint32_t model = 0; model < providers_[provider].models.size(); ++model)
            add_names(provider, model);
    }
    // An id comes before an alias that is spelt alike.
    std::ranges::sort(sellers_, {}, [&](const SellerName& entry) {
        return std::tuple(entry.hash, entry.alias >= 0, entry.provider);
    });
    std::ranges::stable_sort(index_, {}, &IndexEntry::hash);
}

// The entry of this exact name, of one seller or (null) of the maker's own list. What people wrote
// wins over what was imported, a name that is spelt so over a respelt one, a later document over an
// earlier one; what is still tied is no answer.
const PriceBook::IndexEntry* PriceBook::entry_of(std::string_view name, const Provider* seller,
                                                 Instant at) const {
    const IndexEntry* best = nullptr;
    bool is_tied = false;
    const auto rank = [&](const IndexEntry& entry) {
        const Model& model = model_of(entry);
        return std::tuple(-static_cast<std::int64_t>(model.import_rank), !entry.is_respelled,
                          model.document);
    };
    const auto holds = [&](const IndexEntry& entry) {
        if (entry.alias < 0) return true;
        const Alias& alias = model_of(entry).aliases[static_cast<std::size_t>(entry.alias)];
        return holds_at(alias.effective_from, alias.effective_to, at);
    };
    for (const IndexEntry& entry : entries_of(name)) {
        const Provider& provider = providers_[entry.provider];
        const bool is_wanted =
            seller ? &provider == seller : model_of(entry).publisher == provider.id;
        if (!is_wanted || !has_name(entry, name) || !holds(entry)) continue;
        if (!best || rank(entry) > rank(*best)) {
            best = &entry;
            is_tied = false;
        } else if (rank(entry) == rank(*best)) {
            is_tied = entry.provider != best->provider || entry.model != best->model;
        }
    }
    return is_tied ? nullptr : best;
}

// Whether somebody who knows better has an imported model too: a provider document, under any name
// that look-up would try, or a package of a lower rank under this name. A dated or regional name is
// not a model of its own where its price is that of the name without.
bool PriceBook::is_shadowed(std::uint32_t provider, std::uint32_t model) const {
    const Model& own = providers_[provider].models[model];
    std::string name = own.id;
    NameFlags flags;
    bool is_own_name = true;
    const auto is_known = [&](std::string_view key) {
        return std::ranges::any_of(entries_of(key), [&](const IndexEntry& entry) {
            if (entry.provider != provider || entry.model == model || !has_name(entry, key))
                return false;
            const Model& other = model_of(entry);
            return other.import_rank == 0 || (is_own_name ? other.import_rank < own.import_rank
                                                          : have_equal_rates(own, other));
        });
    };
    do {
        if (is_known(name)) return true;
        if (const std::string other = respelled(name); other != name && is_known(other))
            return true;
        is_own_name = false;
    } while (strip_next(name, flags) && flags.is_plain());
    return false;
}

// The rest keeps its order, and the index its own.
void PriceBook::drop_shadowed() {
    constexpr std::uint32_t kDropped = UINT32_MAX;
    std::vector<std::vector<std::uint32_t>> places(providers_.size());  // model -> where it goes
    for (std::uint32_t provider = 0; provider < providers_.size(); ++provider) {
        const std::vector<Model>& models = providers_[provider].models;
        std::uint32_t kept = 0;
        for (std::uint32_t model = 0; model < models.size(); ++model) {
            const bool drops = models[model].import_rank > 0 && is_shadowed(provider, model);
            places[provider].push_back(drops ? kDropped : kept++);
        }
    }
    for (std::size_t provider = 0; provider < providers_.size(); ++provider) {
        std::vector<Model>& models = providers_[provider].models;
        std::size_t kept = 0;
        for (std::size_t model = 0; model < models.size(); ++model) {
            if (places[provider][model] == kDropped) continue;
            if (kept != model) models[kept] = std::move(models[model]);
            ++kept;
        }
        models.resize(kept);
    }
    for (IndexEntry& entry : index_)
        entry.model = places[entry.provider][entry.model];
    std::erase_if(index_, [](const IndexEntry& entry) { return entry.model == kDropped; });
}

// ---- look-up ----------------------------------------------------------------------------------

std::optional<PriceBook::Found> PriceBook::find(std::string_view provider_name,
                                                std::string_view model_name, Instant at) const {
    if (model_name.size() > kLongestName) return std::nullopt;
    const std::string text = lowered(model_name);
    std::string_view name = text;
    const Provider* seller = nullptr;
    std::string_view seller_name = provider_name;
    if (seller_name.empty()) {
        const NamePath path = split_path(text);
        name = path.rest;
        seller_name = path.seller.empty() && is_bedrock_name(name) ? "amazon-bedrock" : path.seller;
    }
    if (!seller_name.empty()) {
        seller = provider(seller_name);
        if (!seller) return std::nullopt;
    }

    const auto look_up = [&](std::string_view key, const NameFlags& flags) -> std::optional<Found> {
        const IndexEntry* entry = entry_of(key, seller, at);
        if (!entry) entry = entry_of(respelled(key), seller, at);
        if (!entry) return std::nullopt;
        const Provider& owner = providers_[entry->provider];
        const Model& model = owner.models[entry->model];
        if (!allows(model, flags)) return std::nullopt;
        Found found{.provider = &owner,
                    .model = &model,
                    .speed = flags.speed,
                    .service_tier = flags.is_free ? ServiceTier::Free : ServiceTier::Standard,
                    .region = flags.region};
        if (entry->alias >= 0 && found.region.empty())
            found.region = model.aliases[static_cast<std::size_t>(entry->alias)].region;
        return found;
    };
    std::string_view region;
    for (; !name.empty(); name = after_slash(name)) {
        NameFlags flags{.region = std::string(region)};
        if (auto found = look_up(name, flags)) return found;
        std::string rest(name);
        while (strip_next(rest, flags))
            if (auto found = look_up(rest, flags)) return found;
        const std::string_view part = region_of_path(name.substr(0, name.find('/')));
        if (!part.empty()) region = part;
    }
    return std::nullopt;
}

std::vector<std::string> PriceBook::suggestions(std::string_view provider_name,
                                                std::string_view model_name) const {
    constexpr std::size_t kMost = 3;
    if (model_name.size() > kLongestName) return {};
    std::string name = lowered(model_name);
    name.erase(0, name.rfind('/') + 1);
    NameFlags flags;
    std::string stripped = name;
    while (strip_next(stripped, flags)) {}
    stripped = respelled(stripped);

    std::vector<std::string> result;
    const auto collect = [&](const Provider* only) {
        std::vector<std::string> keys;  // respelt and without a path, in the order of `names`
        std::vector<std::string> names;
        for (const Provider& seller : providers_) {
            if (only && &seller != only) continue;
            for (const Model& model : seller.models) {
                keys.push_back(respelled(model.id.substr(model.id.rfind('/') + 1)));
                names.push_back(seller.id + "/" + model.id);
            }
        }
        const std::vector<std::string_view> views(keys.begin(), keys.end());
        for (const std::string& near : nearest(stripped, views, kMost))
            for (std::size_t i = 0; i < keys.size() && result.size() < kMost; ++i)
                if (keys[i] == near && std::ranges::find(result, names[i]) == result.end())
                    result.push_back(names[i]);
    };
    const Provider* seller = provider_name.empty() ? nullptr : provider(provider_name);
    if (seller) collect(seller);
    if (result.empty()) collect(nullptr);
    return result;
}

const RateCard* card_at(const Model& model, Instant at) {
    for (const RateCard& card : model.cards)
        if (card.status != RateStatus::Retracted &&
            holds_at(card.effective_from, card.effective_to, at))
            return &card;
    return nullptr;
}

}  // namespace tokenlever
