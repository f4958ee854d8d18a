#include "../shared.h"
#include "json_schema.h"
#include "price_answers.h"

#include <array>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

std::string schema(const std::string& name) {
    const auto text = tests::read_file(TOKENLEVER_SOURCE_DIR "/docs/schema/" + name);
    REQUIRE_MESSAGE(text.has_value(), name);
    return *text;
}

void check_valid(const std::string& rules, std::string_view document) {
    const std::vector<std::string> faults = schema_faults(rules, document);
    CHECK_MESSAGE(faults.empty(), (faults.empty() ? std::string() : faults.front()));
}

constexpr std::string_view kLoad =
    R"({"provider":"azure","unit":"ptu","model":"gpt-5","requests_per_minute":600,)"
    R"("input_tokens":1500,"cache_read_tokens":1500,"output_tokens":500)";

std::string load(std::string_view more) { return std::string(kLoad) + std::string(more) + "}"; }

}  // namespace

TEST_CASE("capacity answers the contract's keys") {
    const Json answer = sized(built_in(), load(R"(,"hours":730,"unit_price":"1")"));
    CHECK(text_at(answer, "units") == "695");
    CHECK(text_at(answer, "minimum") == "15");
    CHECK(text_at(answer, "monthly_cost") == "507350");
    CHECK(text_at(answer, "pay_as_you_go_cost") == "185602.5");
    CHECK(text_at(answer, "break_even_utilization").starts_with("2.7324949"));
    CHECK(answer.find("warnings")->items().empty());
    CHECK_FALSE(text_at(*answer.find("plan")->find("source"), "quote").empty());
}

TEST_CASE("pay-as-you-go is what price says of the same requests") {
    const Json answer =
        sized(built_in(), R"({"unit":"ptu","model":"gpt-5","requests_per_minute":1,"hours":1,)"
                          R"("input_tokens":1500,"cache_read_tokens":1500,"output_tokens":500})");
    const Json sixty = priced(
        built_in(), R"({"model":"gpt-5","usage":{"input_tokens":90000,"cache_read_tokens":90000,)"
                    R"("output_tokens":30000,"requests":60}})");
    CHECK(text_at(answer, "pay_as_you_go_cost") == text_at(sixty, "list_cost"));
    // The tier is that of one request, not of their sum.
    const Json terra =
        sized(built_in(), R"({"provider":"openai","unit":"ptu","model":"gpt-6.1-terra",)"
                          R"("requests_per_minute":10,"hours":1,"input_tokens":200000,)"
                          R"("throughput":1000000})");
    CHECK(text_at(terra, "pay_as_you_go_cost") == "120");
}

TEST_CASE("what nobody lists is an input, and without it the money is unknown") {
    const Json silent = sized(built_in(), load(""));
    CHECK(text_at(silent, "monthly_cost") == "null");
    CHECK(text_at(silent, "break_even_utilization") == "null");
    CHECK(warns(silent, "unit_price_unknown"));
    const Json own =
        sized(built_in(), R"({"unit":"model_unit","model":"claude-sonnet-4-5",)"
                          R"("requests_per_minute":60,"input_tokens":1000,"output_tokens":100,)"
                          R"("throughput":"8000","per":"second",)"
                          R"("weights":{"input_tokens":"1","output_tokens":"5"},)"
                          R"("minimum":2,"step":2,"unit_price":"40"})");
    CHECK(text_at(own, "required_units") == "0.1875");
    CHECK(text_at(own, "units") == "2");
    CHECK(text_at(own, "monthly_cost") == "58400");
    const auto unknown =
        capacity(built_in(), R"({"unit":"ptu","model":"nobody","requests_per_minute":1})", kClock);
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().where == "/throughput");
}

TEST_CASE("a price of the list serves where the request states none") {
    const PriceBook book = acme(R"("rates":{"input_tokens":"2","provisioned_unit_hours":"3"})");
    const Json answer =
        sized(book, R"({"provider":"acme","unit":"ptu","model":"m","requests_per_minute":100,)"
                    R"("input_tokens":1000,"throughput":"50000","hours":10})");
    CHECK(text_at(answer, "units") == "2");
    CHECK(text_at(answer, "unit_price") == "3");
    CHECK(text_at(answer, "monthly_cost") == "60");
    CHECK(text_at(answer, "pay_as_you_go_cost") == "120");
    CHECK(text_at(answer, "break_even_utilization") == "0.5");
}

TEST_CASE("weeks are bought whole, a month once") {
    const auto cost_of = [](std::string_view more) {
        return text_at(sized(built_in(), load(more)), "monthly_cost");
    };
    CHECK(cost_of(R"(,"unit_price":"10","unit_price_per":"month")") == "6950");
    CHECK(cost_of(R"(,"unit_price":"10","unit_price_per":"week","hours":168)") == "6950");
    CHECK(cost_of(R"(,"unit_price":"10","unit_price_per":"week","hours":169)") == "13900");
}

TEST_CASE("a load that cannot be understood is one clear error") {
    struct Case {
        std::string request, where;
        ErrorCode code;
    };
    const std::array cases = {
        Case{R"({"unit":"tpu","model":"gpt-5","requests_per_minute":1})", "/unit",
             ErrorCode::InvalidValue},
        Case{R"({"unit":"ptu","requests_per_minute":1})", "", ErrorCode::MissingKey},
        Case{R"({"unit":"ptu","model":"gpt-5"})", "", ErrorCode::MissingKey},
        Case{R"({"unit":"ptu","model":"gpt-5","requests_per_minute":0})", "/requests_per_minute",
             ErrorCode::OutOfRange},
        Case{R"({"unit":"ptu","model":"gpt-5","requests_per_minute":-1})", "/requests_per_minute",
             ErrorCode::OutOfRange},
        Case{R"({"unit":"ptu","model":"gpt-5","requests_per_minute":1,"input_tokens":-5})",
             "/input_tokens", ErrorCode::OutOfRange},
        Case{R"({"unit":"ptu","model":"gpt-5","requests_per_minute":1,"deployment":"moon"})",
             "/deployment", ErrorCode::InvalidValue},
        Case{R"({"unit":"ptu","model":"gpt-5","requests_per_minute":1,"throughput":0})",
             "/throughput", ErrorCode::OutOfRange},
        Case{R"({"unit":"ptu","model":"gpt-5","requests_per_minute":1,"unit_price_per":"year"})",
             "/unit_price_per", ErrorCode::InvalidValue},
        Case{R"({"unit":"ptu","model":"gpt-5","requests_per_minute":1,"minimum":0})", "/minimum",
             ErrorCode::OutOfRange},
        Case{"7", "", ErrorCode::WrongType},
        Case{"{", "", ErrorCode::TruncatedJson},
    };
    for (const Case& row : cases) {
        CAPTURE(row.request);
        const auto answer = capacity(built_in(), row.request, kClock);
        REQUIRE_FALSE(answer.has_value());
        CHECK(error_id(answer.error().code) == error_id(row.code));
        CHECK(answer.error().where == row.where);
    }
}

TEST_CASE("loads and answers of capacity are as their schemas say") {
    const std::string array = "[" + load(R"(,"unit_price":1,"note":"x")") + "," + load("") +
                              R"(,{"unit":"ptu","model":"nobody","requests_per_minute":1}])";
    check_valid(schema("capacity.request.schema.json"), array);
    const auto answer = capacity(built_in(), array, kClock);
    REQUIRE(answer.has_value());
    check_valid(schema("capacity.response.schema.json"), *answer);
    const Json results = parsed(*answer);
    REQUIRE(results.items().size() == 3);
    CHECK(warns(results.items()[0], "unknown_key"));
    CHECK(results.items()[2].find("error") != nullptr);
}
