// One card per workload: its fields, or, where there are several, one line to open it by.

#include "format.h"
#include "views.h"

#include <array>
#include <cmath>

namespace tokenlever::app {
namespace {

constexpr float kNumberWidth = 112;
constexpr float kUnitWidth = 46;
constexpr std::size_t kMostModels = 150;  // of an open list

struct NumberRow {
    WorkloadField field{};
    std::string_view key, label, unit;
    Decimal Workload::* value;
};
const std::array<NumberRow, 4>& number_rows() {
    static const std::array<NumberRow, 4> kRows = {{
        {WorkloadField::Requests, "requests_per_month", "Requests per month", "",
         &Workload::requests_per_month},
        {WorkloadField::Prefix, "prefix_tokens", "Cacheable prefix", "tokens",
         &Workload::prefix_tokens},
        {WorkloadField::OtherInput, "other_input_tokens", "Other input", "tokens",
         &Workload::other_input_tokens},
        {WorkloadField::Output, "output_tokens", "Output", "tokens", &Workload::output_tokens},
    }};
    return kRows;
}

std::string node_of(const Workload& workload, std::string_view key) {
    return "workload." + workload.id + "." + std::string(key);
}

bool is_open(const AppModel& model, const Workload& workload) {
    return model.scenario.workloads.size() == 1 || model.open_workload == workload.id;
}

// The row's line and label; the room for its control comes back, right-aligned, as tall as a field.
Rect field_row(Ui& ui, const Rect& row, std::string_view name, float width, std::string_view unit) {
    ui.label({row.x, row.y, row.w - width, row.h - 1}, TextStyle::Body, Color::Text2, name);
    ui.fill({row.x, row.bottom() - 1, row.w, 1}, Color::Grid);
    const float height = ui.is_coarse() ? space::kTouchTarget : 27;
    float right = row.right();
    if (!unit.empty()) {
        ui.label({right - kUnitWidth + 6, row.y, kUnitWidth - 6, row.h - 1}, TextStyle::Caption,
                 Color::Text3, unit, Align::Right);
        right -= kUnitWidth;
    }
    return Rect{right - width, row.y, width, row.h - 1}.middle(height);
}

float show_error(Ui& ui, const Rect& at, const FieldError* error) {
    if (error == nullptr) return 0;
    return ui.note({at.x, at.y + 4, at.w, 0}, Role::Alert, {}, error->message) + 8;
}

float show_model_row(const AppModel& model, Ui& ui, const Rect& row, const Workload& workload) {
    ComboSpec spec{.id = node_of(workload, "model"),
                   .name = "Model",
                   .value = model.catalog.name_of(workload.model)};
    const float wanted = ui.text_width(TextStyle::Body, spec.value) + 40;
    const Rect box = field_row(ui, row, "Model", std::clamp(wanted, 150.0F, row.w - 70), {});
    std::vector<ListOption> options;
    spec.open = ui.open_list(spec.id);
    fill_model_list(model, workload.model, options, spec);
    if (auto chosen = ui.combobox(box, spec))
        ui.emit(SetWorkloadModel{workload.id, std::move(*chosen)});
    return row.h;
}

float show_number_row(const AppModel& model, Ui& ui, const Rect& row, const Workload& workload,
                      const NumberRow& field) {
    const std::string id = node_of(workload, field.key);
    const Rect box = field_row(ui, row, field.label, kNumberWidth, field.unit);
    const FieldError* error = model.error_of(id);
    if (auto text = ui.text_field(box, {.id = id,
                                        .name = std::string(field.label),
                                        .value = format::count(workload.*field.value),
                                        .inputmode = "decimal",
                                        .is_right_aligned = true,
                                        .error = error}))
        ui.emit(SetWorkloadField{workload.id, field.field, std::move(*text), id});
    return row.h + show_error(ui, {row.x, row.bottom(), row.w, 0}, error);
}

// ---- the card's head
// --------------------------------------------------------------------------------

struct HeadButton {
    std::string key, label;
    Icon icon{};
    Action action;
};

float show_head_buttons(const AppModel& model, Ui& ui, const Rect& row, const Workload& workload,
                        std::size_t index) {
    std::vector<HeadButton> buttons;
    if (index + 1 == model.scenario.workloads.size())
        buttons.push_back({"add", "Add workload", Icon::Plus, Run{Command::AddWorkload}});
    buttons.push_back(
        {"duplicate", "Duplicate " + workload.name, Icon::Copy, DuplicateWorkload{workload.id}});
    if (model.scenario.workloads.size() > 1)
        buttons.push_back(
            {"remove", "Remove " + workload.name, Icon::Trash, RemoveWorkload{workload.id}});
    const float side = ui.is_coarse() ? space::kTouchTarget : 28;
    float x = row.right() - side * static_cast<float>(buttons.size());
    const float start = x;
    for (HeadButton& button : buttons) {
        if (ui.button({x, row.center_y() - side / 2, side, side},
                      {.id = node_of(workload, button.key),
                       .label = button.label,
                       .kind = ButtonKind::Ghost,
                       .icon = button.icon,
                       .shows_label = false}))
            ui.emit(std::move(button.action));
        x += side;
    }
    return start;
}

// The name is its own text field: a heading that one can type into.
float show_name(const AppModel& model, Ui& ui, const Rect& row, const Workload& workload,
                float right, std::string_view position) {
    const std::string id = node_of(workload, "name");
    const FieldError* error = model.error_of(id);
    const float room = right - row.x - 8;
    const float width =
        std::min(std::max(ui.text_width(TextStyle::BodyStrong, workload.name) + 2, 40.0F), room);
    const Rect box = ui.is_coarse() ? row.left_part(std::max(width, space::kTouchTarget))
                                    : Rect{row.x, row.y + 4, width, row.h - 8};
    if (auto text = ui.text_field(box, {.id = id,
                                        .name = "Workload name",
                                        .value = workload.name,
                                        .style = TextStyle::BodyStrong,
                                        .has_frame = false,
                                        .error = error}))
        ui.emit(SetWorkloadField{workload.id, WorkloadField::Name, std::move(*text), id});
    if (room - width > ui.text_width(TextStyle::Body, position) + 8)
        ui.text({row.x + width + 8, row.y, room - width - 8, row.h}, TextStyle::Body, Color::Text3,
                position);
    return show_error(ui, {row.x, row.bottom(), row.w, 0}, error);
}

float show_open_card(const AppModel& model, Ui& ui, const Rect& at, const Workload& workload,
                     std::size_t index) {
    const Rect inner{at.x + space::kCardPad, at.y, at.w - 2 * space::kCardPad, 0};
    const float head = ui.is_coarse() ? space::kTouchTarget : 32;
    Rect row{inner.x, at.y + 10, inner.w, head};
    const std::string position = "workload " + std::to_string(index + 1) + " of " +
                                 std::to_string(model.scenario.workloads.size());
    if (model.scenario.workloads.size() > 1) {
        const float side = ui.is_coarse() ? space::kTouchTarget : 24;
        if (ui.button({row.x - 6, row.center_y() - side / 2, side, side},
                      {.id = node_of(workload, "open"),
                       .label = "Close " + workload.name,
                       .kind = ButtonKind::Ghost,
                       .icon = Icon::ChevronDown,
                       .shows_label = false,
                       .expanded = true}))
            ui.emit(OpenWorkload{workload.id});
        row = row.without_left(side - 2);
    }
    const float right = show_head_buttons(model, ui, row, workload, index);
    float y = row.bottom() + show_name(model, ui, row, workload, right, position) + 4;
    y += show_model_row(model, ui, {inner.x, y, inner.w, ui.row_height()}, workload);
    for (const NumberRow& field : number_rows())
        y += show_number_row(model, ui, {inner.x, y, inner.w, ui.row_height()}, workload, field);
    return y + 14 - at.y;
}

float show_closed_card(const AppModel& model, Ui& ui, const Rect& at, const Workload& workload,
                       std::size_t index) {
    const float height = ui.is_coarse() ? 60 : 52;
    const Rect row{at.x + space::kCardPad, at.y, at.w - 2 * space::kCardPad, height};
    const float side = ui.is_coarse() ? space::kTouchTarget : 24;
    if (ui.button({row.x - 6, row.center_y() - side / 2, side, side},
                  {.id = node_of(workload, "open"),
                   .label = "Open " + workload.name,
                   .kind = ButtonKind::Ghost,
                   .icon = Icon::ChevronRight,
                   .shows_label = false,
                   .expanded = false}))
        ui.emit(OpenWorkload{workload.id});
    const float right = show_head_buttons(model, ui, row, workload, index);
    const Rect words{row.x + side, row.y + height / 2 - 19, right - row.x - side - 8, 19};
    const bool has_cost = index < model.workload_costs.size();
    const std::string cost =
        has_cost ? format::money(model.workload_costs[index].priced_cost) : std::string();
    const float cost_width = ui.text_width(TextStyle::BodyStrong, cost) + 4;
    ui.text(words.without_right(cost_width), TextStyle::BodyStrong, Color::Text, workload.name);
    if (has_cost)
        ui.text(words.right_part(cost_width), TextStyle::BodyStrong, Color::Text, cost,
                Align::Right);
    ui.text({words.x, words.bottom(), words.w, 18}, TextStyle::Small, Color::Text3,
            model.catalog.name_of(workload.model) + " \u00b7 " +
                format::compact(workload.requests_per_month) + " requests");
    return height;
}

}  // namespace

void fill_model_list(const AppModel& model, std::string_view chosen,
                     std::vector<ListOption>& options, ComboSpec& spec) {
    if (spec.open == nullptr) return;
    const auto found = model.catalog.search(spec.open->query);
    for (const ModelChoice* choice : std::span(found).first(std::min(found.size(), kMostModels)))
        options.push_back({.id = choice->id,
                           .label = choice->name,
                           .note = choice->provider,
                           .figures = {choice->input_price, choice->output_price},
                           .is_selected = choice->id == chosen});
    spec.options = options;
    spec.caption = "Dollars per million tokens";
    spec.titles = {"input", "output"};
    if (found.size() > kMostModels)
        spec.more = format::count(static_cast<std::int64_t>(found.size() - kMostModels)) +
                    " more. Type a part of the name to find them.";
}

float show_workloads(const AppModel& model, Ui& ui, const Rect& at) {
    float y = at.y;
    const auto& workloads = model.scenario.workloads;
    for (std::size_t i = 0; i < workloads.size(); ++i) {
        auto scope = ui.container(Role::Region, "workload." + workloads[i].id,
                                  "Workload " + workloads[i].name);
        const Rect place{at.x, y, at.w, 0};
        const float height = is_open(model, workloads[i])
                                 ? show_open_card(model, ui, place, workloads[i], i)
                                 : show_closed_card(model, ui, place, workloads[i], i);
        const Rect card{at.x, y, at.w, height};
        ui.card(card);
        scope.set_rect(card);
        y += height + (i + 1 < workloads.size() ? 8.0F : 0.0F);
    }
    return y - at.y;
}

}  // namespace tokenlever::app
