#include "cube/cube.h"

#include "cube/cube_state.h"

#include <algorithm>
#include <utility>

namespace tokenlever {

Cube::Cube(const PriceBook& book, CubeOptions options)
    : state_(std::make_unique<State>(book, std::move(options))) {}
Cube::~Cube() = default;
Cube::Cube(Cube&&) noexcept = default;
Cube& Cube::operator=(Cube&&) noexcept = default;

bool Cube::charge(const Charge& charge) { return state_->charge(charge); }

void Cube::label(Dimension dimension, std::string_view value, std::string_view name) {
    for (State::AxisState& axis : state_->axes) {
        if (axis.dimension != dimension || axis.from != State::From::Text) continue;
        const std::uint32_t id = axis.texts.intern(value);
        if (id == 0) return;
        if (axis.names.size() < id) axis.names.resize(id);
        if (axis.names[id - 1] != name) axis.names[id - 1] = name;
        return;
    }
}

std::span<const Axis> Cube::axes() const { return state_->options.axes; }
std::size_t Cube::cell_count() const { return state_->cells.size(); }
bool Cube::has_unsplit_time() const { return state_->has_unsplit_time; }

Measures Cube::totals() const {
    const std::vector<Group> all = groups(std::span<const std::size_t>{});
    Measures totals = all.empty() ? Measures() : all.front().measures;
    for (std::size_t index = 0; index < state_->by_category.size(); ++index)
        if (state_->has_category[index])
            totals.by_charge_category[static_cast<ChargeCategory>(index)] =
                state_->by_category[index];
    return totals;
}

std::vector<Group> Cube::groups() const {
    std::vector<std::size_t> all(state_->axes.size());
    for (std::size_t axis = 0; axis < all.size(); ++axis)
        all[axis] = axis;
    return groups(all);
}

std::vector<Group> Cube::groups(std::span<const std::size_t> by) const {
    const State& state = *state_;
    KeyIndex group_keys(by.size() + 1);  // one word more, so that a key is never empty
    std::vector<TextPool> slot_texts(by.size());
    std::vector<std::uint32_t> key(by.size() + 1);
    std::vector<Group> out;
    for (std::size_t cell = 0; cell < state.cells.size(); ++cell) {
        for (std::size_t index = 0; index < by.size(); ++index)
            key[index] = state.grouping_value(by[index], cell, slot_texts[index]);
        const std::uint32_t number = group_keys.intern(key.data());
        if (number == out.size()) {
            Group& group = out.emplace_back();
            for (std::size_t axis : by)
                group.key.push_back(state.value_of(axis, cell));
        }
        const Cell& sums = state.cells[cell];
        const RareUnits* rare = sums.rare == 0 ? nullptr : &state.rare[sums.rare - 1];
        add_cell(sums, rare, out[number].measures);
        add_price(sums, rare, state.slots[state.keys[cell][0]], out[number].measures);
    }
    for (Group& group : out)
        if (group.measures.list_cost_high == group.measures.list_cost)
            group.measures.list_cost_high.reset();
    std::ranges::sort(out, {}, &Group::key);
    return out;
}

std::optional<std::pair<Instant, Instant>> Cube::period() const {
    if (state_->cells.empty()) return std::nullopt;
    return std::pair{state_->first, state_->last};
}

std::map<std::string, std::map<std::string, std::string>> Cube::labels() const {
    std::map<std::string, std::map<std::string, std::string>> out;
    for (const State::AxisState& axis : state_->axes)
        for (std::size_t index = 0; index < axis.names.size(); ++index)
            if (!axis.names[index].empty())
                out[std::string(row_of(axis.dimension).id)].emplace(
                    axis.texts[static_cast<std::uint32_t>(index + 1)], axis.names[index]);
    return out;
}

std::vector<UnpricedTokens> Cube::unpriced() const {
    std::map<std::pair<std::string, PriceGap>, std::int64_t> tokens;
    for (std::size_t cell = 0; cell < state_->cells.size(); ++cell) {
        const Cell& sums = state_->cells[cell];
        const RareUnits* rare = sums.rare == 0 ? nullptr : &state_->rare[sums.rare - 1];
        const PriceSlot& slot = state_->slots[state_->keys[cell][0]];
        for (const auto& [reason, count] : unpriced_in(sums, rare, slot))
            tokens[{std::string(slot.model), reason}] += count;
    }
    std::vector<UnpricedTokens> out;
    for (const auto& [key, count] : tokens)
        out.push_back({.model = key.first, .reason = key.second, .tokens = count});
    std::ranges::stable_sort(out, std::ranges::greater{}, &UnpricedTokens::tokens);
    return out;
}

}  // namespace tokenlever
