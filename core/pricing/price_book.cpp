#include "pricing/price_book.h"

#include "base/suggest.h"
#include "pricing/model_name.h"
#include "pricing/provider_id.h"

#include <algorithm>

namespace tokenlever {

namespace {

std::uint64_t hash_of(std::string_view text) {  // FNV-1a
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
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

}  // namespace

const Provider* PriceBook::provider(std::string_view id) const {
    const std::string name = lowered(id);
    const auto by_id = [&](std::string_view wanted) -> const Provider* {
        const auto found = std::ranges::find(providers_, wanted, &Provider::id);
        return found == providers_.end() ? nullptr : &*found;
    };
    if (const Provider* found = by_id(name)) return found;
    for (const Provider& candidate : providers_)
        if (std::ranges::find(candidate.aliases, name) != candidate.aliases.end())
            return &candidate;
    const std::string_view canonical = canonical_provider(name);
    return canonical.empty() ? nullptr : by_id(canonical);
}

// ---- the index --------------------------------------------------------------------------------

void PriceBook::add_names(std::uint32_t provider, std::uint32_t model) {
    const auto add = [&](std::string_view name, const Alias* alias) {
        const auto add_one = [&](std::string text, bool is_respelled) {
            IndexEntry entry{.hash = hash_of(text),
                             .name = std::move(text),
                             .provider = provider,
                             .model = model};
            if (alias) {
                entry.effective_from = alias->effective_from;
                entry.effective_to = alias->effective_to;
            }
            entry.is_respelled = is_respelled;
            index_.push_back(std::move(entry));
        };
        add_one(std::string(name), false);
        if (std::string other = respelled(name); other != name) add_one(std::move(other), true);
    };
    const Model& row = providers_[provider].models[model];
    add(row.id, nullptr);
    for (const Alias& alias : row.aliases)
        add(alias.value, &alias);
}

void PriceBook::build_index() {
    index_.clear();
    for (std::uint32_t provider = 0; provider < providers_.size(); ++provider)
        for (std::uint32_t model = 0; model < providers_[provider].models.size(); ++model)
            add_names(provider, model);
    std::ranges::stable_sort(index_, {}, &IndexEntry::hash);
}

// The entry of this exact name, of one seller or (null) of the maker's own list. A name that is
// spelt so wins over a respelt one, a later document over an earlier one; what is still tied is no
// answer.
const PriceBook::IndexEntry* PriceBook::entry_of(std::string_view name, const Provider* seller,
                                                 Instant at) const {
    const auto entries = std::ranges::equal_range(index_, hash_of(name), {}, &IndexEntry::hash);
    const IndexEntry* best = nullptr;
    bool is_tied = false;
    const auto rank = [&](const IndexEntry& entry) {
        const std::uint32_t document = providers_[entry.provider].models[entry.model].document;
        return std::pair(!entry.is_respelled, document);
    };
    for (const IndexEntry& entry : entries) {
        const Provider& provider = providers_[entry.provider];
        const bool is_wanted =
            seller ? &provider == seller : provider.models[entry.model].publisher == provider.id;
        if (!is_wanted || entry.name != name ||
            !holds_at(entry.effective_from, entry.effective_to, at))
            continue;
        if (!best || rank(entry) > rank(*best)) {
            best = &entry;
            is_tied = false;
        } else if (rank(entry) == rank(*best)) {
            is_tied = entry.provider != best->provider || entry.model != best->model;
        }
    }
    return is_tied ? nullptr : best;
}

// ---- look-up ----------------------------------------------------------------------------------

std::optional<PriceBook::Found> PriceBook::find(std::string_view provider_name,
                                                std::string_view model_name, Instant at) const {
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
        return Found{.provider = &owner,
                     .model = &model,
                     .speed = flags.speed,
                     .service_tier = flags.is_free ? ServiceTier::Free : ServiceTier::Standard};
    };
    for (; !name.empty(); name = after_slash(name)) {
        std::string rest(name);
        NameFlags flags;
        do {
            if (auto found = look_up(rest, flags)) return found;
        } while (rest.find('/') == std::string::npos && strip_next(rest, flags));
    }
    return std::nullopt;
}

std::vector<std::string> PriceBook::suggestions(std::string_view provider_name,
                                                std::string_view model_name) const {
    constexpr std::size_t kMost = 3;
    std::string name = lowered(model_name);
    name.erase(0, name.rfind('/') + 1);
    NameFlags flags;
    std::string stripped = name;
    while (strip_next(stripped, flags)) {}
    stripped = respelled(stripped);

    std::vector<std::string> result;
    const auto collect = [&](const Provider* only) {
        std::vector<std::string> keys;  // respelt, in the order of `names`
        std::vector<std::string> names;
        for (const Provider& seller : providers_) {
            if (only && &seller != only) continue;
            for (const Model& model : seller.models) {
                keys.push_back(respelled(model.id));
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
