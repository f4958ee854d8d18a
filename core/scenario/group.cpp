#include "scenario/evaluate.h"

#include <map>
#include <string_view>
#include <utility>

namespace tokenlever {

namespace {

template <typename KeyOf>
std::vector<CostGroup> group_by(const ScenarioCost& cost, KeyOf key_of) {
    std::vector<CostGroup> groups;
    std::map<std::string_view, std::size_t> numbers;
    for (const ScenarioCharge& charge : cost.charges) {
        const std::string_view key = key_of(charge);
        const auto [entry, is_new] = numbers.emplace(key, groups.size());
        if (is_new) groups.push_back({.key = std::string(key), .quantity = {}, .priced_cost = {}});
        CostGroup& group = groups[entry->second];
        group.quantity += charge.quantity;
        if (charge.cost)
            group.priced_cost += *charge.cost;
        else
            group.is_complete = false;
    }
    return groups;
}

}  // namespace

std::vector<CostGroup> group_by_model(const ScenarioCost& cost) {
    return group_by(cost, [](const ScenarioCharge& charge) {
        return charge.unit ? std::string_view(charge.model) : std::string_view("router");
    });
}

std::vector<CostGroup> group_by_token_class(const ScenarioCost& cost) {
    return group_by(cost, [](const ScenarioCharge& charge) {
        return charge.unit ? unit_id(*charge.unit) : std::string_view("router_fee");
    });
}

std::vector<CostGroup> group_by_workload(const ScenarioCost& cost, const Scenario& scenario) {
    return group_by(cost, [&](const ScenarioCharge& charge) {
        return std::string_view(scenario.workloads[charge.workload].id);
    });
}

}  // namespace tokenlever
