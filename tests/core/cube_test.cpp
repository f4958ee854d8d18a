#include "cube/cube.h"

#include "price_fixture.h"
#include "pricing/bill.h"
#include "random.h"
#include "usage_fixture.h"

#include <doctest/doctest.h>

#include <map>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

// A price that changes inside a day, a context tier, and dear hours; and a model whose tier is
// inclusive.
PriceBook changing_book() {
    return book_of(provider_with_models(
        R"({"model":"m","cards":[)"
        R"({"id":"m/1","status":"observed","source":"page","effective_to":"2026-09-10T16:00:00Z",)"
        R"("rates":{"input_tokens":"2","cache_read_tokens":"0.5","output_tokens":"8"},)"
        R"("context_tiers":[{"op":">","threshold":200000,"rates":{"input_tokens":"4","output_tokens":"12"}}]},)"
        R"({"id":"m/2","status":"observed","source":"page","effective_from":"2026-09-10T16:00:00Z",)"
        R"("rates":{"input_tokens":"1","cache_read_tokens":"0.25","output_tokens":"4"}}]},)"
        R"({"model":"n","cards":[{"id":"n/1","status":"observed","source":"page",)"
        R"("rates":{"input_tokens":"3","output_tokens":"9"},)"
        R"("context_tiers":[{"op":">=","threshold":128000,"rates":{"input_tokens":"6"}}]}]})"));
}

Charge random_charge(Random& random, const Instant& start) {
    Charge charge;
    charge[Dimension::Provider] = "acme";
    charge[Dimension::Model] = random.one_in(3) ? "n" : random.one_in(20) ? "unheard-of" : "m";
    charge[Dimension::Team] = random.one_in(4) ? "" : random.one_in(2) ? "a" : "b";
    charge.charge_period_start = {start.micros +
                                  random.below(20 * 24 * 60) * 60 * kMicrosPerSecond};
    charge.charge_period_end = charge.charge_period_start;
    charge.requests = 1;
    charge.quantities.set(Unit::InputTokens, random.below(300'000));
    charge.quantities.set(Unit::CacheReadTokens, random.one_in(2) ? random.below(100'000) : 0);
    charge.quantities.set(Unit::OutputTokens, random.below(5'000));
    charge.has_reported_cost = true;
    charge.reported_cost = ReportedCost::parse("0.0000" + random.digits(20))->cost;
    return charge;
}

std::vector<Axis> axes(std::string_view by) { return options_of(by).by; }

Cube cube_of(const PriceBook& book, const std::vector<Charge>& charges, std::string_view by) {
    Cube cube(book, {.axes = axes(by)});
    for (const Charge& charge : charges)
        CHECK(cube.charge(charge));
    return cube;
}

std::vector<Charge> random_charges(std::uint64_t seed, int count) {
    Random random(seed);
    std::vector<Charge> charges;
    for (int index = 0; index < count; ++index)
        charges.push_back(random_charge(random, instant("2026-09-01")));
    return charges;
}

}  // namespace

TEST_CASE("pricing the cube equals pricing every row") {
    const PriceBook book = changing_book();
    const std::vector<Charge> charges = random_charges(11, 3000);
    Money expected;
    std::int64_t unpriced = 0;
    for (const Charge& charge : charges) {
        PriceRequest request{.provider = "acme",
                             .model = charge[Dimension::Model],
                             .conditions = {.at = charge.charge_period_start},
                             .usage = {},
                             .requests = 1};
        for (Unit unit : {Unit::InputTokens, Unit::CacheReadTokens, Unit::OutputTokens})
            request.usage.push_back({.unit = unit, .quantity = Decimal(charge.quantities[unit])});
        const Bill row = bill(book, request);
        expected += row.list_cost;
        if (!row.is_complete())
            for (const UnpricedUsage& usage : row.unpriced)
                unpriced += static_cast<std::int64_t>(*usage.quantity.to_scaled_int128(0));
    }
    for (std::string_view by :
         {"", "day", "model,team", "month,team,prompt_band", "hour,provider"}) {
        const Measures totals = cube_of(book, charges, by).totals();
        CAPTURE(by);
        CHECK(totals.list_cost->to_string() == expected.to_string());
        CHECK_FALSE(totals.list_cost_high.has_value());
        CHECK(totals.unpriced_tokens == unpriced);
    }
}

TEST_CASE("any roll-up has the same totals, and groups add up to them to the last digit") {
    const PriceBook book = changing_book();
    const std::vector<Charge> charges = random_charges(12, 2000);
    ReportedCost cost;
    for (const Charge& charge : charges)
        cost += charge.reported_cost;
    const Cube cube = cube_of(book, charges, "day,model,team,prompt_band");
    const Measures totals = cube.totals();
    CHECK(totals.rows == 2000);
    CHECK(totals.reported_cost->to_string() == cost.to_string());
    const std::vector<std::vector<std::size_t>> roll_ups = {{},     {0},    {1},
                                                            {2, 1}, {3, 0}, {0, 1, 2, 3}};
    for (const auto& by : roll_ups) {
        Measures sum;
        sum.list_cost = Money();
        sum.reported_cost = ReportedCost();
        for (const Group& group : cube.groups(by)) {
            sum.rows += group.measures.rows;
            sum.units[0] += group.measures.units[0];
            sum.unpriced_tokens += group.measures.unpriced_tokens;
            *sum.reported_cost += *group.measures.reported_cost;
            *sum.list_cost += group.measures.list_cost.value_or(Money());
        }
        CHECK(sum.rows == totals.rows);
        CHECK(sum.units[0] == totals.units[0]);
        CHECK(sum.unpriced_tokens == totals.unpriced_tokens);
        CHECK(sum.reported_cost == totals.reported_cost);
        CHECK(sum.list_cost == totals.list_cost);
    }
}

TEST_CASE("parts of a file in cubes of their own add up to the cube of the whole") {
    const PriceBook book = changing_book();
    std::vector<Charge> charges = random_charges(13, 1500);
    charges.front().quantities.set(Unit::InputAudioTokens, 77);
    charges.back().other = {.kind = "things", .count = 5};
    const Cube whole = cube_of(book, charges, "day,team,model");
    Cube merged = cube_of(book, {charges.begin() + 900, charges.end()}, "day,team,model");
    CHECK(merged.merge(cube_of(book, {charges.begin(), charges.begin() + 300}, "day,team,model")));
    CHECK(merged.merge(
        cube_of(book, {charges.begin() + 300, charges.begin() + 900}, "day,team,model")));
    CHECK(merged.merge(cube_of(book, {}, "day,team,model")));
    CHECK(merged.period() == whole.period());
    const auto expected = whole.groups();
    const auto groups = merged.groups();
    REQUIRE(groups.size() == expected.size());
    for (std::size_t index = 0; index < groups.size(); ++index) {
        REQUIRE(groups[index].key == expected[index].key);
        CHECK(groups[index].measures.units == expected[index].measures.units);
        CHECK(groups[index].measures.other == expected[index].measures.other);
        CHECK(groups[index].measures.reported_cost == expected[index].measures.reported_cost);
        CHECK(groups[index].measures.list_cost == expected[index].measures.list_cost);
    }
}

TEST_CASE("many requests in one row decide a context tier only if they are short together") {
    const PriceBook book = changing_book();
    Charge charge;
    charge[Dimension::Provider] = "acme";
    charge[Dimension::Model] = "m";
    charge.charge_period_start = instant("2026-09-01");
    charge.charge_period_end = instant("2026-09-02");
    charge.is_aggregated = true;
    charge.requests = 50;
    charge.quantities.set(Unit::InputTokens, 150'000);
    Cube cube(book, {.axes = axes("day,prompt_band")});
    CHECK(cube.charge(charge));
    CHECK(cube.charge(charge));  // together beyond the threshold, but each day for itself is not
    CHECK(cube.totals().list_cost->to_string() == "0.6");
    CHECK_FALSE(cube.totals().list_cost_high.has_value());
    charge.quantities.set(Unit::InputTokens, 1'000'000);
    CHECK(cube.charge(charge));
    const Measures totals = cube.totals();
    CHECK(totals.list_cost->to_string() == "2.6");
    CHECK(totals.list_cost_high->to_string() == "4.6");
    CHECK(totals.interval_reasons == std::vector<std::string>{"tier_unknown"});
}

namespace {

// Two tiers whose prices do not ascend, one of them inclusive, and a model with another threshold
// in between, which must not matter.
PriceBook tiered_book() {
    return book_of(provider_with_models(
        R"({"model":"t","cards":[{"id":"t/1","status":"observed","source":"page",)"
        R"("rates":{"input_tokens":"2","cache_read_tokens":"0.5","output_tokens":"8"},"context_tiers":[)"
        R"({"op":">","threshold":200000,"rates":{"input_tokens":"5","output_tokens":"12"}},)"
        R"({"op":">=","threshold":500000,"rates":{"input_tokens":"3","cache_read_tokens":"1","output_tokens":"16"}}]}]},)"
        R"({"model":"u","cards":[{"id":"u/1","status":"observed","source":"page",)"
        R"("rates":{"input_tokens":"7","requests":"11"},)"
        R"("context_tiers":[{"op":">","threshold":300000,"rates":{"input_tokens":"9"}}]}]})"));
}

struct Range {
    std::int64_t low = 0, high = 0;  // pico
};

// By hand: what a row of model "t" can cost, in the tiers that one of its requests can be in.
Range range_of(const Charge& charge) {
    constexpr std::int64_t kInput[] = {2, 5, 3}, kOutput[] = {8, 12, 16}, kRead2[] = {1, 1, 2};
    const std::int64_t input = charge.quantities[Unit::InputTokens];
    const std::int64_t read = charge.quantities[Unit::CacheReadTokens];
    const std::int64_t unsplit = charge.input_unsplit_tokens;
    const std::int64_t prompt = input + read + unsplit;
    const int top = prompt >= 500'000 ? 2 : prompt > 200'000 ? 1 : 0;
    const auto extremes = [&](auto price_in) {
        Range range{INT64_MAX, 0};
        for (int tier = charge.is_aggregated ? 0 : top; tier <= top; ++tier) {
            range.low = std::min<std::int64_t>(range.low, price_in(tier));
            range.high = std::max<std::int64_t>(range.high, price_in(tier));
        }
        return range;
    };
    const Range in = extremes([&](int tier) { return 1'000'000 * kInput[tier]; });
    const Range out = extremes([&](int tier) { return 1'000'000 * kOutput[tier]; });
    const Range cached = extremes([&](int tier) { return 500'000 * kRead2[tier]; });
    const std::int64_t output = charge.quantities[Unit::OutputTokens];
    return {in.low * input + cached.low * read + out.low * output + cached.low * unsplit,
            in.high * input + cached.high * read + out.high * output + in.high * unsplit};
}

}  // namespace

TEST_CASE("what many requests in one row can cost is the same whatever they are grouped by") {
    const PriceBook book = tiered_book();
    Random random(21);
    for (int round = 0; round < 40; ++round) {
        std::vector<Charge> charges;
        Money low, high;
        for (int index = 1 + random.below(12); index > 0; --index) {
            Charge& charge = charges.emplace_back();
            charge[Dimension::Provider] = "acme";
            charge[Dimension::Model] = "t";
            charge[Dimension::Team] = random.one_in(2) ? "a" : "b";
            charge.charge_period_start = {instant("2026-09-01").micros +
                                          random.below(5) * kMicrosPerDay};
            charge.charge_period_end = {charge.charge_period_start.micros + kMicrosPerDay};
            charge.is_aggregated = !random.one_in(4);
            charge.requests = charge.is_aggregated ? random.below(3) * 2 : 1;
            const auto tokens = [&] {
                return random.one_in(5) ? 200'000 + random.below(2) : random.below(400'000);
            };
            charge.quantities.set(Unit::InputTokens, tokens());
            if (random.one_in(2)) charge.quantities.set(Unit::CacheReadTokens, tokens());
            charge.quantities.set(Unit::OutputTokens, random.below(5'000));
            if (random.one_in(3)) charge.input_unsplit_tokens = tokens();
            const Range range = range_of(charge);
            low += Money::from_pico(range.low);
            high += Money::from_pico(range.high);
        }
        const std::vector<std::string> reasons =
            cube_of(book, charges, "").totals().interval_reasons;
        for (std::string_view by : {"", "day", "team", "day,team,model", "prompt_band", "month"}) {
            CAPTURE(by);
            const Cube cube = cube_of(book, charges, by);
            const Measures totals = cube.totals();
            CHECK(totals.list_cost->to_string() == low.to_string());
            CHECK(totals.list_cost_high.value_or(*totals.list_cost).to_string() ==
                  high.to_string());
            CHECK(totals.interval_reasons == reasons);
            Money groups_low, groups_high;
            for (const Group& group : cube.groups()) {
                groups_low += *group.measures.list_cost;
                groups_high += group.measures.list_cost_high.value_or(*group.measures.list_cost);
            }
            CHECK(groups_low == low);
            CHECK(groups_high == high);
        }
    }
}

TEST_CASE("many requests of an unknown number pay no fee per request") {
    Charge charge;
    charge[Dimension::Provider] = "acme";
    charge[Dimension::Model] = "u";
    charge.is_aggregated = true;
    charge.quantities.set(Unit::InputTokens, 1'000'000);
    const Measures totals = cube_of(tiered_book(), {charge}, "").totals();
    CHECK(totals.list_cost->to_string() == "7");
    CHECK(totals.list_cost_high->to_string() == "9");
}

TEST_CASE("a tier that begins inside a bucket makes an interval") {
    const PriceBook book = book_of(provider_with_models(
        R"({"model":"m","cards":[{"id":"m/1","status":"observed","source":"page",)"
        R"("effective_to":"2026-09-01T12:00:00Z","rates":{"input_tokens":"2"}},)"
        R"({"id":"m/2","status":"observed","source":"page","effective_from":"2026-09-01T12:00:00Z",)"
        R"("rates":{"input_tokens":"2"},"context_tiers":[{"op":">","threshold":1000,)"
        R"("rates":{"input_tokens":"4"}}]}]})"));
    Charge charge;
    charge[Dimension::Provider] = "acme";
    charge[Dimension::Model] = "m";
    charge.charge_period_start = instant("2026-09-01");
    charge.charge_period_end = instant("2026-09-02");
    charge.is_aggregated = true;
    charge.requests = 10;
    charge.quantities.set(Unit::InputTokens, 1'000'000);
    const Measures totals = cube_of(book, {charge}, "").totals();
    CHECK(totals.list_cost->to_string() == "2");
    CHECK(totals.list_cost_high->to_string() == "4");
}

TEST_CASE("a day in which the price changes is an interval") {
    const PriceBook book = changing_book();
    Charge charge;
    charge[Dimension::Provider] = "acme";
    charge[Dimension::Model] = "m";
    charge.charge_period_start = instant("2026-09-10");
    charge.charge_period_end = instant("2026-09-11");
    charge.requests = 1;
    charge.quantities.set(Unit::InputTokens, 100'000);
    Cube cube(book, {});
    CHECK(cube.charge(charge));
    const Measures totals = cube.totals();
    CHECK(totals.list_cost->to_string() == "0.1");
    CHECK(totals.list_cost_high->to_string() == "0.2");
    CHECK(totals.interval_reasons == std::vector<std::string>{"hour_unknown"});
}

TEST_CASE("an unknown price is unknown: no cost at all where nothing is priced, and never zero") {
    const PriceBook book = changing_book();
    Charge charge;
    charge[Dimension::Model] = "unheard-of";
    charge.charge_period_start = charge.charge_period_end = instant("2026-09-01");
    charge.quantities.set(Unit::InputTokens, 500);
    charge.quantities.set(Unit::OutputTokens, 50);
    charge.quantities.set(Unit::ReasoningTokens, 40);  // a part of the output
    charge.input_unsplit_tokens = 7;
    Cube cube(book, {.axes = axes("model")});
    CHECK(cube.charge(charge));
    CHECK_FALSE(cube.totals().list_cost.has_value());
    CHECK(cube.totals().unpriced_tokens == 557);
    charge[Dimension::Provider] = "acme";
    charge[Dimension::Model] = "n";
    CHECK(cube.charge(charge));
    CHECK(cube.totals().list_cost.has_value());
    CHECK(cube.totals().unpriced_tokens == 557);
}

TEST_CASE("a model priced in another currency is unpriced, and the report says why") {
    std::string euros = provider_with_card(R"("rates":{"input_tokens":"2","output_tokens":"8"})");
    euros.replace(euros.find("USD"), 3, "EUR");
    std::string dollars = provider_with_card(R"("rates":{"input_tokens":"2","output_tokens":"8"})");
    dollars.replace(dollars.find("acme"), 4, "usco");
    const std::string_view documents[] = {euros, dollars};
    const auto book = PriceBook::read(documents);
    REQUIRE(book.has_value());
    const auto report_of = [&](std::string_view by) {
        return json_of(import_bytes(
            *book, options_of(by), "f",
            spend_log({{.id = "1", .model = "m", .provider = "acme"},
                       {.id = "2", .model = "m", .provider = "usco"},
                       {.id = "3", .model = "m", .provider = "acme", .metadata = ""}})));
    };
    for (std::string_view by : {"", "day", "provider,model"}) {
        const Json report = report_of(by);
        CHECK(at(report, "totals/list_cost") == "0.0028");
        CHECK(at(report, "totals/interval") == "null");
        CHECK(at(report, "totals/currency") == "USD");
        CHECK(at(report, "totals/unpriced_tokens") == "2200");
        CHECK(has_warning(report, "other_currency"));
    }
    const Json report = report_of("provider");
    CHECK(at(report, "groups/0/list_cost") == "null");
    CHECK(at(report, "groups/0/unpriced_tokens") == "2200");
}

TEST_CASE("days and months are those of the zone; coarse data keeps the vendor's") {
    const PriceBook book = changing_book();
    Cube cube(book, {.axes = axes("hour,day,month"), .offset_minutes = 330});
    Charge charge;
    charge.charge_period_start = charge.charge_period_end = instant("2026-08-31T18:45:00Z");
    CHECK(cube.charge(charge));
    const auto groups = cube.groups();
    CHECK(groups[0].key[0] == "2026-08-31T18:30:00Z");
    CHECK(groups[0].key[1] == "2026-09-01");
    CHECK(groups[0].key[2] == "2026-09");
    Cube coarse(book, {.axes = axes("day"), .offset_minutes = 330});
    charge.charge_period_start = instant("2026-09-01");
    charge.charge_period_end = instant("2026-09-02");
    CHECK(coarse.charge(charge));
    CHECK(coarse.groups()[0].key[0] == "2026-09-01");
}

TEST_CASE("a charge with which any sum would leave 63 bits is refused whole") {
    const PriceBook book = changing_book();
    constexpr std::int64_t kHalf = std::int64_t{1} << 62;
    for (int kind = 0; kind < 5; ++kind) {
        CAPTURE(kind);
        Cube cube(book, {.axes = axes("model,team")});
        Charge charge;
        charge[Dimension::Model] = "m";
        charge[Dimension::Provider] = "acme";
        charge.requests = 1;
        charge.quantities.set(Unit::InputTokens, kHalf);
        CHECK(cube.charge(charge));
        charge.quantities.clear();
        charge[Dimension::Team] = "other";
        charge.has_reported_cost = true;
        charge.reported_cost = ReportedCost::parse("1")->cost;
        if (kind == 0) charge.quantities.set(Unit::InputTokens, kHalf);
        if (kind == 1) charge.quantities.set(Unit::CacheReadTokens, kHalf);  // of one prompt
        if (kind == 2) charge.input_unsplit_tokens = kHalf;
        if (kind == 3) charge.quantities.set(Unit::InputAudioTokens, -kHalf);
        if (kind == 4) charge.other = {.kind = "things", .count = INT64_MIN};
        CHECK_FALSE(cube.charge(charge));
        Cube other(book, {.axes = axes("model,team")});
        CHECK(other.charge(charge) == (kind != 4));
        CHECK(cube.merge(other) == (kind == 4));
        CHECK(cube.totals().rows == 1);
        CHECK(cube.totals().requests == 1);
        CHECK(cube.totals().count(Unit::InputTokens) == kHalf);
        CHECK_FALSE(cube.totals().reported_cost.has_value());
    }
}

TEST_CASE("the cost in a file is reported + set aside + rejected, to the last digit") {
    Random random(14);
    for (int round = 0; round < 30; ++round) {
        std::vector<SpendLogRow> rows;
        ReportedCost total;
        const int count = random.below(200);
        for (int index = 0; index < count; ++index) {
            SpendLogRow row{.id = "id" + std::to_string(random.below(150)),
                            .spend = "0." + random.digits(1 + random.below(30)),
                            .model = random.one_in(5) ? "unheard-of" : "gpt-4o-mini"};
            if (random.one_in(3)) row.spend += "e-0" + std::to_string(random.below(7));
            if (random.one_in(10)) row.start = "yesterday";
            if (random.one_in(10)) row.prompt = "-1";
            if (random.one_in(9)) row.cache_hit = "True";
            if (random.one_in(9)) row.status = "failure";
            const auto cost = ReportedCost::parse(row.spend);
            REQUIRE(cost.has_value());
            total += cost->cost;
            rows.push_back(row);
        }
        const Json report = import_text(spend_log(rows), "day,team");
        ReportedCost accounted;
        for (const char* path :
             {"totals/reported_cost", "totals/set_aside_cost", "files/0/rejected_cost"}) {
            const std::string text = at(report, path);
            if (text != "null") accounted += ReportedCost::parse(text)->cost;
        }
        CHECK(accounted.to_string() == total.to_string());
        CHECK(at(report, "files/0/rows/read") == std::to_string(count));
    }
}
