#pragma once

// What a reader of a bill should know beside its numbers.

#include "pricing/bill_situations.h"

#include <string>

namespace tokenlever {

void add_warning(Bill& bill, std::string code, std::string message);
// `bill.card` is set.
void add_warnings(const PriceRequest& request, const Situations& situations, Bill& bill);

}  // namespace tokenlever
