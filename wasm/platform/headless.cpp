#include "headless.h"

#include <cfloat>

namespace tokenlever::platform {
namespace {

constexpr float kBaseFontSize = 14;
constexpr float kPixelsPerWheelUnit = 5 * kBaseFontSize;  // ImGui scrolls five lines for one unit
constexpr float kFrameSeconds = 1.0F / 60;

// A negative size maps the em square to the font size, as CSS does; the offset then moves the
// glyphs to where `line-height: 1` has them.
ImFont* add_font(ImFontAtlas& atlas, const std::string& path) {
    if (path.empty()) {
        ImFontConfig config;
        config.SizePixels = kBaseFontSize;
        return atlas.AddFontDefault(&config);
    }
    ImFontConfig config;
    config.SizePixels = -kBaseFontSize;
    config.GlyphOffset = {0, 1.9F};  // ImGui scales both by size / SizePixels, here negative
    config.GlyphMaxAdvanceX = -FLT_MAX;
    return atlas.AddFontFromFileTTF(path.c_str(), 0, &config);
}

void answer_texture_requests() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        if (texture->Status == ImTextureStatus_WantDestroy) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        } else if (texture->Status != ImTextureStatus_Destroyed) {
            texture->SetTexID(static_cast<ImTextureID>(texture->UniqueID) + 1);
            texture->SetStatus(ImTextureStatus_OK);
        }
    }
}

}  // namespace

Headless::Headless(const HeadlessOptions& options) {
    IMGUI_CHECKVERSION();
    context_ = ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendFlags |=
        ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
    io.DisplaySize = {options.width, options.height};
    io.DisplayFramebufferScale = {options.density, options.density};
    ImGui::GetStyle().FontSizeBase = kBaseFontSize;
    regular_ = add_font(*io.Fonts, options.regular_font);
    semibold_ = add_font(*io.Fonts, options.semibold_font);
}

Headless::~Headless() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
    }
    ImGui::DestroyContext(context_);
}

void Headless::begin_frame() {
    ImGui::SetCurrentContext(context_);
    ImGui::GetIO().DeltaTime = kFrameSeconds;
    ImGui::NewFrame();
}

void Headless::end_frame() {
    ImGui::Render();
    answer_texture_requests();
    ++frame_count_;
}

void Headless::resize(float width, float height) { ImGui::GetIO().DisplaySize = {width, height}; }

void Headless::set_touch(bool is_touch) {
    ImGui::GetIO().AddMouseSourceEvent(is_touch ? ImGuiMouseSource_TouchScreen
                                                : ImGuiMouseSource_Mouse);
}

void Headless::move(float x, float y) { ImGui::GetIO().AddMousePosEvent(x, y); }

void Headless::press(bool is_down) {
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, is_down);
}

void Headless::wheel(float pixels) {
    ImGui::GetIO().AddMouseWheelEvent(0, -pixels / kPixelsPerWheelUnit);
}

}  // namespace tokenlever::platform
