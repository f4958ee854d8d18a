#include "price_fixture.h"
#include "pricing/bill.h"
#include "random.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

constexpr std::string_view kFlat =
    R"("rates":{"input_tokens":"3","cache_read_tokens":"0.3","cache_write_5m_tokens":"3.75","cache_write_1h_tokens":"6",)"
    R"("output_tokens":"15","web_searches":"10","input_audio_seconds":"0.36"},"multipliers":["batch","fast","us"])";

constexpr std::string_view kTiered =
    R"("rates":{"input_tokens":"1","cache_read_tokens":"0.1","output_tokens":"5"},"context_tiers":[)"
    R"({"op":">","threshold":200000,"rates":{"input_tokens":"2","cache_read_tokens":"0.2","output_tokens":"7.5"}},)"
    R"({"op":">=","threshold":500000,"rates":{"input_tokens":"4"}}])";

PriceRequest request_of(std::vector<UnitQuantity> usage,
                        std::string_view at = "2026-11-02T12:00:00Z") {
    return {.provider = "acme",
            .model = "m",
            .conditions = {.at = instant(at)},
            .usage = std::move(usage)};
}

std::string cost_of(const PriceBook& book, const PriceRequest& request) {
    const Bill result = bill(book, request);
    return result.is_priced() ? result.list_cost.to_string() : "unpriced";
}

std::string cost_of(const PriceBook& book, std::vector<UnitQuantity> usage) {
    return cost_of(book, request_of(std::move(usage)));
}

std::string high_of(const Bill& result) { return result.list_cost_high.to_string(); }

bool has_reason(const Bill& result, IntervalReason reason) {
    return result.interval_reasons[static_cast<std::size_t>(reason)];
}

bool warns(const Bill& result, std::string_view code) {
    return std::ranges::find(result.warnings, code, &Warning::code) != result.warnings.end();
}

}  // namespace

TEST_CASE("a line is computed without loss and rounded once, half-even") {
    const PriceBook book = book_of(
        provider_with_card(R"("rates":{"input_tokens":"0.0000005","output_tokens":"0.0000015"})"));
    CHECK(cost_of(book, {{Unit::InputTokens, 1}}) == "0");  // half a pico-dollar, to even
    CHECK(cost_of(book, {{Unit::OutputTokens, 1}}) == "0.000000000002");  // one and a half, to even
    CHECK(cost_of(book, {{Unit::InputTokens, 3}}) == "0.000000000002");
    CHECK(cost_of(book, {{Unit::InputTokens, 1'000'000}}) == "0.0000005");
}

TEST_CASE("each unit bills at its own rate, else at that of the unit that contains it") {
    const PriceBook book = book_of(provider_with_card(kFlat));
    CHECK(cost_of(book, {{Unit::InputTokens, 1000}}) == "0.003");
    CHECK(cost_of(book, {{Unit::CacheReadTokens, 1000}}) == "0.0003");
    CHECK(cost_of(book, {{Unit::CacheWrite1hTokens, 1000}}) == "0.006");
    CHECK(cost_of(book, {{Unit::InputAudioTokens, 1000}}) == "0.003");
    CHECK(cost_of(book, {{Unit::OutputAudioTokens, 1000}}) == "0.015");
    CHECK(cost_of(book, {{Unit::CacheReadAudioTokens, 1000}}) == "0.0003");
    CHECK(cost_of(book, {{Unit::WebSearches, 3}}) == "0.03");
    CHECK(cost_of(book, {{Unit::InputAudioSeconds, decimal("90")}}) == "0.009");
    const Bill result = bill(book, request_of({{Unit::InputAudioTokens, 1}}));
    CHECK(result.lines[0].price.rate_unit == Unit::InputTokens);
}

TEST_CASE("what is not sold is unpriced, and the rest is priced") {
    const PriceBook book = book_of(provider_with_card(kFlat));
    const Bill result =
        bill(book, request_of({{Unit::OutputTokens, 1000}, {Unit::CodeExecutions, 2}}));
    CHECK(result.list_cost.to_string() == "0.015");
    CHECK_FALSE(result.is_complete());
    REQUIRE(result.unpriced.size() == 1);
    CHECK(result.unpriced[0].unit == Unit::CodeExecutions);
    CHECK(result.unpriced[0].quantity == Decimal(2));
    CHECK(result.unpriced[0].reason == PriceGap::NotSold);
    CHECK(cost_of(book, {{Unit::CodeExecutions, 2}}) == "unpriced");
}

TEST_CASE("zero quantities are neither lines nor unpriced") {
    const PriceBook book = book_of(provider_with_card(kFlat));
    const Bill result = bill(book, request_of({{Unit::InputTokens, 0}, {Unit::CodeExecutions, 0}}));
    CHECK(result.lines.empty());
    CHECK(result.is_complete());
    CHECK(result.is_priced());
    CHECK(result.list_cost == Money());
}

TEST_CASE("null is not published and never free; zero is free") {
    const PriceBook book = book_of(provider_with_card(
        R"("rates":{"input_tokens":"2","cache_read_tokens":null,"cache_write_tokens":"0","output_tokens":null})"));
    const Bill read =
        bill(book, request_of({{Unit::InputTokens, 1000}, {Unit::CacheReadTokens, 1000}}));
    CHECK(read.list_cost.to_string() == "0.002");
    CHECK(high_of(read) == "0.004");  // a cached read costs at most what the same tokens cost fresh
    CHECK(has_reason(read, IntervalReason::RateUnpublished));
    CHECK_FALSE(read.is_complete());
    const Bill output = bill(book, request_of({{Unit::OutputTokens, 1000}}));
    CHECK_FALSE(output.is_priced());
    CHECK_FALSE(output.has_interval());
    CHECK(output.unpriced[0].reason == PriceGap::RateUnpublished);
    const Bill write = bill(book, request_of({{Unit::CacheWriteTokens, 1000}}));
    CHECK(write.is_complete());
    CHECK(write.list_cost == Money());
    CHECK(write.lines.size() == 1);
}

TEST_CASE("reasoning is a part of the output and is billed once") {
    const PriceBook plain = book_of(provider_with_card(kFlat));
    CHECK(cost_of(plain, {{Unit::OutputTokens, 1000}, {Unit::ReasoningTokens, 900}}) == "0.015");
    const PriceBook apart =
        book_of(provider_with_card(R"("rates":{"output_tokens":"15","reasoning_tokens":"3"})"));
    const Bill result =
        bill(apart, request_of({{Unit::OutputTokens, 1000}, {Unit::ReasoningTokens, 900}}));
    CHECK(result.list_cost.to_string() == "0.0042");
    REQUIRE(result.lines.size() == 2);
    CHECK(result.lines[0].quantity == Decimal(100));
    CHECK(result.lines[1].quantity == Decimal(900));
}

TEST_CASE("the whole prompt of a request picks one tier for all of its tokens") {
    const PriceBook book = book_of(provider_with_card(kTiered));
    struct Case {
        std::int64_t input, read, output;
        std::string cost;
    };
    const std::array cases = {
        Case{199'999, 0, 0, "0.199999"},
        Case{200'000, 0, 0, "0.2"},  // ">" leaves the threshold itself short
        Case{200'001, 0, 0, "0.400002"},
        Case{100'000, 100'000, 1000, "0.115"},  // cached tokens count towards the prompt
        Case{100'000, 100'001, 1000, "0.2275002"},
        Case{499'999, 0, 0, "0.999998"},
        Case{500'000, 0, 0, "2"},  // ">=" takes the threshold itself
        Case{500'001, 0, 0, "2.000004"},
        Case{300'000, 200'000, 0, "1.22"},  // units a tier does not name keep their base rate
    };
    for (const Case& row : cases) {
        CAPTURE(row.input);
        CHECK(cost_of(book, {{Unit::InputTokens, row.input},
                             {Unit::CacheReadTokens, row.read},
                             {Unit::OutputTokens, row.output}}) == row.cost);
    }
    CHECK(warns(bill(book, request_of({{Unit::InputTokens, 200'000}})), "prompt_at_threshold"));
    CHECK_FALSE(
        warns(bill(book, request_of({{Unit::InputTokens, 199'999}})), "prompt_at_threshold"));
}

TEST_CASE("an aggregate decides a tier per request only if all are short") {
    const PriceBook book = book_of(provider_with_card(kTiered));
    PriceRequest request = request_of({{Unit::InputTokens, 200'000}});
    request.requests = 3;
    CHECK_FALSE(bill(book, request).has_interval());

    request.usage[0].quantity = 200'001;
    const Bill open = bill(book, request);
    CHECK(open.list_cost.to_string() == "0.200001");
    CHECK(high_of(open) == "0.400002");
    CHECK(has_reason(open, IntervalReason::TierUnknown));
    CHECK(open.is_complete());
    CHECK(open.context_tier == nullptr);

    request.conditions.prompt_tokens = 66'667;  // the caller knows the requests
    CHECK_FALSE(bill(book, request).has_interval());
    CHECK(cost_of(book, request) == "0.200001");
}

TEST_CASE("cache writes of unknown lifetime are exact where the card has one write rate") {
    const auto write = [](std::string_view rates) {
        const PriceBook book = book_of(
            provider_with_card(R"("rates":{"input_tokens":"1",)" + std::string(rates) + "}"));
        return bill(book, request_of({{Unit::CacheWriteTokens, 1'000'000}}));
    };
    const Bill one = write(R"("cache_write_5m_tokens":"1.25")");
    CHECK(one.list_cost.to_string() == "1.25");
    CHECK_FALSE(one.has_interval());
    const Bill two = write(R"("cache_write_5m_tokens":"1.25","cache_write_1h_tokens":"2")");
    CHECK(two.list_cost.to_string() == "1.25");
    CHECK(high_of(two) == "2");
    CHECK(has_reason(two, IntervalReason::TtlUnknown));
    CHECK_FALSE(write(R"("cache_write_5m_tokens":"2","cache_write_1h_tokens":"2")").has_interval());
    CHECK(write(R"("output_tokens":"1")").list_cost.to_string() ==
          "1");  // no write rate: the input rate
}

TEST_CASE("a lifetime that the vendor sells none of has no price, where it sells others") {
    const PriceBook book = book_of(
        provider_with_card(R"("rates":{"input_tokens":"1","cache_write_5m_tokens":"1.25"})"));
    const Bill result = bill(book, request_of({{Unit::CacheWrite1hTokens, 1000}}));
    CHECK_FALSE(result.is_priced());
    CHECK(result.unpriced[0].reason == PriceGap::RateUnpublished);
}

TEST_CASE("multipliers that hold multiply each other, on tokens only") {
    const PriceBook book = book_of(provider_with_card(kFlat));
    PriceRequest request = request_of({{Unit::OutputTokens, 1'000'000}, {Unit::WebSearches, 1000}});
    const auto cost_with = [&](Speed speed, std::string region) {
        request.conditions.speed = speed;
        request.conditions.region = std::move(region);
        return cost_of(book, request);
    };
    CHECK(cost_with(Speed::Standard, "global") == "25");
    CHECK(cost_with(Speed::Fast, "global") == "40");
    CHECK(cost_with(Speed::Standard, "us-east-1") == "26.5");
    CHECK(cost_with(Speed::Fast, "us") == "43");
    const Bill both = bill(book, request);
    REQUIRE(both.lines[0].price.multipliers.all().size() == 2);
    CHECK(both.lines[0].price.multipliers.all()[0]->name == "fast");
    CHECK(both.lines[0].price.list_unit_price == Decimal(33));
    CHECK(both.lines[1].price.multipliers.all().empty());
    CHECK(cost_with(Speed::Standard, "mars") == "25");
    CHECK(warns(bill(book, request), "region_not_listed"));
}

TEST_CASE("a region in the name is billed, whatever region the request says") {
    const PriceBook book = book_of(provider_with_card(kFlat));
    PriceRequest request = request_of({{Unit::OutputTokens, 1'000'000}});
    const auto cost_of_name = [&](const std::string& prefix, std::string region) {
        const std::string name = prefix + std::string(request_of({}).model);
        request.model = name;
        request.conditions.region = std::move(region);
        return cost_of(book, request);
    };
    CHECK(cost_of_name("us.anthropic.", "global") == "16.5");
    CHECK(cost_of_name("bedrock/us-east-1/", "global") == "16.5");
    CHECK(cost_of_name("global.anthropic.", "us") == "15");
    CHECK(cost_of_name("anthropic.", "us") == "16.5");
    CHECK(cost_of_name("anthropic.", "global") == "15");
}

TEST_CASE("a tier or speed the vendor does not sell is never billed at the standard rate") {
    const PriceBook book = book_of(provider_with_card(kFlat));
    PriceRequest request = request_of({{Unit::InputTokens, 1000}, {Unit::WebSearches, 1}});
    for (const ServiceTier tier :
         {ServiceTier::Flex, ServiceTier::Priority, ServiceTier::Provisioned}) {
        request.conditions.service_tier = tier;
        const Bill result = bill(book, request);
        REQUIRE(result.unpriced.size() == 1);
        CHECK(result.unpriced[0].reason == PriceGap::ServiceTierNotSold);
        CHECK(warns(result, "service_tier_not_sold"));
        CHECK(result.list_cost.to_string() == "0.01");  // a search costs the same in every tier
    }
    request.conditions.service_tier = ServiceTier::Standard;
    request.conditions.speed = Speed::Ultrafast;
    CHECK(bill(book, request).unpriced[0].reason == PriceGap::SpeedNotSold);
    CHECK(warns(bill(book, request), "speed_not_sold"));
}

TEST_CASE("a service tier that nobody recorded is an interval over those the vendor sells") {
    const PriceBook book = book_of(provider_with_card(kFlat));
    PriceRequest request = request_of({{Unit::InputTokens, 1'000'000}});
    request.conditions.service_tier = ServiceTier::Unknown;
    const Bill result = bill(book, request);
    CHECK(result.list_cost.to_string() == "1.5");
    CHECK(high_of(result) == "3");
    CHECK(has_reason(result, IntervalReason::TierUnknown));
}

TEST_CASE("an unrecorded tier cannot have been one that is not sold for so long a prompt") {
    const PriceBook book = book_of(provider_with_card(
        R"("rates":{"input_tokens":"1"},"context_tiers":[{"op":">","threshold":1000,"rates":{"input_tokens":"2"}}],)"
        R"("multipliers":["batch",{"name":"priority","when":{"service_tier":"priority"},"rates":{"input_tokens":"9"}}])"));
    PriceRequest request = request_of({{Unit::InputTokens, 1'000}});
    request.conditions.service_tier = ServiceTier::Unknown;
    CHECK(high_of(bill(book, request)) == "0.009");
    request.usage[0].quantity = 2'000;
    const Bill result = bill(book, request);
    CHECK(result.list_cost.to_string() == "0.002");
    CHECK(high_of(result) == "0.004");
    CHECK(result.is_complete());
}

TEST_CASE("the free tier costs nothing, and says so in a line") {
    const PriceBook book = book_of(provider_with_card(kFlat));
    PriceRequest request = request_of({{Unit::InputTokens, 1'000'000}});
    request.conditions.service_tier = ServiceTier::Free;
    const Bill result = bill(book, request);
    CHECK(result.is_complete());
    CHECK(result.list_cost == Money());
    REQUIRE(result.lines.size() == 1);
    CHECK(result.lines[0].price.multipliers.all()[0]->name == "free");
}

TEST_CASE("batch and cached tokens stack as the vendor says") {
    struct Case {
        std::string stacking, read, write;
    };
    // 2/0.2 with writes at 2.5, in batch at half.
    const std::array cases = {
        Case{"multiply", "0.1", "1.25"}, Case{"cache_precedence", "0.2", "1.25"},
        Case{"none", "1", "1"},  // cached tokens at the batch input price
    };
    for (const Case& row : cases) {
        CAPTURE(row.stacking);
        const PriceBook book = book_of(provider_with_card(
            R"("rates":{"input_tokens":"2","cache_read_tokens":"0.2","cache_write_5m_tokens":"2.5"},"multipliers":["batch"])",
            R"("cache":{"ttls":["5m"],"batch_stacking":")" + std::string(row.stacking) + R"("},)"));
        const auto batch_cost = [&](Unit unit) {
            PriceRequest request = request_of({{unit, 1'000'000}});
            request.conditions.service_tier = ServiceTier::Batch;
            return cost_of(book, request);
        };
        CHECK(batch_cost(Unit::InputTokens) == "1");
        CHECK(batch_cost(Unit::CacheReadTokens) == row.read);
        CHECK(batch_cost(Unit::CacheWrite5mTokens) == row.write);
    }
}

TEST_CASE("a tier may have rates of its own in place of a factor") {
    const PriceBook book = book_of(provider_with_card(
        R"("rates":{"input_tokens":"0.15","cache_read_tokens":"0.075","output_tokens":"0.6"},"multipliers":["us",)"
        R"({"name":"priority","when":{"service_tier":"priority"},"rates":{"input_tokens":"0.25","output_tokens":"1"}}])"));
    PriceRequest request = request_of({{Unit::InputTokens, 1'000'000}});
    request.conditions.service_tier = ServiceTier::Priority;
    CHECK(cost_of(book, request) == "0.25");
    request.conditions.region = "us";
    CHECK(cost_of(book, request) == "0.275");
    const Bill result = bill(book, request);
    CHECK(result.lines[0].price.multipliers.all().size() == 2);
    request.usage = {
        {Unit::CacheReadTokens, 1'000'000}};  // not in the tier's rates: its input rate
    CHECK(cost_of(book, request) == "0.275");
}

TEST_CASE("windows follow the vendor's clock, start included and end excluded") {
    const PriceBook book = book_of(provider_with_card(
        R"("rates":{"input_tokens":"1"},"windows":[{"name":"peak","tz_offset":"+08:00","days":["mon","tue","wed","thu","fri"],)"
        R"("from":"09:00","to":"12:00","rates":{"input_tokens":"2"}}])"));
    struct Case {
        std::string at, cost;
    };
    const std::array cases = {
        Case{"2026-11-02T00:59:59Z", "1"},  // Monday, one second before nine
        Case{"2026-11-02T01:00:00Z", "2"}, Case{"2026-11-02T03:59:59.999999Z", "2"},
        Case{"2026-11-02T04:00:00Z", "1"}, Case{"2026-11-07T02:00:00Z", "1"},  // Saturday
        Case{"2026-11-06T02:00:00Z", "2"},                                     // Friday
        Case{"2026-11-01T23:30:00Z", "1"},  // Sunday here, Monday 07:30 there
    };
    for (const Case& row : cases) {
        CAPTURE(row.at);
        CHECK(cost_of(book, request_of({{Unit::InputTokens, 1'000'000}}, row.at)) == row.cost);
    }
}

TEST_CASE("a bucket that a window divides is an interval, one inside it is not") {
    const PriceBook book = book_of(provider_with_card(
        R"("rates":{"input_tokens":"1"},"windows":[{"name":"peak","tz_offset":"+08:00","days":["mon"],)"
        R"("from":"09:00","to":"12:00","rates":{"input_tokens":"2"}}])"));
    const auto bucket = [&](std::string_view from, std::string_view to) {
        PriceRequest request = request_of({{Unit::InputTokens, 1'000'000}}, from);
        request.conditions.until = instant(to);
        return bill(book, request);
    };
    const Bill day = bucket("2026-11-02", "2026-11-03");
    CHECK(day.list_cost.to_string() == "1");
    CHECK(high_of(day) == "2");
    CHECK(has_reason(day, IntervalReason::HourUnknown));
    CHECK_FALSE(bucket("2026-11-02T01:00:00Z", "2026-11-02T02:00:00Z").has_interval());
    CHECK(bucket("2026-11-02T03:00:00Z", "2026-11-02T04:00:00Z").list_cost.to_string() == "2");
    CHECK_FALSE(bucket("2026-11-03", "2026-11-04").has_interval());
    CHECK(bucket("2026-11-01", "2026-12-01").has_interval());
}

TEST_CASE("a card holds from its first instant to just before its last") {
    const PriceBook book = book_of(provider_with_models(
        R"({"model":"m","cards":[)"
        R"({"id":"a","status":"observed","source":"page","rates":{"input_tokens":"5"},)"
        R"("effective_from":"2026-01-01","effective_to":"2026-08-16T16:00:00Z"},)"
        R"({"id":"b","status":"observed","source":"page","rates":{"input_tokens":"4"},"effective_from":"2026-08-16T16:00:00Z"}]})"));
    const auto at = [&](std::string_view when) {
        return cost_of(book, request_of({{Unit::InputTokens, 1'000'000}}, when));
    };
    CHECK(at("2025-12-31T23:59:59.999999Z") == "unpriced");
    CHECK(at("2026-01-01") == "5");
    CHECK(at("2026-08-16T15:59:59.999999Z") == "5");
    CHECK(at("2026-08-16T16:00:00Z") == "4");
    const Bill before = bill(book, request_of({{Unit::InputTokens, 1}}, "2025-01-01"));
    CHECK(before.found.model != nullptr);
    CHECK(before.card == nullptr);
    CHECK(before.unpriced[0].reason == PriceGap::NoCard);
    PriceRequest day = request_of({{Unit::InputTokens, 1'000'000}}, "2026-08-16");
    day.conditions.until = instant("2026-08-17");
    CHECK(has_reason(bill(book, day), IntervalReason::HourUnknown));
}

TEST_CASE("a fee per request is billed where the card has one") {
    const PriceBook book =
        book_of(provider_with_card(R"("rates":{"input_tokens":"3","requests":"6"})"));
    PriceRequest request = request_of({{Unit::InputTokens, 1000}});
    CHECK(cost_of(book, request) == "0.009");
    request.requests = 10;
    CHECK(cost_of(book, request) == "0.063");
    const PriceBook without = book_of(provider_with_card(R"("rates":{"input_tokens":"3"})"));
    CHECK(cost_of(without, request) == "0.003");
    CHECK(bill(without, request).is_complete());
}

TEST_CASE("an unknown model leaves all usage unpriced, once") {
    const PriceBook book = book_of(provider_with_card(kFlat));
    PriceRequest request =
        request_of({{Unit::OutputTokens, 10}, {Unit::InputTokens, 5}, {Unit::ReasoningTokens, 4}});
    request.model = "n";
    const Bill result = bill(book, request);
    CHECK(result.found.model == nullptr);
    CHECK_FALSE(result.is_priced());
    REQUIRE(result.unpriced.size() == 2);
    CHECK(result.unpriced[0].reason == PriceGap::UnknownModel);
}

TEST_CASE("an amount beyond money is unpriced, not wrong") {
    const PriceBook book = book_of(provider_with_card(R"("rates":{"output_images":"1000000000"})"));
    const Bill result = bill(book, request_of({{Unit::OutputImages, decimal("1e30")}}));
    REQUIRE(result.unpriced.size() == 1);
    CHECK(result.unpriced[0].reason == PriceGap::AmountTooLarge);
}

TEST_CASE("unit_price is the price of the bill's lines") {
    const PriceBook book = book_of(provider_with_card(kTiered));
    const RateCard& card = book.providers()[0].models[0].cards[0];
    const auto price_at = [&](std::optional<std::int64_t> prompt) {
        return unit_price(card, Unit::OutputTokens,
                          {.at = instant("2026-11-01"), .prompt_tokens = prompt});
    };
    CHECK(price_at(std::nullopt)->list_unit_price == Decimal(5));
    CHECK(price_at(200'000)->list_unit_price == Decimal(5));
    CHECK(price_at(200'001)->list_unit_price == decimal("7.5"));
    CHECK(price_at(200'001)->context_tier->threshold == 200'000);
    CHECK(unit_price(card, Unit::WebSearches, {}).error() == PriceGap::NotSold);
    CHECK(unit_price(card, Unit::InputTokens, {.service_tier = ServiceTier::Batch}).error() ==
          PriceGap::ServiceTierNotSold);
}

// ---- properties -------------------------------------------------------------------------------

namespace {

std::vector<UnitQuantity> random_usage(Random& random) {
    constexpr std::array kUnitsOfCard = {Unit::InputTokens,        Unit::CacheReadTokens,
                                         Unit::CacheWrite5mTokens, Unit::CacheWrite1hTokens,
                                         Unit::OutputTokens,       Unit::CacheWriteTokens,
                                         Unit::WebSearches,        Unit::InputAudioTokens};
    std::vector<UnitQuantity> usage;
    for (const Unit unit : kUnitsOfCard)
        if (!random.one_in(3)) usage.push_back({unit, Decimal(random.below(400'000))});
    return usage;
}

}  // namespace

TEST_CASE("properties: the sum of the lines is the total, whatever the order of the usage") {
    Random random(20261123);
    const PriceBook flat = book_of(provider_with_card(kFlat));
    const PriceBook tiered = book_of(provider_with_card(kTiered));
    for (int round = 0; round < 500; ++round) {
        const PriceBook& book = random.one_in(2) ? flat : tiered;
        PriceRequest request = request_of(random_usage(random));
        request.requests = 1 + random.below(3);
        const Bill first = bill(book, request);
        Money sum;
        for (const BillLine& line : first.lines) {
            CHECK(line.cost <= line.cost_high);
            sum += line.cost;
        }
        CHECK(sum == first.list_cost);
        CHECK(first.list_cost <= first.list_cost_high);
        CHECK(first.has_interval() == (first.list_cost != first.list_cost_high));
        CHECK(first.lines.size() + first.unpriced.size() <= request.usage.size());

        for (std::size_t i = request.usage.size(); i > 1; --i)
            std::swap(request.usage[i - 1],
                      request.usage[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
        const Bill second = bill(book, request);
        CHECK(second.list_cost == first.list_cost);
        CHECK(second.list_cost_high == first.list_cost_high);
        REQUIRE(second.lines.size() == first.lines.size());
        for (std::size_t i = 0; i < first.lines.size(); ++i)
            CHECK(second.lines[i].unit == first.lines[i].unit);
    }
}

TEST_CASE("properties: more of anything never costs less") {
    Random random(7);
    const PriceBook flat = book_of(provider_with_card(kFlat));
    const PriceBook tiered = book_of(provider_with_card(kTiered));
    for (int round = 0; round < 500; ++round) {
        const PriceBook& book = random.one_in(2) ? flat : tiered;
        PriceRequest request = request_of(random_usage(random));
        if (request.usage.empty()) continue;
        const Bill less = bill(book, request);
        UnitQuantity& row = request.usage[static_cast<std::size_t>(
            random.below(static_cast<int>(request.usage.size())))];
        row.quantity += Decimal(1 + random.below(100'000));
        const Bill more = bill(book, request);
        CHECK(more.list_cost >= less.list_cost);
        CHECK(more.list_cost_high >= less.list_cost_high);
    }
}

TEST_CASE("properties: one request priced apart is never outside the interval of the aggregate") {
    Random random(99);
    const PriceBook book = book_of(provider_with_card(kTiered));
    for (int round = 0; round < 300; ++round) {
        Money apart;
        std::array<std::int64_t, 3> sums{};
        const int requests = 1 + random.below(4);
        for (int i = 0; i < requests; ++i) {
            const std::array<std::int64_t, 3> counts = {random.below(600'000),
                                                        random.below(300'000), random.below(9'000)};
            for (std::size_t j = 0; j < counts.size(); ++j)
                sums[j] += counts[j];
            apart += bill(book, request_of({{Unit::InputTokens, counts[0]},
                                            {Unit::CacheReadTokens, counts[1]},
                                            {Unit::OutputTokens, counts[2]}}))
                         .list_cost;
        }
        PriceRequest request = request_of({{Unit::InputTokens, sums[0]},
                                           {Unit::CacheReadTokens, sums[1]},
                                           {Unit::OutputTokens, sums[2]}});
        request.requests = requests;
        const Bill aggregate = bill(book, request);
        CHECK(aggregate.list_cost <= apart);
        CHECK(apart <= aggregate.list_cost_high);
    }
}
