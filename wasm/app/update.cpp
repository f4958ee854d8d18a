#include "update.h"

#include "format.h"
#include "scenario_edit.h"
#include "semantics.h"
#include "usage_facts.h"

#include <algorithm>
#include <utility>

namespace tokenlever::app {
namespace {

constexpr std::string_view kScenarioMime = "application/json";

std::string effect(
    std::string_view type,
    std::initializer_list<std::pair<std::string_view, std::string_view>> members = {}) {
    std::string out = "{\"type\":";
    append_json_string(out, type);
    for (const auto& [key, value] : members) {
        out += ',';
        append_json_string(out, key);
        out += ':';
        append_json_string(out, value);
    }
    return out + "}";
}

void say(AppModel& model, std::string sentence, bool is_error = false) {
    model.announce = sentence;
    model.notice = std::move(sentence);
    model.is_notice_error = is_error;
}

std::string headline(const Evaluation& evaluation) {
    if (!evaluation.optimized.monthly_cost) return "The cost is not known: a price is missing.";
    const std::string cost =
        "Optimised " + format::money(*evaluation.optimized.monthly_cost) + " per month";
    if (!evaluation.saving_share) return cost + ".";
    return cost + ", saving " + format::percent(*evaluation.saving_share, 1) + ".";
}

// Runs `change` on the scenario as one step of undo; steps of one gesture are one.
template <typename Change>
void edit(AppModel& model, const UpdateContext& context, Change change, std::string gesture = {}) {
    Scenario before = model.scenario;
    change(model.scenario);
    if (model.scenario == before) return;
    const bool goes_on = !gesture.empty() && gesture == model.history.gesture;
    if (!goes_on) model.history.undo.push_back(std::move(before));
    model.history.redo.clear();
    model.history.gesture = std::move(gesture);
    evaluate_model(model, context);
}

void travel(AppModel& model, const UpdateContext& context, std::vector<Scenario>& from,
            std::vector<Scenario>& to) {
    if (from.empty()) return;
    to.push_back(std::move(model.scenario));
    model.scenario = std::move(from.back());
    from.pop_back();
    model.history.gesture.clear();
    model.field_errors.clear();
    evaluate_model(model, context);
}

std::string file_name(const Scenario& scenario) {
    std::string name;
    for (const char c : scenario.name) {
        const bool is_plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        name += is_plain ? c : '-';
    }
    return (name.empty() ? "scenario" : name) + ".scenario.json";
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

void run(AppModel& model, Command command, UpdateContext& context) {
    switch (command) {
        case Command::Undo: return travel(model, context, model.history.undo, model.history.redo);
        case Command::Redo: return travel(model, context, model.history.redo, model.history.undo);
        case Command::Reset:
            replace_scenario(model, example_scenario(context.now), context);
            return say(model, "The example is back. Undo brings yours again.");
        case Command::CopyScenario:
            context.effects.push_back(effect("copy", {{"text", write_scenario(model.scenario)}}));
            return say(model, "The scenario is on the clipboard, as JSON.");
        case Command::DownloadScenario:
            context.effects.push_back(
                effect("download", {{"name", file_name(model.scenario)},
                                    {"mime", kScenarioMime},
                                    {"text", write_scenario(model.scenario)}}));
            return say(model, "The scenario is saved as " + file_name(model.scenario) + ".");
        case Command::CycleTheme: return cycle_theme(model, context);
        case Command::AddWorkload:
            return edit(model, context,
                        [&](Scenario& scenario) { model.open_workload = add_workload(scenario); });
        case Command::PickFile: return context.effects.push_back(effect("pick_file"));
        case Command::CancelImport: return context.effects.push_back(effect("cancel_import"));
        case Command::UseUsageAsWorkloads: return use_usage(model, context);
        case Command::DismissNotice: return model.notice.clear();
        case Command::EndGesture: return model.history.gesture.clear();
        case Command::CloseList: return model.open_list.reset();
    }
}

// ---- fields
// -----------------------------------------------------------------------------------------

void clear_error(AppModel& model, std::string_view node_id) {
    std::erase_if(model.field_errors,
                  [&](const FieldError& error) { return error.node_id == node_id; });
}

void refuse(AppModel& model, const SetWorkloadField& action, std::string message) {
    clear_error(model, action.node_id);
    model.announce = message;
    model.field_errors.push_back({action.node_id, action.text, std::move(message)});
}

Decimal* number_field(Workload& workload, WorkloadField field) {
    switch (field) {
        case WorkloadField::Name: return nullptr;
        case WorkloadField::Requests: return &workload.requests_per_month;
        case WorkloadField::Prefix: return &workload.prefix_tokens;
        case WorkloadField::OtherInput: return &workload.other_input_tokens;
        case WorkloadField::Output: return &workload.output_tokens;
    }
    return nullptr;
}

std::string quoted(std::string_view text) { return "\u201c" + excerpt(text) + "\u201d"; }

void set_number(AppModel& model, const SetWorkloadField& action, const UpdateContext& context) {
    const Decimal most = action.field == WorkloadField::Requests ? Decimal(1'000'000'000'000)
                                                                 : Decimal(1'000'000'000);
    const auto value = format::parse_number(action.text);
    if (!value)
        return refuse(
            model, action,
            quoted(action.text) + " is not a number. Type digits, such as 1,000 or 1.5M.");
    if (*value < Decimal(0) || *value > most)
        return refuse(model, action,
                      quoted(action.text) + " is not between 0 and " + format::count(most) + ".");
    edit(model, context, [&](Scenario& scenario) {
        if (Workload* workload = find_workload(scenario, action.id))
            *number_field(*workload, action.field) = *value;
    });
}

void set_name(AppModel& model, const SetWorkloadField& action, const UpdateContext& context) {
    const std::size_t first = action.text.find_first_not_of(' ');
    if (first == std::string::npos) return refuse(model, action, "A workload needs a name.");
    const std::string name =
        action.text.substr(first, action.text.find_last_not_of(' ') + 1 - first);
    edit(model, context, [&](Scenario& scenario) {
        if (Workload* workload = find_workload(scenario, action.id)) workload->name = name;
    });
}

// ---- one function per action
// ------------------------------------------------------------------------

struct Updater {
    AppModel& model;
    UpdateContext& context;

    void operator()(const Run& action) { run(model, action.command, context); }
    void operator()(const Navigate& action) {
        model.screen = action.screen;
        model.is_menu_open = false;
    }
    void operator()(const Toggle& action) {
        switch (action.panel) {
            case Panel::Menu: model.is_menu_open = !model.is_menu_open; break;
            case Panel::ImportReport: model.is_report_open = !model.is_report_open; break;
            case Panel::WaterfallTable:
                model.shows_waterfall_table = !model.shows_waterfall_table;
                break;
            case Panel::CostTable: model.shows_cost_table = !model.shows_cost_table; break;
        }
    }
    void operator()(const OpenWorkload& action) {
        model.open_workload = model.open_workload == action.id ? std::string() : action.id;
    }
    void operator()(const SetWorkloadField& action) {
        clear_error(model, action.node_id);
        if (action.field == WorkloadField::Name)
            set_name(model, action, context);
        else
            set_number(model, action, context);
    }
    void operator()(const SetWorkloadModel& action) {
        edit(model, context, [&](Scenario& scenario) {
            if (Workload* workload = find_workload(scenario, action.id))
                workload->model = action.model;
        });
    }
    void operator()(const DuplicateWorkload& action) {
        edit(model, context, [&](Scenario& scenario) {
            model.open_workload = duplicate_workload(scenario, action.id);
        });
    }
    void operator()(const RemoveWorkload& action) {
        edit(model, context, [&](Scenario& scenario) { remove_workload(scenario, action.id); });
        if (model.open_workload == action.id)
            model.open_workload = model.scenario.workloads.front().id;
    }
    void operator()(const ToggleLever& action) {
        edit(model, context, [&](Scenario& scenario) {
            if (Lever* lever = find_lever(scenario, action.id))
                lever->is_enabled = !lever->is_enabled;
        });
    }
    void operator()(const SetLeverShare& action) {
        const std::string gesture = action.is_dragging ? "share " + action.id : std::string();
        edit(
            model, context,
            [&](Scenario& scenario) {
                if (Lever* lever = find_lever(scenario, action.id)) set_share(*lever, action.share);
            },
            gesture);
    }
    void operator()(const SetRouteModel& action) {
        edit(model, context, [&](Scenario& scenario) {
            Lever* lever = find_lever(scenario, action.id);
            auto* routing = lever == nullptr ? nullptr : std::get_if<Routing>(&lever->settings);
            if (routing != nullptr && !routing->routes.empty())
                routing->routes.front().to = action.model;
        });
    }
    void operator()(const SetCacheTtl& action) {
        edit(model, context, [&](Scenario& scenario) {
            Lever* lever = find_lever(scenario, action.id);
            auto* cache = lever == nullptr ? nullptr : std::get_if<PromptCache>(&lever->settings);
            if (cache != nullptr) cache->ttl = action.ttl;
        });
    }
    void operator()(const MoveLever& action) {
        edit(model, context,
             [&](Scenario& scenario) { move_lever(scenario, action.id, action.to); });
    }
    void operator()(const OpenOptions& action) {
        model.open_list = OpenList{action.list_id, {}, 0};
    }
    void operator()(const FilterOptions& action) {
        model.open_list = OpenList{action.list_id, action.query, 0};
    }
    void operator()(const ActivateOption& action) {
        if (model.open_list) model.open_list->active = action.index;
    }
};

// What a person does next makes the last command's sentence old news.
bool keeps_notice(const Action& action) {
    const auto* command = std::get_if<Run>(&action);
    return command != nullptr &&
           (command->command == Command::EndGesture || command->command == Command::CloseList);
}

}  // namespace

void evaluate_model(AppModel& model, const UpdateContext& context) {
    auto result = evaluate(model.scenario, context.book);
    model.evaluation_error.clear();
    if (!result) {
        model.evaluation.reset();
        model.workload_costs.clear();
        model.evaluation_error = error_message(result.error());
        model.announce = model.evaluation_error;
        return;
    }
    model.evaluation = std::move(*result);
    model.workload_costs = group_by_workload(model.evaluation->baseline, model.scenario);
    model.announce = headline(*model.evaluation);
}

void replace_scenario(AppModel& model, Scenario scenario, const UpdateContext& context) {
    edit(model, context, [&](Scenario& current) { current = std::move(scenario); });
    model.field_errors.clear();
    model.open_workload =
        model.scenario.workloads.empty() ? std::string() : model.scenario.workloads.front().id;
}

void update(AppModel& model, const Action& action, UpdateContext& context) {
    if (!keeps_notice(action)) model.notice.clear();
    std::visit(Updater{model, context}, action);
}

const FieldError* AppModel::error_of(std::string_view node_id) const {
    for (const FieldError& error : field_errors)
        if (error.node_id == node_id) return &error;
    return nullptr;
}

}  // namespace tokenlever::app
