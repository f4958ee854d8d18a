#include "random.h"
#include "scenario/evaluate.h"
#include "scenario/shapley.h"
#include "scenario_support.h"

#include <doctest/doctest.h>

#include <bit>
#include <numeric>

using namespace tokenlever;

namespace {

// One workload at one instant; `levers` is the inside of the list.
Scenario one_workload(std::string_view model, std::string_view numbers, std::string_view levers) {
    return scenario_of(
        R"({"schema":"tokenlever.scenario/1","at":"2026-11-01","workloads":[{"id":"w","model":")" +
        std::string(model) + "\"," + std::string(numbers) + R"(}],"levers":[)" +
        std::string(levers) + "]}");
}

Scenario random_scenario(std::uint64_t seed) {
    test::Random random(seed);
    const char* const models[] = {"anthropic/claude-sonnet-4-5", "anthropic/claude-haiku-4-5",
                                  "openai/gpt-4o", "openai/gpt-4o-mini"};
    const auto share = [&] { return decimal("0." + random.digits(3)); };
    Scenario scenario{.at = reference_scenario().at};
    for (int i = 0; i <= random.below(3); ++i) {
        scenario.workloads.push_back({.id = "w" + std::to_string(i),
                                      .model = models[random.below(4)],
                                      .requests_per_month = Decimal(random.below(2'000'000)),
                                      .prefix_tokens = Decimal(random.below(9'000)),
                                      .other_input_tokens = Decimal(random.below(3'000)),
                                      .output_tokens = Decimal(random.below(2'000))});
    }
    for (int i = 0; i < 5; ++i) {
        Lever lever{.id = "l" + std::to_string(i), .is_enabled = !random.one_in(5)};
        if (random.one_in(3)) lever.workloads = {"w0"};
        switch (random.below(4)) {
            case 0:
                lever.settings =
                    PromptCache{.ttl = "5m", .hit_rate = share(), .hit_rate_batch = share()};
                break;
            case 1:
                lever.settings =
                    Routing{.routes = {{.to = models[random.below(4)], .share = share()}},
                            .router_cost_per_request = decimal("0.0000" + random.digits(3))};
                break;
            case 2:
                lever.settings = OutputControl{.reduction = share(),
                                               .instruction_tokens = Decimal(random.below(200)),
                                               .instruction_in_prefix = random.one_in(2)};
                break;
            default: lever.settings = Batch{.share = share()};
        }
        scenario.levers.push_back(std::move(lever));
    }
    return scenario;
}

Money sum_of(const std::vector<LeverResult>& levers, std::optional<Money> LeverResult::* share) {
    Money sum;
    for (const LeverResult& lever : levers)
        sum += (lever.*share).value();
    return sum;
}

}  // namespace

TEST_SUITE("evaluate: properties") {
    TEST_CASE(
        "shares of the saving add up, coalitions agree with single states, groups with totals") {
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            CAPTURE(seed);
            const Scenario scenario = random_scenario(seed);
            const Evaluation result = evaluation_of(scenario);
            REQUIRE(result.saving);
            CHECK(*result.saving == *result.baseline.monthly_cost - *result.optimized.monthly_cost);
            CHECK(sum_of(result.levers, &LeverResult::shapley) == *result.saving);
            CHECK(sum_of(result.levers, &LeverResult::waterfall) == *result.saving);
            for (const CoalitionCost& coalition : result.coalitions) {
                const auto state = evaluate_state(scenario, test_book(), coalition.levers);
                REQUIRE(state);
                CHECK(state->monthly_cost == coalition.monthly_cost);
            }
            for (const auto& groups :
                 {group_by_model(result.optimized), group_by_token_class(result.optimized),
                  group_by_workload(result.optimized, scenario)}) {
                Money total;
                for (const CostGroup& group : groups)
                    total += group.priced_cost;
                CHECK(total == *result.optimized.monthly_cost);
            }
        }
    }

    TEST_CASE("the requests of all branches are the requests of the workloads") {
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            CAPTURE(seed);
            const Scenario scenario = random_scenario(seed);
            const Evaluation result = evaluation_of(scenario);
            Decimal requests;
            for (const Branch& branch : result.optimized.branches)
                requests += branch.requests;
            CHECK(requests == result.optimized.requests);
            CHECK(requests == result.baseline.requests);
        }
    }

    TEST_CASE(
        "any order of the levers in the document ends at the same cost and the same fair shares") {
        Scenario scenario = reference_scenario();
        const Evaluation expected = evaluate_reference();
        std::vector<std::size_t> order = {0, 1, 2, 3};
        do {
            Scenario shuffled = scenario;
            for (std::size_t i = 0; i < 4; ++i)
                shuffled.levers[i] = scenario.levers[order[i]];
            const Evaluation result = evaluation_of(shuffled);
            CHECK(result.optimized.monthly_cost == expected.optimized.monthly_cost);
            CHECK(result.recommended_order == expected.recommended_order);
            for (std::size_t i = 0; i < 4; ++i)
                CHECK(result.levers[i].shapley == expected.levers[order[i]].shapley);
        } while (std::ranges::next_permutation(order).found);
    }

    TEST_CASE("levers of nothing change nothing") {
        const Scenario scenario = one_workload(
            "openai/gpt-4o",
            R"("requests_per_month":1000,"other_input_tokens":1200,"output_tokens":300)",
            R"({"id":"r","kind":"routing","routes":[{"to":"openai/gpt-4o-mini","share":0}]},)"
            R"({"id":"o","kind":"output_control","reduction":0},{"id":"b","kind":"batch","share":0},)"
            R"({"id":"c","kind":"prompt_cache","hit_rate":0})");
        const Evaluation result = evaluation_of(scenario);
        CHECK(text(result.saving) == "0");
        for (const LeverResult& lever : result.levers) {
            CHECK(text(lever.alone) == "0");
            CHECK(text(lever.shapley) == "0");
        }
        CHECK(result.recommended_order.empty());
        CHECK(has_warning(result, "lever_saves_nothing"));
    }

    TEST_CASE("a disabled lever changes nothing, but shows what it would add") {
        Scenario scenario = reference_scenario();
        scenario.levers[1].is_enabled = false;
        const Evaluation result = evaluation_of(scenario);
        CHECK(text(result.optimized.monthly_cost) == "13494.2625");
        CHECK(result.coalitions.size() == 8);
        CHECK(text(result.levers[1].shapley) == "0");
        CHECK(text(result.levers[1].alone) == "11950");
        CHECK(text(result.levers[1].marginal) == "5347.705");
    }

    TEST_CASE("a higher hit rate never costs more where a read is cheaper than a write") {
        Scenario scenario = reference_scenario();
        std::optional<Money> before;
        for (int percent = 0; percent <= 100; ++percent) {
            std::get<PromptCache>(scenario.levers[0].settings).hit_rate =
                Decimal::from_scaled(percent, 2);
            const auto cost = evaluation_of(scenario).optimized.monthly_cost;
            REQUIRE(cost);
            if (before) CHECK(*cost <= *before);
            before = cost;
        }
    }

    TEST_CASE("interchangeable levers get equal shares, to the last digit but one") {
        Scenario scenario = reference_scenario();
        scenario.uncertainty.clear();
        scenario.levers = {scenario.levers[3], scenario.levers[3]};
        scenario.levers[1].id = "batch again";
        const Evaluation result = evaluation_of(scenario);
        const Money difference = *result.levers[0].shapley - *result.levers[1].shapley;
        CHECK(difference >= Money());
        CHECK(difference <= Money::from_pico(1));
    }

    TEST_CASE(
        "Shapley gives the odd last digits to the earlier players of the largest remainders") {
        // c(S) = 1 pico saved as soon as anyone plays: each of three players earns a third of it.
        std::vector<Money> cost_of(8, Money::from_pico(0));
        cost_of[0] = Money::from_pico(1);
        const std::vector<Money> values = shapley_values(cost_of);
        CHECK(values == std::vector{Money::from_pico(1), Money(), Money()});
    }

    TEST_CASE("Shapley equals the mean over all orders of joining") {
        test::Random random(7);
        std::vector<Money> cost_of;
        for (int i = 0; i < 32; ++i)
            cost_of.push_back(
                Money::from_pico(120 * static_cast<std::int64_t>(random.below(1'000'000))));
        std::vector<Money> sums(5);
        std::vector<std::size_t> order = {0, 1, 2, 3, 4};
        do {
            std::size_t mask = 0;
            for (const std::size_t player : order) {
                const std::size_t joined = mask | std::size_t{1} << player;
                sums[player] += cost_of[mask] - cost_of[joined];
                mask = joined;
            }
        } while (std::ranges::next_permutation(order).found);
        const std::vector<Money> values = shapley_values(cost_of);
        for (std::size_t i = 0; i < 5; ++i)
            CHECK(values[i].pico() * 120 == sums[i].pico());
    }

    TEST_CASE("thirteen enabled levers are too many, twelve are not") {
        Scenario scenario = reference_scenario();
        scenario.uncertainty.clear();
        const Lever batch = scenario.levers[3];
        scenario.levers.clear();
        for (int i = 0; i < 12; ++i) {
            scenario.levers.push_back(batch);
            scenario.levers.back().id = std::to_string(i);
        }
        CHECK(evaluation_of(scenario).coalitions.size() == 4096);
        scenario.levers.push_back(batch);
        const auto result = evaluate(scenario, test_book());
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::TooManyLevers);
    }

    TEST_CASE("a bill beyond all bills is an error, not a wrong number") {
        Scenario scenario = reference_scenario();
        scenario.workloads[0].requests_per_month = decimal("1e15");
        scenario.workloads[0].output_tokens = decimal("1e15");
        const auto result = evaluate(scenario, test_book());
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::NumberTooLarge);
    }
}

TEST_SUITE("evaluate: worked examples") {
    TEST_CASE("2: an automatic cache holds whole increments of 128 tokens") {
        const Evaluation result = evaluation_of(one_workload(
            "openai/gpt-4o",
            R"("requests_per_month":1,"prefix_tokens":2000,"other_input_tokens":6,"output_tokens":300)",
            R"({"id":"c","kind":"prompt_cache","hit_rate":1})"));
        CHECK(text(result.baseline.monthly_cost) == "0.008015");
        CHECK(text(result.optimized.monthly_cost) == "0.005615");
        CHECK(result.optimized.branches.at(0).cacheable_tokens == Decimal(1920));
    }

    TEST_CASE("11a: batch multiplies the prices of cached tokens") {
        Scenario scenario = one_workload(
            "anthropic/claude-sonnet-4-5",
            R"("requests_per_month":10000,"prefix_tokens":20000,"other_input_tokens":500,"output_tokens":200)",
            R"({"id":"c","kind":"prompt_cache","ttl":"5m","hit_rate":0.8},{"id":"b","kind":"batch","share":1})");
        CHECK(text(evaluation_of(scenario).optimized.monthly_cost) == "121.5");
        scenario.levers[1].is_enabled = false;
        CHECK(text(evaluation_of(scenario).optimized.monthly_cost) == "243");
    }

    TEST_CASE("11b: where the cache takes precedence, reads keep their price in batch") {
        Scenario scenario = one_workload(
            "google/gemini-3.1-pro-preview",
            R"("requests_per_month":10000,"prefix_tokens":20000,"other_input_tokens":500,"output_tokens":200)",
            R"({"id":"c","kind":"prompt_cache","hit_rate":0.8},{"id":"b","kind":"batch","share":1})");
        CHECK(text(evaluation_of(scenario).optimized.monthly_cost) == "89");
        scenario.levers[1].is_enabled = false;
        CHECK(text(evaluation_of(scenario).optimized.monthly_cost) == "146");
    }

    TEST_CASE("12: a prompt past the threshold bills the whole request at the long price") {
        const auto cost = [](std::string_view model, const char* tokens) {
            return text(evaluation_of(one_workload(model,
                                                   R"("requests_per_month":1,"output_tokens":4000,)"
                                                   R"("other_input_tokens":)" +
                                                       std::string(tokens),
                                                   ""))
                            .baseline.monthly_cost);
        };
        CHECK(cost("openai/gpt-6-sol", "272000") == "0.584");
        CHECK(cost("openai/gpt-6-sol", "272001") == "1.148004");
    }

    TEST_CASE("13: routing 60 % of the calls to the small model") {
        const Evaluation result = evaluation_of(one_workload(
            "openai/gpt-4o",
            R"("requests_per_month":1000000,"other_input_tokens":1200,"output_tokens":300)",
            R"({"id":"r","kind":"routing","routes":[{"to":"openai/gpt-4o-mini","share":0.6}]})"));
        CHECK(text(result.baseline.monthly_cost) == "6000");
        CHECK(text(result.optimized.monthly_cost) == "2616");
        CHECK(result.saving_share == 0.564);
    }

    TEST_CASE("17: a concise prompt pays for its own instruction") {
        const auto net = [](const char* instruction, const char* cache) {
            const Evaluation result = evaluation_of(one_workload(
                "anthropic/claude-sonnet-4-5",
                R"("requests_per_month":1,"prefix_tokens":100000,"output_tokens":600)",
                std::string(cache) + R"({"id":"o","kind":"output_control","reduction":0.31,)" +
                    instruction + "}"));
            return text(result.levers.back().marginal);
        };
        constexpr const char* kCached = R"({"id":"c","kind":"prompt_cache","hit_rate":1},)";
        CHECK(net(R"("instruction_tokens":1000)", "") == "-0.00021");
        CHECK(net(R"("instruction_tokens":60)", "") == "0.00261");
        CHECK(net(R"("instruction_tokens":1000,"instruction_in_prefix":true)", kCached) ==
              "0.00249");
    }
}

TEST_SUITE("evaluate: draws") {
    TEST_CASE("the mean of the draws is near the exact mean of the multilinear cost") {
        const auto result = evaluate(reference_scenario(), test_book(), {.draws = 4000, .seed = 1});
        REQUIRE(result);
        REQUIRE(result->draws);
        const DrawSummary& draws = *result->draws;
        const double allowed = 4 * draws.sd / 63.24555320336759;  // 4 sd / sqrt(4000)
        CHECK(draws.mean > 9165.7474 - allowed);
        CHECK(draws.mean < 9165.7474 + allowed);
        CHECK(draws.sd == doctest::Approx(1176).epsilon(0.03));
        CHECK(draws.p5 == doctest::Approx(7352).epsilon(0.02));
        CHECK(draws.p50 == doctest::Approx(9088).epsilon(0.02));
        CHECK(draws.p95 == doctest::Approx(11246).epsilon(0.02));
    }

    TEST_CASE("inputs that do not vary leave one cost, the exact one") {
        Scenario scenario = reference_scenario();
        scenario.uncertainty.clear();
        const auto result = evaluate(scenario, test_book(), {.draws = 3, .seed = 9});
        REQUIRE(result);
        CHECK(result->draws->p5 == doctest::Approx(8146.5575).epsilon(1e-12));
        CHECK(result->draws->sd == 0.0);
    }

    TEST_CASE("the same seed gives the same bits, another seed other draws") {
        const auto mean = [](std::uint64_t seed) {
            return evaluate(reference_scenario(), test_book(), {.draws = 100, .seed = seed})
                ->draws->mean;
        };
        CHECK(mean(1) == mean(1));
        CHECK(mean(1) != mean(2));
    }

    TEST_CASE("no draws where a price is unknown, and a warning") {
        Scenario scenario = reference_scenario();
        scenario.workloads[0].model = "nobody/nothing";
        const auto result = evaluate(scenario, test_book(), {.draws = 10});
        REQUIRE(result);
        CHECK_FALSE(result->draws);
        CHECK(has_warning(*result, "no_draws"));
    }

    TEST_CASE("more draws than a screen can wait for are refused") {
        const auto result = evaluate(reference_scenario(), test_book(), {.draws = 1'000'001});
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::OutOfRange);
    }
}
