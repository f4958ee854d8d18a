#include "api.h"
#include "base/json.h"
#include "json_schema.h"
#include "scenario_support.h"

#include <doctest/doctest.h>

using namespace tokenlever;

namespace {

std::string reference_text() { return read_source_file("tests/golden/reference.scenario.json"); }

std::string answer_to(std::string_view scenario, const EvaluateRequest& request = {}) {
    const Result<std::string> answer = evaluate(test_book(), scenario, request);
    if (!answer) FAIL(error_message(answer.error()));
    return *answer;
}

// The document without what changes with every edition of engine and book.
std::string without_origin(const std::string& text) {
    const std::size_t at = text.find(",\"engine\":");
    REQUIRE(at != std::string::npos);
    return text.substr(0, at) + "}\n";
}

}  // namespace

TEST_SUITE("api: evaluate") {
    TEST_CASE("the answer to the reference scenario is the golden document, byte for byte") {
        const EvaluateRequest request{.with_coalitions = true, .draws = 1000, .seed = 1};
        CHECK(without_origin(answer_to(reference_text(), request)) ==
              read_source_file("tests/golden/reference.evaluation.json"));
    }

    TEST_CASE("scenarios and answers obey their schemas") {
        const std::string scenario_schema = read_source_file("docs/schema/scenario.schema.json");
        const std::string answer_schema = read_source_file("docs/schema/evaluation.schema.json");
        CHECK(test::schema_faults(scenario_schema, reference_text()) == std::vector<std::string>{});
        CHECK(test::schema_faults(scenario_schema, write_scenario(reference_scenario())) ==
              std::vector<std::string>{});
        for (const EvaluateRequest& request :
             {EvaluateRequest{}, EvaluateRequest{.with_coalitions = true, .draws = 10}})
            CHECK(test::schema_faults(answer_schema, answer_to(reference_text(), request)) ==
                  std::vector<std::string>{});
        Scenario unknown = reference_scenario();
        unknown.workloads[0].model = "nobody/nothing";
        CHECK(test::schema_faults(answer_schema, answer_to(write_scenario(unknown))) ==
              std::vector<std::string>{});
    }

    TEST_CASE("the schema refuses what the reader refuses") {
        const std::string schema = read_source_file("docs/schema/scenario.schema.json");
        std::string text = reference_text();
        text.replace(text.find("\"share\":0.30"), 12, "\"shares\":0.3");
        CHECK_FALSE(test::schema_faults(schema, text).empty());
    }

    TEST_CASE("coalitions are listed only if they are asked for") {
        CHECK_FALSE(answer_to(reference_text()).contains("\"coalitions\""));
        CHECK(answer_to(reference_text(), {.with_coalitions = true}).contains("\"coalitions\""));
    }

    TEST_CASE("an unknown cost is null, not 0, and the answer is an answer") {
        Scenario scenario = reference_scenario();
        scenario.workloads[0].model = "nobody/nothing";
        const std::string answer = answer_to(write_scenario(scenario));
        CHECK(answer.contains(R"("baseline":{"monthly_cost":null)"));
        CHECK(answer.contains(R"("shapley":null)"));
        CHECK(answer.contains(R"("nobody/nothing":null)"));
    }

    TEST_CASE("malformed, cut and wrong documents are one error each") {
        const std::string text = reference_text();
        const auto code_of = [](std::string_view scenario) {
            const auto answer = evaluate(test_book(), scenario, EvaluateRequest{});
            REQUIRE_FALSE(answer);
            return answer.error().code;
        };
        CHECK(code_of("") == ErrorCode::TruncatedJson);
        CHECK(code_of(text.substr(0, text.size() / 2)) == ErrorCode::TruncatedJson);
        CHECK(code_of("[1]") == ErrorCode::WrongType);
        CHECK(code_of("{]") == ErrorCode::MalformedJson);
        CHECK(code_of("{}") == ErrorCode::MissingKey);
    }
}
