#pragma once

// One way the open conditions of a request can be decided: which card, context tier, window and
// service tier hold. A request has one situation, or several when its conditions leave something
// open; then each unit has a price in each, and the bill an interval.

#include "pricing/bill.h"

#include <expected>
#include <string_view>

namespace tokenlever {

struct Situation {
    const RateCard* card = nullptr;
    const ContextTier* context_tier = nullptr;
    const Window* window = nullptr;
    ServiceTier service_tier = ServiceTier::Standard;
    Speed speed = Speed::Standard;
    std::string_view region{};
};

// The tier that a prompt of one request selects; nullptr: the base rates.
const ContextTier* tier_for(const RateCard& card, std::int64_t prompt_tokens);
// The window of an instant; nullptr: outside all of them.
const Window* window_at(const RateCard& card, Instant at);

// The rate as the card states it for exactly this unit, nullptr if it does not.
const UnitRate* own_rate(const Situation& situation, Unit unit);

// The least and the most a unit can cost in a situation: alike, except for cache writes of unknown
// TTL on a card with several write rates.
struct PriceRange {
    UnitPrice low{}, high{};
};
std::expected<PriceRange, PriceGap> price_in(const Situation& situation, Unit unit);

// The same tokens outside a cache: input_audio_tokens for cache_read_audio_tokens.
Unit uncached(Unit unit);
bool is_cache_read(Unit unit);

}  // namespace tokenlever
