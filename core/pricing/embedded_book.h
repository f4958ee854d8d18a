#pragma once

// The price book that is built into the engine: pricing-data/book.json and
// pricing-data/providers/*.json, minified at build time (cmake/book.cmake), to be given to
// PriceBook::read. Target tokenlever::book.

#include <span>
#include <string_view>

namespace tokenlever {

std::span<const std::string_view> embedded_book_documents();

}  // namespace tokenlever
