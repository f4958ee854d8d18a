// Bills, published figures and worked examples (pricing-data/anchors.json) against the built-in
// book: to the last digit.

#include "../shared.h"
#include "api.h"
#include "base/json.h"
#include "price_fixture.h"
#include "pricing/embedded_book.h"

#include <doctest/doctest.h>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

// The text of a member that holds a string, or null's name.
std::string text_of(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    return value ? value->text() : "null";
}

// The request as it stands in the file, between its braces.
Json parse(std::string_view text) {
    Result<Json> json = Json::parse(text);
    REQUIRE(json.has_value());
    return std::move(*json);
}

std::string written(const Json& value) {
    switch (value.kind()) {
        case Json::Kind::String: return "\"" + value.text() + "\"";
        case Json::Kind::Number: return value.text();
        default: break;
    }
    std::string text = "{";
    for (const auto& [key, member] : value.members())
        text += (text.size() > 1 ? ",\"" : "\"") + key + "\":" + written(member);
    return text + "}";
}

void check_lines(const Json& anchor, const Json& answer) {
    const Json* lines = anchor.find("lines");
    if (!lines) return;
    REQUIRE(answer.find("lines")->items().size() == lines->members().size());
    for (const Json& line : answer.find("lines")->items()) {
        const std::string unit = text_of(line, "unit");
        CAPTURE(unit);
        CHECK(text_of(line, "cost") == text_of(*lines, unit));
    }
}

void check_interval(const Json& anchor, const Json& answer) {
    const Json* wanted = anchor.find("interval");
    const Json* interval = answer.find("interval");
    REQUIRE((interval != nullptr) == (wanted != nullptr));
    if (!wanted) return;
    CHECK(text_of(*interval, "low") == text_of(*wanted, "low"));
    CHECK(text_of(*interval, "high") == text_of(*wanted, "high"));
    const auto& reasons = wanted->find("reasons")->items();
    REQUIRE(interval->find("reasons")->items().size() == reasons.size());
    for (std::size_t i = 0; i < reasons.size(); ++i)
        CHECK(interval->find("reasons")->items()[i].text() == reasons[i].text());
}

}  // namespace

TEST_CASE("every anchor is met to the last digit") {
    const auto text = tests::read_file(TOKENLEVER_SOURCE_DIR "/pricing-data/anchors.json");
    REQUIRE(text.has_value());
    const Json document = parse(*text);
    const Result<PriceBook> book = PriceBook::read(embedded_book_documents());
    REQUIRE_MESSAGE(book.has_value(), (book ? std::string() : error_message(book.error())));
    const auto& anchors = document.find("anchors")->items();
    CHECK(anchors.size() >= 40);
    for (const Json& anchor : anchors) {
        const std::string id = text_of(anchor, "id");
        CAPTURE(id);
        const Result<std::string> answer =
            price(*book, written(*anchor.find("request")), {.now = Instant{}});
        REQUIRE_MESSAGE(answer.has_value(),
                        (answer ? std::string() : error_message(answer.error())));
        const Json result = parse(*answer);
        CHECK(text_of(result, "list_cost") == text_of(anchor, "list_cost"));
        check_lines(anchor, result);
        check_interval(anchor, result);
    }
}
