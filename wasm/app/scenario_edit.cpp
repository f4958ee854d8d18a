#include "scenario_edit.h"

#include <algorithm>
#include <utility>

namespace tokenlever::app {
namespace {

Decimal percent(int value) { return Decimal::from_scaled(value, 2); }

bool has_workload(const Scenario& scenario, std::string_view id) {
    return std::any_of(scenario.workloads.begin(), scenario.workloads.end(),
                       [&](const Workload& workload) { return workload.id == id; });
}

bool has_name(const Scenario& scenario, std::string_view name) {
    return std::any_of(scenario.workloads.begin(), scenario.workloads.end(),
                       [&](const Workload& workload) { return workload.name == name; });
}

// "Support chat 2" counts on from "Support chat".
std::string without_number(std::string_view text, char separator) {
    const std::size_t at = text.find_last_of(separator);
    if (at == std::string_view::npos || at + 1 == text.size()) return std::string(text);
    const bool is_number = text.find_first_not_of("0123456789", at + 1) == std::string_view::npos;
    return std::string(is_number ? text.substr(0, at) : text);
}

}  // namespace

Scenario example_scenario(Instant at) {
    Scenario scenario;
    scenario.name = "Support chat";
    scenario.at = at;
    scenario.workloads = {Workload{.id = "chat",
                                   .name = "Support chat",
                                   .model = "anthropic/claude-sonnet-4-5",
                                   .requests_per_month = 1'000'000,
                                   .prefix_tokens = 6'000,
                                   .other_input_tokens = 1'500,
                                   .output_tokens = 500,
                                   .service_tier = ServiceTier::Standard,
                                   .region = "global",
                                   .tags = {}}};
    const Decimal router_cost = Decimal::from_scaled(5, 5);
    scenario.levers = {
        Lever{"cache", true, {}, PromptCache{"5m", percent(90), percent(50)}},
        Lever{
            "route", true, {}, Routing{{{"anthropic/claude-haiku-4-5", percent(60)}}, router_cost}},
        Lever{"short", true, {}, OutputControl{percent(20), 50, true}},
        Lever{"batch", true, {}, Batch{percent(30)}},
    };
    return scenario;
}

Workload* find_workload(Scenario& scenario, std::string_view id) {
    for (Workload& workload : scenario.workloads)
        if (workload.id == id) return &workload;
    return nullptr;
}

Lever* find_lever(Scenario& scenario, std::string_view id) {
    for (Lever& lever : scenario.levers)
        if (lever.id == id) return &lever;
    return nullptr;
}

Decimal share_of(const Lever& lever) {
    if (const auto* cache = std::get_if<PromptCache>(&lever.settings)) return cache->hit_rate;
    if (const auto* output = std::get_if<OutputControl>(&lever.settings)) return output->reduction;
    if (const auto* batch = std::get_if<Batch>(&lever.settings)) return batch->share;
    const auto* routing = std::get_if<Routing>(&lever.settings);
    return routing->routes.empty() ? Decimal(0) : routing->routes.front().share;
}

void set_share(Lever& lever, Decimal share) {
    if (auto* cache = std::get_if<PromptCache>(&lever.settings)) cache->hit_rate = share;
    if (auto* output = std::get_if<OutputControl>(&lever.settings)) output->reduction = share;
    if (auto* batch = std::get_if<Batch>(&lever.settings)) batch->share = share;
    auto* routing = std::get_if<Routing>(&lever.settings);
    if (routing == nullptr || routing->routes.empty()) return;
    Decimal room = 1;  // the shares of all routes together are at most the whole
    for (std::size_t i = 1; i < routing->routes.size(); ++i)
        room -= routing->routes[i].share;
    routing->routes.front().share = std::min(share, room);
}

std::string free_workload_id(const Scenario& scenario, std::string_view wanted) {
    const std::string stem = without_number(wanted, '-');
    std::string id(wanted);
    for (int i = 2; has_workload(scenario, id); ++i)
        id = stem + "-" + std::to_string(i);
    return id;
}

std::string free_workload_name(const Scenario& scenario, std::string_view wanted) {
    const std::string stem = without_number(wanted, ' ');
    std::string name(wanted);
    for (int i = 2; has_name(scenario, name); ++i)
        name = stem + " " + std::to_string(i);
    return name;
}

void rename_workload(Scenario& scenario, std::string_view id, const std::string& name) {
    Workload* workload = find_workload(scenario, id);
    if (workload == nullptr) return;
    if (scenario.workloads.size() == 1 && scenario.name == workload->name) scenario.name = name;
    workload->name = name;
}

std::string duplicate_workload(Scenario& scenario, std::string_view id) {
    const Workload* original = find_workload(scenario, id);
    if (original == nullptr) return {};
    Workload copy = *original;
    copy.id = free_workload_id(scenario, copy.id);
    copy.name = free_workload_name(scenario, copy.name);
    for (Lever& lever : scenario.levers)
        if (std::find(lever.workloads.begin(), lever.workloads.end(), id) != lever.workloads.end())
            lever.workloads.push_back(copy.id);
    const auto at = scenario.workloads.begin() + (original - scenario.workloads.data()) + 1;
    const std::string made = copy.id;
    scenario.workloads.insert(at, std::move(copy));
    return made;
}

std::string add_workload(Scenario& scenario) {
    Workload added = example_scenario(scenario.at).workloads.front();
    added.id = free_workload_id(scenario, "workload");
    added.name = free_workload_name(scenario, "New workload");
    if (!scenario.workloads.empty()) added.model = scenario.workloads.back().model;
    added.requests_per_month = 100'000;
    added.prefix_tokens = 1'000;
    added.other_input_tokens = 1'000;
    added.output_tokens = 300;
    scenario.workloads.push_back(added);
    return added.id;
}

bool remove_workload(Scenario& scenario, std::string_view id) {
    if (scenario.workloads.size() < 2 || find_workload(scenario, id) == nullptr) return false;
    std::erase_if(scenario.workloads, [&](const Workload& workload) { return workload.id == id; });
    std::erase_if(scenario.levers, [&](Lever& lever) {
        const auto removed =
            std::erase_if(lever.workloads, [&](const std::string& named) { return named == id; });
        return removed > 0 && lever.workloads.empty();
    });
    return true;
}

bool move_lever(Scenario& scenario, std::string_view id, std::size_t to) {
    const Lever* lever = find_lever(scenario, id);
    if (lever == nullptr || to >= scenario.levers.size()) return false;
    const auto from = static_cast<std::size_t>(lever - scenario.levers.data());
    if (from == to) return false;
    const auto begin = scenario.levers.begin();
    const auto at = begin + static_cast<std::ptrdiff_t>(from);
    const auto goal = begin + static_cast<std::ptrdiff_t>(to);
    if (from < to)
        std::rotate(at, at + 1, goal + 1);
    else
        std::rotate(goal, at, at + 1);
    return true;
}

MonthlyTokens monthly_tokens(const Scenario& scenario) {
    MonthlyTokens tokens;
    for (const Workload& workload : scenario.workloads) {
        tokens.input +=
            workload.requests_per_month * (workload.prefix_tokens + workload.other_input_tokens);
        tokens.output += workload.requests_per_month * workload.output_tokens;
    }
    return tokens;
}

}  // namespace tokenlever::app
