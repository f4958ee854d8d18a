#pragma once

// What all answers have in common.

#include "base/diagnostics.h"
#include "base/json.h"
#include "base/json_write.h"
#include "pricing/price_book.h"

#include <initializer_list>
#include <string_view>
#include <vector>

namespace tokenlever {

// Adds "engine" and "book": {"version","date"}, by which an answer can be repeated.
void add_origin(JsonOut& document, const PriceBook& book);

// [{"code","message"}], with "count" where it is more than one.
JsonOut json_warnings(const std::vector<Warning>& warnings);

// Keys of a request that nobody reads are warned about, not refused.
void warn_unknown_members(const Json& object, std::initializer_list<std::string_view> known,
                          std::vector<Warning>& warnings);

// The card a price comes from, with its source.
JsonOut json_card(const Provider& provider, const Model& model, const RateCard& card);

// {unit: "rate" or null}
JsonOut json_rates(const std::vector<UnitRate>& rates);

}  // namespace tokenlever
