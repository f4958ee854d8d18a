#include "../shared.h"
#include "api.h"
#include "base/json.h"
#include "json_schema.h"
#include "price_fixture.h"
#include "pricing/embedded_book.h"

#include <doctest/doctest.h>

#include <array>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

const PriceBook& book() {
    static const PriceBook book = std::move(*PriceBook::read(embedded_book_documents()));
    return book;
}

const ClockOptions kClock{.now = *parse_instant("2026-11-23T12:00:00Z")};

Json parsed(std::string_view text) {
    Result<Json> json = Json::parse(text);
    REQUIRE_MESSAGE(json.has_value(), text);
    return std::move(*json);
}

Json answer(std::string_view request) {
    const Result<std::string> result = price(book(), request, kClock);
    REQUIRE_MESSAGE(result.has_value(), (result ? std::string() : error_message(result.error())));
    return parsed(*result);
}

Error refusal(std::string_view request) {
    const Result<std::string> result = price(book(), request, kClock);
    REQUIRE_MESSAGE(!result.has_value(), request);
    return result.error();
}

std::string text_at(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    return value ? value->text() : "null";
}

std::vector<std::string> warning_codes(const Json& result) {
    std::vector<std::string> codes;
    for (const Json& warning : result.find("warnings")->items())
        codes.push_back(text_at(warning, "code"));
    return codes;
}

std::string schema(const std::string& name) {
    const auto text = tests::read_file(TOKENLEVER_SOURCE_DIR "/" + name);
    REQUIRE_MESSAGE(text.has_value(), name);
    return *text;
}

void check_valid(const std::string& schema_text, std::string_view document) {
    const std::vector<std::string> faults = schema_faults(schema_text, document);
    CHECK_MESSAGE(faults.empty(), (faults.empty() ? std::string() : faults.front()));
}

}  // namespace

TEST_CASE("price answers the contract's example, key by key") {
    const Json result = answer(
        R"({"provider":"anthropic","model":"claude-sonnet-4-5","at":"2026-11-01T12:00:00Z","service_tier":"standard",)"
        R"("speed":"standard","region":"global","usage":{"input_tokens":2048,"cache_read_tokens":1800,)"
        R"("cache_write_5m_tokens":148,"cache_write_1h_tokens":100,"output_tokens":503,"reasoning_tokens":0,)"
        R"("requests":1,"web_searches":0,"cache_storage_token_hours":0}})");
    CHECK(text_at(result, "list_cost") == "0.015384");
    CHECK(text_at(result, "currency") == "USD");
    CHECK(result.find("complete")->boolean());
    REQUIRE(result.find("lines")->items().size() == 5);
    const Json& read = result.find("lines")->items()[1];
    CHECK(text_at(read, "unit") == "cache_read_tokens");
    CHECK(text_at(read, "quantity") == "1800");
    CHECK(text_at(read, "list_unit_price") == "0.3");
    CHECK(text_at(read, "per") == "1000000");
    CHECK(text_at(read, "cost") == "0.00054");
    CHECK(text_at(*result.find("card"), "model") == "claude-sonnet-4-5");
    CHECK_FALSE(text_at(*result.find("card")->find("source"), "read_at").empty());
    CHECK(result.find("unpriced")->items().empty());
    CHECK(result.find("interval") == nullptr);
    CHECK(warning_codes(result).empty());
    CHECK(text_at(result, "engine") == engine_version());
    CHECK(text_at(*result.find("book"), "date") == book().date());
}

TEST_CASE("a request without an instant is priced now") {
    const Json result = answer(R"({"model":"gpt-5.6-sol","usage":{"input_tokens":100000}})");
    CHECK(text_at(result, "list_cost") == "0.4");
    const Json then =
        answer(R"({"model":"gpt-5.6-sol","at":"2026-08-01","usage":{"input_tokens":100000}})");
    CHECK(text_at(then, "list_cost") == "0.5");
}

TEST_CASE("null is the same as absent") {
    const Json result = answer(
        R"({"provider":null,"model":"gpt-5","at":null,"service_tier":null,"speed":null,"region":null,)"
        R"("usage":{"input_tokens":1000000,"requests":10,"output_tokens":null}})");
    CHECK(text_at(result, "list_cost") == "1.25");
    CHECK(warning_codes(result).empty());
}

TEST_CASE("an unknown model is an answer with suggestions") {
    const Json result =
        answer(R"({"model":"claude-sonet-4-5","usage":{"input_tokens":10,"output_tokens":0}})");
    CHECK(result.find("list_cost") == nullptr);
    CHECK_FALSE(result.find("complete")->boolean());
    CHECK(result.find("card") == nullptr);
    REQUIRE(result.find("unpriced")->items().size() == 1);
    CHECK(text_at(result.find("unpriced")->items()[0], "unit") == "input_tokens");
    CHECK(text_at(result.find("unpriced")->items()[0], "reason") == "unknown_model");
    REQUIRE(warning_codes(result) == std::vector<std::string>{"unknown_model"});
    const std::string message = text_at(result.find("warnings")->items()[0], "message");
    CHECK(message.find("anthropic/claude-sonnet-4-5") != std::string::npos);
}

TEST_CASE("what the vendor does not sell is said, not billed at the standard rate") {
    const Json result = answer(
        R"({"model":"deepseek-v4-flash","service_tier":"batch","usage":{"input_tokens":1000000}})");
    CHECK(result.find("list_cost") == nullptr);
    CHECK(warning_codes(result) == std::vector<std::string>{"service_tier_not_sold"});
}

TEST_CASE("an unknown key of a request is a warning, one of the usage an error that names it") {
    const Json result =
        answer(R"({"model":"gpt-5","usage":{"input_tokens":1000},"modle":1,"comment":"x"})");
    CHECK(warning_codes(result) == std::vector<std::string>{"unknown_key", "unknown_key"});
    CHECK(text_at(result, "list_cost") == "0.00125");
    const Error error = refusal(R"({"model":"gpt-5","usage":{"input_token":1000}})");
    CHECK(error.code == ErrorCode::UnknownUnit);
    CHECK(error.where == "/usage/input_token");
    CHECK(error_document(error).find("input_token") != std::string::npos);
}

TEST_CASE("a request that cannot be understood is one clear error") {
    struct Case {
        std::string request;
        ErrorCode code;
        std::string where;
    };
    const std::array cases = {
        Case{R"({"usage":{}})", ErrorCode::MissingKey, ""},
        Case{R"({"model":"gpt-5"})", ErrorCode::MissingKey, ""},
        Case{R"({"model":7,"usage":{}})", ErrorCode::WrongType, "/model"},
        Case{R"({"model":"","usage":{}})", ErrorCode::InvalidValue, "/model"},
        Case{R"({"model":"gpt-5","usage":[]})", ErrorCode::WrongType, "/usage"},
        Case{R"({"model":"gpt-5","usage":{"input_tokens":-1}})", ErrorCode::NotAWholeNumber,
             "/usage/input_tokens"},
        Case{R"({"model":"gpt-5","usage":{"input_tokens":1.5}})", ErrorCode::NotAWholeNumber,
             "/usage/input_tokens"},
        Case{R"({"model":"gpt-5","usage":{"input_tokens":99999999999999999999}})",
             ErrorCode::NumberTooLarge, "/usage/input_tokens"},
        Case{R"({"model":"gpt-5","usage":{"input_audio_seconds":"-0.5"}})", ErrorCode::OutOfRange,
             "/usage/input_audio_seconds"},
        Case{R"({"model":"gpt-5","usage":{"output_tokens":5,"reasoning_tokens":6}})",
             ErrorCode::InconsistentTokens, "/usage/reasoning_tokens"},
        Case{R"({"model":"gpt-5","at":"yesterday","usage":{}})", ErrorCode::NotAnInstant, "/at"},
        Case{R"({"model":"gpt-5","at":"2026-02-30","usage":{}})", ErrorCode::NotAnInstant, "/at"},
        Case{R"({"model":"gpt-5","service_tier":"cheap","usage":{}})", ErrorCode::InvalidValue,
             "/service_tier"},
        Case{R"({"model":"gpt-5","speed":"light","usage":{}})", ErrorCode::InvalidValue, "/speed"},
        Case{R"({"model":"gpt-5","model":"gpt-4o","usage":{}})", ErrorCode::DuplicateKey, ""},
        Case{R"("gpt-5")", ErrorCode::WrongType, ""},
        Case{R"({"model":"gpt-5","usage":{)", ErrorCode::TruncatedJson, "/usage"},
        Case{"nonsense", ErrorCode::MalformedJson, ""},
        Case{"", ErrorCode::TruncatedJson, ""},
    };
    for (const Case& row : cases) {
        CAPTURE(row.request);
        const Error error = refusal(row.request);
        CHECK(error_id(error.code) == error_id(row.code));
        CHECK(error.where == row.where);
        check_valid(schema("docs/schema/error.schema.json"), error_document(error));
    }
}

TEST_CASE("each element of an array is answered by itself") {
    const std::string request =
        R"([{"model":"gpt-5","usage":{"input_tokens":1000}},{"model":"gpt-5","usage":{"tokens":1}},)"
        R"({"model":"nobody","usage":{"input_tokens":1}},3])";
    const Json results = answer(request);
    REQUIRE(results.items().size() == 4);
    CHECK(text_at(results.items()[0], "list_cost") == "0.00125");
    CHECK(text_at(*results.items()[1].find("error"), "code") == "unknown_unit");
    CHECK(text_at(*results.items()[1].find("error"), "where") == "/1/usage/tokens");
    CHECK(results.items()[2].find("error") == nullptr);
    CHECK(text_at(*results.items()[3].find("error"), "code") == "wrong_type");
    CHECK(answer("[]").items().empty());
}

TEST_CASE("counts are integers up to 2^53 and strings beyond; fractions are decimal strings") {
    const Json result = answer(
        R"({"model":"gemini-2.5-pro","usage":{"cache_storage_token_hours":"12.50","output_tokens":"9007199254740993"}})");
    const auto& lines = result.find("lines")->items();
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].find("quantity")->kind() == Json::Kind::String);
    CHECK(text_at(lines[0], "quantity") == "9007199254740993");
    CHECK(text_at(lines[1], "quantity") == "12.5");
    CHECK(text_at(lines[1], "cost") == "0.00005625");
}

TEST_CASE("a book of the user's own wins") {
    std::vector<std::string_view> documents(embedded_book_documents().begin(),
                                            embedded_book_documents().end());
    const std::string negotiated =
        R"({"schema":"tokenlever.provider/1","provider":"openai","sources":{"contract":{"url":"https://example.com",)"
        R"("read_at":"2026-11-01"}},"models":[{"model":"gpt-5","cards":[{"id":"gpt-5/contract","status":"observed",)"
        R"("source":"contract","rates":{"input_tokens":"1"}}]}]})";
    documents.push_back(negotiated);
    const Result<PriceBook> own = PriceBook::read(documents);
    REQUIRE(own.has_value());
    const Result<std::string> result =
        price(*own, R"({"model":"gpt-5","usage":{"input_tokens":1000000,"requests":10}})", kClock);
    REQUIRE(result.has_value());
    CHECK(text_at(parsed(*result), "list_cost") == "1");
    CHECK(text_at(*parsed(*result).find("card"), "id") == "gpt-5/contract");
}

TEST_CASE("a book of the user's own may state discounts, and a request adds its own") {
    std::vector<std::string_view> documents(embedded_book_documents().begin(),
                                            embedded_book_documents().end());
    documents.push_back(R"({"schema":"tokenlever.book/1","version":"ea","date":"2026-11-01",)"
                        R"("discounts":[{"name":"enterprise","provider":"openai","share":0.2}]})");
    const Result<PriceBook> own = PriceBook::read(documents);
    REQUIRE(own.has_value());
    const auto contracted = [&](std::string_view request) {
        const Result<std::string> result = price(*own, request, kClock);
        REQUIRE(result.has_value());
        return text_at(parsed(*result), "contracted_cost");
    };
    CHECK(contracted(R"({"model":"gpt-5","usage":{"input_tokens":100000}})") == "0.1");
    CHECK(contracted(R"({"model":"claude-opus-5","usage":{"input_tokens":100000}})") == "0.5");
    CHECK(contracted(R"({"model":"gpt-5","usage":{"input_tokens":100000},)"
                     R"("account":{"discounts":[{"name":"launch","share":"0.5"}]}})") == "0.05");
}

TEST_CASE("a discount that could be read in two ways is one clear error") {
    struct Case {
        std::string discount, where;
    };
    const std::array cases = {
        Case{R"({"name":"a"})", ""},
        Case{R"({"name":"a","share":0.1,"amount":"1"})", ""},
        Case{R"({"name":"a","share":1.1})", "/share"},
        Case{R"({"name":"a","share":-0.1})", "/share"},
        Case{R"({"name":"a","amount":"-1"})", "/amount"},
        Case{R"({"name":"a","rates":{"input_token":"1"}})", "/rates/input_token"},
        Case{R"({"name":"a","share":0.1,"unit":"input_tokens"})", "/unit"},
        Case{R"({"name":"a","share":0.1,"service_tier":"cheap"})", "/service_tier"},
    };
    for (const Case& row : cases) {
        CAPTURE(row.discount);
        CHECK(refusal(R"({"model":"gpt-5","usage":{},"account":{"discounts":[)" + row.discount +
                      "]}}")
                  .where == "/account/discounts/0" + row.where);
    }
}

TEST_CASE("models lists what has a price at the instant") {
    const auto rows = [](std::string_view request) {
        const Result<std::string> result = models(book(), request, kClock);
        REQUIRE_MESSAGE(result.has_value(),
                        (result ? std::string() : error_message(result.error())));
        return parsed(*result);
    };
    const Json all = rows("");
    CHECK(all.find("models")->items().size() > 100);
    std::pair<std::string, std::string> last;
    for (const Json& row : all.find("models")->items()) {
        std::pair key(text_at(row, "provider"), text_at(row, "model"));
        CHECK(last < key);
        last = std::move(key);
    }
    const Json haiku = rows(R"({"provider":"claude","match":"HAIKU-4"})");
    REQUIRE(haiku.find("models")->items().size() == 1);
    const Json& row = haiku.find("models")->items()[0];
    CHECK(text_at(row, "model") == "claude-haiku-4-5");
    CHECK(text_at(*row.find("rates"), "input_tokens") == "1");
    CHECK(text_at(row, "context_window") == "200000");
    const auto input_rate = [&](std::string_view at) {
        const Json found =
            rows(R"({"match":"openai/gpt-5.6-sol","at":")" + std::string(at) + "\"}");
        for (const Json& item : found.find("models")->items())
            if (text_at(item, "model") == "gpt-5.6-sol")
                return text_at(*item.find("rates"), "input_tokens");
        return std::string("absent");
    };
    CHECK(input_rate("2026-08-01") == "5");
    CHECK(input_rate("2026-09-01") == "4");
    CHECK(rows(R"({"match":"no such model"})").find("models")->items().empty());

    const Result<std::string> unknown = models(book(), R"({"provider":"nobody"})", kClock);
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().code == ErrorCode::UnknownProvider);
}

TEST_CASE("requests and answers are as their schemas say") {
    const std::string requests = schema("docs/schema/price.request.schema.json");
    const std::string answers = schema("docs/schema/price.response.schema.json");
    constexpr std::array<std::string_view, 8> kRequests = {
        R"({"model":"gpt-5","usage":{"input_tokens":1000,"web_searches":2},"note":1})",
        R"({"model":"no-such-model","usage":{"input_tokens":"1000"}})",
        R"({"model":"gemini-2.5-pro","service_tier":"batch","usage":{"input_tokens":300000,"cache_read_tokens":7,"requests":3}})",
        R"({"model":"claude-opus-5","speed":"fast","region":"us","usage":{"cache_write_tokens":10}})",
        R"({"model":"deepseek-v4-flash","usage":{"input_tokens":1000,"cache_storage_token_hours":"0.5"}})",
        R"([{"model":"gpt-5","usage":{"input_tokens":1}},{"model":"gpt-5","usage":{"x":1}}])",
        R"({"model":"gemini-3.8-flash","usage":{"web_searches":6000},"thinking":true,"options":{"size":"s"},)"
        R"("reported_cost":{"amount":7,"per":100},"account":{"discounts":[{"name":"ea","share":0.1}]}})",
        R"({"model":"whisper-large-v3","provider":"groq","usage":{"input_audio_seconds":"3.5","requests":2},)"
        R"("reported_cost":"0.001","account":{"free_used":{"web_searches":1},"discounts":[{"name":"flat","amount":"1"}]}})",
    };
    for (const std::string_view request : kRequests) {
        CAPTURE(request);
        check_valid(requests, request);
        const Result<std::string> result = price(book(), request, kClock);
        REQUIRE(result.has_value());
        check_valid(answers, *result);
    }
    check_valid(schema("docs/schema/models.request.schema.json"),
                R"({"provider":"openai","at":"2026-11-01"})");
    const Result<std::string> listed = models(book(), "{}", kClock);
    REQUIRE(listed.has_value());
    check_valid(schema("docs/schema/models.response.schema.json"), *listed);
}

TEST_CASE("the price files are as their schema says") {
    const std::string rules = schema("pricing-data/schema/provider.schema.json");
    std::size_t files = 0;
    for (const std::string_view document : embedded_book_documents()) {
        if (document.find("tokenlever.provider/1") == std::string_view::npos) continue;
        check_valid(rules, document);
        ++files;
    }
    CHECK(files >= 6);
}

TEST_CASE("the schema checker finds faults") {
    const std::string rules = schema("docs/schema/price.response.schema.json");
    CHECK_FALSE(schema_faults(rules, R"({"list_cost":"1"})").empty());
    const std::string provider = schema("pricing-data/schema/provider.schema.json");
    CHECK(schema_faults(provider, provider_with_card(R"("rates":{"input_tokens":"1"})")).empty());
    CHECK_FALSE(
        schema_faults(provider, provider_with_card(R"("rates":{"input_tokens":1})")).empty());
    CHECK_FALSE(
        schema_faults(provider, provider_with_card(R"("rates":{},"colour":"red")")).empty());
    CHECK_FALSE(schema_faults(provider, provider_with_card(R"("rates":{},"effective_from":"soon")"))
                    .empty());
}
