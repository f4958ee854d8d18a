#include "pricing/bill_warnings.h"

#include <algorithm>

namespace tokenlever {

namespace {

std::string name_of(const Bill& bill) {
    return bill.found.provider->id + "/" + bill.found.model->id;
}

void warn_of_gaps(const Situations& situations, Bill& bill) {
    std::vector<PriceGap> warned;
    const std::string tier(to_id(situations.service_tier));
    for (const UnpricedUsage& row : bill.unpriced) {
        if (std::ranges::find(warned, row.reason) != warned.end()) continue;
        warned.push_back(row.reason);
        if (row.reason == PriceGap::ServiceTierNotSold)
            add_warning(bill, "service_tier_not_sold",
                        "the price list has no " + tier + " price for " + name_of(bill) +
                            "; its tokens are left unpriced");
        if (row.reason == PriceGap::SpeedNotSold)
            add_warning(bill, "speed_not_sold",
                        "the price list has no " + std::string(to_id(situations.speed)) +
                            " mode for " + name_of(bill) + "; its tokens are left unpriced");
        if (row.reason == PriceGap::RateUnpublished)
            add_warning(
                bill, "rate_unpublished",
                "the vendor has not published a rate for a part of this usage of " + name_of(bill));
        if (row.reason == PriceGap::OptionNotSold)
            add_warning(bill, "option_not_sold",
                        "the price list of " + name_of(bill) + " has no " +
                            std::string(unit_id(row.unit)) +
                            " of the kind that the request's options name; they are left unpriced");
    }
}

void warn_of_region(const PriceRequest& request, Bill& bill) {
    const std::string& region = request.conditions.region;
    if (region == "global" || region.empty()) return;
    const auto names_region = [&](const Multiplier& multiplier) {
        return std::ranges::find(multiplier.regions, region) != multiplier.regions.end();
    };
    if (std::ranges::any_of(bill.card->multipliers, names_region)) return;
    add_warning(bill, "region_not_listed",
                "the price list states no price of its own for region " + region + " of " +
                    name_of(bill) + "; the general price is used");
}

bool names_option(const RateCard& card, const std::string& name) {
    const auto has = [&](const std::vector<Option>& options) {
        return std::ranges::find(options, name, &Option::name) != options.end();
    };
    return std::ranges::any_of(card.variants, has, &Variant::options) ||
           std::ranges::any_of(card.multipliers, has, &Multiplier::options);
}

void warn_of_options(const PriceRequest& request, Bill& bill) {
    for (const ChosenOption& option : request.conditions.options)
        if (!names_option(*bill.card, option.name))
            add_warning(bill, "option_not_listed",
                        "the price of " + name_of(bill) + " does not depend on " +
                            excerpt(option.name) + "; it was not used");
}

void warn_of_threshold(const PriceRequest& request, const Situations& situations, Bill& bill) {
    if (request.requests > 1) return;
    for (const ContextTier& tier : bill.card->context_tiers) {
        if (tier.threshold != situations.prompt_tokens) continue;
        std::string message = "the prompt is exactly at the threshold of " +
                              std::to_string(tier.threshold) + " tokens, where " +
                              (tier.is_inclusive ? "the long" : "still the short") +
                              " context price holds; ";
        message += tier.is_ambiguous
                       ? "the vendor's own pages contradict each other about this token"
                       : "vendors are not always clear about this token";
        if (!tier.quote.empty()) message += ": " + tier.quote;
        add_warning(bill, "prompt_at_threshold", std::move(message));
    }
}

// What a vendor does not cache cannot have been read from its cache.
void warn_of_cache_minimum(const PriceRequest& request, const Situations& situations, Bill& bill) {
    const auto& rules = bill.found.model->cache;
    if (!rules || !rules->minimum_tokens || request.requests > 1) return;
    const auto is_it = [](const BillLine& line) { return is_cached(line.unit); };
    if (situations.prompt_tokens >= *rules->minimum_tokens ||
        std::ranges::none_of(bill.lines, is_it))
        return;
    add_warning(bill, "below_cache_minimum",
                "the vendor caches no prompt of less than " +
                    std::to_string(*rules->minimum_tokens) + " tokens on " + name_of(bill) +
                    "; this one has " + std::to_string(situations.prompt_tokens));
}

}  // namespace

void add_warning(Bill& bill, std::string code, std::string message) {
    bill.warnings.push_back({.code = std::move(code), .message = std::move(message)});
}

void add_warnings(const PriceRequest& request, const Situations& situations, Bill& bill) {
    if (!bill.unpriced.empty()) warn_of_gaps(situations, bill);
    warn_of_region(request, bill);
    warn_of_options(request, bill);
    warn_of_threshold(request, situations, bill);
    warn_of_cache_minimum(request, situations, bill);
}

}  // namespace tokenlever
