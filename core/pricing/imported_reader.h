#pragma once

// Reads a document of pricing-data/imported (tokenlever.imported/1): the price list of one package,
// converted by `npm run prices:refresh`. pricing-data/schema/README.md says what the keys mean.

#include "base/json.h"
#include "pricing/price_book.h"

#include <cstdint>
#include <vector>

namespace tokenlever {

struct ImportedList {
    std::uint32_t rank = 0;  // of the package; of two that have a model the lower one is asked
    std::vector<Provider> providers{};
};

// Every card is of status Imported, not curated, and names the package.
Result<ImportedList> read_imported(const Json& json);

}  // namespace tokenlever
