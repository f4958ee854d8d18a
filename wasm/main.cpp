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

#include <cassert>
#include <cstdint>
#include <string>

// Tells the page that a frame is complete (EngineOptions.onFrame).
EM_JS(void, tl_frame_complete, (), {
    if (Module['onFrame']) Module['onFrame']();
});

namespace tokenlever {
namespace {

Instant instant_of(double unix_seconds) {
    const auto instant = from_unix_seconds(static_cast<std::int64_t>(unix_seconds));
    return instant ? *instant : Instant{};
}

class Shell final : public platform::FrameClient {
public:
    explicit Shell(double now_unix_seconds)
        : browser_(*this),
          app_(embedded_book(), instant_of(now_unix_seconds),
               {.regular = browser_.fonts().regular, .semibold = browser_.fonts().semibold}) {
        browser_.request_frames();
    }

    bool attach(bool wants_webgl) { return browser_.attach(wants_webgl); }

    void act(const std::string& id, const std::string& kind, const std::string& value) {
        app_.act(id, kind, value);
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
    void draw_frame() override { app_.draw_frame(); }

    void frame_done() override {
        if (app_.wants_frame()) browser_.request_frames(1);
        if (const auto at = app_.next_frame_at()) browser_.request_frame_at(*at);
        tl_frame_complete();
    }

    platform::Browser browser_;
    app::App app_;
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
