// The reference workload of the domain model (section 9 and example 18): every figure, exactly.

#include "pricing/embedded_book.h"
#include "scenario/evaluate.h"
#include "scenario_support.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace tokenlever;

TEST_SUITE("evaluate: the reference scenario") {
    TEST_CASE("the baseline, the optimum and the saving are exact") {
        const Evaluation result = evaluate_reference();
        CHECK(text(result.baseline.monthly_cost) == "30000");
        CHECK(text(result.optimized.monthly_cost) == "8146.5575");
        CHECK(text(result.saving) == "21853.4425");
        REQUIRE(result.saving_share);
        CHECK(*result.saving_share == 0.7284480833333333);
        CHECK(result.optimized_per_request->to_string() == "0.0081465575");
        CHECK(result.baseline_per_request->to_string() == "0.03");
    }

    TEST_CASE("all sixteen coalitions cost what the table says") {
        const std::map<std::string, std::string> expected = {
            {"", "30000"},  {"B", "25500"},    {"CO", "14402.25"}, {"COB", "13494.2625"},
            {"C", "15870"}, {"CR", "9572"},    {"CB", "14731.5"},  {"CRB", "8888.9"},
            {"R", "18050"}, {"RO", "17240"},   {"RB", "15350"},    {"ROB", "14661.5"},
            {"O", "28650"}, {"OB", "24352.5"}, {"CRO", "8691.35"}, {"CROB", "8146.5575"},
        };
        const Evaluation result = evaluate_reference();
        REQUIRE(result.coalitions.size() == 16);
        for (const CoalitionCost& coalition : result.coalitions) {
            std::string name;
            for (std::size_t i = 0; i < 4; ++i)
                if ((coalition.levers >> i & 1U) != 0) name += "CROB"[i];
            CAPTURE(name);
            CHECK(text(coalition.monthly_cost) == expected.at(name));
        }
    }

    TEST_CASE("each lever alone, and Shapley, to the last digit") {
        const Evaluation result = evaluate_reference();
        REQUIRE(result.levers.size() == 4);
        const std::vector<std::string> alone = {"14130", "11950", "1350", "4500"};
        const std::vector<std::string> shapley = {"10108.08875", "8416.30125", "1042.38875",
                                                  "2286.66375"};
        for (std::size_t i = 0; i < 4; ++i) {
            CHECK(text(result.levers[i].alone) == alone[i]);
            CHECK(text(result.levers[i].shapley) == shapley[i]);
        }
    }

    TEST_CASE("the waterfall follows the document's order") {
        Scenario scenario = reference_scenario();
        const std::vector<std::string> forward = {"14130", "6298", "880.65", "544.7925"};
        CHECK(waterfall_of(scenario) == forward);

        scenario.levers = {scenario.levers[3], scenario.levers[2], scenario.levers[1],
                           scenario.levers[0]};
        const std::vector<std::string> backward = {"4500", "1147.5", "9691", "6514.9425"};
        CHECK(waterfall_of(scenario) == backward);
    }

    TEST_CASE("the tornado rows, widest first") {
        const Evaluation result = evaluate_reference();
        const std::vector<std::vector<std::string>> expected = {
            {"workloads.chat.requests_per_month", "6517.246", "9775.869"},
            {"levers.route.routes.0.share", "9945.7925", "7246.94"},
            {"levers.cache.hit_rate", "9899.8475", "7708.235"},
            {"workloads.chat.prefix_tokens", "7693.4075", "9052.8575"},
            {"levers.short.reduction", "8529.0575", "7764.0575"},
            {"levers.batch.share", "8509.7525", "7964.96"},
        };
        REQUIRE(result.tornado.size() == expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            CHECK(result.tornado[i].input == expected[i][0]);
            CHECK(text(result.tornado[i].low_cost) == expected[i][1]);
            CHECK(text(result.tornado[i].high_cost) == expected[i][2]);
        }
    }

    TEST_CASE("savings that overlap are not to be added, and it says so") {
        const Evaluation result = evaluate_reference();
        CHECK(has_warning(result, "alone_exceeds_bill"));
        CHECK(result.warnings.size() == 1);
    }
}
