#include "../shared.h"
#include "usage_fixture.h"

#include <doctest/doctest.h>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

std::string page(std::string_view results, std::string_view rest = R"("has_more":false)",
                 std::string_view start = "1788220800", std::string_view end = "1788307200") {
    return R"({"object":"page","data":[{"object":"bucket","start_time":)" + std::string(start) +
           R"(,"end_time":)" + std::string(end) + R"(,"results":[)" + std::string(results) +
           "]}]," + std::string(rest) + "}";
}

std::string completion(std::string_view members) {
    return R"({"object":"organization.usage.completions.result",)" + std::string(members) + "}";
}

}  // namespace

TEST_CASE("the OpenAI sample gives the published bill of its first row") {
    const auto text = tests::shared_file("formats/openai-usage-api.sample.json");
    if (!text) return;
    const Json report = import_text(*text, "day,model,service_tier");
    CHECK(at(report, "files/0/format") == "openai.usage.json");
    CHECK(rows_of(report) == "5 5 0 0 0");
    CHECK(at(report, "totals/requests") == "13942");
    CHECK(at(report, "totals/input_tokens") == "24681660");
    CHECK(at(report, "totals/cache_read_tokens") == "1524992");
    CHECK(at(report, "totals/cache_read_image_tokens") == "2048");
    CHECK(at(report, "totals/cache_write_tokens") == "15360");
    CHECK(at(report, "totals/input_image_tokens") == "8840");
    CHECK(at(report, "totals/output_tokens") == "2945951");
    CHECK(at(report, "totals/reported_cost") == "null");
    CHECK(at(report, "groups/0/key/model") == "gpt-4o-mini");
    CHECK(at(report, "groups/0/list_cost") == "0.9153483");
    CHECK(at(report, "period/start") == "2026-09-01T00:00:00Z");
    CHECK(at(report, "period/end") == "2026-09-04T00:00:00Z");
}

TEST_CASE("cached and written tokens and every modality are taken out of the inclusive input") {
    const Json report = import_text(page(completion(
        R"("input_tokens":1000,"input_cached_tokens":300,"input_cache_write_tokens":100,)"
        R"("input_cache_write_30m_tokens":60,"input_cache_write_12h_tokens":30,"input_uncached_tokens":600,)"
        R"("input_text_tokens":500,"input_audio_tokens":70,"input_image_tokens":30,)"
        R"("input_cached_audio_tokens":20,"input_cached_image_tokens":10,"output_tokens":90,)"
        R"("output_audio_tokens":15,"output_image_tokens":5,"num_model_requests":4,"model":"gpt-4o-mini")")));
    struct Expected {
        const char* key;
        const char* count;
    };
    for (const auto& [key, count] :
         {Expected{"input_tokens", "500"}, Expected{"cache_read_tokens", "270"},
          Expected{"cache_read_audio_tokens", "20"}, Expected{"cache_read_image_tokens", "10"},
          Expected{"cache_write_30m_tokens", "60"}, Expected{"cache_write_12h_tokens", "30"},
          Expected{"cache_write_tokens", "10"}, Expected{"input_audio_tokens", "70"},
          Expected{"input_image_tokens", "30"}, Expected{"output_tokens", "70"},
          Expected{"output_audio_tokens", "15"}, Expected{"output_image_tokens", "5"},
          Expected{"requests", "4"}})
        CHECK_MESSAGE(at(report, "totals/" + std::string(key)) == count, key);
    CHECK_FALSE(has_warning(report, "totals_mismatch"));
}

TEST_CASE("a result of the older schema has its audio beside the input, and is told") {
    const Json report = import_text(page(completion(
        R"("input_tokens":1000,"input_cached_tokens":300,"input_audio_tokens":50,"output_tokens":1,"num_model_requests":1)")));
    CHECK(at(report, "totals/input_tokens") == "700");
    CHECK(at(report, "totals/input_audio_tokens") == "50");
    CHECK(has_warning(report, "audio_beside_input"));
}

TEST_CASE("input without any cached count stays unsplit") {
    const Json report = import_text(
        page(completion(R"("input_tokens":1000,"output_tokens":1,"num_model_requests":1)")));
    CHECK(at(report, "totals/input_unsplit_tokens") == "1000");
    CHECK(has_warning(report, "input_unsplit"));
}

TEST_CASE("every kind of result object is counted in its own unit") {
    const auto result = [](std::string_view kind, std::string_view members) {
        return R"({"object":"organization.usage.)" + std::string(kind) + R"(.result",)" +
               std::string(members) + "}";
    };
    const std::string text = page(
        result("embeddings",
               R"("input_tokens":10,"num_model_requests":1,"model":"text-embedding-3-small")") +
        "," + result("moderations", R"("input_tokens":20,"num_model_requests":1)") + "," +
        result("images", R"("images":3,"num_model_requests":2,"size":"1024x1024")") + "," +
        result("audio_speeches", R"("characters":400,"num_model_requests":1)") + "," +
        result("audio_transcriptions", R"("seconds":50,"num_model_requests":1)") + "," +
        result("vector_stores", R"("usage_bytes":600)") + "," +
        result("code_interpreter_sessions", R"("num_sessions":7)") + "," +
        result("file_searches", R"("num_requests":8)") + "," +
        result("web_searches", R"("num_requests":9,"num_model_requests":9)"));
    const Json report = import_text(text, "service");
    CHECK(rows_of(report) == "9 9 0 0 0");
    CHECK(at(report, "totals/input_tokens") == "30");
    CHECK(at(report, "totals/output_images") == "3");
    CHECK(at(report, "totals/input_characters") == "400");
    CHECK(at(report, "totals/input_audio_seconds") == "50");
    CHECK(at(report, "totals/file_searches") == "8");
    CHECK(at(report, "totals/web_searches") == "9");
    CHECK(at(report, "totals/other_quantities/vector_store_bytes") == "600");
    CHECK(at(report, "totals/other_quantities/code_interpreter_sessions") == "7");
    CHECK(at(report, "totals/requests") ==
          "6");  // web searches name requests that completions count
    CHECK(size_at(report, "groups") == 9);
}

TEST_CASE("`result` is `results`, and pages come alone, in an array and one per line") {
    const std::string one = page(completion(
        R"("input_tokens":5,"input_cached_tokens":0,"output_tokens":1,"num_model_requests":1)"));
    std::string old = one;
    old.replace(old.find("\"results\""), 9, "\"result\"");
    const std::string two = page(
        completion(
            R"("input_tokens":7,"input_cached_tokens":0,"output_tokens":1,"num_model_requests":1)"),
        R"("has_more":true)", "1788307200", "1788393600");
    CHECK(at(import_text(old), "totals/input_tokens") == "5");
    CHECK_FALSE(has_warning(import_text(one), "incomplete_pages"));
    for (const std::string& text :
         {"[" + one + "," + two + "]", one + "\n" + two + "\n", one + "\n" + two}) {
        CAPTURE(text);
        const Json report = import_text(text);
        CHECK(rows_of(report) == "2 2 0 0 0");
        CHECK(at(report, "totals/input_tokens") == "12");
        CHECK(has_warning(report, "incomplete_pages"));  // R19
    }
}

TEST_CASE("a page saved twice counts once; other counts of the same bucket do not add up either") {
    const std::string one = page(completion(
        R"("input_tokens":5,"input_cached_tokens":0,"output_tokens":1,"num_model_requests":1)"));
    const std::string later = page(completion(
        R"("input_tokens":6,"input_cached_tokens":0,"output_tokens":1,"num_model_requests":1)"));
    const Json report = import_text("[" + one + "," + one + "," + later + "]");
    CHECK(rows_of(report) == "3 1 2 0 0");
    CHECK(at(report, "files/0/set_aside/0/reason") == "duplicate_id");
    CHECK(at(report, "files/0/set_aside/1/reason") == "same_bucket_other_counts");
    CHECK(at(report, "totals/input_tokens") == "5");
}

TEST_CASE("pages of one period in different groupings are warned about") {
    const std::string by_model = page(completion(
        R"("input_tokens":5,"input_cached_tokens":0,"output_tokens":1,"num_model_requests":1,"model":"gpt-4o")"));
    const std::string by_key = page(completion(
        R"("input_tokens":5,"input_cached_tokens":0,"output_tokens":1,"num_model_requests":1,"api_key_id":"k")"));
    CHECK(has_warning(import_text("[" + by_model + "," + by_key + "]"), "overlapping_groupings"));
    CHECK_FALSE(
        has_warning(import_text("[" + by_model + "," + by_model + "]"), "overlapping_groupings"));
}

TEST_CASE("batch is a service tier, and data-sharing tokens are free") {
    const std::string text = page(
        completion(
            R"("input_tokens":1000000,"input_cached_tokens":0,"output_tokens":0,"num_model_requests":9,"model":"gpt-4o-mini","batch":true,"service_tier":"default")") +
        "," +
        completion(
            R"("input_tokens":1000000,"input_cached_tokens":0,"output_tokens":0,"num_model_requests":9,"model":"gpt-4o-mini","batch":false,"service_tier":"incentivized-tier")"));
    const Json report = import_text(text, "service_tier");
    CHECK(at(report, "groups/0/key/service_tier") == "batch");
    CHECK(at(report, "groups/0/list_cost") == "0.075");
    CHECK(at(report, "groups/1/key/service_tier") == "free");
    CHECK(at(report, "groups/1/list_cost") == "0");
}

TEST_CASE("a result that contradicts itself or cannot be read is rejected where it stands") {
    struct Case {
        const char* members;
        const char* column;
        const char* code;
    };
    const Case cases[] = {
        {R"("input_tokens":5,"input_cached_tokens":6,"output_tokens":1)", "input_cached_tokens",
         "inconsistent_tokens"},
        {R"("input_tokens":5,"input_cached_tokens":0,"output_tokens":1,"output_audio_tokens":2)",
         "output_tokens", "inconsistent_tokens"},
        {R"("input_tokens":-5)", "input_tokens", "not_a_whole_number"},
        {R"("input_tokens":"many")", "input_tokens", "not_a_number"},
        {R"("input_tokens":{})", "input_tokens", "wrong_type"},
    };
    for (const Case& a_case : cases) {
        CAPTURE(a_case.members);
        const Json report = import_text(page(completion(a_case.members)));
        CHECK(rows_of(report) == "1 0 0 1 0");
        CHECK(at(report, "files/0/rejections/0/column") == a_case.column);
        CHECK(at(report, "files/0/rejections/0/code") == a_case.code);
    }
    const std::string strange =
        page(R"({"object":"organization.usage.telepathy.result","input_tokens":1})");
    CHECK(rejection_of(import_text(strange)) ==
          "1 object " + std::to_string(strange.find("{\"object\":\"organization")) +
              " invalid_value");
    const std::string text = page(completion(R"("input_tokens":x5)"), R"("has_more":false)");
    CHECK(at(import_text(text), "files/0/error/code") == "malformed_json");
    const std::string timeless =
        page(completion(R"("input_tokens":5)"), R"("has_more":false)", "\"soon\"");
    CHECK(at(import_text(timeless), "files/0/rejections/0/column") == "start_time");
}

TEST_CASE("a page without traffic is a valid export without data") {
    const Json report = import_text(
        R"({"object":"page","data":[{"object":"bucket","start_time":1,"end_time":2,"results":[]}],"has_more":false})");
    CHECK(rows_of(report) == "0 0 0 0 0");
    CHECK(has_warning(report, "no_rows"));
    const std::string empty = R"({"object":"page","data":[],"has_more":true,"next_page":"x"})";
    CHECK(has_warning(import_text(empty), "no_rows"));
    const std::string full =
        page(completion(R"("input_tokens":5,"output_tokens":1,"num_model_requests":1)"));
    for (const std::string& text : {empty + "\n" + full, "[" + empty + "," + full + "]"}) {
        CHECK(rows_of(import_text(text)) == "1 1 0 0 0");
        CHECK_FALSE(has_warning(import_text(text), "incomplete_pages"));  // the last page has all
    }
}

TEST_CASE("a bucket whose results are no list is empty or one rejection; the others count") {
    const auto bucket = [](std::string_view results, int day) {
        return R"({"object":"bucket","start_time":)" + std::to_string(1788220800 + day * 86400) +
               R"(,"end_time":)" + std::to_string(1788307200 + day * 86400) + R"(,"results":)" +
               std::string(results) + "}";
    };
    const std::string one =
        "[" +
        completion(R"("input_tokens":5,"input_cached_tokens":0,"output_tokens":1,)"
                   R"("num_model_requests":1)") +
        "]";
    for (std::string_view results : {"{}", R"({"a":[1]})", "7", "true", R"("none")", "null"}) {
        CAPTURE(results);
        const std::string text = R"({"object":"page","data":[)" + bucket(one, 0) + "," +
                                 bucket(results, 1) + "," + bucket(one, 2) + "]}";
        const Json report = import_text(text, "day");
        CHECK(at(report, "totals/input_tokens") == "10");
        CHECK(rows_of(report) == (results == "null" ? "2 2 0 0 0" : "3 2 0 1 0"));
        if (results == "null") continue;
        const std::size_t offset = text.find("\"results\":" + std::string(results)) + 10;
        CHECK(rejection_of(report) == "2 results " + std::to_string(offset) + " wrong_type");
    }
}

TEST_CASE("a bucket finer than the source is null, with a warning") {
    const std::string text = page(completion(
        R"("input_tokens":5,"input_cached_tokens":0,"output_tokens":1,"num_model_requests":1)"));
    const Json report = import_text(text, "hour,day,month");
    CHECK(at(report, "groups/0/key/hour") == "null");
    CHECK(at(report, "groups/0/key/day") == "2026-09-01");
    CHECK(at(report, "groups/0/key/month") == "2026-09");
    CHECK(has_warning(report, "bucket_finer_than_source"));
}
