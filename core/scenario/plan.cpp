#include "scenario/plan.h"

#include "pricing/bill.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

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

const Window* window_in_week(const RateCard& card, Instant at) {
    for (const Window& window : card.windows) {
        const int minute = minute_of_day(at, window.offset_minutes);
        const auto day = static_cast<unsigned>(weekday_of(at, window.offset_minutes));
        if ((window.weekdays >> day & 1U) != 0 && window.from_minute <= minute &&
            minute < window.to_minute)
            return &window;
    }
    return nullptr;
}

// By whole quarters of an hour, as all clocks and price lists have them.
std::vector<WeekPart> week_of(const RateCard* card) {
    std::vector<WeekPart> week;
    if (card == nullptr || card->windows.empty()) return week;
    for (const Window& window : card->windows)
        week.push_back({.window = &window});
    week.push_back({.window = nullptr});
    for (std::int64_t quarter = 0; quarter < kQuartersPerWeek; ++quarter) {
        const Window* window = window_in_week(*card, Instant{quarter * (kMicrosPerHour / 4)});
        ++std::ranges::find(week, window, &WeekPart::window)->quarters;
    }
    std::erase_if(week, [](const WeekPart& part) { return part.quarters == 0; });
    return week;
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
    model.week = week_of(model.card);
    return model;
}

class Planner {
public:
    Planner(const Scenario& scenario, const PriceBook& book) : scenario_(scenario), book_(book) {
        plan_.scenario = &scenario;
        plan_.inputs = layout_inputs(scenario);
    }

    Plan run() {
        for (std::size_t i = 0; i < scenario_.workloads.size(); ++i) {
            const std::string where = "/workloads/" + std::to_string(i) + "/model";
            plan_.workload_models.push_back(add_model(scenario_.workloads[i].model, where));
        }
        for (std::size_t i = 0; i < scenario_.levers.size(); ++i)
            plan_.levers.push_back(plan_lever(i));
        plan_.apply_order.resize(plan_.levers.size());
        std::iota(plan_.apply_order.begin(), plan_.apply_order.end(), std::size_t{0});
        std::ranges::stable_sort(plan_.apply_order, {}, [&](std::size_t lever) {
            return lever_row(plan_.levers[lever].kind).apply_order;
        });
        return std::move(plan_);
    }

private:
    std::size_t add_model(const std::string& typed, std::string where) {
        const auto known = typed_.find(typed);
        if (known != typed_.end()) return known->second;
        PlannedModel model = resolve(book_, typed, scenario_.at);
        const auto [entry, is_new] = named_.emplace(model.name, plan_.models.size());
        typed_.emplace(typed, entry->second);
        if (!is_new) return entry->second;
        model.where = std::move(where);
        plan_.models.push_back(std::move(model));
        return entry->second;
    }

    PlannedLever plan_lever(std::size_t index) {
        const Lever& lever = scenario_.levers[index];
        PlannedLever planned{.kind = kind_of(lever)};
        const std::set<std::string_view> named(lever.workloads.begin(), lever.workloads.end());
        for (const Workload& workload : scenario_.workloads)
            planned.acts_on.push_back(named.empty() || named.contains(workload.id));
        if (const auto* cache = std::get_if<PromptCache>(&lever.settings)) planned.ttl = cache->ttl;
        if (const auto* control = std::get_if<OutputControl>(&lever.settings))
            planned.instruction_in_prefix = control->instruction_in_prefix;
        if (const auto* routing = std::get_if<Routing>(&lever.settings)) {
            const std::string routes = "/levers/" + std::to_string(index) + "/routes/";
            for (std::size_t i = 0; i < routing->routes.size(); ++i) {
                const std::string where = routes + std::to_string(i) + "/to";
                planned.models.push_back(add_model(routing->routes[i].to, where));
            }
        }
        return planned;
    }

    const Scenario& scenario_;
    const PriceBook& book_;
    Plan plan_;
    std::map<std::string_view, std::size_t> typed_;  // index in Plan::models, by name as typed
    std::map<std::string, std::size_t> named_;       // and by the book's name
};

}  // namespace

Plan plan_scenario(const Scenario& scenario, const PriceBook& book) {
    return Planner(scenario, book).run();
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
