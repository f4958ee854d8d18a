// What can be said of every screen at every size, without pixels: nothing overlaps that can be
// touched, nothing stands outside, targets are large enough for fingers, everything has a name.

#include "../shared.h"
#include "harness.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

namespace tokenlever::tests {
namespace {

struct Size {
    const char* name;
    float width, height;
    bool is_touch;
};
constexpr Size kSizes[] = {{"1440x900", 1440, 900, false}, {"1024x768", 1024, 768, false},
                           {"700x600", 700, 600, false},   {"390x844", 390, 844, true},
                           {"320x568", 320, 568, true},    {"2560x1440", 2560, 1440, false}};

bool is_touchable(const Json& node) {
    static const std::set<std::string> kRoles = {"button", "link",    "switch",
                                                 "slider", "textbox", "combobox"};
    return kRoles.contains(text_of(node, "role"));
}

struct Target {
    std::string id;
    Box box;
    bool is_cut = false;  // scrolled out of sight, in part
};

// What of a node is not scrolled out of sight.
std::optional<Box> seen_part(const Json& node) {
    const auto box = box_of(node, "rect");
    const auto clip = box_of(node, "clip");
    if (!box || !clip) return box;
    if (box->y >= clip->bottom() || box->bottom() <= clip->y) return std::nullopt;
    const double top = std::max(box->y, clip->y);
    return Box{box->x, top, box->w, std::min(box->bottom(), clip->bottom()) - top};
}

std::vector<Target> targets(Harness& harness) {
    std::vector<Target> found;
    for (const Json* node : harness.all())
        if (is_touchable(*node))
            if (const auto box = seen_part(*node))
                found.push_back({text_of(*node, "id"), *box, box->h < box_of(*node, "rect")->h});
    return found;
}

bool overlap(const Box& a, const Box& b) {
    constexpr double kSlack = 1;
    return a.x + kSlack < b.right() && b.x + kSlack < a.right() && a.y + kSlack < b.bottom() &&
           b.y + kSlack < a.bottom();
}

void check_screen(Harness& harness, const Size& size, const std::string& what) {
    const std::string where = std::string(size.name) + " " + what;
    std::set<std::string> ids;
    for (const Json* node : harness.all()) {
        const std::string id = text_of(*node, "id");
        if (!id.empty())
            CHECK_MESSAGE(ids.insert(id).second, where << ": two nodes have the id " << id);
        if (is_touchable(*node)) {
            CHECK_MESSAGE(!id.empty(), where << ": a control without an id");
            CHECK_MESSAGE(!text_of(*node, "name").empty(), where << ": " << id << " has no name");
            CHECK_MESSAGE(box_of(*node, "rect").has_value(),
                          where << ": " << id << " has no place");
        }
        const auto box = box_of(*node, "rect");
        if (!box) continue;
        CHECK_MESSAGE(box->w >= 0,
                      where << ": " << id << text_of(*node, "text") << " is " << box->w << " wide");
        CHECK_MESSAGE(box->x >= -0.5,
                      where << ": " << id << text_of(*node, "text") << " starts at " << box->x);
        CHECK_MESSAGE(box->right() <= static_cast<double>(size.width) + 0.5,
                      where << ": " << id << text_of(*node, "text") << " ends at " << box->right());
    }
    const std::vector<Target> all = targets(harness);
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t k = i + 1; k < all.size(); ++k)
            CHECK_MESSAGE(!overlap(all[i].box, all[k].box),
                          where << ": " << all[i].id << " overlaps " << all[k].id);
        if (!size.is_touch || all[i].is_cut) continue;
        CHECK_MESSAGE(all[i].box.h >= 43.5,
                      where << ": " << all[i].id << " is " << all[i].box.h << " high");
        CHECK_MESSAGE(all[i].box.w >= 39.5,
                      where << ": " << all[i].id << " is " << all[i].box.w << " wide");
    }
}

}  // namespace

TEST_CASE("every screen stands right at every size") {
    const auto import = read_file(TOKENLEVER_SOURCE_DIR "/tests/app/import.json");
    REQUIRE(import.has_value());
    for (const Size& size : kSizes) {
        Harness harness({.width = size.width, .height = size.height});
        harness.act("", "pointer", size.is_touch ? "coarse" : "fine");
        check_screen(harness, size, "calculator");
        harness.click("workload.chat.duplicate");
        harness.click("lever.cache.enabled");
        harness.set("workload.chat-2.prefix_tokens", "many");
        check_screen(harness, size, "calculator with two workloads");
        harness.act("", "navigate", "models");
        check_screen(harness, size, "models");
        harness.act("", "navigate", "usage");
        check_screen(harness, size, "usage, empty");
        harness.act("", "import_started",
                    R"({"name":"a-rather-long-file-name-of-a-log.csv","bytes":1000})");
        harness.act("", "import_progress",
                    R"({"bytes":500,"total_bytes":1000,"rows":12345,"seconds":0.5})");
        check_screen(harness, size, "usage, running");
        harness.act("", "import_done", *import);
        harness.click("usage.report");
        check_screen(harness, size, "usage");
        harness.click("daily.as_table");
        check_screen(harness, size, "usage as tables");
    }
}

TEST_CASE("at 1440 x 900 the whole calculator is seen without scrolling") {
    Harness harness;
    for (const char* id : {"headline", "workload.chat", "waterfall", "order"})
        CHECK_MESSAGE(harness.box(id).bottom() <= 900, id);
}

TEST_CASE("the phone's menu lies over the screen and closes when it is left") {
    Harness harness({.width = 390, .height = 844});
    harness.act("", "pointer", "coarse");
    const Box levers = harness.box("levers");
    const auto opens = [&] {
        harness.click("menu");
        REQUIRE(harness.find("nav.usage") != nullptr);
    };
    const auto is_closed = [&] { return harness.find("nav.usage") == nullptr; };
    opens();
    CHECK(harness.box("levers").y == levers.y);
    CHECK(harness.box("rail").w <= 300);
    for (const char* id : {"reset", "copy", "export"})
        CHECK_MESSAGE(harness.box(id).right() <= harness.box("rail").right(), id);
    harness.click_at({380, 500, 1, 1});
    CHECK(is_closed());
    CHECK(harness.text("workload.chat.name", "value") == "Support chat");
    opens();
    CHECK(harness.tree_text("modal") == "rail");
    harness.act("", "escape");
    CHECK(is_closed());
    opens();
    harness.click("export");
    CHECK(is_closed());
    CHECK(harness.find("notice.dismiss") != nullptr);
}

TEST_CASE("the open list of models says names and prices whole, and their unit once") {
    for (const float width : {1440.0F, 700.0F, 390.0F}) {
        Harness harness({.width = width, .height = 844});
        const std::string id = "workload.chat.model";
        harness.click(id);
        const Box list = harness.box(id + ".list");
        CHECK(list.w >= std::min(560.0F, width - 16));
        CHECK(list.x >= 0);
        CHECK(list.right() <= static_cast<double>(width));
        CHECK(harness.text(id + ".list", "description") == "Dollars per million tokens");
        harness.act(id, "input", "claude 4");
        for (const Json& option : harness.find(id + ".list")->find("children")->items()) {
            if (text_of(option, "role") != "option") continue;
            const auto wide = [&](const std::string& text) {
                return static_cast<double>(
                    harness.screen().regular()->CalcTextSizeA(14, 1e6F, 0, text.c_str()).x);
            };
            const bool is_one_line = box_of(option, "rect")->h < 50;
            const double figures = is_one_line ? 2 * 72 : 0;
            const std::string name = text_of(option, "name");
            if (is_one_line || name.size() < 40)  // some sellers' ids are longer than a phone
                CHECK_MESSAGE(wide(name) <= box_of(option, "rect")->w - 40 - figures, name);
            CHECK(text_of(option, "description").find(" input, ") != std::string::npos);
            CHECK(text_of(option, "description").find("per ") == std::string::npos);
        }
    }
}

TEST_CASE("on a phone every bar of the waterfall has a line for its name and amount") {
    CHECK(Harness({.width = 390, .height = 844}).box("waterfall.chart").h >= 6 * 40);
    CHECK(Harness().box("waterfall.chart").h <= 300);
}

TEST_CASE("on a phone a day is one line of the daily table, which repeats no column") {
    const auto import = read_file(TOKENLEVER_SOURCE_DIR "/tests/app/import.json");
    REQUIRE(import.has_value());
    for (const float width : {390.0F, 320.0F}) {
        Harness harness({.width = width, .height = 844});
        harness.act("", "import_done", *import);
        harness.click("daily.as_table");
        const auto& rows = harness.find("daily.table")->find("children")->items();
        std::set<std::string> titles;
        for (const Json& cell : rows.front().find("children")->items())
            CHECK(titles.insert(text_of(cell, "text")).second);
        CHECK_FALSE(titles.contains("All models"));
        for (std::size_t i = 2; i < rows.size(); ++i)
            CHECK(box_of(rows[i], "rect")->h == box_of(rows[1], "rect")->h);
    }
}

TEST_CASE("the keyboard brings a control into view") {
    Harness harness({.width = 1024, .height = 500});
    CHECK(harness.box("lever.batch.share").bottom() > 500);
    harness.act("lever.batch.share", "focus");
    CHECK(harness.box("lever.batch.share").bottom() <= 500);
    harness.act("workload.chat.model", "scroll_into_view");
    CHECK(harness.box("workload.chat.model").y >= 56);
}

TEST_CASE("the wheel and a finger scroll, and a finger on a slider does not") {
    Harness harness({.width = 390, .height = 844});
    harness.act("", "pointer", "coarse");
    const double start = harness.box("levers").y;
    harness.point(200, 500);
    harness.screen().wheel(140);
    harness.settle();
    CHECK(harness.box("levers").y < start);
    const double wheeled = harness.box("levers").y;
    harness.screen().set_touch(true);
    harness.point(120, 600);
    harness.press(true);
    for (float y = 590; y > 400; y -= 10)
        harness.point(120, y);
    harness.press(false);
    CHECK(harness.box("levers").y < wheeled - 100);
    const double dragged = harness.box("levers").y;
    const Box track = harness.box("lever.cache.share");
    harness.point(static_cast<float>(track.x + track.w / 2), static_cast<float>(track.y + 20));
    harness.press(true);
    harness.point(static_cast<float>(track.x + track.w / 3), static_cast<float>(track.y + 60));
    harness.press(false);
    CHECK(harness.box("levers").y == doctest::Approx(dragged));
    CHECK(harness.text("lever.cache.share", "value") != "0.9");
}

}  // namespace tokenlever::tests
