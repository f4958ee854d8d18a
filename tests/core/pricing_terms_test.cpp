// What a card, a calendar or a plan of capacity must say to be read: each refusal with its place.

#include "price_fixture.h"
#include "pricing/calendar.h"
#include "pricing/capacity.h"
#include "random.h"

#include <doctest/doctest.h>

#include <array>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

struct Refusal {
    std::string name, inside;
    ErrorCode code{};
    std::string where;  // under the card
};

Json parsed(std::string_view text) {
    Result<Json> json = Json::parse(text);
    REQUIRE_MESSAGE(json.has_value(), text);
    return std::move(*json);
}

const std::string kRates = R"("rates":{"input_tokens":"1"},)";

std::string calendar(std::string_view years) {
    return R"({"schema":"tokenlever.calendar/1","calendar":"xx","years":{)" + std::string(years) +
           "}}";
}

std::string year(std::string_view name, std::string_view holidays) {
    return "\"" + std::string(name) + R"(":{"holidays":[)" + std::string(holidays) +
           R"(],"source":{"url":"https://example.com","read_at":"2026-11-01","quote":"words"}})";
}

std::string plan(std::string_view inside) {
    return R"({"schema":"tokenlever.capacity/1","provider":"acme","unit":"ptu",)"
           R"("sources":{"page":{"url":"https://example.com","read_at":"2026-11-01","quote":"words"}},)"
           R"("models":[{"model":"m","source":"page",)" +
           std::string(inside) + "}]}";
}

}  // namespace

TEST_CASE("refuses terms of a card that could be read in two ways") {
    const std::array refusals = {
        Refusal{"a mode nobody knows",
                R"("context_tiers":[{"op":">","threshold":1,"mode":"sliced","rates":{}}])",
                ErrorCode::InvalidValue, "/context_tiers/0/mode"},
        Refusal{"two modes",
                R"("context_tiers":[{"op":">","threshold":1,"rates":{}},)"
                R"({"op":">","threshold":2,"mode":"marginal","rates":{}}])",
                ErrorCode::InvalidValue, "/context_tiers/1/mode"},
        Refusal{
            "a slice of the output",
            R"("context_tiers":[{"op":">","threshold":1,"mode":"marginal","rates":{"output_tokens":"1"}}])",
            ErrorCode::InvalidValue, "/context_tiers/0/rates/output_tokens"},
        Refusal{"a variant that always holds", R"("variants":[{"name":"a","when":{},"rates":{}}])",
                ErrorCode::InvalidValue, "/variants/0/when"},
        Refusal{"an option without a value",
                R"("variants":[{"name":"a","when":{"size":[]},"rates":{}}])",
                ErrorCode::InvalidValue, "/variants/0/when/size"},
        Refusal{"two variants of one kind",
                R"("variants":[{"name":"a","when":{"size":"s"},"rates":{}},)"
                R"({"name":"b","when":{"size":"s"},"rates":{}}])",
                ErrorCode::InvalidValue, "/variants/1"},
        Refusal{"a unit that becomes itself",
                R"("conversions":[{"from":"credits","to":"credits","factor":"1"}])",
                ErrorCode::InvalidValue, "/conversions/0/to"},
        Refusal{"a conversion of a conversion",
                R"("conversions":[{"from":"input_tokens","to":"credits","factor":"1"},)"
                R"({"from":"credits","to":"requests","factor":"1"}])",
                ErrorCode::InvalidValue, "/conversions/1"},
        Refusal{"a conversion of an unknown unit",
                R"("conversions":[{"from":"chunks","to":"credits","factor":"1"}])",
                ErrorCode::UnknownUnit, "/conversions/0/from"},
        Refusal{"a step of nothing", R"("billed_quantity":{"requests":{"step":"0"}})",
                ErrorCode::OutOfRange, "/billed_quantity/requests/step"},
        Refusal{"neither minimum nor step", R"("billed_quantity":{"requests":{}})",
                ErrorCode::MissingKey, "/billed_quantity/requests"},
        Refusal{"a rounding nobody knows",
                R"("billed_quantity":{"requests":{"step":"1","round":"down"}})",
                ErrorCode::InvalidValue, "/billed_quantity/requests/round"},
        Refusal{"a pool that the file does not name", R"("free_pools":["monthly"])",
                ErrorCode::InvalidValue, "/free_pools/0"},
    };
    for (const Refusal& refusal : refusals) {
        CAPTURE(refusal.name);
        const auto book = read_book(provider_with_card(kRates + refusal.inside));
        REQUIRE_FALSE(book.has_value());
        CHECK(error_id(book.error().code) == error_id(refusal.code));
        CHECK(book.error().where == "/models/0/cards/0" + refusal.where);
    }
}

TEST_CASE("a window has a factor or rates, and a calendar that some document holds") {
    const auto window = [](std::string_view inside) {
        return read_book(provider_with_card(
            kRates +
            R"("windows":[{"name":"peak","tz_offset":"+08:00","days":["mon"],"from":"09:00","to":"12:00",)" +
            std::string(inside) + "}]"));
    };
    CHECK(window(R"("factor":"0.5")").has_value());
    CHECK(window(R"("factor":"0.5","rates":{})").error().code == ErrorCode::MissingKey);
    CHECK(window(R"("name2":"")").error().code == ErrorCode::UnknownKey);
    CHECK(window(R"("factor":"0.5","except_holidays":"xx")").error().code ==
          ErrorCode::InvalidValue);
    const std::string with = provider_with_card(
        kRates +
        R"("windows":[{"name":"peak","tz_offset":"+08:00","days":["mon"],"from":"09:00","to":"12:00",)"
        R"("factor":"0.5","except_holidays":"xx"}])");
    const std::string holidays = calendar(year("2026", R"("2026-01-05")"));
    // In any order of the documents.
    CHECK(PriceBook::read(std::array<std::string_view, 2>{with, holidays}).has_value());
    CHECK(PriceBook::read(std::array<std::string_view, 2>{holidays, with}).has_value());
}

TEST_CASE("a calendar knows the years it was told and no other") {
    const auto read = read_calendar(parsed(calendar(year("2025", R"("2025-12-31")") + "," +
                                                    year("2026", R"("2026-01-01","2026-01-02")"))));
    REQUIRE(read.has_value());
    const auto day = [&](std::string_view at, int offset) {
        return read->day_of(instant(at), offset);
    };
    CHECK(day("2026-01-01T00:00:00Z", 0) == CalendarDay::Holiday);
    CHECK(day("2026-01-02T23:59:59Z", 0) == CalendarDay::Holiday);
    CHECK(day("2026-01-03T00:00:00Z", 0) == CalendarDay::NoHoliday);
    CHECK(day("2026-01-02T16:00:00Z", 480) == CalendarDay::NoHoliday);  // the third there
    CHECK(day("2025-12-30T16:00:00Z", 480) == CalendarDay::Holiday);  // the last of December there
    CHECK(day("2026-12-31T16:00:00Z", 480) == CalendarDay::Unknown);  // 2027 there
    CHECK(day("2024-12-31T23:59:59Z", 0) == CalendarDay::Unknown);
}

TEST_CASE("refuses a calendar that contradicts itself") {
    struct Case {
        std::string years, where;
    };
    const std::array cases = {
        Case{year("2026", R"("2027-01-01")"), "/years/2026/holidays/0"},
        Case{year("2026", R"("2026-01-02","2026-01-01")"), "/years/2026/holidays/1"},
        Case{year("2026", R"("2026-01-01","2026-01-01")"), "/years/2026/holidays/1"},
        Case{year("2026", R"("2026-02-30")"), "/years/2026/holidays/0"},
        Case{year("26", ""), "/years/26"},
        Case{year("2026", "") + "," + year("2025", ""), "/years/2025"},
        Case{R"("2026":{"holidays":[]})", "/years/2026"},
    };
    for (const Case& row : cases) {
        CAPTURE(row.years);
        const auto read = read_calendar(parsed(calendar(row.years)));
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().where == row.where);
    }
}

TEST_CASE("refuses a plan of capacity that cannot be sized") {
    const std::string deployments = R"("deployments":{"global":{"minimum":1,"step":1}})";
    struct Case {
        std::string inside, where;
    };
    const std::array cases = {
        Case{R"("throughput":"0","per":"minute","weights":{},)" + deployments,
             "/models/0/throughput"},
        Case{R"("throughput":5,"per":"minute","weights":{},)" + deployments,
             "/models/0/throughput"},
        Case{R"("throughput":"5","per":"hour","weights":{},)" + deployments, "/models/0/per"},
        Case{R"("throughput":"5","per":"minute","weights":{"tokens":"1"},)" + deployments,
             "/models/0/weights/tokens"},
        Case{R"("throughput":"5","per":"minute","weights":{},"deployments":{})",
             "/models/0/deployments"},
        Case{
            R"("throughput":"5","per":"minute","weights":{},"deployments":{"global":{"minimum":1,"step":0}})",
            "/models/0/deployments/global/step"},
        Case{
            R"("throughput":"5","per":"minute","weights":{},"tiers":[{"op":">","threshold":2},{"op":">","threshold":1}],)" +
                deployments,
            "/models/0/tiers/1/threshold"},
    };
    for (const Case& row : cases) {
        CAPTURE(row.inside);
        const auto read = read_capacity(parsed(plan(row.inside)));
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().where == row.where);
    }
    const auto sound = read_capacity(
        parsed(plan(R"("throughput":"5","per":"second","weights":{},)" + deployments)));
    REQUIRE(sound.has_value());
    CHECK(sound->front().throughput == Decimal(300));
}

TEST_CASE("units are bought in whole steps, decided by the exact quotient") {
    const auto plans = read_capacity(parsed(plan(
        R"("throughput":"3","per":"minute","weights":{"input_tokens":"1"},"deployments":{"global":{"minimum":2,"step":5}})")));
    REQUIRE(plans.has_value());
    const auto units = [&](std::int64_t tokens) {
        const std::array usage = {UnitQuantity{.unit = Unit::InputTokens, .quantity = tokens}};
        const CapacityPlan& plan = plans->front();
        return size_capacity(plan, plan.deployments.front(), usage, 1)->units;
    };
    CHECK(units(0) == 2);
    CHECK(units(14) == 5);
    CHECK(units(15) == 5);
    CHECK(units(16) == 10);
    CHECK(units(3'000'000'000'000'000) == 1'000'000'000'000'000);
    CHECK(units(3'000'000'000'000'001) == 1'000'000'000'000'005);
}

TEST_CASE("properties: requests rounded apart are never outside the interval of their sum") {
    const std::array<std::string, 6> rules = {
        R"("billed_quantity":{"container_seconds":{"minimum":"10"}})",
        R"("billed_quantity":{"container_seconds":{"step":"12"}})",
        R"("billed_quantity":{"container_seconds":{"minimum":"10","step":"3"}})",
        R"("billed_quantity":{"container_seconds":{"step":"5","round":"nearest"}})",
        R"("billed_quantity":{"container_seconds":{"minimum":"4","step":"3","round":"nearest"}})",
        R"("conversions":[{"from":"input_video_seconds","to":"container_seconds","factor":"0.1","round_up":true}])",
    };
    Random random(20261124);
    for (const std::string& rule : rules) {
        CAPTURE(rule);
        const PriceBook book =
            book_of(provider_with_card(R"("rates":{"container_seconds":"3600"},)" + rule));
        const Unit unit =
            rule.starts_with(R"("conv)") ? Unit::InputVideoSeconds : Unit::ContainerSeconds;
        const auto cost = [&](const Decimal& quantity, std::int64_t requests) {
            return bill(book, {.provider = "acme",
                               .model = "m",
                               .conditions = {.at = instant("2026-11-02")},
                               .usage = {{.unit = unit, .quantity = quantity}},
                               .requests = requests});
        };
        for (int round = 0; round < 200; ++round) {
            Money apart;
            Decimal sum;
            const int requests = 1 + random.below(4);
            for (int i = 0; i < requests; ++i) {
                const Decimal quantity =
                    Decimal(random.one_in(4) ? 0 : random.below(300)).scaled_down(1);
                apart += cost(quantity, 1).list_cost;
                sum += quantity;
            }
            const Bill together = cost(sum, requests);
            CHECK(together.list_cost <= apart);
            CHECK(apart <= together.list_cost_high);
        }
    }
}
