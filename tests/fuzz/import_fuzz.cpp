// Promise: a file means the same however its bytes are cut into chunks, and none crashes the
// session.

#include "api/import_session.h"
#include "fuzz.h"
#include "pricing/embedded_book.h"

using namespace tokenlever;

namespace {

const PriceBook& book() {
    static const PriceBook kBook = *PriceBook::read(embedded_book_documents());
    return kBook;
}

std::string import_in_chunks(const ImportOptions& options, std::string_view bytes,
                             std::size_t chunk) {
    ImportSession session(book(), options);
    session.begin_file("fuzz");
    for (std::size_t start = 0; start < bytes.size(); start += chunk)
        session.feed(bytes.substr(start, chunk));
    session.finish_file();
    return session.report();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t chunk = std::size_t{bytes[0]} + 1;
    const std::string_view text = fuzz::text_of(bytes + 1, size - 1);
    const Result<ImportOptions> options = make_import_options("day,model", "", "", "", "");
    fuzz::expect(options.has_value());
    fuzz::expect(import_in_chunks(*options, text, chunk) == import_in_chunks(*options, text, size));
    return 0;
}
