#include "scenario/rates.h"

#include "pricing/situation.h"

namespace tokenlever {

namespace {

std::size_t thresholds_passed(const RateCard* card, std::int64_t prompt_tokens) {
    std::size_t passed = 0;
    if (card == nullptr) return passed;
    for (const ContextTier& tier : card->context_tiers) {
        const bool is_past =
            tier.is_inclusive ? prompt_tokens >= tier.threshold : prompt_tokens > tier.threshold;
        if (is_past) ++passed;
    }
    return passed;
}

Decimal price_of_one(const Decimal& list_unit_price, Unit unit) {
    int places = 0;
    for (std::int64_t per = unit_per(unit); per > 1; per /= 10)
        ++places;  // token units are per a power of ten
    return list_unit_price.scaled_down(places);
}

// Where the price depends on the hour: the mean over a week, for requests that come evenly.
std::expected<Decimal, PriceGap> list_unit_price(const PlannedModel& model, Unit unit,
                                                 const PriceConditions& conditions) {
    const auto now = unit_price(*model.card, unit, conditions);
    if (!now) return std::unexpected(now.error());
    if (model.week.empty()) return now->list_unit_price;
    Decimal sum;
    for (const WeekPart& part : model.week) {
        const PriceTerms terms({.card = model.card,
                                .context_tier = now->context_tier,
                                .window = part.window,
                                .service_tier = conditions.service_tier,
                                .speed = conditions.speed,
                                .region = conditions.region});
        const auto price = terms.certain_price(unit);
        if (!price) return std::unexpected(price.error());
        sum += price->list_unit_price * Decimal(part.quarters);
    }
    constexpr int kDigits = 40;
    return sum.divided(Decimal(kQuartersPerWeek), kDigits);
}

ClassRate look_up(const PlannedModel& model, Unit unit, const PriceConditions& conditions,
                  bool is_optional) {
    ClassRate rate{
        .unit = unit, .list_unit_price = std::unexpected(PriceGap::UnknownModel), .per_count = {}};
    if (model.found.model == nullptr) {
        rate.is_due = !is_optional;
        return rate;
    }
    if (model.card == nullptr) {
        rate.list_unit_price = std::unexpected(PriceGap::NoCard);
        rate.is_due = !is_optional;
        return rate;
    }
    const auto price = list_unit_price(model, unit, conditions);
    if (!price) {
        rate.list_unit_price = std::unexpected(price.error());
        rate.is_due = !is_optional || price.error() == PriceGap::RateUnpublished;
        return rate;
    }
    rate.list_unit_price = *price;
    rate.per_count = price_of_one(*price, unit);
    rate.per_count_estimate = rate.per_count.to_double();
    return rate;
}

}  // namespace

const BranchRates& RateTable::find(std::size_t model, ServiceTier tier, std::string_view region,
                                   Unit write_unit, std::int64_t prompt_tokens) {
    const std::size_t context_tier = thresholds_passed(plan_->models[model].card, prompt_tokens);
    const Key key{model, tier, write_unit, context_tier, region};
    const auto found = entries_.find(key);
    if (found != entries_.end()) return found->second;
    return entries_.emplace(key, look_up_all(key, prompt_tokens)).first->second;
}

BranchRates RateTable::look_up_all(const Key& key, std::int64_t prompt_tokens) const {
    const auto& [model, tier, write_unit, context_tier, region] = key;
    const PlannedModel& planned = plan_->models[model];
    const PriceConditions conditions{
        .at = plan_->scenario->at,
        .until = {},
        .service_tier = tier,
        .region = planned.found.region.empty() ? std::string(region) : planned.found.region,
        .prompt_tokens = prompt_tokens};
    const auto price = [&](Unit unit, bool is_optional = false) {
        return look_up(planned, unit, conditions, is_optional);
    };
    return {.classes = {price(Unit::InputTokens), price(Unit::CacheReadTokens), price(write_unit),
                        price(Unit::OutputTokens), price(Unit::Requests, true)}};
}

}  // namespace tokenlever
