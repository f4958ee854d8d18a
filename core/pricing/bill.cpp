#include "pricing/bill.h"

#include "pricing/bill_quantities.h"
#include "pricing/bill_situations.h"
#include "pricing/bill_warnings.h"

#include <algorithm>
#include <limits>

namespace tokenlever {

namespace {

// Far above any bill, far below where a sum of lines could leave 128 bits.
constexpr Money kMostMoney =
    Money::from_pico(static_cast<int128>(1'000'000'000'000'000'000) * 1'000'000'000'000'000'000);

Result<Money> cost_of(const Decimal& quantity, const Decimal& list_unit_price, Unit unit) {
    const std::int64_t per = unit_per(unit);
    const Decimal product = quantity * list_unit_price;
    const Decimal amount = per == 1'000'000 ? product.scaled_down(6)
                           : per == 1'000   ? product.scaled_down(3)
                           : per == 1       ? product
                                            : product.divided(Decimal(per), kMoneyFractionDigits);
    Result<Money> cost = Money::rounded(amount);
    if (cost && *cost > kMostMoney) return fail(ErrorCode::NumberTooLarge);
    return cost;
}

// Tokens of a prompt as they stand in it: what the cache holds comes first.
int place_in_prompt(Unit unit) { return is_cache_read(unit) ? 0 : is_cached(unit) ? 1 : 2; }

class Biller {
public:
    Biller(const PriceBook::Found& found, const PriceRequest& request) : request_(request) {
        bill_.found = found;
    }

    Bill run() {
        read_usage();
        if (!bill_.found.model) return all_unpriced(PriceGap::UnknownModel);
        situations_ = situations_of(bill_.found, request_, total_prompt(), !reasoning_.is_zero());
        bill_.card = situations_.card;
        if (!bill_.card) return all_unpriced(PriceGap::NoCard);
        bill_.window = situations_.window;
        bill_.context_tier = situations_.context_tier;
        split_reasoning();
        add_request_fee();
        bill_quantities(*bill_.card, request_.requests, request_.account, rows_);
        bill_.lines.reserve(rows_.size());
        add_lines();
        if (bill_.list_cost != bill_.list_cost_high) bill_.interval_reasons = situations_.is_open;
        add_warnings(request_, situations_, bill_);
        return std::move(bill_);
    }

private:
    // What was used, by unit. Reasoning is a part of the output; requests are only counted.
    void read_usage() {
        rows_.reserve(request_.usage.size() + 1);
        for (const UnitQuantity& row : request_.usage) {
            if (row.quantity.is_zero() || row.unit == Unit::Requests) continue;
            if (row.unit == Unit::ReasoningTokens) {
                reasoning_ = row.quantity;
                continue;
            }
            BilledRow& billed = rows_.emplace_back();
            billed.unit = row.unit;
            billed.measured = billed.quantity = billed.quantity_high = row.quantity;
        }
        if (!std::ranges::is_sorted(rows_, {}, &BilledRow::unit))
            std::ranges::sort(rows_, {}, &BilledRow::unit);
    }

    Bill all_unpriced(PriceGap gap) {
        for (const BilledRow& row : rows_)
            bill_.unpriced.push_back({.unit = row.unit, .quantity = row.measured, .reason = gap});
        return std::move(bill_);
    }

    std::int64_t total_prompt() const {
        Decimal total;
        for (const BilledRow& row : rows_)
            if (is_prompt_token(row.unit)) total += row.measured;
        constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
        const Result<int128> count = total.to_scaled_int128(0);
        return count && *count < kMost ? static_cast<std::int64_t>(*count) : kMost;
    }

    bool has_own_rate(Unit unit) const {
        return std::ranges::any_of(situations_.terms, [&](const PriceTerms& terms) {
            return terms.own_rate(unit) != nullptr;
        });
    }

    void insert(Unit unit, const Decimal& quantity) {
        const auto place = std::ranges::upper_bound(rows_, unit, {}, &BilledRow::unit);
        rows_.insert(
            place,
            {.unit = unit, .measured = quantity, .quantity = quantity, .quantity_high = quantity});
    }

    // Reasoning is taken out of the output where it has a rate of its own, else left in.
    void split_reasoning() {
        if (reasoning_.is_zero()) return;
        const auto output = std::ranges::find(rows_, Unit::OutputTokens, &BilledRow::unit);
        const Decimal total = output == rows_.end() ? Decimal(0) : output->measured;
        if (reasoning_ > total)
            add_warning(bill_, "reasoning_exceeds_output",
                        "reasoning_tokens are a part of output_tokens and cannot be more");
        if (!has_own_rate(Unit::ReasoningTokens)) return;
        if (reasoning_ >= total) {
            if (output != rows_.end()) rows_.erase(output);
        } else {
            output->measured = output->quantity = output->quantity_high = total - reasoning_;
        }
        insert(Unit::ReasoningTokens, reasoning_);
    }

    // A fee per request is billed where the card has one; elsewhere requests are only counted.
    void add_request_fee() {
        if (request_.requests > 0 && has_own_rate(Unit::Requests))
            insert(Unit::Requests, Decimal(request_.requests));
    }

    // ---- lines --------------------------------------------------------------------------------

    void add_lines() {
        if (situations_.is_sliced) add_slices();
        for (const BilledRow& row : rows_)
            if (!situations_.is_sliced || !is_prompt_token(row.unit))
                add_line(row, situations_.terms);
        if (situations_.is_sliced) std::ranges::stable_sort(bill_.lines, {}, &BillLine::unit);
    }

    // A marginal prompt: each slice of it at its own tier.
    void add_slices() {
        std::vector<BilledRow> prompt;
        std::ranges::copy_if(rows_, std::back_inserter(prompt),
                             [](const BilledRow& row) { return is_prompt_token(row.unit); });
        std::ranges::stable_sort(prompt, {},
                                 [](const BilledRow& row) { return place_in_prompt(row.unit); });
        std::size_t passed = 0;
        Decimal start;
        for (BilledRow& row : prompt) {
            Decimal left = row.measured;
            while (!left.is_zero()) {
                const Decimal end = end_of_slice(passed, start + left);
                const Decimal size = end - start;
                if (!size.is_zero()) add_slice(row.unit, size, passed);
                left -= size;
                start = end;
                if (!left.is_zero()) ++passed;
            }
        }
    }

    // Where the slice after `passed` thresholds ends, at `most`.
    Decimal end_of_slice(std::size_t passed, const Decimal& most) const {
        const auto& tiers = bill_.card->context_tiers;
        if (passed >= tiers.size()) return most;
        const ContextTier& next = tiers[passed];
        return std::min(most, Decimal(next.threshold - (next.is_inclusive ? 1 : 0)));
    }

    void add_slice(Unit unit, const Decimal& size, std::size_t passed) {
        const ContextTier* tier = passed == 0 ? nullptr : &bill_.card->context_tiers[passed - 1];
        std::vector<PriceTerms> terms;
        for (const PriceTerms& whole : situations_.terms)
            terms.push_back(whole.in_tier(tier));
        add_line({.unit = unit, .measured = size, .quantity = size, .quantity_high = size}, terms);
    }

    void add_line(const BilledRow& row, const std::vector<PriceTerms>& terms) {
        if (row.measured.is_zero()) return;
        const auto range = price_of(row.unit, terms);
        if (!range) return add_unpriced(row, range.error());
        const Result<Money> low = cost_of(row.quantity, range->low.list_unit_price, row.unit);
        const bool is_certain = terms.size() == 1 && !range->is_open() && !row.is_open();
        const Result<Money> high =
            is_certain ? low : cost_of(row.quantity_high, range->high, row.unit);
        if (!low || !high) return add_unpriced(row, PriceGap::AmountTooLarge);
        if (row.is_pool_open && *low != *high) situations_.open(IntervalReason::FreePoolUnknown);
        if (row.is_split_open && *low != *high) situations_.open(IntervalReason::TierUnknown);
        bill_.list_cost += *low;
        bill_.list_cost_high += *high;
        BillLine& line = bill_.lines.emplace_back();
        line.unit = row.unit;
        line.quantity = row.quantity;
        line.quantity_high = row.quantity_high;
        line.measured_quantity = row.measured;
        line.price = range->low;
        line.cost = *low;
        line.cost_high = *high;
    }

    // The least and the most over all situations.
    std::expected<PriceRange, PriceGap> price_of(Unit unit, const std::vector<PriceTerms>& terms) {
        if (terms.size() == 1) {
            auto price = terms.front().price(unit);
            if (price) open_with(*price);
            return price;
        }
        auto range =
            std::expected<PriceRange, PriceGap>(std::unexpected(PriceGap::ServiceTierNotSold));
        for (const PriceTerms& one : terms) {
            const auto price = one.price(unit);
            if (!price && is_impossible(price.error())) continue;
            if (!price) return price;
            open_with(*price);
            if (!range) {
                range = price;
                continue;
            }
            if (price->low.list_unit_price < range->low.list_unit_price) range->low = price->low;
            if (price->high > range->high) range->high = price->high;
        }
        return range;
    }

    void open_with(const PriceRange& price) {
        if (price.is_ttl_open) situations_.open(IntervalReason::TtlUnknown);
        if (price.is_variant_open) situations_.open(IntervalReason::TierUnknown);
    }

    // Where nobody recorded the service tier, one that is not sold cannot have been it.
    bool is_impossible(PriceGap gap) const {
        return situations_.service_tier == ServiceTier::Unknown &&
               gap == PriceGap::ServiceTierNotSold;
    }

    void add_unpriced(const BilledRow& row, PriceGap gap) {
        bill_.unpriced.push_back({.unit = row.unit, .quantity = row.measured, .reason = gap});
        if (gap != PriceGap::RateUnpublished || !is_cache_read(row.unit)) return;
        // A cache read never costs more than the same tokens read fresh.
        Money most;
        for (const PriceTerms& terms : situations_.terms) {
            const auto price = terms.price(uncached(row.unit));
            const Result<Money> cost = price ? cost_of(row.quantity_high, price->high, row.unit)
                                             : fail(ErrorCode::OutOfRange);
            if (!cost) return;
            most = std::max(most, *cost);
        }
        bill_.list_cost_high += most;
        situations_.open(IntervalReason::RateUnpublished);
    }

    const PriceRequest& request_;
    std::vector<BilledRow> rows_;
    Decimal reasoning_;
    Situations situations_;
    Bill bill_;
};

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
        case PriceGap::OtherCurrency: return "other_currency";
        case PriceGap::OptionNotSold: return "option_not_sold";
        case PriceGap::PerSlice: return "per_slice";
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
        case IntervalReason::FreePoolUnknown: return "free_pool_unknown";
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
