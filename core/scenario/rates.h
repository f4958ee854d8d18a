#pragma once

// The unit prices that a branch pays, looked up once per (model, service tier, region, context
// tier, cache write unit) and kept: coalitions ask for the same few again and again.

#include "pricing/bill.h"
#include "scenario/plan.h"

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

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
    bool varies_by_hour =
        false;  // the vendor's price depends on the hour; this is the price at the scenario's
    const ClassRate& operator[](RateClass rate) const {
        return classes[static_cast<std::size_t>(rate)];
    }
};

class RateTable {
public:
    explicit RateTable(const Plan& plan) : plan_(&plan) {}

    // `prompt_tokens` is the whole prompt of one request. The reference lives until the next call.
    const BranchRates& find(std::size_t model, ServiceTier tier, std::string_view region,
                            Unit write_unit, std::int64_t prompt_tokens);

private:
    struct Entry {
        std::size_t model = 0;
        ServiceTier tier{};
        std::string region;
        Unit write_unit{};
        std::size_t context_tier = 0;  // thresholds passed
        BranchRates rates;
    };
    const Plan* plan_;
    std::vector<Entry> entries_{};
};

}  // namespace tokenlever
