#pragma once

// Changes of a scenario as pure functions of values: what the buttons and fields of the Calculator
// do.

#include "tokenlever.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace tokenlever::app {

// The landing page: a support chat of a million requests a month, with four levers. Prices of `at`.
Scenario example_scenario(Instant at);

Workload* find_workload(Scenario& scenario, std::string_view id);
Lever* find_lever(Scenario& scenario, std::string_view id);

// The lever's main slider: hit rate, routed share, reduction or batch share.
Decimal share_of(const Lever& lever);
void set_share(Lever& lever, Decimal share);

// An id or name that the scenario does not have yet: "chat", "chat-2", "chat-3" ...
std::string free_workload_id(const Scenario& scenario, std::string_view wanted);
std::string free_workload_name(const Scenario& scenario, std::string_view wanted);

// A scenario named after its only workload goes by the new name too.
void rename_workload(Scenario& scenario, std::string_view id, const std::string& name);

// A copy after the original; its id, or empty if there is no such workload.
std::string duplicate_workload(Scenario& scenario, std::string_view id);
std::string add_workload(Scenario& scenario);
// False if it is the only one. Levers forget it; one that acted on it alone goes with it.
bool remove_workload(Scenario& scenario, std::string_view id);
// `to` is the index it has afterwards. False if nothing moves.
bool move_lever(Scenario& scenario, std::string_view id, std::size_t to);

// Input and output tokens of all workloads in a month, before any lever.
struct MonthlyTokens {
    Decimal input, output;
};
MonthlyTokens monthly_tokens(const Scenario& scenario);

}  // namespace tokenlever::app
