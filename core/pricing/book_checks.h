#pragma once

// What must hold between the parts of one price document. Errors carry the JSON pointer.

#include "base/json.h"
#include "base/result.h"
#include "pricing/price_book.h"

#include <string>

namespace tokenlever {

// Cards in order of time, no two at one instant, no gap that is not stated. `json` is where the
// model was read from.
Result<void> check_cards(const Model& model, const Json& json);

// No two models, ids or aliases, under one name at one instant; no model or card id twice.
// `pointer` is the provider's.
Result<void> check_names(const Provider& provider, const std::string& pointer);

}  // namespace tokenlever
