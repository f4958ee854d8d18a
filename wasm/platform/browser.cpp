#include "browser.h"

#include "browser_js.h"
#include "font_loader.h"

#include <emscripten/emscripten.h>

#include <algorithm>
#include <cfloat>
#include <cmath>

namespace tokenlever::platform {
namespace {

constexpr float kBaseFontSize = 14;
constexpr ImVec2 kNowhereSize{1280, 800};
// ImGui scrolls five lines of text for one unit of wheel.
constexpr float kPixelsPerWheelUnit = 5 * kBaseFontSize;

unsigned texture_id(const ImTextureData& texture) {
    return static_cast<unsigned>(texture.UniqueID) + 1;  // 0 is ImTextureID_Invalid
}

void create_texture(ImTextureData& texture, bool has_webgl) {
    if (has_webgl) tl_texture(texture_id(texture), texture.Width, texture.Height, texture.Pixels);
    texture.SetTexID(texture_id(texture));
    texture.SetStatus(ImTextureStatus_OK);
}

void update_texture(ImTextureData& texture, bool has_webgl) {
    if (has_webgl) {
        for (const ImTextureRect& part : texture.Updates)
            tl_texture_part(texture_id(texture), part.x, part.y, part.w, part.h, texture.GetPitch(),
                            static_cast<const unsigned char*>(texture.GetPixelsAt(part.x, part.y)));
    }
    texture.SetStatus(ImTextureStatus_OK);
}

void drop_texture(ImTextureData& texture, bool has_webgl) {
    if (has_webgl) tl_texture_drop(texture_id(texture));
    texture.SetTexID(ImTextureID_Invalid);
    texture.SetStatus(ImTextureStatus_Destroyed);
}

}  // namespace

Browser::Browser(FrameClient& client) : client_(client) {
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendPlatformName = "browser";
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_HasMouseCursors |
                       ImGuiBackendFlags_RendererHasVtxOffset;
    io.DisplaySize = kNowhereSize;
    io.Fonts->TexDesiredFormat = ImTextureFormat_Alpha8;
    ImGui::GetStyle().FontSizeBase = kBaseFontSize;
    fonts_.regular = add_browser_font(*io.Fonts, "regular", 400, kBaseFontSize);
    fonts_.semibold = add_browser_font(*io.Fonts, "semibold", 620, kBaseFontSize);
    set_glyph_pixels(false);
}

Browser::~Browser() {
    tl_detach();
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
        if (texture->RefCount == 1) drop_texture(*texture, has_webgl_);
    ImGui::DestroyContext();
}

bool Browser::attach(bool wants_webgl) {
    has_webgl_ = tl_attach(this, wants_webgl);
    set_glyph_pixels(has_webgl_);
    return has_webgl_;
}

void Browser::request_frames(int count) {
    if (frames_wanted_ == 0) tl_request_frame();
    frames_wanted_ = std::max(frames_wanted_, count);
}

void Browser::draw_now() { on_frame(tl_now()); }

void Browser::request_frame_at(double seconds) {
    if (wake_at_ >= 0 && wake_at_ <= seconds) return;
    wake_at_ = seconds;
    tl_wake_after(std::max(0.0, seconds - ImGui::GetTime()) * 1000);
}

void Browser::on_frame(double now_milliseconds) {
    ImGuiIO& io = ImGui::GetIO();
    const double elapsed = frame_count_ == 0 ? 0 : (now_milliseconds - last_frame_) / 1000;
    io.DeltaTime = static_cast<float>(std::max(elapsed, 1e-4));
    last_frame_ = now_milliseconds;
    ++frame_count_;
    has_moved_ = false;
    frames_wanted_ = std::max(0, frames_wanted_ - 1);
    const double start = tl_now();
    ImGui::NewFrame();
    client_.draw_frame();
    const int cursor = ImGui::GetMouseCursor();
    ImGui::Render();
    frame_milliseconds_ = tl_now() - start;
    render();
    if (cursor != cursor_) tl_set_cursor(cursor_ = cursor);
    client_.frame_done();
    if (frames_wanted_ > 0) tl_request_frame();
}

void Browser::on_wake() {
    wake_at_ = -1;
    request_frames(1);
}

void Browser::on_resize(float width, float height, float density_x, float density_y) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {width, height};
    io.DisplayFramebufferScale = {density_x, density_y};
    request_frames();
}

void Browser::on_pointer(float x, float y, bool is_touch) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddMouseSourceEvent(is_touch ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
    io.AddMousePosEvent(x, y);
    has_moved_ = true;
    request_frames();
}

void Browser::on_pointer_leave() {
    ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
    request_frames();
}

void Browser::on_button(int button, bool is_down) {
    // A drag ends where the pointer was let go: ImGui would take that move and the release as one.
    if (!is_down && has_moved_) draw_now();
    ImGui::GetIO().AddMouseButtonEvent(button, is_down);
    request_frames();
}

void Browser::on_wheel(float pixels_x, float pixels_y) {
    ImGui::GetIO().AddMouseWheelEvent(-pixels_x / kPixelsPerWheelUnit,
                                      -pixels_y / kPixelsPerWheelUnit);
    request_frames();
}

void Browser::on_context_restored() {
    update_textures(true);
    request_frames();
}

void Browser::update_textures(bool recreate) {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        const bool is_gone = texture->Status == ImTextureStatus_Destroyed;
        if (texture->Status == ImTextureStatus_WantDestroy) {
            if (texture->UnusedFrames > 0) drop_texture(*texture, has_webgl_);
        } else if (texture->Status == ImTextureStatus_WantCreate || (recreate && !is_gone)) {
            create_texture(*texture, has_webgl_);
        } else if (texture->Status == ImTextureStatus_WantUpdates) {
            update_texture(*texture, has_webgl_);
        }
    }
}

void Browser::render() {
    const ImDrawData& data = *ImGui::GetDrawData();
    update_textures(false);
    if (!has_webgl_) return;
    tl_begin_draw(data.DisplaySize.x, data.DisplaySize.y, static_cast<int>(sizeof(ImDrawIdx)));
    for (const ImDrawList* list : data.CmdLists)
        draw_list(*list);
}

void Browser::draw_list(const ImDrawList& list) {
    const ImVec2 scale = ImGui::GetDrawData()->FramebufferScale;
    tl_draw_list(list.VtxBuffer.Data, list.VtxBuffer.size_in_bytes(), list.IdxBuffer.Data,
                 list.IdxBuffer.size_in_bytes());
    for (const ImDrawCmd& command : list.CmdBuffer) {
        if (command.UserCallback != nullptr) {
            if (command.UserCallback != ImDrawCallback_ResetRenderState)
                command.UserCallback(&list, &command);
            continue;
        }
        const ImVec4& clip = command.ClipRect;
        if (clip.z <= clip.x || clip.w <= clip.y) continue;
        tl_draw_command(static_cast<unsigned>(command.GetTexID()), clip.x * scale.x,
                        clip.y * scale.y, clip.z * scale.x, clip.w * scale.y,
                        static_cast<int>(command.ElemCount),
                        static_cast<int>(command.IdxOffset * sizeof(ImDrawIdx)),
                        static_cast<int>(command.VtxOffset));
    }
}

}  // namespace tokenlever::platform

// The doors for browser.js. `self` is the Browser given to tl_attach.
extern "C" {

using tokenlever::platform::Browser;

EMSCRIPTEN_KEEPALIVE void tl_on_frame(Browser* self, double now) { self->on_frame(now); }
EMSCRIPTEN_KEEPALIVE void tl_on_wake(Browser* self) { self->on_wake(); }
EMSCRIPTEN_KEEPALIVE void tl_on_resize(Browser* self, float width, float height, float density_x,
                                       float density_y) {
    self->on_resize(width, height, density_x, density_y);
}
EMSCRIPTEN_KEEPALIVE void tl_on_pointer(Browser* self, float x, float y, bool is_touch) {
    self->on_pointer(x, y, is_touch);
}
EMSCRIPTEN_KEEPALIVE void tl_on_pointer_leave(Browser* self) { self->on_pointer_leave(); }
EMSCRIPTEN_KEEPALIVE void tl_on_button(Browser* self, int button, bool is_down) {
    self->on_button(button, is_down);
}
EMSCRIPTEN_KEEPALIVE void tl_on_wheel(Browser* self, float pixels_x, float pixels_y) {
    self->on_wheel(pixels_x, pixels_y);
}
EMSCRIPTEN_KEEPALIVE void tl_on_context_restored(Browser* self) { self->on_context_restored(); }

}  // extern "C"
