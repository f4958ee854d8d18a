#include "model_prices.h"

#include "model.h"
#include "model_table.h"

#include <algorithm>

namespace tokenlever::app {
namespace {

constexpr std::size_t kSlice = 100;  // models a frame

// Another name, id or model of its own changes no other model's price.
bool is_same_usage(const Workload& a, const Workload& b) {
    return a.requests_per_month == b.requests_per_month && a.prefix_tokens == b.prefix_tokens &&
           a.other_input_tokens == b.other_input_tokens && a.output_tokens == b.output_tokens &&
           a.service_tier == b.service_tier && a.region == b.region;
}

ModelPrice price_of(Scenario& alone, const std::string& id, const PriceBook& book) {
    alone.workloads.front().model = id;
    const auto cost = evaluate_state(alone, book, 0);
    if (!cost || !cost->monthly_cost) return {};
    ModelPrice price{.monthly_cost = cost->monthly_cost};
    if (!cost->requests.is_zero())
        price.per_request = cost->monthly_cost->to_decimal().divided(cost->requests, 12);
    return price;
}

}  // namespace

const Workload* current_workload(const AppModel& model) {
    const auto& workloads = model.scenario.workloads;
    if (workloads.empty()) return nullptr;
    const auto open = std::ranges::find(workloads, model.open_workload, &Workload::id);
    return open == workloads.end() ? &workloads.front() : &*open;
}

Scenario alone_on(const Scenario& scenario, const Workload& workload, std::string_view model_id) {
    Scenario alone;
    alone.at = scenario.at;
    alone.currency = scenario.currency;
    alone.hours_per_month = scenario.hours_per_month;
    alone.workloads = {workload};
    alone.workloads.front().model = model_id;
    return alone;
}

bool advance_model_prices(AppModel& model, const PriceBook& book) {
    const Workload* workload = current_workload(model);
    if (model.screen != Screen::Models || workload == nullptr) return false;
    ModelPrices& prices = model.model_prices;
    const auto& models = model.catalog.models;
    const bool is_stale = prices.rows.size() != models.size() || prices.at != model.catalog.at ||
                          !is_same_usage(prices.workload, *workload);
    if (is_stale) {
        prices.workload = *workload;
        prices.at = model.catalog.at;
        prices.rows.resize(models.size());
        prices.done = 0;
    }
    if (prices.is_complete()) return false;
    Scenario alone = alone_on(model.scenario, *workload, {});
    for (std::size_t i = 0; i < kSlice && !prices.is_complete(); ++i, ++prices.done)
        prices.rows[prices.done] = price_of(alone, models[prices.done].id, book);
    if (prices.is_complete()) arrange_models(model);
    return true;
}

}  // namespace tokenlever::app
