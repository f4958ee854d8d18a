#include "cube/cube_state.h"
#include "pricing/model_name.h"

#include <algorithm>

namespace tokenlever {

namespace {

void add_cost(std::optional<ReportedCost>& into, const ReportedCost& cost) {
    into = into.value_or(ReportedCost()) + cost;
}

}  // namespace

void add_cell(const Cell& cell, const RareUnits* rare, Measures& out) {
    out.rows += cell.rows;
    out.requests += cell.requests;
    out.requests_failed += cell.requests_failed;
    out.input_unsplit_tokens += cell.input_unsplit_tokens;
    out.avoided_input_tokens += cell.avoided_input_tokens;
    out.avoided_output_tokens += cell.avoided_output_tokens;
    for (std::size_t index = 0; index < kCommonUnits; ++index)
        out.units[index] += cell.units[index];
    if (rare != nullptr) {
        for (std::size_t index = kCommonUnits; index < kUnitCount; ++index)
            out.units[index] += rare->counts[index];
        for (const auto& [kind, count] : rare->other)
            out.other[kind] += count;
    }
    out.cost_kinds |= cell.cost_kinds;
    if (cell.cost_kinds != 0) add_cost(out.reported_cost, cell.reported_cost);
    const bool is_billed = (cell.cost_kinds >> static_cast<unsigned>(CostKind::Billed) & 1) != 0;
    if (is_billed) add_cost(out.billed_cost, cell.billed_cost);
}

std::string model_name_of(const PriceSlot& slot) {
    if (slot.found.model != nullptr) return slot.found.model->id;
    std::string name = lowered(slot.model);
    name = std::string(split_path(name).rest);
    NameFlags flags;
    while (strip_next(name, flags)) {}
    return name.empty() ? std::string(slot.model) : name;
}

}  // namespace tokenlever
