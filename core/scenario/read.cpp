#include "scenario/evaluate.h"
#include "scenario/read_fields.h"
#include "scenario/scenario.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace tokenlever {

namespace {

constexpr std::string_view kSchema = "tokenlever.scenario/1";

Result<Tags> read_tags(const Json& workload) {
    Tags tags;
    const Json* object = workload.find("tags");
    if (object == nullptr) return tags;
    TL_TRY(checked,
           read_object(*object, {"team", "feature", "customer_tier", "environment", "experiment"}));
    const std::array<std::pair<std::string_view, std::string*>, 5> fields = {{
        {"team", &tags.team},
        {"feature", &tags.feature},
        {"customer_tier", &tags.customer_tier},
        {"environment", &tags.environment},
        {"experiment", &tags.experiment},
    }};
    for (const auto& [key, field] : fields) {
        TL_TRY(text, read_text(*checked, key));
        *field = std::move(text);
    }
    return tags;
}

Result<ServiceTier> read_service_tier(const Json& workload) {
    const Json* value = workload.find("service_tier");
    if (value == nullptr) return ServiceTier::Standard;
    TL_TRY(text, value->as_string());
    const auto tier = find_service_tier(text);
    if (!tier || *tier == ServiceTier::Unknown)
        return fail(ErrorCode::InvalidValue, value->pointer(),
                    excerpt(text) + "; allowed are standard, batch, flex, priority");
    return *tier;
}

Result<Workload> read_workload(const Json& object) {
    TL_TRY(checked, read_object(object,
                                {"id", "name", "model", "requests_per_month", "prefix_tokens",
                                 "other_input_tokens", "output_tokens", "service_tier", "region",
                                 "tags", "from_cube"},
                                {"from_cube"}));
    Workload workload;
    TL_TRY(id, require_text(*checked, "id"));
    TL_TRY(name, read_text(*checked, "name"));
    TL_TRY(model, require_text(*checked, "model"));
    TL_TRY(tier, read_service_tier(*checked));
    TL_TRY(region, read_text(*checked, "region", "global"));
    TL_TRY(tags, read_tags(*checked));
    TL_TRY(requests, require_number(*checked, "requests_per_month", InputRange::Quantity));
    TL_TRY(prefix, read_number(*checked, "prefix_tokens", InputRange::Quantity));
    TL_TRY(other_input, read_number(*checked, "other_input_tokens", InputRange::Quantity));
    TL_TRY(output, read_number(*checked, "output_tokens", InputRange::Quantity));
    workload.id = std::move(id);
    workload.name = std::move(name);
    workload.model = std::move(model);
    workload.service_tier = tier;
    workload.region = std::move(region);
    workload.tags = std::move(tags);
    workload.requests_per_month = requests;
    workload.prefix_tokens = prefix;
    workload.other_input_tokens = other_input;
    workload.output_tokens = output;
    return workload;
}

std::unexpected<Error> duplicate_id(const Json& item) {
    return fail(ErrorCode::DuplicateId, item.pointer() + "/id", excerpt(item.find("id")->text()));
}

Result<std::vector<Workload>> read_workloads(const Json& object) {
    TL_TRY(list, require(object, "workloads"));
    TL_TRY(items, list->as_array());
    std::vector<Workload> workloads;
    std::set<std::string> ids;
    for (const Json& item : *items) {
        TL_TRY(workload, read_workload(item));
        if (!ids.insert(workload.id).second) return duplicate_id(item);
        workloads.push_back(std::move(workload));
    }
    return workloads;
}

std::optional<Error> find_unknown_workload(const Lever& lever, const Json& object,
                                           const std::set<std::string_view>& known) {
    for (std::size_t i = 0; i < lever.workloads.size(); ++i) {
        const std::string& id = lever.workloads[i];
        if (known.contains(id)) continue;
        return Error{.code = ErrorCode::UnknownWorkload,
                     .where = object.pointer() + "/workloads/" + std::to_string(i),
                     .detail = excerpt(id)};
    }
    return std::nullopt;
}

Result<std::vector<Lever>> read_levers(const Json& object, const std::vector<Workload>& workloads) {
    TL_TRY(items, read_items(object, "levers"));
    if (items->size() > kMaxLevers)
        return fail(ErrorCode::TooManyLevers, "/levers",
                    std::to_string(items->size()) + "; allowed are " + std::to_string(kMaxLevers));
    std::set<std::string_view> known;
    for (const Workload& workload : workloads)
        known.insert(workload.id);
    std::vector<Lever> levers;
    std::set<std::string> ids;
    for (const Json& item : *items) {
        TL_TRY(lever, read_lever(item));
        if (const auto error = find_unknown_workload(lever, item, known))
            return std::unexpected(*error);
        if (!ids.insert(lever.id).second) return duplicate_id(item);
        levers.push_back(std::move(lever));
    }
    return levers;
}

Result<UncertainInput> read_uncertain_input(const Json& object) {
    TL_TRY(checked, read_object(object, {"input", "low", "base", "high"}));
    TL_TRY(input, require_text(*checked, "input"));
    TL_TRY(low, require_number(*checked, "low", InputRange::Quantity));
    TL_TRY(base, require_number(*checked, "base", InputRange::Quantity));
    TL_TRY(high, require_number(*checked, "high", InputRange::Quantity));
    if (low > base || base > high)
        return fail(ErrorCode::OutOfRange, object.pointer(),
                    "low " + low.to_string() + ", base " + base.to_string() + ", high " +
                        high.to_string() + "; allowed is low <= base <= high");
    return UncertainInput{.input = std::move(input), .low = low, .base = base, .high = high};
}

// Reads the uncertain inputs one by one against the numbers of the document.
class UncertaintyReader {
public:
    explicit UncertaintyReader(const Scenario& scenario)
        : scenario_(scenario), layout_(layout_inputs(scenario)) {
        for (const InputSlot& slot : layout_.slots)
            highest_.push_back(slot.value);
        is_named_.resize(layout_.slots.size());
    }

    Result<UncertainInput> read(const Json& object) {
        TL_TRY(input, read_uncertain_input(object));
        auto found = resolve_input(layout_, scenario_, input);
        if (!found) {
            Error& error = found.error();
            error.where = object.pointer() + error.where;
            if (error.code == ErrorCode::InvalidValue)
                error.detail +=
                    "; allowed are paths such as levers.ID.hit_rate that name a "
                    "number of this document";
            return std::unexpected(std::move(error));
        }
        for (const std::size_t slot : found->slots) {
            if (is_named_[slot])
                return fail(ErrorCode::InvalidValue, object.pointer() + "/input",
                            layout_.slots[slot].path + " is named twice; keep one");
            is_named_[slot] = true;
            if (!found->is_scaled && !is_within(input.high, layout_.slots[slot].range))
                return fail(ErrorCode::OutOfRange, object.pointer() + "/high",
                            input.high.to_string() + "; allowed is 0 to 1");
            highest_[slot] = std::max(highest_[slot], input.high);
        }
        return std::move(input);
    }

    // The shares of a routing lever must stay possible wherever its uncertain routes are drawn.
    Result<void> check_routes() const {
        for (const LeverSlots& lever : layout_.levers) {
            const auto* routing = std::get_if<RoutingSlots>(&lever);
            if (routing == nullptr) continue;
            Decimal total;
            for (const std::size_t slot : routing->shares)
                total += highest_[slot];
            if (total > Decimal(1))
                return fail(ErrorCode::OutOfRange, "/uncertainty",
                            "routed shares that can sum to " + total.to_string() +
                                "; allowed is at most 1");
        }
        return {};
    }

private:
    const Scenario& scenario_;
    InputLayout layout_;
    std::vector<Decimal> highest_;  // by slot
    std::vector<bool> is_named_;
};

Result<std::vector<UncertainInput>> read_uncertainty(const Json& object, const Scenario& scenario) {
    TL_TRY(items, read_items(object, "uncertainty"));
    std::vector<UncertainInput> uncertainty;
    if (items->empty()) return uncertainty;
    UncertaintyReader reader(scenario);
    for (const Json& item : *items) {
        TL_TRY(input, reader.read(item));
        uncertainty.push_back(std::move(input));
    }
    if (auto possible = reader.check_routes(); !possible)
        return std::unexpected(std::move(possible.error()));
    return uncertainty;
}

Result<std::string> read_schema(const Json& document) {
    TL_TRY(value, require(document, "schema"));
    TL_TRY(schema, value->as_string());
    if (schema == kSchema) return std::move(schema);
    return fail(ErrorCode::UnknownSchema, value->pointer(),
                excerpt(schema) + "; this version reads " + std::string(kSchema));
}

Result<Instant> read_at(const Json& document, std::optional<Instant> default_at) {
    if (document.find("at") == nullptr && default_at) return *default_at;
    TL_TRY(value, require(document, "at"));
    TL_TRY(text, value->as_string());
    Result<Instant> at = parse_instant(text);
    if (!at) at.error().where = value->pointer();
    return at;
}

Result<Scenario> read_head(const Json& document, std::optional<Instant> default_at) {
    Scenario scenario;
    TL_TRY(name, read_text(document, "name"));
    TL_TRY(at, read_at(document, default_at));
    TL_TRY(currency, read_text(document, "currency", "USD"));
    if (currency != "USD")
        return fail(ErrorCode::InvalidValue, "/currency", excerpt(currency) + "; allowed is USD");
    scenario.name = std::move(name);
    scenario.at = at;
    if (document.find("hours_per_month") != nullptr) {
        TL_TRY(hours, read_number(document, "hours_per_month", InputRange::Quantity));
        if (hours.is_zero())
            return fail(ErrorCode::OutOfRange, "/hours_per_month", "0; allowed is more than 0");
        scenario.hours_per_month = hours;
    }
    return scenario;
}

}  // namespace

Result<Scenario> read_scenario(std::string_view json, std::optional<Instant> default_at) {
    TL_TRY(document, Json::parse(json));
    TL_TRY(schema, read_schema(document));  // first: another kind of document has other keys
    static_cast<void>(schema);
    TL_TRY(checked, read_object(document, {"schema", "name", "at", "currency", "hours_per_month",
                                           "workloads", "levers", "uncertainty"}));
    TL_TRY(scenario, read_head(*checked, default_at));
    TL_TRY(workloads, read_workloads(*checked));
    scenario.workloads = std::move(workloads);
    TL_TRY(levers, read_levers(*checked, scenario.workloads));
    scenario.levers = std::move(levers);
    TL_TRY(uncertainty, read_uncertainty(*checked, scenario));
    scenario.uncertainty = std::move(uncertainty);
    return std::move(scenario);
}

}  // namespace tokenlever
