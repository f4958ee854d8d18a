// What the card of a lever says beside the money: never against it.

#include "harness.h"

#include <doctest/doctest.h>

namespace tokenlever::tests {
namespace {

Scenario scenario_of(Harness& harness) {
    harness.click("copy");
    const auto effect = Json::parse(harness.effects().at(0));
    REQUIRE(effect.has_value());
    auto scenario = read_scenario(text_of(*effect, "text"));
    REQUIRE(scenario.has_value());
    return *scenario;
}

// The example's workload beside one more, made of it.
Workload another(const Scenario& scenario, std::string model, std::int64_t prefix_tokens) {
    Workload workload = scenario.workloads.front();
    workload.id = "another";
    workload.name = "Another";
    workload.model = std::move(model);
    workload.prefix_tokens = Decimal(prefix_tokens);
    return workload;
}

std::string shown(Harness& harness, const Scenario& scenario) {
    harness.act("", "load_scenario", write_scenario(scenario));
    return harness.outline();
}

bool holds(const std::string& outline, std::string_view text) {
    return outline.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("a prefix too short beside one that is cached does not speak for both") {
    Harness harness;
    Scenario scenario = scenario_of(harness);
    Scenario alone = scenario;
    scenario.workloads.insert(scenario.workloads.begin(),
                              another(scenario, scenario.workloads.front().model, 100));
    const std::string both = shown(harness, scenario);
    CHECK(harness.text("lever.cache.saving", "value") == "14130");
    CHECK(holds(both, "breaks even at 21.7"));
    CHECK_FALSE(holds(both, "\"prefix too short to cache\""));
    alone.workloads.front().prefix_tokens = Decimal(100);
    CHECK(holds(shown(harness, alone), "\"prefix too short to cache\""));
}

TEST_CASE("Escape lets a dragged lever stay where it was") {
    Harness harness;
    const Scenario before = scenario_of(harness);
    const Box from = harness.box("lever.cache");
    const Box to = harness.box("lever.short");
    const auto x = static_cast<float>(from.x + 60);
    harness.point(x, static_cast<float>(from.y + 20));
    harness.press(true);
    harness.point(x, static_cast<float>(to.y + to.h * 0.8));
    harness.act("", "escape");
    harness.point(x, static_cast<float>(to.y + to.h * 0.9));
    harness.press(false);
    CHECK(scenario_of(harness) == before);
    CHECK(harness.text("undo", "disabled") == "true");
}

TEST_CASE("Escape puts a dragged slider back, and no step of undo is left") {
    Harness harness;
    const Box track = harness.box("lever.batch.share");
    const auto y = static_cast<float>(track.y + track.h / 2);
    harness.point(static_cast<float>(track.x + track.w * 0.3), y);
    harness.press(true);
    harness.point(static_cast<float>(track.x + track.w * 0.7), y);
    CHECK(harness.text("lever.batch.share", "value") != "0.3");
    harness.act("", "escape");
    CHECK(harness.text("lever.batch.share", "value") == "0.3");
    CHECK(harness.text("headline.optimized.value", "value") == "8146.5575");
    harness.point(static_cast<float>(track.x + track.w * 0.9), y);
    harness.press(false);
    CHECK(harness.text("lever.batch.share", "value") == "0.3");
    CHECK(harness.text("undo", "disabled") == "true");
    CHECK(harness.text("redo", "disabled") == "true");
    harness.set("lever.batch.share", "0.5");
    harness.act("", "escape");  // what is done is done
    CHECK(harness.text("lever.batch.share", "value") == "0.5");
}

TEST_CASE("a place without a known break-even speaks neither for the others nor against money") {
    Harness harness;
    Scenario scenario = scenario_of(harness);
    Scenario alone = scenario;
    scenario.workloads.insert(scenario.workloads.begin(),
                              another(scenario, "mistral/codestral-2508", 8000));
    const std::string both = shown(harness, scenario);
    CHECK(holds(both, "breaks even at 0.0"));
    CHECK(holds(both, "to 21.7"));
    CHECK_FALSE(holds(both, "reads cost no less than input"));
    alone.workloads = {another(alone, "mistral/codestral-2508", 8000)};
    CHECK_FALSE(holds(shown(harness, alone), "reads cost no less than input"));
}

}  // namespace tokenlever::tests
