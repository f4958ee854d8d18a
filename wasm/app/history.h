#pragma once

// The one way to change the scenario or the import: every change is a step that can be undone, and
// undone steps can be had back.

#include "update.h"

#include <string>
#include <utility>

namespace tokenlever::app {

// The scenario is not as `before`: one step, or, within a gesture, more of the same step. Evaluates
// the scenario.
void remember(AppModel& model, const UpdateContext& context, Scenario before,
              std::string gesture = {});

// Runs `change` on the scenario. Nothing has happened if that leaves it as it was.
template <typename Change>
void edit(AppModel& model, const UpdateContext& context, Change change, std::string gesture = {}) {
    Scenario before = model.scenario;
    change(model.scenario);
    if (model.scenario == before) return;
    remember(model, context, std::move(before), std::move(gesture));
}

void undo(AppModel& model, const UpdateContext& context);
void redo(AppModel& model, const UpdateContext& context);
// What a drag under way has changed is as before it.
void cancel_gesture(AppModel& model, const UpdateContext& context);

// Another scenario in place of the whole.
void replace_scenario(AppModel& model, Scenario scenario, const UpdateContext& context);
// Another import in place of the one that stands, or none.
void replace_usage(AppModel& model, ImportAside usage);

}  // namespace tokenlever::app
