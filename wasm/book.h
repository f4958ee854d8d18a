#pragma once

// The price book of a module. It is not linked in: whoever instantiates the module hands it over
// once (loadBook in web/engine.d.ts), before anything is asked. It is kept as long as the module
// lives, so that the app and import sessions may point into it.

#include "pricing/price_book.h"

#include <string_view>

namespace tokenlever {

// Reads the document (tokenlever.book/1). A second book is refused: what was answered from the
// first would no longer be true.
Result<void> load_book(std::string_view document);

bool has_book();
// Empty until load_book has answered.
const PriceBook& loaded_book();

}  // namespace tokenlever
