// Wrong dollars that users of other calculators reported, each with its thread, against the
// built-in book: the usage of the thread (or the smallest that shows the fault) must cost what the
// vendor bills. The amounts are those of the thread or follow from the vendor's list of that day.

#include "api.h"
#include "base/json.h"
#include "price_fixture.h"
#include "pricing/bill.h"
#include "pricing/embedded_book.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

struct Case {
    const char* thread;
    const char* fault;  // what the tool did
    const char* request;
    const char* list_cost;
};

const PriceBook& built_in_book() {
    static const PriceBook book = [] {
        Result<PriceBook> read = PriceBook::read(embedded_book_documents());
        REQUIRE_MESSAGE(read.has_value(), (read ? std::string() : error_message(read.error())));
        return std::move(*read);
    }();
    return book;
}

Json answer_of(const PriceBook& book, std::string_view request) {
    const Result<std::string> text = price(book, request, {.now = Instant{}});
    REQUIRE_MESSAGE(text.has_value(), (text ? std::string() : error_message(text.error())));
    Result<Json> json = Json::parse(*text);
    REQUIRE(json.has_value());
    return std::move(*json);
}

std::string text_of(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    return value ? value->text() : "null";
}

void check(const PriceBook& book, const Case& row) {
    INFO(row.thread, ": ", row.fault, "\n", row.request);
    const Json answer = answer_of(book, row.request);
    CHECK(text_of(answer, "list_cost") == row.list_cost);
    CHECK(answer.find("complete")->boolean());
    CHECK(answer.find("interval") == nullptr);
}

constexpr Case kCachedTokens[] = {
    {"BerriAI/litellm issue 9812", "cache writes billed twice: 0.0913",
     R"({"provider":"anthropic","model":"claude-3-7-sonnet-20250219","at":"2025-04-07T12:00:00Z",
         "usage":{"input_tokens":3,"cache_write_5m_tokens":12304,"output_tokens":550}})",
     "0.054399"},
    {"BerriAI/litellm PR 37407", "cached tokens that are also image tokens billed twice",
     R"({"provider":"xai","model":"grok-4.6","at":"2026-10-01T12:00:00Z",
         "usage":{"input_tokens":9,"input_image_tokens":20,"cache_read_tokens":2432,"output_tokens":606}})",
     "0.00491"},
    {"Aider-AI/aider issue 5516", "cached tokens billed again at the input rate: 10.9 times",
     R"({"provider":"anthropic","model":"claude-haiku-4-5","at":"2026-08-03T12:00:00Z",
         "usage":{"input_tokens":9,"cache_read_tokens":17102}})",
     "0.0017192"},
    {"microsoft/conductor PR 427, turn 1", "cached tokens billed again at the input rate",
     R"({"provider":"anthropic","model":"claude-sonnet-5","at":"2026-08-13T12:00:00Z",
         "usage":{"input_tokens":2,"cache_write_5m_tokens":18971}})",
     "0.0474315"},
    {"microsoft/conductor PR 427, turn 2", "cached tokens billed again at the input rate",
     R"({"provider":"anthropic","model":"claude-sonnet-5","at":"2026-08-13T12:00:00Z",
         "usage":{"input_tokens":2,"cache_read_tokens":18971,"cache_write_5m_tokens":100}})",
     "0.0040482"},
    {"microsoft/conductor PR 427, turn 3", "cached tokens billed again at the input rate",
     R"({"provider":"anthropic","model":"claude-sonnet-5","at":"2026-08-13T12:00:00Z",
         "usage":{"input_tokens":2,"cache_read_tokens":19071,"cache_write_5m_tokens":100}})",
     "0.0040682"},
    {"BerriAI/litellm PR 38371, Haiku 3", "one-hour writes 12 times too high",
     R"({"provider":"anthropic","model":"claude-3-haiku-20240307","at":"2025-09-01T12:00:00Z",
         "usage":{"cache_write_1h_tokens":9628}})",
     "0.004814"},
    {"BerriAI/litellm PR 38371, Opus 3", "one-hour writes 5 times too low",
     R"({"provider":"anthropic","model":"claude-3-opus-20240229","at":"2025-09-01T12:00:00Z",
         "usage":{"cache_write_1h_tokens":9628}})",
     "0.28884"},
    {"ccusage/ccusage issue 899, one hour", "one-hour writes at the rate of five minutes: 0.625",
     R"({"provider":"anthropic","model":"claude-opus-4-6","at":"2026-03-20T12:00:00Z",
         "usage":{"cache_write_1h_tokens":100000}})",
     "1"},
    {"ccusage/ccusage issue 899, five minutes", "the bucket beside it",
     R"({"provider":"anthropic","model":"claude-opus-4-6","at":"2026-03-20T12:00:00Z",
         "usage":{"cache_write_5m_tokens":100000}})",
     "0.625"},
    {"Nanako0129/TokenBar issue 310", "a reseller's entry without a write rate: writes for nothing",
     R"({"model":"anthropic/claude-haiku-4-5","at":"2026-09-10T12:00:00Z",
         "usage":{"cache_write_5m_tokens":100000}})",
     "0.125"},
};

constexpr Case kContextTiers[] = {
    {"BerriAI/litellm issue 14834", "the tier of Grok 4 never reached: 0.507816",
     R"({"provider":"xai","model":"grok-4","at":"2025-09-24T12:00:00Z",
         "usage":{"input_tokens":162732,"output_tokens":1308}})",
     "1.015632"},
    // The thread's own reckoning, 0.1849, mixes the tiers; the vendor takes one for the request.
    {"BerriAI/litellm issue 14849", "cached tokens billed twice: 0.7642",
     R"({"provider":"google","model":"gemini-2.5-pro","at":"2025-09-24T12:00:00Z",
         "usage":{"input_tokens":5005,"cache_read_tokens":257955,"output_tokens":1744}})",
     "0.199894375"},
    {"junhoyeo/tokscale issue 862", "each bucket in tiers of its own",
     R"({"provider":"openai","model":"gpt-5.5","at":"2026-06-15T12:00:00Z",
         "usage":{"input_tokens":270540,"cache_read_tokens":7936,"output_tokens":630}})",
     "2.741686"},
    {"junhoyeo/tokscale issue 862, writes", "written tokens not counted in the prompt",
     R"({"provider":"openai","model":"gpt-5.6-sol","at":"2026-08-22T12:00:00Z",
         "usage":{"input_tokens":270000,"cache_read_tokens":5000,"cache_write_30m_tokens":3000}})",
     "2.194"},
    {"Helicone/helicone PR 5737", "tiers of OpenAI's models unreachable: 1.50",
     R"({"provider":"openai","model":"gpt-5.4","at":"2026-06-06T12:00:00Z",
         "usage":{"input_tokens":300000,"output_tokens":50000}})",
     "2.625"},
    {"Helicone/helicone issue 5788, Google at 200,000", "the tier one token early",
     R"({"provider":"google","model":"gemini-2.5-pro","at":"2026-08-22T12:00:00Z",
         "usage":{"input_tokens":200000}})",
     "0.25"},
    {"Helicone/helicone issue 5788, Google at 200,001", "the first token of the tier",
     R"({"provider":"google","model":"gemini-2.5-pro","at":"2026-08-22T12:00:00Z",
         "usage":{"input_tokens":200001}})",
     "0.5000025"},
    {"Helicone/helicone issue 5788, xAI at 200,000", "the vendor that does include it",
     R"({"provider":"xai","model":"grok-4.5","at":"2026-08-22T12:00:00Z",
         "usage":{"input_tokens":200000}})",
     "0.8"},
    {"Helicone/helicone issue 5766, five minutes", "cache writes at the short tier: half",
     R"({"provider":"anthropic","model":"claude-sonnet-4-5","at":"2026-02-09T12:00:00Z",
         "usage":{"input_tokens":150000,"cache_write_5m_tokens":60000}})",
     "1.35"},
    {"Helicone/helicone issue 5766, one hour", "cache writes at the short tier: half",
     R"({"provider":"anthropic","model":"claude-sonnet-4-5","at":"2026-02-09T12:00:00Z",
         "usage":{"input_tokens":150000,"cache_write_1h_tokens":60000}})",
     "1.62"},
    {"anomalyco/opencode issue 42910", "an old 200k field over the tier of 272k: 0.1",
     R"({"provider":"openai","model":"gpt-5.6-luna","at":"2026-08-22T12:00:00Z",
         "usage":{"input_tokens":250000}})",
     "0.05"},
};

constexpr Case kServiceTiers[] = {
    {"BerriAI/litellm issue 13810", "flex at the standard price: twice as much",
     R"({"provider":"openai","model":"gpt-5-nano","at":"2025-08-20T12:00:00Z","service_tier":"flex",
         "usage":{"input_tokens":1000,"output_tokens":1000}})",
     "0.000225"},
    {"BerriAI/litellm issue 37046, gpt-4o-mini", "priority at the default price: 0.00000255",
     R"({"provider":"openai","model":"gpt-4o-mini-2024-07-18","at":"2026-08-15T12:00:00Z","service_tier":"priority",
         "usage":{"input_tokens":9,"output_tokens":2}})",
     "0.00000425"},
    {"BerriAI/litellm issue 37046, gpt-4o", "priority at the default price: 0.0000325",
     R"({"provider":"openai","model":"gpt-4o-2024-08-06","at":"2026-08-15T12:00:00Z","service_tier":"priority",
         "usage":{"input_tokens":9,"output_tokens":1}})",
     "0.00005525"},
    {"BerriAI/litellm issue 37046, gpt-4.1", "priority at the default price: 0.000026",
     R"({"provider":"openai","model":"gpt-4.1-2025-04-14","at":"2026-08-15T12:00:00Z","service_tier":"priority",
         "usage":{"input_tokens":9,"output_tokens":1}})",
     "0.0000455"},
    {"BerriAI/litellm issue 37046, gpt-4.1-mini", "priority at the default price: 0.0000052",
     R"({"provider":"openai","model":"gpt-4.1-mini-2025-04-14","at":"2026-08-15T12:00:00Z","service_tier":"priority",
         "usage":{"input_tokens":9,"output_tokens":1}})",
     "0.0000091"},
    {"BerriAI/litellm PR 39861", "long prompts flat in batch: half the input, two thirds of output",
     R"({"provider":"openai","model":"gpt-5.4","at":"2026-09-05T12:00:00Z","service_tier":"batch",
         "usage":{"input_tokens":300000,"output_tokens":10000}})",
     "0.8625"},
    {"BerriAI/litellm PR 39861, cached", "cached tokens at the input rate in batch",
     R"({"provider":"openai","model":"gpt-5.6-sol","at":"2026-09-05T12:00:00Z","service_tier":"batch",
         "usage":{"input_tokens":200000,"cache_read_tokens":100000}})",
     "0.84"},
    {"PostHog/posthog PR 94200, served default", "the tier asked for, not the tier served",
     R"({"provider":"openai","model":"gpt-5.4","at":"2026-09-03T12:00:00Z","service_tier":"default",
         "usage":{"input_tokens":100000}})",
     "0.25"},
    {"PostHog/posthog PR 94200, served flex", "every tier at the standard price",
     R"({"provider":"openai","model":"gpt-5.4","at":"2026-09-03T12:00:00Z","service_tier":"flex",
         "usage":{"input_tokens":100000}})",
     "0.125"},
};

constexpr Case kNames[] = {
    {"pydantic/genai-prices issue 689, as Bedrock's invoice has it", "no price",
     R"({"provider":"amazon-bedrock","model":"us.anthropic.claude-fable-5-v1:0","at":"2026-09-15T12:00:00Z",
         "usage":{"input_tokens":100000,"output_tokens":10000}})",
     "1.65"},
    {"pydantic/genai-prices issue 689, as a gateway logs it", "no price",
     R"({"model":"bedrock/us.anthropic.claude-fable-5","at":"2026-09-15T12:00:00Z",
         "usage":{"input_tokens":100000,"output_tokens":10000}})",
     "1.65"},
    {"pydantic/genai-prices issue 689, everywhere", "the profile without the regional tenth",
     R"({"model":"global.anthropic.claude-fable-5-v1:0","at":"2026-09-15T12:00:00Z",
         "usage":{"input_tokens":100000,"output_tokens":10000}})",
     "1.5"},
};

constexpr Case kHours[] = {
    {"pydantic/genai-prices issue 582, a Saturday", "no weekday in a condition: 1.76",
     R"({"provider":"deepseek","model":"deepseek-v4-flash","at":"2026-09-05T02:00:00Z",
         "usage":{"input_tokens":1000000,"output_tokens":1000000}})",
     "0.88"},
    {"pydantic/genai-prices PR 581, before the switch", "new peak hours on old days: 1.76",
     R"({"provider":"deepseek","model":"deepseek-v4-flash","at":"2026-06-01T02:00:00Z",
         "usage":{"input_tokens":1000000,"output_tokens":1000000}})",
     "0.42"},
    {"pydantic/genai-prices PR 581, hours after it", "a date where the vendor had an hour: 0.42",
     R"({"provider":"deepseek","model":"deepseek-v4-flash","at":"2026-08-16T18:00:00Z",
         "usage":{"input_tokens":1000000,"output_tokens":1000000}})",
     "0.88"},
    {"Portkey-AI/models issue 900, off-peak", "one number where the list has two",
     R"({"provider":"deepseek","model":"deepseek-v4-pro","at":"2026-08-21T12:00:00Z",
         "usage":{"output_tokens":1000000}})",
     "1.98"},
    {"Portkey-AI/models issue 900, peak", "one number where the list has two",
     R"({"provider":"deepseek","model":"deepseek-v4-pro","at":"2026-08-21T02:00:00Z",
         "usage":{"output_tokens":1000000}})",
     "3.96"},
};

}  // namespace

TEST_CASE("cached tokens are billed once, each at the rate of its own lifetime") {
    for (const Case& row : kCachedTokens)
        check(built_in_book(), row);
}

TEST_CASE("the whole prompt of a request chooses one context tier for all of it") {
    for (const Case& row : kContextTiers)
        check(built_in_book(), row);
}

TEST_CASE("a request costs what its served tier costs") {
    for (const Case& row : kServiceTiers)
        check(built_in_book(), row);
}

TEST_CASE("a name says where its model runs, and the price is that of the place") {
    for (const Case& row : kNames)
        check(built_in_book(), row);
}

TEST_CASE("a price holds from its instant, in its hours, on its days") {
    for (const Case& row : kHours)
        check(built_in_book(), row);
}

// BerriAI/litellm issue 37046 once more: where the list has no priority price there is none.
TEST_CASE("a service tier without a price is unpriced, never the default price") {
    const Json answer = answer_of(
        built_in_book(),
        R"({"provider":"anthropic","model":"claude-haiku-4-5","at":"2026-08-15T12:00:00Z","service_tier":"priority",
            "usage":{"input_tokens":9,"output_tokens":1}})");
    CHECK(answer.find("list_cost") == nullptr);
    CHECK_FALSE(answer.find("complete")->boolean());
    REQUIRE(answer.find("unpriced")->items().size() == 2);
    CHECK(text_of(answer.find("unpriced")->items()[0], "reason") == "service_tier_not_sold");
}

// PostHog/posthog PR 94200 once more: "auto" says what was asked for; any tier may have served it.
TEST_CASE("a tier that was only asked for gives a range") {
    const Json answer = answer_of(
        built_in_book(),
        R"({"provider":"openai","model":"gpt-5.4","at":"2026-09-03T12:00:00Z","service_tier":"auto",
            "usage":{"input_tokens":100000}})");
    REQUIRE(answer.find("interval") != nullptr);
    CHECK(text_of(*answer.find("interval"), "low") == "0.125");
    CHECK(text_of(*answer.find("interval"), "high") == "0.5");
}

// Portkey-AI/models issue 900 once more: a day's sum holds hours of both prices.
TEST_CASE("a day of two prices gives a range") {
    const Bill result =
        bill(built_in_book(),
             {.provider = "deepseek",
              .model = "deepseek-v4-pro",
              .conditions = {.at = instant("2026-08-21"), .until = instant("2026-08-22")},
              .usage = {{Unit::OutputTokens, 1'000'000}},
              .requests = 10});
    CHECK(result.list_cost.to_string() == "1.98");
    CHECK(result.list_cost_high.to_string() == "3.96");
    CHECK(result.interval_reasons[static_cast<std::size_t>(IntervalReason::HourUnknown)]);
}

// BerriAI/litellm PR 40016: with rates of the user's own, cached tokens were billed twice as well.
TEST_CASE("a book of the user's own bills cached tokens once") {
    const PriceBook book = book_of(provider_with_card(
        R"("rates":{"input_tokens":"3","cache_read_tokens":"0.3","cache_write_5m_tokens":"3.75","output_tokens":"15"})"));
    check(
        book,
        {"BerriAI/litellm PR 40016", "100 uncached tokens billed as 1,000",
         R"({"provider":"acme","model":"m","usage":{"input_tokens":100,"cache_read_tokens":200,"cache_write_5m_tokens":700}})",
         "0.002985"});
}
