#include "scenario/plan.h"

#include "pricing/bill.h"

#include <algorithm>
#include <numeric>

namespace tokenlever {

namespace {

template <typename Range, typename Value>
bool has(const Range& range, const Value& value) {
    return std::ranges::find(range, value) != std::ranges::end(range);
}

bool is_batch_sold(const RateCard* card, Instant at) {
    if (card == nullptr) return true;  // nothing is known, so nothing is denied
    const PriceConditions conditions{.at = at, .service_tier = ServiceTier::Batch};
    const auto price = unit_price(*card, Unit::InputTokens, conditions);
    return price.has_value() || price.error() != PriceGap::ServiceTierNotSold;
}

PlannedModel resolve(const PriceBook& book, const std::string& typed, Instant at) {
    PlannedModel model{.name = typed};
    const auto found = book.find({}, typed, at);
    if (!found) return model;
    model.found = *found;
    model.name = found->provider->id + "/" + found->model->id;
    model.card = card_at(*found->model, at);
    model.cache = found->model->cache ? &*found->model->cache : nullptr;
    model.sells_batch = is_batch_sold(model.card, at);
    return model;
}

std::size_t add_model(Plan& plan, const PriceBook& book, const std::string& typed,
                      std::string where) {
    PlannedModel model = resolve(book, typed, plan.scenario->at);
    const auto same = std::ranges::find(plan.models, model.name, &PlannedModel::name);
    if (same != plan.models.end()) return static_cast<std::size_t>(same - plan.models.begin());
    model.where = std::move(where);
    plan.models.push_back(std::move(model));
    return plan.models.size() - 1;
}

PlannedLever plan_lever(Plan& plan, const PriceBook& book, std::size_t index) {
    const Lever& lever = plan.scenario->levers[index];
    PlannedLever planned{.kind = kind_of(lever)};
    for (const Workload& workload : plan.scenario->workloads)
        planned.acts_on.push_back(lever.workloads.empty() || has(lever.workloads, workload.id));
    if (const auto* cache = std::get_if<PromptCache>(&lever.settings)) planned.ttl = cache->ttl;
    if (const auto* control = std::get_if<OutputControl>(&lever.settings))
        planned.instruction_in_prefix = control->instruction_in_prefix;
    if (const auto* routing = std::get_if<Routing>(&lever.settings)) {
        const std::string routes = "/levers/" + std::to_string(index) + "/routes/";
        for (std::size_t i = 0; i < routing->routes.size(); ++i) {
            const std::string where = routes + std::to_string(i) + "/to";
            planned.models.push_back(add_model(plan, book, routing->routes[i].to, where));
        }
    }
    return planned;
}

}  // namespace

Plan plan_scenario(const Scenario& scenario, const PriceBook& book) {
    Plan plan{.scenario = &scenario, .inputs = layout_inputs(scenario)};
    for (std::size_t i = 0; i < scenario.workloads.size(); ++i) {
        const std::string where = "/workloads/" + std::to_string(i) + "/model";
        plan.workload_models.push_back(add_model(plan, book, scenario.workloads[i].model, where));
    }
    for (std::size_t i = 0; i < scenario.levers.size(); ++i)
        plan.levers.push_back(plan_lever(plan, book, i));
    plan.apply_order.resize(plan.levers.size());
    std::iota(plan.apply_order.begin(), plan.apply_order.end(), std::size_t{0});
    std::ranges::stable_sort(plan.apply_order, {}, [&](std::size_t lever) {
        return lever_row(plan.levers[lever].kind).apply_order;
    });
    return plan;
}

CacheWriteUnit cache_write_unit(const PlannedModel& model, std::string_view ttl) {
    CacheWriteUnit write{.unit = Unit::CacheWriteTokens};
    std::string_view sold = ttl;
    if (model.cache != nullptr && !model.cache->ttls.empty() && !has(model.cache->ttls, ttl)) {
        write.is_sold_ttl = ttl.empty();
        sold = model.cache->ttls.front();
    }
    if (sold.empty()) return write;
    if (const auto unit = find_unit("cache_write_" + std::string(sold) + "_tokens"))
        write.unit = *unit;
    return write;
}

}  // namespace tokenlever
