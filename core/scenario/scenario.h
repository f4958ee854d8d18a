#pragma once

// The scenario document (schema tokenlever.scenario/1): workloads and levers. One document is what
// a link, a file, a frame message, the CLI and the app share. Numbers are kept as the decimals they
// are written as; evaluation (evaluate.h) is exact where the inputs are decimals.

#include "base/decimal.h"
#include "base/instant.h"
#include "base/result.h"
#include "pricing/price_book.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tokenlever {

struct Tags {
    std::string team{}, feature{}, customer_tier{}, environment{}, experiment{};
    bool operator==(const Tags&) const = default;
};

struct Workload {
    std::string id{}, name{};
    std::string model{};  // "anthropic/claude-sonnet-4-5"
    Decimal requests_per_month{};
    Decimal prefix_tokens{};       // cacheable, per request
    Decimal other_input_tokens{};  // per request
    Decimal output_tokens{};       // per request
    ServiceTier service_tier = ServiceTier::Standard;
    std::string region = "global";
    Tags tags{};
    bool operator==(const Workload&) const = default;
};

struct PromptCache {
    std::string ttl{};   // "5m", "30m", "1h", "12h"; empty: the model's default
    Decimal hit_rate{};  // 0..1
    std::optional<Decimal> hit_rate_batch{};  // default: hit_rate
    bool operator==(const PromptCache&) const = default;
};
struct Route {
    std::string to{};  // "anthropic/claude-haiku-4-5"
    Decimal share{};   // 0..1; the shares of a lever sum to at most 1
    bool operator==(const Route&) const = default;
};
struct Routing {
    std::vector<Route> routes{};
    Decimal router_cost_per_request{};  // dollars, on every request
    bool operator==(const Routing&) const = default;
};
struct OutputControl {
    Decimal reduction{};  // 0..1 of output tokens
    Decimal instruction_tokens{};
    bool instruction_in_prefix = false;
    bool operator==(const OutputControl&) const = default;
};
struct Batch {
    Decimal share{};  // 0..1 of requests
    bool operator==(const Batch&) const = default;
};

struct Lever {
    std::string id{};
    bool is_enabled = true;
    std::vector<std::string> workloads{};  // empty: all
    std::variant<PromptCache, Routing, OutputControl, Batch> settings{};
    bool operator==(const Lever&) const = default;
};

struct UncertainInput {
    std::string input{};  // "levers.cache.hit_rate"
    Decimal low{}, base{}, high{};
    bool operator==(const UncertainInput&) const = default;
};

struct Scenario {
    std::string name{};
    Instant at{};
    std::string currency = "USD";
    Decimal hours_per_month = 730;
    std::vector<Workload> workloads{};
    std::vector<Lever> levers{};  // the document's order is the waterfall's
    std::vector<UncertainInput> uncertainty{};
    bool operator==(const Scenario&) const = default;
};

// Unknown keys are errors (it is a stored document). Error.where is the JSON pointer. `default_at`
// stands in for an absent "at"; without it the key is needed.
Result<Scenario> read_scenario(std::string_view json, std::optional<Instant> default_at = {});
// Writes the same document back, keys in schema order; read(write(s)) == s.
std::string write_scenario(const Scenario& scenario);

}  // namespace tokenlever
