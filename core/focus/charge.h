#pragma once

// A charge: one row of a usage or cost file, in FOCUS words, as a view. Importers fill one Charge
// and hand it to a ChargeSink; its texts point into the importer's buffers and live until the call
// returns. Charges are streamed, never stored.
//
// Token units are disjoint (focus/unit.h): whatever inclusive way the file counts, the importer has
// already split it. Input that the file does not split is `input_unsplit_tokens`, never guessed.

#include "base/instant.h"
#include "base/money.h"
#include "focus/dimension.h"
#include "focus/unit.h"

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace tokenlever {

enum class ChargeCategory : std::uint8_t {
    Usage,
    Purchase,
    Credit,
    Discount,
    Refund,
    Tax,
    Rounding,
    Correction
};
// What a cost in a file is: an invoice, a tool's own reckoning, or what free usage would have cost.
enum class CostKind : std::uint8_t { Billed, Estimated, Notional };
enum class SourceKind : std::uint8_t {
    DirectApi,
    Cloud,
    Gateway,
    Observability,
    CodingAgent,
    Telemetry,
    BillingStandard,
    GpuInfrastructure,
};

std::string_view to_id(ChargeCategory category);
std::string_view to_id(CostKind kind);
std::string_view to_id(SourceKind kind);

// Counts by unit; `present` has a bit for every unit that is not zero.
struct Quantities {
    std::array<std::int64_t, kUnitCount> counts{};
    std::uint64_t present = 0;

    void set(Unit unit, std::int64_t count) {
        counts[static_cast<std::size_t>(unit)] = count;
        if (count != 0) present |= std::uint64_t{1} << static_cast<unsigned>(unit);
    }
    void clear() {
        for (; present != 0; present &= present - 1)
            counts[static_cast<std::size_t>(std::countr_zero(present))] = 0;
    }
    std::int64_t operator[](Unit unit) const { return counts[static_cast<std::size_t>(unit)]; }
};
static_assert(kUnitCount <= 64);

inline constexpr std::size_t kMaxTags = 8;

// A quantity that has no unit in the registry: shown as it is, never priced.
struct OtherQuantity {
    std::string_view kind;  // "vector_store_bytes"; empty if there is none
    std::int64_t count = 0;
};

struct Charge {
    ChargeCategory charge_category = ChargeCategory::Usage;
    SourceKind source_kind = SourceKind::DirectApi;
    Instant charge_period_start;
    Instant charge_period_end;  // equal to the start for a single event

    // Texts of the file. Empty means absent. Time, publisher, source kind and prompt band are not
    // texts.
    std::array<std::string_view, kDimensionCount> dimensions{};
    // Values of the tags that the reader was asked for (`tag:NAME`), in the order they were asked.
    std::array<std::string_view, kMaxTags> tags{};

    bool is_aggregated = false;  // several requests in one row: a context tier may be undecided
    std::int64_t requests = 0;   // served, those from a gateway's own cache included
    std::int64_t requests_failed = 0;
    Quantities quantities;
    OtherQuantity other;
    std::int64_t input_unsplit_tokens = 0;
    std::int64_t avoided_input_tokens = 0;  // served from a gateway's own cache
    std::int64_t avoided_output_tokens = 0;

    bool has_reported_cost = false;
    CostKind cost_kind = CostKind::Estimated;
    ReportedCost reported_cost;

    std::string_view& operator[](Dimension dimension) { return dimensions[index_of(dimension)]; }
    std::string_view operator[](Dimension dimension) const {
        return dimensions[index_of(dimension)];
    }
};

class ChargeSink {
public:
    virtual ~ChargeSink() = default;
    // False if the counts of all charges together would leave 63 bits: nothing of it was added.
    [[nodiscard]] virtual bool charge(const Charge& charge) = 0;
    // A name for a value of a dimension ("team-a" is called "Platform"). May be called repeatedly.
    virtual void label(Dimension dimension, std::string_view value, std::string_view name) = 0;
};

}  // namespace tokenlever
