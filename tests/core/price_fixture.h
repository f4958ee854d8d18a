#pragma once

// A small price document for tests, "acme", in parts that a case can change.

#include "pricing/price_book.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace tokenlever::test {

// `card` is the inside of the only card of model "m", after its id, status and source.
inline std::string provider_with_card(std::string_view card, std::string_view model_keys = "") {
    return R"({"schema":"tokenlever.provider/1","provider":"acme","name":"Acme","currency":"USD",)"
           R"("sources":{"page":{"url":"https://example.com/pricing","read_at":"2026-11-01"}},)"
           R"("multipliers":{"batch":{"when":{"service_tier":"batch"},"factor":"0.5"},)"
           R"("fast":{"when":{"speed":"fast"},"factor":"2"},)"
           R"("us":{"when":{"region":["us","us-east-1"]},"factor":"1.1"}},)"
           R"("models":[{"model":"m",)" +
           std::string(model_keys) +
           R"("cards":[{"id":"m/1","status":"observed","source":"page",)" + std::string(card) +
           "}]}]}";
}

// `models` is the inside of the list of models; each card says its own "status" and "source".
inline std::string provider_with_models(std::string_view models) {
    return R"({"schema":"tokenlever.provider/1","provider":"acme",)"
           R"("sources":{"page":{"url":"https://example.com/pricing","read_at":"2026-11-01"}},"models":[)" +
           std::string(models) + "]}";
}

inline Result<PriceBook> read_book(std::string_view document) {
    return PriceBook::read(std::span(&document, 1));
}

inline PriceBook book_of(std::string_view document) {
    Result<PriceBook> book = read_book(document);
    REQUIRE_MESSAGE(book.has_value(), (book ? std::string() : error_message(book.error())));
    return std::move(*book);
}

inline Instant instant(std::string_view text) {
    const Result<Instant> result = parse_instant(text);
    REQUIRE(result.has_value());
    return *result;
}

inline Decimal decimal(std::string_view text) {
    const Result<Decimal> result = Decimal::parse(text);
    REQUIRE(result.has_value());
    return *result;
}

}  // namespace tokenlever::test
