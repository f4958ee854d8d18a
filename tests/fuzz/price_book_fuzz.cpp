// Promise: a broken provider file is an error with a sentence, never a crash.

#include "fuzz.h"
#include "pricing/price_book.h"

#include <array>

using namespace tokenlever;

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::array<std::string_view, 1> documents = {fuzz::text_of(bytes, size)};
    const Result<PriceBook> book = PriceBook::read(documents);
    if (!book) fuzz::expect(!error_message(book.error()).empty());
    return 0;
}
