#pragma once

// The cube: charges folded by the axes that were asked for and, always, by what decides a price:
// the card of the instant, served tier, speed, region, window, and prompt band (the token classes
// are split at every context threshold of the book). So pricing a cell equals pricing its rows.
//
//   Cube cube(book, axes);           // e.g. day, model, team
//   reader.read(..., cube);          // charge() per row
//   cube.totals();  cube.groups();   // with list cost, intervals and unpriced tokens
//
// Memory grows with the number of cells and of distinct values, never with the number of rows.

#include "base/instant.h"
#include "focus/charge.h"
#include "pricing/bill.h"
#include "pricing/price_book.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever {

// Currencies are never added: what the book prices in another one is unpriced.
inline constexpr std::string_view kListCurrency = "USD";

// What is added up. All sums are exact; a charge with which a sum would leave 63 bits is refused.
struct Measures {
    std::int64_t rows = 0;
    std::int64_t requests = 0;
    std::int64_t requests_failed = 0;
    std::array<std::int64_t, kUnitCount> units{};
    std::map<std::string, std::int64_t> other;  // quantities without a unit, by kind
    std::int64_t input_unsplit_tokens = 0;
    std::int64_t avoided_input_tokens = 0;
    std::int64_t avoided_output_tokens = 0;

    std::optional<ReportedCost> reported_cost;  // absent where no row states one
    std::optional<ReportedCost> billed_cost;    // the billed part alone
    std::uint8_t cost_kinds = 0;                // bit per CostKind seen
    std::map<ChargeCategory, ReportedCost> by_charge_category;

    // The price book's answer. `list_cost` is the low end where it is an interval; absent if
    // nothing could be priced. Zero usage costs zero.
    std::optional<Money> list_cost;
    std::optional<Money> list_cost_high;  // present if it differs from the low end
    std::vector<std::string>
        interval_reasons;              // sorted: "cached_split_unknown", "tier_unknown" ...
    std::int64_t unpriced_tokens = 0;  // tokens without a price: unknown, not zero

    std::int64_t count(Unit unit) const { return units[static_cast<std::size_t>(unit)]; }
};

struct Group {
    std::vector<std::optional<std::string>> key;  // parallel to Cube::axes(); absent is null
    Measures measures;
};

struct UnpricedTokens {
    std::string model;  // as the file names it; may be empty
    PriceGap reason{};
    std::int64_t tokens = 0;
};

struct CubeOptions {
    std::vector<Axis> axes;  // at most kMaxAxes
    int offset_minutes = 0;  // the zone of hour, day and month, for data of hourly or finer grain
};
inline constexpr std::size_t kMaxAxes = 16;

class Cube final : public ChargeSink {
public:
    // The book must outlive the cube.
    Cube(const PriceBook& book, CubeOptions options);
    ~Cube() override;
    Cube(Cube&&) noexcept;
    Cube& operator=(Cube&&) noexcept;

    [[nodiscard]] bool charge(const Charge& charge) override;
    void label(Dimension dimension, std::string_view value, std::string_view name) override;
    // Adds every cell of a cube of the same book and options; false, and nothing is added, if the
    // counts of both do not fit 63 bits.
    [[nodiscard]] bool merge(const Cube& other);

    std::span<const Axis> axes() const;
    std::size_t cell_count() const;
    Measures totals() const;
    // One per combination of the axes' values, sorted by key, null first.
    std::vector<Group> groups() const;
    // A roll-up by some of the axes (indices into axes()).
    std::vector<Group> groups(std::span<const std::size_t> by) const;
    // Half-open; absent without charges.
    std::optional<std::pair<Instant, Instant>> period() const;
    // dimension id -> value -> name
    std::map<std::string, std::map<std::string, std::string>> labels() const;
    // The tokens without a price: whose, why, how many; most first.
    std::vector<UnpricedTokens> unpriced() const;
    // A bucket finer than the source was asked for; such cells have a null key.
    bool has_unsplit_time() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tokenlever
