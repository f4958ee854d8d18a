#pragma once

// The unit prices that a branch pays, looked up once per (model, service tier, region, context
// tier, cache write unit) and kept: coalitions ask for the same few again and again.

#include "pricing/bill.h"
#include "scenario/plan.h"

#include <array>
#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

namespace tokenlever {

// What one request is charged by, in the order of the charges.
enum class RateClass : std::uint8_t { Input, CacheRead, CacheWrite, Output, Request };
inline constexpr std::size_t kRateClassCount = 5;

struct ClassRate {
    Unit unit{};
    std::expected<Decimal, PriceGap> list_unit_price;  // per unit_per(unit)
    Decimal per_count{};                               // exact price of one count; 0 if unknown
    double per_count_estimate = 0;
    bool is_due = true;  // false: a fee per request that the model does not have
};

struct BranchRates {
    std::array<ClassRate, kRateClassCount> classes{};
    const ClassRate& operator[](RateClass rate) const {
        return classes[static_cast<std::size_t>(rate)];
    }
};

class RateTable {
public:
    explicit RateTable(const Plan& plan) : plan_(&plan) {}

    // `prompt_tokens` is the whole prompt of one request. The region must outlive the table, the
    // reference lives as long.
    const BranchRates& find(std::size_t model, ServiceTier tier, std::string_view region,
                            Unit write_unit, std::int64_t prompt_tokens);

private:
    // Model, service tier, write unit, thresholds passed, region.
    using Key = std::tuple<std::size_t, ServiceTier, Unit, std::size_t, std::string_view>;
    BranchRates look_up_all(const Key& key, std::int64_t prompt_tokens) const;
    const Plan* plan_;
    std::map<Key, BranchRates> entries_{};
};

}  // namespace tokenlever
