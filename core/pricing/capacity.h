#pragma once

// Provisioned capacity: how many units of it a load needs (PTU, GSU, model units), by the
// throughput that the vendor states for one unit (pricing-data/capacity, tokenlever.capacity/1).
//
// A request weighs the sum over its units of quantity x weight, times the factor of the context
// tier that its prompt reaches; where tiers are marginal each slice of the prompt has its own
// factor, and what the cache holds comes first. Units needed = weight x requests per minute /
// throughput of one.

#include "base/json.h"
#include "base/result.h"
#include "pricing/bill.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tokenlever {

struct UnitWeight {
    Unit unit{};
    Decimal weight = 1;
};

struct CapacityTier {
    bool is_inclusive = false;
    std::int64_t threshold = 0;
    Decimal input_factor = 1, output_factor = 1;
};

// How a unit is sold: at least so many, in such steps. Of a plan whose input and output are bought
// apart there is one for each.
struct CapacityDeployment {
    std::string name{};
    std::int64_t minimum = 1, step = 1;
};

struct CapacityPlan {
    std::string provider{}, unit{}, model{};  // model "*": every one
    Decimal throughput{};                     // weighted quantity that one unit carries, per minute
    std::vector<UnitWeight> weights{};        // a unit that is not named: as the unit containing it
    bool is_marginal = false;
    std::vector<CapacityTier> tiers{};  // ascending
    bool is_split = false;              // input and output are bought apart
    std::vector<CapacityDeployment> deployments{};
    Source source{};
};

// A document of schema tokenlever.capacity/1.
Result<std::vector<CapacityPlan>> read_capacity(const Json& document);
// {unit: "weight"}
Result<std::vector<UnitWeight>> read_weights(const Json& json);

struct CapacityNeed {
    Decimal load{};            // weighted quantity per minute
    Decimal required_units{};  // to 12 fraction digits
    std::int64_t units = 0;    // bought: whole steps, not less than the minimum
    std::int64_t minimum = 0, step = 1;
};

// `usage` is of one request. NumberTooLarge beyond 2^62 units.
Result<CapacityNeed> size_capacity(const CapacityPlan& plan, const CapacityDeployment& deployment,
                                   std::span<const UnitQuantity> usage,
                                   const Decimal& requests_per_minute);

}  // namespace tokenlever
