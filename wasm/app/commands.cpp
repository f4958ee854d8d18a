#include "commands.h"

#include "effect.h"
#include "format.h"
#include "history.h"
#include "model_details.h"
#include "scenario_edit.h"
#include "usage_export.h"
#include "usage_facts.h"

#include <utility>

namespace tokenlever::app {
namespace {

std::string file_name(const Scenario& scenario) {
    std::string name;
    for (const char c : scenario.name) {
        const bool is_plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        name += is_plain ? c : '-';
    }
    return (name.empty() ? "scenario" : name) + ".scenario.json";
}

void copy(AppModel& model, UpdateContext& context, const std::string& text, std::string said) {
    context.effects.push_back(effect("copy", {{"text", text}}));
    say(model, std::move(said));
}

void download(AppModel& model, UpdateContext& context, const std::string& name,
              std::string_view mime, const std::string& text, std::string_view what) {
    context.effects.push_back(effect("download", {{"name", name}, {"mime", mime}, {"text", text}}));
    say(model, std::string(what) + " is saved as " + name + ".");
}

// Copy, Export and Reset act on what is on the screen.
void copy_shown(AppModel& model, UpdateContext& context) {
    if (model.screen == Screen::Models)
        return copy(model, context, to_tsv(model_text_table(model)),
                    "The listed models are on the clipboard, as a table for a spreadsheet.");
    if (model.screen != Screen::Usage)
        return copy(model, context, write_scenario(model.scenario),
                    "The scenario is on the clipboard, as JSON.");
    if (model.usage.report)
        copy(model, context, usage_tsv(*model.usage.report),
             "The usage is on the clipboard, as a table for a spreadsheet.");
}

void download_shown(AppModel& model, UpdateContext& context) {
    if (model.screen == Screen::Models)
        return download(model, context, "models.csv", "text/csv", to_csv(model_text_table(model)),
                        "The list of models");
    if (model.screen != Screen::Usage)
        return download(model, context, file_name(model.scenario), "application/json",
                        write_scenario(model.scenario), "The scenario");
    if (model.usage.report)
        download(model, context, usage_file_name(*model.usage.report), "text/csv",
                 usage_csv(*model.usage.report), "The usage");
}

void copy_explanation(AppModel& model, UpdateContext& context) {
    const Workload* workload = current_workload(model);
    if (model.details && workload != nullptr)
        copy(model, context, to_text(*model.details, *workload),
             "The explanation is on the clipboard, as text.");
}

void reset_shown(AppModel& model, const UpdateContext& context) {
    if (model.screen == Screen::Usage) {
        if (!model.usage.report) return;
        replace_usage(model, {});
        return say(model, "The import is cleared. Undo brings it back.");
    }
    replace_scenario(model, example_scenario(context.now), context);
    say(model, "The example is back. Undo brings yours again.");
}

void use_usage(AppModel& model, const UpdateContext& context) {
    if (!model.usage.report) return;
    const Scenario& current = model.scenario;
    UsageWorkloads found = workloads_from_usage(*model.usage.report, context.book, current.at,
                                                current.hours_per_month);
    if (found.workloads.empty())
        return say(model,
                   "The price book knows none of these models, so there is no workload to make.",
                   true);
    Scenario next = current;
    next.name = "From usage";
    next.uncertainty.clear();
    next.workloads.clear();
    for (Workload& workload : found.workloads) {
        workload.id = free_workload_id(next, workload.id);
        workload.name = free_workload_name(next, workload.name);
        next.workloads.push_back(std::move(workload));
    }
    for (Lever& lever : next.levers) {
        lever.workloads.clear();
        auto* cache = std::get_if<PromptCache>(&lever.settings);
        lever.is_enabled = cache != nullptr && found.hit_rate.has_value();
        if (cache == nullptr || !found.hit_rate) continue;
        *cache = PromptCache{{}, *found.hit_rate, std::nullopt};
    }
    replace_scenario(model, std::move(next), context);
    model.screen = Screen::Calculator;
    model.focus = kTitleId;
    std::string text = "Your usage as a month of " + format::count(current.hours_per_month) +
                       " hours: " +
                       format::plural(static_cast<std::int64_t>(model.scenario.workloads.size()),
                                      "workload", "workloads") +
                       ". The levers are off, except the cache you have.";
    for (const std::string& name : found.unknown_models)
        text += " " + name + " is left out: no price.";
    say(model, std::move(text));
}

void cycle_theme(AppModel& model, UpdateContext& context) {
    // From "as the system" first to the other one, so that the first press shows something.
    const ThemeChoice other = model.is_system_dark ? ThemeChoice::Light : ThemeChoice::Dark;
    const ThemeChoice same = model.is_system_dark ? ThemeChoice::Dark : ThemeChoice::Light;
    if (model.theme == ThemeChoice::System)
        model.theme = other;
    else
        model.theme = model.theme == other ? same : ThemeChoice::System;
    context.effects.push_back(effect("theme", {{"value", to_id(model.theme)}}));
}

}  // namespace

void run(AppModel& model, Command command, UpdateContext& context) {
    switch (command) {
        case Command::Undo: return undo(model, context);
        case Command::Redo: return redo(model, context);
        case Command::Reset: return reset_shown(model, context);
        case Command::Copy: return copy_shown(model, context);
        case Command::Export: return download_shown(model, context);
        case Command::CopyExplanation: return copy_explanation(model, context);
        case Command::CycleTheme: return cycle_theme(model, context);
        case Command::AddWorkload:
            edit(model, context,
                 [&](Scenario& scenario) { model.open_workload = add_workload(scenario); });
            return focus_workload(model, model.open_workload, "name");
        case Command::PickFile: return context.effects.push_back(effect("pick_file"));
        case Command::CancelImport: return context.effects.push_back(effect("cancel_import"));
        case Command::UseUsageAsWorkloads: return use_usage(model, context);
        case Command::DismissNotice: return model.notice.clear();
        case Command::EndGesture: return model.history.gesture.clear();
        case Command::CloseList: return model.open_list.reset();
    }
}

}  // namespace tokenlever::app
