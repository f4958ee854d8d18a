#pragma once

// The dimensions by which charges are grouped: the closed list of the contract plus `tag:NAME`.
// A dimension is addressed by its id in `--by`, in group keys and in labels.

#include "base/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tokenlever {

enum class Dimension : std::uint8_t {
    Hour,
    Day,
    Month,  // from ChargePeriodStart
    Provider,
    Publisher,
    Service,
    Model,
    ServiceTier,
    Region,
    SourceKind,
    Team,
    Feature,
    CustomerTier,
    Environment,
    Experiment,  // the five allocation tags
    Project,
    ApiKey,
    User,
    PromptBand,  // the context thresholds of the price book
    Tag,         // any other tag, by name
};

inline constexpr std::size_t kDimensionCount = static_cast<std::size_t>(Dimension::Tag) + 1;

struct DimensionRow {
    std::string_view id;
    bool is_time = false;
    bool is_personal = false;  // hidden (hashed) wherever it was not asked for by name
};

inline constexpr std::array<DimensionRow, kDimensionCount> kDimensions = {{
    {"hour", true}, {"day", true}, {"month", true},       {"provider"},    {"publisher"},
    {"service"},    {"model"},     {"service_tier"},      {"region"},      {"source_kind"},
    {"team"},       {"feature"},   {"customer_tier"},     {"environment"}, {"experiment"},
    {"project"},    {"api_key"},   {"user", false, true}, {"prompt_band"}, {"tag"},
}};

constexpr std::size_t index_of(Dimension dimension) { return static_cast<std::size_t>(dimension); }
constexpr const DimensionRow& row_of(Dimension dimension) {
    return kDimensions[index_of(dimension)];
}

// A dimension as it is asked for. `tag` is the name behind "tag:", empty for the others.
struct Axis {
    Dimension dimension{};
    std::string tag;
    bool operator==(const Axis&) const = default;
};

// "team", "day", "tag:tenant". InvalidValue names the text and suggests the nearest id.
Result<Axis> parse_axis(std::string_view text);
std::string to_id(const Axis& axis);

// Tag names compare without case, and '-', ' ' and '_' are the same: "Customer-Tier" is
// customer_tier.
bool is_same_tag(std::string_view a, std::string_view b);
// The allocation dimension that a tag name stands for, if it is one of the five.
std::optional<Dimension> allocation_dimension(std::string_view tag);

}  // namespace tokenlever
