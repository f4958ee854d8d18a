#include "pricing/bill_contract.h"

#include <algorithm>

namespace tokenlever {

namespace {

// Whether the request as a whole is in the scope of a discount.
bool covers(const Discount& discount, const Bill& bill, const PriceConditions& conditions) {
    if (!discount.provider.empty() && discount.provider != bill.found.provider->id) return false;
    if (!discount.model.empty() && discount.model != bill.found.model->id) return false;
    if (discount.service_tier && *discount.service_tier != conditions.service_tier) return false;
    if (!discount.regions.empty() &&
        std::ranges::find(discount.regions, conditions.region) == discount.regions.end())
        return false;
    return holds_at(discount.effective_from, discount.effective_to, conditions.at);
}

const UnitRate* rate_of(const Discount& discount, Unit unit) {
    const auto found = std::ranges::find(discount.rates, unit, &UnitRate::unit);
    return found == discount.rates.end() || !found->is_published ? nullptr : &*found;
}

bool covers_unit(const Discount& discount, Unit unit) {
    if (discount.amount) return false;
    if (!discount.units.empty() && std::ranges::find(discount.units, unit) == discount.units.end())
        return false;
    return discount.rates.empty() || rate_of(discount, unit);
}

Money rounded(const Decimal& amount) { return Money::rounded(amount).value_or(Money()); }

Money cost_at(const Decimal& quantity, const Decimal& unit_price, Unit unit) {
    const Decimal product = quantity * unit_price;
    return rounded(product.divided(Decimal(unit_per(unit)), kMoneyFractionDigits));
}

ContractedLine contract_line(const BillLine& line, std::span<const Discount* const> discounts) {
    ContractedLine result{.unit_price = line.price.list_unit_price};
    const UnitRate* rate = nullptr;
    Decimal left = 1;
    for (const Discount* discount : discounts) {
        if (!covers_unit(*discount, line.unit)) continue;
        result.discounts.push_back(discount);
        if (const UnitRate* own = rate_of(*discount, line.unit)) rate = own;
        left *= Decimal(1) - discount->share;
    }
    if (rate) result.unit_price = rate->rate;
    result.unit_price *= left;
    result.cost = cost_at(line.quantity, result.unit_price, line.unit);
    result.cost_high = rate ? cost_at(line.quantity_high, result.unit_price, line.unit)
                            : rounded(line.cost_high.to_decimal() * left);
    return result;
}

}  // namespace

ContractedBill contracted(const Bill& bill, const PriceConditions& conditions,
                          std::span<const Discount> discounts) {
    ContractedBill result;
    if (!bill.card) return result;
    std::vector<const Discount*> covering;
    for (const Discount& discount : discounts)
        if (covers(discount, bill, conditions)) covering.push_back(&discount);
    // What an interval's high end holds beside its lines: unpublished cache reads.
    result.cost_high = bill.list_cost_high;
    for (const BillLine& line : bill.lines) {
        result.lines.push_back(contract_line(line, covering));
        result.cost += result.lines.back().cost;
        result.cost_high += result.lines.back().cost_high - line.cost_high;
    }
    for (const Discount* discount : covering) {
        if (!discount->amount) continue;
        result.amounts.push_back(discount);
        result.cost = std::max(Money(), result.cost - *discount->amount);
        result.cost_high = std::max(Money(), result.cost_high - *discount->amount);
    }
    return result;
}

}  // namespace tokenlever
