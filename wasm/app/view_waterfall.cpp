// The waterfall: from the baseline, lever by lever in the document's order, to the optimised cost.

#include "charts.h"
#include "format.h"
#include "views.h"

#include <cmath>

namespace tokenlever::app {
namespace {

constexpr float kAxisWidth = 50;
constexpr float kLabelHeight = 40;
constexpr float kLeastSlot = 62;  // of a standing bar with its name and amount
constexpr float kLyingRow = 42;

struct Bar {
    std::string name, label, short_label, exact;
    double from = 0, to = 0;  // dollars; a total starts at 0
    std::string remaining;
    Color color = Color::Series1;
};

std::vector<Bar> bars_of(const AppModel& model) {
    std::vector<Bar> bars;
    const Evaluation& evaluation = *model.evaluation;
    if (!evaluation.baseline.monthly_cost || !evaluation.optimized.monthly_cost) return bars;
    Money left = *evaluation.baseline.monthly_cost;
    bars.push_back({"Baseline", format::money(left), format::money_axis(left.to_double()),
                    format::money_exact(left.to_decimal()), 0, left.to_double(),
                    format::money(left), Color::Series8});
    for (std::size_t i = 0; i < evaluation.levers.size(); ++i) {
        const LeverResult& lever = evaluation.levers[i];
        if (!lever.is_enabled) continue;
        if (!lever.waterfall) return {};
        const Money next = left - *lever.waterfall;
        const bool is_loss = *lever.waterfall < Money{};
        const double size = std::fabs(lever.waterfall->to_double());
        bars.push_back(
            {std::string(words_of(model.scenario.levers[i]).short_name),
             format::change(*lever.waterfall),
             (is_loss ? "+" : "\u2212") + format::money_axis(size),
             (is_loss ? "+" : "\u2212") +
                 format::money_exact((is_loss ? -*lever.waterfall : *lever.waterfall).to_decimal()),
             left.to_double(), next.to_double(), format::money(next),
             is_loss ? Color::Series4 : Color::Series1});
        left = next;
    }
    left = *evaluation.optimized.monthly_cost;
    bars.push_back({"Optimised", format::money(left), format::money_axis(left.to_double()),
                    format::money_exact(left.to_decimal()), 0, left.to_double(),
                    format::money(left), Color::Accent});
    return bars;
}

std::string sentence(const std::vector<Bar>& bars) {
    std::string text = "From " + bars.front().label + " a month";
    for (std::size_t i = 1; i + 1 < bars.size(); ++i)
        text += ", " + bars[i].name + " " + bars[i].label;
    return text + ", to " + bars.back().label + ".";
}

TableSpec table_of(const std::vector<Bar>& bars) {
    TableSpec spec{.id = "waterfall.table",
                   .name = "From baseline to optimised, as a table",
                   .columns = {{"Step", 1.5F, Align::Left}, {"Change"}, {"Cost after it"}},
                   .rows = {}};
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const bool is_total = i == 0 || i + 1 == bars.size();
        spec.rows.push_back({Cell{.text = bars[i].name, .is_strong = is_total},
                             Cell{.text = is_total ? std::string("\u2013") : bars[i].label},
                             Cell{.text = bars[i].remaining, .is_strong = is_total}});
    }
    return spec;
}

void show_axis(Ui& ui, const Rect& plot, const Axis1d& axis) {
    for (const double tick : axis.ticks) {
        const float y = std::round(to_pixels(tick, axis.top, plot.y, plot.bottom()));
        ui.fill({plot.x, y, plot.w, 1}, Color::Grid);
        ui.label({plot.x - kAxisWidth, y - 8, kAxisWidth - 8, 17}, TextStyle::Caption, Color::Text2,
                 tick == 0 ? "0" : format::money_axis(tick), Align::Right);
    }
}

void show_names(Ui& ui, const Rect& slot, std::string_view name) {
    float y = slot.y;
    for (const std::string_view line : ui.wrap(TextStyle::Caption, name, slot.w - 2)) {
        ui.label({slot.x, y, slot.w, 16}, TextStyle::Caption, Color::Text2, line, Align::Center);
        y += 15;
    }
}

void show_tooltip(Ui& ui, const Rect& plot, const Rect& box, const Bar& bar) {
    const std::string left = "cost after it " + bar.remaining;
    const std::string head = bar.name + "  " + bar.exact;
    const float width = std::max(ui.text_width(TextStyle::CaptionStrong, head),
                                 ui.text_width(TextStyle::Caption, left)) +
                        20;
    float x = box.right() + 10;
    if (x + width > plot.right()) x = box.x - 10 - width;
    const Rect card{std::round(std::max(x, plot.x)), std::round(std::max(plot.y, box.y)), width,
                    50};
    ui.begin_floating(card);
    ui.label({card.x + 10, card.y + 7, width, 17}, TextStyle::CaptionStrong, Color::Text, head);
    ui.label({card.x + 10, card.y + 26, width, 17}, TextStyle::Caption, Color::Text2, left);
    ui.end_floating();
}

void show_bars(Ui& ui, const Rect& plot, const Axis1d& axis, const std::vector<Bar>& bars) {
    const float slot = plot.w / static_cast<float>(bars.size());
    const float width = std::min(72.0F, slot * 0.66F);
    const auto pixel = [&](double value) {
        return to_pixels(value, axis.top, plot.y, plot.bottom());
    };
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const Bar& bar = bars[i];
        const Rect column{plot.x + slot * static_cast<float>(i), plot.y, slot, plot.h};
        const float x = std::round(column.center_x() - width / 2);
        const float top = std::min(pixel(bar.from), pixel(bar.to));
        const float bottom = std::max(pixel(bar.from), pixel(bar.to));
        const Rect box{x, std::round(top), width,
                       std::max(std::round(bottom) - std::round(top), 3.0F)};
        const auto pointer = ui.pointer_in({column.x, plot.y, column.w, plot.h});
        ui.fill(box, bar.color, std::min(4.0F, box.h / 2));
        if (i + 1 < bars.size())
            ui.dashed({box.right(), std::round(pixel(bar.to)) + 0.5F},
                      {box.right() + slot - width, std::round(pixel(bar.to)) + 0.5F}, Color::Text3);
        const bool fits = ui.text_width(TextStyle::CaptionStrong, bar.label) <= slot - 4;
        ui.label({column.x, box.y - 20, slot, 17}, TextStyle::CaptionStrong, Color::Text,
                 fits ? bar.label : bar.short_label, Align::Center);
        show_names(ui, {column.x, plot.bottom() + 9, slot, kLabelHeight}, bar.name);
        if (!pointer) continue;
        ui.fill(box, Color::Text, std::min(4.0F, box.h / 2), 0.12F);
        show_tooltip(ui, plot, box, bar);
    }
}

// On a phone the bars lie, so that every name and amount has room.
float show_lying_bars(Ui& ui, const Rect& at, const std::vector<Bar>& bars, double largest) {
    const auto pixel = [&](double value) {
        return std::round(at.x + at.w * static_cast<float>(value / largest));
    };
    Rect row{at.x, at.y, at.w, kLyingRow};
    for (const Bar& bar : bars) {
        const Rect words{row.x, row.y, row.w, 18};
        ui.label(words, TextStyle::Small, Color::Text2, bar.name);
        ui.label(words, TextStyle::SmallStrong, Color::Text, bar.label, Align::Right);
        const float left = pixel(std::max(std::min(bar.from, bar.to), 0.0));
        const float right = pixel(std::max(bar.from, bar.to));
        ui.fill({at.x, row.y + 21, at.w, 12}, Color::Surface2, 3);
        ui.fill({left, row.y + 21, std::max(right - left, 3.0F), 12}, bar.color, 3);
        row.y += kLyingRow;
    }
    return row.y - at.y;
}

float show_standing_bars(Ui& ui, const Rect& at, const std::vector<Bar>& bars, double largest) {
    const float height = std::clamp(at.w * 0.385F, 230.0F, 300.0F);
    const Rect plot{at.x + kAxisWidth, at.y + 28, at.w - kAxisWidth, height - 28 - kLabelHeight};
    const Axis1d axis = round_axis(largest, 3);
    show_axis(ui, plot, axis);
    show_bars(ui, plot, axis, bars);
    return height;
}

float show_chart(Ui& ui, const Rect& at, const std::vector<Bar>& bars) {
    double largest = 0;
    for (const Bar& bar : bars)
        largest = std::max({largest, bar.from, bar.to});
    const float slot = (at.w - kAxisWidth) / static_cast<float>(bars.size());
    const float height = slot < kLeastSlot && largest > 0
                             ? show_lying_bars(ui, at, bars, largest)
                             : show_standing_bars(ui, at, bars, largest);
    ui.image({at.x, at.y, at.w, height}, "waterfall.chart", "Waterfall from baseline to optimised",
             sentence(bars));
    ui.record_table(table_of(bars));
    return height;
}

}  // namespace

float show_waterfall(const AppModel& model, Ui& ui, const Rect& at) {
    auto scope = ui.container(Role::Region, "waterfall", "From baseline to optimised");
    const Rect inner{at.x + space::kCardPad, at.y, at.w - 2 * space::kCardPad, 0};
    const float side = ui.is_coarse() ? space::kTouchTarget : 28;
    ui.heading({inner.x, at.y + 16, inner.w - side - 4, 20}, 2, "From baseline to optimised",
               "in your order; fair shares in the table");
    float y = at.y + 46;
    const std::vector<Bar> bars = model.evaluation ? bars_of(model) : std::vector<Bar>{};
    if (bars.empty()) {
        y += ui.paragraph({inner.x, y, inner.w, 0}, TextStyle::Body, Color::Text2,
                          "There is no chart: a price that the scenario needs is not known.");
    } else {
        if (ui.button({inner.right() - side, at.y + 26 - side / 2, side, side},
                      {.id = "waterfall.as_table",
                       .label = model.shows_waterfall_table ? "Show the chart" : "Show as a table",
                       .kind = ButtonKind::Ghost,
                       .icon = model.shows_waterfall_table ? Icon::Chart : Icon::Table,
                       .shows_label = false}))
            ui.emit(Toggle{Panel::WaterfallTable});
        const Rect place{inner.x, y, inner.w, 0};
        y += model.shows_waterfall_table ? ui.table(place, table_of(bars))
                                         : show_chart(ui, place, bars);
    }
    const Rect card{at.x, at.y, at.w, y + 14 - at.y};
    ui.card(card);
    scope.set_rect(card);
    return card.h;
}

}  // namespace tokenlever::app
