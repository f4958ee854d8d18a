#pragma once

// The situations a request can be in: every way in which what it leaves open can be decided.

#include "pricing/situation.h"

#include <array>
#include <cstdint>
#include <vector>

namespace tokenlever {

struct Situations {
    std::vector<PriceTerms> terms{};  // one where all is decided; empty where no card holds
    const RateCard* card = nullptr;   // of the request's instant
    const Window* window = nullptr;
    const ContextTier* context_tier = nullptr;
    ServiceTier service_tier = ServiceTier::Standard;  // with what the model's name says
    Speed speed = Speed::Standard;
    std::int64_t prompt_tokens = 0;
    std::array<bool, kIntervalReasonCount> is_open{};

    bool is_sliced = false;  // a marginal prompt beyond the first threshold

    void open(IntervalReason reason) { is_open[static_cast<std::size_t>(reason)] = true; }
};

// The request must outlive the answer, which points into it. `found.model` is set.
Situations situations_of(const PriceBook::Found& found, const PriceRequest& request,
                         std::int64_t prompt_tokens, bool has_reasoned);

}  // namespace tokenlever
