#pragma once

// The browser under Dear ImGui: one canvas over WebGL2, input, density, fonts and frames.
//
//   web page --pointer, wheel, size--> browser.js --tl_* exports--> Browser --ImGuiIO--> the client
//   the client --ImDrawData--> Browser --vertices in WASM memory--> browser.js --WebGL2--> canvas
//
// Frames are drawn on demand: after an input event, after request_frames(), or at a time asked for
// with request_frame_at(). At rest there is no timer and no animation frame. Where WebGL2 is
// missing (or under Node, where there is no page at all) the same frames are drawn to nowhere, so
// that the semantics the client records stay alive and drive the page.
//
// Text is drawn by the browser's own fonts through an ImFontLoader on a 2D canvas (font_loader.h).

#include "imgui.h"

namespace tokenlever::platform {

struct Fonts {
    ImFont* regular = nullptr;   // weight 400
    ImFont* semibold = nullptr;  // weight 620
};

// Who draws. Called by Browser only, on the page's one thread.
class FrameClient {
public:
    virtual ~FrameClient() = default;
    virtual void draw_frame() = 0;  // between ImGui::NewFrame and ImGui::Render
    virtual void frame_done() = 0;  // after the pixels: publish semantics and effects
};

class Browser {
public:
    // Makes the ImGui context and the two fonts; owns both. The client must outlive the Browser.
    explicit Browser(FrameClient& client);
    ~Browser();
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;

    // Takes the page's canvas (the element with id "canvas") and starts listening. False where
    // WebGL2 is missing, switched off or not wanted: frames are then drawn to nowhere, 1280 x 800
    // CSS pixels.
    bool attach(bool wants_webgl);

    const Fonts& fonts() const { return fonts_; }

    // ImGui settles a frame late, so whoever changes something asks for three.
    void request_frames(int count = 3);
    // A frame at once, where no page asks for frames.
    void draw_now();
    // One frame when ImGui::GetTime() has reached `seconds`; the earliest request wins.
    void request_frame_at(double seconds);

    // Frames drawn since the start: tests read it to see that nothing moves at rest.
    int frame_count() const { return frame_count_; }
    // Milliseconds of the last frame spent in ImGui and the client (without the WebGL calls).
    double frame_milliseconds() const { return frame_milliseconds_; }

    // Events of browser.js; coordinates are CSS pixels relative to the canvas.
    void on_frame(double now_milliseconds);
    void on_wake();
    void on_resize(float width, float height, float density_x, float density_y);
    void on_pointer(float x, float y, bool is_touch);
    void on_pointer_leave();
    void on_button(int button, bool is_down);
    void on_wheel(float pixels_x, float pixels_y);
    void on_context_restored();

private:
    void render();
    void update_textures(bool recreate);
    void draw_list(const ImDrawList& list);

    FrameClient& client_;
    Fonts fonts_;
    bool has_webgl_ = false;
    bool has_moved_ = false;  // the pointer, since the last frame
    int frames_wanted_ = 0;
    int frame_count_ = 0;
    int cursor_ = 0;
    double frame_milliseconds_ = 0;
    double last_frame_ = 0;  // milliseconds, the page's clock
    double wake_at_ = -1;    // ImGui seconds; negative: no timer
};

}  // namespace tokenlever::platform
