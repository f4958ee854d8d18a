#pragma once

// The only code that changes the model. Slow work is an effect that the page runs; an evaluation
// takes a fraction of a millisecond and is done here.

#include "action.h"

#include <span>
#include <string>
#include <vector>

namespace tokenlever::app {

struct UpdateContext {
    const PriceBook& book;
    Instant now;
    std::vector<std::string>& effects;  // JSON objects
};

// One sentence on what was done, on the screen and to a screen reader.
void say(AppModel& model, std::string sentence, bool is_error = false);

void update(AppModel& model, const Action& action, UpdateContext& context);

// An action of the page without a node: imports, theme, pointer, a scenario to load (app.h, act()).
void handle_page_event(AppModel& model, std::string_view kind, std::string_view value,
                       UpdateContext& context);

// Evaluates the scenario that stands in the model.
void evaluate_model(AppModel& model, const UpdateContext& context);
// The keyboard goes to that part of the workload's card.
void focus_workload(AppModel& model, std::string_view id, std::string_view key);

}  // namespace tokenlever::app
