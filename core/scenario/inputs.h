#pragma once

// All numbers of a scenario that an evaluation depends on, as one flat list of slots with the paths
// by which `uncertainty` names them. Evaluation reads numbers from a vector beside this layout,
// never from the scenario, so a tornado bar or a draw is the same evaluation with one value
// exchanged.

#include "base/decimal.h"
#include "scenario/scenario.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever {

enum class InputRange : std::uint8_t {
    Quantity,  // 0 .. 10^15
    Share,     // 0 .. 1
};

struct InputSlot {
    std::string path{};  // "levers.route.routes.0.share"
    Decimal value{};
    InputRange range{};
};

struct WorkloadSlots {
    std::size_t requests = 0, prefix = 0, other_input = 0, output = 0;
};
struct PromptCacheSlots {
    std::size_t hit_rate = 0, hit_rate_batch = 0;  // the same slot where the document has only one
};
struct RoutingSlots {
    std::size_t router_cost = 0;
    std::vector<std::size_t> shares{};
};
struct OutputControlSlots {
    std::size_t reduction = 0, instruction_tokens = 0;
};
struct BatchSlots {
    std::size_t share = 0;
};
using LeverSlots = std::variant<PromptCacheSlots, RoutingSlots, OutputControlSlots, BatchSlots>;

struct InputLayout {
    std::vector<InputSlot> slots{};
    std::vector<WorkloadSlots> workloads{};  // as Scenario::workloads
    std::vector<LeverSlots> levers{};        // as Scenario::levers
};

InputLayout layout_inputs(const Scenario& scenario);

// The slots that a path names; "workloads.*.KEY" names one per workload. Empty: the path names
// nothing.
std::vector<std::size_t> find_inputs(const InputLayout& layout, const Scenario& scenario,
                                     std::string_view path);

bool is_within(const Decimal& value, InputRange range);

}  // namespace tokenlever
