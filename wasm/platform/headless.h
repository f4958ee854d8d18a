#pragma once

// Dear ImGui without a screen: frames of any size, a pointer that tests move, and ImGui's own stock
// rasteriser. Textures live in memory, so that a picture can be made of the draw data.

#include "imgui.h"

#include <string>

namespace tokenlever::platform {

struct HeadlessOptions {
    float width = 1440, height = 900;
    float density = 1;
    std::string regular_font{}, semibold_font{};  // TrueType files; empty: the font inside ImGui
};

class Headless {
public:
    explicit Headless(const HeadlessOptions& options = {});
    ~Headless();
    Headless(const Headless&) = delete;
    Headless& operator=(const Headless&) = delete;

    ImFont* regular() const { return regular_; }
    ImFont* semibold() const { return semibold_; }

    void begin_frame();
    void end_frame();
    const ImDrawData& draw_data() const { return *ImGui::GetDrawData(); }
    int frame_count() const { return frame_count_; }

    void resize(float width, float height);
    void set_touch(bool is_touch);
    void move(float x, float y);
    void press(bool is_down);
    void wheel(float pixels);

private:
    ImGuiContext* context_ = nullptr;
    ImFont* regular_ = nullptr;
    ImFont* semibold_ = nullptr;
    int frame_count_ = 0;
};

}  // namespace tokenlever::platform
