#include "price_fixture.h"
#include "scenario_support.h"

#include <doctest/doctest.h>

using namespace tokenlever;

namespace {

PriceBook acme(std::string_view card, std::string_view model_keys = "") {
    return test::book_of(test::provider_with_card(card, model_keys));
}

constexpr std::string_view kPlainRates =
    R"("rates":{"input_tokens":"2","cache_read_tokens":"0.2","cache_write_5m_tokens":"2.5","output_tokens":"10"})";
constexpr std::string_view kCache = R"("cache":{"minimum_tokens":1024,"increment":1,"ttls":["5m"],)"
                                    R"("automatic":false,"batch_stacking":"multiply"},)";

// One workload of acme/m, and the inside of the list of levers.
Scenario on_acme(std::string_view numbers, std::string_view levers,
                 std::string_view model = "acme/m") {
    return scenario_of(
        R"({"schema":"tokenlever.scenario/1","at":"2026-11-01","workloads":[{"id":"w","model":")" +
        std::string(model) + R"(","requests_per_month":1000000,)" + std::string(numbers) +
        R"(}],"levers":[)" + std::string(levers) + "]}");
}

const std::string& message_of(const Evaluation& evaluation, std::string_view code) {
    const auto found = std::ranges::find(evaluation.warnings, code, &ScenarioWarning::code);
    REQUIRE(found != evaluation.warnings.end());
    return found->message;
}

}  // namespace

TEST_SUITE("evaluate: an unknown price is unknown, never 0") {
    TEST_CASE("a model that the book does not know") {
        Scenario scenario = reference_scenario();
        scenario.workloads[0].model = "anthropic/claude-sonet-4-5";
        const Evaluation result = evaluation_of(scenario);
        CHECK_FALSE(result.baseline.monthly_cost);
        CHECK_FALSE(result.optimized.monthly_cost);
        CHECK_FALSE(result.saving);
        CHECK_FALSE(result.saving_share);
        CHECK_FALSE(result.levers[0].alone);
        CHECK_FALSE(result.levers[0].shapley);
        CHECK_FALSE(result.optimized_per_request);
        CHECK(result.recommended_order.empty());
        REQUIRE(has_warning(result, "unknown_model"));
        CHECK(message_of(result, "unknown_model").contains("anthropic/claude-sonnet-4-5"));
        CHECK(result.warnings[0].where == "/workloads/0/model");
        CHECK_FALSE(has_warning(result, "unpriced"));
    }

    TEST_CASE("an unknown model that is only routed to leaves the baseline known") {
        Scenario scenario = reference_scenario();
        std::get<Routing>(scenario.levers[1].settings).routes[0].to = "nobody/nothing";
        const Evaluation result = evaluation_of(scenario);
        CHECK(text(result.baseline.monthly_cost) == "30000");
        CHECK_FALSE(result.optimized.monthly_cost);
        CHECK(text(result.levers[0].alone) == "14130");
        CHECK_FALSE(result.levers[1].alone);
        CHECK_FALSE(result.levers[0].shapley);
        CHECK(has_warning(result, "lever_not_ranked"));
        CHECK(text(result.optimized.priced_cost) != "0");
    }

    TEST_CASE("a token class whose rate is unpublished") {
        const PriceBook book =
            acme(R"("rates":{"input_tokens":"2","cache_read_tokens":null,"output_tokens":"10"})",
                 kCache);
        const Evaluation result =
            evaluation_of(on_acme(R"("prefix_tokens":2000,"output_tokens":1)",
                                  R"({"id":"c","kind":"prompt_cache","hit_rate":0.5})"),
                          book);
        CHECK(text(result.baseline.monthly_cost) == "4010");
        CHECK_FALSE(result.optimized.monthly_cost);
        CHECK(message_of(result, "unpriced").contains("cache read tokens"));
        CHECK_FALSE(group_by_token_class(result.optimized).at(0).is_complete);
    }

    TEST_CASE("a workload of no requests costs nothing, and nothing per request") {
        Scenario scenario = reference_scenario();
        scenario.workloads[0].requests_per_month = Decimal(0);
        scenario.uncertainty.clear();
        const Evaluation result = evaluation_of(scenario);
        CHECK(text(result.optimized.monthly_cost) == "0");
        CHECK_FALSE(result.saving_share);
        CHECK_FALSE(result.optimized_per_request);
    }
}

TEST_SUITE("evaluate: where a cache does not pay") {
    TEST_CASE("below the model's minimum nothing is cached, and nothing is charged for it") {
        const PriceBook book = acme(kPlainRates, kCache);
        const auto at_prefix = [&](int tokens) {
            return evaluation_of(on_acme("\"prefix_tokens\":" + std::to_string(tokens),
                                         R"({"id":"c","kind":"prompt_cache","hit_rate":0.9})"),
                                 book);
        };
        const Evaluation below = at_prefix(1023);
        CHECK(below.saving == Money());
        CHECK(message_of(below, "below_cache_minimum").contains("1,024"));
        CHECK(below.levers[0].cache.at(0).is_below_minimum);
        CHECK(below.levers[0].cache.at(0).hit_rate == Decimal(0));
        const Evaluation enough = at_prefix(1024);
        CHECK(*enough.saving > Money());
        CHECK_FALSE(has_warning(enough, "below_cache_minimum"));
    }

    TEST_CASE("instruction tokens in the prefix can lift it over the minimum") {
        const PriceBook book = acme(kPlainRates, kCache);
        const Evaluation result = evaluation_of(
            on_acme(
                R"("prefix_tokens":1000)",
                R"({"id":"c","kind":"prompt_cache","hit_rate":1},)"
                R"({"id":"o","kind":"output_control","instruction_tokens":24,"instruction_in_prefix":true})"),
            book);
        CHECK(text(result.levers[0].alone) == "0");
        CHECK(text(result.optimized.monthly_cost) == "204.8");
    }

    TEST_CASE("a hit rate below break-even loses money, and the warning says where it turns") {
        const auto at_rate = [](const char* hit_rate) {
            Scenario scenario = reference_scenario();
            scenario.levers.resize(1);
            scenario.uncertainty.clear();
            std::get<PromptCache>(scenario.levers[0].settings).hit_rate = decimal(hit_rate);
            return evaluation_of(scenario);
        };
        const Evaluation losing = at_rate("0.21");
        CHECK(*losing.saving < Money());
        CHECK(message_of(losing, "caching_loses_money").contains("21.74 %"));
        CHECK(losing.levers[0].cache.at(0).break_even_hit_rate == 0.21739130434782608);
        CHECK(has_warning(losing, "lever_saves_nothing"));
        CHECK(losing.recommended_order.empty());
        const Evaluation saving = at_rate("0.22");
        CHECK(*saving.saving > Money());
        CHECK_FALSE(has_warning(saving, "caching_loses_money"));
    }

    TEST_CASE("a lifetime that the model does not sell bills its default") {
        const PriceBook book = acme(kPlainRates, kCache);
        const Evaluation result =
            evaluation_of(on_acme(R"("prefix_tokens":2000)",
                                  R"({"id":"c","kind":"prompt_cache","ttl":"1h","hit_rate":0})"),
                          book);
        CHECK(text(result.optimized.monthly_cost) == "5000");
        CHECK(has_warning(result, "ttl_not_sold"));
    }

    TEST_CASE("a model without a write rate bills writes as plain input") {
        const PriceBook book =
            acme(R"("rates":{"input_tokens":"2","cache_read_tokens":"0.2","output_tokens":"10"})");
        const Evaluation result =
            evaluation_of(on_acme(R"("prefix_tokens":2000)",
                                  R"({"id":"c","kind":"prompt_cache","ttl":"5m","hit_rate":0.5})"),
                          book);
        CHECK(text(result.optimized.monthly_cost) == "2200");
        CHECK(result.levers[0].cache.at(0).break_even_hit_rate == 0.0);
    }
}

TEST_SUITE("evaluate: what a model sells") {
    TEST_CASE("requests stay where they are if the model is not sold in batch") {
        const PriceBook book = acme(kPlainRates);
        const Evaluation result = evaluation_of(
            on_acme(R"("output_tokens":100)", R"({"id":"b","kind":"batch","share":0.5})"), book);
        CHECK(text(result.saving) == "0");
        CHECK(has_warning(result, "batch_not_sold"));
        const PriceBook sold = acme(std::string(kPlainRates) + R"(,"multipliers":["batch"])");
        const Evaluation moved = evaluation_of(
            on_acme(R"("output_tokens":100)", R"({"id":"b","kind":"batch","share":0.5})"), sold);
        CHECK(text(moved.optimized.monthly_cost) == "750");
    }

    TEST_CASE("a workload that is in batch already gains nothing from the lever") {
        const PriceBook sold = acme(std::string(kPlainRates) + R"(,"multipliers":["batch"])");
        const Evaluation result =
            evaluation_of(on_acme(R"("output_tokens":100,"service_tier":"batch")",
                                  R"({"id":"b","kind":"batch","share":0.5})"),
                          sold);
        CHECK(text(result.baseline.monthly_cost) == "500");
        CHECK(text(result.saving) == "0");
    }

    TEST_CASE("a region's uplift is in the price") {
        const PriceBook book = acme(std::string(kPlainRates) + R"(,"multipliers":["us"])");
        const Evaluation result =
            evaluation_of(on_acme(R"("output_tokens":100,"region":"us")", ""), book);
        CHECK(text(result.baseline.monthly_cost) == "1100");
    }

    TEST_CASE("a fee per request is charged beside the tokens") {
        const PriceBook book =
            acme(R"("rates":{"input_tokens":"2","output_tokens":"10","requests":"5"})");
        const Evaluation result = evaluation_of(on_acme(R"("output_tokens":100)", ""), book);
        CHECK(text(result.baseline.monthly_cost) == "6000");
    }

    TEST_CASE("the price before the model's first card is unknown") {
        const PriceBook book =
            acme(R"("effective_from":"2026-12-01","rates":{"input_tokens":"2"})");
        const Evaluation result = evaluation_of(on_acme(R"("other_input_tokens":100)", ""), book);
        CHECK_FALSE(result.baseline.monthly_cost);
        CHECK(has_warning(result, "no_price_at_instant"));
    }
}

TEST_SUITE("evaluate: what a person is told") {
    TEST_CASE("findings of one cause are one, and name levers and workloads as a reader does") {
        Scenario scenario = reference_scenario();
        scenario.workloads[0].model = "openai/text-embedding-3-small";
        std::get<Routing>(scenario.levers[1].settings).routes[0].to =
            "openai/text-embedding-3-large";
        const Evaluation result = evaluation_of(scenario);
        CHECK(message_of(result, "lever_not_ranked") ==
              "Prompt caching, Model routing, Output control and Batch processing cannot be "
              "ranked: some price is unknown.");
        CHECK(message_of(result, "unpriced") ==
              "There is no price for output tokens of openai/text-embedding-3-small, so the total "
              "is unknown.");
        CHECK(message_of(result, "caching_saves_nothing") ==
              "A cache read of openai/text-embedding-3-small and openai/text-embedding-3-large "
              "costs no less than plain input.");
        std::string causes;
        for (const ScenarioWarning& warning : result.warnings)
            causes += warning.code + " " + warning.where + "\n";
        CHECK(causes ==
              "unpriced /workloads/0/model\nunpriced /levers/1/routes/0/to\n"
              "caching_saves_nothing /levers/0\nlever_not_ranked /levers\n");
    }

    TEST_CASE("levers of one kind are told apart by their ids") {
        const PriceBook book = acme(kPlainRates);
        const Evaluation result = evaluation_of(
            on_acme(R"("output_tokens":100)", R"({"id":"b1","kind":"batch","share":0.5},)"
                                              R"({"id":"b2","kind":"batch","share":0.1},)"
                                              R"({"id":"c","kind":"prompt_cache","hit_rate":0.1})"),
            book);
        CHECK(message_of(result, "lever_saves_nothing") ==
              "Batch processing \"b1\", Batch processing \"b2\" and Prompt caching save nothing "
              "beside the other levers; they are left out of the recommended order.");
    }

    TEST_CASE("many workloads of one cause are counted, not listed") {
        Scenario scenario = on_acme(R"("prefix_tokens":1000)",
                                    R"({"id":"c","kind":"prompt_cache","hit_rate":0.9})");
        scenario.workloads[0].name = "Support chat";
        for (int i = 0; i < 2'000; ++i) {
            scenario.workloads.push_back(scenario.workloads[0]);
            scenario.workloads.back().id = "w" + std::to_string(i);
            scenario.workloads.back().name = "";
        }
        const Evaluation result = evaluation_of(scenario, acme(kPlainRates, kCache));
        CHECK(message_of(result, "below_cache_minimum") ==
              "The prefixes of \"Support chat\" (1,000 tokens), \"w0\" (1,000 tokens), \"w1\" "
              "(1,000 tokens), \"w2\" (1,000 tokens), \"w3\" (1,000 tokens) and 1,996 more are "
              "shorter than the 1,024 tokens from which acme/m caches: nothing is cached there, "
              "and nothing is charged for it.");
    }

    TEST_CASE("many unknown models are counted after the first twenty") {
        std::string routes;
        for (int i = 0; i < 100; ++i)
            routes += (i == 0 ? "" : ",") + std::string(R"({"to":"x/m)") + std::to_string(i) +
                      R"(","share":0.001})";
        const std::string lever = R"({"id":"r","kind":"routing","routes":[)";
        const Evaluation result = evaluation_of(
            on_acme(R"("output_tokens":1)", lever + routes + "]}"), acme(kPlainRates));
        CHECK(result.warnings.size() == 22);
        CHECK(result.warnings[20].message == "80 more models are not in the price book.");
        const auto refused = read_scenario(
            R"({"schema":"tokenlever.scenario/1","at":"2026-11-01","workloads":[],"levers":[)" +
            lever + routes + R"(,{"to":"y","share":0}]}]})");
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == ErrorCode::OutOfRange);
        CHECK(refused.error().where == "/levers/0/routes");
    }
}

TEST_SUITE("evaluate: currencies are never added") {
    TEST_CASE("a model priced in another currency refuses the scenario, wherever it is named") {
        std::string document = test::provider_with_card(kPlainRates);
        document.replace(document.find("USD"), 3, "EUR");
        const PriceBook book = test::book_of(document);
        const auto refused = [&](const Scenario& scenario) {
            const auto evaluation = evaluate(scenario, book);
            const auto state = evaluate_state(scenario, book, 0);
            REQUIRE_FALSE(evaluation.has_value());
            REQUIRE_FALSE(state.has_value());
            CHECK(state.error() == evaluation.error());
            CHECK(evaluation.error().code == ErrorCode::OtherCurrency);
            CHECK(error_message(evaluation.error()).contains("acme/m is priced in EUR"));
            return evaluation.error().where;
        };
        CHECK(refused(on_acme(R"("output_tokens":1)", "")) == "/workloads/0/model");
        CHECK(
            refused(on_acme(
                R"("output_tokens":1)",
                R"({"id":"r","kind":"routing","enabled":false,"routes":[{"to":"acme/m","share":0.1}]})",
                "nobody/nothing")) == "/levers/0/routes/0/to");
    }
}

TEST_SUITE("evaluate: a price that depends on the hour") {
    const std::string kAllDays = R"(["mon","tue","wed","thu","fri","sat","sun"])";
    const std::string kWorkDays = R"(["mon","tue","wed","thu","fri"])";

    std::string window(std::string_view name, std::string_view days, std::string_view zone,
                       std::string_view from, std::string_view to, std::string_view price) {
        return R"({"name":")" + std::string(name) + R"(","days":)" + std::string(days) +
               R"(,"tz_offset":")" + std::string(zone) + R"(","from":")" + std::string(from) +
               R"(","to":")" + std::string(to) + R"(","rates":{"input_tokens":")" +
               std::string(price) + "\"}}";
    }

    TEST_CASE("is billed at its mean over a week, whatever the scenario's own hour is") {
        const PriceBook book =
            acme(R"("rates":{"input_tokens":"0.1","output_tokens":"8"},"windows":[)" +
                 window("peak_morning", kWorkDays, "+08:00", "09:00", "12:00", "0.3") + "," +
                 window("peak_afternoon", kWorkDays, "+08:00", "14:00", "18:15", "0.5") + "]");
        // (15 x 0.3 + 21.25 x 0.5 + 131.75 x 0.1) / 168 per million, for 168 million tokens
        for (const char* at : {"2026-11-02T01:30:00Z", "2026-11-02T20:00:00Z", "2026-11-08"}) {
            Scenario scenario = on_acme(R"("other_input_tokens":168,"output_tokens":1)", "");
            scenario.at = test::instant(at);
            const Evaluation result = evaluation_of(scenario, book);
            CHECK(text(result.baseline.monthly_cost) == "36.3");
            CHECK(message_of(result, "price_depends_on_hour")
                      .contains("15 of 168 hours in \"peak_morning\", 21.25 in "
                                "\"peak_afternoon\" and 131.75 outside."));
        }
    }

    TEST_CASE("a mean without an end is rounded once, in the charge") {
        const PriceBook book =
            acme(R"("rates":{"input_tokens":"2"},"multipliers":["batch"],"windows":[)" +
                 window("day", kAllDays, "+00:00", "00:30", "16:30", "1") + "]");
        const Evaluation whole = evaluation_of(
            on_acme(R"("other_input_tokens":3)", R"({"id":"b","kind":"batch","share":1})"), book);
        CHECK(text(whole.baseline.monthly_cost) == "4");  // 4/3 per million
        CHECK(text(whole.optimized.monthly_cost) == "2");
        const Evaluation third = evaluation_of(on_acme(R"("other_input_tokens":1)", ""), book);
        CHECK(text(third.baseline.monthly_cost) == "1.333333333333");
    }
}

TEST_SUITE("evaluate: other findings") {
    TEST_CASE("an uncertain input whose base is not the document's value") {
        Scenario scenario = reference_scenario();
        scenario.uncertainty[1].base = decimal("0.5");
        const Evaluation result = evaluation_of(scenario);
        CHECK(has_warning(result, "base_differs"));
        CHECK(text(result.optimized.monthly_cost) == "8146.5575");
    }

    TEST_CASE("workloads that differ each keep their own value, scaled by value over base") {
        Scenario scenario = reference_scenario();
        scenario.workloads.push_back(scenario.workloads[0]);
        scenario.workloads[1].id = "mail";
        scenario.workloads[1].requests_per_month = decimal("500000");
        const auto with_input = [&](const char* low, const char* base, const char* high) {
            scenario.uncertainty = {{.input = "workloads.*.requests_per_month",
                                     .low = decimal(low),
                                     .base = decimal(base),
                                     .high = decimal(high)}};
            return evaluation_of(scenario);
        };
        // The optimized cost is 8146.5575 per million requests.
        const Evaluation result = with_input("800000", "1000000", "1200000");
        CHECK(text(result.optimized.monthly_cost) == "12219.83625");
        CHECK(text(result.tornado.at(0).low_cost) == "9775.869");
        CHECK(text(result.tornado.at(0).high_cost) == "14663.8035");
        CHECK(has_warning(result, "base_scaled"));
        CHECK_FALSE(has_warning(result, "base_differs"));
        const Evaluation other_base = with_input("3", "3.75", "4.5");
        CHECK(other_base.tornado.at(0).low_cost == result.tornado.at(0).low_cost);
        CHECK(other_base.tornado.at(0).high_cost == result.tornado.at(0).high_cost);

        const EvaluateOptions drawn{.draws = 500, .seed = 7};
        const auto both = evaluate(scenario, test_book(), drawn);
        scenario.workloads.pop_back();
        const auto first = evaluate(scenario, test_book(), drawn);
        REQUIRE(both.has_value());
        REQUIRE(first.has_value());
        CHECK(both->draws->p95 > both->draws->p5 * 1.1);
        // Of one workload the document's value is the mode, 3 and 4.5 lie far below it.
        CHECK(both->draws->p5 >= 9775.8);
        CHECK(both->draws->p95 <= 14663.9);
    }

    TEST_CASE("one input can be varied for all workloads at once") {
        Scenario scenario = reference_scenario();
        scenario.workloads.push_back(scenario.workloads[0]);
        scenario.workloads[1].id = "mail";
        scenario.uncertainty = {{.input = "workloads.*.requests_per_month",
                                 .low = decimal("800000"),
                                 .base = decimal("1000000"),
                                 .high = decimal("1200000")}};
        const Evaluation result = evaluation_of(scenario);
        CHECK(text(result.tornado.at(0).low_cost) == "13034.492");
    }
}
