#pragma once

// Amounts as a person reads them, for warnings and for the command line's tables. Documents carry
// every digit instead.

#include "base/decimal.h"

#include <string>
#include <string_view>

namespace tokenlever {

// "1,234,567.5"; the sign stays in front.
std::string grouped(std::string_view digits);

// "$8,146.56", "-$0.50": cents, half away from zero.
std::string dollar_text(const Decimal& amount);

// "72.84 %": two digits after the point at most, half-even.
std::string percent_text(const Decimal& share);

}  // namespace tokenlever
