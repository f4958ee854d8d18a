#include "update.h"

#include "commands.h"
#include "format.h"
#include "history.h"
#include "scenario_edit.h"

#include <algorithm>
#include <utility>

namespace tokenlever::app {
namespace {

std::string headline(const Evaluation& evaluation) {
    if (!evaluation.optimized.monthly_cost) return "The cost is not known: a price is missing.";
    const std::string cost =
        "Optimised " + format::money(*evaluation.optimized.monthly_cost) + " per month";
    if (!evaluation.saving_share) return cost + ".";
    return cost + ", saving " + format::percent(*evaluation.saving_share, 1) + ".";
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

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

void set_name(AppModel& model, const SetWorkloadField& action, const UpdateContext& context) {
    const std::string name = trimmed(action.text);
    if (name.empty()) return refuse(model, action, "A workload needs a name.");
    edit(model, context, [&](Scenario& scenario) { rename_workload(scenario, action.id, name); });
}

void explain_open_model(AppModel& model, const UpdateContext& context) {
    const Workload* workload = current_workload(model);
    if (!model.details || workload == nullptr) return;
    model.details =
        explain_model(context.book, model.scenario, *workload, std::string(model.details->id));
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
            case Panel::Menu:
                model.is_menu_open = !model.is_menu_open;
                model.focus = model.is_menu_open ? "nav.calculator" : "menu";
                break;
            case Panel::ImportReport: model.is_report_open = !model.is_report_open; break;
            case Panel::WaterfallTable:
                model.shows_waterfall_table = !model.shows_waterfall_table;
                break;
            case Panel::CostTable: model.shows_cost_table = !model.shows_cost_table; break;
        }
    }
    void operator()(const SetScenarioName& action) {
        const std::string name = trimmed(action.text);
        if (name.empty()) return say(model, "A scenario needs a name.", true);
        edit(model, context, [&](Scenario& scenario) { scenario.name = name; });
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
        focus_workload(model, model.open_workload, "name");
    }
    void operator()(const RemoveWorkload& action) {
        const auto& workloads = model.scenario.workloads;
        const auto removed = std::ranges::find(workloads, action.id, &Workload::id);
        const auto index = static_cast<std::size_t>(removed - workloads.begin());
        edit(model, context, [&](Scenario& scenario) { remove_workload(scenario, action.id); });
        if (model.open_workload == action.id) model.open_workload = workloads.front().id;
        const Workload& next = workloads[std::min(index, workloads.size() - 1)];
        focus_workload(model, next.id, workloads.size() == 1 ? "add" : "open");
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
    void operator()(const SearchModels& action) {
        model.models.query = action.query;
        arrange_models(model);
    }
    void operator()(const FilterModelProvider& action) {
        model.models.provider = action.provider;
        arrange_models(model);
    }
    void operator()(const FilterModelLabel& action) {
        model.models.label.reset();
        model.models.has_imported = action.label == kEveryPrice;
        for (std::size_t i = 0; i < kPriceLabelCount; ++i)
            if (words_of(static_cast<PriceLabel>(i)) == action.label)
                model.models.label = static_cast<PriceLabel>(i);
        arrange_models(model);
    }
    void operator()(const SortModels& action) {
        ModelTable& table = model.models;
        table.is_descending = table.sort == action.column ? !table.is_descending
                                                          : action.column == ModelColumn::Context;
        table.sort = action.column;
        arrange_models(model);
    }
    void operator()(const ShowModelPage& action) { model.models.page = action.page; }
    void operator()(const PriceModelsFor& action) {
        model.open_workload = action.workload;
        explain_open_model(model, context);
    }
    void operator()(const OpenModel& action) {
        model.focus =
            action.id.empty() && model.details ? "model." + model.details->id : "details.close";
        model.details.reset();
        if (action.id.empty()) return;
        model.details = ModelDetails{.id = action.id};
        explain_open_model(model, context);
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

void say(AppModel& model, std::string sentence, bool is_error) {
    model.announce = sentence;
    model.notice = std::move(sentence);
    model.is_notice_error = is_error;
}

void focus_workload(AppModel& model, std::string_view id, std::string_view key) {
    model.focus = "workload." + std::string(id) + "." + std::string(key);
}

void evaluate_model(AppModel& model, const UpdateContext& context) {
    if (model.catalog.at != model.scenario.at) {
        model.catalog = make_catalog(context.book, model.scenario.at);
        arrange_models(model);
    }
    explain_open_model(model, context);
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
