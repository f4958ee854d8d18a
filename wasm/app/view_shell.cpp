#include "format.h"
#include "views.h"

#include <array>
#include <cmath>

namespace tokenlever::app {
namespace {

struct ScreenRow {
    std::string_view id, name;
    Icon icon{};
    float (*show)(const AppModel&, Ui&, const Rect&);
    bool is_fixed = false;  // its parts scroll, not the whole
};
// One row per screen, in the order of the rail and of `Screen`.
constexpr std::array<ScreenRow, kScreenCount> kScreens = {{
    {"calculator", "Calculator", Icon::Calculator, show_calculator},
    {"models", "Models", Icon::Models, show_models, true},
    {"usage", "Usage", Icon::Chart, show_usage},
}};

constexpr float kIconRailWidth = 64;
constexpr float kIconRailBelow = 1200;
constexpr float kMenuWidth = 272;

bool is_narrow(const Ui& ui) { return ui.screen().w < space::kNarrowWidth; }

float rail_width(const Ui& ui) {
    return ui.screen().w < kIconRailBelow ? kIconRailWidth : space::kRailWidth;
}

struct ThemeWords {
    std::string_view label;
    Icon icon{};
};
ThemeWords words_of(ThemeChoice theme) {
    switch (theme) {
        case ThemeChoice::System: return {"Theme: as the system", Icon::Monitor};
        case ThemeChoice::Light: return {"Theme: light", Icon::Sun};
        case ThemeChoice::Dark: return {"Theme: dark", Icon::Moon};
    }
    return {};
}

void show_brand(Ui& ui, float x, float center_y, bool shows_name) {
    draw_brand(ui.canvas(), {x, center_y - 11, 22, 22}, paint(Color::Accent, ui.is_dark()),
               paint(Color::Series2, ui.is_dark()), paint(Color::Series1, ui.is_dark()));
    if (shows_name)
        ui.label({x + 32, center_y - 12, 140, 24}, TextStyle::Title, Color::Text, "Tokenlever");
}

void show_links(const AppModel& model, Ui& ui, Rect row, float step, bool shows_label) {
    for (std::size_t i = 0; i < kScreens.size(); ++i) {
        const auto screen = static_cast<Screen>(i);
        if (ui.navigation_link(row, "nav." + std::string(kScreens[i].id), kScreens[i].name,
                               kScreens[i].icon, model.screen == screen, shows_label))
            ui.emit(Navigate{screen});
        row.y += step;
    }
}

void show_foot(const AppModel& model, Ui& ui, Rect row) {
    for (const std::string& line :
         {"Price book " + model.catalog.date,
          format::plural(static_cast<std::int64_t>(model.catalog.model_count), "model", "models"),
          std::string("All data stays here")}) {
        ui.text(row, TextStyle::Caption, Color::Text3, line);
        row.y += row.h;
    }
}

void show_rail(const AppModel& model, Ui& ui, const Rect& rail) {
    ui.fill(rail, Color::Surface);
    ui.fill(rail.right_part(1), Color::Border);
    const bool is_wide = rail.w > kIconRailWidth;
    auto scope = ui.container(Role::Navigation, "rail", "Screens", rail);
    show_brand(ui, is_wide ? 20 : rail.center_x() - 11, 28, is_wide);
    const float height = ui.is_coarse() ? space::kTouchTarget : 34;
    show_links(model, ui, {rail.x + 12, 56, rail.w - 25, height}, height + 2, is_wide);
    if (is_wide) show_foot(model, ui, {rail.x + 20, rail.bottom() - 71, rail.w - 40, 17});
}

// ---- the bar on top
// ---------------------------------------------------------------------------------

struct CommandRow {
    std::string_view id, label;
    Icon icon{};
    Command command{};
    ButtonKind kind = ButtonKind::Plain;
    bool is_always = false;  // at hand even on a phone, as an icon
    bool is_icon = false;    // an icon without words on wide screens too
};
constexpr std::array<CommandRow, 5> kCommands = {{
    {"undo", "Undo", Icon::Undo, Command::Undo, ButtonKind::Ghost, true, true},
    {"redo", "Redo", Icon::Redo, Command::Redo, ButtonKind::Ghost, true, true},
    {"reset", "Reset", Icon::Reset, Command::Reset},
    {"copy", "Copy", Icon::Copy, Command::Copy},
    {"export", "Export", Icon::Download, Command::Export, ButtonKind::Primary},
}};

// What it does to what is on the screen.
std::string_view description_of(Screen screen, Command command) {
    const bool is_usage = screen == Screen::Usage;
    if (screen == Screen::Models && command == Command::Copy) return "Copies the listed models";
    if (screen == Screen::Models && command == Command::Export)
        return "Saves the listed models as a CSV file";
    if (command == Command::Reset)
        return is_usage ? "Clears the import" : "Puts the example in place of your scenario";
    if (command == Command::Copy)
        return is_usage ? "Copies the usage as a table" : "Copies the scenario as JSON";
    if (command == Command::Export)
        return is_usage ? "Saves the usage as a CSV file" : "Saves the scenario as a JSON file";
    return {};
}

// Without an import there is nothing to export or to clear.
bool is_offered(const AppModel& model, const CommandRow& row) {
    if (row.is_always || model.screen == Screen::Calculator) return true;
    if (model.screen == Screen::Models) return row.command != Command::Reset;
    return model.usage.report.has_value();
}

bool is_idle(const AppModel& model, Command command) {
    if (command == Command::Undo) return model.history.undo.empty();
    return command == Command::Redo && model.history.redo.empty();
}

ButtonSpec button_of(const AppModel& model, const CommandRow& row, bool shows_label) {
    return {.id = std::string(row.id),
            .label = std::string(row.label),
            .kind = row.kind,
            .icon = row.icon,
            .shows_label = shows_label,
            .is_disabled = is_idle(model, row.command),
            .description = std::string(description_of(model.screen, row.command))};
}

ButtonSpec theme_button(const AppModel& model) {
    const ThemeWords words = words_of(model.theme);
    return {.id = "theme",
            .label = std::string(words.label),
            .kind = ButtonKind::Ghost,
            .icon = words.icon,
            .shows_label = false};
}

// From the right edge leftwards on the screen, but in reading order in the tree.
float show_commands(const AppModel& model, Ui& ui, const Rect& bar, bool is_phone) {
    struct Placed {
        ButtonSpec spec;
        Command command{};
        float width = 0;
    };
    std::vector<Placed> placed = {{theme_button(model), Command::CycleTheme}};
    for (const CommandRow& row : kCommands)
        if (is_offered(model, row) && (!is_phone || row.is_always))
            placed.push_back({button_of(model, row, !is_phone && !row.is_icon), row.command});
    float total = 0;
    for (Placed& button : placed) {
        button.width = ui.button_width(button.spec);
        total += button.width + (button.spec.shows_label ? 8 : 2);
    }
    const float height = ui.control_height();
    float x = bar.right() - total;
    const float start = x;
    for (const Placed& button : placed) {
        x += button.spec.shows_label ? 8 : 2;
        if (ui.button({x, bar.center_y() - height / 2, button.width, height}, button.spec))
            ui.emit(Run{button.command});
        x += button.width;
    }
    return start;
}

// The scenario's name is a heading that one can type into.
void show_title(const AppModel& model, Ui& ui, const Rect& rect) {
    const std::string title = title_of(model);
    ui.record_title(rect, title);
    if (model.screen != Screen::Calculator)
        return ui.label(rect, TextStyle::Title, Color::Text, title);
    const float height = ui.is_coarse() ? space::kTouchTarget : 28;
    if (auto text = ui.text_field(rect.middle(height), {.id = "scenario.name",
                                                        .name = "Scenario name",
                                                        .value = title,
                                                        .style = TextStyle::Title,
                                                        .has_frame = false}))
        ui.emit(SetScenarioName{std::move(*text)});
}

std::vector<std::string> chips_of(const AppModel& model) {
    if (model.screen == Screen::Calculator)
        return {"Scenario", model.scenario.currency, "List prices"};
    if (model.screen == Screen::Models)
        return {model.scenario.currency, "List prices", "No levers"};
    if (!model.usage.report) return {};
    const auto files = static_cast<std::int64_t>(model.usage.report->files.size());
    return {format::plural(files, "file", "files"), "UTC", "By day"};
}

void show_top(const AppModel& model, Ui& ui, const Rect& bar) {
    ui.fill(bar, Color::Surface);
    ui.fill({bar.x, bar.bottom() - 1, bar.w, 1}, Color::Border);
    auto scope = ui.container(Role::Banner, "top", {}, bar);
    const Rect inner = bar.inset(space::kMainX, 0);
    const float wanted = ui.text_width(TextStyle::Title, title_of(model)) + 2;
    const float width = std::clamp(wanted, space::kTouchTarget, inner.w * 0.3F);
    show_title(model, ui, {inner.x, inner.y, width, inner.h});
    float x = inner.x + width + 10;
    const float commands = 420;
    for (const std::string& chip : chips_of(model))
        if (x + ui.text_width(TextStyle::Small, chip) + 32 < inner.right() - commands)
            x += ui.chip(x, bar.center_y() - 0.5F, chip) + 10;
    show_commands(model, ui, inner, false);
}

// ---- the phone
// --------------------------------------------------------------------------------------

void show_phone_bar(const AppModel& model, Ui& ui, const Rect& bar) {
    auto scope = ui.container(Role::Banner, "top", {}, bar);
    ui.fill(bar, Color::Surface);
    ui.fill({bar.x, bar.bottom() - 1, bar.w, 1}, Color::Border);
    const float side = space::kTouchTarget;
    if (ui.button({bar.x + 6, bar.center_y() - side / 2, side, side},
                  {.id = "menu",
                   .label = "Menu",
                   .kind = ButtonKind::Ghost,
                   .icon = model.is_menu_open ? Icon::Close : Icon::Menu,
                   .shows_label = false,
                   .expanded = model.is_menu_open}))
        ui.emit(Toggle{Panel::Menu});
    show_brand(ui, bar.x + side + 12, bar.center_y(), false);
    const float x = bar.x + side + 44;
    const float commands = 3 * (ui.control_height() + 2) + 8;
    show_title(model, ui, {x, bar.y, bar.right() - commands - x, bar.h});
    show_commands(model, ui, bar.inset(6, 0), true);
}

void show_menu_commands(const AppModel& model, Ui& ui, Rect row) {
    for (const CommandRow& command : kCommands) {
        if (command.is_always || !is_offered(model, command)) continue;
        if (ui.button(row, button_of(model, command, true))) {
            ui.emit(Toggle{Panel::Menu});
            ui.emit(Run{command.command});
        }
        row.y += row.h + 8;
    }
}

void show_phone_menu(const AppModel& model, Ui& ui, const Rect& area) {
    const float row = space::kTouchTarget;
    const float links = (row + 2) * static_cast<float>(kScreens.size());
    const Rect panel{area.x, area.y, std::min(kMenuWidth, area.w - row), area.h};
    const Rect inner = panel.inset(12, 8);
    ui.begin_overlay("rail", area, panel);
    {
        auto scope = ui.container(Role::Navigation, "rail", "Screens", panel);
        show_links(model, ui, {inner.x, inner.y, inner.w, row}, row + 2, true);
        show_menu_commands(model, ui, {inner.x, inner.y + links + 12, inner.w, row});
        show_foot(model, ui, {inner.x + 4, panel.bottom() - 65, inner.w - 8, 17});
    }
    if (ui.end_overlay()) ui.emit(Toggle{Panel::Menu});
}

float show_notice(const AppModel& model, Ui& ui, const Rect& at) {
    if (model.notice.empty()) return 0;
    const float side = ui.is_coarse() ? space::kTouchTarget : 28;
    const Role role = model.is_notice_error ? Role::Alert : Role::Status;
    const float height = ui.note({at.x, at.y, at.w - side - 8, 0}, role, {}, model.notice);
    if (ui.button({at.right() - side, at.y + (height - side) / 2, side, side},
                  {.id = "notice.dismiss",
                   .label = "Dismiss",
                   .kind = ButtonKind::Ghost,
                   .icon = Icon::Close,
                   .shows_label = false}))
        ui.emit(Run{Command::DismissNotice});
    return height + space::kGap;
}

}  // namespace

std::string_view id_of(Screen screen) { return kScreens[static_cast<std::size_t>(screen)].id; }

std::string title_of(const AppModel& model) {
    if (model.screen == Screen::Calculator) return model.scenario.name;
    const Workload* workload = current_workload(model);
    if (model.screen == Screen::Models)
        return workload == nullptr ? "Models" : "Models for " + workload->name;
    const auto& report = model.usage.report;
    if (!report || report->period_start.empty()) return "Usage";
    return "Usage, " + format::month_year(report->period_start);
}

Rect show_shell(const AppModel& model, Ui& ui) {
    const Rect all = ui.screen();
    if (is_narrow(ui)) {
        show_phone_bar(model, ui, {0, 0, all.w, space::kTopHeight});
        const Rect rest{0, space::kTopHeight, all.w, std::max(all.h - space::kTopHeight, 1.0F)};
        if (model.is_menu_open) show_phone_menu(model, ui, rest);
        return rest;
    }
    const float rail = rail_width(ui);
    show_rail(model, ui, {0, 0, rail, all.h});
    show_top(model, ui, {rail, 0, all.w - rail, space::kTopHeight});
    return {rail, space::kTopHeight, all.w - rail, std::max(all.h - space::kTopHeight, 1.0F)};
}

void show_screen(const AppModel& model, Ui& ui, const Rect& viewport) {
    const ScreenRow& screen = kScreens[static_cast<std::size_t>(model.screen)];
    auto scope = ui.container(Role::Main, "main", std::string(screen.name), viewport);
    const float side = is_narrow(ui) ? 12 : space::kMainX;
    const float top = is_narrow(ui) ? 12 : space::kMainY;
    if (screen.is_fixed) {
        Rect content = viewport.inset(side, top);
        const float notice = show_notice(model, ui, content);
        content.y += notice;
        content.h -= notice;
        screen.show(model, ui, content);
        return;
    }
    const Rect room = ui.begin_scroll(screen.id, viewport);
    // The bar takes its width from the content, but the right margin gives it back.
    const float right = std::max(side - (viewport.w - room.w), 8.0F);
    Rect content{room.x + side, room.y + top, room.w - side - right, viewport.h - 2 * top};
    const float notice = show_notice(model, ui, content);
    content.y += notice;
    content.h -= notice;
    const float height = screen.show(model, ui, content);
    ui.end_scroll(top + notice + height + top);
}

}  // namespace tokenlever::app
