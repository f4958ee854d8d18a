// Ui: what is touched.

#include "app.h"
#include "format.h"
#include "imgui_internal.h"
#include "ui.h"

#include <cmath>

namespace tokenlever::app {
namespace {

constexpr float kIconSize = 16;
constexpr float kKnobRadius = 8;

Color text_color(const ButtonSpec& spec) {
    if (spec.is_disabled) return Color::Text3;
    switch (spec.kind) {
        case ButtonKind::Primary: return Color::OnAccent;
        case ButtonKind::Ghost: return Color::Text2;
        case ButtonKind::Plain: return Color::Text;
    }
    return Color::Text;
}

}  // namespace

float Ui::button_width(const ButtonSpec& spec) const {
    if (!spec.shows_label) return control_height();
    const float icon = spec.icon == Icon::None ? 0 : kIconSize + 6;
    return text_width(TextStyle::BodyStrong, spec.label) + icon + 26;
}

void Ui::paint_button(const Rect& rect, const ButtonSpec& spec, const Hit& hit) {
    const float step = spec.is_disabled ? 0 : hit.is_held ? 0.16F : hit.is_hovered ? 0.08F : 0;
    const ImVec2 low{rect.x, rect.y};
    const ImVec2 high{rect.right(), rect.bottom()};
    const Color base = spec.kind == ButtonKind::Primary ? Color::Accent : Color::Surface;
    if (spec.kind != ButtonKind::Ghost || step > 0)
        list_->AddRectFilled(low, high, paint_mixed(base, Color::Text, step, is_dark()),
                             space::kControlRadius);
    if (spec.kind == ButtonKind::Plain) outline(rect, Color::Border, space::kControlRadius);
}

bool Ui::button(const Rect& rect, const ButtonSpec& spec) {
    const Hit state = spec.is_disabled ? Hit{} : hit(rect, spec.id);
    paint_button(rect, spec, state);
    const Color color = text_color(spec);
    const float text = spec.shows_label ? text_width(TextStyle::BodyStrong, spec.label) : 0;
    const bool has_icon = spec.icon != Icon::None;
    const float width = text + (has_icon ? kIconSize : 0) + (has_icon && spec.shows_label ? 6 : 0);
    float x = rect.center_x() - width / 2;
    if (has_icon) {
        icon({std::round(x), rect.center_y() - kIconSize / 2, kIconSize, kIconSize}, spec.icon,
             color);
        x += kIconSize + 6;
    }
    if (spec.shows_label)
        label({x, rect.y, text + 1, rect.h}, TextStyle::BodyStrong, color, spec.label);
    else if (state.is_hovered)
        tooltip(rect, spec.label);
    record({.role = Role::Button,
            .id = spec.id,
            .name = spec.label,
            .description = spec.description,
            .expanded = spec.expanded,
            .is_disabled = spec.is_disabled},
           rect);
    const bool is_clicked = take_click(spec.id);
    return !spec.is_disabled && (state.is_pressed || is_clicked);
}

bool Ui::press_area(const Rect& rect, const ButtonSpec& spec, bool is_seen) {
    const bool is_pressed = is_seen && hit(rect, spec.id).is_pressed;
    const bool is_clicked = take_click(spec.id);
    record({.role = Role::Button,
            .id = spec.id,
            .name = spec.label,
            .description = spec.description,
            .expanded = spec.expanded},
           rect);
    return is_pressed || is_clicked;
}

bool Ui::navigation_link(const Rect& rect, std::string id, std::string_view name, Icon glyph,
                         bool is_current, bool shows_label) {
    const Hit state = hit(rect, id);
    if (is_current)
        fill(rect, Color::AccentSoft, space::kControlRadius);
    else if (state.is_hovered)
        fill(rect, Color::Surface2, space::kControlRadius);
    const Color color = is_current ? Color::Text : Color::Text2;
    const float x = shows_label ? rect.x + 8 : rect.center_x() - kIconSize / 2;
    icon({x, rect.center_y() - kIconSize / 2, kIconSize, kIconSize}, glyph,
         is_current ? Color::Accent : Color::Text2);
    if (shows_label)
        label(rect.without_left(34), is_current ? TextStyle::BodyStrong : TextStyle::Body, color,
              name);
    else if (state.is_hovered)
        tooltip(rect, name);
    const bool is_clicked = take_click(id);
    record({.role = Role::Link,
            .id = std::move(id),
            .name = std::string(name),
            .current = is_current ? std::optional(true) : std::nullopt},
           rect);
    return state.is_pressed || is_clicked;
}

bool Ui::toggle(const Rect& rect, std::string id, std::string name, bool is_on) {
    const Rect target =
        is_coarse() ? rect.grown_to(space::kTouchTarget, space::kTouchTarget) : rect;
    const Hit state = hit(target, id);
    if (is_on)
        fill(rect, Color::Accent, rect.h / 2);
    else
        fill(rect, Color::Text3, rect.h / 2, 0.6F);
    if (state.is_hovered) fill(rect, Color::Text, rect.h / 2, 0.08F);
    const float radius = rect.h / 2 - 2;
    const float x = is_on ? rect.right() - rect.h / 2 : rect.x + rect.h / 2;
    list_->AddCircleFilled({x, rect.center_y()}, radius, paint_of(Color::Knob), 24);
    bool is_changed = state.is_pressed || take_click(id);
    if (const auto wanted = take_act(id, "set")) is_changed |= (*wanted == "true") != is_on;
    record({.role = Role::Switch, .id = std::move(id), .name = std::move(name), .checked = is_on},
           target);
    return is_changed;
}

std::optional<SliderChange> Ui::slider(const Rect& rect, const SliderSpec& spec) {
    const Hit state = drag_handle(rect, spec.id, ImGuiMouseCursor_Hand);
    const float room = rect.w - 2 * kKnobRadius;
    const float part = static_cast<float>(std::clamp(spec.value.to_double(), 0.0, 1.0));
    const Rect track = rect.middle(4);
    const float x = rect.x + kKnobRadius + room * part;
    fill(track, Color::Surface2, 2);
    fill(track.left_part(x - rect.x), Color::Accent, 2);
    if (state.is_hovered || state.is_held)
        list_->AddCircleFilled({x, rect.center_y()}, 13, paint_of(Color::Accent, 0.14F), 32);
    list_->AddCircleFilled({x, rect.center_y()}, kKnobRadius, paint_of(Color::Accent), 32);
    list_->AddCircleFilled({x, rect.center_y()}, kKnobRadius - 2, paint_of(Color::Surface), 32);
    record({.role = Role::Slider,
            .id = spec.id,
            .name = spec.name,
            .value = spec.value.to_string(),
            .valuetext = spec.valuetext,
            .range = Range{"0", "1", "0.01"}},
           rect);
    if (state.is_released) emit(Run{Command::EndGesture});
    if (const auto typed = take_act(spec.id, "set")) {
        const auto value = format::parse_number(*typed);
        if (value && *value >= Decimal(0) && *value <= Decimal(1)) return SliderChange{*value};
        return std::nullopt;
    }
    if (!state.is_held) return std::nullopt;
    const float at = (ImGui::GetIO().MousePos.x - rect.x - kKnobRadius) / std::max(room, 1.0F);
    const long step = std::lround(std::clamp(at, 0.0F, 1.0F) * 100);
    const Decimal value = Decimal::from_scaled(step, 2);
    if (value == spec.value) return std::nullopt;
    return SliderChange{value, true};
}

std::optional<std::string> Ui::text_field(const Rect& rect, const FieldSpec& spec) {
    const bool is_invalid = spec.error != nullptr;
    // What was refused stays to be corrected; putting the old value back by hand clears the error.
    const std::string& shown = is_invalid ? spec.error->text : spec.value;
    const float padding = spec.has_frame ? 8 : 0;
    const bool is_hovered = pointer_in(rect).has_value();
    if (is_hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
    if (spec.has_frame) {
        fill(rect, Color::Surface, space::kFieldRadius);
        const Color edge = is_invalid ? Color::Up : is_hovered ? Color::Text3 : Color::Border;
        outline(rect, edge, space::kFieldRadius);
    } else if (is_hovered) {
        fill(rect, Color::Surface2, 4);
    }
    label(rect.inset(padding, 0), spec.style, Color::Text, shown,
          spec.is_right_aligned ? Align::Right : Align::Left);
    const TextMetrics& type = metrics(spec.style);
    record({.role = Role::Textbox,
            .id = spec.id,
            .name = spec.name,
            .value = shown,
            .description = is_invalid ? spec.error->message : std::string(),
            .inputmode = spec.inputmode,
            .is_invalid = is_invalid,
            .style = InputStyle{.size = type.size,
                                .is_semibold = type.is_semibold,
                                .is_right_aligned = spec.is_right_aligned,
                                .padding = padding,
                                .color = css(Color::Text, is_dark()),
                                .background = css(Color::Surface, is_dark())}},
           rect);
    return take_act(spec.id, "set");
}

std::optional<std::string> Ui::search_field(const Rect& rect, const FieldSpec& spec) {
    std::optional<std::string> typed;
    while (auto text = take_act(spec.id, "input"))
        typed = std::move(text);
    if (auto text = text_field(rect, spec)) typed = std::move(text);
    if (spec.value.empty()) label(rect.inset(8, 0), spec.style, Color::Text3, spec.name);
    if (typed == spec.value) return std::nullopt;
    return typed;
}

float Ui::segments_width(std::span<const ListOption> options) const {
    float width = 4;
    for (const ListOption& option : options)
        width += text_width(TextStyle::Small, option.label) + 16;
    return width;
}

std::optional<std::string> Ui::segments(const Rect& rect, std::string id, std::string name,
                                        std::span<const ListOption> options) {
    std::optional<std::string> chosen;
    fill(rect, Color::Surface2, space::kFieldRadius);
    Scope scope = container(Role::Listbox, id, std::move(name), rect);
    const auto wanted = take_act(id, "set");
    float x = rect.x + 2;
    for (const ListOption& option : options) {
        const std::string key = id + "/" + option.id;
        const Rect part{x, rect.y + 2, text_width(TextStyle::Small, option.label) + 16, rect.h - 4};
        const Hit state = hit(part, key);
        if (option.is_selected) {
            fill(part, Color::Surface, 5);
            outline(part, Color::Border, 5);
        }
        const Color color = option.is_selected || state.is_hovered ? Color::Text : Color::Text2;
        label(part, option.is_selected ? TextStyle::SmallStrong : TextStyle::Small, color,
              option.label, Align::Center);
        if (state.is_pressed || take_click(key) ||
            (wanted && (*wanted == key || *wanted == option.id)))
            chosen = option.id;
        record(
            {.role = Role::Option, .id = key, .name = option.label, .selected = option.is_selected},
            part);
        x += part.w;
    }
    return chosen;
}

}  // namespace tokenlever::app
