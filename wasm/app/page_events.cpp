// What the page reports without a widget: the import in its worker, the system's theme, the
// pointer.

#include "history.h"

#include <array>
#include <utility>

namespace tokenlever::app {
namespace {

struct Progress {
    std::string name;
    std::int64_t bytes = -1, total_bytes = -1, rows = -1, files = -1;
    double seconds = -1;
};

// Our own page wrote it: a key that is missing or of a wrong type leaves what is known.
Progress read_progress(std::string_view json) {
    Progress progress;
    const auto document = Json::parse(json);
    if (!document) return progress;
    if (const Json* name = document->find("name")) progress.name = name->text();
    for (const auto& [key, field] :
         {std::pair{"bytes", &Progress::bytes}, std::pair{"total_bytes", &Progress::total_bytes},
          std::pair{"rows", &Progress::rows}, std::pair{"files", &Progress::files}}) {
        const Json* member = document->find(key);
        if (member == nullptr) continue;
        if (const auto count = member->as_count()) progress.*field = *count;
    }
    if (const Json* seconds = document->find("seconds"))
        if (const auto value = seconds->as_double()) progress.seconds = *value;
    return progress;
}

void start_import(AppModel& model, std::string_view value, UpdateContext&) {
    const Progress start = read_progress(value);
    ImportState& usage = model.usage;
    usage.phase = ImportPhase::Running;
    usage.name = start.name;
    usage.files = start.files > 0 ? start.files : 1;
    usage.total_bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(start.bytes, 0));
    usage.bytes = 0;
    usage.rows = 0;
    usage.seconds = 0;
    usage.error.clear();
    model.notice.clear();
    model.screen = Screen::Usage;
    model.is_file_over = false;
    model.announce = "Reading " + usage.name + ".";
}

void advance_import(AppModel& model, std::string_view value, UpdateContext&) {
    const Progress now = read_progress(value);
    ImportState& usage = model.usage;
    usage.phase = ImportPhase::Running;
    if (!now.name.empty()) usage.name = now.name;
    if (now.bytes >= 0) usage.bytes = static_cast<std::uint64_t>(now.bytes);
    if (now.total_bytes >= 0) usage.total_bytes = static_cast<std::uint64_t>(now.total_bytes);
    if (now.rows >= 0) usage.rows = now.rows;
    if (now.seconds >= 0) usage.seconds = now.seconds;
}

void stop_import(AppModel& model) {
    model.usage.phase = model.usage.report ? ImportPhase::Done : ImportPhase::Failed;
    model.usage.error.clear();
}

// What one asked for is no error.
void cancel_import(AppModel& model) {
    stop_import(model);
    model.notice = "The import was cancelled. Nothing was imported.";
    model.is_notice_error = false;
    model.announce = model.notice;
}

void fail_import(AppModel& model, std::string message) {
    stop_import(model);
    model.announce = message;
    model.usage.error = std::move(message);
}

void finish_import(AppModel& model, std::string_view value, UpdateContext&) {
    auto report = read_import_report(value);
    if (!report)
        return fail_import(
            model, "The import's result could not be read: " + error_message(report.error()));
    if (report->all_failed()) return fail_import(model, report->failures());
    ImportState& usage = model.usage;
    if (!report->seconds && usage.seconds > 0) report->seconds = usage.seconds;
    UsageSummary summary = summarize(*report);
    usage.phase = ImportPhase::Done;
    replace_usage(model, {std::move(*report), std::move(summary)});
    model.screen = Screen::Usage;
    model.announce = "The import is done.";
}

void reject_import(AppModel& model, std::string_view value, UpdateContext&) {
    const auto document = Json::parse(value);
    const Json* cancelled = document ? document->find("cancelled") : nullptr;
    if (cancelled != nullptr) return cancel_import(model);
    const auto report = read_import_report(value);
    std::string message =
        report && report->all_failed() ? report->failures() : read_error_message(value);
    fail_import(model, message.empty() ? "The import failed." : std::move(message));
}

void set_system_theme(AppModel& model, std::string_view value, UpdateContext&) {
    model.is_system_dark = value == "dark";
}

void escape(AppModel& model, std::string_view, UpdateContext& context) {
    cancel_gesture(model, context);
    if (std::exchange(model.is_menu_open, false)) model.focus = "menu";
    if (model.details) update(model, OpenModel{}, context);
}

void set_pointer(AppModel& model, std::string_view value, UpdateContext&) {
    model.is_coarse = value == "coarse";
}

void set_file_over(AppModel& model, std::string_view value, UpdateContext&) {
    model.is_file_over = value == "true";
}

void load_scenario(AppModel& model, std::string_view value, UpdateContext& context) {
    auto scenario = read_scenario(value);
    if (scenario) {
        replace_scenario(model, std::move(*scenario), context);
        model.screen = Screen::Calculator;
        return;
    }
    model.notice = "The scenario could not be read. " + error_message(scenario.error());
    model.is_notice_error = true;
    model.announce = model.notice;
}

void navigate(AppModel& model, std::string_view value, UpdateContext&) {
    if (value == "calculator") model.screen = Screen::Calculator;
    if (value == "models") model.screen = Screen::Models;
    if (value == "usage") model.screen = Screen::Usage;
}

struct PageEvent {
    std::string_view kind;
    void (*handle)(AppModel&, std::string_view, UpdateContext&);
};
constexpr std::array<PageEvent, 10> kPageEvents = {{
    {"import_started", start_import},
    {"import_progress", advance_import},
    {"import_done", finish_import},
    {"import_failed", reject_import},
    {"system_theme", set_system_theme},
    {"pointer", set_pointer},
    {"escape", escape},
    {"file_drag", set_file_over},
    {"load_scenario", load_scenario},
    {"navigate", navigate},
}};

}  // namespace

void handle_page_event(AppModel& model, std::string_view kind, std::string_view value,
                       UpdateContext& context) {
    for (const PageEvent& event : kPageEvents)
        if (event.kind == kind) return event.handle(model, value, context);
}

}  // namespace tokenlever::app
