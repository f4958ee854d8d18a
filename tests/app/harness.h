#pragma once

// The app in native frames without a screen, driven by the doors that the page uses: act(),
// pointer, semantics and effects.

#include "app.h"
#include "headless.h"
#include "tokenlever.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever::tests {

const PriceBook& embedded_book();
inline constexpr std::string_view kNow = "2026-11-01T00:00:00Z";

struct Box {
    double x = 0, y = 0, w = 0, h = 0;
    double right() const { return x + w; }
    double bottom() const { return y + h; }
};

class Harness {
public:
    // The book must outlive it.
    explicit Harness(const platform::HeadlessOptions& options = {},
                     const PriceBook& book = embedded_book());

    // Frames until nothing changes any more; fails the test if that takes too many.
    void settle();
    void frame();
    void act(std::string_view id, std::string_view kind, std::string_view value = {});
    void click(std::string_view id) { act(id, "click"); }
    void set(std::string_view id, std::string_view value) { act(id, "set", value); }

    void point(float x, float y);
    void press(bool is_down);
    void click_at(const Box& at);

    // The tree of the last frame.
    const Json& tree();
    const Json* find(std::string_view id);
    std::string text(std::string_view id, std::string_view key);  // "" if absent
    Box box(std::string_view id);
    std::string announced() { return tree_text("announce"); }
    std::string tree_text(std::string_view key);
    std::vector<const Json*> all();  // every node, document order
    // One line per node: role, name, what it says, flags. No pixels.
    std::string outline();
    std::vector<std::string> effects() { return app_.take_effects(); }

    app::App& app() { return app_; }
    platform::Headless& screen() { return screen_; }

private:
    platform::Headless screen_;
    app::App app_;
    std::optional<Json> tree_;
    std::uint64_t seen_ = 0;
};

std::optional<Box> box_of(const Json& node, std::string_view key);
std::string text_of(const Json& node, std::string_view key);

// Compares with tests/app/golden/NAME.txt; with TOKENLEVER_UPDATE_GOLDEN set it writes the file
// instead.
void check_golden(const std::string& name, const std::string& actual);

}  // namespace tokenlever::tests
