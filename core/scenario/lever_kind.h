#pragma once

// The kinds of levers, as a table: one row per kind says where it acts in the causal order, what it
// takes to pull it (pricing-data/levers.json), and whether this version evaluates it. A new lever
// is a row here, a row in levers.json, a settings struct in scenario.h, its reader and its
// transformer.

#include "scenario/scenario.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tokenlever {

enum class LeverKind : std::uint8_t {
    // In the order of Lever::settings:
    PromptCache,
    Routing,
    OutputControl,
    Batch,
    // Kinds of the document that this version does not evaluate; the reader says so:
    Flex,
    TrimInput,
    ResponseCache,
    Discount,
    Commitment,
    SelfHost,
};

enum class Effort : std::uint8_t { Low = 1, Medium = 2, High = 4 };  // the value is its points

struct LeverRow {
    LeverKind kind{};
    std::string_view id;    // "prompt_cache"
    std::string_view name;  // "Prompt caching"
    int apply_order = 0;    // smaller acts first
    bool is_built = false;
    Effort effort = Effort::Low;
    std::string_view effort_reason{};
    std::span<const std::string_view> prerequisites{};  // sentences
};

std::span<const LeverRow> lever_rows();
const LeverRow& lever_row(LeverKind kind);
std::optional<LeverKind> find_lever_kind(std::string_view id);
std::string_view to_id(Effort effort);

LeverKind kind_of(const Lever& lever);

}  // namespace tokenlever
