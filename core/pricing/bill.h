#pragma once

// What usage costs: one listed price per unit (unit_price), or a whole bill (bill).
//
// A line is quantity x rate x all factors / per, computed without loss and rounded once, half-even,
// to 10^-12. Where the conditions cannot decide a price (an aggregate of many requests and a tier
// per request, a cache write of unknown TTL, ...) the line has a low and a high cost and the bill
// names the reason. What has no price is listed as unpriced: it is never 0.

#include "base/diagnostics.h"
#include "base/money.h"
#include "pricing/discount.h"
#include "pricing/price_book.h"

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever {

// What a request says of its product beside the model: {"resolution", "4k"}.
struct ChosenOption {
    std::string name{}, value{};
};

struct PriceConditions {
    Instant at{};
    // The end of the time bucket the usage was spread over, where `at` is only its start: prices
    // that differ inside [at, until) make an interval (hour_unknown).
    std::optional<Instant> until{};
    ServiceTier service_tier = ServiceTier::Standard;
    Speed speed = Speed::Standard;
    std::string region = "global";
    // Prompt of one request: uncached + cache reads + cache writes. Absent: the base tier.
    std::optional<std::int64_t> prompt_tokens{};
    // Whether the requests reasoned. Absent: those with reasoning tokens did.
    std::optional<bool> is_thinking{};
    std::vector<ChosenOption> options{};
};

enum class PriceGap : std::uint8_t {
    NotSold,             // the card has no rate for the unit nor for a unit that contains it
    RateUnpublished,     // null in the card: sold, but the vendor has not said for how much
    ServiceTierNotSold,  // the card has no multiplier for the service tier asked for
    SpeedNotSold,
    NoCard,  // the model has no card at the instant
    UnknownModel,
    AmountTooLarge,  // beyond what money can hold
    OtherCurrency,   // said by who adds up bills: this one is in a currency of its own
    OptionNotSold,   // the card prices other values of an option than the request names
    PerSlice,        // a marginal tier: the price depends on where in the prompt the token stands
};
std::string_view to_id(PriceGap gap);

// The multipliers that took part, in the card's order; free usage adds one of its own.
class AppliedMultipliers {
public:
    AppliedMultipliers() = default;
    // Copies what is there, not the room for more: a bill copies many prices.
    AppliedMultipliers(const AppliedMultipliers& other) { *this = other; }
    AppliedMultipliers& operator=(const AppliedMultipliers& other) {
        count_ = other.count_;
        for (std::size_t i = 0; i < count_; ++i)
            items_[i] = other.items_[i];
        return *this;
    }
    void add(const Multiplier* multiplier) { items_[count_++] = multiplier; }
    std::span<const Multiplier* const> all() const { return {items_.data(), count_}; }

private:
    std::array<const Multiplier*, kMostMultipliers + 1> items_;  // the first count_ are set
    std::size_t count_ = 0;
};

struct UnitPrice {
    Decimal list_unit_price{};  // per unit_per(unit), after tier, window and multipliers
    Unit rate_unit{};           // whose rate it is: the unit, or the one that contains it
    const ContextTier* context_tier = nullptr;
    const Window* window = nullptr;
    const Variant* variant = nullptr;  // whose rate it is, if it is one's
    AppliedMultipliers multipliers;
};

// The price of one unit on a card; `conditions.until` is not looked at.
std::expected<UnitPrice, PriceGap> unit_price(const RateCard& card, Unit unit,
                                              const PriceConditions& conditions);

struct UnitQuantity {
    Unit unit{};
    Decimal quantity{};  // fractional for hours and seconds only
};

// What only the payer knows. Nothing of it changes the list price; free pools are a part of it.
struct Account {
    // Already taken out of free pools in their current period, by unit; a unit that is not named:
    // nothing. Absent: not known, so that a free pool makes an interval.
    std::optional<std::vector<UnitQuantity>> free_used{};
    std::vector<Discount> discounts{};
};

struct PriceRequest {
    std::string_view provider{};  // may be empty: from the model's name, else the maker's list
    std::string_view model{};
    PriceConditions conditions;  // prompt_tokens is filled from the usage if absent
    // Each unit at most once, any order. Disjoint classes; ReasoningTokens is a part of
    // OutputTokens. Unit::Requests may be left out: `requests` is what counts.
    std::vector<UnitQuantity> usage{};
    std::int64_t requests = 1;  // > 1: a tier per request is decided only if all are short
    // Where it is known that there are several requests, and that no prompt of one is longer. The
    // usage may then be a part of what the prompts hold.
    std::optional<std::int64_t> longest_prompt{};
    const Account* account = nullptr;  // must outlive the call
};

enum class IntervalReason : std::uint8_t {
    TierUnknown,
    TtlUnknown,
    CachedSplitUnknown,
    HourUnknown,
    RateUnpublished,
    FreePoolUnknown
};
inline constexpr std::size_t kIntervalReasonCount = 6;
std::string_view to_id(IntervalReason reason);

struct BillLine {
    Unit unit{};
    Decimal quantity{};           // billed: after minimum, step and free pool; the low end
    Decimal quantity_high{};      // equal to `quantity` where it is certain
    Decimal measured_quantity{};  // before them
    UnitPrice price{};            // of the low end
    Money cost{};                 // the low end
    Money cost_high{};            // equal to `cost` where price and quantity are certain
};

struct UnpricedUsage {
    Unit unit{};
    Decimal quantity{};
    PriceGap reason{};
};

struct Bill {
    PriceBook::Found found;          // both null: unknown model
    const RateCard* card = nullptr;  // of `conditions.at`; null: see `unpriced`
    const ContextTier* context_tier = nullptr;
    const Window* window = nullptr;
    std::vector<BillLine> lines{};          // by unit; slices of a marginal prompt are lines
    std::vector<UnpricedUsage> unpriced{};  // by unit
    Money list_cost{};                      // sum of the lines; the low end of an interval
    Money list_cost_high{};                 // plus the most that unpublished cache reads can cost
    std::array<bool, kIntervalReasonCount> interval_reasons{};
    std::vector<Warning> warnings{};

    bool is_complete() const { return unpriced.empty(); }
    // False: nothing has a price, and list_cost says nothing.
    bool is_priced() const { return !lines.empty() || (unpriced.empty() && card != nullptr); }
    bool has_interval() const;  // some reason is set
};

Bill bill(const PriceBook& book, const PriceRequest& request);
// The same for a model that was already found; `request.provider` and `.model` are not looked at.
Bill bill(const PriceBook::Found& found, const PriceRequest& request);

}  // namespace tokenlever
