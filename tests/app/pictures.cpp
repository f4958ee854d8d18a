// Draws every screen in both themes and three sizes, without a browser, to look at them.
// usage: app_pictures FOLDER [REGULAR.ttf SEMIBOLD.ttf [IMPORT.json]]

#define DOCTEST_CONFIG_IMPLEMENT
#include "../shared.h"
#include "harness.h"
#include "raster.h"

#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace tokenlever;
using tests::Harness;

struct Size {
    const char* name;
    float width, height;
    bool is_touch;
};
constexpr Size kSizes[] = {
    {"wide", 1440, 900, false}, {"medium", 1024, 768, false}, {"phone", 390, 844, true}};

void shoot(Harness& harness, const std::string& path) {
    harness.settle();
    const bool is_written = tests::write_png(tests::rasterize(harness.screen().draw_data()), path);
    std::printf("%s%s\n", path.c_str(), is_written ? "" : " could not be written");
}

void draw(const Size& size, const std::string& theme, const std::string& folder,
          platform::HeadlessOptions options, const std::string& import) {
    options.width = size.width;
    options.height = size.height;
    Harness harness(options);
    harness.act("", "pointer", size.is_touch ? "coarse" : "fine");
    harness.act("", "system_theme", theme);
    const std::string stem = folder + "/" + size.name + "." + theme + ".";
    shoot(harness, stem + "calculator.png");
    harness.act("workload.chat.model", "click");
    harness.act("workload.chat.model", "input", "claude");
    shoot(harness, stem + "list.png");
    harness.act("workload.chat.model", "key", "Escape");
    harness.act("workload.chat.duplicate", "click");
    harness.act("lever.batch.enabled", "click");
    harness.act("workload.chat-2.output_tokens", "set", "many");
    const tests::Box chart = harness.box("waterfall.chart");
    harness.point(static_cast<float>(chart.x + chart.w * 0.3), static_cast<float>(chart.y + 90));
    shoot(harness, stem + "two.png");
    harness.act("menu", "click");
    shoot(harness, stem + "menu.png");
    harness.act("", "navigate", "models");
    shoot(harness, stem + "models.png");
    harness.act("model.anthropic/claude-sonnet-4-5", "click");
    harness.act("models.search", "input", "anthropic");
    harness.act("models.label", "click");
    harness.act("models.label/Curated", "click");
    shoot(harness, stem + "models-filtered.png");
    harness.act("model.anthropic/claude-haiku-4-5", "click");
    shoot(harness, stem + "models-details.png");
    harness.act("", "escape");
    harness.act("", "navigate", "usage");
    shoot(harness, stem + "usage-empty.png");
    if (import.empty()) return;
    harness.act("", "import_done", import);
    shoot(harness, stem + "usage.png");
}

std::vector<std::string> g_arguments;

}  // namespace

// A test case, because the harness reports through doctest.
TEST_CASE("draws every screen") {
    platform::HeadlessOptions options;
    if (g_arguments.size() > 2) {
        options.regular_font = g_arguments[1];
        options.semibold_font = g_arguments[2];
    }
    const std::string import =
        g_arguments.size() > 3 ? tests::read_file(g_arguments[3]).value_or("") : std::string();
    for (const Size& size : kSizes)
        for (const char* theme : {"light", "dark"})
            draw(size, theme, g_arguments[0], options, import);
}

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    g_arguments.assign(argv + 1, argv + argc);
    doctest::Context context;
    return context.run();
}
