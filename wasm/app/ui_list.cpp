// Ui: the combobox and the list below it. The text of the box is edited by the mirror's own input;
// the canvas draws the box and the options.

#include "imgui_internal.h"
#include "ui.h"

#include <array>
#include <cmath>

namespace tokenlever::app {
namespace {

constexpr float kListPad = 6;
constexpr int kMostVisible = 8;
constexpr float kWideList = 640;
constexpr float kTwoLines = 52;
constexpr float kFigureWidth = 72;
constexpr float kListHead = 26;

std::string option_id(const std::string& list, const std::string& option) {
    return list + "/" + option;
}

struct KeyStep {
    std::string_view key;
    int step = 0;
    bool is_absolute = false;  // from the first option (step >= 0) or the last
};
constexpr std::array<KeyStep, 6> kKeySteps = {{{"ArrowDown", 1},
                                               {"ArrowUp", -1},
                                               {"PageDown", kMostVisible},
                                               {"PageUp", -kMostVisible},
                                               {"Home", 0, true},
                                               {"End", -1, true}}};

}  // namespace

void Ui::take_keys(const ComboSpec& spec) {
    while (const auto key = take_act(spec.id, "key")) {
        if (spec.open == nullptr) {
            if (*key == "ArrowDown" || *key == "ArrowUp") emit(OpenOptions{spec.id});
            continue;
        }
        const int count = static_cast<int>(spec.options.size());
        if (*key == "Escape" || *key == "Tab") emit(Run{Command::CloseList});
        if (*key == "Enter" && spec.open->active < count)
            pick(spec.options[static_cast<std::size_t>(spec.open->active)].id);
        for (const KeyStep& row : kKeySteps) {
            if (row.key != *key || count == 0) continue;
            const int from = row.is_absolute ? (row.step < 0 ? count : 0) : spec.open->active;
            emit(ActivateOption{std::clamp(from + row.step, 0, count - 1)});
        }
    }
}

void Ui::pick(std::string chosen) {
    next_picked_ = {frame_.model->open_list->id, std::move(chosen)};
    emit(Run{Command::CloseList});
    wants_frame_ = true;
}

std::optional<std::string> Ui::combobox(const Rect& rect, const ComboSpec& spec) {
    const bool is_open = spec.open != nullptr;
    const Hit state = hit(rect, spec.id);
    fill(rect, Color::Surface, space::kFieldRadius);
    const Color edge = is_open ? Color::Accent : state.is_hovered ? Color::Text3 : Color::Border;
    outline(rect, edge, space::kFieldRadius, is_open ? 1.5F : 1);
    const std::string& shown = is_open && !spec.open->query.empty() ? spec.open->query : spec.value;
    label({rect.x + 8, rect.y, rect.w - 30, rect.h}, spec.style, Color::Text, shown);
    icon({rect.right() - 20, rect.center_y() - 7, 14, 14}, Icon::ChevronDown, Color::Text2);
    std::optional<std::string> picked;
    if (picked_ && picked_->first == spec.id) picked = std::move(picked_->second);
    Node node{.role = Role::Combobox,
              .id = spec.id,
              .name = spec.name,
              .value = shown,
              .expanded = is_open};
    node.style = InputStyle{.size = metrics(spec.style).size,
                            .color = css(Color::Text, is_dark()),
                            .background = css(Color::Surface, is_dark())};
    const auto count = static_cast<int>(spec.options.size());
    if (is_open) {
        node.controls = spec.id + ".list";
        if (spec.open->active < count)
            node.active =
                option_id(spec.id, spec.options[static_cast<std::size_t>(spec.open->active)].id);
        pending_list_ = PendingList{spec, rect, {spec.options.begin(), spec.options.end()}};
    }
    record(std::move(node), rect);
    if (state.is_pressed || take_click(spec.id)) {
        if (is_open)
            emit(Run{Command::CloseList});
        else
            emit(OpenOptions{spec.id});
    }
    while (auto typed = take_act(spec.id, "input"))
        emit(FilterOptions{spec.id, std::move(*typed)});
    take_keys(spec);
    return picked;
}

// Room for a name, its note and its figures side by side.
bool Ui::has_wide_list() const { return screen().w >= kWideList + 16; }

float Ui::option_height() const {
    if (!has_wide_list()) return kTwoLines;
    return is_coarse() ? space::kTouchTarget : 34;
}

// What the figures are is said once, above them.
void Ui::list_head(const Rect& row) {
    const ComboSpec& spec = pending_list_->spec;
    label(row, TextStyle::Caption, Color::Text3, spec.caption);
    if (!has_wide_list()) return;
    float right = row.right();
    for (auto title = spec.titles.rbegin(); title != spec.titles.rend(); ++title) {
        label({right - kFigureWidth, row.y, kFigureWidth, row.h}, TextStyle::Caption, Color::Text3,
              *title, Align::Right);
        right -= kFigureWidth;
    }
}

void Ui::option_in_one_line(const Rect& room, const ListOption& option) {
    float right = room.right();
    for (auto figure = option.figures.rbegin(); figure != option.figures.rend(); ++figure) {
        label({right - kFigureWidth, room.y, kFigureWidth, room.h}, TextStyle::Body, Color::Text,
              *figure, Align::Right);
        right -= kFigureWidth;
    }
    const float name = text_width(TextStyle::Body, option.label);
    label({room.x, room.y, right - room.x, room.h}, TextStyle::Body, Color::Text, option.label);
    const Rect note{room.x + name + 10, room.y, right - room.x - name - 10, room.h};
    if (note.w > 40) label(note, TextStyle::Small, Color::Text3, option.note);
}

void Ui::option_in_two_lines(const Rect& room, const ListOption& option) {
    const float top = room.center_y() - 19;
    label({room.x, top, room.w, 20}, TextStyle::Body, Color::Text, option.label);
    std::string figures;
    for (const std::string& figure : option.figures)
        figures += (figures.empty() ? "" : " \u00b7 ") + figure;
    const float width = text_width(TextStyle::Small, figures);
    const Rect second{room.x, top + 20, room.w, 18};
    label(second.without_right(width + 8), TextStyle::Small, Color::Text3, option.note);
    label(second, TextStyle::Small, Color::Text2, figures, Align::Right);
}

void Ui::list_option(const Rect& rect, const ListOption& option, int index) {
    const ComboSpec& spec = pending_list_->spec;
    const std::string key = option_id(spec.id, option.id);
    const Hit state = hit(rect, key);
    const bool is_active = spec.open->active == index;
    if (is_active || state.is_hovered) fill(rect, Color::Surface2, 6);
    if (option.is_selected)
        icon({rect.x + 8, rect.center_y() - 8, 16, 16}, Icon::Check, Color::Accent);
    const Rect room{rect.x + 32, rect.y, rect.w - 40, rect.h};
    if (has_wide_list())
        option_in_one_line(room, option);
    else
        option_in_two_lines(room, option);
    std::string description = option.note;
    for (std::size_t i = 0; i < option.figures.size() && i < spec.titles.size(); ++i)
        description += (i == 0 ? " \u00b7 " : ", ") + option.figures[i] + " " + spec.titles[i];
    record({.role = Role::Option,
            .id = key,
            .name = option.label,
            .description = std::move(description),
            .selected = option.is_selected},
           rect);
    if (state.is_pressed || take_click(key)) pick(option.id);
}

void Ui::close_list_when_left(const Rect& popup) {
    const ImVec2 at = ImGui::GetIO().MousePos;
    const bool is_inside = popup.contains(at.x, at.y) || pending_list_->anchor.contains(at.x, at.y);
    if (ImGui::IsMouseClicked(0) && !is_inside) emit(Run{Command::CloseList});
    for (const PageAct& act : frame_.acts) {
        const bool is_own = act.id.starts_with(pending_list_->spec.id);
        if (act.kind == "focus" && !is_own) emit(Run{Command::CloseList});
    }
}

// Below the field, or above it where there is more room.
Rect Ui::list_box(int count) const {
    const Rect& anchor = pending_list_->anchor;
    const float visible = static_cast<float>(std::clamp(count, 1, kMostVisible));
    const Rect all = screen();
    const float head = pending_list_->spec.caption.empty() ? 0 : kListHead;
    const float wanted = option_height() * visible + 2 * kListPad + head;
    const float width = std::min(std::max(anchor.w, kWideList), all.w - 16);
    const float x = std::clamp(anchor.x, 8.0F, all.w - width - 8);
    const float below = all.h - 8 - (anchor.bottom() + 4);
    const float above = anchor.y - 4 - 8;
    if (wanted <= below || below >= above)
        return {x, anchor.bottom() + 4, width, std::min(wanted, below)};
    const float height = std::min(wanted, above);
    return {x, anchor.y - 4 - height, width, height};
}

float Ui::list_options(const Rect& view) {
    const auto& options = pending_list_->options;
    const float row = option_height();
    const Rect content = begin_scroll("##options", view);
    if (options.empty())
        text({content.x + 8, content.y, content.w - 8, row}, TextStyle::Body, Color::Text2,
             "Nothing matches. Try fewer letters.");
    float y = content.y;
    for (std::size_t i = 0; i < options.size(); ++i, y += row)
        list_option({content.x, y, content.w - 4, row}, options[i], static_cast<int>(i));
    if (const std::string& more = pending_list_->spec.more; !more.empty()) {
        text({content.x + 32, y, content.w - 40, 34}, TextStyle::Small, Color::Text3, more);
        y += 34;
    }
    if (pending_list_->spec.open->active != shown_active_) {
        shown_active_ = pending_list_->spec.open->active;
        const float top = row * static_cast<float>(shown_active_);
        const float scroll = ImGui::GetScrollY();
        if (top < scroll) ImGui::SetScrollY(top);
        if (top + row > scroll + view.h) ImGui::SetScrollY(top + row - view.h);
    }
    end_scroll(std::max(y - content.y, row));
    return content.w;
}

// On top of everything.
void Ui::show_list() {
    if (!pending_list_) {
        shown_active_ = -1;
        if (frame_.model->open_list) emit(Run{Command::CloseList});
        return;
    }
    const Rect box = list_box(static_cast<int>(pending_list_->options.size()));
    ImGui::SetNextWindowPos({box.x, box.y});
    ImGui::SetNextWindowSize({box.w, box.h});
    ImGui::Begin("##list", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
    list_ = ImGui::GetWindowDrawList();
    for (float edge = 4; edge > 0; --edge)  // a soft edge: it floats
        fill({box.x - edge, box.y, box.w + 2 * edge, box.h + edge}, Color::Text, 10 + edge, 0.02F);
    fill(box, Color::Surface, 10);
    outline(box, Color::Border, 10);
    const ComboSpec& spec = pending_list_->spec;
    {
        Scope scope = container(Role::Listbox, spec.id + ".list", spec.name, box);
        scope.set_description(spec.caption);
        const Rect inner = box.inset(kListPad, kListPad);
        const float head = spec.caption.empty() ? 0 : kListHead;
        const float width = list_options({inner.x, inner.y + head, inner.w, inner.h - head});
        list_head({inner.x + 32, inner.y, width - 44, head});
    }
    ImGui::End();
    close_list_when_left(box);
}

}  // namespace tokenlever::app
