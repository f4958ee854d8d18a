// Promise: what parses is printed and parsed again to the same number, and exact operations undo.

#include "base/decimal.h"
#include "fuzz.h"

using namespace tokenlever;

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text = fuzz::text_of(bytes, size);
    const std::size_t comma = text.find(',');
    const Result<Decimal> first = Decimal::parse(text.substr(0, comma));
    if (!first) return 0;
    const Result<Decimal> again = Decimal::parse(first->to_string());
    fuzz::expect(again && *again == *first);
    if (comma == std::string_view::npos) return 0;
    const Result<Decimal> second = Decimal::parse(text.substr(comma + 1));
    if (!second) return 0;
    const Decimal sum = *first + *second;
    const Decimal back = sum - *second;
    if (!back.overflowed()) fuzz::expect(back == *first);
    const Decimal product = *first * *second;
    if (!product.overflowed()) fuzz::expect(product == *second * *first);
    return 0;
}
