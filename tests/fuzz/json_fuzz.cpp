// Promise: no text makes the reader crash or hang, and an error points into the text.

#include "base/json.h"
#include "fuzz.h"

using namespace tokenlever;

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const Result<Json> json = Json::parse(fuzz::text_of(bytes, size));
    if (!json) fuzz::expect(json.error().offset <= size);
    if (json) fuzz::expect(json->pointer().empty());
    return 0;
}
