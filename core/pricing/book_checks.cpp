#include "pricing/book_checks.h"

#include <algorithm>

namespace tokenlever {

namespace {

bool periods_overlap(const std::optional<Instant>& a_from, const std::optional<Instant>& a_to,
                     const std::optional<Instant>& b_from, const std::optional<Instant>& b_to) {
    return (!a_from || !b_to || *a_from < *b_to) && (!b_from || !a_to || *b_from < *a_to);
}

std::string at(const std::string& pointer, std::string_view key, std::size_t index) {
    return pointer + "/" + std::string(key) + "/" + std::to_string(index);
}

// One name of one model, and where it stands.
struct Claim {
    std::string_view name{};
    std::size_t model = 0;
    std::optional<Instant> effective_from{}, effective_to{};
    std::string pointer{};
};

std::vector<Claim> claims_of(const Provider& provider, const std::string& pointer) {
    std::vector<Claim> claims{};
    for (std::size_t i = 0; i < provider.models.size(); ++i) {
        const Model& model = provider.models[i];
        const std::string here = at(pointer, "models", i);
        claims.push_back({.name = model.id, .model = i, .pointer = here + "/model"});
        for (std::size_t j = 0; j < model.aliases.size(); ++j)
            claims.push_back({.name = model.aliases[j].value,
                              .model = i,
                              .effective_from = model.aliases[j].effective_from,
                              .effective_to = model.aliases[j].effective_to,
                              .pointer = at(here, "aliases", j)});
    }
    std::ranges::stable_sort(claims, {}, &Claim::name);
    return claims;
}

Result<void> check_card_ids(const Provider& provider, const std::string& pointer) {
    struct CardId {
        std::string_view id{};
        std::string pointer{};
    };
    std::vector<CardId> ids{};
    for (std::size_t i = 0; i < provider.models.size(); ++i)
        for (std::size_t j = 0; j < provider.models[i].cards.size(); ++j)
            ids.push_back(
                {provider.models[i].cards[j].id, at(at(pointer, "models", i), "cards", j)});
    std::ranges::stable_sort(ids, {}, &CardId::id);
    const auto twice = std::ranges::adjacent_find(ids, {}, &CardId::id);
    if (twice == ids.end()) return {};
    return fail(ErrorCode::DuplicateId, std::next(twice)->pointer + "/id", std::string(twice->id));
}

}  // namespace

Result<void> check_cards(const Model& model, const Json& json) {
    if (model.cards.empty())
        return fail(ErrorCode::MissingKey, json.pointer() + "/cards", "a card");
    const RateCard* previous = nullptr;
    for (std::size_t i = 0; i < model.cards.size(); ++i) {
        const RateCard& card = model.cards[i];
        if (card.status == RateStatus::Retracted) continue;
        if (previous) {
            if (!previous->effective_to || !card.effective_from ||
                *card.effective_from < *previous->effective_to)
                return fail(ErrorCode::OverlappingCards, at(json.pointer(), "cards", i),
                            previous->id + " and " + card.id);
            const bool is_gap = *previous->effective_to < *card.effective_from;
            if (is_gap && previous->gap_after.empty())
                return fail(ErrorCode::InvalidValue,
                            at(json.pointer(), "cards", i) + "/effective_from",
                            "no card from " + to_iso8601(*previous->effective_to) + " to " +
                                to_iso8601(*card.effective_from) +
                                "; state the reason in gap_after of " + previous->id);
        }
        previous = &card;
    }
    return {};
}

Result<void> check_names(const Provider& provider, const std::string& pointer) {
    const std::vector<Claim> claims = claims_of(provider, pointer);
    for (std::size_t i = 0; i < claims.size(); ++i) {
        for (std::size_t j = i + 1; j < claims.size() && claims[j].name == claims[i].name; ++j) {
            const Claim& a = claims[i];
            const Claim& b = claims[j];
            if (!periods_overlap(a.effective_from, a.effective_to, b.effective_from,
                                 b.effective_to))
                continue;
            return fail(ErrorCode::DuplicateAlias, std::max(a.pointer, b.pointer),
                        std::string(a.name) + " of " + provider.models[a.model].id + " and " +
                            provider.models[b.model].id);
        }
    }
    return check_card_ids(provider, pointer);
}

}  // namespace tokenlever
