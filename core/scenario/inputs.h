#pragma once

// All numbers of a scenario that an evaluation depends on, as one flat list of slots with the paths
// by which `uncertainty` names them. Evaluation reads numbers from a vector beside this layout,
// never from the scenario, so a tornado bar or a draw is the same evaluation with one value
// exchanged.

#include "base/decimal.h"
#include "base/result.h"
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
    bool is_of_lever = false;
    std::size_t owner = 0;  // index in Scenario::workloads or Scenario::levers
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
    std::vector<std::size_t> by_path{};      // slots sorted by path
};

InputLayout layout_inputs(const Scenario& scenario);

// The numbers that an uncertain input varies together; "workloads.*.KEY" names one per workload.
struct UncertainSlots {
    std::vector<std::size_t> slots{};  // at least one
    // The numbers differ: each stays what it is, times value / base. Else the value is theirs.
    bool is_scaled = false;
};
// InvalidValue if the path names nothing; OutOfRange if the base cannot scale or the highest value
// is impossible for one of the numbers. Error.where is the key: "/input", "/base", "/high".
Result<UncertainSlots> resolve_input(const InputLayout& layout, const Scenario& scenario,
                                     const UncertainInput& input);
// What a number becomes when its input takes a value; divisions are rounded to 40 digits.
Decimal varied(const UncertainSlots& found, const Decimal& own, const Decimal& value,
               const Decimal& base);

bool is_within(const Decimal& value, InputRange range);

}  // namespace tokenlever
