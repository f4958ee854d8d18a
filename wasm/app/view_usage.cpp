// The Usage screen: how its cards stand, and the card of the import itself.

#include "format.h"
#include "usage_facts.h"
#include "views.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tokenlever::app {
namespace {

constexpr float kTwoColumns = 900;
constexpr float kRightColumn = 360;

struct FormatWords {
    std::string_view id, name;
};
constexpr std::array<FormatWords, 3> kFormats = {{{"litellm.spend_logs.csv", "LiteLLM spend log"},
                                                  {"litellm.spend_logs.json", "LiteLLM spend log"},
                                                  {"openai.usage.json", "OpenAI usage API"}}};

std::string format_name(std::string_view id) {
    for (const FormatWords& words : kFormats)
        if (words.id == id) return std::string(words.name);
    return std::string(id);
}

float button(Ui& ui, float right, float center_y, const ButtonSpec& spec, Command command) {
    const float width = ui.button_width(spec);
    const float height = ui.control_height();
    if (ui.button({right - width, center_y - height / 2, width, height}, spec))
        ui.emit(Run{command});
    return width;
}

ButtonSpec pick_button(std::string label, ButtonKind kind) {
    return {
        .id = "usage.pick",
        .label = std::move(label),
        .kind = kind,
        .icon = Icon::Upload,
        .description = "Opens the file dialog. The file is read in this page and goes nowhere."};
}

// ---- before the first import
// ------------------------------------------------------------------------

float show_drop_zone(const AppModel& model, Ui& ui, const Rect& at) {
    const Rect zone{at.x, at.y, at.w, 250};
    ui.card(zone);
    if (model.is_file_over) {
        ui.fill(zone.inset(8, 8), Color::AccentSoft, 8);
        ui.outline(zone.inset(8, 8), Color::Accent, 8, 2);
    }
    const Rect middle = zone.inset(16, 0);
    const float x = zone.center_x();
    ui.fill({x - 24, zone.y + 34, 48, 48}, Color::AccentSoft, 24);
    ui.icon({x - 11, zone.y + 47, 22, 22}, Icon::Upload, Color::Accent);
    ui.text({middle.x, zone.y + 94, middle.w, 24}, TextStyle::Title, Color::Text,
            model.is_file_over ? "Let go to read the files" : "Drop a usage file here",
            Align::Center);
    ui.text({middle.x, zone.y + 120, middle.w, 20}, TextStyle::Body, Color::Text2, kFormatsRead,
            Align::Center);
    const ButtonSpec spec = pick_button("Choose files", ButtonKind::Primary);
    button(ui, x + ui.button_width(spec) / 2, zone.y + 174, spec, Command::PickFile);
    ui.text({middle.x, zone.y + 206, middle.w, 18}, TextStyle::Small, Color::Text3,
            "Files are read in this page. Nothing is uploaded.", Align::Center);
    return zone.h;
}

// ---- while it runs
// ----------------------------------------------------------------------------------

std::string progress_text(const ImportState& usage) {
    std::string text = format::bytes(usage.bytes);
    if (usage.total_bytes > 0) text += " of " + format::bytes(usage.total_bytes);
    text += " \u00b7 " + format::plural(usage.rows, "row", "rows");
    if (usage.seconds > 0.05)
        text +=
            " \u00b7 " + format::rate(static_cast<double>(usage.rows) / usage.seconds, "rows/s");
    return text;
}

float show_running(const AppModel& model, Ui& ui, const Rect& at) {
    const ImportState& usage = model.usage;
    const Rect card{at.x, at.y, at.w, ui.is_coarse() ? 128.0F : 104.0F};
    ui.card(card);
    const Rect inner = card.inset(space::kCardPad, 0);
    const ButtonSpec cancel{.id = "usage.cancel", .label = "Cancel", .icon = Icon::Close};
    const float room = inner.w - ui.button_width(cancel) - 16;
    ui.text({inner.x, card.y + 16, room, 20}, TextStyle::BodyStrong, Color::Text,
            "Reading " + usage.name);
    button(ui, inner.right(), card.y + 16 + ui.control_height() / 2, cancel, Command::CancelImport);
    const double share = usage.total_bytes == 0 ? 0
                                                : static_cast<double>(usage.bytes) /
                                                      static_cast<double>(usage.total_bytes);
    const std::string text = progress_text(usage);
    ui.progress({inner.x, card.bottom() - 44, inner.w, 6}, "usage.progress", "Import", share, text);
    ui.text({inner.x, card.bottom() - 32, inner.w, 18}, TextStyle::Small, Color::Text2, text);
    return card.h;
}

// ---- when it is done
// --------------------------------------------------------------------------------

std::string speed_text(const ImportReport& report) {
    if (!report.seconds || *report.seconds <= 0) return {};
    const double per_second = static_cast<double>(report.bytes()) / *report.seconds;
    return format::seconds(*report.seconds) + " \u00b7 " +
           format::bytes(static_cast<std::uint64_t>(per_second)) + "/s";
}

std::string file_title(const ImportReport& report) {
    if (report.files.size() == 1) return report.files.front().path;
    const auto all = static_cast<std::int64_t>(report.files.size());
    const auto failed = std::count_if(report.files.begin(), report.files.end(),
                                      [](const auto& file) { return !file.error.empty(); });
    const std::string files = format::plural(all, "file", "files");
    return failed == 0 ? files : format::count(all - failed) + " of " + files;
}

// Of the first file that was read.
std::string format_title(const ImportReport& report) {
    for (const ImportedFile& file : report.files)
        if (file.error.empty()) return format_name(file.format);
    return {};
}

void show_file_line(Ui& ui, const Rect& row, const ImportReport& report) {
    const std::string title = file_title(report);
    const std::string format = format_title(report);
    const std::string size = format::bytes(report.bytes());
    const float tags =
        ui.text_width(TextStyle::Caption, format) + ui.text_width(TextStyle::Caption, size) + 46;
    const float width =
        std::min(ui.text_width(TextStyle::BodyStrong, title) + 1, std::max(row.w - tags, 80.0F));
    ui.text(row.left_part(width), TextStyle::BodyStrong, Color::Text, title);
    float x = row.x + width + 10;
    for (const auto& [text, kind] :
         {std::pair{format, TagKind::Low}, std::pair{size, TagKind::Neutral}}) {
        if (x + ui.text_width(TextStyle::Caption, text) + 14 > row.right()) break;
        x += ui.tag(x, row.center_y(), kind, text) + 5;
    }
}

std::vector<ButtonSpec> done_buttons(const AppModel& model) {
    return {pick_button("Choose files", ButtonKind::Plain),
            {.id = "usage.report", .label = "Import report", .expanded = model.is_report_open},
            {.id = "usage.use",
             .label = "Use as my workload",
             .kind = ButtonKind::Primary,
             .description = "Turns the largest models into workloads of the calculator"}};
}

void run_done_button(Ui& ui, const Rect& rect, const ButtonSpec& spec) {
    if (!ui.button(rect, spec)) return;
    if (spec.id == "usage.pick") ui.emit(Run{Command::PickFile});
    if (spec.id == "usage.report") ui.emit(Toggle{Panel::ImportReport});
    if (spec.id == "usage.use") ui.emit(Run{Command::UseUsageAsWorkloads});
}

// In one row at the right, or, where there is no room, below in rows of their own.
float show_done_buttons(const AppModel& model, Ui& ui, const Rect& at) {
    float x = at.x;
    float y = at.y;
    const float height = ui.control_height();
    for (const ButtonSpec& spec : done_buttons(model)) {
        const float width = ui.button_width(spec);
        if (x > at.x && x + width > at.right()) {
            x = at.x;
            y += height + 8;
        }
        run_done_button(ui, {x, y, width, height}, spec);
        x += width + 8;
    }
    return y + height - at.y;
}

float show_done(const AppModel& model, Ui& ui, const Rect& at) {
    const ImportReport& report = *model.usage.report;
    const Rect inner{at.x + space::kCardPad, at.y + 14, at.w - 2 * space::kCardPad, 0};
    float buttons = -8;
    for (const ButtonSpec& spec : done_buttons(model))
        buttons += ui.button_width(spec) + 8;
    const bool is_wide = inner.w > buttons + 420;
    const float words = is_wide ? inner.w - buttons - 24 : inner.w;
    const std::string speed = speed_text(report);
    const float speed_width =
        speed.empty() || !is_wide ? 0 : ui.text_width(TextStyle::Small, speed) + 12;
    show_file_line(ui, {inner.x, inner.y, words - speed_width, 22}, report);
    if (speed_width > 0)
        ui.text({inner.x + words - speed_width, inner.y, speed_width - 8, 22}, TextStyle::Small,
                Color::Text3, speed, Align::Right);
    float y = inner.y + 26;
    for (const std::string& sentence : {model.usage.summary.rows, model.usage.summary.money})
        if (!sentence.empty())
            y += ui.paragraph({inner.x, y, words, 0}, TextStyle::Small, Color::Text3, sentence);
    if (!is_wide) y += 10 + show_done_buttons(model, ui, {inner.x, y + 10, inner.w, 0});
    const Rect card{at.x, at.y, at.w, y + 14 - at.y};
    if (is_wide)
        show_done_buttons(
            model, ui,
            {inner.right() - buttons, card.center_y() - ui.control_height() / 2, buttons + 1, 0});
    ui.card(card);
    if (model.is_file_over) ui.outline(card, Color::Accent, space::kCardRadius, 2);
    return card.h;
}

}  // namespace

float show_import(const AppModel& model, Ui& ui, const Rect& at) {
    auto scope = ui.container(Role::Region, "import", "Import");
    float y = at.y;
    if (model.usage.phase == ImportPhase::Running)
        y += show_running(model, ui, at);
    else if (model.usage.report)
        y += show_done(model, ui, at);
    else
        y += show_drop_zone(model, ui, at);
    const bool has_report = model.usage.report && model.usage.phase != ImportPhase::Running;
    if (const std::string failed = has_report ? model.usage.report->failures() : "";
        !failed.empty())
        y += 12 + ui.note({at.x, y + 12, at.w, 0}, Role::Alert, "Not imported", failed);
    if (!model.usage.error.empty())
        y += 12 + ui.note({at.x, y + 12, at.w, 0}, Role::Alert, "Not imported", model.usage.error);
    scope.set_rect({at.x, at.y, at.w, y - at.y});
    return y - at.y;
}

float show_usage(const AppModel& model, Ui& ui, const Rect& content) {
    float y = content.y + show_import(model, ui, content) + space::kGap;
    if (!model.usage.report) return y - space::kGap - content.y;
    if (model.is_report_open)
        y += show_import_report(model, ui, {content.x, y, content.w, 0}) + space::kGap;
    if (content.w < kTwoColumns) {
        y += show_daily_cost(model, ui, {content.x, y, content.w, 0}) + space::kGap;
        y += show_usage_facts(model, ui, {content.x, y, content.w, 0}, 0) + space::kGap;
        y += show_usage_tables(model, ui, {content.x, y, content.w, 0}, 0);
        return y - content.y;
    }
    const float right = std::min(kRightColumn, content.w * 0.36F);
    const Rect first{content.x, y, content.w - right - space::kGap, 0};
    const float bottom = model.is_report_open ? 0 : content.bottom();
    float left_y = y + show_daily_cost(model, ui, first) + space::kGap;
    left_y += show_usage_tables(model, ui, {first.x, left_y, first.w, 0}, bottom - left_y);
    const float height =
        show_usage_facts(model, ui, {first.right() + space::kGap, y, right, 0}, left_y - y);
    return std::max(left_y, y + height) - content.y;
}

}  // namespace tokenlever::app
