#include "pricing/bill.h"

#include "pricing/situation.h"

#include <algorithm>
#include <limits>

namespace tokenlever {

namespace {

// Far above any bill, far below where a sum of lines could leave 128 bits.
constexpr Money kMostMoney =
    Money::from_pico(static_cast<int128>(1'000'000'000'000'000'000) * 1'000'000'000'000'000'000);

// ---- the situations a request can be in -------------------------------------------------------

struct Moment {
    const RateCard* card = nullptr;
    const Window* window = nullptr;
    bool operator==(const Moment&) const = default;
};

void add_once(std::vector<Moment>& moments, Moment moment) {
    if (std::ranges::find(moments, moment) == moments.end()) moments.push_back(moment);
}

// The cards and windows that hold somewhere in [at, until). Windows start and end at whole minutes
// of the vendor's clock and repeat weekly, so a week of minutes of change is all there is to look
// at.
std::vector<Moment> moments_of(const Model& model, const PriceConditions& conditions) {
    std::vector<Moment> moments;
    const auto look_at = [&](Instant at) {
        const RateCard* card = card_at(model, at);
        add_once(moments, {.card = card, .window = card ? window_at(*card, at) : nullptr});
    };
    look_at(conditions.at);
    if (!conditions.until || *conditions.until <= conditions.at) return moments;
    for (const RateCard& card : model.cards)
        for (const auto& end : {card.effective_from, card.effective_to})
            if (end && conditions.at < *end && *end < *conditions.until) look_at(*end);
    const auto has_windows = [](const RateCard& card) { return !card.windows.empty(); };
    if (std::ranges::none_of(model.cards, has_windows)) return moments;
    // Offsets and windows are looked at in quarters of an hour, as all clocks and price lists have
    // them.
    constexpr std::int64_t kStep = kMicrosPerHour / 4;
    Instant at = floor_to(conditions.at, Bucket::Hour);
    const std::int64_t last =
        std::min(conditions.until->micros, conditions.at.micros + std::int64_t{8} * kMicrosPerDay);
    for (; at.micros < last; at.micros += kStep)
        if (at > conditions.at) look_at(at);
    return moments;
}

std::vector<const ContextTier*> tiers_of(const RateCard& card, const PriceRequest& request,
                                         std::int64_t prompt_tokens) {
    const std::int64_t known = request.conditions.prompt_tokens.value_or(prompt_tokens);
    const ContextTier* highest = tier_for(card, known);
    const bool is_decided = request.conditions.prompt_tokens || request.requests <= 1 || !highest;
    if (is_decided) return {highest};
    std::vector<const ContextTier*> tiers = {nullptr};
    for (const ContextTier& tier : card.context_tiers)
        if (tier.threshold <= highest->threshold) tiers.push_back(&tier);
    return tiers;
}

std::vector<ServiceTier> service_tiers_of(const RateCard& card, ServiceTier asked) {
    if (asked != ServiceTier::Unknown) return {asked};
    std::vector<ServiceTier> tiers = {ServiceTier::Standard};
    for (const Multiplier& multiplier : card.multipliers)
        if (multiplier.service_tier &&
            std::ranges::find(tiers, *multiplier.service_tier) == tiers.end())
            tiers.push_back(*multiplier.service_tier);
    return tiers;
}

// ---- one line ---------------------------------------------------------------------------------

Result<Money> cost_of(const Decimal& quantity, const UnitPrice& price, Unit unit) {
    const std::int64_t per = unit_per(unit);
    const Decimal product = quantity * price.list_unit_price;
    const Decimal amount = per == 1'000'000 ? product.scaled_down(6)
                           : per == 1'000   ? product.scaled_down(3)
                                            : product.divided(Decimal(per), kMoneyFractionDigits);
    Result<Money> cost = Money::rounded(amount);
    if (cost && *cost > kMostMoney) return fail(ErrorCode::NumberTooLarge);
    return cost;
}

class Biller {
public:
    Biller(const PriceBook::Found& found, const PriceRequest& request) : request_(request) {
        bill_.found = found;
        conditions_ = request.conditions;
        if (conditions_.service_tier == ServiceTier::Standard)
            conditions_.service_tier = found.service_tier;
        if (conditions_.speed == Speed::Standard) conditions_.speed = found.speed;
        // OpenAI renamed its priority tier to "fast" on 2026-07-30: there fast is no mode of its
        // own.
        const bool is_openai = found.model && found.model->publisher == "openai";
        if (is_openai && conditions_.speed == Speed::Fast) {
            conditions_.speed = Speed::Standard;
            if (conditions_.service_tier == ServiceTier::Standard)
                conditions_.service_tier = ServiceTier::Priority;
        }
    }

    Bill run() {
        quantities_ = request_.usage;
        std::ranges::sort(quantities_, {}, &UnitQuantity::unit);
        if (!bill_.found.model) return all_unpriced(PriceGap::UnknownModel);
        find_situations();
        if (!bill_.card) return all_unpriced(PriceGap::NoCard);
        split_reasoning();
        count_requests();
        bill_.lines.reserve(quantities_.size());
        for (const UnitQuantity& row : quantities_)
            add_line(row.unit, row.quantity);
        if (bill_.list_cost != bill_.list_cost_high) bill_.interval_reasons = is_open_;
        warn();
        return std::move(bill_);
    }

private:
    Bill all_unpriced(PriceGap gap) {
        for (const UnitQuantity& row : quantities_)
            if (!row.quantity.is_zero() && row.unit != Unit::Requests &&
                row.unit != Unit::ReasoningTokens)
                bill_.unpriced.push_back(
                    {.unit = row.unit, .quantity = row.quantity, .reason = gap});
        return std::move(bill_);
    }

    std::int64_t total_prompt() const {
        Decimal total;
        for (const UnitQuantity& row : quantities_)
            if (is_prompt_token(row.unit)) total += row.quantity;
        constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
        const Result<int128> count = total.to_scaled_int128(0);
        return count && *count < kMost ? static_cast<std::int64_t>(*count) : kMost;
    }

    void find_situations() {
        const std::vector<Moment> moments = moments_of(*bill_.found.model, conditions_);
        bill_.card = moments.front().card;
        bill_.window = moments.front().window;
        is_open_[index_of(IntervalReason::HourUnknown)] = moments.size() > 1;
        prompt_tokens_ = conditions_.prompt_tokens.value_or(total_prompt());
        for (const Moment& moment : moments) {
            if (!moment.card) {
                bill_.card = nullptr;
                return;
            }
            const auto tiers = tiers_of(*moment.card, request_, prompt_tokens_);
            const auto service_tiers = service_tiers_of(*moment.card, conditions_.service_tier);
            if (tiers.size() > 1 || service_tiers.size() > 1)
                is_open_[index_of(IntervalReason::TierUnknown)] = true;
            if (&moment == &moments.front() && tiers.size() == 1)
                bill_.context_tier = tiers.front();
            for (const ContextTier* tier : tiers)
                for (const ServiceTier service_tier : service_tiers)
                    situations_.push_back({.card = moment.card,
                                           .context_tier = tier,
                                           .window = moment.window,
                                           .service_tier = service_tier,
                                           .speed = conditions_.speed,
                                           .region = conditions_.region});
        }
    }

    // Reasoning is a part of the output: taken out of it where it has a rate of its own, else left
    // in.
    void split_reasoning() {
        const auto reasoning =
            std::ranges::find(quantities_, Unit::ReasoningTokens, &UnitQuantity::unit);
        if (reasoning == quantities_.end()) return;
        const auto has_rate = [](const Situation& s) {
            return own_rate(s, Unit::ReasoningTokens) != nullptr;
        };
        const bool is_apart = std::ranges::any_of(situations_, has_rate);
        const auto output = std::ranges::find(quantities_, Unit::OutputTokens, &UnitQuantity::unit);
        const Decimal total = output == quantities_.end() ? Decimal(0) : output->quantity;
        if (reasoning->quantity > total)
            add_warning("reasoning_exceeds_output",
                        "reasoning_tokens are a part of output_tokens and cannot be more");
        if (!is_apart) {
            reasoning->quantity = 0;
        } else if (output != quantities_.end()) {
            output->quantity =
                reasoning->quantity > total ? Decimal(0) : total - reasoning->quantity;
        }
    }

    void add_line(Unit unit, const Decimal& quantity) {
        if (quantity.is_zero()) return;
        std::optional<PriceRange> range;
        for (const Situation& situation : situations_) {
            const auto price = price_in(situation, unit);
            if (!price && is_impossible(price.error())) continue;
            if (!price) return add_unpriced(unit, quantity, price.error());
            if (price->low.list_unit_price != price->high.list_unit_price)
                is_open_[index_of(IntervalReason::TtlUnknown)] = true;
            if (!range) range = *price;
            if (price->low.list_unit_price < range->low.list_unit_price) range->low = price->low;
            if (price->high.list_unit_price > range->high.list_unit_price)
                range->high = price->high;
        }
        if (!range) return add_unpriced(unit, quantity, PriceGap::ServiceTierNotSold);
        const Result<Money> low = cost_of(quantity, range->low, unit);
        const bool is_certain = range->low.list_unit_price == range->high.list_unit_price;
        const Result<Money> high = is_certain ? low : cost_of(quantity, range->high, unit);
        if (!low || !high) return add_unpriced(unit, quantity, PriceGap::AmountTooLarge);
        bill_.list_cost += *low;
        bill_.list_cost_high += *high;
        bill_.lines.push_back({.unit = unit,
                               .quantity = quantity,
                               .price = range->low,
                               .cost = *low,
                               .cost_high = *high});
    }

    // Where nobody recorded the service tier, one that is not sold cannot have been it.
    bool is_impossible(PriceGap gap) const {
        return conditions_.service_tier == ServiceTier::Unknown &&
               gap == PriceGap::ServiceTierNotSold;
    }

    void add_unpriced(Unit unit, const Decimal& quantity, PriceGap gap) {
        bill_.unpriced.push_back({.unit = unit, .quantity = quantity, .reason = gap});
        if (gap != PriceGap::RateUnpublished || !is_cache_read(unit)) return;
        // A cache read never costs more than the same tokens read fresh.
        Money most;
        for (const Situation& situation : situations_) {
            const auto price = price_in(situation, uncached(unit));
            const Result<Money> cost =
                price ? cost_of(quantity, price->high, unit) : fail(ErrorCode::OutOfRange);
            if (!cost) return;
            most = std::max(most, *cost);
        }
        bill_.list_cost_high += most;
        is_open_[index_of(IntervalReason::RateUnpublished)] = true;
    }

    // A fee per request is billed where the card has one; elsewhere requests are only counted.
    void count_requests() {
        std::erase_if(quantities_,
                      [](const UnitQuantity& row) { return row.unit == Unit::Requests; });
        const auto has_fee = [](const Situation& s) {
            return own_rate(s, Unit::Requests) != nullptr;
        };
        if (std::ranges::none_of(situations_, has_fee)) return;
        const auto place =
            std::ranges::upper_bound(quantities_, Unit::Requests, {}, &UnitQuantity::unit);
        quantities_.insert(place, {.unit = Unit::Requests, .quantity = Decimal(request_.requests)});
    }

    void warn();
    void add_warning(std::string code, std::string message) {
        bill_.warnings.push_back({.code = std::move(code), .message = std::move(message)});
    }
    static std::size_t index_of(IntervalReason reason) { return static_cast<std::size_t>(reason); }

    const PriceRequest& request_;
    PriceConditions conditions_;
    std::vector<UnitQuantity> quantities_;
    std::vector<Situation> situations_;
    std::array<bool, kIntervalReasonCount> is_open_{};
    std::int64_t prompt_tokens_ = 0;
    Bill bill_;
};

// What a reader of the bill should know beside the numbers.
void Biller::warn() {
    const auto has = [&](PriceGap gap) {
        return std::ranges::any_of(bill_.unpriced,
                                   [&](const UnpricedUsage& row) { return row.reason == gap; });
    };
    const std::string name = bill_.found.provider->id + "/" + bill_.found.model->id;
    if (has(PriceGap::ServiceTierNotSold))
        add_warning("service_tier_not_sold",
                    "the price list has no " + std::string(to_id(conditions_.service_tier)) +
                        " price for " + name + "; its tokens are left unpriced");
    if (has(PriceGap::SpeedNotSold))
        add_warning("speed_not_sold", "the price list has no " +
                                          std::string(to_id(conditions_.speed)) + " mode for " +
                                          name + "; its tokens are left unpriced");
    if (has(PriceGap::RateUnpublished))
        add_warning("rate_unpublished",
                    "the vendor has not published a rate for a part of this usage of " + name);
    const auto names_region = [&](const Multiplier& multiplier) {
        return std::ranges::find(multiplier.regions, conditions_.region) !=
               multiplier.regions.end();
    };
    if (conditions_.region != "global" && !conditions_.region.empty() &&
        std::ranges::none_of(bill_.card->multipliers, names_region))
        add_warning("region_not_listed", "the price list states no price of its own for region " +
                                             conditions_.region + " of " + name +
                                             "; the general price is used");
    for (const ContextTier& tier : bill_.card->context_tiers)
        if (tier.threshold == prompt_tokens_ && request_.requests <= 1)
            add_warning("prompt_at_threshold",
                        "the prompt is exactly at the threshold of " +
                            std::to_string(tier.threshold) + " tokens, where " +
                            (tier.is_inclusive ? "the long" : "still the short") +
                            " context price holds; vendors are not always clear about this token");
}

}  // namespace

std::string_view to_id(PriceGap gap) {
    switch (gap) {
        case PriceGap::NotSold: return "not_sold";
        case PriceGap::RateUnpublished: return "rate_unpublished";
        case PriceGap::ServiceTierNotSold: return "service_tier_not_sold";
        case PriceGap::SpeedNotSold: return "speed_not_sold";
        case PriceGap::NoCard: return "no_card_at_instant";
        case PriceGap::UnknownModel: return "unknown_model";
        case PriceGap::AmountTooLarge: return "amount_too_large";
    }
    return {};
}

std::string_view to_id(IntervalReason reason) {
    switch (reason) {
        case IntervalReason::TierUnknown: return "tier_unknown";
        case IntervalReason::TtlUnknown: return "ttl_unknown";
        case IntervalReason::CachedSplitUnknown: return "cached_split_unknown";
        case IntervalReason::HourUnknown: return "hour_unknown";
        case IntervalReason::RateUnpublished: return "rate_unpublished";
    }
    return {};
}

bool Bill::has_interval() const {
    return std::ranges::any_of(interval_reasons, [](bool is_open) { return is_open; });
}

Bill bill(const PriceBook::Found& found, const PriceRequest& request) {
    return Biller(found, request).run();
}

Bill bill(const PriceBook& book, const PriceRequest& request) {
    const auto found = book.find(request.provider, request.model, request.conditions.at);
    return bill(found.value_or(PriceBook::Found{}), request);
}

}  // namespace tokenlever
