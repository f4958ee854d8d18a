#include "pricing/bill_situations.h"

#include <algorithm>

namespace tokenlever {

namespace {

struct Moment {
    const RateCard* card = nullptr;
    const Window* window = nullptr;
    bool operator==(const Moment&) const = default;
};

void add_once(std::vector<Moment>& moments, Moment moment) {
    if (std::ranges::find(moments, moment) == moments.end()) moments.push_back(moment);
}

void look_at(const Model& model, Instant at, std::vector<Moment>& moments) {
    const RateCard* card = card_at(model, at);
    const WindowAt found = card ? find_window(*card, at) : WindowAt{};
    add_once(moments, {.card = card, .window = found.window});
    if (!found.is_certain) add_once(moments, {.card = card, .window = nullptr});
}

// Windows start and end at whole quarters of an hour of the vendor's clock and repeat weekly, so a
// week of quarters is all there is to look at. Only holidays do not repeat: beyond that week they
// may put a window out of force.
void look_through(const Model& model, const PriceConditions& conditions,
                  std::vector<Moment>& moments) {
    constexpr std::int64_t kStep = kMicrosPerHour / 4;
    Instant at = floor_to(conditions.at, Bucket::Hour);
    const std::int64_t week_end = conditions.at.micros + std::int64_t{8} * kMicrosPerDay;
    const std::int64_t last = std::min(conditions.until->micros, week_end);
    for (; at.micros < last; at.micros += kStep)
        if (at > conditions.at) look_at(model, at, moments);
    if (conditions.until->micros <= week_end) return;
    const auto has_calendar = [](const Moment& moment) {
        return moment.window && moment.window->calendar;
    };
    const auto found = std::ranges::find_if(moments, has_calendar);
    if (found != moments.end()) add_once(moments, {.card = found->card, .window = nullptr});
}

// The cards and windows that hold somewhere in [at, until).
std::vector<Moment> moments_of(const Model& model, const PriceConditions& conditions) {
    std::vector<Moment> moments;
    look_at(model, conditions.at, moments);
    if (!conditions.until || *conditions.until <= conditions.at) return moments;
    for (const RateCard& card : model.cards)
        for (const auto& end : {card.effective_from, card.effective_to})
            if (end && conditions.at < *end && *end < *conditions.until)
                look_at(model, *end, moments);
    const auto has_windows = [](const RateCard& card) { return !card.windows.empty(); };
    if (std::ranges::any_of(model.cards, has_windows)) look_through(model, conditions, moments);
    return moments;
}

bool is_tier_decided(const RateCard& card, const PriceRequest& request) {
    const bool is_known = request.conditions.prompt_tokens && !card.is_marginal;
    return is_known || (request.requests <= 1 && !request.longest_prompt);
}

// The longest that the prompt of one request can have been.
std::int64_t longest_prompt(const PriceRequest& request, std::int64_t prompt_tokens) {
    return request.longest_prompt.value_or(prompt_tokens);
}

// Which context tiers the requests can be in: with several requests all up to that of their sum.
std::vector<const ContextTier*> tiers_of(const RateCard& card, const PriceRequest& request,
                                         std::int64_t prompt_tokens) {
    const ContextTier* highest = tier_for(card, longest_prompt(request, prompt_tokens));
    if (!highest || is_tier_decided(card, request)) return {highest};
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

bool has_thinking_rate(const RateCard& card) {
    const auto is_it = [](const UnitRate& rate) { return rate.unit == Unit::ThinkingOutputTokens; };
    return std::ranges::any_of(card.rates, is_it);
}

// Of several requests with reasoning tokens some may not have reasoned.
bool is_thinking_open(const RateCard& card, const PriceRequest& request, bool has_reasoned) {
    return has_reasoned && !request.conditions.is_thinking && request.requests > 1 &&
           has_thinking_rate(card);
}

class Finder {
public:
    Finder(const PriceBook::Found& found, const PriceRequest& request, Situations& out)
        : found_(found), request_(request), out_(out) {
        const PriceConditions& conditions = request.conditions;
        out_.service_tier = conditions.service_tier == ServiceTier::Standard
                                ? found.service_tier
                                : conditions.service_tier;
        out_.speed = conditions.speed == Speed::Standard ? found.speed : conditions.speed;
        // OpenAI renamed its priority tier to "fast" on 2026-07-30: there fast is no mode of its
        // own.
        if (out_.speed == Speed::Fast && found.model->publisher == "openai") {
            out_.speed = Speed::Standard;
            if (out_.service_tier == ServiceTier::Standard)
                out_.service_tier = ServiceTier::Priority;
        }
    }

    // One instant, one tier, nothing left open: most requests by far.
    bool find_the_one(bool has_reasoned) {
        const PriceConditions& conditions = request_.conditions;
        if (conditions.until || out_.service_tier == ServiceTier::Unknown) return false;
        const RateCard* card = card_at(*found_.model, conditions.at);
        if (!card) return true;
        const WindowAt window = find_window(*card, conditions.at);
        const ContextTier* tier = tier_for(*card, longest_prompt(request_, out_.prompt_tokens));
        if (!window.is_certain || (tier && !is_tier_decided(*card, request_)) ||
            is_thinking_open(*card, request_, has_reasoned))
            return false;
        start({.card = card, .window = window.window});
        out_.is_sliced = card->is_marginal && tier;
        out_.context_tier = out_.is_sliced ? nullptr : tier;
        add({.card = card, .window = window.window}, out_.context_tier, out_.service_tier,
            conditions.is_thinking.value_or(has_reasoned));
        return true;
    }

    void find_all(bool has_reasoned) {
        const std::vector<Moment> moments = moments_of(*found_.model, request_.conditions);
        const auto has_no_card = [](const Moment& moment) { return !moment.card; };
        if (std::ranges::any_of(moments, has_no_card)) return;
        start(moments.front());
        if (moments.size() > 1) out_.open(IntervalReason::HourUnknown);
        const auto is_same_card = [&](const Moment& moment) { return moment.card == out_.card; };
        out_.is_sliced = out_.card->is_marginal && request_.requests <= 1 &&
                         std::ranges::all_of(moments, is_same_card);
        for (const Moment& moment : moments)
            add_moment(moment, has_reasoned);
    }

private:
    void start(const Moment& moment) {
        out_.card = moment.card;
        out_.window = moment.window;
    }

    void add_moment(const Moment& moment, bool has_reasoned) {
        const auto tiers = out_.is_sliced ? std::vector<const ContextTier*>{nullptr}
                                          : tiers_of(*moment.card, request_, out_.prompt_tokens);
        const auto service_tiers = service_tiers_of(*moment.card, out_.service_tier);
        const bool is_thinking = request_.conditions.is_thinking.value_or(has_reasoned);
        const bool is_open = is_thinking_open(*moment.card, request_, has_reasoned);
        if (out_.terms.empty() && tiers.size() == 1) out_.context_tier = tiers.front();
        if (tiers.size() > 1 || service_tiers.size() > 1 || is_open)
            out_.open(IntervalReason::TierUnknown);
        for (const ContextTier* tier : tiers) {
            for (const ServiceTier service_tier : service_tiers) {
                add(moment, tier, service_tier, is_thinking);
                if (is_open) add(moment, tier, service_tier, false);
            }
        }
    }

    void add(const Moment& moment, const ContextTier* tier, ServiceTier service_tier,
             bool is_thinking) {
        out_.terms.emplace_back(
            Situation{.card = moment.card,
                      .context_tier = tier,
                      .window = moment.window,
                      .service_tier = service_tier,
                      .speed = out_.speed,
                      .region = found_.region.empty() ? std::string_view(request_.conditions.region)
                                                      : std::string_view(found_.region),
                      .options = request_.conditions.options,
                      .is_thinking = is_thinking});
    }

    const PriceBook::Found& found_;
    const PriceRequest& request_;
    Situations& out_;
};

}  // namespace

Situations situations_of(const PriceBook::Found& found, const PriceRequest& request,
                         std::int64_t prompt_tokens, bool has_reasoned) {
    Situations out;
    out.prompt_tokens = request.conditions.prompt_tokens.value_or(prompt_tokens);
    Finder finder(found, request, out);
    if (!finder.find_the_one(has_reasoned)) finder.find_all(has_reasoned);
    return out;
}

}  // namespace tokenlever
