#pragma once

// Questions to the JSON door of the engine in one line each, for tests whose answer is an amount.

#include "api.h"
#include "base/json.h"
#include "price_fixture.h"
#include "pricing/embedded_book.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace tokenlever::test {

inline const ClockOptions kClock{.now = *parse_instant("2026-11-16T12:00:00Z")};

inline const PriceBook& built_in() {
    static const PriceBook book = std::move(*PriceBook::read(embedded_book_documents()));
    return book;
}

// A seller "acme" of model "m" with one card; `provider_keys` and `model_keys` end with a comma.
inline PriceBook acme(std::string_view card, std::string_view provider_keys = "",
                      std::string_view model_keys = "") {
    const std::string document =
        R"({"schema":"tokenlever.provider/1","provider":"acme",)" + std::string(provider_keys) +
        R"("sources":{"page":{"url":"https://example.com/pricing","read_at":"2026-11-01"}},)"
        R"("models":[{"model":"m",)" +
        std::string(model_keys) + R"("cards":[{"id":"m/1","status":"observed","source":"page",)" +
        std::string(card) + "}]}]}";
    std::vector<std::string_view> documents(embedded_book_documents().begin(),
                                            embedded_book_documents().end());
    documents.push_back(document);
    Result<PriceBook> book = PriceBook::read(documents);
    REQUIRE_MESSAGE(book.has_value(), (book ? std::string() : error_message(book.error())));
    return std::move(*book);
}

inline Json parsed(std::string_view text) {
    Result<Json> json = Json::parse(text);
    REQUIRE_MESSAGE(json.has_value(), text);
    return std::move(*json);
}

inline Json priced(const PriceBook& book, const std::string& request) {
    const Result<std::string> answer = price(book, request, kClock);
    REQUIRE_MESSAGE(answer.has_value(), (answer ? std::string() : error_message(answer.error())));
    return parsed(*answer);
}

inline std::string text_at(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    return value ? value->text() : "null";
}

// The cost of usage of a model; `more` are further keys of the request, ",\"at\":..." and the like.
inline std::string cost(const PriceBook& book, std::string_view model, std::string_view usage,
                        std::string_view more = "") {
    return text_at(priced(book, R"({"model":")" + std::string(model) + R"(","usage":{)" +
                                    std::string(usage) + "}" + std::string(more) + "}"),
                   "list_cost");
}

// "low..high reason", or the cost where it is certain.
inline std::string range(const PriceBook& book, std::string_view usage,
                         std::string_view more = "") {
    const Json answer = priced(book, R"({"model":"acme/m","usage":{)" + std::string(usage) + "}" +
                                         std::string(more) + "}");
    const Json* interval = answer.find("interval");
    if (!interval) return text_at(answer, "list_cost");
    std::string reasons;
    for (const Json& reason : interval->find("reasons")->items())
        reasons += " " + reason.text();
    return text_at(*interval, "low") + ".." + text_at(*interval, "high") + reasons;
}

inline bool warns(const Json& answer, std::string_view code) {
    for (const Json& warning : answer.find("warnings")->items())
        if (text_at(warning, "code") == code) return true;
    return false;
}

inline Json sized(const PriceBook& book, const std::string& request) {
    const Result<std::string> answer = capacity(book, request, kClock);
    REQUIRE_MESSAGE(answer.has_value(), (answer ? std::string() : error_message(answer.error())));
    return parsed(*answer);
}

}  // namespace tokenlever::test
