#pragma once

// The inside of the cube: keys, cells and what names them. A cell's key is its price slot and one
// number per axis that the slot does not already decide.

#include "cube/cell.h"
#include "cube/cube.h"
#include "cube/price_slots.h"
#include "cube/text_pool.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tokenlever {

struct Cube::State {
    State(const PriceBook& price_book, CubeOptions cube_options);

    // Where the value of an axis comes from.
    enum class From : std::uint8_t { Time, Text, Tag, SourceKind, Slot };
    struct AxisState {
        Dimension dimension{};
        From from = From::Text;
        std::size_t tag = 0;   // which of Charge::tags
        std::size_t word = 0;  // of the key, unless From::Slot
        TextPool texts;
        std::vector<std::string> names;  // labels, by text number - 1
    };

    bool charge(const Charge& charge);
    void merge_cell(const State& other, std::size_t number);
    std::uint32_t time_value(const AxisState& axis, const Charge& charge);
    void extend_period(const Charge& charge);
    void add(Cell& cell, const Charge& charge);
    void add_rare(Cell& cell, const Charge& charge);
    // The value of an axis in a cell, as text; absent is null.
    std::optional<std::string> value_of(std::size_t axis, std::size_t cell) const;
    std::optional<std::string> time_text(const AxisState& axis, std::uint32_t value) const;
    std::optional<std::string> slot_text(Dimension dimension, const PriceSlot& slot) const;
    // A number that is equal for equal values of the axis; for grouping.
    std::uint32_t grouping_value(std::size_t axis, std::size_t cell, TextPool& slot_texts) const;

    const PriceBook* book;
    CubeOptions options;
    PriceSlots slots;
    std::vector<AxisState> axes;
    KeyIndex keys;
    std::vector<Cell> cells;
    std::vector<RareUnits> rare;
    std::vector<std::uint32_t> key;  // of the charge being added
    std::array<ReportedCost, 8> by_category{};
    std::array<bool, 8> has_category{};
    Instant first{};
    Instant last{};  // exclusive
    bool has_period = false;
    bool has_unsplit_time = false;
    // All counts of all charges, each by its size. While this one sum fits, so does every sum of
    // some of them, and no other needs to be checked.
    std::int64_t counted = 0;
};

// Adds a cell's sums to `out`.
void add_cell(const Cell& cell, const RareUnits* rare, Measures& out);
// Adds what the cell costs.
void add_price(const Cell& cell, const RareUnits* rare, const PriceSlot& slot, Measures& out);

// The tokens of a cell that have no price, by reason.
std::vector<std::pair<PriceGap, std::int64_t>> unpriced_in(const Cell& cell, const RareUnits* rare,
                                                           const PriceSlot& slot);

// The model's name in groups: the book's id, else the file's name without what is known not to
// matter.
std::string model_name_of(const PriceSlot& slot);

}  // namespace tokenlever
