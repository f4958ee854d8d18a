// The price of a cell. The classes that the file split are one bill. Input that it did not split is
// priced as the cheapest and as the dearest class it can have been: R1, unsplit input is not
// guessed.

#include "cube/cube_state.h"

#include <algorithm>
#include <utility>

namespace tokenlever {

namespace {

std::vector<UnitQuantity> usage_of(const Cell& cell, const RareUnits* rare) {
    std::vector<UnitQuantity> usage;
    for (std::size_t index = 0; index < kUnitCount; ++index) {
        std::int64_t count = index < kCommonUnits ? cell.units[index] : 0;
        if (rare != nullptr && index >= kCommonUnits) count = rare->counts[index];
        if (count != 0)
            usage.push_back({.unit = static_cast<Unit>(index), .quantity = Decimal(count)});
    }
    return usage;
}

// Whole tokens of a row that count by themselves; reasoning is a part of the output.
std::int64_t tokens_in(Unit unit, const Decimal& quantity) {
    if (!is_token(unit) || unit == Unit::ReasoningTokens) return 0;
    const auto count = quantity.to_scaled_int128(0);
    return count ? static_cast<std::int64_t>(*count) : 0;
}

class CellPricer {
public:
    CellPricer(const PriceSlot& slot, Measures& out) : slot_(slot), out_(out) {}

    void price(const Cell& cell, const RareUnits* rare) {
        const Provider* seller = slot_.found.provider;
        if (seller != nullptr && seller->currency != kListCurrency)
            return leave_unpriced(cell, rare, PriceGap::OtherCurrency);
        const Bill bill = bill_of(usage_of(cell, rare), cell.requests);
        for (const UnpricedUsage& row : bill.unpriced)
            add_unpriced(row.reason, tokens_in(row.unit, row.quantity));
        if (bill.is_priced()) add(bill.list_cost, bill.list_cost_high);
        add_reasons(bill);
        if (cell.input_unsplit_tokens > 0) price_unsplit(cell.input_unsplit_tokens);
    }

    const std::vector<std::pair<PriceGap, std::int64_t>>& unpriced() const { return unpriced_; }

private:
    Bill bill_of(std::vector<UnitQuantity> usage, std::int64_t requests) const {
        return bill(slot_.found, {.provider = {},
                                  .model = {},
                                  .conditions = slot_.conditions,
                                  .usage = std::move(usage),
                                  .requests = requests,
                                  .longest_prompt = slot_.longest_prompt});
    }

    void leave_unpriced(const Cell& cell, const RareUnits* rare, PriceGap reason) {
        for (const UnitQuantity& row : usage_of(cell, rare))
            add_unpriced(reason, tokens_in(row.unit, row.quantity));
        add_unpriced(reason, cell.input_unsplit_tokens);
    }

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

    void add_reasons(const Bill& bill) {
        for (std::size_t reason = 0; reason < kIntervalReasonCount; ++reason)
            if (bill.interval_reasons[reason]) add_reason(static_cast<IntervalReason>(reason));
    }

    void add_reason(IntervalReason interval_reason) {
        const std::string_view reason = to_id(interval_reason);
        auto& reasons = out_.interval_reasons;
        const auto at = std::ranges::lower_bound(reasons, reason);
        if (at == reasons.end() || *at != reason) reasons.insert(at, std::string(reason));
    }

    void price_unsplit(std::int64_t tokens) {
        std::optional<Money> low, high;
        PriceGap gap = PriceGap::UnknownModel;
        bool is_same = true;
        for (Unit unit : {Unit::InputTokens, Unit::CacheReadTokens, Unit::CacheWriteTokens}) {
            const Bill bill = bill_of({{.unit = unit, .quantity = Decimal(tokens)}}, 0);
            if (!bill.unpriced.empty()) {
                gap = bill.unpriced.front().reason;
                continue;
            }
            add_reasons(bill);
            is_same = is_same && low.value_or(bill.list_cost) == bill.list_cost &&
                      high.value_or(bill.list_cost_high) == bill.list_cost_high;
            low = std::min(low.value_or(bill.list_cost), bill.list_cost);
            high = std::max(high.value_or(bill.list_cost_high), bill.list_cost_high);
        }
        if (!low) return add_unpriced(gap, tokens);
        add(*low, *high);
        if (!is_same) add_reason(IntervalReason::CachedSplitUnknown);
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
