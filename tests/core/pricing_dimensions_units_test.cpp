// The dimensions of units, tools, training, capacity and money: see pricing_dimensions_test.cpp.

#include "price_answers.h"

#include <array>

using namespace tokenlever;
using namespace tokenlever::test;

TEST_CASE("dimension 16: images, seconds, songs, pages and characters by what was asked for") {
    const PriceBook book = acme(
        R"("rates":{"output_video_seconds":"0.4","output_songs":"0.08","input_pages":"4","input_characters":"15"},)"
        R"("variants":[{"name":"hd","when":{"resolution":["720p","1080p"]},"rates":{"output_video_seconds":"0.4"}},)"
        R"({"name":"4k","when":{"resolution":"4k"},"rates":{"output_video_seconds":"0.6"}},)"
        R"({"name":"low","when":{"quality":"low"},"rates":{"output_images":"0.011"}},)"
        R"({"name":"high","when":{"quality":"high"},"rates":{"output_images":"0.167"}}])");
    constexpr std::string_view kClip = R"("output_video_seconds":8)";
    CHECK(cost(book, "acme/m", kClip) == "3.2");  // the default
    CHECK(cost(book, "acme/m", kClip, R"(,"options":{"resolution":"1080p"})") == "3.2");
    CHECK(cost(book, "acme/m", kClip, R"(,"options":{"resolution":"4k"})") == "4.8");
    CHECK(cost(book, "acme/m", kClip, R"(,"options":{"resolution":"8k"})") == "null");
    CHECK(cost(book, "acme/m", R"("output_songs":1)") == "0.08");
    CHECK(cost(book, "acme/m", R"("input_pages":1000)") == "4");
    CHECK(cost(book, "acme/m", R"("input_characters":1000000)") == "15");
    const Json clip = priced(book, R"({"model":"acme/m","usage":{"output_video_seconds":8},)"
                                   R"("options":{"resolution":"4k"}})");
    CHECK(text_at(clip.find("lines")->items().front(), "variant") == "4k");
    // Without a default the answer is every variant's.
    CHECK(range(book, R"("output_images":10)") == "0.11..1.67 tier_unknown");
    CHECK(range(book, R"("output_images":10)", R"(,"options":{"quality":"high"})") == "1.67");
    CHECK(warns(priced(book, R"({"model":"acme/m","usage":{"output_video_seconds":8},)"
                             R"("options":{"resolution":"8k"}})"),
                "option_not_sold"));
    CHECK(warns(
        priced(book, R"({"model":"acme/m","usage":{"output_songs":1},"options":{"key":"c"}})"),
        "option_not_listed"));
}

TEST_CASE("dimension 17: audio by its duration, with the least of a request") {
    const PriceBook book = acme(
        R"("rates":{"input_audio_seconds":"0.36"},"billed_quantity":{"input_audio_seconds":{"minimum":"10"}})");
    CHECK(range(book, R"("input_audio_seconds":3)") == "0.001");
    CHECK(range(book, R"("input_audio_seconds":"9.999")") == "0.001");
    CHECK(range(book, R"("input_audio_seconds":10)") == "0.001");
    CHECK(range(book, R"("input_audio_seconds":11)") == "0.0011");
    CHECK(range(book, R"("input_audio_seconds":0)") == "0");
    // Three requests: at the least one had it all, at the most two had next to nothing.
    CHECK(range(book, R"("input_audio_seconds":60,"requests":3)") == "0.006..0.008 tier_unknown");
    const Json answer = priced(book, R"({"model":"acme/m","usage":{"input_audio_seconds":3}})");
    const Json& line = answer.find("lines")->items().front();
    CHECK(text_at(line, "quantity") == "10");
    CHECK(text_at(line, "measured_quantity") == "3");
    CHECK(cost(built_in(), "whisper-1", R"("input_audio_seconds":3600)") == "0.36");
}

TEST_CASE("dimension 18: web searches after a free pool that the account's models share") {
    const PriceBook book = acme(
        R"("rates":{"web_searches":"14","input_tokens":"1"},"free_pools":["grounding"])",
        R"("free_pools":{"grounding":{"units":["web_searches","map_searches"],"amount":"5000","per":"month"}},)");
    const auto after = [&](std::string_view used) {
        return range(book, R"("web_searches":12000)",
                     R"(,"account":{"free_used":{)" + std::string(used) + "}}");
    };
    CHECK(after("") == "98");
    CHECK(after(R"("web_searches":2000)") == "126");
    CHECK(after(R"("web_searches":2000,"map_searches":1000)") == "140");
    CHECK(after(R"("web_searches":9999)") == "168");
    // Nobody said what is left of the pool.
    CHECK(range(book, R"("web_searches":12000)") == "98..168 free_pool_unknown");
    CHECK(range(book, R"("web_searches":1)") == "0..0.014 free_pool_unknown");
    CHECK(range(book, R"("input_tokens":1000000)") == "1");
    CHECK(cost(built_in(), "claude-sonnet-4-5", R"("web_searches":3)") == "0.03");
}

TEST_CASE("dimension 19: other tools by call, by session and by window of time") {
    CHECK(cost(built_in(), "grok-4.6", R"("code_executions":200)") == "1");
    const PriceBook book = acme(
        R"("rates":{"container_sessions":"0.03","container_seconds":"0.15","attachment_searches":"10"},)"
        R"("billed_quantity":{"container_seconds":{"step":"1200"}})");
    CHECK(range(book, R"("container_sessions":2)") == "0.06");
    CHECK(range(book, R"("attachment_searches":50)") == "0.5");
    CHECK(range(book, R"("container_seconds":1)") == "0.05");  // twenty minutes
    CHECK(range(book, R"("container_seconds":1200)") == "0.05");
    CHECK(range(book, R"("container_seconds":1201)") == "0.1");
    CHECK(range(book, R"("container_seconds":1201,"requests":2)") == "0.1..0.15 tier_unknown");
}

TEST_CASE("dimension 20: a fee per request by the size of the search context") {
    const PriceBook book =
        acme(R"("rates":{"input_tokens":"3","output_tokens":"15","requests":"6"},"variants":[)"
             R"({"name":"low","when":{"search_context":"low"},"rates":{"requests":"6"}},)"
             R"({"name":"high","when":{"search_context":"high"},"rates":{"requests":"14"}}])");
    constexpr std::string_view kUsage = R"("input_tokens":1000,"output_tokens":500)";
    CHECK(cost(book, "acme/m", kUsage) == "0.0165");
    CHECK(cost(book, "acme/m", kUsage, R"(,"options":{"search_context":"low"})") == "0.0165");
    CHECK(cost(book, "acme/m", kUsage, R"(,"options":{"search_context":"high"})") == "0.0245");
    CHECK(cost(book, "acme/m", R"("requests":1000)") == "6");
}

TEST_CASE("dimension 22: rerank bills search units of up to a hundred chunks") {
    const PriceBook book = acme(
        R"("rates":{"search_units":"2"},"conversions":[{"from":"rerank_chunks","to":"search_units","factor":"0.01","round_up":true}])");
    struct Case {
        std::string usage, cost;
    };
    const std::array cases = {
        Case{R"("rerank_chunks":1)", "0.002"},   Case{R"("rerank_chunks":100)", "0.002"},
        Case{R"("rerank_chunks":101)", "0.004"}, Case{R"("rerank_chunks":250)", "0.006"},
        Case{R"("search_units":3000)", "6"},     Case{R"("rerank_chunks":0)", "0"},
    };
    for (const Case& row : cases) {
        CAPTURE(row.usage);
        CHECK(range(book, row.usage) == row.cost);
    }
    // A thousand queries: at least all chunks in full units, at most one more for each further
    // query.
    CHECK(range(book, R"("rerank_chunks":250000,"requests":1000)") == "5..6.998 tier_unknown");
}

TEST_CASE("dimension 23: fine-tuned models have a card of their own, training is apart") {
    CHECK(cost(built_in(), "ft:gpt-4o", R"("input_tokens":1000000,"output_tokens":200000)") ==
          "6.75");
    CHECK(cost(built_in(), "ft:gpt-4o-2024-08-06:acme::a1b2",
               R"("input_tokens":1000000,"output_tokens":200000)") == "6.75");
    const PriceBook book = acme(
        R"("rates":{"training_hours":"100","training_tokens":"25","hosting_hours":"1.7"},)"
        R"("billed_quantity":{"training_hours":{"step":"0.01","round":"nearest"}},)"
        R"("multipliers":[{"name":"developer","when":{"options":{"training":"developer"}},"factor":"0.5","applies_to":["training_tokens"]}])");
    CHECK(range(book, R"("training_hours":"2.55")") == "255");
    CHECK(range(book, R"("training_hours":"2.5549")") == "255");  // the invoice rounds to 0.01 h
    CHECK(range(book, R"("training_hours":"2.555")") == "256");
    CHECK(range(book, R"("training_tokens":3000000)") == "75");  // tokens x epochs
    CHECK(range(book, R"("training_tokens":3000000)", R"(,"options":{"training":"developer"})") ==
          "37.5");
    CHECK(range(book, R"("hosting_hours":"24")") == "40.8");
}

TEST_CASE("dimension 24: Azure PTU by fresh input and weighted output, at least and in steps") {
    const auto units = [](std::string_view rpm, std::string_view more = "") {
        return text_at(
            sized(built_in(),
                  R"({"provider":"azure","unit":"ptu","model":"gpt-5","requests_per_minute":)" +
                      std::string(rpm) +
                      R"(,"input_tokens":1500,"cache_read_tokens":1500,"output_tokens":500)" +
                      std::string(more) + "}"),
            "units");
    };
    CHECK(units("600") == "695");
    CHECK(units("601") == "700");  // 695.9: the next step of five
    CHECK(units("1") == "15");     // the least
    CHECK(units("1", R"(,"deployment":"regional")") == "50");
    CHECK(units("600", R"(,"deployment":"regional")") == "700");
    const Json answer = sized(
        built_in(), R"({"provider":"azure","unit":"ptu","model":"gpt-5","requests_per_minute":600,)"
                    R"("input_tokens":1500,"cache_read_tokens":1500,"output_tokens":500,)"
                    R"("hours":730,"unit_price":"0.25"})");
    CHECK(text_at(answer, "minimum") == "15");
    CHECK(text_at(answer, "monthly_cost") == "126837.5");
    CHECK(text_at(answer, "pay_as_you_go_cost") == "185602.5");
    // 126,837.5 of 185,602.5 at 99.96 % utilization.
    CHECK(text_at(answer, "break_even_utilization").substr(0, 10) == "0.68312373");
}

TEST_CASE("dimension 25: Bedrock reserves input and output apart, cache writes count as input") {
    const auto answer = [](std::string_view usage) {
        return sized(built_in(),
                     R"({"provider":"bedrock","unit":"model_unit","model":"claude-sonnet-4-5",)"
                     R"("requests_per_minute":100,"unit_price":"50","unit_price_per":"month",)" +
                         std::string(usage) + "}");
    };
    const Json large = answer(
        R"("input_tokens":2000,"cache_write_tokens":500,"cache_read_tokens":9000,"output_tokens":300)");
    CHECK(text_at(large, "units") == "280");  // 250 of input and 30 of output
    CHECK(text_at(large, "monthly_cost") == "14000");
    const Json small = answer(R"("input_tokens":10,"output_tokens":10)");
    CHECK(text_at(small, "units") == "110");  // the least: 100 and 10
    CHECK(text_at(small, "minimum") == "110");
}

TEST_CASE("dimension 26: Vertex GSU by burndown per second") {
    struct Case {
        std::string request, required, units;
    };
    const std::array cases = {
        Case{
            R"("model":"gemini-1.5-flash","requests_per_minute":600,"input_characters":2000,"output_characters":850)",
            "1", "1"},  // (2,000 + 850 x 4) x 10 / 54,000
        Case{
            R"("model":"gemini-1.5-flash","requests_per_minute":606,"input_characters":2000,"output_characters":850)",
            "1.01", "2"},
        Case{
            R"("model":"gemini-3.6-flash","requests_per_minute":600,"input_tokens":1000,"input_audio_tokens":500,"output_tokens":300)",
            "44.444444444444", "45"},
        Case{
            R"("model":"gemini-2.0-flash","requests_per_minute":600,"input_tokens":1000,"input_audio_tokens":500,"output_tokens":300)",
            "16.964285714286", "17"},
        Case{
            R"("model":"gemini-3-pro-preview","requests_per_minute":60,"input_tokens":250000,"output_tokens":1000)",
            "1018", "1018"},  // beyond 200,000: 2 and 9
    };
    for (const Case& row : cases) {
        CAPTURE(row.request);
        const Json answer = sized(built_in(), R"({"unit":"gsu",)" + row.request + "}");
        CHECK(text_at(answer, "required_units") == row.required);
        CHECK(text_at(answer, "units") == row.units);
    }
}

TEST_CASE("dimension 27: negotiated discounts on a scope and a date range") {
    const PriceBook book =
        acme(R"("rates":{"input_tokens":"3","output_tokens":"15","web_searches":"10"})");
    const auto contracted = [&](std::string_view discounts) {
        const Json answer = priced(
            book,
            R"({"model":"acme/m","usage":{"input_tokens":1000000,"output_tokens":100000,"web_searches":100},)"
            R"("account":{"discounts":[)" +
                std::string(discounts) + "]}}");
        CHECK(text_at(answer, "list_cost") == "5.5");  // the list stays what it is
        return text_at(answer, "contracted_cost");
    };
    CHECK(contracted("") == "null");
    CHECK(contracted(R"({"name":"ea","share":0.1})") == "4.95");
    CHECK(contracted(R"({"name":"ea","share":"0.1","units":["input_tokens"]})") == "5.2");
    CHECK(contracted(R"({"name":"rate","rates":{"input_tokens":"2.5"}})") == "5");
    CHECK(
        contracted(R"({"name":"rate","rates":{"input_tokens":"2.5"}},{"name":"ea","share":0.1})") ==
        "4.5");
    CHECK(contracted(R"({"name":"flat","amount":"2"})") == "3.5");
    CHECK(contracted(R"({"name":"flat","amount":"9"})") == "0");
    CHECK(contracted(R"({"name":"other","share":0.5,"provider":"openai"})") == "5.5");
    CHECK(contracted(R"({"name":"other","share":0.5,"model":"n"})") == "5.5");
    CHECK(contracted(R"({"name":"us","share":0.5,"region":["us"]})") == "5.5");
    CHECK(contracted(R"({"name":"past","share":0.5,"effective_to":"2026-11-16T12:00:00Z"})") ==
          "5.5");
    CHECK(contracted(R"({"name":"now","share":0.5,"effective_from":"2026-11-16T12:00:00Z"})") ==
          "2.75");
}

TEST_CASE("dimension 28: a gateway's fee is on the purchase of credit") {
    const PriceBook book = acme(
        R"("rates":{"credit_purchases":"1","purchase_fees":"1","byok_spend":"0.05"},)"
        R"("conversions":[{"from":"credit_purchases","to":"purchase_fees","factor":"0.055","keep":true}],)"
        R"("billed_quantity":{"purchase_fees":{"minimum":"0.8"}})");
    CHECK(range(book, R"("credit_purchases":100)") == "105.5");
    CHECK(range(book, R"("credit_purchases":5)") == "5.8");
    CHECK(range(book, R"("credit_purchases":"14.6")") == "15.403");  // 5.5 % is more than the least
    CHECK(range(book, R"("byok_spend":"200")") == "10");
}

TEST_CASE("dimension 29: a list in another currency is a list, not an exchange rate") {
    const PriceBook book = acme(R"("rates":{"input_tokens":"4.5"})", R"("currency":"CNY",)");
    const Json answer = priced(book, R"({"model":"acme/m","usage":{"input_tokens":1000000}})");
    CHECK(text_at(answer, "list_cost") == "4.5");
    CHECK(text_at(answer, "currency") == "CNY");
}

TEST_CASE("dimension 30: the vendor's own credits are converted, then the pool is subtracted") {
    const PriceBook book =
        acme(R"("rates":{"credits":"0.000011"},"free_pools":["daily"],)"
             R"("conversions":[{"from":"input_tokens","to":"credits","factor":"0.026668"},)"
             R"({"from":"output_tokens","to":"credits","factor":"0.204805"}])",
             R"("free_pools":{"daily":{"units":["credits"],"amount":"10000","per":"day"}},)");
    const auto with = [&](std::string_view usage, std::string_view used) {
        return range(book, usage,
                     R"(,"account":{"free_used":{"credits":)" + std::string(used) + "}}");
    };
    CHECK(with(R"("input_tokens":1000000)", "10000") == "0.293348");
    CHECK(with(R"("input_tokens":1000000)", "0") == "0.183348");
    CHECK(with(R"("input_tokens":100000,"output_tokens":100000)", "0") == "0.1446203");
    CHECK(with(R"("input_tokens":1000)", "0") == "0");
    const PriceBook plain = acme(R"("rates":{"credits":"0.01"})");
    CHECK(range(plain, R"("credits":"150.5")") == "1.505");
}

TEST_CASE("dimension 31: a tokenizer that makes more tokens of a text is stated beside the model") {
    const PriceBook book = acme(R"("rates":{"input_tokens":"5"})", "",
                                R"("tokenizer":{"shift":"1.3","against":"claude-opus-4-6"},)");
    const Result<std::string> listed = models(book, R"({"provider":"acme"})", kClock);
    REQUIRE(listed.has_value());
    const Json document = parsed(*listed);
    const Json& model = document.find("models")->items().front();
    CHECK(text_at(*model.find("tokenizer"), "shift") == "1.3");
    CHECK(text_at(*model.find("tokenizer"), "against") == "claude-opus-4-6");
    // It is for comparing: no bill changes by it.
    CHECK(cost(book, "acme/m", R"("input_tokens":1000000)") == "5");
}

TEST_CASE("dimension 32: a prompt below the cache's minimum is not cached") {
    const PriceBook book = acme(R"("rates":{"input_tokens":"5","cache_read_tokens":"0.5"})", "",
                                R"("cache":{"minimum_tokens":512,"ttls":["5m"]},)");
    const auto warned = [&](std::string_view usage) {
        return warns(priced(book, R"({"model":"acme/m","usage":{)" + std::string(usage) + "}}"),
                     "below_cache_minimum");
    };
    CHECK(warned(R"("cache_read_tokens":400)"));
    CHECK(warned(R"("cache_read_tokens":400,"input_tokens":111)"));
    CHECK_FALSE(warned(R"("cache_read_tokens":400,"input_tokens":112)"));
    CHECK_FALSE(warned(R"("input_tokens":400)"));
    const Result<std::string> listed = models(book, R"({"provider":"acme"})", kClock);
    REQUIRE(listed.has_value());
    const Json document = parsed(*listed);
    CHECK(text_at(*document.find("models")->items().front().find("cache"), "minimum_tokens") ==
          "512");
}

TEST_CASE("the provider's own charge is kept beside ours, with the difference") {
    const auto reported = [](std::string_view cost) {
        return priced(
            built_in(),
            R"({"model":"grok-4.6","usage":{"input_tokens":29,"cache_read_tokens":2432,"output_tokens":606},)"
            R"("reported_cost":)" +
                std::string(cost) + "}");
    };
    const Json ticks = reported(R"({"amount":49100000,"per":10000000000})");
    CHECK(text_at(ticks, "list_cost") == "0.00491");
    CHECK(text_at(ticks, "reported_cost") == "0.00491");
    CHECK(text_at(ticks, "reported_cost_difference") == "0");
    CHECK(text_at(reported(R"("0.005")"), "reported_cost_difference") == "0.00009");
    CHECK(text_at(reported("null"), "reported_cost") == "null");
    const auto refused = price(
        built_in(), R"({"model":"gpt-5","usage":{},"reported_cost":{"amount":1,"per":0}})", kClock);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().where == "/reported_cost/per");
}
