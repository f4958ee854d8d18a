#pragma once

// What the screens need of the price book, made once: the models that can be chosen, with their
// list prices, and the facts for the rail's foot. Views read this; they never ask the engine.

#include "tokenlever.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever::app {

// How sure the book is of a price.
enum class PriceLabel : std::uint8_t { Curated, Listed, Observed, Derived, Scheduled, Imported };
inline constexpr std::size_t kPriceLabelCount = 6;
std::string_view words_of(PriceLabel label);

struct ModelChoice {
    std::string id{};        // "anthropic/claude-sonnet-4-5"
    std::string name{};      // "Claude Sonnet 4.5"
    std::string provider{};  // "Anthropic"
    std::string search{};    // lower case: name, id, provider
    std::string input_price{}, cache_read_price{}, output_price{};  // of a million: "$3"; or a dash
    std::optional<Decimal> input_rate{}, cache_read_rate{}, output_rate{};
    std::optional<std::int64_t> context_window{};
    PriceLabel label{};
    std::string source{};                    // where the price was read, short
    std::optional<std::int64_t> age_days{};  // from that day to the catalog's instant
    std::vector<std::string> ttls{};         // lifetimes a prompt cache can have here
    bool is_deprecated = false;
};

struct Catalog {
    std::string date{};  // of the price book
    Instant at{};
    std::size_t model_count = 0;
    std::vector<ModelChoice> models{};     // those with a price at the instant; current ones first
    std::vector<std::string> providers{};  // of these models, the names in the book's order

    const ModelChoice* find(std::string_view id) const;
    // The name a person reads: of an id the book does not know, the id itself.
    std::string name_of(std::string_view id) const;
    // Every word of the query occurs somewhere in the model's name, id or provider.
    std::vector<const ModelChoice*> search(std::string_view query) const;
};

std::string lower(std::string_view text);  // ASCII

Catalog make_catalog(const PriceBook& book, Instant at);

}  // namespace tokenlever::app
