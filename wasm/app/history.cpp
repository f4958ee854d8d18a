#include "history.h"

namespace tokenlever::app {
namespace {

void exchange(ImportState& usage, ImportAside& aside) {
    std::swap(usage.report, aside.report);
    std::swap(usage.summary, aside.summary);
    usage.error.clear();
    if (usage.phase != ImportPhase::Running)
        usage.phase = usage.report ? ImportPhase::Done : ImportPhase::None;
}

// One step, shown on the screen that it has changed.
void travel(AppModel& model, const UpdateContext& context, std::vector<HistoryStep>& from,
            std::vector<HistoryStep>& to) {
    if (from.empty()) return;
    HistoryStep step = std::move(from.back());
    from.pop_back();
    model.history.gesture.clear();
    if (step.usage) {
        exchange(model.usage, *step.usage);
        model.screen = Screen::Usage;
        model.announce = model.usage.report ? "The import is back." : "There is no import.";
    }
    if (step.scenario) {
        std::swap(model.scenario, *step.scenario);
        model.field_errors.clear();
        if (model.screen == Screen::Usage) model.screen = Screen::Calculator;
        evaluate_model(model, context);
    }
    to.push_back(std::move(step));
}

}  // namespace

void remember(AppModel& model, const UpdateContext& context, Scenario before, std::string gesture) {
    const bool goes_on = !gesture.empty() && gesture == model.history.gesture;
    if (!goes_on) model.history.undo.push_back({.scenario = std::move(before)});
    model.history.redo.clear();
    model.history.gesture = std::move(gesture);
    evaluate_model(model, context);
}

void undo(AppModel& model, const UpdateContext& context) {
    travel(model, context, model.history.undo, model.history.redo);
}

void redo(AppModel& model, const UpdateContext& context) {
    travel(model, context, model.history.redo, model.history.undo);
}

void cancel_gesture(AppModel& model, const UpdateContext& context) {
    if (model.history.gesture.empty()) return;
    model.history.gesture.clear();
    model.scenario = std::move(*model.history.undo.back().scenario);
    model.history.undo.pop_back();
    evaluate_model(model, context);
}

void replace_scenario(AppModel& model, Scenario scenario, const UpdateContext& context) {
    edit(model, context, [&](Scenario& current) { current = std::move(scenario); });
    model.field_errors.clear();
    model.open_workload =
        model.scenario.workloads.empty() ? std::string() : model.scenario.workloads.front().id;
}

void replace_usage(AppModel& model, ImportAside usage) {
    exchange(model.usage, usage);
    model.history.undo.push_back({.usage = std::move(usage)});
    model.history.redo.clear();
    model.history.gesture.clear();
    model.is_report_open = false;
}

}  // namespace tokenlever::app
