#pragma once

// How a model's name in a log becomes a name in the price book (formats/README "Model names"). Only
// exact spellings count; each step takes away something that is known not to change the price list,
// and PriceBook::find looks the name up again after each. A dated id that is itself a model or
// alias is therefore found before its date is dropped.

#include "pricing/price_book.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace tokenlever {

// What was taken from the name.
struct NameFlags {
    Speed speed = Speed::Standard;  // "-fast"
    bool is_free = false;           // ":free"
    bool is_thinking = false;       // "-thinking", ":thinking"
    std::string region{};           // "us" of "us.anthropic.claude-..."

    // Whether the name is that of the model itself, wherever it runs.
    bool is_plain() const { return speed == Speed::Standard && !is_free && !is_thinking; }
};

// Longer texts are no names of models or sellers; they are unknown before anything looks at them.
// The longest that logs contain are resource names of some 150 bytes.
inline constexpr std::size_t kLongestName = 300;

// Lower case (ASCII), without blanks around it.
std::string lowered(std::string_view text);

// Blanks, dots and underscores as dashes: "Claude Sonnet 4.5" (lowered) -> "claude-sonnet-4-5".
std::string respelled(std::string_view name);
char respelled(char c);

// Takes the next removable part off a lowered name; false if there is none left:
//   ":free"  "us.anthropic."  "-v1:0"  "@20250929"  "-20250929"  "-2025-09-29"  "-thinking" "-fast"
//   and all after the base model of a fine-tuned id ("ft:gpt-4o-2024-08-06:acme::id").
bool strip_next(std::string& name, NameFlags& flags);

// Whether the name has the shape of an Amazon Bedrock id ("us.anthropic.claude-...").
bool is_bedrock_name(std::string_view name);

// The seller that the path of a lowered name states, "anthropic" of "anthropic/claude-sonnet-4-5",
// and the rest of the name. `seller` is empty if there is no path; it need not be a seller that we
// know.
struct NamePath {
    std::string_view seller{};
    std::string_view rest{};
};
NamePath split_path(std::string_view name);

// The region that one part of a path states: "eu" of azure/eu/gpt-5.4, "us-east-1" of
// bedrock/us-east-1/..., "global" of azure/global-standard/...; empty for any other text.
std::string_view region_of_path(std::string_view part);

}  // namespace tokenlever
