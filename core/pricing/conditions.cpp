// The ids of service tiers and speeds, and what the vendors' files call them.

#include "pricing/price_book.h"

#include <array>

namespace tokenlever {

namespace {

template <typename T>
struct Name {
    std::string_view name;
    T value;
};

// The first row of a value is the contract's id.
constexpr std::array kServiceTiers = {
    Name{"standard", ServiceTier::Standard},
    Name{"batch", ServiceTier::Batch},
    Name{"flex", ServiceTier::Flex},
    Name{"priority", ServiceTier::Priority},
    Name{"provisioned", ServiceTier::Provisioned},
    Name{"free", ServiceTier::Free},
    Name{"unknown", ServiceTier::Unknown},
    Name{"default", ServiceTier::Standard},    // OpenAI's usage and responses
    Name{"auto", ServiceTier::Unknown},        // what was asked for, not what was served
    Name{"on_demand", ServiceTier::Standard},  // Bedrock, Groq
    Name{"ondemand", ServiceTier::Standard},
    Name{"on-demand", ServiceTier::Standard},
    Name{"standard_only", ServiceTier::Standard},  // Anthropic requests
    Name{"batch_api", ServiceTier::Batch},
    Name{"fast", ServiceTier::Priority},       // OpenAI's name for priority since 2026-07-30
    Name{"flex_discount", ServiceTier::Flex},  // Anthropic's Admin API
    Name{"priority_on_demand", ServiceTier::Priority},
    Name{"incentivized-tier", ServiceTier::Free},  // OpenAI's shared-traffic programme: not billed
    Name{"ptu", ServiceTier::Provisioned},
    Name{"provisioned_throughput", ServiceTier::Provisioned},
};

constexpr std::array kSpeeds = {
    Name{"standard", Speed::Standard},
    Name{"fast", Speed::Fast},
    Name{"ultrafast", Speed::Ultrafast},
    Name{"default", Speed::Standard},
};

template <typename T, std::size_t N>
std::string_view id_of(const std::array<Name<T>, N>& names, T value) {
    for (const Name<T>& row : names)
        if (row.value == value) return row.name;
    return {};
}

template <typename T, std::size_t N>
std::optional<T> value_of(const std::array<Name<T>, N>& names, std::string_view id) {
    for (const Name<T>& row : names)
        if (row.name == id) return row.value;
    return std::nullopt;
}

}  // namespace

std::string_view to_id(ServiceTier tier) { return id_of(kServiceTiers, tier); }
std::string_view to_id(Speed speed) { return id_of(kSpeeds, speed); }
std::optional<ServiceTier> find_service_tier(std::string_view id) {
    return value_of(kServiceTiers, id);
}
std::optional<Speed> find_speed(std::string_view id) { return value_of(kSpeeds, id); }

}  // namespace tokenlever
