#pragma once

// The price book: providers, their models, and for each model the dated cards of its rates.
// Immutable once read. Every look-up takes the instant it asks about; nothing here knows "today".
//
// Selecting a price (pricing.md section 2, order of precedence): card by (provider, model,
// instant), then context tier by the whole prompt, then window by the vendor's calendar, then
// multipliers by served tier, speed and region. Exactly one card matches an instant; the reader
// rejects overlaps.

#include "base/decimal.h"
#include "base/instant.h"
#include "base/result.h"
#include "focus/unit.h"

#include <array>
#include <optional>
#include <span>
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

// Where a rate comes from and how sure it is. `Listed` has the vendor's own words in `quote`.
enum class RateStatus : std::uint8_t { Listed, Observed, Derived, Scheduled, Retracted };

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

struct ContextTier {
    bool is_inclusive = false;      // op ">=" if true, ">" if false
    std::int64_t threshold = 0;     // prompt tokens of one request, cached ones included
    std::vector<UnitRate> rates{};  // replace the base rates; units not named keep theirs
};

struct Window {  // a named part of the week on the vendor's clock
    std::string name{};
    int offset_minutes = 0;              // the vendor's zone, east of UTC
    std::uint8_t weekdays = 0;           // bit 0 = Monday
    int from_minute = 0, to_minute = 0;  // half-open
    std::vector<UnitRate> rates{};
};

inline constexpr std::size_t kMostMultipliers = 12;  // on one card

struct Multiplier {      // conditions are ANDed; an absent one always holds
    std::string name{};  // "batch", "region_us": shown in a line's `multipliers`
    std::optional<ServiceTier> service_tier{};
    std::optional<Speed> speed{};
    std::vector<std::string> regions{};
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

struct RateCard {
    std::string id{};
    std::optional<Instant> effective_from{}, effective_to{};  // half-open; absent = open
    std::string gap_after{};  // why the next card does not start where this one ends
    RateStatus status = RateStatus::Observed;
    bool is_curated = false;
    std::uint32_t source = 0;  // index into Provider::sources
    std::string quote{};       // the vendor's words about this card, if it has its own
    BatchStacking batch_stacking = BatchStacking::None;  // the model's, copied here
    std::vector<UnitRate> rates{};                       // sorted by unit
    std::vector<ContextTier> context_tiers{};            // ascending thresholds
    std::vector<Window> windows{};  // disjoint; outside all of them the base rates hold
    std::vector<Multiplier> multipliers{};
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

struct Alias {
    std::string value{};  // lower case, equals
    std::optional<Instant> effective_from{}, effective_to{};
};

struct Model {
    std::string id{}, name{}, publisher{};
    std::vector<Alias> aliases{};
    std::optional<Instant> released{};
    std::optional<std::int64_t> context_window{}, max_output_tokens{};
    bool is_deprecated = false;
    std::optional<CacheRules> cache{};
    std::vector<RateCard> cards{};  // by effective_from
    std::uint32_t document = 0;     // which of the documents given to PriceBook::read it came from
};

struct Provider {
    std::string id{}, name{}, currency{};
    std::vector<std::string> aliases{};
    std::vector<Source> sources{};
    std::vector<Model> models{};  // sorted by id
};

class PriceBook {
public:
    // Reads documents of pricing-data/schema (one provider each, or a book that holds several).
    // Later documents win over earlier ones, model by model. Errors name the JSON pointer.
    static Result<PriceBook> read(std::span<const std::string_view> documents);

    const std::string& version() const { return version_; }
    const std::string& date() const { return date_; }
    std::span<const Provider> providers() const { return providers_; }
    // By id or alias ("x-ai"), any case; nullptr if the book has no such seller.
    const Provider* provider(std::string_view id) const;

    struct Found {
        const Provider* provider = nullptr;
        const Model* model = nullptr;
        // What a suffix of the name says beside the model: "-fast", ":free". Holds where the
        // request itself says nothing else.
        Speed speed = Speed::Standard;
        ServiceTier service_tier = ServiceTier::Standard;
    };
    // Resolves a name as it occurs in logs: "anthropic/claude-sonnet-4-5", dated suffixes, aliases
    // that hold at `at`; case-insensitive. An empty provider means: from a prefix of the model's
    // name, else the maker's own list. Nothing is guessed: no match is an empty answer.
    // (model_name.h has the rules.)
    std::optional<Found> find(std::string_view provider, std::string_view model, Instant at) const;
    // "provider/model" of near misses, the same model at other sellers first; for messages only.
    std::vector<std::string> suggestions(std::string_view provider, std::string_view model) const;

private:
    friend class BookBuilder;
    struct IndexEntry {  // one name of one model
        std::uint64_t hash = 0;
        std::string name{};
        std::uint32_t provider = 0, model = 0;
        std::optional<Instant> effective_from{}, effective_to{};
        bool is_respelled = false;  // with dashes for dots: yields to a name that is spelt so
    };
    const IndexEntry* entry_of(std::string_view name, const Provider* seller, Instant at) const;
    void add_names(std::uint32_t provider, std::uint32_t model);
    void build_index();

    std::string version_, date_;
    std::vector<Provider> providers_;
    std::vector<IndexEntry> index_;  // by hash
};

// The card of the instant, or nullptr. Retracted cards never hold.
const RateCard* card_at(const Model& model, Instant at);

// Whether an instant is in a half-open period whose ends may be open.
inline bool holds_at(const std::optional<Instant>& from, const std::optional<Instant>& to,
                     Instant at) {
    return (!from || *from <= at) && (!to || at < *to);
}

}  // namespace tokenlever
