#pragma once

// The price book: providers, their models, and for each model the dated cards of its rates.
// Immutable once read. Every look-up takes the instant it asks about; nothing here knows "today".
//
// Selecting a price (pricing.md section 2, order of precedence): card by (provider, model,
// instant), then context tier by the whole prompt, then window by the vendor's calendar, then
// multipliers by served tier, speed and region. Exactly one card matches an instant; the reader
// rejects overlaps.

#include "base/instant.h"
#include "base/result.h"
#include "pricing/discount.h"
#include "pricing/rate_card.h"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever {

struct CapacityPlan;  // pricing/capacity.h

struct Alias {
    std::string value{};   // lower case, equals
    std::string region{};  // where the name says it without a prefix
    std::optional<Instant> effective_from{}, effective_to{};
};

struct Model {
    std::string id{}, name{}, publisher{};
    std::vector<Alias> aliases{};
    std::optional<Instant> released{};
    std::optional<std::int64_t> context_window{}, max_output_tokens{};
    bool is_deprecated = false;
    std::optional<CacheRules> cache{};
    std::optional<Tokenizer> tokenizer{};
    std::vector<RateCard> cards{};  // by effective_from
    std::uint32_t document = 0;     // which of the documents given to PriceBook::read it came from
    std::uint32_t import_rank = 0;  // of the package it was imported from; 0: a provider document
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
    // Later documents win over earlier ones, model by model; an imported list, wherever it stands,
    // only adds models that nobody else has. Errors name the JSON pointer.
    static Result<PriceBook> read(std::span<const std::string_view> documents);

    const std::string& version() const { return version_; }
    const std::string& date() const { return date_; }
    std::span<const Provider> providers() const { return providers_; }
    std::span<const CapacityPlan> capacities() const;
    // Negotiated ones that a book of the user's own states; they hold for every request.
    std::span<const Discount> discounts() const { return discounts_; }
    // By id or alias ("x-ai"), any case; nullptr if the book has no such seller.
    const Provider* provider(std::string_view id) const;

    struct Found {
        const Provider* provider = nullptr;
        const Model* model = nullptr;
        // What a suffix of the name says beside the model: "-fast", ":free". Holds where the
        // request itself says nothing else.
        Speed speed = Speed::Standard;
        ServiceTier service_tier = ServiceTier::Standard;
        // Where the name is bound to a region ("eu.anthropic.claude-...", azure/us/gpt-4.1): that
        // is what is billed, whatever region the request was sent from.
        std::string region{};
    };
    // Resolves a name as it occurs in logs: "anthropic/claude-sonnet-4-5", dated suffixes, aliases
    // that hold at `at`; case-insensitive. An empty provider means: from a prefix of the model's
    // name, else the maker's own list. Nothing is guessed: no match is an empty answer.
    // (model_name.h has the rules.)
    std::optional<Found> find(std::string_view provider, std::string_view model, Instant at) const;
    // "provider/model" of near misses, the same model at other sellers first; for messages only.
    // None for a name that is longer than any.
    std::vector<std::string> suggestions(std::string_view provider, std::string_view model) const;

private:
    friend class BookBuilder;
    // One name of one model. Names stay where they are: the book may be moved.
    struct IndexEntry {
        std::uint64_t hash = 0;
        std::uint32_t provider = 0, model = 0;
        std::int32_t alias = -1;    // in Model::aliases; else the id
        bool is_respelled = false;  // with dashes for dots: yields to a name that is spelt so
    };
    struct SellerName {
        std::uint64_t hash = 0;
        std::uint32_t provider = 0;
        std::int32_t alias = -1;  // in Provider::aliases; else the id
    };
    const Model& model_of(const IndexEntry& entry) const;
    std::string_view name_of(const SellerName& entry) const;
    bool has_name(const IndexEntry& entry, std::string_view name) const;
    std::span<const IndexEntry> entries_of(std::string_view name) const;
    const IndexEntry* entry_of(std::string_view name, const Provider* seller, Instant at) const;
    void add_names(std::uint32_t provider, std::uint32_t model);
    void build_index();
    bool is_shadowed(std::uint32_t provider, std::uint32_t model) const;
    void drop_shadowed();

    std::string version_, date_;
    std::vector<Provider> providers_;  // by id
    std::shared_ptr<const std::vector<CapacityPlan>> capacities_;
    std::vector<Discount> discounts_;
    std::vector<SellerName> sellers_;  // by hash
    std::vector<IndexEntry> index_;    // by hash
};

// The card of the instant, or nullptr. Retracted cards never hold.
const RateCard* card_at(const Model& model, Instant at);

// Whether an instant is in a half-open period whose ends may be open.
inline bool holds_at(const std::optional<Instant>& from, const std::optional<Instant>& to,
                     Instant at) {
    return (!from || *from <= at) && (!to || at < *to);
}

}  // namespace tokenlever
