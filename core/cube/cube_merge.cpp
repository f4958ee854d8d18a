#include "cube/cube_state.h"

#include <algorithm>
#include <limits>

namespace tokenlever {

namespace {

void add_cells(Cell& into, const Cell& from) {
    into.rows += from.rows;
    into.requests += from.requests;
    into.requests_failed += from.requests_failed;
    into.input_unsplit_tokens += from.input_unsplit_tokens;
    into.avoided_input_tokens += from.avoided_input_tokens;
    into.avoided_output_tokens += from.avoided_output_tokens;
    for (std::size_t index = 0; index < kCommonUnits; ++index)
        into.units[index] += from.units[index];
    into.reported_cost += from.reported_cost;
    into.billed_cost += from.billed_cost;
    into.cost_kinds |= from.cost_kinds;
}

void add_rare_units(RareUnits& into, const RareUnits& from) {
    for (std::size_t index = 0; index < kUnitCount; ++index)
        into.counts[index] += from.counts[index];
    for (const auto& [kind, count] : from.other) {
        auto found =
            std::ranges::find(into.other, kind, &std::pair<std::string, std::int64_t>::first);
        if (found == into.other.end()) found = into.other.insert(found, {kind, 0});
        found->second += count;
    }
}

}  // namespace

void Cube::State::merge_cell(const State& other, std::size_t number) {
    const std::uint32_t* other_key = other.keys[number];
    key[0] = slots.adopt(other.slots, other_key[0]);
    for (std::size_t index = 0; index < axes.size(); ++index) {
        AxisState& axis = axes[index];
        if (axis.from == From::Slot) continue;
        const std::uint32_t value = other_key[axis.word];
        const bool is_text = axis.from == From::Text || axis.from == From::Tag;
        key[axis.word] = is_text ? axis.texts.intern(other.axes[index].texts[value]) : value;
    }
    const std::uint32_t mine = keys.intern(key.data());
    if (mine == cells.size()) cells.emplace_back();
    const Cell& from = other.cells[number];
    add_cells(cells[mine], from);
    if (from.rare == 0) return;
    if (cells[mine].rare == 0) {
        rare.emplace_back();
        cells[mine].rare = static_cast<std::uint32_t>(rare.size());
    }
    add_rare_units(rare[cells[mine].rare - 1], other.rare[from.rare - 1]);
}

bool Cube::merge(const Cube& other) {
    State& mine = *state_;
    const State& theirs = *other.state_;
    if (theirs.cells.empty()) return true;
    if (theirs.counted > std::numeric_limits<std::int64_t>::max() - mine.counted) return false;
    mine.counted += theirs.counted;
    mine.first = mine.has_period ? std::min(mine.first, theirs.first) : theirs.first;
    mine.last = mine.has_period ? std::max(mine.last, theirs.last) : theirs.last;
    mine.has_period = true;
    for (std::size_t number = 0; number < theirs.cells.size(); ++number)
        mine.merge_cell(theirs, number);
    for (const State::AxisState& axis : theirs.axes)
        for (std::size_t index = 0; index < axis.names.size(); ++index)
            if (!axis.names[index].empty())
                label(axis.dimension, axis.texts[static_cast<std::uint32_t>(index + 1)],
                      axis.names[index]);
    for (std::size_t index = 0; index < mine.by_category.size(); ++index) {
        mine.by_category[index] += theirs.by_category[index];
        mine.has_category[index] = mine.has_category[index] || theirs.has_category[index];
    }
    mine.has_unsplit_time = mine.has_unsplit_time || theirs.has_unsplit_time;
    return true;
}

}  // namespace tokenlever
