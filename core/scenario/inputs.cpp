#include "scenario/inputs.h"

#include <utility>

namespace tokenlever {

namespace {

class Builder {
public:
    explicit Builder(InputLayout& layout) : layout_(layout) {}

    void enter(std::string_view collection, std::string_view id) {
        prefix_ = std::string(collection) + "." + std::string(id) + ".";
    }
    std::size_t add(std::string_view key, const Decimal& value, InputRange range) {
        layout_.slots.push_back(
            {.path = prefix_ + std::string(key), .value = value, .range = range});
        return layout_.slots.size() - 1;
    }

    LeverSlots operator()(const PromptCache& cache) {
        PromptCacheSlots slots;
        slots.hit_rate = add("hit_rate", cache.hit_rate, InputRange::Share);
        slots.hit_rate_batch = cache.hit_rate_batch
                                   ? add("hit_rate_batch", *cache.hit_rate_batch, InputRange::Share)
                                   : slots.hit_rate;
        return slots;
    }
    LeverSlots operator()(const Routing& routing) {
        RoutingSlots slots;
        slots.router_cost =
            add("router_cost_per_request", routing.router_cost_per_request, InputRange::Quantity);
        for (std::size_t i = 0; i < routing.routes.size(); ++i) {
            const std::string key = "routes." + std::to_string(i) + ".share";
            slots.shares.push_back(add(key, routing.routes[i].share, InputRange::Share));
        }
        return slots;
    }
    LeverSlots operator()(const OutputControl& control) {
        OutputControlSlots slots;
        slots.reduction = add("reduction", control.reduction, InputRange::Share);
        slots.instruction_tokens =
            add("instruction_tokens", control.instruction_tokens, InputRange::Quantity);
        return slots;
    }
    LeverSlots operator()(const Batch& batch) {
        return BatchSlots{.share = add("share", batch.share, InputRange::Share)};
    }

private:
    InputLayout& layout_;
    std::string prefix_;
};

}  // namespace

InputLayout layout_inputs(const Scenario& scenario) {
    InputLayout layout;
    Builder builder(layout);
    for (const Workload& workload : scenario.workloads) {
        builder.enter("workloads", workload.id);
        WorkloadSlots slots;
        slots.requests =
            builder.add("requests_per_month", workload.requests_per_month, InputRange::Quantity);
        slots.prefix = builder.add("prefix_tokens", workload.prefix_tokens, InputRange::Quantity);
        slots.other_input =
            builder.add("other_input_tokens", workload.other_input_tokens, InputRange::Quantity);
        slots.output = builder.add("output_tokens", workload.output_tokens, InputRange::Quantity);
        layout.workloads.push_back(slots);
    }
    for (const Lever& lever : scenario.levers) {
        builder.enter("levers", lever.id);
        layout.levers.push_back(std::visit(builder, lever.settings));
    }
    return layout;
}

std::vector<std::size_t> find_inputs(const InputLayout& layout, const Scenario& scenario,
                                     std::string_view path) {
    std::vector<std::string> wanted;
    constexpr std::string_view kEveryWorkload = "workloads.*.";
    if (path.starts_with(kEveryWorkload)) {
        const std::string key(path.substr(kEveryWorkload.size()));
        for (const Workload& workload : scenario.workloads)
            wanted.push_back("workloads." + workload.id + "." + key);
    } else {
        wanted.emplace_back(path);
    }
    std::vector<std::size_t> found;
    for (const std::string& name : wanted) {
        for (std::size_t i = 0; i < layout.slots.size(); ++i) {
            if (layout.slots[i].path == name) found.push_back(i);
        }
    }
    return found;
}

bool is_within(const Decimal& value, InputRange range) {
    static const Decimal kLargestQuantity(1'000'000'000'000'000);
    if (value.is_negative() || value.overflowed()) return false;
    return value <= (range == InputRange::Share ? Decimal(1) : kLargestQuantity);
}

}  // namespace tokenlever
