#pragma once

// A scenario with its names resolved: which model of the book each name means, which levers act on
// which workloads, in which order. Made once per evaluation; the numbers stay outside (inputs.h).

#include "pricing/price_book.h"
#include "scenario/evaluate.h"
#include "scenario/inputs.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tokenlever {

// A part of the week at one price: a window of the card, or (nullptr) what lies outside of all.
struct WeekPart {
    const Window* window = nullptr;
    std::int64_t quarters = 0;  // of an hour
};
inline constexpr std::int64_t kQuartersPerWeek = std::int64_t{7} * 24 * 4;

struct PlannedModel {
    std::string name{};              // "provider/model"; as typed if the book has no such model
    std::string where{};             // JSON pointer of its first mention
    PriceBook::Found found{};        // both null: unknown
    const RateCard* card = nullptr;  // null: unknown, or no card at the instant
    bool sells_batch = true;         // false: the card says that batch is not sold
    const CacheRules* cache = nullptr;
    // Where the price depends on the hour: the parts of a week without holidays.
    std::vector<WeekPart> week{};
};

struct PlannedLever {
    LeverKind kind{};
    std::vector<bool> acts_on{};        // by workload
    std::vector<std::size_t> models{};  // routing: the model of each route
    std::string ttl{};                  // prompt_cache: as typed
    bool instruction_in_prefix = false;
};

struct Plan {
    const Scenario* scenario = nullptr;
    InputLayout inputs{};
    std::vector<PlannedModel> models{};
    std::vector<std::size_t> workload_models{};  // by workload: index in `models`
    std::vector<PlannedLever> levers{};          // as Scenario::levers
    std::vector<std::size_t> apply_order{};      // lever indices, causal order, then the document's
};

// Never fails: an unknown model stays unresolved. `scenario` and `book` must outlive the plan.
Plan plan_scenario(const Scenario& scenario, const PriceBook& book);

// The write unit of a cache with this TTL on this model, and whether the model sells that TTL;
// an empty or unsold TTL means the model's default.
struct CacheWriteUnit {
    Unit unit{};
    bool is_sold_ttl = true;
};
CacheWriteUnit cache_write_unit(const PlannedModel& model, std::string_view ttl);

}  // namespace tokenlever
