#include "ui.h"

#include "app.h"
#include "imgui_internal.h"

#include <cmath>

namespace tokenlever::app {
namespace {

constexpr ImGuiWindowFlags kStill = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings |
                                    ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav;
// Layers of the scrolling part: cards, what stands on them, and what floats above.
enum Layer { kCards, kContent, kFloating, kLayerCount };
constexpr float kTouchSlop = 8;  // a finger that moves further scrolls

ImRect to_im(const Rect& rect) { return {rect.x, rect.y, rect.right(), rect.bottom()}; }

// A font remembers the density of the screen only while it is pushed.
void tell_density(ImFont* font) {
    ImGui::PushFont(font, 0);
    ImGui::PopFont();
}

}  // namespace

void Ui::begin_frame(UiFrame frame) {
    frame_ = std::move(frame);
    recorder_.clear();
    actions_.clear();
    pending_list_.reset();
    picked_ = std::exchange(next_picked_, std::nullopt);
    tooltip_.reset();
    modal_.clear();
    wants_frame_ = false;
    if (std::exchange(is_drag_cancelled_, false)) ImGui::ClearActiveID();
    was_pointer_captured_ = is_pointer_captured_;
    is_pointer_captured_ = false;
    for (const PageAct& act : frame_.acts)
        if (act.kind == "scroll_into_view" || act.kind == "focus") scroll_target_ = act.id;
    tell_density(frame_.fonts->regular);
    tell_density(frame_.fonts->semibold);
    const Rect all = screen();
    clip_ = all;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({all.w, all.h});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    ImGui::Begin(
        "tokenlever", nullptr,
        kStill | ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse);
    list_ = ImGui::GetWindowDrawList();
    fill(all, Color::Background);
}

void Ui::end_frame() {
    ImGui::End();
    show_list();
    paint_tooltip();
    ImGui::PopStyleVar(3);
    scroll_target_.clear();
}

Rect Ui::screen() const {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    return {0, 0, size.x, size.y};
}

const OpenList* Ui::open_list(std::string_view id) const {
    const auto& open = frame_.model->open_list;
    return open && open->id == id ? &*open : nullptr;
}

std::optional<ImVec2> Ui::pointer_in(const Rect& rect) const {
    const ImVec2 at = ImGui::GetIO().MousePos;
    if (!intersect(rect, clip_).contains(at.x, at.y) || !ImGui::IsWindowHovered())
        return std::nullopt;
    return at;
}

Ui::Scope Ui::container(Role role, std::string id, std::string name, Rect rect) {
    Node node{.role = role, .id = std::move(id), .name = std::move(name)};
    if (!rect.is_empty()) node.rect = rect;
    return {*this, recorder_.open(std::move(node))};
}

std::size_t Ui::record(Node node, const Rect& rect) {
    if (!rect.is_empty()) {
        node.rect = rect;
        if (clip_ != screen()) node.clip = clip_;
    }
    return recorder_.add(std::move(node));
}

Rect Ui::begin_scroll(std::string_view id, const Rect& viewport) {
    ImGui::SetCursorScreenPos({viewport.x, viewport.y});
    ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, is_coarse() ? 4.0F : 12.0F);
    ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarRounding, 6);
    ImGui::PushStyleColor(ImGuiCol_ScrollbarBg, paint_of(Color::Background, 0));
    ImGui::PushStyleColor(ImGuiCol_ScrollbarGrab, paint_of(Color::Border));
    ImGui::PushStyleColor(ImGuiCol_ScrollbarGrabHovered, paint_of(Color::Text3));
    ImGui::PushStyleColor(ImGuiCol_ScrollbarGrabActive, paint_of(Color::Text2));
    ImGui::BeginChild(
        std::string(id).c_str(), {viewport.w, viewport.h}, ImGuiChildFlags_None,
        ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground);
    if (const auto wanted = std::exchange(scroll_wanted_, std::nullopt)) ImGui::SetScrollY(*wanted);
    list_ = ImGui::GetWindowDrawList();
    list_->ChannelsSplit(kLayerCount);
    list_->ChannelsSetCurrent(kContent);
    clip_ = viewport;
    scroll_by_touch();
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    return {origin.x, origin.y, ImGui::GetContentRegionAvail().x, viewport.h};
}

void Ui::end_scroll(float content_height) {
    scroll_to_target(clip_);
    list_->ChannelsMerge();
    const float top = ImGui::GetCursorPosY();
    ImGui::SetCursorPosY(top + content_height - 1);
    ImGui::Dummy({1, 1});
    ImGui::EndChild();
    ImGui::PopStyleColor(4);
    ImGui::PopStyleVar(2);
    list_ = ImGui::GetWindowDrawList();
    clip_ = screen();
}

// ImGui scrolls by wheel and by bar; a finger drags the page itself.
void Ui::scroll_by_touch() {
    const ImGuiIO& io = ImGui::GetIO();
    if (!ImGui::IsMouseDown(0) || io.MouseSource != ImGuiMouseSource_TouchScreen) {
        is_touch_scrolling_ = false;
        return;
    }
    if (!ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem)) return;
    if (was_pointer_captured_ || !clip_.contains(io.MouseClickedPos[0].x, io.MouseClickedPos[0].y))
        return;
    const float moved = std::fabs(io.MousePos.y - io.MouseClickedPos[0].y);
    if (!is_touch_scrolling_ && moved < kTouchSlop) return;
    is_touch_scrolling_ = true;
    ImGui::ClearActiveID();
    ImGui::SetScrollY(ImGui::GetScrollY() - io.MouseDelta.y);
}

// Brings the node that the page wants to see, or gave the keyboard to, into the viewport.
void Ui::scroll_to_target(const Rect& viewport) {
    if (scroll_target_.empty()) return;
    for (const Node& node : recorder_.nodes()) {
        if (node.id != scroll_target_ || !node.rect || !node.clip || *node.clip != viewport)
            continue;
        const float above = node.rect->y - viewport.y - space::kGap;
        const float below = node.rect->bottom() - viewport.bottom() + space::kGap;
        if (above < 0)
            ImGui::SetScrollY(ImGui::GetScrollY() + above);
        else if (below > 0)
            ImGui::SetScrollY(ImGui::GetScrollY() + std::min(below, above));
        else
            return;
        wants_frame_ = true;
        return;
    }
}

void Ui::card(const Rect& rect) {
    list_->ChannelsSetCurrent(kCards);
    fill(rect, Color::Surface, space::kCardRadius);
    outline(rect, Color::Border, space::kCardRadius);
    list_->ChannelsSetCurrent(kContent);
}

void Ui::panel(const Rect& rect) {
    fill(rect, Color::Surface, space::kCardRadius);
    outline(rect, Color::Border, space::kCardRadius);
}

void Ui::begin_floating(const Rect& card) {
    list_->ChannelsSetCurrent(kFloating);
    fill(card, Color::Surface, space::kControlRadius);
    outline(card, Color::Border, space::kControlRadius);
}

void Ui::end_floating() { list_->ChannelsSetCurrent(kContent); }

void Ui::begin_overlay(std::string_view node, const Rect& area, const Rect& box) {
    modal_ = node;
    ImGui::SetNextWindowPos({area.x, area.y});
    ImGui::SetNextWindowSize({area.w, area.h});
    ImGui::Begin(("##" + modal_).c_str(), nullptr, kStill | ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
    list_ = ImGui::GetWindowDrawList();
    fill(area, Color::Text, 0, is_dark() ? 0.12F : 0.28F);
    fill(box, Color::Surface);
    overlay_ = box;
}

bool Ui::end_overlay() {
    const ImVec2 at = ImGui::GetIO().MousePos;
    const bool is_left =
        ImGui::IsMouseClicked(0) && ImGui::IsWindowHovered() && !overlay_.contains(at.x, at.y);
    ImGui::End();
    list_ = ImGui::GetWindowDrawList();
    return is_left;
}

Hit Ui::hit(const Rect& rect, std::string_view id, int flags) {
    const ImGuiID key = ImGui::GetCurrentWindow()->GetID(id.data(), id.data() + id.size());
    const ImRect box = to_im(rect);
    if (!ImGui::ItemAdd(box, key, nullptr, ImGuiItemFlags_NoNav)) return {};
    Hit hit;
    const bool was_active = ImGui::GetActiveID() == key;
    hit.is_pressed = ImGui::ButtonBehavior(box, key, &hit.is_hovered, &hit.is_held, flags);
    hit.is_released = was_active && !hit.is_held;
    return hit;
}

std::optional<std::string> Ui::take_act(std::string_view id, std::string_view kind) {
    for (auto act = frame_.acts.begin(); act != frame_.acts.end(); ++act) {
        if (act->id != id || act->kind != kind) continue;
        std::string value = std::move(act->value);
        frame_.acts.erase(act);
        return value;
    }
    return std::nullopt;
}

bool Ui::take_click(std::string_view id) { return take_act(id, "click").has_value(); }

Hit Ui::drag_handle(const Rect& rect, std::string_view id, ImGuiMouseCursor cursor) {
    Hit result = hit(rect, id, ImGuiButtonFlags_PressedOnClick);
    if (result.is_hovered || result.is_held) ImGui::SetMouseCursor(cursor);
    is_pointer_captured_ |= result.is_held;
    return result;
}

void Ui::tooltip(const Rect& anchor, std::string_view text) {
    if (is_coarse()) return;
    tooltip_ = PendingTooltip{anchor, std::string(text)};
}

void Ui::paint_tooltip() {
    if (!tooltip_) return;
    list_ = ImGui::GetForegroundDrawList();
    const float width = text_width(TextStyle::Small, tooltip_->text) + 16;
    const Rect all = screen();
    const Rect& anchor = tooltip_->anchor;
    const float y = anchor.bottom() + 34 < all.bottom() ? anchor.bottom() + 6 : anchor.y - 34;
    const float x =
        std::clamp(anchor.center_x() - width / 2, 8.0F, std::max(8.0F, all.w - width - 8));
    const Rect box{std::round(x), y, width, 28};
    fill(box, Color::Text, 6);
    label(box, TextStyle::Small, Color::Surface, tooltip_->text, Align::Center);
}

}  // namespace tokenlever::app
