#include "scenario/evaluate.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tokenlever {

namespace {

template <typename KeyOf>
std::vector<CostGroup> group_by(const ScenarioCost& cost, KeyOf key_of) {
    std::vector<CostGroup> groups;
    for (const ScenarioCharge& charge : cost.charges) {
        const std::string key(key_of(charge));
        auto group = std::ranges::find(groups, key, &CostGroup::key);
        if (group == groups.end())
            group = groups.insert(group, CostGroup{.key = key, .quantity = {}, .priced_cost = {}});
        group->quantity += charge.quantity;
        if (charge.cost)
            group->priced_cost += *charge.cost;
        else
            group->is_complete = false;
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
