#include "pricing/bill_quantities.h"

#include <algorithm>

namespace tokenlever {

namespace {

BilledRow* find_row(std::vector<BilledRow>& rows, Unit unit) {
    const auto found = std::ranges::find(rows, unit, &BilledRow::unit);
    return found == rows.end() ? nullptr : &*found;
}

BilledRow& row_for(std::vector<BilledRow>& rows, Unit unit) {
    if (BilledRow* row = find_row(rows, unit)) return *row;
    const auto place = std::ranges::upper_bound(rows, unit, {}, &BilledRow::unit);
    return *rows.insert(place, BilledRow{.unit = unit});
}

// The multiple of a step: the next one up, or the nearest with halves up.
Decimal in_steps(const Decimal& quantity, const Decimal& step, bool to_nearest) {
    Decimal steps = quantity.divided(step, 0);
    const Decimal rest = quantity - steps * step;
    const bool is_up = to_nearest ? rest + rest >= step : rest > Decimal(0);
    if (is_up) steps += 1;
    return steps * step;
}

// ---- conversions ------------------------------------------------------------------------------

void convert(const Conversion& conversion, std::int64_t requests, std::vector<BilledRow>& rows) {
    const BilledRow* found = find_row(rows, conversion.from);
    if (!found || found->measured.is_zero()) return;
    const Decimal made = found->measured * conversion.factor;
    const Decimal whole = conversion.rounds_up ? in_steps(made, 1, false) : made;
    const bool is_open = conversion.rounds_up && requests > 1;
    BilledRow& row = row_for(rows, conversion.to);
    row.measured += whole;
    row.quantity += whole;
    // Each further request may have begun a unit of its own.
    row.quantity_high += is_open ? whole + Decimal(requests - 1) : whole;
    row.is_split_open = row.is_split_open || is_open;
    if (!conversion.keeps_source)
        std::erase_if(rows, [&](const BilledRow& other) { return other.unit == conversion.from; });
}

// ---- the least and the steps of a request -----------------------------------------------------

constexpr int kHalfDigits = 40;  // more than a step in a price list has

Decimal billed(const BilledQuantity& rule, const Decimal& quantity) {
    const Decimal least = std::max(quantity, rule.minimum);
    return rule.step.is_zero() ? least : in_steps(least, rule.step, rule.rounds_to_nearest);
}

void round_request(const BilledQuantity& rule, std::int64_t requests, BilledRow& row) {
    if (row.measured.is_zero()) return;
    if (requests <= 1) {
        row.quantity = billed(rule, row.quantity);
        row.quantity_high = billed(rule, row.quantity_high);
        return;
    }
    row.is_split_open = true;
    const Decimal others = requests - 1;
    if (rule.rounds_to_nearest) {  // each of them up or down by half a step
        const Decimal half = (rule.step * Decimal(requests)).divided(2, kHalfDigits);
        row.quantity = std::max(Decimal(0), std::max(row.quantity, rule.minimum) - half);
        row.quantity_high =
            std::max(row.quantity_high, rule.minimum) + rule.minimum * others + half;
        return;
    }
    // At the most all but one of the requests used next to nothing, and each was billed the least.
    const Decimal least = rule.minimum.is_zero() ? rule.step : billed(rule, rule.minimum);
    row.quantity = billed(rule, row.quantity);
    row.quantity_high = billed(rule, row.quantity_high) + least * others;
}

// ---- free pools -------------------------------------------------------------------------------

Decimal used_of(const FreePool& pool, const std::vector<UnitQuantity>& free_used) {
    Decimal used;
    for (const UnitQuantity& row : free_used)
        if (std::ranges::find(pool.units, row.unit) != pool.units.end()) used += row.quantity;
    return used;
}

Decimal take(Decimal& quantity, const Decimal& available) {
    const Decimal taken = std::min(quantity, available);
    quantity -= taken;
    return available - taken;
}

void empty_pool(const FreePool& pool, const Account* account, std::vector<BilledRow>& rows) {
    const bool is_known = account && account->free_used;
    Decimal left = pool.amount;
    if (is_known) left -= std::min(left, used_of(pool, *account->free_used));
    Decimal left_high = is_known ? left : Decimal(0);
    for (const Unit unit : pool.units) {
        BilledRow* row = find_row(rows, unit);
        if (!row || row->quantity_high.is_zero()) continue;
        left = take(row->quantity, left);
        left_high = take(row->quantity_high, left_high);
        row->is_pool_open = row->is_pool_open || !is_known;
    }
}

}  // namespace

void bill_quantities(const RateCard& card, std::int64_t requests, const Account* account,
                     std::vector<BilledRow>& rows) {
    for (const Conversion& conversion : card.conversions)
        convert(conversion, requests, rows);
    for (const BilledQuantity& rule : card.billed_quantities)
        if (BilledRow* row = find_row(rows, rule.unit)) round_request(rule, requests, *row);
    for (const FreePool& pool : card.free_pools)
        empty_pool(pool, account, rows);
}

}  // namespace tokenlever
