#include "scenario/inputs.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tokenlever {

namespace {

class Builder {
public:
    explicit Builder(InputLayout& layout) : layout_(layout) {}

    void enter_workload(std::size_t index, std::string_view id) {
        prefix_ = "workloads." + std::string(id) + ".";
        is_of_lever_ = false;
        owner_ = index;
    }
    void enter_lever(std::size_t index, std::string_view id) {
        prefix_ = "levers." + std::string(id) + ".";
        is_of_lever_ = true;
        owner_ = index;
    }
    std::size_t add(std::string_view key, const Decimal& value, InputRange range) {
        layout_.slots.push_back({.path = prefix_ + std::string(key),
                                 .value = value,
                                 .range = range,
                                 .is_of_lever = is_of_lever_,
                                 .owner = owner_});
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
    bool is_of_lever_ = false;
    std::size_t owner_ = 0;
};

void add_slots(const InputLayout& layout, std::string_view path, std::vector<std::size_t>& out) {
    const auto path_of = [&](std::size_t slot) -> std::string_view {
        return layout.slots[slot].path;
    };
    const auto named = std::ranges::equal_range(layout.by_path, path, {}, path_of);
    out.insert(out.end(), named.begin(), named.end());
}

}  // namespace

InputLayout layout_inputs(const Scenario& scenario) {
    InputLayout layout;
    Builder builder(layout);
    for (const Workload& workload : scenario.workloads) {
        builder.enter_workload(layout.workloads.size(), workload.id);
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
        builder.enter_lever(layout.levers.size(), lever.id);
        layout.levers.push_back(std::visit(builder, lever.settings));
    }
    layout.by_path.resize(layout.slots.size());
    std::iota(layout.by_path.begin(), layout.by_path.end(), std::size_t{0});
    std::ranges::sort(layout.by_path, {}, [&](std::size_t slot) -> const std::string& {
        return layout.slots[slot].path;
    });
    return layout;
}

Result<UncertainSlots> resolve_input(const InputLayout& layout, const Scenario& scenario,
                                     const UncertainInput& input) {
    UncertainSlots found;
    constexpr std::string_view kEveryWorkload = "workloads.*.";
    if (input.input.starts_with(kEveryWorkload)) {
        const std::string key = input.input.substr(kEveryWorkload.size());
        for (const Workload& workload : scenario.workloads)
            add_slots(layout, "workloads." + workload.id + "." + key, found.slots);
    } else {
        add_slots(layout, input.input, found.slots);
    }
    if (found.slots.empty()) return fail(ErrorCode::InvalidValue, "/input", excerpt(input.input));
    const auto value_of = [&](std::size_t slot) -> const Decimal& {
        return layout.slots[slot].value;
    };
    const Decimal& first = value_of(found.slots.front());
    found.is_scaled = !std::ranges::all_of(
        found.slots, [&](const Decimal& value) { return value == first; }, value_of);
    if (!found.is_scaled) return found;
    if (input.base <= Decimal(0))
        return fail(ErrorCode::OutOfRange, "/base",
                    input.base.to_string() +
                        "; the workloads differ here, so each is scaled by value / base, and "
                        "allowed is more than 0");
    for (const std::size_t slot : found.slots) {
        const Decimal highest = varied(found, value_of(slot), input.high, input.base);
        if (!is_within(highest, layout.slots[slot].range))
            return fail(ErrorCode::OutOfRange, "/high",
                        layout.slots[slot].path + " would be " + highest.to_string() +
                            "; allowed is 0 to 10^15");
    }
    return found;
}

Decimal varied(const UncertainSlots& found, const Decimal& own, const Decimal& value,
               const Decimal& base) {
    constexpr int kDigits = 40;
    return found.is_scaled ? (own * value).divided(base, kDigits) : value;
}

bool is_within(const Decimal& value, InputRange range) {
    static const Decimal kLargestQuantity(1'000'000'000'000'000);
    if (value.is_negative() || value.overflowed()) return false;
    return value <= (range == InputRange::Share ? Decimal(1) : kLargestQuantity);
}

}  // namespace tokenlever
