// Which models the Models screen lists: words, the seller, how sure the price is, the workload.

#include "format.h"
#include "model_prices.h"
#include "views.h"

#include <cmath>

namespace tokenlever::app {
namespace {

struct FilterView {
    std::string id, name, value, all;
    std::vector<std::pair<std::string, std::string>> choices;  // id, label
};

// The id of what was chosen; "" is all.
std::optional<std::string> show_filter(Ui& ui, const Rect& rect, const FilterView& filter) {
    const OpenList* open = ui.open_list(filter.id);
    std::vector<ListOption> options;
    std::string shown = filter.all;
    const std::string query = open != nullptr ? lower(open->query) : std::string();
    const auto add = [&](const std::string& id, const std::string& label) {
        if (id == filter.value) shown = label;
        if (open == nullptr || lower(label).find(query) == std::string::npos) return;
        options.push_back(
            {.id = id.empty() ? "all" : id, .label = label, .is_selected = id == filter.value});
    };
    if (!filter.all.empty()) add("", filter.all);
    for (const auto& [id, label] : filter.choices)
        add(id, label);
    auto chosen = ui.combobox(
        rect,
        {.id = filter.id, .name = filter.name, .value = shown, .open = open, .options = options});
    if (chosen && *chosen == "all") chosen->clear();
    return chosen;
}

void show_provider_filter(const AppModel& model, Ui& ui, const Rect& rect) {
    FilterView filter{"models.provider", "Provider", model.models.provider, "All providers", {}};
    for (const std::string& name : model.catalog.providers)
        filter.choices.emplace_back(name, name);
    if (auto chosen = show_filter(ui, rect, filter)) {
        ui.scroll_to(0);
        ui.emit(FilterModelProvider{std::move(*chosen)});
    }
}

void show_label_filter(const AppModel& model, Ui& ui, const Rect& rect) {
    const auto& label = model.models.label;
    FilterView filter{"models.label", "Price status", {}, "Not imported", {}};
    filter.choices.emplace_back(kEveryPrice, kEveryPrice);
    if (label)
        filter.value = words_of(*label);
    else if (model.models.has_imported)
        filter.value = kEveryPrice;
    for (std::size_t i = 0; i < kPriceLabelCount; ++i) {
        const std::string words(words_of(static_cast<PriceLabel>(i)));
        filter.choices.emplace_back(words, words);
    }
    if (auto chosen = show_filter(ui, rect, filter)) {
        ui.scroll_to(0);
        ui.emit(FilterModelLabel{std::move(*chosen)});
    }
}

void show_workload_choice(const AppModel& model, Ui& ui, const Rect& rect) {
    FilterView filter{"models.workload", "Priced for", current_workload(model)->id, {}, {}};
    for (const Workload& workload : model.scenario.workloads)
        filter.choices.emplace_back(workload.id, workload.name);
    if (auto chosen = show_filter(ui, rect, filter)) ui.emit(PriceModelsFor{std::move(*chosen)});
}

void show_sort_choice(const AppModel& model, Ui& ui, const Rect& rect) {
    FilterView filter{
        "models.sort_by", "Sort by", std::string(title_of(model.models.sort)), {}, {}};
    for (std::size_t i = 0; i < kModelColumnCount; ++i) {
        const std::string title(title_of(static_cast<ModelColumn>(i)));
        filter.choices.emplace_back(title, title);
    }
    const auto chosen = show_filter(ui, rect, filter);
    if (!chosen) return;
    for (std::size_t i = 0; i < kModelColumnCount; ++i)
        if (title_of(static_cast<ModelColumn>(i)) == *chosen)
            ui.emit(SortModels{static_cast<ModelColumn>(i)});
    ui.scroll_to(0);
}

struct FilterPlace {
    float width = 0;
    void (*show)(const AppModel&, Ui&, const Rect&);
};

void show_search(const AppModel& model, Ui& ui, const Rect& rect) {
    if (auto text = ui.search_field(
            rect, {.id = "models.search", .name = "Search models", .value = model.models.query})) {
        ui.scroll_to(0);
        ui.emit(SearchModels{std::move(*text)});
    }
}

}  // namespace

// In rows from left to right; on a phone each as wide as the screen, two to a row. Returns the
// height.
float show_model_filters(const AppModel& model, Ui& ui, const Rect& at, bool has_two_lines) {
    std::vector<FilterPlace> places = {
        {240, show_search}, {190, show_provider_filter}, {150, show_label_filter}};
    if (has_two_lines) places.push_back({150, show_sort_choice});
    if (model.scenario.workloads.size() > 1) places.push_back({190, show_workload_choice});
    auto scope = ui.container(Role::Group, "models.filters", "Filters");
    const float height = ui.control_height();
    float x = at.x;
    float y = at.y;
    for (FilterPlace& place : places) {
        if (has_two_lines)
            place.width = place.show == show_search ? at.w : std::floor((at.w - 8) / 2);
        if (x > at.x && x + place.width > at.right() + 0.5F) {
            x = at.x;
            y += height + 8;
        }
        place.show(model, ui, {x, y, place.width, height});
        x += place.width + 8;
    }
    return y + height - at.y;
}

}  // namespace tokenlever::app
