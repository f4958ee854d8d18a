#include "book.h"

#include "api.h"

#include <emscripten/bind.h>

#include <optional>
#include <span>
#include <string>
#include <utility>

namespace tokenlever {

namespace {

std::optional<PriceBook>& slot() {
    static std::optional<PriceBook> book;
    return book;
}

// Empty, or the contract's error.
std::string load_book_request(const std::string& document) {
    const Result<void> loaded = load_book(document);
    return loaded ? std::string() : error_document(loaded.error());
}

}  // namespace

Result<void> load_book(std::string_view document) {
    if (has_book()) return fail(ErrorCode::BadUsage, "loadBook", "a second price book");
    Result<PriceBook> book = PriceBook::read(std::span(&document, 1));
    if (!book) return std::unexpected(std::move(book.error()));
    slot() = std::move(*book);
    return {};
}

bool has_book() { return slot().has_value(); }

const PriceBook& loaded_book() {
    static const PriceBook empty;
    return has_book() ? *slot() : empty;
}

}  // namespace tokenlever

EMSCRIPTEN_BINDINGS(tokenlever_book) {
    emscripten::function("loadBook", &tokenlever::load_book_request);
}
