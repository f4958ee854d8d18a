// Where the keyboard goes when the widget that had it is gone, moved or resting.

#include "../shared.h"
#include "harness.h"

#include <doctest/doctest.h>

namespace tokenlever::tests {
namespace {

// Presses a button that has the keyboard; where the page is told to put it, "" if it is told
// nothing.
std::string keyboard_after(Harness& harness, const std::string& id) {
    harness.act(id, "focus");
    (void)harness.effects();
    harness.click(id);
    std::string goal;
    for (const std::string& text : harness.effects()) {
        const auto effect = Json::parse(text);
        REQUIRE(effect.has_value());
        if (text_of(*effect, "type") == "focus") goal = text_of(*effect, "id");
    }
    if (!goal.empty()) CHECK_MESSAGE(harness.find(goal) != nullptr, goal << " does not stand");
    return goal;
}

}  // namespace

TEST_CASE("the keyboard goes to the workload that was made") {
    Harness harness;
    CHECK(keyboard_after(harness, "workload.chat.add") == "workload.workload.name");
    CHECK(keyboard_after(harness, "workload.workload.duplicate") == "workload.workload-2.name");
}

TEST_CASE("the keyboard goes to the workload after the one that was removed") {
    Harness harness;
    harness.click("workload.chat.duplicate");
    harness.click("workload.chat-2.duplicate");
    CHECK(keyboard_after(harness, "workload.chat-2.remove") == "workload.chat-3.open");
    CHECK(keyboard_after(harness, "workload.chat-3.remove") == "workload.chat.add");
}

TEST_CASE("the keyboard goes to the calculator's heading with the usage") {
    const auto import = read_file(TOKENLEVER_SOURCE_DIR "/tests/app/import.json");
    REQUIRE(import.has_value());
    Harness harness;
    harness.act("", "import_done", *import);
    CHECK(keyboard_after(harness, "usage.use") == "title");
    CHECK(harness.text("title", "role") == "heading");
}

TEST_CASE("the keyboard goes into what lies over the screen, and back") {
    Harness harness({.width = 390, .height = 844});
    CHECK(keyboard_after(harness, "menu") == "nav.calculator");
    (void)harness.effects();
    harness.act("nav.calculator", "focus");
    harness.act("", "escape");
    CHECK(harness.effects() == std::vector<std::string>{R"({"type":"focus","id":"menu"})"});
    harness.act("", "navigate", "models");
    harness.act("models.search", "input", "anthropic/claude-sonnet-4-5");
    CHECK(keyboard_after(harness, "model.anthropic/claude-sonnet-4-5") == "details.close");
    CHECK(harness.tree_text("modal") == "details");
    CHECK(keyboard_after(harness, "details.close") == "model.anthropic/claude-sonnet-4-5");
    CHECK(harness.tree_text("modal").empty());
}

TEST_CASE("the keyboard is never left on what is gone") {
    Harness harness({.width = 390, .height = 844});
    harness.click("menu");
    CHECK(keyboard_after(harness, "export") == "menu");
    CHECK(keyboard_after(harness, "notice.dismiss") == "title");
    harness.click("menu");
    CHECK(keyboard_after(harness, "nav.usage") == "title");
}

TEST_CASE("the keyboard stays where it is while its widget rests or lives on") {
    Harness harness;
    CHECK(keyboard_after(harness, "lever.route.up").empty());
    CHECK(harness.text("lever.route.up", "disabled") == "true");
    CHECK(keyboard_after(harness, "undo").empty());
    CHECK(harness.text("undo", "disabled") == "true");
    CHECK(keyboard_after(harness, "nav.usage").empty());
}

TEST_CASE("the pointer moves no keyboard") {
    Harness harness;
    harness.click_at(harness.box("workload.chat.add"));
    CHECK(harness.find("workload.workload.name") != nullptr);
    CHECK(harness.effects().empty());
    harness.act("workload.workload.remove", "focus");
    harness.act("workload.workload.remove", "blur");
    harness.click_at(harness.box("workload.workload.remove"));
    CHECK(harness.find("workload.workload.name") == nullptr);
    CHECK(harness.effects().empty());
}

}  // namespace tokenlever::tests
