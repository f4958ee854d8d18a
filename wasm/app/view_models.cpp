// The Models screen: every model of the book priced for one workload. The filters and the head of
// the table stay; the rows scroll, and only those in sight are drawn. Assistive technology is told
// a page of rows at a time.

#include "format.h"
#include "model_prices.h"
#include "views.h"

#include <array>
#include <cmath>
#include <cstdlib>

namespace tokenlever::app {
namespace {

constexpr float kTwoLinesBelow = 620;  // width of the table
constexpr float kDetailsWidth = 372;
constexpr float kDetailsBeside = 1000;  // width of the screen
constexpr float kUseWidth = 64;
constexpr float kPad = 16;

struct PricedRow {
    const ModelChoice& choice;
    const ModelPrice& price;
    bool is_priced = true;  // for this workload; else still of before
};

std::string cost_text(const PricedRow& row) {
    if (!row.is_priced) return "\u2026";
    return row.price.monthly_cost ? format::money(*row.price.monthly_cost) : "not known";
}

std::string per_request_text(const PricedRow& row) {
    if (!row.is_priced) return "\u2026";
    return row.price.per_request ? format::money(*row.price.per_request) : "\u2013";
}

std::string name_text(const PricedRow& row) {
    return row.choice.is_deprecated ? row.choice.name + " (deprecated)" : row.choice.name;
}

std::string context_text(const PricedRow& row) {
    const auto& window = row.choice.context_window;
    return window ? format::compact(*window) : "\u2013";
}

std::string age_text(const PricedRow& row) {
    const auto& days = row.choice.age_days;
    if (!days) return "\u2013";
    if (*days == 0) return "today";
    const std::string count = format::plural(std::abs(*days), "day", "days");
    return count + (*days > 0 ? " ago" : " later");
}

struct ColumnView {
    ModelColumn column{};
    float width = 0;  // 0: what the others leave
    float least = 0;  // of the table, for the column to be drawn
    Align align = Align::Right;
    std::string (*text)(const PricedRow&);
};
constexpr std::array<ColumnView, kModelColumnCount> kColumns = {{
    {ModelColumn::Name, 0, 0, Align::Left, name_text},
    {ModelColumn::Provider, 136, 780, Align::Left,
     [](const PricedRow& row) { return row.choice.provider; }},
    {ModelColumn::MonthlyCost, 96, 0, Align::Right, cost_text},
    {ModelColumn::PerRequest, 92, 870, Align::Right, per_request_text},
    {ModelColumn::Input, 72, 0, Align::Right,
     [](const PricedRow& row) { return row.choice.input_price; }},
    {ModelColumn::CacheRead, 72, 1020, Align::Right,
     [](const PricedRow& row) { return row.choice.cache_read_price; }},
    {ModelColumn::Output, 72, 0, Align::Right,
     [](const PricedRow& row) { return row.choice.output_price; }},
    {ModelColumn::Context, 76, 950, Align::Right, context_text},
    {ModelColumn::Label, 104, 650, Align::Left,
     [](const PricedRow& row) { return std::string(words_of(row.choice.label)); }},
    {ModelColumn::Age, 96, 1115, Align::Left, age_text},
    {ModelColumn::Source, 190, 1305, Align::Left,
     [](const PricedRow& row) { return row.choice.source; }},
}};

TagKind tag_of(PriceLabel label) {
    switch (label) {
        case PriceLabel::Curated: return TagKind::Low;
        case PriceLabel::Listed:
        case PriceLabel::Observed: return TagKind::Neutral;
        case PriceLabel::Derived:
        case PriceLabel::Scheduled:
        case PriceLabel::Imported: return TagKind::Medium;
    }
    return TagKind::Neutral;
}

// Where the drawn columns stand in a row that starts at 0.
struct Placed {
    const ColumnView* view = nullptr;
    float x = 0, width = 0;
};
std::vector<Placed> placed_columns(float width) {
    float fixed = 0;
    for (const ColumnView& column : kColumns)
        if (width >= column.least) fixed += column.width;
    std::vector<Placed> placed;
    float x = kPad;
    for (const ColumnView& column : kColumns) {
        if (width < column.least) continue;
        const float w = column.width > 0 ? column.width : width - 2 * kPad - kUseWidth - fixed;
        // A word after a number stands clear of it.
        const float gap = column.column == ModelColumn::Label ? 12 : 0;
        placed.push_back({&column, x + gap, w - gap});
        x += w;
    }
    return placed;
}

PricedRow row_at(const AppModel& model, std::size_t index) {
    static const ModelPrice kUnknown;
    const ModelPrices& prices = model.model_prices;
    return {model.catalog.models[index], index < prices.rows.size() ? prices.rows[index] : kUnknown,
            index < prices.done};
}

// ---- the table
// --------------------------------------------------------------------------------------

void show_header(const AppModel& model, Ui& ui, const Rect& row, std::span<const Placed> columns) {
    auto scope = ui.container(Role::Row, {}, {});
    const ModelTable& table = model.models;
    for (const ColumnView& column : kColumns) {
        const bool is_sorted = table.sort == column.column;
        const std::string_view sort = !is_sorted            ? ""
                                      : table.is_descending ? "descending"
                                                            : "ascending";
        auto cell = ui.column_header(sort);
        Rect place;
        for (const Placed& placed : columns)
            if (placed.view == &column) place = {row.x + placed.x, row.y, placed.width - 8, row.h};
        if (place.is_empty()) {
            ui.record_text(title_of(column.column));
            continue;
        }
        const std::string id = "models.sort." + std::to_string(static_cast<int>(column.column));
        if (ui.press_area(place, {.id = id, .label = std::string(title_of(column.column))})) {
            ui.scroll_to(0);
            ui.emit(SortModels{column.column});
        }
        const float mark = is_sorted ? 14 : 0;
        const float words = ui.text_width(TextStyle::Small, title_of(column.column));
        const float x = column.align == Align::Right ? place.right() - words - mark : place.x;
        ui.label({x, row.y, words + 1, row.h}, TextStyle::Small,
                 is_sorted ? Color::Text : Color::Text2, title_of(column.column));
        if (is_sorted)
            ui.icon({x + words + 1, row.center_y() - 6, 12, 12},
                    table.is_descending ? Icon::Down : Icon::Up, Color::Text2);
    }
    auto last = ui.column_header({});
    ui.record_text("Use");
}

bool is_in_use(const AppModel& model, const ModelChoice& choice) {
    const Workload* workload = current_workload(model);
    return workload != nullptr && workload->model == choice.id;
}

void paint_cells(Ui& ui, const Rect& rect, const PricedRow& row, std::span<const Placed> columns,
                 bool is_used) {
    for (const Placed& placed : columns) {
        const Rect cell{rect.x + placed.x, rect.y, placed.width - 8, rect.h};
        const std::string text = placed.view->text(row);
        switch (placed.view->column) {
            case ModelColumn::Name:
                ui.label(cell, is_used ? TextStyle::BodyStrong : TextStyle::Body,
                         row.choice.is_deprecated ? Color::Text3 : Color::Text, text);
                break;
            case ModelColumn::MonthlyCost:
                ui.label(cell, TextStyle::BodyStrong, Color::Text, text, Align::Right);
                break;
            case ModelColumn::Label:
                (void)ui.paint_tag(cell.x, cell.center_y(), tag_of(row.choice.label), text);
                break;
            default:
                ui.label(cell, TextStyle::Body,
                         placed.view->align == Align::Left ? Color::Text2 : Color::Text, text,
                         placed.view->align);
        }
    }
}

// On a phone: the name and the cost, and below them who sells it and the rates.
void paint_two_lines(Ui& ui, const Rect& rect, const PricedRow& row, bool is_used) {
    const Rect inner = rect.inset(kPad, 0);
    const std::string cost = cost_text(row);
    const float width = ui.text_width(TextStyle::BodyStrong, cost);
    const float top = rect.center_y() - 20;
    ui.label({inner.x, top, inner.w - width - 12, 20},
             is_used ? TextStyle::BodyStrong : TextStyle::Body, Color::Text, row.choice.name);
    ui.label({inner.x, top, inner.w, 20}, TextStyle::BodyStrong, Color::Text, cost, Align::Right);
    const std::string rates = row.choice.input_price + " \u00b7 " + row.choice.output_price;
    const float rates_width = ui.text_width(TextStyle::Small, rates);
    ui.label({inner.x, top + 21, inner.w - rates_width - 12, 18}, TextStyle::Small, Color::Text3,
             row.choice.provider + ", " + lower(words_of(row.choice.label)));
    ui.label({inner.x, top + 21, inner.w, 18}, TextStyle::Small, Color::Text2, rates, Align::Right);
}

struct RowPlace {
    Rect rect;
    bool is_seen = false, has_two_lines = false;
};

void paint_row(const AppModel& model, Ui& ui, const RowPlace& place, const PricedRow& row,
               std::span<const Placed> columns) {
    const bool is_used = is_in_use(model, row.choice);
    const bool is_open = model.details && model.details->id == row.choice.id;
    const bool is_hovered = ui.pointer_in(place.rect).has_value();
    if (is_used || is_open)
        ui.fill(place.rect, is_used ? Color::AccentSoft : Color::Surface2);
    else if (is_hovered)
        ui.fill(place.rect, Color::Surface2);
    if (place.has_two_lines)
        paint_two_lines(ui, place.rect, row, is_used);
    else
        paint_cells(ui, place.rect, row, columns, is_used);
    ui.fill({place.rect.x + kPad, place.rect.bottom() - 1, place.rect.w - 2 * kPad, 1},
            Color::Grid);
}

// The button at the row's end: for the pointer it shows under it, for the keyboard always.
void show_use(const AppModel& model, Ui& ui, const RowPlace& place, const PricedRow& row) {
    const bool is_used = is_in_use(model, row.choice);
    const Rect rect = place.has_two_lines
                          ? Rect{}
                          : place.rect.without_right(kPad - 8).right_part(kUseWidth - 8).middle(28);
    const bool is_hovered = place.is_seen && ui.pointer_in(place.rect).has_value();
    auto cell = ui.container(Role::Cell, {}, {});
    if (is_used) {
        if (place.is_seen && !place.has_two_lines)
            ui.label(rect, TextStyle::SmallStrong, Color::Accent, "In use", Align::Center);
        return ui.record_text("In use");
    }
    ButtonSpec spec{.id = "model." + row.choice.id + ".use",
                    .label = "Use " + row.choice.name,
                    .description = "The workload runs on it; Undo brings the other one back"};
    if (place.has_two_lines) return;  // the explanation has the button
    if (ui.press_area(rect, spec, place.is_seen))
        ui.emit(SetWorkloadModel{current_workload(model)->id, row.choice.id});
    if (is_hovered) {
        ui.fill(rect, Color::Surface, space::kControlRadius);
        ui.outline(rect, Color::Accent, space::kControlRadius);
        ui.label(rect, TextStyle::SmallStrong, Color::Accent, "Use", Align::Center);
    }
}

void show_row(const AppModel& model, Ui& ui, const RowPlace& place, const PricedRow& row) {
    auto scope = ui.container(Role::Row, {}, {});
    const Rect open =
        place.has_two_lines ? place.rect : place.rect.without_right(kUseWidth + kPad - 8);
    for (const ColumnView& column : kColumns) {
        if (column.column != ModelColumn::Name) {
            ui.record_cell(column.text(row));
            continue;
        }
        auto header = ui.container(Role::RowHeader, {}, {});
        if (ui.press_area(open,
                          {.id = "model." + row.choice.id,
                           .label = row.choice.name,
                           .expanded = model.details && model.details->id == row.choice.id,
                           .description = "Explains the cost"},
                          place.is_seen))
            ui.emit(OpenModel{row.choice.id});
    }
    show_use(model, ui, place, row);
}

struct TableView {
    Rect head, body, foot;
    float row_height = 36;
    bool has_two_lines = false;
};

// The page that assistive technology is told follows the rows in sight.
void follow_scroll(const AppModel& model, Ui& ui, std::size_t first, std::size_t last) {
    const std::size_t from = model.models.page * kModelPage;
    const bool is_in_sight = from <= last && first < from + kModelPage;
    if (!is_in_sight) ui.emit(ShowModelPage{(first + last) / 2 / kModelPage});
}

void show_rows(const AppModel& model, Ui& ui, const TableView& view,
               std::span<const Placed> columns) {
    const auto& rows = model.models.rows;
    const Rect body = ui.begin_scroll("##models", view.body);
    const float height = view.row_height;
    const auto row_at_pixel = [&](float y) {
        return static_cast<std::size_t>(std::max(0.0F, (y - body.y) / height));
    };
    const std::size_t first = std::min(row_at_pixel(view.body.y), rows.size());
    const std::size_t last = std::min(row_at_pixel(view.body.bottom()) + 1, rows.size());
    const auto place_of = [&](std::size_t i, bool is_seen) {
        return RowPlace{{body.x, body.y + height * static_cast<float>(i), body.w, height},
                        is_seen,
                        view.has_two_lines};
    };
    for (std::size_t i = first; i < last; ++i)
        paint_row(model, ui, place_of(i, true), row_at(model, rows[i]), columns);
    const std::size_t from = std::min(model.models.page * kModelPage, rows.size());
    for (std::size_t i = from; i < std::min(from + kModelPage, rows.size()); ++i)
        show_row(model, ui, place_of(i, i >= first && i < last), row_at(model, rows[i]));
    for (std::size_t i = first; i < last; ++i)  // in sight, but of another page
        if (i < from || i >= from + kModelPage)
            if (ui.is_pressed(place_of(i, true).rect, "model." + row_at(model, rows[i]).choice.id))
                ui.emit(OpenModel{row_at(model, rows[i]).choice.id});
    if (rows.empty())
        ui.text({body.x + kPad, body.y + 12, body.w - 2 * kPad, 20}, TextStyle::Body, Color::Text2,
                "No model matches. Try fewer letters or another filter.");
    ui.end_scroll(std::max(height * static_cast<float>(rows.size()), 44.0F));
    if (last > first) follow_scroll(model, ui, first, last - 1);
}

void turn_page(Ui& ui, const TableView& view, std::size_t page) {
    ui.scroll_to(view.row_height * static_cast<float>(page * kModelPage));
    ui.emit(ShowModelPage{page});
}

std::string count_text(const AppModel& model) {
    const auto number = [](std::size_t count) {
        return format::count(static_cast<std::int64_t>(count));
    };
    const std::size_t all = model.models.rows.size();
    const std::size_t from = model.models.page * kModelPage;
    std::string text = all == 0
                           ? "No rows"
                           : "Rows " + number(from + 1) + "\u2013" +
                                 number(std::min(from + kModelPage, all)) + " of " + number(all);
    if (model.models.left_out > 0)
        text += ", " + number(model.models.left_out) + " more with another price status";
    if (!model.model_prices.is_complete())
        text = "Pricing " + number(model.model_prices.done) + " of " +
               number(model.model_prices.rows.size());
    return text;
}

void show_foot(const AppModel& model, Ui& ui, const TableView& view) {
    const Rect foot = view.foot.inset(kPad, 0);
    ui.fill({view.foot.x, view.foot.y, view.foot.w, 1}, Color::Border);
    const float side = ui.is_coarse() ? space::kTouchTarget : 28;
    const std::size_t page = model.models.page;
    const bool is_last = (page + 1) * kModelPage >= model.models.rows.size();
    ui.text(foot.without_right(2 * side), TextStyle::Small, Color::Text2, count_text(model));
    const auto button = [&](float right, std::string id, std::string label, Icon icon,
                            bool is_disabled) {
        return ui.button({right - side, foot.center_y() - side / 2, side, side},
                         {.id = std::move(id),
                          .label = std::move(label),
                          .kind = ButtonKind::Ghost,
                          .icon = icon,
                          .shows_label = false,
                          .is_disabled = is_disabled});
    };
    if (button(foot.right() - side, "models.previous", "Previous rows", Icon::Up, page == 0))
        turn_page(ui, view, page - 1);
    if (button(foot.right(), "models.next", "Next rows", Icon::Down, is_last))
        turn_page(ui, view, page + 1);
}

void show_table(const AppModel& model, Ui& ui, const Rect& at, bool has_two_lines) {
    auto region = ui.container(Role::Region, "models", "Models", at);
    ui.panel(at);
    TableView view;
    view.has_two_lines = has_two_lines;
    view.row_height = has_two_lines ? 56 : ui.is_coarse() ? space::kTouchTarget : 36;
    const float head = has_two_lines ? 1 : ui.is_coarse() ? space::kTouchTarget : 36;
    const float foot = ui.is_coarse() ? 52 : 44;
    view.head = {at.x, at.y, at.w, head};
    view.body = {at.x + 1, at.y + head, at.w - 2, std::max(at.h - head - foot, 40.0F)};
    view.foot = {at.x, view.body.bottom(), at.w, foot};
    const auto columns = has_two_lines ? std::vector<Placed>{} : placed_columns(view.body.w - 12);
    {
        auto table = ui.container(Role::Table, "models.table",
                                  "Models priced for " + current_workload(model)->name, view.body);
        show_header(model, ui, view.head, columns);
        if (!has_two_lines) ui.fill({at.x, view.body.y - 1, at.w, 1}, Color::Border);
        show_rows(model, ui, view, columns);
    }
    show_foot(model, ui, view);
}

// Where there is no room beside the table.
void show_details_above(const AppModel& model, Ui& ui) {
    const Rect all = ui.screen();
    const Rect area{0, space::kTopHeight, all.w, all.h - space::kTopHeight};
    const Rect box = area.right_part(std::min(kDetailsWidth + 40, area.w - 20));
    ui.begin_overlay("details", area, box);
    show_model_details(model, ui, box, false);
    if (ui.end_overlay()) ui.emit(OpenModel{});
}

}  // namespace

float show_models(const AppModel& model, Ui& ui, const Rect& content) {
    if (current_workload(model) == nullptr) {
        ui.text({content.x, content.y, content.w, 20}, TextStyle::Body, Color::Text2,
                "There is no workload to price.");
        return 20;
    }
    const bool has_details = model.details.has_value();
    const bool is_beside = has_details && content.w >= kDetailsBeside;
    const Rect room = is_beside ? content.without_right(kDetailsWidth + space::kGap) : content;
    const bool has_two_lines = room.w < kTwoLinesBelow;
    const float filters = show_model_filters(model, ui, room, has_two_lines) + 12;
    show_table(model, ui, {room.x, room.y + filters, room.w, std::max(room.h - filters, 200.0F)},
               has_two_lines);
    if (is_beside)
        show_model_details(model, ui, content.right_part(kDetailsWidth), true);
    else if (has_details)
        show_details_above(model, ui);
    return content.h;
}

}  // namespace tokenlever::app
