// The whole import result of the samples, against golden files, and against its schema.

#include "../shared.h"
#include "json_schema.h"
#include "usage_fixture.h"

#include <doctest/doctest.h>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

std::string source_file(const std::string& name) {
    const auto text = tests::read_file(std::string(TOKENLEVER_SOURCE_DIR "/") + name);
    REQUIRE_MESSAGE(text.has_value(), name);
    return *text;
}

// The part of a report that does not depend on the path or the version of anything.
std::string lasting_part(const std::string& report) {
    const std::size_t from = report.find("\"totals\"");
    return "{" + report.substr(from, report.rfind(",\"engine\"") - from) + "}\n";
}

void check_schema(const std::string& report) {
    const auto faults =
        schema_faults(source_file("docs/schema/import.response.schema.json"), report);
    for (const std::string& fault : faults)
        FAIL_CHECK(fault);
}

}  // namespace

TEST_CASE("the samples give their golden reports") {
    struct Case {
        const char* sample;
        const char* by;
        const char* golden;
    };
    const Case cases[] = {
        {"litellm-spend-logs.sample.csv", "day,provider,model,team,feature", "litellm.import.json"},
        {"litellm-spend-logs.sample.json", "day,provider,model,team,feature",
         "litellm.import.json"},
        {"openai-usage-api.sample.json", "day,model,service_tier,project,prompt_band",
         "openai.import.json"},
    };
    for (const Case& a_case : cases) {
        const auto sample = tests::shared_file(std::string("formats/") + a_case.sample);
        if (!sample) return;
        const std::string report =
            import_bytes(embedded_book(), options_of(a_case.by), "sample", *sample);
        CHECK_MESSAGE(
            lasting_part(report) == source_file(std::string("tests/golden/") + a_case.golden),
            a_case.sample);
        check_schema(report);
    }
}

TEST_CASE("every kind of report follows the schema") {
    check_schema(import_bytes(embedded_book(), options_of(""), "f", ""));
    check_schema(import_bytes(embedded_book(), options_of(""), "f", kSpendLogHeader));
    check_schema(import_bytes(
        embedded_book(), options_of("hour,user,tag:x"), "f",
        spend_log({{.id = "a"}, {.id = "a"}, {.spend = "x"}, {.id = "b", .metadata = ""}})));
}

TEST_CASE("the options of a session are read strictly") {
    const auto options =
        parse_import_options(R"({"by":["day","tag:job"],"bucket":"day","tz":"+05:30"})");
    REQUIRE(options.has_value());
    CHECK(options->by.size() == 2);
    CHECK(options->offset_minutes == 330);
    CHECK(parse_import_options("{}").has_value());
    struct Case {
        const char* text;
        ErrorCode code;
    };
    for (const Case& a_case : {Case{R"({"by":["dya"]})", ErrorCode::InvalidValue},
                               Case{R"({"bucket":"week"})", ErrorCode::InvalidValue},
                               Case{R"({"tz":"Mars/Base"})", ErrorCode::InvalidValue},
                               Case{R"({"tz":"+99:00"})", ErrorCode::InvalidValue},
                               Case{R"({"colour":"red"})", ErrorCode::UnknownKey},
                               Case{R"({"by":"day"})", ErrorCode::WrongType},
                               Case{R"({"cost":"free"})", ErrorCode::InvalidValue}}) {
        const auto refused = parse_import_options(a_case.text);
        CAPTURE(a_case.text);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == a_case.code);
    }
    CHECK(make_import_options("day,team,day", "", "", "-08", "")->by.size() == 2);
    CHECK(make_import_options("", "", "", "-08", "")->offset_minutes == -480);
}
