#pragma once

// What a bill costs under negotiated discounts. A rate of its own replaces the list unit price,
// then shares multiply, then amounts come off the whole; each line is rounded once, half-even.

#include "pricing/bill.h"

#include <span>
#include <vector>

namespace tokenlever {

struct ContractedLine {  // beside the bill's line of the same index
    Decimal unit_price{};
    Money cost{}, cost_high{};
    std::vector<const Discount*> discounts{};  // in the order they were given
};

struct ContractedBill {
    std::vector<ContractedLine> lines{};
    std::vector<const Discount*> amounts{};  // that came off the whole
    Money cost{}, cost_high{};
};

// The discounts must outlive the answer.
ContractedBill contracted(const Bill& bill, const PriceConditions& conditions,
                          std::span<const Discount> discounts);

}  // namespace tokenlever
