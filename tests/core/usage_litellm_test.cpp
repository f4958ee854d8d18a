#include "../shared.h"
#include "usage/litellm_row.h"
#include "usage_fixture.h"

#include <doctest/doctest.h>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

std::string money_and_tokens(const Json& report) {
    std::string out;
    for (std::string_view key :
         {"requests", "requests_failed", "input_tokens", "input_unsplit_tokens",
          "cache_read_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens",
          "avoided_input_tokens", "avoided_output_tokens", "reported_cost"})
        out += at(report, "totals/" + std::string(key)) + " ";
    return out;
}

}  // namespace

// Counted by hand from the six rows of the sample.
TEST_CASE("the LiteLLM sample gives the hand-counted totals, as CSV and as JSON") {
    const auto csv = tests::shared_file("formats/litellm-spend-logs.sample.csv");
    const auto json = tests::shared_file("formats/litellm-spend-logs.sample.json");
    if (!csv || !json) return;
    constexpr std::string_view kBy = "day,model,team,user,api_key,tag:job,feature";
    const Json from_csv = import_text(*csv, kBy);
    const Json from_json = import_text(*json, kBy);
    CHECK(at(from_csv, "files/0/format") == "litellm.spend_logs.csv");
    CHECK(at(from_json, "files/0/format") == "litellm.spend_logs.json");
    for (const Json* both : {&from_csv, &from_json}) {
        const Json& report = *both;
        CHECK(rows_of(report) == "6 6 0 0 0");
        CHECK(money_and_tokens(report) ==
              "5 1 59892 120000 67640 32435 14216 512 7162 1096 0.31846375 ");
        CHECK(at(report, "totals/reported_cost_kind") == "estimated");
        CHECK(at(report, "totals/billed_cost") == "null");
        CHECK(at(report, "labels/team/team-a") == "Platform");
        CHECK(at(report, "period/start") == "2026-09-01T10:00:00.120000Z");
        CHECK(at(report, "period/end") == "2026-09-02T03:00:01Z");
        CHECK(size_at(report, "groups") == 4);
    }
    const std::string a = import_bytes(embedded_book(), options_of(kBy), "f", *csv);
    const std::string b = import_bytes(embedded_book(), options_of(kBy), "f", *json);
    CHECK(a.substr(a.find("\"totals\"")) == b.substr(b.find("\"totals\"")));
}

TEST_CASE("splits the inclusive prompt into disjoint classes") {
    // BerriAI/litellm#11364: 98,805 = 10 + 66,360 read + 32,435 written.
    const Json report = import_text(spend_log(
        {{.prompt = "98805",
          .completion = "5120",
          .total = "103925",
          .metadata =
              R"({"user_api_key_alias": "a", "usage_object": {"prompt_tokens": 98805,)"
              R"("cache_read_input_tokens": 66360, "cache_creation_input_tokens": 32435,)"
              R"("prompt_tokens_details": {"cached_tokens": 66360, "cache_creation_tokens": 32435},)"
              R"("completion_tokens_details": {"reasoning_tokens": null}}})"}}));
    CHECK(money_and_tokens(report) == "1 0 10 0 66360 32435 5120 0 0 0 0.5 ");
}

TEST_CASE("keeps the TTL of cache writes where the row tells it") {
    const Json report = import_text(spend_log(
        {{.metadata =
              R"({"usage_object": {"cache_creation_input_tokens": 700, "prompt_tokens_details":)"
              R"({"cache_creation_token_details": {"ephemeral_5m_input_tokens": 400,)"
              R"("ephemeral_1h_input_tokens": 200}}}})"}}));
    CHECK(at(report, "totals/cache_write_5m_tokens") == "400");
    CHECK(at(report, "totals/cache_write_1h_tokens") == "200");
    CHECK(at(report, "totals/cache_write_tokens") == "100");
    CHECK(at(report, "totals/input_tokens") == "300");
}

TEST_CASE("takes audio and image tokens out of input and output") {
    const Json report = import_text(spend_log(
        {{.metadata =
              R"({"usage_object": {"prompt_tokens_details": {"cached_tokens": 100, "audio_tokens": 50,)"
              R"("image_tokens": 30}, "completion_tokens_details": {"audio_tokens": 40}}})"}}));
    CHECK(at(report, "totals/input_tokens") == "820");
    CHECK(at(report, "totals/input_audio_tokens") == "50");
    CHECK(at(report, "totals/input_image_tokens") == "30");
    CHECK(at(report, "totals/output_tokens") == "60");
    CHECK(at(report, "totals/output_audio_tokens") == "40");
}

TEST_CASE(
    "input without a usage object is counted apart, priced as an interval, and warned about") {
    const Json report = import_text(spend_log({{.metadata = "{}"}, {.id = "r2", .metadata = ""}}));
    CHECK(at(report, "totals/input_unsplit_tokens") == "2000");
    CHECK(at(report, "totals/input_tokens") == "0");
    // gpt-4o-mini: 0.075 cached, 0.15 uncached, 0.6 output per million.
    CHECK(at(report, "totals/interval/low") == "0.00027");
    CHECK(at(report, "totals/interval/high") == "0.00042");
    CHECK(at(report, "totals/interval/reasons/0") == "cached_split_unknown");
    CHECK(has_warning(report, "input_unsplit"));
}

TEST_CASE("a response-cache hit is a request whose tokens were avoided") {
    const Json report = import_text(spend_log({{.spend = "0.0", .cache_hit = "True"}}));
    CHECK(money_and_tokens(report) == "1 0 0 0 0 0 0 0 1000 100 0 ");
    CHECK(at(report, "totals/list_cost") == "0");
}

TEST_CASE("a failed attempt is charged what it says, and is no request served") {
    const Json report = import_text(spend_log({{.spend = "0.25", .status = "failure"}}));
    CHECK(rows_of(report) == "1 1 0 0 0");
    CHECK(at(report, "totals/requests") == "0");
    CHECK(at(report, "totals/requests_failed") == "1");
    CHECK(at(report, "totals/reported_cost") == "0.25");
}

TEST_CASE("the same request id counts once, and the cost of its copies is set aside") {
    const Json report = import_text(spend_log({{}, {.spend = "0.25"}, {.id = "r2"}}));
    CHECK(rows_of(report) == "3 2 1 0 0");
    CHECK(at(report, "files/0/set_aside/0/reason") == "duplicate_id");
    CHECK(at(report, "files/0/set_aside/0/cost") == "0.25");
    CHECK(at(report, "totals/set_aside_cost") == "0.25");
    CHECK(at(report, "totals/reported_cost") == "1");
}

TEST_CASE("rows without an id are never duplicates of each other") {
    CHECK(rows_of(import_text(spend_log({{.id = ""}, {.id = ""}}))) == "2 2 0 0 0");
}

TEST_CASE("reads spends with float noise and exponents to the last digit") {
    const Json report = import_text(spend_log({{.id = "a", .spend = "3.4e-05"},
                                               {.id = "b", .spend = "1.2345678901234567e-07"},
                                               {.id = "c", .spend = "0.1"},
                                               {.id = "d", .spend = ""}}));
    CHECK(at(report, "totals/reported_cost") == "0.10003412345678901234567");
}

TEST_CASE(
    "one bad field rejects its row with row, column, offset and code, and keeps its cost apart") {
    struct Case {
        const char* name;
        SpendLogRow row;
        const char* column;
        const char* code;
        const char* rejected_cost;
    };
    const Case cases[] = {
        {"spend", {.spend = "1,20"}, "spend", "too_many_fields", "0"},
        {"spend text", {.spend = "abc"}, "spend", "not_a_number", "0"},
        {"negative tokens", {.prompt = "-5"}, "prompt_tokens", "not_a_whole_number", "0.5"},
        {"fraction", {.completion = "1.5"}, "completion_tokens", "not_a_whole_number", "0.5"},
        {"huge", {.total = "99999999999999999999"}, "total_tokens", "number_too_large", "0.5"},
        {"date", {.start = "2026-02-30 10:00:00"}, "startTime", "not_an_instant", "0.5"},
        {"no date", {.start = ""}, "startTime", "not_an_instant", "0.5"},
        {"classes",
         {.metadata = R"({"usage_object": {"cache_read_input_tokens": 1001}})"},
         "metadata",
         "inconsistent_tokens",
         "0.5"},
        {"long model", {.model = std::string(5000, 'm')}, "model", "field_too_long", "0.5"},
    };
    for (const Case& a_case : cases) {
        CAPTURE(a_case.name);
        const std::string text = spend_log({{.id = "r0"}, a_case.row, {.id = "r2"}});
        const Json report = import_text(text);
        CHECK(rows_of(report) == "3 2 0 1 0");
        CHECK(at(report, "files/0/rejections/0/row") == "2");
        CHECK(at(report, "files/0/rejections/0/code") == a_case.code);
        CHECK(at(report, "files/0/rejected_cost") == a_case.rejected_cost);
        CHECK(at(report, "totals/reported_cost") == "1");
        if (std::string_view(a_case.code) == "too_many_fields") continue;
        CHECK(at(report, "files/0/rejections/0/column") == a_case.column);
    }
    const std::string text = spend_log({{.id = "r0"}, {.spend = "abc"}});
    CHECK(rejection_of(import_text(text)) ==
          "2 spend " + std::to_string(text.find("abc")) + " not_a_number");
}

TEST_CASE("whole numbers may be written as Python writes floats, and nothing in many ways") {
    const Json report = import_text(spend_log({{.prompt = "1000.0", .total = "None"}}));
    CHECK(rows_of(report) == "1 1 0 0 0");
    CHECK(at(report, "totals/input_tokens") == "1000");
}

TEST_CASE("metadata that is no JSON leaves the input unsplit; the row is not lost") {
    const Json report = import_text(spend_log({{.metadata = "{\"usage_object\": {\"cached"}}));
    CHECK(rows_of(report) == "1 1 0 0 0");
    CHECK(at(report, "totals/input_unsplit_tokens") == "1000");
    CHECK(has_warning(report, "metadata_unreadable"));
}

TEST_CASE("what a row counts does not depend on the dimensions that are asked for") {
    constexpr std::string_view kUsage = R"("usage_object":{"cache_read_input_tokens":7})";
    std::vector<SpendLogRow> rows;
    for (std::string_view rest :
         {"", "}", ",\"x\":[1,2", ",\"user_api_key_team_alias\":\"T\",\"x\":{},,\"y\":1}", ",,}",
          "]", ",\"user_api_key_team_alias\":tru}", ",\"user_api_key_alias\":\"\\q\"}",
          ",\"usage_object\":{\"cache_read_input_tokens\":9}}", " \"x\":1}"}) {
        rows.push_back({.metadata = "{" + std::string(kUsage) + std::string(rest)});
        rows.push_back({.metadata = "{\"user_api_key_team_alias\":1," + std::string(kUsage) +
                                    std::string(rest)});
    }
    for (std::string_view first :
         {"\"user_api_key_alias\":tru,", "\"user_api_key_team_id\":nul,",
          "\"user_api_key_alias\":01,", "\"user_api_key_alias\":{]},",
          "\"user_api_key_alias\":\"\\q\",", "\"x\":\"a\" ",
          "\"user_api_key_alias\":\"a\",\"user_api_key_alias\":\"b\",\"user_api_key_team_id\":"
          "\"c\","
          "\"user_api_key_team_alias\":\"d\",\"user_api_key_alias\":\"e\","})
        rows.push_back({.metadata = "{" + std::string(first) + std::string(kUsage) + "}"});
    const std::string long_value(5000, 'v');
    rows.push_back({.tags = "[\"feature:" + long_value + "\"]", .api_key = long_value});
    rows.push_back({.user = long_value, .team = long_value});
    for (std::size_t index = 0; index < rows.size(); ++index) {
        rows[index].id = "r" + std::to_string(index);
        CAPTURE(rows[index].metadata);
        for (const std::string& text : {spend_log({rows[index]}), json_log({rows[index]})}) {
            const Json plain = import_text(text);
            for (std::string_view by : {"team", "api_key", "team,api_key,user,service,tag:x"}) {
                const Json report = import_text(text, by);
                CHECK(rows_of(report) == rows_of(plain));
                CHECK(money_and_tokens(report) == money_and_tokens(plain));
            }
        }
        CHECK(money_and_tokens(import_text(spend_log({rows[index]}))) ==
              money_and_tokens(import_text(json_log({rows[index]}))));
    }
    const Json all = import_text(spend_log(rows), "user");
    CHECK(at(all, "totals/requests") == std::to_string(rows.size()));
    CHECK(has_warning(all, "value_too_long"));
}

TEST_CASE("a word that is no JSON makes metadata unreadable, in CSV as in JSON") {
    for (std::string_view word : {"tru", "nul", "truely", "nulll", "fals", "None", "1x", "01", "+1",
                                  "-", "1.", "1e", "1 2", "\"a\" \"b\""}) {
        CAPTURE(word);
        const SpendLogRow row{.metadata = "{\"x\":" + std::string(word) +
                                          ",\"usage_object\":{\"cache_read_input_tokens\":7}}"};
        for (const std::string& text : {spend_log({row}), json_log({row})}) {
            const Json report = import_text(text);
            CHECK(at(report, "totals/input_unsplit_tokens") == "1000");
            CHECK(has_warning(report, "metadata_unreadable"));
        }
    }
}

TEST_CASE("metadata may have blanks of any kind between its parts, as JSON allows") {
    for (const std::string blank : {"", " ", "  ", "\t", "\n", " \n\t "}) {
        CAPTURE(blank);
        const std::string metadata =
            "{\"a\":" + blank + "{\"b\":1,\"c\":\"x\"}," + blank + "\"t\":" + blank + "true," +
            blank + "\"usage_object\":" + blank + "{\"cache_read_input_tokens\":" + blank + "7}}";
        const Json report = import_text(spend_log({{.metadata = metadata}}));
        CHECK(at(report, "totals/cache_read_tokens") == "7");
        CHECK(at(report, "totals/input_unsplit_tokens") == "0");
    }
}

TEST_CASE("counts that do not add up are told, not changed") {
    const Json report = import_text(spend_log({{.total = "1"}}));
    CHECK(rows_of(report) == "1 1 0 0 0");
    CHECK(has_warning(report, "totals_mismatch"));
}

TEST_CASE("tags with names become dimensions, in any spelling of the name") {
    const Json report = import_text(
        spend_log(
            {{.tags = R"(["User-Agent: cli", "Customer-Tier: gold", "feature=chat", "job:a:b"])"}}),
        "feature,customer_tier,environment,tag:JOB,tag:user-agent");
    CHECK(at(report, "groups/0/key/feature") == "chat");
    CHECK(at(report, "groups/0/key/customer_tier") == "gold");
    CHECK(at(report, "groups/0/key/environment") == "null");
    CHECK(at(report, "groups/0/key/tag:JOB") == "a:b");
    CHECK(at(report, "groups/0/key/tag:user-agent") == "cli");
}

TEST_CASE("the team is its id, else its alias, else its tag") {
    const std::string text = spend_log(
        {{.id = "1",
          .metadata = R"({"user_api_key_team_alias": "Caf\u00e9 \"X\"", "usage_object": {"a":1}})"},
         {.id = "2",
          .metadata = R"({"user_api_key_team_id": "t2", "usage_object": {"a":1}})",
          .team = ""},
         {.id = "3",
          .metadata = R"({"user_api_key_team_alias": "Ops", "usage_object": {"a":1}})",
          .team = ""},
         {.id = "4", .tags = R"(["team:tagged"])", .team = ""}});
    const Json report = import_text(text, "team");
    CHECK(at(report, "groups/0/key/team") == "Ops");
    CHECK(at(report, "groups/1/key/team") == "t2");
    CHECK(at(report, "groups/2/key/team") == "tagged");
    CHECK(at(report, "groups/3/key/team") == "team-a");
    CHECK(at(report, "labels/team/team-a") == "Caf\xC3\xA9 \"X\"");
}

TEST_CASE("sellers of LiteLLM are the contract's providers") {
    CHECK(provider_of_litellm("bedrock") == "amazon-bedrock");
    CHECK(provider_of_litellm("vertex_ai-anthropic_models") == "google-vertex");
    CHECK(provider_of_litellm("gemini") == "google");
    CHECK(provider_of_litellm("openai") == "openai");
    CHECK(provider_of_litellm("someone_new") == "someone_new");
}

TEST_CASE("JSON rows in any wrapper give what the array gives") {
    const std::string row =
        R"({"request_id":"a","spend":0.5,"startTime":"2026-09-01T10:00:00Z","prompt_tokens":10,)"
        R"("completion_tokens":5,"model":"gpt-4o-mini","messages":{"x":["}",{"data":[1]}]},)"
        R"("metadata":{"usage_object":{"prompt_tokens":10}}})";
    std::string other = row;
    other.replace(other.find("\"a\""), 3, "\"b\"");
    const std::string array = "[" + row + ",\n" + other + "]";
    const std::string expected = at(import_text(array), "totals/reported_cost");
    CHECK(expected == "1");
    for (const std::string& text :
         {array, row + "\n" + other + "\n", row + "\r\n\r\n" + other,
          "{\"data\":" + array + ",\"total\":2,\"page\":1}",
          "{\"total\":2, \"data\" : " + array + "}",
          "[{\"data\":[" + row + "]},{\"data\":[" + other + "]}]", "\n " + array + " \n"}) {
        CAPTURE(text);
        const Json report = import_text(text);
        CHECK(rows_of(report) == "2 2 0 0 0");
        CHECK(at(report, "totals/reported_cost") == expected);
        CHECK(size_at(report, "warnings") == 0);
    }
    CHECK(has_warning(import_text("{\"data\":" + array + ",\"total\":7}"), "incomplete_pages"));
    const std::string text_metadata =
        R"([{"request_id":"a","spend":"0.5","startTime":"2026-09-01T10:00:00Z","prompt_tokens":10,)"
        R"("completion_tokens":5,"model":"gpt-4o-mini","metadata":"{\"usage_object\":{\"prompt_tokens\":10}}"}])";
    CHECK(at(import_text(text_metadata), "totals/input_tokens") == "10");
}

TEST_CASE("objects that state neither usage nor cost are ignored, outside the identity") {
    const Json report = import_text(
        R"([{"request_id":"a","spend":1,"startTime":"2026-09-01","prompt_tokens":1,"completion_tokens":0,"model":"m"},{"note":1}])");
    CHECK(rows_of(report) == "1 1 0 0 1");
}
