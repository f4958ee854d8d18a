// One test for each dimension in which real price lists differ: "dimension NN: ..."; those of units
// and money stand in pricing_dimensions_units_test.cpp. What a worked example or a published rate
// states must come out to the last digit. Where the built-in book has the card it is asked; a rule
// of which no card is at hand has one of its own here.

#include "price_answers.h"

#include <array>

using namespace tokenlever;
using namespace tokenlever::test;

TEST_CASE("dimension 01: input and output") {
    const PriceBook book = acme(R"("rates":{"input_tokens":"2","output_tokens":"10"})");
    CHECK(cost(book, "acme/m", R"("input_tokens":1000000,"output_tokens":200000)") == "4");
    CHECK(cost(built_in(), "gpt-6-sol",
               R"("input_tokens":1000000,"output_tokens":200000,"requests":10)") == "4");
}

TEST_CASE("dimension 02: cached input bills at a rate of its own, which differs by model") {
    CHECK(cost(built_in(), "grok-4.6",
               R"("input_tokens":29,"cache_read_tokens":2432,"output_tokens":606)") == "0.00491");
    CHECK(cost(built_in(), "gemini-2.5-pro", R"("cache_read_tokens":100000)") == "0.0125");
    CHECK(cost(built_in(), "claude-opus-5-5", R"("cache_read_tokens":100000)") == "0.02");
}

TEST_CASE("dimension 03: cache writes bill by lifetime instead of as input") {
    CHECK(cost(built_in(), "gpt-6.1-terra", R"("cache_write_30m_tokens":1000000,"requests":10)") ==
          "1.25");
    CHECK(cost(built_in(), "gpt-6.1-terra", R"("cache_write_12h_tokens":1000000,"requests":10)") ==
          "2.5");
    CHECK(cost(built_in(), "claude-3-7-sonnet-20250219",
               R"("input_tokens":3,"cache_write_5m_tokens":12304,"output_tokens":550)",
               R"(,"at":"2025-04-07")") == "0.054399");
}

TEST_CASE("dimension 04: cache storage is tokens by hours, prorated") {
    CHECK(cost(built_in(), "gemini-2.5-pro", R"("cache_storage_token_hours":600000)") == "2.7");
    CHECK(cost(built_in(), "gemini-2.5-pro", R"("cache_storage_token_hours":"50000.5")") ==
          "0.22500225");
}

TEST_CASE("dimension 05: a long prompt bills the whole request at its tier") {
    struct Case {
        std::string model, usage, cost;
    };
    const std::array cases = {
        Case{"gpt-6.1-terra", R"("input_tokens":270000,"output_tokens":20000)", "0.37"},
        Case{"gpt-6.1-terra", R"("input_tokens":300000,"output_tokens":20000)", "0.75"},
        Case{"gpt-6.1-terra", R"("input_tokens":271999)", "0.271999"},  // T - 1
        Case{"gpt-6.1-terra", R"("input_tokens":272000)", "0.272"},     // T: "more than"
        Case{"gpt-6.1-terra", R"("input_tokens":272001)", "0.544002"},  // T + 1
        Case{"grok-4.5", R"("input_tokens":199999)", "0.399998"},
        Case{"grok-4.5", R"("input_tokens":200000)", "0.8"},  // T: "from"
        Case{"grok-4.5", R"("input_tokens":200001)", "0.800004"},
        Case{"claude-haiku-5-5", R"("input_tokens":100000)", "0.01"},
        Case{"claude-haiku-5-5", R"("input_tokens":60000,"cache_read_tokens":40001)", "0.03200005"},
        Case{"gpt-5.4", R"("input_tokens":300000,"output_tokens":50000)", "2.625"},
    };
    for (const Case& row : cases) {
        CAPTURE(row.model);
        CAPTURE(row.usage);
        CHECK(cost(built_in(), row.model, row.usage) == row.cost);
    }
    CHECK(warns(priced(built_in(), R"({"model":"gpt-6-sol","usage":{"input_tokens":272000}})"),
                "prompt_at_threshold"));
}

TEST_CASE("dimension 06: a marginal tier bills each slice at its own rate, cached tokens first") {
    const PriceBook book = acme(
        R"("rates":{"input_tokens":"1","cache_read_tokens":"0.2","output_tokens":"4"},"context_tiers":[)"
        R"({"op":">","threshold":32000,"mode":"marginal","rates":{"input_tokens":"1.33","cache_read_tokens":"0.266"}},)"
        R"({"op":">=","threshold":100000,"mode":"marginal","rates":{"input_tokens":"2"}}])");
    struct Case {
        std::string usage, cost;
    };
    const std::array cases = {
        Case{R"("input_tokens":50000)", "0.05594"},
        Case{R"("input_tokens":20000,"cache_read_tokens":30000)", "0.03194"},
        Case{R"("input_tokens":50000,"output_tokens":1000)", "0.05994"},
        Case{R"("input_tokens":31999)", "0.031999"},
        Case{R"("input_tokens":32000)", "0.032"},
        Case{R"("input_tokens":32001)", "0.03200133"},
        Case{R"("input_tokens":99999)", "0.12243867"},  // ">=": the 100,000th is of the next slice
        Case{R"("input_tokens":100000)", "0.12244067"},
        Case{R"("cache_read_tokens":40000)", "0.008528"},
    };
    for (const Case& row : cases) {
        CAPTURE(row.usage);
        CHECK(cost(book, "acme/m", row.usage) == row.cost);
    }
    CHECK(range(book, R"("input_tokens":50000,"requests":2)") == "0.05..0.0665 tier_unknown");
    const Json quota = sized(built_in(), R"({"provider":"alibaba","unit":"ptu","model":"glm-5.1",)"
                                         R"("requests_per_minute":1,"input_tokens":50000})");
    CHECK(text_at(quota, "required_units") == "55.94");
    const Json cached = sized(
        built_in(), R"({"provider":"alibaba","unit":"ptu","model":"glm-5.1",)"
                    R"("requests_per_minute":1,"input_tokens":20000,"cache_read_tokens":30000})");
    CHECK(text_at(cached, "required_units") == "31.94");
}

TEST_CASE("dimension 07: a request that reasoned bills its whole output at another rate") {
    const PriceBook book = acme(
        R"("rates":{"input_tokens":"0.4","output_tokens":"1.2","thinking_output_tokens":"4"},)"
        R"("context_tiers":[{"op":">","threshold":256000,"rates":{"input_tokens":"1.2","output_tokens":"3.6","thinking_output_tokens":"12"}}])");
    CHECK(cost(book, "acme/m", R"("output_tokens":1000)") == "0.0012");
    CHECK(cost(book, "acme/m", R"("output_tokens":1000,"reasoning_tokens":300)") == "0.004");
    CHECK(cost(book, "acme/m", R"("output_tokens":1000)", R"(,"thinking":true)") == "0.004");
    CHECK(cost(book, "acme/m",
               R"("input_tokens":256001,"output_tokens":1000,"reasoning_tokens":1)") ==
          "0.3192012");
    // Of several requests some may not have reasoned.
    CHECK(range(book, R"("output_tokens":1000,"reasoning_tokens":300,"requests":2)") ==
          "0.0012..0.004 tier_unknown");
}

TEST_CASE(
    "dimension 08: reasoning and citations with rates of their own, and reasoning as output") {
    const PriceBook book = acme(
        R"("rates":{"input_tokens":"2","output_tokens":"8","reasoning_tokens":"3","citation_tokens":"2","web_searches":"5"})");
    // 7,163 tokens of answer beside 73,997 of reasoning.
    CHECK(cost(book, "acme/m",
               R"("input_tokens":33,"output_tokens":81160,"reasoning_tokens":73997,)"
               R"("citation_tokens":20016,"web_searches":18)") == "0.409393");
    CHECK(cost(built_in(), "gemini-2.5-pro",
               R"("input_tokens":1000,"output_tokens":5100,"reasoning_tokens":5000)") == "0.05225");
}

TEST_CASE("dimension 09: batch multiplies token rates where it is sold, and no tool fee") {
    constexpr std::string_view kBatch = R"(,"service_tier":"batch")";
    CHECK(cost(built_in(), "gpt-6-sol",
               R"("input_tokens":1000000,"output_tokens":200000,"requests":10)", kBatch) == "2");
    CHECK(cost(built_in(), "claude-sonnet-4-5", R"("web_searches":1000)", kBatch) == "10");
    const PriceBook dear = acme(
        R"("rates":{"input_tokens":"2"},"multipliers":[{"name":"batch","when":{"service_tier":"batch"},"factor":"0.8"}])");
    CHECK(cost(dear, "acme/m", R"("input_tokens":1000000)", kBatch) == "1.6");
    const PriceBook none = acme(R"("rates":{"input_tokens":"2"})");
    CHECK(cost(none, "acme/m", R"("input_tokens":1000000)", kBatch) == "null");
}

TEST_CASE("dimension 10: flex multiplies the long tier too") {
    CHECK(cost(built_in(), "gpt-6-astra", R"("input_tokens":300000)",
               R"(,"service_tier":"flex")") == "3");
}

TEST_CASE("dimension 11: the tier served multiplies cached tokens too") {
    CHECK(cost(built_in(), "claude-opus-5", R"("input_tokens":100000,"output_tokens":10000)",
               R"(,"speed":"fast")") == "1.5");
    CHECK(cost(built_in(), "claude-opus-5", R"("cache_read_tokens":1000000)",
               R"(,"speed":"fast")") == "1");
    const PriceBook book = acme(
        R"("rates":{"input_tokens":"5"},"multipliers":[{"name":"priority","when":{"service_tier":"priority"},"factor":"1.8"},)"
        R"({"name":"ultrafast","when":{"speed":"ultrafast"},"factor":"6"}])");
    CHECK(cost(book, "acme/m", R"("input_tokens":1000000)", R"(,"service_tier":"priority")") ==
          "9");
    CHECK(cost(book, "acme/m", R"("input_tokens":1000000)", R"(,"speed":"ultrafast")") == "30");
    CHECK(cost(book, "acme/m", R"("input_tokens":1000000)", R"(,"speed":"fast")") == "null");
}

TEST_CASE("dimension 12: a region multiplies after the tier") {
    constexpr std::string_view kUsage =
        R"("input_tokens":2000,"cache_read_tokens":100000,"output_tokens":1500)";
    CHECK(cost(built_in(), "claude-opus-5-5", kUsage) == "0.058");
    CHECK(cost(built_in(), "claude-opus-5-5", kUsage, R"(,"region":"us")") == "0.0638");
}

TEST_CASE("dimension 14: a scheduled price holds from its instant, a retracted one never") {
    CHECK(cost(built_in(), "gemini-3.8-flash", R"("input_tokens":1000000,"requests":10)",
               R"(,"at":"2026-12-31T23:59:59Z")") == "0.75");
    CHECK(cost(built_in(), "gemini-3.8-flash", R"("input_tokens":1000000,"requests":10)",
               R"(,"at":"2027-01-01T00:00:00Z")") == "1.5");
    CHECK(cost(built_in(), "claude-sonnet-5", R"("input_tokens":100000,"output_tokens":10000)") ==
          "0.3");
}

TEST_CASE("dimension 15: a modality bills at its own rate, else as text") {
    CHECK(cost(built_in(), "gemini-embedding-2",
               R"("input_tokens":1000,"input_image_tokens":1000,"input_audio_tokens":1000,)"
               R"("input_video_tokens":1000)") == "0.01915");
    const PriceBook book = acme(R"("rates":{"input_tokens":"3"})");
    CHECK(cost(book, "acme/m", R"("input_image_tokens":1000000)") == "3");
}

TEST_CASE("dimension 21: embeddings have input only") {
    CHECK(cost(built_in(), "text-embedding-3-small", R"("input_tokens":1000000)") == "0.02");
    const Json answer = priced(
        built_in(),
        R"({"model":"text-embedding-3-small","usage":{"input_tokens":1000000,"output_tokens":5}})");
    CHECK(text_at(answer, "list_cost") == "0.02");
    CHECK_FALSE(answer.find("complete")->boolean());
}

// ---- time -------------------------------------------------------------------------------------

TEST_CASE("dimension 13: hours, weekdays and holidays of the vendor's calendar") {
    CHECK(cost(built_in(), "deepseek-flash", R"("input_tokens":1000000,"output_tokens":200000)",
               R"(,"at":"2026-11-16T02:00:00Z")") == "0.54");
    CHECK(cost(built_in(), "deepseek-flash", R"("input_tokens":1000000,"output_tokens":200000)",
               R"(,"at":"2026-11-16T12:00:00Z")") == "0.27");
    const PriceBook book = acme(
        R"("rates":{"input_tokens":"1"},"context_tiers":[{"op":">","threshold":500000,"rates":{"input_tokens":"3"}}],)"
        R"("windows":[{"name":"peak","tz_offset":"+08:00","days":["mon","tue","wed","thu","fri"],)"
        R"("from":"09:00","to":"12:00","except_holidays":"cn","factor":"2"}])");
    struct Case {
        std::string at, cost;
    };
    const std::array cases = {
        Case{"2026-11-16T00:59:59Z", "0.1"},                    // Monday, a second before nine
        Case{"2026-11-16T01:00:00Z", "0.2"},                    // start
        Case{"2026-11-16T03:59:59Z", "0.2"},                    // end - 1 s
        Case{"2026-11-16T04:00:00Z", "0.1"},                    // end
        Case{"2026-11-16T09:00:00+08:00", "0.2"},               // the same instants on the
        Case{"2026-11-16T11:59:59+08:00", "0.2"},               // vendor's clock
        Case{"2026-11-16T12:00:00+08:00", "0.1"},               //
        Case{"2026-11-14T02:00:00Z", "0.1"},                    // Saturday
        Case{"2026-10-01T02:00:00Z", "0.1"},                    // National Day, a Thursday
        Case{"2026-09-30T02:00:00Z", "0.2"},                    // the day before
        Case{"2026-10-07T02:00:00Z", "0.1"},                    // the last day off, a Wednesday
        Case{"2026-10-08T02:00:00Z", "0.2"},                    //
        Case{"2027-02-08T02:00:00Z", "0.1..0.2 hour_unknown"},  // nobody has announced 2027
        Case{"2027-02-06T02:00:00Z", "0.1"},                    // a Saturday of it
        Case{"2027-02-08T05:00:00Z", "0.1"},                    // outside the window
    };
    for (const Case& row : cases) {
        CAPTURE(row.at);
        CHECK(range(book, R"("input_tokens":100000)", R"(,"at":")" + row.at + "\"") == row.cost);
    }
    // A window with a factor stands beside context tiers.
    CHECK(cost(book, "acme/m", R"("input_tokens":1000000)", R"(,"at":"2026-11-16T02:00:00Z")") ==
          "6");
}
