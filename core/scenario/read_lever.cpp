#include "base/suggest.h"
#include "scenario/evaluate.h"
#include "scenario/read_fields.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tokenlever {

namespace {

using Settings = decltype(Lever::settings);

Result<std::string> read_ttl(const Json& object) {
    constexpr std::array<std::string_view, 4> kTtls = {"5m", "30m", "1h", "12h"};
    TL_TRY(ttl, read_text(object, "ttl"));
    if (ttl.empty() || std::ranges::find(kTtls, ttl) != kTtls.end()) return std::move(ttl);
    return fail(ErrorCode::InvalidValue, object.find("ttl")->pointer(),
                excerpt(ttl) + "; allowed are 5m, 30m, 1h, 12h");
}

Result<Settings> read_prompt_cache(const Json& object) {
    TL_TRY(checked, read_object(object,
                                {"id", "kind", "enabled", "workloads", "ttl", "hit_rate",
                                 "hit_rate_batch", "arrivals"},
                                {"arrivals"}));
    PromptCache cache;
    TL_TRY(ttl, read_ttl(*checked));
    TL_TRY(hit_rate, require_number(*checked, "hit_rate", InputRange::Share));
    cache.ttl = std::move(ttl);
    cache.hit_rate = hit_rate;
    if (checked->find("hit_rate_batch") != nullptr) {
        TL_TRY(hit_rate_batch, read_number(*checked, "hit_rate_batch", InputRange::Share));
        cache.hit_rate_batch = hit_rate_batch;
    }
    return cache;
}

Result<Route> read_route(const Json& object) {
    TL_TRY(checked, read_object(object, {"to", "share"}));
    TL_TRY(to, require_text(*checked, "to"));
    TL_TRY(share, require_number(*checked, "share", InputRange::Share));
    return Route{.to = std::move(to), .share = share};
}

Result<Settings> read_routing(const Json& object) {
    TL_TRY(checked, read_object(object,
                                {"id", "kind", "enabled", "workloads", "routes",
                                 "router_cost_per_request", "cascade"},
                                {"cascade"}));
    TL_TRY(routes, require(*checked, "routes"));
    TL_TRY(items, routes->as_array());
    if (items->size() > kMaxRoutes)
        return fail(ErrorCode::OutOfRange, routes->pointer(),
                    std::to_string(items->size()) + " routes; allowed are at most " +
                        std::to_string(kMaxRoutes));
    Routing routing;
    Decimal total;
    for (const Json& item : *items) {
        TL_TRY(route, read_route(item));
        total += route.share;
        routing.routes.push_back(std::move(route));
    }
    if (total > Decimal(1)) {
        return fail(ErrorCode::OutOfRange, routes->pointer(),
                    "shares that sum to " + total.to_string() + "; allowed is at most 1");
    }
    TL_TRY(router_cost, read_number(*checked, "router_cost_per_request", InputRange::Quantity));
    routing.router_cost_per_request = router_cost;
    return routing;
}

Result<Settings> read_output_control(const Json& object) {
    TL_TRY(checked,
           read_object(object,
                       {"id", "kind", "enabled", "workloads", "reduction", "instruction_tokens",
                        "instruction_in_prefix", "cap", "reasoning_multiplier"},
                       {"cap", "reasoning_multiplier"}));
    TL_TRY(reduction, read_number(*checked, "reduction", InputRange::Share));
    TL_TRY(instruction_tokens, read_number(*checked, "instruction_tokens", InputRange::Quantity));
    TL_TRY(is_in_prefix, read_flag(*checked, "instruction_in_prefix", false));
    return OutputControl{.reduction = reduction,
                         .instruction_tokens = instruction_tokens,
                         .instruction_in_prefix = is_in_prefix};
}

Result<Settings> read_batch(const Json& object) {
    TL_TRY(checked, read_object(object, {"id", "kind", "enabled", "workloads", "share"}));
    TL_TRY(share, require_number(*checked, "share", InputRange::Share));
    return Batch{.share = share};
}

using SettingsReader = Result<Settings> (*)(const Json&);

SettingsReader settings_reader(LeverKind kind) {
    switch (kind) {
        case LeverKind::PromptCache: return read_prompt_cache;
        case LeverKind::Routing: return read_routing;
        case LeverKind::OutputControl: return read_output_control;
        case LeverKind::Batch: return read_batch;
        case LeverKind::Flex:
        case LeverKind::TrimInput:
        case LeverKind::ResponseCache:
        case LeverKind::Discount:
        case LeverKind::Commitment:
        case LeverKind::SelfHost: return nullptr;
    }
    return nullptr;
}

Result<SettingsReader> read_kind(const Json& object) {
    TL_TRY(value, require(object, "kind"));
    TL_TRY(text, value->as_string());
    if (const auto kind = find_lever_kind(text)) {
        if (const SettingsReader reader = settings_reader(*kind)) return reader;
        return fail(ErrorCode::NotEvaluated, value->pointer(), text);
    }
    std::vector<std::string_view> kinds;
    for (const LeverRow& row : lever_rows())
        kinds.push_back(row.id);
    std::string detail = excerpt(text);
    const auto near = nearest(text, kinds, 1);
    if (!near.empty()) detail += "\", did you mean \"" + near.front();
    return fail(ErrorCode::UnknownLever, value->pointer(), std::move(detail));
}

}  // namespace

Result<Lever> read_lever(const Json& object) {
    TL_TRY(checked, object.as_object());
    TL_TRY(reader, read_kind(*checked));
    TL_TRY(settings, reader(*checked));
    TL_TRY(id, require_text(*checked, "id"));
    TL_TRY(is_enabled, read_flag(*checked, "enabled", true));
    TL_TRY(names, read_items(*checked, "workloads"));
    Lever lever{.id = std::move(id), .is_enabled = is_enabled, .settings = std::move(settings)};
    for (const Json& name : *names) {
        TL_TRY(workload, name.as_string());
        lever.workloads.push_back(std::move(workload));
    }
    return lever;
}

}  // namespace tokenlever
