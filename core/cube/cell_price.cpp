// The price of a cell. The classes that the file split are one bill. Input that it did not split is
// priced as the cheapest and as the dearest class it can have been: R1, unsplit input is not
// guessed.

#include "cube/cube_state.h"

#include <algorithm>

namespace tokenlever {

namespace {

struct Usage {
    std::vector<UnitQuantity> quantities;
    std::int64_t prompt_tokens = 0;
};

Usage usage_of(const Cell& cell, const RareUnits* rare) {
    Usage usage;
    for (std::size_t index = 0; index < kUnitCount; ++index) {
        std::int64_t count = index < kCommonUnits ? cell.units[index] : 0;
        if (rare != nullptr && index >= kCommonUnits) count = rare->counts[index];
        const auto unit = static_cast<Unit>(index);
        if (count == 0) continue;
        usage.quantities.push_back({.unit = unit, .quantity = Decimal(count)});
        if (is_prompt_token(unit)) usage.prompt_tokens += count;
    }
    return usage;
}

// Whole tokens of a row that count by themselves; reasoning is a part of the output.
std::int64_t tokens_in(const UnpricedUsage& row) {
    if (!is_token(row.unit) || row.unit == Unit::ReasoningTokens) return 0;
    const auto count = row.quantity.to_scaled_int128(0);
    return count ? static_cast<std::int64_t>(*count) : 0;
}

PriceRequest request_of(const Cell& cell, const Usage& usage, const PriceSlot& slot) {
    PriceRequest request{.provider = {},
                         .model = {},
                         .conditions = slot.conditions,
                         .usage = usage.quantities,
                         .requests = cell.requests};
    if (slot.band == PriceSlot::kUndecided)
        request.requests = std::max<std::int64_t>(2, cell.requests);
    return request;
}

class CellPricer {
public:
    CellPricer(const PriceSlot& slot, Measures& out) : slot_(slot), out_(out) {}

    void price(const Cell& cell, const RareUnits* rare) {
        const Usage usage = usage_of(cell, rare);
        const Bill bill = tokenlever::bill(slot_.found, request_of(cell, usage, slot_));
        for (const UnpricedUsage& row : bill.unpriced)
            add_unpriced(row.reason, tokens_in(row));
        if (bill.is_priced()) add(bill.list_cost, bill.list_cost_high);
        for (std::size_t reason = 0; reason < kIntervalReasonCount; ++reason)
            if (bill.interval_reasons[reason])
                add_reason(to_id(static_cast<IntervalReason>(reason)));
        if (cell.input_unsplit_tokens > 0)
            price_unsplit(cell.input_unsplit_tokens,
                          usage.prompt_tokens + cell.input_unsplit_tokens);
    }

    const std::vector<std::pair<PriceGap, std::int64_t>>& unpriced() const { return unpriced_; }

private:
    void add_unpriced(PriceGap reason, std::int64_t tokens) {
        if (tokens == 0) return;
        out_.unpriced_tokens += tokens;
        unpriced_.emplace_back(reason, tokens);
    }

    void add(Money low, Money high) {
        const Money low_before = out_.list_cost.value_or(Money());
        const Money high_before = out_.list_cost_high.value_or(low_before);
        out_.list_cost = low_before + low;
        out_.list_cost_high = high_before + high;
    }

    void add_reason(std::string_view reason) {
        auto& reasons = out_.interval_reasons;
        const auto at = std::ranges::lower_bound(reasons, reason);
        if (at == reasons.end() || *at != reason) reasons.insert(at, std::string(reason));
    }

    // The prompts that decide every tier the cell can be in.
    std::vector<std::optional<std::int64_t>> prompts(std::int64_t total) const {
        if (slot_.band != PriceSlot::kUndecided) return {slot_.conditions.prompt_tokens};
        std::vector<std::optional<std::int64_t>> out = {0};
        const RateCard* card =
            slot_.found.model ? card_at(*slot_.found.model, slot_.conditions.at) : nullptr;
        if (card == nullptr) return out;
        for (const ContextTier& tier : card->context_tiers)
            if (tier.threshold < total) out.push_back(tier.threshold + 1);
        return out;
    }

    void price_unsplit(std::int64_t tokens, std::int64_t prompt_total) {
        std::optional<Money> low, high;
        PriceGap gap = PriceGap::UnknownModel;
        for (const auto& prompt : prompts(prompt_total)) {
            for (Unit unit : {Unit::InputTokens, Unit::CacheReadTokens, Unit::CacheWriteTokens}) {
                PriceRequest request{.provider = {},
                                     .model = {},
                                     .conditions = slot_.conditions,
                                     .usage = {{.unit = unit, .quantity = Decimal(tokens)}},
                                     .requests = 0};
                request.conditions.prompt_tokens = prompt;
                const Bill bill = tokenlever::bill(slot_.found, request);
                if (!bill.unpriced.empty()) {
                    gap = bill.unpriced.front().reason;
                    continue;
                }
                low = std::min(low.value_or(bill.list_cost), bill.list_cost);
                high = std::max(high.value_or(bill.list_cost_high), bill.list_cost_high);
            }
        }
        if (!low) {
            add_unpriced(gap, tokens);
            return;
        }
        add(*low, *high);
        if (*low == *high) return;
        add_reason(to_id(IntervalReason::CachedSplitUnknown));
        if (slot_.band == PriceSlot::kUndecided) add_reason(to_id(IntervalReason::TierUnknown));
    }

    const PriceSlot& slot_;
    Measures& out_;
    std::vector<std::pair<PriceGap, std::int64_t>> unpriced_;
};

}  // namespace

void add_price(const Cell& cell, const RareUnits* rare, const PriceSlot& slot, Measures& out) {
    CellPricer(slot, out).price(cell, rare);
}

std::vector<std::pair<PriceGap, std::int64_t>> unpriced_in(const Cell& cell, const RareUnits* rare,
                                                           const PriceSlot& slot) {
    Measures ignored;
    CellPricer pricer(slot, ignored);
    pricer.price(cell, rare);
    return pricer.unpriced();
}

}  // namespace tokenlever
