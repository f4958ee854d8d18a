#pragma once

// A rate card: what one seller lists for one model in one period, with every condition under which
// a rate differs. pricing-data/schema/README.md says what the keys of the file mean; this is the
// same in memory. How they combine: pricing/situation.h.

#include "base/decimal.h"
#include "base/instant.h"
#include "focus/unit.h"
#include "pricing/calendar.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever {

enum class ServiceTier : std::uint8_t {
    Standard,
    Batch,
    Flex,
    Priority,
    Provisioned,
    Free,
    Unknown
};
enum class Speed : std::uint8_t { Standard, Fast, Ultrafast };

std::string_view to_id(ServiceTier tier);
std::string_view to_id(Speed speed);
std::optional<ServiceTier> find_service_tier(
    std::string_view id);  // with the files' synonyms (default, on_demand ...)
std::optional<Speed> find_speed(std::string_view id);

// Where a rate comes from and how sure it is. `Listed` has the vendor's own words in `quote`;
// `Imported` was converted from a package and seen by nobody.
enum class RateStatus : std::uint8_t { Listed, Observed, Derived, Scheduled, Retracted, Imported };

struct Source {
    std::string id{};       // key in the provider file
    std::string url{};      // the vendor's page, where one was read
    std::string package{};  // else the package, its version and the path inside
    std::string version{};
    std::string path{};
    std::string read_at{};  // ISO date
    std::string quote{};    // the vendor's words; empty unless status is Listed
};

// A listed rate per unit_per(unit). Absent: the unit bills at its parent's rate. `is_published`
// false (null in the file): the vendor has not said, so the answer is an interval or `unpriced`;
// never 0.
struct UnitRate {
    Unit unit{};
    bool is_published = true;
    Decimal rate{};
    bool operator==(const UnitRate&) const = default;
};

// ---- conditions -------------------------------------------------------------------------------

struct ContextTier {
    bool is_inclusive = false;      // op ">=" if true, ">" if false
    bool is_ambiguous = false;      // the vendor's own words differ on the threshold itself
    std::int64_t threshold = 0;     // prompt tokens of one request, cached ones included
    std::string quote{};            // the vendor's words about the threshold
    std::vector<UnitRate> rates{};  // replace the base rates; units not named keep theirs
};

struct Window {  // a named part of the week on the vendor's clock
    std::string name{};
    int offset_minutes = 0;              // the vendor's zone, east of UTC
    std::uint8_t weekdays = 0;           // bit 0 = Monday
    int from_minute = 0, to_minute = 0;  // half-open
    std::string except_holidays{};       // id of a calendar; empty: holidays are like other days
    std::shared_ptr<const Calendar> calendar{};  // of that id
    std::optional<Decimal> factor{};             // on token units; else
    std::vector<UnitRate> rates{};               // these replace the base rates
};

// "resolution" is one of "720p", "1080p": met by a request that says so.
struct Option {
    std::string name{};
    std::vector<std::string> values{};
    bool operator==(const Option&) const = default;
};

struct Variant {  // rates that differ by what the request asked for; all options must be met
    std::string name{};
    std::vector<Option> options{};
    std::vector<UnitRate> rates{};  // replace the base rates; units not named keep theirs
};

inline constexpr std::size_t kMostMultipliers = 12;  // on one card

struct Multiplier {      // conditions are ANDed; an absent one always holds
    std::string name{};  // "batch", "region_us": shown in a line's `multipliers`
    std::optional<ServiceTier> service_tier{};
    std::optional<Speed> speed{};
    std::vector<std::string> regions{};
    std::vector<Option> options{};
    Decimal factor = 1;
    std::vector<UnitRate>
        rates{};  // if not empty, these replace the card's rates instead of a factor
    std::vector<Unit> applies_to{};  // empty: every token unit
};

// How batch combines with cached tokens (levers.md section 4).
enum class BatchStacking : std::uint8_t {
    None,  // cached tokens bill at the batch input price; also what is assumed if unknown
    CachePrecedence,  // cache reads keep their price, the rest is discounted
    Multiply,         // the batch factor applies to cached tokens too
};

// ---- quantities -------------------------------------------------------------------------------

// A usage that is billed as another: 250 chunks as 3 search units, tokens as credits.
struct Conversion {
    Unit from{}, to{};
    Decimal factor = 1;
    bool rounds_up = false;     // to whole units of `to`, request by request
    bool keeps_source = false;  // `from` is billed too: a fee on top
};

// What one request is billed for at the least, and in which steps.
struct BilledQuantity {
    Unit unit{};
    Decimal minimum{};               // of a request that used the unit at all; 0 stays 0
    Decimal step{};                  // 0: as measured
    bool rounds_to_nearest = false;  // else up; halves up
};

// Units that cost nothing until an account's pool is used up. One pool is shared by every card that
// names it.
struct FreePool {
    std::string name{};
    std::vector<Unit> units{};
    Decimal amount{};
    bool is_daily = false;  // else monthly
};

// ---- the card ---------------------------------------------------------------------------------

struct RateCard {
    std::string id{};
    std::optional<Instant> effective_from{}, effective_to{};  // half-open; absent = open
    std::string gap_after{};  // why the next card does not start where this one ends
    RateStatus status = RateStatus::Observed;
    bool is_curated = false;
    bool is_marginal = false;  // each slice of a prompt at its own tier, not the whole at one
    std::uint32_t source = 0;  // index into Provider::sources
    std::string quote{};       // the vendor's words about this card, if it has its own
    BatchStacking batch_stacking = BatchStacking::None;  // the model's, copied here
    std::vector<UnitRate> rates{};                       // sorted by unit
    std::vector<ContextTier> context_tiers{};            // ascending thresholds
    std::vector<Window> windows{};  // disjoint; outside all of them the base rates hold
    std::vector<Variant> variants{};
    std::vector<Multiplier> multipliers{};
    std::vector<Conversion> conversions{};
    std::vector<BilledQuantity> billed_quantities{};
    std::vector<FreePool> free_pools{};
};

// Mechanics of prompt caching that levers need (levers.md section 3.1).
struct CacheRules {
    std::optional<std::int64_t> minimum_tokens{};
    std::int64_t increment = 1;
    std::vector<std::string>
        ttls{};  // "5m", "1h": names of the write units the vendor sells; first is the default
    bool is_automatic = false;
    BatchStacking batch_stacking = BatchStacking::None;
};

// The same text is more tokens on a newer tokenizer: compare prices per text, not per token.
struct Tokenizer {
    Decimal shift = 1;      // tokens here per token of `against`
    std::string against{};  // a model, or "the maker's earlier models"
};

}  // namespace tokenlever
