#include "pricing/situation.h"

#include <algorithm>
#include <array>
#include <optional>

namespace tokenlever {

namespace {

const UnitRow& row_of(Unit unit) { return kUnits[static_cast<std::size_t>(unit)]; }

const UnitRate* rate_in(const std::vector<UnitRate>& rates, Unit unit) {
    for (const UnitRate& rate : rates)
        if (rate.unit == unit) return &rate;
    return nullptr;
}

bool is_cache_write(Unit unit) { return row_of(unit).cache == "write"; }
bool holds(const Multiplier& multiplier, const Situation& situation) {
    if (multiplier.service_tier && *multiplier.service_tier != situation.service_tier) return false;
    if (multiplier.speed && *multiplier.speed != situation.speed) return false;
    if (multiplier.regions.empty()) return true;
    return std::ranges::find(multiplier.regions, situation.region) != multiplier.regions.end();
}

bool applies(const Multiplier& multiplier, Unit unit) {
    if (multiplier.applies_to.empty()) return is_token(unit);
    return std::ranges::find(multiplier.applies_to, unit) != multiplier.applies_to.end();
}

// A tier or speed that no multiplier of the card names is not sold. Tool calls, pages and other
// units that are not tokens cost the same in every tier.
std::optional<PriceGap> gap_of_terms(const Situation& situation) {
    const auto names_tier = [&](const Multiplier& m) {
        return m.service_tier == situation.service_tier;
    };
    const auto names_speed = [&](const Multiplier& m) { return m.speed == situation.speed; };
    const std::vector<Multiplier>& multipliers = situation.card->multipliers;
    if (situation.service_tier != ServiceTier::Standard &&
        situation.service_tier != ServiceTier::Free &&
        std::ranges::none_of(multipliers, names_tier))
        return PriceGap::ServiceTierNotSold;
    if (situation.speed != Speed::Standard && std::ranges::none_of(multipliers, names_speed))
        return PriceGap::SpeedNotSold;
    return std::nullopt;
}

// Absolute rates of a special tier, if a multiplier that holds carries them.
const Multiplier* special_rates(const Situation& situation) {
    for (const Multiplier& multiplier : situation.card->multipliers)
        if (!multiplier.rates.empty() && holds(multiplier, situation)) return &multiplier;
    return nullptr;
}

constexpr std::array kWriteUnits = {Unit::CacheWriteTokens, Unit::CacheWrite5mTokens,
                                    Unit::CacheWrite30mTokens, Unit::CacheWrite1hTokens,
                                    Unit::CacheWrite12hTokens};

bool has_write_rate(const Situation& situation) {
    return std::ranges::any_of(kWriteUnits,
                               [&](Unit unit) { return own_rate(situation, unit) != nullptr; });
}

struct Rated {
    const UnitRate* rate = nullptr;
    Unit unit{};
};

// The unit's own rate, or that of the nearest unit that contains it.
std::expected<Rated, PriceGap> find_rate(const Situation& situation, Unit unit) {
    for (std::optional<Unit> at = unit; at; at = parent_of(*at)) {
        if (const UnitRate* rate = own_rate(situation, *at)) {
            if (!rate->is_published) return std::unexpected(PriceGap::RateUnpublished);
            return Rated{.rate = rate, .unit = *at};
        }
        // A vendor that sells another TTL has a write rate; this one is not known, and is not the
        // input's.
        if (is_cache_write(*at) && !is_cache_write(parent_of(*at).value_or(*at)) &&
            has_write_rate(situation))
            return std::unexpected(PriceGap::RateUnpublished);
    }
    return std::unexpected(PriceGap::NotSold);
}

// Whether batch leaves this multiplier out for cached tokens (levers.md section 4).
bool is_spared(const Multiplier& multiplier, const Situation& situation, Unit unit) {
    return multiplier.service_tier == ServiceTier::Batch && is_cache_read(unit) &&
           situation.card->batch_stacking == BatchStacking::CachePrecedence;
}

const Multiplier& free_of_charge() {
    static const Multiplier multiplier{.name = "free",
                                       .service_tier = ServiceTier::Free,
                                       .speed = {},
                                       .regions = {},
                                       .factor = 0,
                                       .rates = {},
                                       .applies_to = {}};
    return multiplier;
}

void multiply(UnitPrice& price, const Situation& situation, Unit unit) {
    for (const Multiplier& multiplier : situation.card->multipliers) {
        if (!holds(multiplier, situation)) continue;
        if (!multiplier.rates.empty()) {
            price.multipliers.add(&multiplier);
            continue;
        }
        if (!applies(multiplier, unit) || is_spared(multiplier, situation, unit)) continue;
        price.list_unit_price *= multiplier.factor;
        price.multipliers.add(&multiplier);
    }
    const auto is_for_free = [](const Multiplier& m) {
        return m.service_tier == ServiceTier::Free;
    };
    const bool is_listed = std::ranges::any_of(situation.card->multipliers, is_for_free);
    if (situation.service_tier != ServiceTier::Free || is_listed || !is_token(unit)) return;
    price.list_unit_price = 0;
    price.multipliers.add(&free_of_charge());
}

std::expected<UnitPrice, PriceGap> price_of_known_unit(const Situation& situation, Unit unit) {
    const bool is_cached = !row_of(unit).cache.empty();
    const bool is_uncached_in_batch = is_cached && situation.service_tier == ServiceTier::Batch &&
                                      situation.card->batch_stacking == BatchStacking::None;
    const Unit billed = is_uncached_in_batch ? uncached(unit) : unit;
    const auto rated = find_rate(situation, billed);
    if (!rated) return std::unexpected(rated.error());
    UnitPrice price{.list_unit_price = rated->rate->rate,
                    .rate_unit = rated->unit,
                    .context_tier = situation.context_tier,
                    .window = situation.window,
                    .multipliers = {}};
    multiply(price, situation, billed);
    return price;
}

// A cache write of unknown TTL has one of the card's write rates.
std::expected<PriceRange, PriceGap> write_range(const Situation& situation) {
    std::optional<PriceRange> range;
    for (const Unit unit : kWriteUnits) {
        if (!own_rate(situation, unit)) continue;
        const auto price = price_of_known_unit(situation, unit);
        if (!price) return std::unexpected(price.error());
        if (!range) range = PriceRange{.low = *price, .high = *price};
        if (price->list_unit_price < range->low.list_unit_price) range->low = *price;
        if (price->list_unit_price > range->high.list_unit_price) range->high = *price;
    }
    return *range;
}

}  // namespace

const ContextTier* tier_for(const RateCard& card, std::int64_t prompt_tokens) {
    const ContextTier* selected = nullptr;
    for (const ContextTier& tier : card.context_tiers) {
        const bool is_reached =
            tier.is_inclusive ? prompt_tokens >= tier.threshold : prompt_tokens > tier.threshold;
        if (is_reached) selected = &tier;
    }
    return selected;
}

const Window* window_at(const RateCard& card, Instant at) {
    for (const Window& window : card.windows) {
        const int minute = minute_of_day(at, window.offset_minutes);
        const auto day = static_cast<unsigned>(weekday_of(at, window.offset_minutes));
        if ((window.weekdays >> day & 1U) != 0 && window.from_minute <= minute &&
            minute < window.to_minute)
            return &window;
    }
    return nullptr;
}

const UnitRate* own_rate(const Situation& situation, Unit unit) {
    if (const Multiplier* special = special_rates(situation)) return rate_in(special->rates, unit);
    if (situation.context_tier)
        if (const UnitRate* rate = rate_in(situation.context_tier->rates, unit)) return rate;
    if (situation.window)
        if (const UnitRate* rate = rate_in(situation.window->rates, unit)) return rate;
    return rate_in(situation.card->rates, unit);
}

bool is_cache_read(Unit unit) { return row_of(unit).cache == "read"; }

Unit uncached(Unit unit) {
    const UnitRow& row = row_of(unit);
    for (std::size_t i = 0; i < kUnitCount; ++i) {
        const UnitRow& other = kUnits[i];
        if (other.family == row.family && other.direction == row.direction &&
            other.modality == row.modality && other.cache.empty() && other.token_type.empty())
            return static_cast<Unit>(i);
    }
    return unit;
}

std::expected<PriceRange, PriceGap> price_in(const Situation& situation, Unit unit) {
    if (is_token(unit)) {
        if (const auto gap = gap_of_terms(situation)) return std::unexpected(*gap);
        if (situation.context_tier && special_rates(situation))
            return std::unexpected(PriceGap::ServiceTierNotSold);
    }
    if (unit == Unit::CacheWriteTokens && has_write_rate(situation)) return write_range(situation);
    const auto price = price_of_known_unit(situation, unit);
    if (!price) return std::unexpected(price.error());
    return PriceRange{.low = *price, .high = *price};
}

std::expected<UnitPrice, PriceGap> unit_price(const RateCard& card, Unit unit,
                                              const PriceConditions& conditions) {
    const Situation situation{.card = &card,
                              .context_tier = conditions.prompt_tokens
                                                  ? tier_for(card, *conditions.prompt_tokens)
                                                  : nullptr,
                              .window = window_at(card, conditions.at),
                              .service_tier = conditions.service_tier,
                              .speed = conditions.speed,
                              .region = conditions.region};
    const auto range = price_in(situation, unit);
    if (!range) return std::unexpected(range.error());
    return range->low;
}

}  // namespace tokenlever
