#include "focus/charge.h"

namespace tokenlever {

namespace {

constexpr std::array<std::string_view, 8> kChargeCategories = {
    "usage", "purchase", "credit", "discount", "refund", "tax", "rounding", "correction"};
constexpr std::array<std::string_view, 3> kCostKinds = {"billed", "estimated", "notional"};
constexpr std::array<std::string_view, 8> kSourceKinds = {
    "direct_api",   "cloud",     "gateway",          "observability",
    "coding_agent", "telemetry", "billing_standard", "gpu_infra"};

}  // namespace

std::string_view to_id(ChargeCategory category) {
    return kChargeCategories[static_cast<std::size_t>(category)];
}
std::string_view to_id(CostKind kind) { return kCostKinds[static_cast<std::size_t>(kind)]; }
std::string_view to_id(SourceKind kind) { return kSourceKinds[static_cast<std::size_t>(kind)]; }

}  // namespace tokenlever
