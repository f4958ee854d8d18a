#include "scenario/lever_kind.h"

#include "scenario/lever_table.inc.h"  // kLeverEfforts (generated from pricing-data/levers.json)

#include <array>

namespace tokenlever {

namespace {

// Causal order (levers.md section 9): what is asked before what is sent, before where it is sent,
// before what is reused there, before when it runs, before what is paid for it.
constexpr std::array kRows = {
    LeverRow{LeverKind::PromptCache, "prompt_cache", "Prompt caching", 40, true},
    LeverRow{LeverKind::Routing, "routing", "Model routing", 30, true},
    LeverRow{LeverKind::OutputControl, "output_control", "Output control", 25, true},
    LeverRow{LeverKind::Batch, "batch", "Batch processing", 50, true},
    LeverRow{LeverKind::Flex, "flex", "Flex processing", 51, false},
    LeverRow{LeverKind::TrimInput, "trim_input", "Prompt trimming", 20, false},
    LeverRow{LeverKind::ResponseCache, "response_cache", "Response cache", 10, false},
    LeverRow{LeverKind::Discount, "discount", "Negotiated discount", 70, false},
    LeverRow{LeverKind::Commitment, "commitment", "Spend commitment", 80, false},
    LeverRow{LeverKind::SelfHost, "self_host", "Self-hosted inference", 35, false},
};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < kRows.size(); ++i)
        if (static_cast<std::size_t>(kRows[i].kind) != i) return false;
    return kRows.size() == static_cast<std::size_t>(LeverKind::SelfHost) + 1;
}
static_assert(is_in_order());

constexpr const LeverEffortRow* find_effort(std::string_view kind) {
    for (const LeverEffortRow& row : kLeverEfforts)
        if (row.kind == kind) return &row;
    return nullptr;
}

constexpr bool has_all_efforts() {
    for (const LeverRow& row : kRows)
        if (find_effort(row.id) == nullptr) return false;
    return true;
}
static_assert(has_all_efforts(), "pricing-data/levers.json lacks a kind of lever");

constexpr Effort to_effort(std::string_view id) {
    if (id == "low") return Effort::Low;
    return id == "medium" ? Effort::Medium : Effort::High;
}

constexpr auto with_efforts() {
    auto rows = kRows;
    for (LeverRow& row : rows) {
        const LeverEffortRow& effort = *find_effort(row.id);
        row.effort = to_effort(effort.effort);
        row.effort_reason = effort.reason;
        row.prerequisites = effort.prerequisites;
    }
    return rows;
}

constexpr auto kLeverRows = with_efforts();

}  // namespace

std::span<const LeverRow> lever_rows() { return kLeverRows; }

const LeverRow& lever_row(LeverKind kind) { return kLeverRows[static_cast<std::size_t>(kind)]; }

std::optional<LeverKind> find_lever_kind(std::string_view id) {
    for (const LeverRow& row : kLeverRows)
        if (row.id == id) return row.kind;
    return std::nullopt;
}

std::string_view to_id(Effort effort) {
    switch (effort) {
        case Effort::Low: return "low";
        case Effort::Medium: return "medium";
        case Effort::High: return "high";
    }
    return "";
}

LeverKind kind_of(const Lever& lever) { return static_cast<LeverKind>(lever.settings.index()); }

}  // namespace tokenlever
