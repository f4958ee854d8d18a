#pragma once

// Reads one provider document (tokenlever.provider/1, pricing-data/schema/README.md) and checks it
// whole. Errors carry the JSON pointer.

#include "base/json.h"
#include "pricing/price_book.h"

namespace tokenlever {

Result<Provider> read_provider(const Json& json);

}  // namespace tokenlever
