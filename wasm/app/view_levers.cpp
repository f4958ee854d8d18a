// The levers, in the order of the waterfall: a switch, the main slider, what it saves, and its
// settings.

#include "format.h"
#include "scenario_edit.h"
#include "views.h"

#include <array>
#include <cmath>

namespace tokenlever::app {
namespace {

constexpr float kIndent = 42;  // the switch and the gap beside it

constexpr std::array<LeverWords, 4> kWords = {{
    {"Prompt cache", "Prompt cache", "Cache hit rate"},
    {"Model routing", "Routing", "Routed share"},
    {"Output control", "Output", "Output reduction"},
    {"Batch", "Batch", "Batch share"},
}};

struct TtlWords {
    std::string_view id, label;
};
constexpr std::array<TtlWords, 4> kTtls = {
    {{"5m", "5 min"}, {"30m", "30 min"}, {"1h", "1 hour"}, {"12h", "12 hours"}}};

std::string node_of(const Lever& lever, std::string_view key) {
    return "lever." + lever.id + "." + std::string(key);
}

const LeverResult* result_of(const AppModel& model, const Lever& lever) {
    if (!model.evaluation) return nullptr;
    for (const LeverResult& result : model.evaluation->levers)
        if (result.id == lever.id) return &result;
    return nullptr;
}

bool acts_on(const Lever& lever, const Workload& workload) {
    return lever.workloads.empty() || std::find(lever.workloads.begin(), lever.workloads.end(),
                                                workload.id) != lever.workloads.end();
}

// The lifetimes that the models of this lever's workloads sell.
std::vector<ListOption> ttl_options(const AppModel& model, const Lever& lever,
                                    const PromptCache& cache) {
    std::vector<ListOption> options;
    std::string_view first;
    for (const TtlWords& words : kTtls) {
        bool is_sold = words.id == cache.ttl;
        for (const Workload& workload : model.scenario.workloads) {
            const ModelChoice* choice = model.catalog.find(workload.model);
            if (choice == nullptr || !acts_on(lever, workload)) continue;
            if (first.empty() && !choice->ttls.empty()) first = choice->ttls.front();
            is_sold |=
                std::find(choice->ttls.begin(), choice->ttls.end(), words.id) != choice->ttls.end();
        }
        if (is_sold)
            options.push_back({.id = std::string(words.id), .label = std::string(words.label)});
    }
    for (ListOption& option : options)
        option.is_selected = option.id == (cache.ttl.empty() ? first : std::string_view(cache.ttl));
    return options;
}

// The amount that the lever's head shows.
const std::optional<Money>& amount_of(const Lever& lever, const LeverResult& result) {
    return lever.is_enabled ? result.waterfall : result.marginal;
}

// Why no position breaks even, if they have one reason and the money does not speak against it.
std::string no_break_even_text(const Lever& lever, const LeverResult& result) {
    const auto& amount = amount_of(lever, result);
    if (!amount) return "cache price not known";
    std::size_t too_short = 0;
    for (const CachePosition& position : result.cache)
        too_short += position.is_below_minimum ? 1 : 0;
    if (too_short == result.cache.size()) return "prefix too short to cache";
    const bool saves = *amount > Money{};
    return too_short == 0 && !saves ? "reads cost no less than input" : "";
}

// Of the positions that have one.
std::string break_even_text(const Lever& lever, const LeverResult* result) {
    if (result == nullptr || result->cache.empty()) return {};
    double low = 2, high = -1;
    for (const CachePosition& position : result->cache) {
        if (position.is_below_minimum || !position.break_even_hit_rate) continue;
        low = std::min(low, *position.break_even_hit_rate);
        high = std::max(high, *position.break_even_hit_rate);
    }
    if (high < 0) return no_break_even_text(lever, *result);
    const std::string from = format::percent(low, 1);
    const std::string to = format::percent(high, 1);
    return "breaks even at " + (from == to ? from : format::percent(low, 1) + " to " + to);
}

// ---- the settings below the slider; each returns its height
// -----------------------------------------

float show_details(Ui& ui, const Rect& at, std::string_view left, std::string_view right) {
    const float wanted =
        ui.text_width(TextStyle::Small, left) + 12 + ui.text_width(TextStyle::Small, right);
    ui.text({at.x, at.y, at.w, 18}, TextStyle::Small, Color::Text3, left);
    if (right.empty()) return 18;
    const bool fits = wanted <= at.w;
    const Rect second{at.x, at.y + (fits ? 0.0F : 18.0F), at.w, 18};
    ui.text(second, TextStyle::Small, Color::Text3, right, fits ? Align::Right : Align::Left);
    return fits ? 18 : 36;
}

float show_cache(const AppModel& model, Ui& ui, const Rect& at, const Lever& lever,
                 const PromptCache& cache) {
    std::string left = "hit rate " + format::percent_as_typed(cache.hit_rate);
    if (cache.hit_rate_batch && *cache.hit_rate_batch != cache.hit_rate)
        left += ", in batch " + format::percent_as_typed(*cache.hit_rate_batch);
    float height = show_details(ui, at, left, break_even_text(lever, result_of(model, lever)));
    const std::vector<ListOption> options = ttl_options(model, lever, cache);
    if (options.size() < 2) return height;
    const float tall = ui.is_coarse() ? space::kTouchTarget : 26;
    const Rect row{at.x, at.y + height + 5, at.w, tall};
    ui.text(row.left_part(56), TextStyle::Small, Color::Text3, "Lifetime");
    const Rect box{row.x + 60, row.y, ui.segments_width(options), tall};
    if (auto chosen = ui.segments(box, node_of(lever, "ttl"), "Cache lifetime", options))
        ui.emit(SetCacheTtl{lever.id, std::move(*chosen)});
    return height + 5 + tall;
}

float show_routing(const AppModel& model, Ui& ui, const Rect& at, const Lever& lever,
                   const Routing& routing) {
    if (routing.routes.empty()) return show_details(ui, at, "no target model", {});
    const Route& route = routing.routes.front();
    const float tall = ui.is_coarse() ? space::kTouchTarget : 26;
    const std::string lead = format::percent_as_typed(route.share) + " to";
    const float lead_width = ui.text_width(TextStyle::Small, lead) + 8;
    ui.text({at.x, at.y, lead_width, tall}, TextStyle::Small, Color::Text3, lead);
    ComboSpec spec{.id = node_of(lever, "model"),
                   .name = "Routed to",
                   .value = model.catalog.name_of(route.to),
                   .style = TextStyle::Small};
    std::vector<ListOption> options;
    spec.open = ui.open_list(spec.id);
    fill_model_list(model, route.to, options, spec);
    const float width =
        std::min(ui.text_width(TextStyle::Small, spec.value) + 36, at.w - lead_width);
    if (auto chosen = ui.combobox({at.x + lead_width, at.y, width, tall}, spec))
        ui.emit(SetRouteModel{lever.id, std::move(*chosen)});
    if (routing.router_cost_per_request.is_zero()) return tall;
    const std::string fee =
        "+" + format::price_per_million(routing.router_cost_per_request) + " router";
    const bool fits = lead_width + width + 12 + ui.text_width(TextStyle::Small, fee) <= at.w;
    ui.text({at.x, at.y + (fits ? 0 : tall), at.w, fits ? tall : 20}, TextStyle::Small,
            Color::Text3, fee, fits ? Align::Right : Align::Left);
    return fits ? tall : tall + 20;
}

float show_settings(const AppModel& model, Ui& ui, const Rect& at, const Lever& lever) {
    if (const auto* cache = std::get_if<PromptCache>(&lever.settings))
        return show_cache(model, ui, at, lever, *cache);
    if (const auto* routing = std::get_if<Routing>(&lever.settings))
        return show_routing(model, ui, at, lever, *routing);
    if (const auto* output = std::get_if<OutputControl>(&lever.settings))
        return show_details(
            ui, at, format::percent_as_typed(output->reduction) + " shorter",
            "+" + format::count(output->instruction_tokens) + " instruction tokens");
    const auto& batch = std::get<Batch>(lever.settings);
    return show_details(ui, at, format::percent_as_typed(batch.share) + " deferrable",
                        "within 24 hours");
}

// ---- one lever
// --------------------------------------------------------------------------------------

struct Drag {
    std::string id;  // of the lever that is held, empty if none is
    bool is_released = false;
};

void show_amount(const AppModel& model, Ui& ui, const Rect& row, const Lever& lever) {
    const LeverResult* result = result_of(model, lever);
    const std::string id = node_of(lever, "saving");
    if (result == nullptr) return;
    const auto& amount = amount_of(lever, *result);
    if (!amount) {
        ui.text(row, TextStyle::Small, Color::Text3, "not known", Align::Right);
        return;
    }
    if (!lever.is_enabled) {
        const bool saves = *amount >= Money{};
        const std::string text = saves ? "would save " + format::money_rounded(*amount)
                                       : "would cost " + format::money_rounded(-*amount);
        return ui.figure(row, TextStyle::Small, Color::Text3, id, text, amount->to_string(),
                         Align::Right);
    }
    const Color color = *amount < Money{}    ? Color::Up
                        : *amount == Money{} ? Color::Text3
                                             : Color::Accent;
    ui.figure(row, TextStyle::BodyStrong, color, id, format::change(*amount), amount->to_string(),
              Align::Right);
}

// Up and down, for the keyboard and for fingers; returns where they end.
float show_move_buttons(const AppModel& model, Ui& ui, const Rect& row, float x, const Lever& lever,
                        std::size_t index) {
    const float side = ui.is_coarse() ? space::kTouchTarget : 22;
    const std::string name(words_of(lever).name);
    const std::size_t last = model.scenario.levers.size() - 1;
    const auto at = [&](float left) { return Rect{left, row.center_y() - side / 2, side, side}; };
    if (ui.button(at(x), {.id = node_of(lever, "up"),
                          .label = "Move " + name + " up",
                          .kind = ButtonKind::Ghost,
                          .icon = Icon::Up,
                          .shows_label = false,
                          .is_disabled = index == 0}))
        ui.emit(MoveLever{lever.id, index - 1});
    if (ui.button(at(x + side), {.id = node_of(lever, "down"),
                                 .label = "Move " + name + " down",
                                 .kind = ButtonKind::Ghost,
                                 .icon = Icon::Down,
                                 .shows_label = false,
                                 .is_disabled = index == last}))
        ui.emit(MoveLever{lever.id, index + 1});
    return x + 2 * side;
}

void show_lever_head(const AppModel& model, Ui& ui, const Rect& row, const Lever& lever,
                     std::size_t index, Drag& drag) {
    const LeverWords& words = words_of(lever);
    if (ui.toggle({row.x, row.center_y() - 9, 32, 18}, node_of(lever, "enabled"),
                  std::string(words.name), lever.is_enabled))
        ui.emit(ToggleLever{lever.id});
    const float width = ui.text_width(TextStyle::BodyStrong, words.name);
    const Rect name{row.x + kIndent, row.y, width + 4, row.h};
    ui.text(name, TextStyle::BodyStrong, lever.is_enabled ? Color::Text : Color::Text2, words.name);
    float x = name.right() + 4;
    if (!ui.is_coarse()) {
        const Rect grip{x - 2, row.center_y() - 8, 16, 16};
        const Hit hit = ui.drag_handle({name.x, row.y, grip.right() - name.x, row.h},
                                       node_of(lever, "grip"), ImGuiMouseCursor_ResizeNS);
        ui.icon(grip, Icon::Grip, hit.is_hovered || hit.is_held ? Color::Text2 : Color::Text3);
        if (hit.is_held || hit.is_released) drag = {lever.id, hit.is_released};
        x = grip.right() + 2;
    }
    x = show_move_buttons(model, ui, row, x, lever, index);
    show_amount(model, ui, row.without_left(x + 6 - row.x), lever);
}

float show_lever(const AppModel& model, Ui& ui, const Rect& at, const Lever& lever,
                 std::size_t index, Drag& drag) {
    const LeverWords& words = words_of(lever);
    auto scope = ui.container(Role::Group, "lever." + lever.id, std::string(words.name));
    const float head = ui.is_coarse() ? space::kTouchTarget : 22;
    show_lever_head(model, ui, {at.x, at.y + 9, at.w, head}, lever, index, drag);
    const float tall = ui.is_coarse() ? space::kTouchTarget : 24;
    const Rect track{at.x + kIndent, at.y + 9 + head, at.w - kIndent, tall};
    const Decimal share = share_of(lever);
    if (const auto change = ui.slider(track, {.id = node_of(lever, "share"),
                                              .name = std::string(words.slider),
                                              .valuetext = format::percent_as_typed(share),
                                              .value = share}))
        ui.emit(SetLeverShare{lever.id, change->value, change->is_dragging});
    const float settings = show_settings(model, ui, {track.x, track.bottom(), track.w, 0}, lever);
    const float height = track.bottom() + settings + 10 - at.y;
    scope.set_rect({at.x, at.y, at.w, height});
    return height;
}

// Where the held lever would go: among the middles of the others.
std::size_t drop_index(std::span<const Rect> rows, std::size_t from) {
    const float y = ImGui::GetIO().MousePos.y;
    std::size_t to = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (i != from && rows[i].center_y() < y) ++to;
    return to;
}

void show_drop(Ui& ui, std::span<const Rect> rows, const AppModel& model, const Drag& drag) {
    if (drag.id.empty()) return;
    std::size_t from = 0;
    while (from < rows.size() && model.scenario.levers[from].id != drag.id)
        ++from;
    if (from == rows.size()) return;
    const std::size_t to = drop_index(rows, from);
    if (drag.is_released) {
        if (to != from) ui.emit(MoveLever{drag.id, to});
        return;
    }
    ui.fill(rows[from].inset(-6, 2), Color::Accent, 8, 0.08F);
    if (to == from) return;
    const float y = to > from ? rows[to].bottom() : rows[to].y;
    ui.fill({rows[to].x, y - 2, rows[to].w, 3}, Color::Accent, 1.5F);
}

}  // namespace

const LeverWords& words_of(const Lever& lever) { return kWords[lever.settings.index()]; }

float show_levers(const AppModel& model, Ui& ui, const Rect& at, float least_height) {
    auto scope = ui.container(Role::Region, "levers", "Levers");
    const Rect inner{at.x + space::kCardPad, at.y, at.w - 2 * space::kCardPad, 0};
    const Rect head{inner.x, at.y + 16, inner.w, 20};
    ui.heading(head, 2, "Levers", ui.is_coarse() ? "in the order of the chart" : "");
    if (!ui.is_coarse())  // painted only: nobody drags without the canvas
        ui.label(head.without_left(ui.text_width(TextStyle::BodyStrong, "Levers") + 8),
                 TextStyle::Body, Color::Text3, "drag to reorder");
    float y = at.y + 42;
    Drag drag;
    std::vector<Rect> rows;
    const auto& levers = model.scenario.levers;
    for (std::size_t i = 0; i < levers.size(); ++i) {
        if (i > 0) ui.fill({inner.x, y, inner.w, 1}, Color::Grid);
        const float height = show_lever(model, ui, {inner.x, y, inner.w, 0}, levers[i], i, drag);
        rows.push_back({inner.x, y, inner.w, height});
        y += height;
    }
    show_drop(ui, rows, model, drag);
    const Rect card{at.x, at.y, at.w, std::max(y + 6 - at.y, least_height)};
    ui.card(card);
    scope.set_rect(card);
    return card.h;
}

}  // namespace tokenlever::app
