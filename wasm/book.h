#pragma once

// The price book that is linked into the module, read once and kept as long as the module lives.

#include "pricing/price_book.h"

namespace tokenlever {

const PriceBook& embedded_book();

}  // namespace tokenlever
