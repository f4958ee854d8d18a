#pragma once

// One way the open conditions of a request can be decided: which card, context tier, window and
// service tier hold. A request has one situation, or several when its conditions leave something
// open; then each unit has a price in each, and the bill an interval.
//
// In a situation the rate of a unit is, first that applies: the rates of a multiplier that carries
// some (a service tier with a price list of its own), a variant that the request asked for, the
// context tier, the window, the card. Then every multiplier that holds multiplies it.

#include "pricing/bill.h"

#include <array>
#include <expected>
#include <optional>
#include <span>
#include <string_view>

namespace tokenlever {

struct Situation {
    const RateCard* card = nullptr;
    const ContextTier* context_tier = nullptr;
    const Window* window = nullptr;
    ServiceTier service_tier = ServiceTier::Standard;
    Speed speed = Speed::Standard;
    std::string_view region{};
    std::span<const ChosenOption> options{};
    bool is_thinking = false;  // the request reasoned
};

// The tier that a prompt of one request selects; nullptr: the base rates.
const ContextTier* tier_for(const RateCard& card, std::int64_t prompt_tokens);

// The window of an instant; nullptr: outside all of them. On a day of a year whose holidays nobody
// announced the window may as well not hold: `is_certain` says so.
struct WindowAt {
    const Window* window = nullptr;
    bool is_certain = true;
};
WindowAt find_window(const RateCard& card, Instant at);
const Window* window_at(const RateCard& card, Instant at);

// The least and the most a unit can cost in a situation: alike, except for cache writes of unknown
// TTL on a card with several write rates and for variants the request does not decide.
struct PriceRange {
    UnitPrice low{};
    Decimal high{};  // list unit price of the most
    bool is_ttl_open = false, is_variant_open = false;

    bool is_open() const { return is_ttl_open || is_variant_open; }
};

// A situation whose multipliers and variants are found, ready to price any number of units.
class PriceTerms {
public:
    explicit PriceTerms(const Situation& situation);

    const Situation& situation() const { return situation_; }
    // The same in another context tier: a slice of a marginal prompt.
    PriceTerms in_tier(const ContextTier* tier) const;
    // The rate that is stated for exactly this unit, nullptr if there is none.
    const UnitRate* own_rate(Unit unit) const;
    std::expected<PriceRange, PriceGap> price(Unit unit) const;
    std::expected<UnitPrice, PriceGap> certain_price(Unit unit) const;  // the low end

private:
    struct Rated {
        const UnitRate* rate = nullptr;
        Unit unit{};
        const Variant* variant = nullptr;
    };
    std::optional<PriceGap> gap_of(Unit unit) const;
    Unit billed_as(Unit unit) const;
    bool has_write_rate() const;
    std::expected<Rated, PriceGap> find_rate(Unit unit) const;
    UnitPrice multiplied(const Rated& rated, Unit unit) const;
    std::expected<UnitPrice, PriceGap> known_price(Unit unit) const;
    std::expected<PriceRange, PriceGap> write_range() const;
    std::expected<PriceRange, PriceGap> variant_range(Unit unit) const;
    void find_multipliers();

    Situation situation_;
    AppliedMultipliers held_{};            // those whose conditions hold, whatever the unit
    const Multiplier* special_ = nullptr;  // the one of them that carries rates
    std::optional<PriceGap> terms_gap_{};  // a service tier or speed that is not sold
};

// The same tokens outside a cache: input_audio_tokens for cache_read_audio_tokens.
Unit uncached(Unit unit);
bool is_cache_read(Unit unit);
bool is_cached(Unit unit);  // read or written

}  // namespace tokenlever
