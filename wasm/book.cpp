#include "book.h"

#include "pricing/embedded_book.h"

#include <cassert>

namespace tokenlever {

const PriceBook& embedded_book() {
    static const PriceBook book = [] {
        Result<PriceBook> read = PriceBook::read(embedded_book_documents());
        assert(read.has_value());  // the documents are tested before they are linked
        return read ? std::move(*read) : PriceBook{};
    }();
    return book;
}

}  // namespace tokenlever
