#pragma once

// Everything a person reads or touches is drawn through Ui, which paints it on ImGui's draw list
// and records what it means (semantics.h) in the same call. A widget has a stable id made of data
// ("workload.chat.model"), a name that a person would say, and a rectangle; it returns what the
// person did, whether with the pointer on the canvas or through act() on the mirror's element.
//
// The painting functions at the end have no meaning by themselves: they are for parts of a widget
// or chart whose node says it all.

#include "action.h"
#include "geometry.h"
#include "icons.h"
#include "imgui.h"
#include "semantics.h"
#include "theme.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tokenlever::app {

struct Fonts;

enum class Align : std::uint8_t { Left, Center, Right };
enum class ButtonKind : std::uint8_t { Plain, Primary, Ghost };
enum class TagKind : std::uint8_t { Neutral, Low, Medium, High };

// One action of the page (app.h, act()).
struct PageAct {
    std::string id{}, kind{}, value{};
};

struct Hit {
    bool is_hovered = false, is_held = false, is_pressed = false, is_released = false;
};

struct ButtonSpec {
    std::string id{}, label{};
    ButtonKind kind = ButtonKind::Plain;
    Icon icon = Icon::None;
    bool shows_label = true;  // false: the icon alone; the label is its name and its tooltip
    bool is_disabled = false;
    std::optional<bool> expanded{};
    std::string description{};
};

struct SliderSpec {
    std::string id{}, name{}, valuetext{};
    Decimal value{};  // 0..1
};
struct SliderChange {
    Decimal value{};
    bool is_dragging = false;  // more of the same gesture may follow
};

struct FieldSpec {
    std::string id{}, name{}, value{};
    std::string inputmode = "text";
    TextStyle style = TextStyle::Body;
    bool is_right_aligned = false;
    bool has_frame = true;
    const FieldError* error = nullptr;
};

struct ListOption {
    std::string id{}, label{}, note{};
    std::vector<std::string> figures{};  // one below each title of the list
    bool is_selected = false;
};

struct ComboSpec {
    std::string id{}, name{}, value{};
    const OpenList* open = nullptr;         // this one's list, if it is open
    std::span<const ListOption> options{};  // filtered; read only while open
    std::string caption{};                  // what the figures are, and in which unit
    std::vector<std::string> titles{};      // of the figures
    std::string more{};                     // a last line: what the list leaves out
    TextStyle style = TextStyle::Body;
};

struct Cell {
    std::string text{};
    std::optional<TagKind> tag{};
    Color color = Color::Text;
    bool is_strong = false;
    std::optional<Color> dot{};  // a legend's square before the text
};
struct ColumnSpec {
    std::string title{};
    float weight = 1;  // share of the width
    Align align = Align::Right;
    float least = 0;  // narrowest width; columns beyond the room are wrapped below
};
struct TableSpec {
    std::string id{}, name{};
    std::vector<ColumnSpec> columns{};
    std::vector<std::vector<Cell>> rows{};
    bool has_header = true;
};

// Input of one frame that is not ImGui's.
struct UiFrame {
    Fonts const* fonts = nullptr;
    const AppModel* model = nullptr;
    std::vector<PageAct> acts;
};

class Ui {
public:
    // ---- the frame (app.cpp only)
    void begin_frame(UiFrame frame);
    void end_frame();
    std::vector<Action> take_actions() { return std::move(actions_); }
    const SemanticsRecorder& semantics() const { return recorder_; }
    bool wants_frame() const { return wants_frame_; }

    // Lets go of what the pointer holds, as if it had never been taken.
    void cancel_drag() { is_drag_cancelled_ = true; }

    // ---- what views need to know
    const AppModel& model() const { return *frame_.model; }
    bool is_dark() const { return frame_.model->is_dark(); }
    bool is_coarse() const { return frame_.model->is_coarse; }
    Rect screen() const;
    float control_height() const { return is_coarse() ? space::kTouchTarget : 32; }
    float row_height() const { return is_coarse() ? space::kTouchTarget + 8 : 34; }
    void emit(Action action) { actions_.push_back(std::move(action)); }
    const OpenList* open_list(std::string_view id) const;  // null unless this one is open
    std::optional<ImVec2> pointer_in(const Rect& rect) const;

    // ---- structure
    class Scope {
    public:
        Scope(Ui& ui, std::size_t index) : ui_(ui), index_(index) {}
        ~Scope() { ui_.recorder_.close(); }
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;
        void set_rect(const Rect& rect) { ui_.recorder_.at(index_).rect = rect; }
        void set_description(std::string text) {
            ui_.recorder_.at(index_).description = std::move(text);
        }

    private:
        Ui& ui_;
        std::size_t index_;
    };
    [[nodiscard]] Scope container(Role role, std::string id, std::string name, Rect rect = {});
    // A scrolling part of the screen; views draw at content_origin() and report how tall they were.
    // The next part that begins starts there.
    void scroll_to(float y) { scroll_wanted_ = y; }
    Rect begin_scroll(std::string_view id, const Rect& viewport);
    void end_scroll(float content_height);
    // The surface and border of a card, below all that is drawn in the scrolling part.
    void card(const Rect& rect);
    // The same where nothing scrolls, below what is drawn after it.
    void panel(const Rect& rect);
    // The head of a column; what stands in it is recorded until the scope ends. `sort` is
    // "ascending", "descending" or empty.
    [[nodiscard]] Scope column_header(std::string_view sort);

    // ---- reading
    void text(const Rect& rect, TextStyle style, Color color, std::string_view text,
              Align align = Align::Left);
    // A number with its exact value beside the rounded one.
    void figure(const Rect& rect, TextStyle style, Color color, std::string id,
                std::string_view text, std::string exact, Align align = Align::Left);
    void heading(const Rect& rect, int level, std::string_view text, std::string_view note = {});
    // The screen's heading, which can have the keyboard: recorded only, for what stands there may
    // be a field.
    void record_title(const Rect& rect, std::string_view text);
    // Wrapped; returns the height.
    float paragraph(const Rect& at, TextStyle style, Color color, std::string_view text);
    float tag(float x, float center_y, TagKind kind, std::string_view text);  // returns the width
    // The same as a part of a widget or cell whose node says it.
    float paint_tag(float x, float center_y, TagKind kind, std::string_view text);
    float chip(float x, float center_y, std::string_view text);
    // A yellow (or, for an error, red) box with a bold first word; returns the height.
    float note(const Rect& at, Role role, std::string_view lead, std::string_view text);
    void progress(const Rect& rect, std::string id, std::string name, double share,
                  std::string valuetext);
    float table(const Rect& at, const TableSpec& spec);  // returns the height
    // The table of a chart: nodes without pixels.
    void record_table(const TableSpec& spec);
    void record_text(std::string_view text);
    void record_cell(std::string_view text);
    void image(const Rect& rect, std::string id, std::string name, std::string description);

    // ---- touching
    bool button(const Rect& rect, const ButtonSpec& spec);
    float button_width(const ButtonSpec& spec) const;
    // A button that the caller paints. Out of sight it is there for the keyboard only.
    bool press_area(const Rect& rect, const ButtonSpec& spec, bool is_seen = true);
    // The pointer alone; what it presses is recorded elsewhere.
    bool is_pressed(const Rect& rect, std::string_view id) { return hit(rect, id).is_pressed; }
    bool navigation_link(const Rect& rect, std::string id, std::string_view label, Icon icon,
                         bool is_current, bool shows_label);
    bool toggle(const Rect& rect, std::string id, std::string name, bool is_on);
    std::optional<SliderChange> slider(const Rect& rect, const SliderSpec& spec);
    std::optional<std::string> text_field(const Rect& rect, const FieldSpec& spec);
    // A text field that answers with every character.
    std::optional<std::string> search_field(const Rect& rect, const FieldSpec& spec);
    // The id of the option that was chosen.
    std::optional<std::string> combobox(const Rect& rect, const ComboSpec& spec);
    std::optional<std::string> segments(const Rect& rect, std::string id, std::string name,
                                        std::span<const ListOption> options);
    float segments_width(std::span<const ListOption> options) const;
    // Something to drag by (pointer only; the keyboard has buttons). Held from press to release.
    Hit drag_handle(const Rect& rect, std::string_view id, ImGuiMouseCursor cursor);
    void tooltip(const Rect& anchor, std::string_view text);

    // ---- painting without meaning
    float text_width(TextStyle style, std::string_view text) const;
    // Cut with an ellipsis if it is wider than the rectangle.
    void label(const Rect& rect, TextStyle style, Color color, std::string_view text,
               Align align = Align::Left);
    void fill(const Rect& rect, Color color, float radius = 0, float alpha = 1);
    void outline(const Rect& rect, Color color, float radius = 0, float thickness = 1);
    void line(ImVec2 from, ImVec2 to, Color color, float thickness = 1);
    void dashed(ImVec2 from, ImVec2 to, Color color);
    void icon(const Rect& rect, Icon icon, Color color);
    ImDrawList& canvas() { return *list_; }
    std::vector<std::string_view> wrap(TextStyle style, std::string_view text, float width) const;
    // The same, but a word that is wider than the line is broken.
    std::vector<std::string_view> wrap_anywhere(TextStyle style, std::string_view text,
                                                float width) const;
    // A box above the veiled rest of `area`, for the container with the id `node`; what is drawn
    // until end_overlay stands in it. The page gives it the keyboard alone. end_overlay is true
    // once the person has pressed beside it.
    void begin_overlay(std::string_view node, const Rect& area, const Rect& box);
    [[nodiscard]] bool end_overlay();
    // The id of the overlay that is open, or empty.
    const std::string& modal() const { return modal_; }
    // What is drawn between the two stands on top of the scrolling part (tooltips of charts).
    void begin_floating(const Rect& card);
    void end_floating();

private:
    friend class Scope;
    struct PendingList {
        ComboSpec spec;
        Rect anchor;
        std::vector<ListOption> options;
    };

    Hit hit(const Rect& rect, std::string_view id, int flags = 0);
    std::optional<std::string> take_act(std::string_view id, std::string_view kind);
    bool take_click(std::string_view id);
    std::size_t record(Node node, const Rect& rect);
    void paint_text(ImVec2 at, TextStyle style, ImU32 color, std::string_view text);
    void paint_button(const Rect& rect, const ButtonSpec& spec, const Hit& hit);
    void take_keys(const ComboSpec& spec);
    void scroll_by_touch();
    void scroll_to_target(const Rect& viewport);
    void paint_tooltip();
    void show_list();
    Rect list_box(int count) const;
    float list_options(const Rect& view);  // the width that the scrollbar leaves
    bool has_wide_list() const;
    float option_height() const;
    void list_head(const Rect& row);
    void option_in_one_line(const Rect& room, const ListOption& option);
    void option_in_two_lines(const Rect& room, const ListOption& option);
    void close_list_when_left(const Rect& popup);
    void list_option(const Rect& rect, const ListOption& option, int index);
    void pick(std::string option_id);
    std::vector<float> column_widths(const TableSpec& spec, float width) const;
    float table_row(const Rect& at, const TableSpec& spec, const std::vector<Cell>& row,
                    std::span<const float> widths);
    void table_header(const Rect& at, const TableSpec& spec, std::span<const float> widths);
    void table_cell(const Rect& at, const ColumnSpec& column, const Cell& cell,
                    std::span<const std::string_view> lines);
    ImU32 paint_of(Color color, float alpha = 1) const { return paint(color, is_dark(), alpha); }

    UiFrame frame_;
    ImDrawList* list_ = nullptr;
    Rect clip_;
    Rect overlay_;
    std::string modal_;
    SemanticsRecorder recorder_;
    std::vector<Action> actions_;
    std::optional<PendingList> pending_list_;
    std::optional<std::pair<std::string, std::string>> picked_;       // list id, option id
    std::optional<std::pair<std::string, std::string>> next_picked_;  // for the next frame
    std::string scroll_target_;
    std::optional<float> scroll_wanted_;
    struct PendingTooltip {
        Rect anchor;
        std::string text;
    };
    std::optional<PendingTooltip> tooltip_;
    int shown_active_ = -1;             // the option that the open list was last scrolled to
    bool is_pointer_captured_ = false;  // a slider or handle follows the pointer
    bool was_pointer_captured_ = false;
    bool is_drag_cancelled_ = false;
    bool is_touch_scrolling_ = false;
    bool wants_frame_ = false;
};

}  // namespace tokenlever::app
