#pragma once

// From what was used to what is billed: usage that is billed as another unit, the least and the
// steps of one request, and the part that a free pool covers. A card that has none of these leaves
// the quantities as they are.

#include "pricing/bill.h"

#include <cstdint>
#include <vector>

namespace tokenlever {

struct BilledRow {
    Unit unit{};
    Decimal measured{};
    Decimal quantity{}, quantity_high{};  // alike where the quantity is certain
    bool is_split_open = false;  // several requests, whose shares nobody recorded, were rounded
    bool is_pool_open = false;   // nobody said how much of a free pool is left

    bool is_open() const { return is_split_open || is_pool_open; }
};

// `rows` are by unit, before and after.
void bill_quantities(const RateCard& card, std::int64_t requests, const Account* account,
                     std::vector<BilledRow>& rows);

}  // namespace tokenlever
