#include "harness.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace tokenlever::tests {
namespace {

constexpr std::string_view kBaseline = "headline.baseline.value";
constexpr std::string_view kOptimized = "headline.optimized.value";

platform::HeadlessOptions phone() { return {.width = 390, .height = 844}; }

// The scenario as the app would export it.
Scenario exported(Harness& harness) {
    (void)harness.effects();
    harness.click("copy");
    const auto effects = harness.effects();
    REQUIRE(effects.size() == 1);
    const auto effect = Json::parse(effects[0]);
    REQUIRE(effect.has_value());
    auto scenario = read_scenario(text_of(*effect, "text"));
    REQUIRE_MESSAGE(scenario.has_value(), text_of(*effect, "text"));
    return *scenario;
}

// What the engine says of the scenario on the screen, by another way than the screen.
void check_headline(Harness& harness) {
    const auto answer = evaluate(exported(harness), embedded_book());
    REQUIRE(answer.has_value());
    CHECK(harness.text(kBaseline, "value") == answer->baseline.monthly_cost->to_string());
    CHECK(harness.text(kOptimized, "value") == answer->optimized.monthly_cost->to_string());
}

std::vector<std::string> lever_order(Harness& harness) {
    std::vector<std::string> ids;
    for (const Lever& lever : exported(harness).levers)
        ids.push_back(lever.id);
    return ids;
}

}  // namespace

TEST_CASE("the landing page answers the reference scenario to the last digit") {
    Harness harness;
    CHECK(harness.text(kBaseline, "value") == "30000");
    CHECK(harness.text(kBaseline, "text") == "$30,000");
    CHECK(harness.text(kOptimized, "value") == "8146.5575");
    CHECK(harness.text(kOptimized, "text") == "$8,147");
    CHECK(harness.text("headline.saving.value", "value") == "21853.4425");
    CHECK(harness.text("headline.saving.value", "text") == "72.8\u00a0%");
    CHECK(harness.text("headline.per_request.value", "text") == "$0.0081");
    CHECK(harness.text("lever.cache.saving", "value") == "14130");
    CHECK(harness.text("lever.route.saving", "value") == "6298");
    CHECK(harness.text("lever.short.saving", "value") == "880.65");
    CHECK(harness.text("lever.batch.saving", "value") == "544.7925");
    CHECK(harness.text("lever.cache.saving", "text") == "\u2212$14,130");
}

TEST_CASE("the landing page at rest asks for no frame and says nothing new") {
    Harness harness;
    const auto generation = harness.app().generation();
    for (int i = 0; i < 5; ++i)
        harness.frame();
    CHECK_FALSE(harness.app().wants_frame());
    CHECK_FALSE(harness.app().next_frame_at().has_value());
    CHECK(harness.app().generation() == generation);
    CHECK(harness.effects().empty());
}

TEST_CASE("semantics of the calculator") {
    Harness harness;
    check_golden("calculator", harness.outline());
    harness.click("waterfall.as_table");
    check_golden("calculator-table", harness.outline());
}

TEST_CASE("semantics of the calculator on a phone, and its menu") {
    Harness harness(phone());
    harness.act("", "pointer", "coarse");
    check_golden("calculator-phone", harness.outline());
    CHECK(harness.find("nav.usage") == nullptr);
    harness.click("menu");
    check_golden("calculator-phone-menu", harness.outline());
    harness.click("nav.usage");
    CHECK(harness.tree_text("screen") == "usage");
    CHECK(harness.find("nav.usage") == nullptr);
}

TEST_CASE("no requests cost nothing, which is known") {
    Harness harness;
    harness.set("workload.chat.requests_per_month", "0");
    CHECK(harness.announced() == "Optimised $0.00 per month.");
}

TEST_CASE("the model whose name was typed comes first in the list") {
    Harness harness;
    const std::string id = "workload.chat.model";
    harness.act(id, "input", "gpt-5 pro");
    harness.act(id, "key", "Enter");
    CHECK(harness.text(id, "value") == "GPT-5 Pro");
}

TEST_CASE("a model is changed by searching it") {
    Harness harness;
    harness.click("workload.chat.model");
    CHECK(harness.text("workload.chat.model", "expanded") == "true");
    harness.act("workload.chat.model", "input", "haiku 4.5");
    const Json* list = harness.find("workload.chat.model.list");
    REQUIRE(list != nullptr);
    const auto& options = list->find("children")->items();
    REQUIRE(!options.empty());
    CHECK(text_of(options.front(), "name") == "Claude Haiku 4.5");
    CHECK(text_of(options.front(), "description") == "Anthropic \u00b7 $1 input, $5 output");
    CHECK(harness.text("workload.chat.model", "active") == text_of(options.front(), "id"));
    harness.act("workload.chat.model", "key", "Enter");
    CHECK(harness.find("workload.chat.model.list") == nullptr);
    CHECK(exported(harness).workloads[0].model == "anthropic/claude-haiku-4-5");
    CHECK(harness.text(kBaseline, "value") == "10000");
    check_headline(harness);
}

TEST_CASE("the list of models is walked by keys, chosen by click, and closed without a choice") {
    Harness harness;
    const std::string id = "workload.chat.model";
    harness.act(id, "key", "ArrowDown");
    REQUIRE(harness.find(id + ".list") != nullptr);
    const std::string first = harness.text(id, "active");
    harness.act(id, "key", "ArrowDown");
    CHECK(harness.text(id, "active") != first);
    harness.act(id, "key", "Home");
    CHECK(harness.text(id, "active") == first);
    harness.act(id, "key", "End");
    harness.act(id, "key", "ArrowDown");  // stops at the end
    const std::string last = harness.text(id, "active");
    CHECK(last != first);
    harness.act(id, "key", "Escape");
    CHECK(harness.find(id + ".list") == nullptr);
    CHECK(exported(harness).workloads[0].model == "anthropic/claude-sonnet-4-5");
    harness.click(id);
    harness.click(last);
    CHECK(id + "/" + exported(harness).workloads[0].model == last);
    harness.click(id);
    harness.act("workload.chat.name", "focus");
    CHECK(harness.find(id + ".list") == nullptr);
    harness.click(id);
    harness.act(id, "input", "no such model at all");
    CHECK(harness.text(id, "active").empty());
    harness.act(id, "key", "Enter");
    CHECK(id + "/" + exported(harness).workloads[0].model == last);
}

TEST_CASE("an option is chosen with the pointer, and a click elsewhere closes the list") {
    Harness harness;
    const std::string id = "lever.route.model";
    harness.click_at(harness.box(id));
    harness.act(id, "input", "gpt-5-mini");
    const Json* list = harness.find(id + ".list");
    REQUIRE(list != nullptr);
    const std::string option = text_of(list->find("children")->items().front(), "id");
    harness.click_at(harness.box(option));
    CHECK(harness.find(id + ".list") == nullptr);
    CHECK(id + "/" + std::get<Routing>(exported(harness).levers[1].settings).routes[0].to ==
          option);
    check_headline(harness);
    harness.click_at(harness.box(id));
    REQUIRE(harness.find(id + ".list") != nullptr);
    harness.click_at(harness.box("waterfall.chart"));
    CHECK(harness.find(id + ".list") == nullptr);
}

TEST_CASE("a switch turns a lever off, and says what it would save") {
    Harness harness;
    harness.click("lever.cache.enabled");
    CHECK(harness.text("lever.cache.enabled", "checked") == "false");
    CHECK(harness.text(kOptimized, "value") == "14661.5");  // routing, output control and batch
    CHECK(harness.text("lever.cache.saving", "value") == "6514.9425");
    CHECK(harness.text("lever.cache.saving", "text") == "would save $6,515");
    harness.set("lever.cache.enabled", "true");
    CHECK(harness.text(kOptimized, "value") == "8146.5575");
    harness.set("lever.cache.enabled", "true");  // as it is
    CHECK(harness.text("lever.cache.enabled", "checked") == "true");
}

TEST_CASE("a slider takes the exact value that is set, and refuses what it cannot be") {
    Harness harness;
    harness.set("lever.route.share", "0.7");
    CHECK(harness.text(kOptimized, "value") == "7246.94");
    harness.set("lever.route.share", "0.705");
    CHECK(harness.text("lever.route.share", "value") == "0.705");
    for (const char* bad : {"1.2", "-0.1", "", "x", "NaN"})
        harness.set("lever.route.share", bad);
    CHECK(harness.text("lever.route.share", "value") == "0.705");
    check_headline(harness);
}

TEST_CASE("dragging a slider is one step of undo") {
    Harness harness;
    const Box track = harness.box("lever.batch.share");
    const auto y = static_cast<float>(track.y + track.h / 2);
    harness.point(static_cast<float>(track.x + track.w * 0.3), y);
    harness.press(true);
    for (const double part : {0.4, 0.5, 0.6, 0.7})
        harness.point(static_cast<float>(track.x + track.w * part), y);
    harness.press(false);
    const auto share = Decimal::parse(harness.text("lever.batch.share", "value"));
    REQUIRE(share.has_value());
    CHECK(*share > Decimal::from_scaled(65, 2));
    check_headline(harness);
    harness.click("undo");
    CHECK(harness.text("lever.batch.share", "value") == "0.3");
    CHECK(harness.text("undo", "disabled") == "true");
    harness.click("redo");
    CHECK(harness.text("lever.batch.share", "value") == share->to_string());
}

TEST_CASE("fields take numbers as people type them") {
    Harness harness;
    const std::string id = "workload.chat.requests_per_month";
    struct Case {
        const char* typed;
        const char* shown;
    };
    for (const Case& row : {Case{"2,500,000", "2,500,000"}, Case{"1.5M", "1,500,000"},
                            Case{"20k", "20,000"}, Case{" 1 000 ", "1,000"}, Case{"1_000", "1,000"},
                            Case{"2B", "2,000,000,000"}, Case{"0", "0"}, Case{"12.5", "12.5"}}) {
        harness.set(id, row.typed);
        CHECK_MESSAGE(harness.text(id, "value") == row.shown, row.typed);
        CHECK(harness.text(id, "invalid").empty());
    }
}

TEST_CASE("bad input changes nothing, stays to be corrected and says why") {
    Harness harness;
    const std::string id = "workload.chat.output_tokens";
    for (const char* bad :
         {"", "abc", "1.2.3", "-5", "1e400", "12x", "NaN", "Infinity", "99999999999999"}) {
        harness.set(id, bad);
        CHECK_MESSAGE(harness.text(id, "invalid") == "true", std::string(bad));
        CHECK_MESSAGE(!harness.text(id, "description").empty(), std::string(bad));
        CHECK(harness.text(id, "value") == bad);
        CHECK(harness.text(kBaseline, "value") == "30000");
    }
    CHECK(harness.announced() == harness.text(id, "description"));
    CHECK(harness.text("undo", "disabled") == "true");
    harness.set(id, "500");
    CHECK(harness.text(id, "invalid").empty());
    CHECK(harness.text(id, "value") == "500");
    harness.set(id, "600");
    CHECK(harness.text(id, "invalid").empty());
    CHECK(harness.text(id, "value") == "600");
    harness.set("workload.chat.name", "   ");
    CHECK(harness.text("workload.chat.name", "invalid") == "true");
    harness.set("workload.chat.name", " Tickets \"A\" \n");
    CHECK(harness.text("workload.chat.name", "value").starts_with("Tickets \"A\""));
}

TEST_CASE("workloads are added, duplicated and removed, and every one can be undone") {
    Harness harness;
    const Scenario before = exported(harness);
    harness.click("workload.chat.duplicate");
    harness.click("workload.chat-2.add");
    Scenario scenario = exported(harness);
    REQUIRE(scenario.workloads.size() == 3);
    CHECK(scenario.workloads[1].name == "Support chat 2");
    CHECK(scenario.workloads[1].requests_per_month == Decimal(1'000'000));
    CHECK(harness.text("workload.workload.open", "expanded") == "true");
    CHECK(harness.text("workload.chat.open", "expanded") == "false");
    check_headline(harness);
    check_golden("calculator-workloads", harness.outline());
    harness.click("workload.chat.remove");
    CHECK(exported(harness).workloads.size() == 2);
    harness.click("workload.workload.remove");
    CHECK(exported(harness).workloads.size() == 1);
    CHECK(harness.find("workload.chat-2.remove") == nullptr);  // the last one stays
    for (int i = 0; i < 4; ++i)
        harness.click("undo");
    CHECK(exported(harness) == before);
    CHECK(harness.text("undo", "disabled") == "true");
}

TEST_CASE("undo goes back through a hundred changes, and reset is one of them") {
    Harness harness;
    for (int i = 1; i <= 100; ++i)
        harness.app().act("workload.chat.output_tokens", "set", std::to_string(500 + i)),
            harness.frame();
    harness.settle();
    CHECK(harness.text("workload.chat.output_tokens", "value") == "600");
    harness.click("reset");
    CHECK(harness.text(kBaseline, "value") == "30000");
    harness.click("undo");
    CHECK(harness.text("workload.chat.output_tokens", "value") == "600");
    for (int i = 0; i < 100; ++i)
        harness.app().act("undo", "click", ""), harness.frame();
    harness.settle();
    CHECK(harness.text("workload.chat.output_tokens", "value") == "500");
    CHECK(harness.text("undo", "disabled") == "true");
    harness.click("redo");
    CHECK(harness.text("workload.chat.output_tokens", "value") == "501");
    harness.set("workload.chat.output_tokens", "7");
    CHECK(harness.text("redo", "disabled") == "true");
}

TEST_CASE("levers change places by buttons, and the waterfall follows") {
    Harness harness;
    CHECK(harness.text("lever.cache.up", "disabled") == "true");
    for (int i = 0; i < 3; ++i)
        harness.click("lever.cache.down");
    harness.click("lever.batch.up");
    harness.click("lever.batch.up");
    harness.click("lever.short.up");
    CHECK(lever_order(harness) == std::vector<std::string>{"batch", "short", "route", "cache"});
    CHECK(harness.text("lever.batch.saving", "value") == "4500");
    CHECK(harness.text("lever.short.saving", "value") == "1147.5");
    CHECK(harness.text("lever.route.saving", "value") == "9691");
    CHECK(harness.text("lever.cache.saving", "value") == "6514.9425");
    CHECK(harness.text(kOptimized, "value") == "8146.5575");
}

TEST_CASE("levers change places by dragging") {
    Harness harness;
    const Box from = harness.box("lever.cache");
    const Box to = harness.box("lever.short");
    const auto x = static_cast<float>(from.x + 60);
    harness.point(x, static_cast<float>(from.y + 20));
    harness.press(true);
    harness.point(x, static_cast<float>(to.y + to.h * 0.8));
    harness.press(false);
    CHECK(lever_order(harness) == std::vector<std::string>{"route", "short", "cache", "batch"});
    harness.click("undo");
    CHECK(lever_order(harness) == std::vector<std::string>{"cache", "route", "short", "batch"});
}

TEST_CASE("the lifetime of the cache is chosen from those that the model sells") {
    Harness harness;
    harness.set("lever.cache.ttl", "1h");
    CHECK(std::get<PromptCache>(exported(harness).levers[0].settings).ttl == "1h");
    CHECK(harness.text("lever.cache.ttl/1h", "selected") == "true");
    check_headline(harness);
    harness.click("lever.cache.ttl/5m");
    CHECK(harness.text(kOptimized, "value") == "8146.5575");
    harness.set("lever.cache.ttl", "30 years");
    CHECK(harness.text("lever.cache.ttl/5m", "selected") == "true");
}

TEST_CASE("the theme goes round and tells the page") {
    Harness harness;
    CHECK(harness.tree_text("theme") == "system");
    CHECK(harness.tree_text("scheme") == "light");
    harness.act("", "system_theme", "dark");
    CHECK(harness.tree_text("scheme") == "dark");
    harness.click("theme");
    CHECK(harness.tree_text("theme") == "light");
    CHECK(harness.tree_text("scheme") == "light");
    harness.click("theme");
    CHECK(harness.tree_text("theme") == "dark");
    harness.click("theme");
    CHECK(harness.tree_text("theme") == "system");
    const auto effects = harness.effects();
    REQUIRE(effects.size() == 3);
    CHECK(effects[0] == R"({"type":"theme","value":"light"})");
}

TEST_CASE("the exported file is the scenario, under its name") {
    Harness harness;
    const Scenario before = exported(harness);
    harness.click("export");
    const auto effects = harness.effects();
    REQUIRE(effects.size() == 1);
    const auto effect = Json::parse(effects[0]);
    REQUIRE(effect.has_value());
    CHECK(text_of(*effect, "type") == "download");
    CHECK(text_of(*effect, "name") == "Support-chat.scenario.json");
    CHECK(text_of(*effect, "mime") == "application/json");
    const auto scenario = read_scenario(text_of(*effect, "text"));
    REQUIRE(scenario.has_value());
    CHECK(*scenario == before);
    CHECK(harness.find("notice.dismiss") != nullptr);
    harness.click("notice.dismiss");
    CHECK(harness.find("notice.dismiss") == nullptr);
}

TEST_CASE("the heading, the tab and the exported file go by the scenario's name") {
    Harness harness;
    const auto is_called = [&](const std::string& name, const std::string& file) {
        CHECK(harness.text("title", "text") == name);
        CHECK(harness.text("scenario.name", "value") == name);
        CHECK(harness.tree_text("title") == name + " \u00b7 Tokenlever");
        (void)harness.effects();
        harness.click("export");
        const auto effect = Json::parse(harness.effects().at(0));
        REQUIRE(effect.has_value());
        CHECK(text_of(*effect, "name") == file);
    };
    is_called("Support chat", "Support-chat.scenario.json");
    harness.set("workload.chat.name", "Tickets");  // the only workload, and named alike
    is_called("Tickets", "Tickets.scenario.json");
    harness.click("undo");
    is_called("Support chat", "Support-chat.scenario.json");
    harness.set("scenario.name", "  Plan B ");
    is_called("Plan B", "Plan-B.scenario.json");
    harness.set("workload.chat.name", "Tickets");
    is_called("Plan B", "Plan-B.scenario.json");
    harness.set("scenario.name", "  ");
    CHECK(harness.announced() == "A scenario needs a name.");
    is_called("Plan B", "Plan-B.scenario.json");
    harness.click("nav.usage");
    CHECK(harness.tree_text("title") == "Usage \u00b7 Tokenlever");
    CHECK(harness.find("scenario.name") == nullptr);
}

TEST_CASE("a scenario is loaded, and one that cannot be read is reported and changes nothing") {
    Harness harness;
    Scenario scenario = exported(harness);
    harness.act("", "load_scenario", R"({"schema":"tokenlever.scenario/1","nonsense":1})");
    CHECK(harness.announced().find("nonsense") != std::string::npos);
    CHECK(harness.text(kBaseline, "value") == "30000");
    harness.act("", "load_scenario", "{");
    CHECK(harness.text(kBaseline, "value") == "30000");
    scenario.name = "Loaded";
    scenario.workloads[0].requests_per_month = 10;
    harness.act("", "load_scenario", write_scenario(scenario));
    CHECK(harness.text(kBaseline, "value") == "0.3");
    harness.click("undo");
    CHECK(harness.text(kBaseline, "value") == "30000");
}

TEST_CASE("a model that the book does not know leaves the cost unknown, never zero") {
    Harness harness;
    Scenario scenario = exported(harness);
    scenario.workloads[0].model = "acme/no-such-model";
    harness.act("", "load_scenario", write_scenario(scenario));
    CHECK(harness.text(kBaseline, "text") == "not known");
    CHECK(harness.text(kBaseline, "value").empty());
    CHECK(harness.outline().find("no-such-model") != std::string::npos);
    CHECK(harness.outline().find("\"$0.00\"") == std::string::npos);
}

TEST_CASE("acts that nobody can take are ignored") {
    Harness harness;
    const std::string before = harness.outline();
    harness.act("no.such.node", "click");
    harness.act("lever.cache.enabled", "no_such_kind", "true");
    harness.act("", "no_such_event", "{}");
    harness.act("", "import_progress", "not json");
    harness.act("nav.calculator", "set", "x");
    harness.act("", "navigate", "calculator");
    CHECK(harness.outline().substr(0, 200) == before.substr(0, 200));
    CHECK(harness.text(kOptimized, "value") == "8146.5575");
}

}  // namespace tokenlever::tests
