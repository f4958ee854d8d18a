// The shell: the app (wasm/app) on the browser (wasm/platform), as one object for the page.
//
//   page.ts --act()--> Shell --> App        App --semantics, effects--> Shell --onFrame--> page.ts
//
// The App knows no browser and the Browser no prices; this file is all that knows both.

#include "app/app.h"
#include "book.h"
#include "platform/browser.h"

#include <emscripten/bind.h>
#include <emscripten/em_js.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

// Tells the page that a frame is complete (ApplicationOptions.onFrame).
EM_JS(void, tl_frame_complete, (), {
    if (Module['onFrame']) Module['onFrame']();
});

namespace tokenlever {
namespace {

Instant instant_of(double unix_seconds) {
    const auto instant = from_unix_seconds(static_cast<std::int64_t>(unix_seconds));
    return instant ? *instant : Instant{};
}

struct Act {
    std::string id, kind, value;
};

// A person is faster than a slow machine draws: a widget takes one action a frame and then looks
// different, so further ones wait for the next frame. A newer value of a field replaces an older
// one.
class ActQueue {
public:
    void push(Act act) {
        const bool is_value = act.kind == "set" || act.kind == "input";
        if (is_value && !acts_.empty() && acts_.back().id == act.id &&
            acts_.back().kind == act.kind)
            acts_.back().value = std::move(act.value);
        else
            acts_.push_back(std::move(act));
    }

    // What the next frame handles, in order.
    std::vector<Act> take() {
        std::vector<Act> now, later;
        for (Act& act : acts_) {
            const auto is_of_same = [&](const Act& other) {
                return other.id == act.id && is_gesture(other);
            };
            const bool waits =
                !act.id.empty() && is_gesture(act) && std::ranges::any_of(now, is_of_same);
            (waits ? later : now).push_back(std::move(act));
        }
        acts_ = std::move(later);
        return now;
    }

    bool is_empty() const { return acts_.empty(); }

private:
    static bool is_gesture(const Act& act) {
        return act.kind != "focus" && act.kind != "blur" && act.kind != "scroll_into_view";
    }

    std::vector<Act> acts_;
};

class Shell final : public platform::FrameClient {
public:
    explicit Shell(double now_unix_seconds)
        : browser_(*this),
          app_(loaded_book(), instant_of(now_unix_seconds),
               {.regular = browser_.fonts().regular, .semibold = browser_.fonts().semibold}) {
        browser_.request_frames();
    }

    bool attach(bool wants_webgl) { return browser_.attach(wants_webgl); }

    void act(const std::string& id, const std::string& kind, const std::string& value) {
        queue_.push({id, kind, value});
        browser_.request_frames();
    }

    void frame() { browser_.draw_now(); }

    std::string semantics() {
        if (seen_ == app_.generation()) return {};
        seen_ = app_.generation();
        return app_.semantics();
    }

    std::string effects() {
        std::string list;
        for (const std::string& effect : app_.take_effects())
            list += (list.empty() ? "[" : ",") + effect;
        return list.empty() ? list : list + "]";
    }

    int frame_count() const { return browser_.frame_count(); }
    double frame_milliseconds() const { return browser_.frame_milliseconds(); }

private:
    void draw_frame() override {
        for (const Act& act : queue_.take())
            app_.act(act.id, act.kind, act.value);
        app_.draw_frame();
    }

    void frame_done() override {
        if (app_.wants_frame() || !queue_.is_empty()) browser_.request_frames(1);
        if (const auto at = app_.next_frame_at()) browser_.request_frame_at(*at);
        tl_frame_complete();
    }

    platform::Browser browser_;
    app::App app_;
    ActQueue queue_;
    std::uint64_t seen_ = UINT64_MAX;
};

}  // namespace
}  // namespace tokenlever

EMSCRIPTEN_BINDINGS(tokenlever_app) {
    using tokenlever::Shell;
    emscripten::class_<Shell>("App")
        .constructor<double>()
        .function("attach", &Shell::attach)
        .function("act", &Shell::act)
        .function("frame", &Shell::frame)
        .function("semantics", &Shell::semantics)
        .function("effects", &Shell::effects)
        .function("frameCount", &Shell::frame_count)
        .function("frameMilliseconds", &Shell::frame_milliseconds);
}
