#include "base/json_write.h"
#include "scenario/lever_kind.h"
#include "scenario/scenario.h"

#include <array>
#include <charconv>
#include <utility>

namespace tokenlever {

namespace {

// A JSON number where a double holds the value exactly enough to read back as the same decimal,
// else the decimal as a string, which the reader takes as well.
JsonOut number(const Decimal& value) {
    if (value.is_integer()) {
        if (const auto whole = value.to_scaled_int128(0)) return json_count(*whole);
    }
    JsonOut ratio = json_ratio(value.to_double());
    const auto back = Decimal::parse(dump(ratio));
    return back && *back == value ? ratio : json_amount(value);
}

JsonOut write_tags(const Tags& tags) {
    JsonOut out = JsonOut::object();
    const std::array<std::pair<const char*, const std::string*>, 5> fields = {{
        {"team", &tags.team},
        {"feature", &tags.feature},
        {"customer_tier", &tags.customer_tier},
        {"environment", &tags.environment},
        {"experiment", &tags.experiment},
    }};
    for (const auto& [key, text] : fields)
        if (!text->empty()) out[key] = *text;
    return out;
}

JsonOut write_workload(const Workload& workload) {
    JsonOut out;
    out["id"] = workload.id;
    if (!workload.name.empty()) out["name"] = workload.name;
    out["model"] = workload.model;
    out["requests_per_month"] = number(workload.requests_per_month);
    out["prefix_tokens"] = number(workload.prefix_tokens);
    out["other_input_tokens"] = number(workload.other_input_tokens);
    out["output_tokens"] = number(workload.output_tokens);
    out["service_tier"] = to_id(workload.service_tier);
    out["region"] = workload.region;
    JsonOut tags = write_tags(workload.tags);
    if (!tags.empty()) out["tags"] = std::move(tags);
    return out;
}

struct SettingsWriter {
    JsonOut& out;

    void operator()(const PromptCache& cache) {
        if (!cache.ttl.empty()) out["ttl"] = cache.ttl;
        out["hit_rate"] = number(cache.hit_rate);
        if (cache.hit_rate_batch) out["hit_rate_batch"] = number(*cache.hit_rate_batch);
    }
    void operator()(const Routing& routing) {
        JsonOut routes = JsonOut::array();
        for (const Route& route : routing.routes) {
            JsonOut item;
            item["to"] = route.to;
            item["share"] = number(route.share);
            routes.push_back(std::move(item));
        }
        out["routes"] = std::move(routes);
        out["router_cost_per_request"] = json_amount(routing.router_cost_per_request);
    }
    void operator()(const OutputControl& control) {
        out["reduction"] = number(control.reduction);
        out["instruction_tokens"] = number(control.instruction_tokens);
        out["instruction_in_prefix"] = control.instruction_in_prefix;
    }
    void operator()(const Batch& batch) { out["share"] = number(batch.share); }
};

JsonOut write_lever(const Lever& lever) {
    JsonOut out;
    out["id"] = lever.id;
    out["kind"] = lever_row(kind_of(lever)).id;
    if (!lever.is_enabled) out["enabled"] = false;
    if (!lever.workloads.empty()) out["workloads"] = lever.workloads;
    std::visit(SettingsWriter{out}, lever.settings);
    return out;
}

JsonOut write_uncertain_input(const UncertainInput& input) {
    JsonOut out;
    out["input"] = input.input;
    out["low"] = number(input.low);
    out["base"] = number(input.base);
    out["high"] = number(input.high);
    return out;
}

template <typename Item>
JsonOut write_all(const std::vector<Item>& items, JsonOut (*write)(const Item&)) {
    JsonOut out = JsonOut::array();
    for (const Item& item : items)
        out.push_back(write(item));
    return out;
}

}  // namespace

std::string write_scenario(const Scenario& scenario) {
    JsonOut out;
    out["schema"] = "tokenlever.scenario/1";
    if (!scenario.name.empty()) out["name"] = scenario.name;
    out["at"] = to_iso8601(scenario.at);
    out["currency"] = scenario.currency;
    out["hours_per_month"] = number(scenario.hours_per_month);
    out["workloads"] = write_all(scenario.workloads, write_workload);
    out["levers"] = write_all(scenario.levers, write_lever);
    if (!scenario.uncertainty.empty())
        out["uncertainty"] = write_all(scenario.uncertainty, write_uncertain_input);
    return dump(out, 2);
}

}  // namespace tokenlever
