#pragma once

// The commands of the bar and the buttons without a parameter.

#include "update.h"

namespace tokenlever::app {

void run(AppModel& model, Command command, UpdateContext& context);

}  // namespace tokenlever::app
