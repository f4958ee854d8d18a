#pragma once

// What a scenario costs, what each lever saves, and what to do first. One pure function; exact.
//
//   Levers change *state* (tokens per request, shares of the requests, cache hits, service tiers),
//   never dollars. They act in causal order, whatever their order in the document (output control,
//   routing, prompt cache, batch), and the cost is taken once, on the final state. So the joint
//   saving holds no double counting; the shares of it are reported three ways: each lever alone, a
//   waterfall in the document's order, and Shapley values, which add up to the joint saving to the
//   last digit.
//
//   Each charge (workload x model x service tier x token class) is computed without loss and
//   rounded once, half-even, to 10^-12; every sum and difference after that is exact.
//
//   A price that is not known is not zero: the charge has no cost, the state has no `monthly_cost`,
//   and whatever depends on it is absent, with a warning that says which model and which token
//   class.
//
// docs/methodology.md derives the rules; docs/schema/evaluation.schema.json is the JSON form
// (core/api.h).

#include "base/money.h"
#include "base/result.h"
#include "focus/unit.h"
#include "pricing/price_book.h"
#include "scenario/lever_kind.h"
#include "scenario/scenario.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tokenlever {

inline constexpr std::size_t kMaxEnabledLevers = 12;  // all 2^n subsets are evaluated
inline constexpr std::size_t kMaxLevers = 32;         // in one document, enabled or not
inline constexpr std::size_t kMaxRoutes = 100;        // of one lever

// A set of levers: bit i is Scenario::levers[i].
using LeverSet = std::uint32_t;

// ---- one state and its cost
// -----------------------------------------------------------------------

// Requests of one workload that go to one model in one service tier, after the levers.
struct Branch {
    std::size_t workload = 0;  // index in Scenario::workloads
    std::string model{};  // "anthropic/claude-haiku-4-5"; as typed if the book has no such model
    ServiceTier service_tier = ServiceTier::Standard;
    Decimal requests{};          // per month
    Decimal cacheable_tokens{};  // per request: prefix tokens that the cache can hold; 0 without a
                                 // cache
    Decimal uncached_tokens{};   // per request: the rest of the input
    Decimal output_tokens{};     // per request
    std::optional<Decimal> hit_rate{};  // absent: no prompt cache acts here
};

// One charge. `cost` absent: this token class of this model has no published price.
struct ScenarioCharge {
    std::size_t workload = 0;
    std::string model{};  // empty for a fee that belongs to no model (the router)
    ServiceTier service_tier = ServiceTier::Standard;
    std::optional<Unit> unit{};  // absent: a fee per request
    Decimal quantity;            // tokens (or requests) per month
    Decimal list_unit_price{};   // per `per`, after context tier, service tier, region
    std::int64_t per = 1;
    std::optional<Money> cost{};
};

struct ScenarioCost {
    std::optional<Money> monthly_cost{};    // absent if any charge has no price
    Money priced_cost{};                    // the sum of the charges that have one
    Decimal requests{};                     // per month, all workloads
    std::vector<Branch> branches{};         // by workload, then in the order the levers make them
    std::vector<ScenarioCharge> charges{};  // by branch, then by unit; zero quantities are left out
};

// The same money by one attribute, in order of first appearance; the groups sum to the whole.
struct CostGroup {
    std::string key;     // model, unit id ("cache_read_tokens", "router_fee") or workload id
    Decimal quantity{};  // tokens, all classes of the group; requests for the router fee
    Money priced_cost{};
    bool is_complete = true;  // false: some charge of the group has no price
};
std::vector<CostGroup> group_by_model(const ScenarioCost& cost);  // the router's fee under "router"
std::vector<CostGroup> group_by_token_class(
    const ScenarioCost& cost);  // the router's fee under "router_fee"
std::vector<CostGroup> group_by_workload(const ScenarioCost& cost, const Scenario& scenario);

// ---- the answer
// -----------------------------------------------------------------------------------

// Where a prompt cache stands on one branch of the final state: it saves money if hit_rate >
// break_even.
struct CachePosition {
    std::size_t workload = 0;
    std::string model{};
    ServiceTier service_tier = ServiceTier::Standard;
    Decimal hit_rate{};
    std::optional<double>
        break_even_hit_rate{};  // (w-1)/(w-r); absent if reads cost no less than input
    bool is_below_minimum =
        false;  // the prefix is too short: nothing is cached, nothing is charged
};

// Savings are positive when the bill falls. Absent: some state they compare has no complete price.
struct LeverResult {
    std::string id{};
    LeverKind kind{};
    bool is_enabled = true;
    std::optional<Money> alone{};  // against the baseline, no other lever on
    std::optional<Money>
        marginal{};  // what it adds to all other enabled levers (disabled: would add)
    std::optional<Money> waterfall{};  // in the document's order; 0 if disabled
    std::optional<Money> shapley{};    // 0 if disabled; the values sum to the joint saving exactly
    Effort effort{};
    std::vector<std::string> prerequisites{};  // sentences of pricing-data/levers.json
    std::vector<CachePosition> cache{};        // prompt_cache only, one per branch it acts on
};

struct CoalitionCost {
    LeverSet levers = 0;
    std::optional<Money> monthly_cost{};
};

struct TornadoBar {
    std::string input{};
    Decimal low{}, high{};
    std::optional<Money> low_cost{}, high_cost{};  // optimized cost with this one input changed
};

// Monthly cost of the optimized state over independent triangular draws; doubles, and estimates.
struct DrawSummary {
    std::int64_t draws = 0;
    std::uint64_t seed = 0;
    double mean = 0, sd = 0, p5 = 0, p50 = 0, p95 = 0;
};

struct ScenarioWarning {
    std::string
        code{};  // stable id: "caching_loses_money", "below_cache_minimum", "unknown_model" ...
    std::string message{};  // a sentence with the numbers in it
    std::string
        where{};  // JSON pointer into the scenario: "/levers/0", "/workloads/1/model"; may be empty
    bool operator==(const ScenarioWarning&) const = default;
};

struct Evaluation {
    ScenarioCost baseline;   // no lever
    ScenarioCost optimized;  // all enabled levers
    std::optional<Money> saving{};
    std::optional<double> saving_share{};  // absent if the baseline is 0 or unknown
    std::vector<LeverResult> levers{};     // the document's order, disabled ones too
    std::vector<CoalitionCost>
        coalitions{};  // all subsets of the enabled levers, by size, then by order
    std::vector<std::string>
        recommended_order{};  // lever ids; those that would add nothing are left out
    std::optional<Decimal> baseline_per_request{}, optimized_per_request{};  // rounded to 10^-12
    std::vector<TornadoBar> tornado{};                                       // widest first
    std::optional<DrawSummary> draws{};
    std::vector<ScenarioWarning> warnings{};
};

struct EvaluateOptions {
    std::int64_t draws = 0;  // 0: no Monte Carlo
    std::uint64_t seed = 1;
};

// Fails only on what the reader cannot know: too many enabled levers, too many draws, an uncertain
// input that names nothing, a model priced in another currency than the document's, or a cost
// beyond 10^15 dollars a month.
Result<Evaluation> evaluate(const Scenario& scenario, const PriceBook& book,
                            const EvaluateOptions& options = {});

// The cost of one state, for a caller that wants no attribution (comparing models, sweeping a
// slider).
Result<ScenarioCost> evaluate_state(const Scenario& scenario, const PriceBook& book,
                                    LeverSet levers);

// All levers with `is_enabled`.
LeverSet enabled_levers(const Scenario& scenario);

}  // namespace tokenlever
