#pragma once

// The ids of sellers as the contract spells them, and what other tools call them.

#include <string_view>

namespace tokenlever {

// "x-ai" -> "xai", "bedrock" -> "amazon-bedrock"; a seller's own id gives itself; empty if unknown.
// `id` in lower case.
std::string_view canonical_provider(std::string_view id);

}  // namespace tokenlever
