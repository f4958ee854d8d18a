#include "pricing/situation.h"

#include <algorithm>

namespace tokenlever {

namespace {

constexpr const UnitRow& row_of(Unit unit) { return kUnits[static_cast<std::size_t>(unit)]; }

const UnitRate* rate_in(const std::vector<UnitRate>& rates, Unit unit) {
    for (const UnitRate& rate : rates)
        if (rate.unit == unit) return &rate;
    return nullptr;
}

bool is_cache_write(Unit unit) { return row_of(unit).cache == "write"; }

// ---- options ----------------------------------------------------------------------------------

enum class Match : std::uint8_t { Met, Open, Contradicted };

// What a request's choice says of the options a price asks for: open where it is silent about one
// and contradicts none.
Match match_of(std::span<const Option> wanted, std::span<const ChosenOption> chosen) {
    Match match = Match::Met;
    for (const Option& option : wanted) {
        const auto said = std::ranges::find(chosen, option.name, &ChosenOption::name);
        if (said == chosen.end()) {
            match = Match::Open;
        } else if (std::ranges::find(option.values, said->value) == option.values.end()) {
            return Match::Contradicted;
        }
    }
    return match;
}

bool says_any(std::span<const Option> options, std::span<const ChosenOption> chosen) {
    return std::ranges::any_of(options, [&](const Option& option) {
        return std::ranges::find(chosen, option.name, &ChosenOption::name) != chosen.end();
    });
}

// How the variants of a card that price a unit stand to the request.
struct VariantChoice {
    const Variant* met = nullptr;
    bool is_any = false;    // some variant prices the unit
    bool is_open = false;   // one of them is neither met nor contradicted
    bool is_asked = false;  // the request says something about them
};

VariantChoice choose_variant(const Situation& situation, Unit unit) {
    VariantChoice choice;
    for (const Variant& variant : situation.card->variants) {
        if (!rate_in(variant.rates, unit)) continue;
        choice.is_any = true;
        choice.is_asked = choice.is_asked || says_any(variant.options, situation.options);
        const Match match = match_of(variant.options, situation.options);
        if (match == Match::Open) choice.is_open = true;
        if (match == Match::Met && !choice.met) choice.met = &variant;
    }
    return choice;
}

// ---- multipliers ------------------------------------------------------------------------------

bool holds(const Multiplier& multiplier, const Situation& situation) {
    if (multiplier.service_tier && *multiplier.service_tier != situation.service_tier) return false;
    if (multiplier.speed && *multiplier.speed != situation.speed) return false;
    if (!multiplier.options.empty() &&
        match_of(multiplier.options, situation.options) != Match::Met)
        return false;
    if (multiplier.regions.empty()) return true;
    return std::ranges::find(multiplier.regions, situation.region) != multiplier.regions.end();
}

bool applies(const Multiplier& multiplier, Unit unit) {
    if (multiplier.applies_to.empty()) return is_token(unit);
    return std::ranges::find(multiplier.applies_to, unit) != multiplier.applies_to.end();
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
                                       .options = {},
                                       .factor = 0,
                                       .rates = {},
                                       .applies_to = {}};
    return multiplier;
}

constexpr std::array kWriteUnits = {Unit::CacheWriteTokens, Unit::CacheWrite5mTokens,
                                    Unit::CacheWrite30mTokens, Unit::CacheWrite1hTokens,
                                    Unit::CacheWrite12hTokens};

void widen(std::optional<PriceRange>& range, const UnitPrice& price) {
    if (!range) range = PriceRange{.low = price, .high = price.list_unit_price};
    if (price.list_unit_price < range->low.list_unit_price) range->low = price;
    if (price.list_unit_price > range->high) range->high = price.list_unit_price;
}

}  // namespace

// ---- selection --------------------------------------------------------------------------------

const ContextTier* tier_for(const RateCard& card, std::int64_t prompt_tokens) {
    const ContextTier* selected = nullptr;
    for (const ContextTier& tier : card.context_tiers) {
        const bool is_reached =
            tier.is_inclusive ? prompt_tokens >= tier.threshold : prompt_tokens > tier.threshold;
        if (is_reached) selected = &tier;
    }
    return selected;
}

WindowAt find_window(const RateCard& card, Instant at) {
    for (const Window& window : card.windows) {
        const int minute = minute_of_day(at, window.offset_minutes);
        const auto day = static_cast<unsigned>(weekday_of(at, window.offset_minutes));
        if ((window.weekdays >> day & 1U) == 0 || minute < window.from_minute ||
            minute >= window.to_minute)
            continue;
        if (!window.calendar) return {.window = &window};
        switch (window.calendar->day_of(at, window.offset_minutes)) {
            case CalendarDay::NoHoliday: return {.window = &window};
            case CalendarDay::Unknown: return {.window = &window, .is_certain = false};
            case CalendarDay::Holiday: continue;
        }
    }
    return {};
}

const Window* window_at(const RateCard& card, Instant at) { return find_window(card, at).window; }

bool is_cache_read(Unit unit) { return row_of(unit).cache == "read"; }
bool is_cached(Unit unit) { return !row_of(unit).cache.empty(); }

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

// ---- terms ------------------------------------------------------------------------------------

PriceTerms::PriceTerms(const Situation& situation) : situation_(situation) { find_multipliers(); }

PriceTerms PriceTerms::in_tier(const ContextTier* tier) const {
    PriceTerms other = *this;
    other.situation_.context_tier = tier;
    return other;
}

// A tier or speed that no multiplier of the card names is not sold. Tool calls, pages and other
// units that are not tokens cost the same in every tier.
void PriceTerms::find_multipliers() {
    bool is_tier_named = situation_.service_tier == ServiceTier::Standard ||
                         situation_.service_tier == ServiceTier::Free;
    bool is_speed_named = situation_.speed == Speed::Standard;
    for (const Multiplier& multiplier : situation_.card->multipliers) {
        if (multiplier.service_tier == situation_.service_tier) is_tier_named = true;
        if (multiplier.speed == situation_.speed) is_speed_named = true;
        if (!holds(multiplier, situation_)) continue;
        held_.add(&multiplier);
        if (!multiplier.rates.empty() && !special_) special_ = &multiplier;
    }
    if (!is_tier_named) terms_gap_ = PriceGap::ServiceTierNotSold;
    if (is_tier_named && !is_speed_named) terms_gap_ = PriceGap::SpeedNotSold;
}

std::optional<PriceGap> PriceTerms::gap_of(Unit unit) const {
    if (!is_token(unit)) return std::nullopt;
    if (terms_gap_) return terms_gap_;
    if (situation_.context_tier && special_) return PriceGap::ServiceTierNotSold;
    return std::nullopt;
}

const UnitRate* PriceTerms::own_rate(Unit unit) const {
    if (special_) return rate_in(special_->rates, unit);
    if (!situation_.card->variants.empty())
        if (const Variant* variant = choose_variant(situation_, unit).met)
            return rate_in(variant->rates, unit);
    if (situation_.context_tier)
        if (const UnitRate* rate = rate_in(situation_.context_tier->rates, unit)) return rate;
    if (situation_.window)
        if (const UnitRate* rate = rate_in(situation_.window->rates, unit)) return rate;
    return rate_in(situation_.card->rates, unit);
}

bool PriceTerms::has_write_rate() const {
    return std::ranges::any_of(kWriteUnits, [&](Unit unit) { return own_rate(unit) != nullptr; });
}

// The unit's own rate, or that of the nearest unit that contains it.
std::expected<PriceTerms::Rated, PriceGap> PriceTerms::find_rate(Unit unit) const {
    for (std::optional<Unit> at = unit; at; at = parent_of(*at)) {
        if (const UnitRate* rate = own_rate(*at)) {
            if (!rate->is_published) return std::unexpected(PriceGap::RateUnpublished);
            const bool may_vary = !situation_.card->variants.empty() && !special_;
            return Rated{.rate = rate,
                         .unit = *at,
                         .variant = may_vary ? choose_variant(situation_, *at).met : nullptr};
        }
        // A vendor that sells another TTL has a write rate; this one is not known, and is not the
        // input's.
        if (is_cache_write(*at) && !is_cache_write(parent_of(*at).value_or(*at)) &&
            has_write_rate())
            return std::unexpected(PriceGap::RateUnpublished);
    }
    return std::unexpected(PriceGap::NotSold);
}

// The unit whose rate a unit bills at: cached tokens as fresh ones where batch says so, the whole
// output of a request that reasoned at the rate for that, where the card has one.
Unit PriceTerms::billed_as(Unit unit) const {
    if (unit == Unit::OutputTokens && situation_.is_thinking &&
        own_rate(Unit::ThinkingOutputTokens))
        return Unit::ThinkingOutputTokens;
    const bool is_uncached_in_batch = situation_.service_tier == ServiceTier::Batch &&
                                      situation_.card->batch_stacking == BatchStacking::None &&
                                      is_cached(unit);
    return is_uncached_in_batch ? uncached(unit) : unit;
}

UnitPrice PriceTerms::multiplied(const Rated& rated, Unit unit) const {
    UnitPrice price{.list_unit_price = rated.rate->rate,
                    .rate_unit = rated.unit,
                    .context_tier = situation_.context_tier,
                    .window = situation_.window,
                    .variant = rated.variant,
                    .multipliers = {}};
    if (situation_.window && situation_.window->factor && is_token(unit))
        price.list_unit_price *= *situation_.window->factor;
    bool is_listed_free = false;
    for (const Multiplier* multiplier : held_.all()) {
        if (multiplier->service_tier == ServiceTier::Free) is_listed_free = true;
        const bool has_rates = !multiplier->rates.empty();
        if (!has_rates && (!applies(*multiplier, unit) || is_spared(*multiplier, situation_, unit)))
            continue;
        if (!has_rates) price.list_unit_price *= multiplier->factor;
        price.multipliers.add(multiplier);
    }
    if (situation_.service_tier == ServiceTier::Free && !is_listed_free && is_token(unit)) {
        price.list_unit_price = 0;
        price.multipliers.add(&free_of_charge());
    }
    return price;
}

std::expected<UnitPrice, PriceGap> PriceTerms::known_price(Unit unit) const {
    const Unit billed = billed_as(unit);
    const auto rated = find_rate(billed);
    if (!rated) return std::unexpected(rated.error());
    return multiplied(*rated, billed);
}

// A cache write of unknown TTL has one of the card's write rates.
std::expected<PriceRange, PriceGap> PriceTerms::write_range() const {
    std::optional<PriceRange> range;
    for (const Unit unit : kWriteUnits) {
        if (!own_rate(unit)) continue;
        const auto price = known_price(unit);
        if (!price) return std::unexpected(price.error());
        widen(range, *price);
    }
    range->is_ttl_open = range->low.list_unit_price != range->high;
    return *range;
}

// The request does not say which of several variants it asked for.
std::expected<PriceRange, PriceGap> PriceTerms::variant_range(Unit unit) const {
    std::optional<PriceRange> range;
    for (const Variant& variant : situation_.card->variants) {
        const UnitRate* rate = rate_in(variant.rates, unit);
        if (!rate || match_of(variant.options, situation_.options) == Match::Contradicted) continue;
        if (!rate->is_published) return std::unexpected(PriceGap::RateUnpublished);
        widen(range, multiplied({.rate = rate, .unit = unit, .variant = &variant}, unit));
    }
    range->is_variant_open = range->low.list_unit_price != range->high;
    return *range;
}

std::expected<PriceRange, PriceGap> PriceTerms::price(Unit unit) const {
    if (const auto gap = gap_of(unit)) return std::unexpected(*gap);
    if (unit == Unit::CacheWriteTokens && has_write_rate()) return write_range();
    if (!situation_.card->variants.empty() && !special_) {
        const VariantChoice choice = choose_variant(situation_, unit);
        if (choice.is_any && !choice.met) {
            const bool is_default = !choice.is_asked && own_rate(unit);
            if (!is_default && !choice.is_open) return std::unexpected(PriceGap::OptionNotSold);
            if (!is_default) return variant_range(unit);
        }
    }
    const auto price = known_price(unit);
    if (!price) return std::unexpected(price.error());
    return PriceRange{.low = *price, .high = price->list_unit_price};
}

std::expected<UnitPrice, PriceGap> PriceTerms::certain_price(Unit unit) const {
    const auto range = price(unit);
    if (!range) return std::unexpected(range.error());
    return range->low;
}

std::expected<UnitPrice, PriceGap> unit_price(const RateCard& card, Unit unit,
                                              const PriceConditions& conditions) {
    const ContextTier* tier =
        conditions.prompt_tokens ? tier_for(card, *conditions.prompt_tokens) : nullptr;
    // Beyond the first threshold a marginal card has no one price: only a bill knows the slices.
    if (card.is_marginal && tier && is_prompt_token(unit))
        return std::unexpected(PriceGap::PerSlice);
    const PriceTerms terms({.card = &card,
                            .context_tier = card.is_marginal ? nullptr : tier,
                            .window = window_at(card, conditions.at),
                            .service_tier = conditions.service_tier,
                            .speed = conditions.speed,
                            .region = conditions.region,
                            .options = conditions.options,
                            .is_thinking = conditions.is_thinking.value_or(false)});
    return terms.certain_price(unit);
}

}  // namespace tokenlever
