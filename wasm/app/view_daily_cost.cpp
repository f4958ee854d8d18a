// Cost per day, stacked by model.

#include "charts.h"
#include "format.h"
#include "usage_facts.h"
#include "views.h"

#include <cmath>

namespace tokenlever::app {
namespace {

constexpr float kAxisWidth = 54;
constexpr float kChartHeight = 250;
constexpr std::size_t kTooltipRows = 5;

// The last colour of the palette is for what has no name of its own.
Color color_of(const DailyCost& daily, std::size_t series) {
    if (daily.series[series].name == "other") return Color::Series8;
    return series_color(series);
}

double largest_of(const DailyCost& daily) {
    double largest = 0;
    for (const Decimal& total : daily.totals)
        largest = std::max(largest, total.to_double());
    return largest;
}

// The smallest series are one column where there is no room for all.
TableSpec table_of(const DailyCost& daily, std::size_t most_series) {
    TableSpec spec{.id = "daily.table",
                   .name = "Cost per day by model, as a table",
                   .columns = {{daily.days_each == 1 ? "Day" : "Week of", 1, Align::Left}},
                   .rows = {}};
    const std::size_t count = daily.series.size();
    const std::size_t named = count <= most_series ? count : most_series < 2 ? 0 : most_series - 1;
    const bool has_rest = named > 0 && named < count;
    for (std::size_t i = 0; i < named; ++i)
        spec.columns.push_back({daily.series[i].name});
    if (has_rest) spec.columns.push_back({"other"});
    spec.columns.push_back({"Total"});
    for (std::size_t day = 0; day < daily.days.size(); ++day) {
        std::vector<Cell> row = {Cell{.text = format::day(daily.days[day])}};
        for (std::size_t i = 0; i < named; ++i)
            row.push_back(Cell{.text = format::money(daily.series[i].exact[day])});
        Decimal rest = 0;
        for (std::size_t i = named; i < count; ++i)
            rest += daily.series[i].exact[day];
        if (has_rest) row.push_back(Cell{.text = format::money(rest)});
        row.push_back(Cell{.text = format::money(daily.totals[day]), .is_strong = true});
        spec.rows.push_back(std::move(row));
    }
    return spec;
}

std::string sentence(const DailyCost& daily) {
    Decimal sum = 0;
    for (const Decimal& total : daily.totals)
        sum += total;
    const auto bars = static_cast<std::int64_t>(daily.days.size());
    const std::string span = daily.days_each == 1 ? format::plural(bars, "day", "days")
                                                  : format::plural(bars, "week", "weeks");
    return format::money(sum) + " in " + span + ", from " + format::day(daily.days.front()) +
           " to " + format::day(daily.days.back()) + "; most of it " + daily.series.front().name +
           ".";
}

// Wrapped rows of a coloured square and a name; returns the height.
float show_legend(Ui& ui, const Rect& at, const DailyCost& daily) {
    float x = at.x;
    float y = at.y;
    for (std::size_t i = 0; i < daily.series.size(); ++i) {
        const std::string& name = daily.series[i].name;
        const float width = std::min(ui.text_width(TextStyle::Small, name) + 17, at.w);
        if (x > at.x && x + width > at.right()) {
            x = at.x;
            y += 20;
        }
        ui.fill({x, y + 5, 9, 9}, color_of(daily, i), 3);
        ui.label({x + 15, y, width - 14, 19}, TextStyle::Small, Color::Text2, name);
        x += width + 14;
    }
    return y + 20 - at.y;
}

struct Plot {
    Rect area;
    double top = 1;
    std::size_t days = 0;
    bool is_bars = false;  // too few days for a line

    float slot() const { return area.w / static_cast<float>(days); }
    float x_of(std::size_t day) const {
        if (is_bars) return area.x + slot() * (static_cast<float>(day) + 0.5F);
        return area.x + area.w * static_cast<float>(day) / static_cast<float>(days - 1);
    }
    float y_of(double value) const { return to_pixels(value, top, area.y, area.bottom()); }
};

void show_axes(Ui& ui, const Plot& plot, const Axis1d& axis, const DailyCost& daily) {
    for (const double tick : axis.ticks) {
        const float y = std::round(plot.y_of(tick));
        ui.fill({plot.area.x, y, plot.area.w, 1}, Color::Grid);
        ui.label({plot.area.x - kAxisWidth, y - 8, kAxisWidth - 8, 17}, TextStyle::Caption,
                 Color::Text2, format::money_axis(tick), Align::Right);
    }
    const auto most = static_cast<std::size_t>(std::max(2.0F, plot.area.w / 70));
    std::size_t step = (plot.days + most - 1) / most;
    if (step > 2 && daily.days_each == 1)
        step = (step + 6) / 7 * 7;  // weeks, where days are too many
    for (std::size_t day = 0; day < plot.days; day += step)
        ui.label({plot.x_of(day) - 40, plot.area.bottom() + 8, 80, 17}, TextStyle::Caption,
                 Color::Text2, format::day(daily.days[day]), Align::Center);
}

// One band between two running sums. Neighbouring quads share an edge, so they are drawn without
// the soft edge that would show as a seam.
void show_area(Ui& ui, const Plot& plot, const std::vector<double>& low,
               const std::vector<double>& high, ImU32 color) {
    ImDrawList& list = ui.canvas();
    const ImDrawListFlags flags = list.Flags;
    list.Flags &= ~ImDrawListFlags_AntiAliasedFill;
    for (std::size_t day = 0; day + 1 < plot.days; ++day)
        list.AddQuadFilled({plot.x_of(day), plot.y_of(high[day])},
                           {plot.x_of(day + 1), plot.y_of(high[day + 1])},
                           {plot.x_of(day + 1), plot.y_of(low[day + 1])},
                           {plot.x_of(day), plot.y_of(low[day])}, color);
    list.Flags = flags;
    for (std::size_t day = 0; day < plot.days; ++day)
        list.PathLineTo({plot.x_of(day), plot.y_of(high[day])});
    list.PathStroke(color, 0, 1);
}

void show_bars(Ui& ui, const Plot& plot, const std::vector<double>& low,
               const std::vector<double>& high, Color color) {
    const float width = std::min(56.0F, plot.slot() * 0.7F);
    for (std::size_t day = 0; day < plot.days; ++day) {
        if (high[day] <= low[day]) continue;
        const float top = plot.y_of(high[day]);
        ui.fill({std::round(plot.x_of(day) - width / 2), top, width, plot.y_of(low[day]) - top},
                color);
    }
}

void show_series(Ui& ui, const Plot& plot, const DailyCost& daily) {
    std::vector<double> low(plot.days, 0);
    for (std::size_t i = 0; i < daily.series.size(); ++i) {
        std::vector<double> high = low;
        for (std::size_t day = 0; day < plot.days; ++day)
            high[day] += std::max(0.0, daily.series[i].values[day]);
        const Color color = color_of(daily, i);
        if (plot.is_bars)
            show_bars(ui, plot, low, high, color);
        else
            show_area(ui, plot, low, high, paint(color, ui.is_dark(), 0.88F));
        low = std::move(high);
    }
}

std::size_t day_at(const Plot& plot, float x) {
    const float part = (x - plot.area.x) / plot.area.w;
    const auto count = static_cast<float>(plot.is_bars ? plot.days : plot.days - 1);
    const float day = plot.is_bars ? std::floor(part * count) : std::round(part * count);
    return static_cast<std::size_t>(std::clamp(day, 0.0F, static_cast<float>(plot.days - 1)));
}

void show_tooltip(Ui& ui, const Plot& plot, const DailyCost& daily, std::size_t day) {
    struct Row {
        std::string name, cost;
        Color color{};
    };
    std::vector<Row> rows;
    for (std::size_t i = 0; i < daily.series.size() && rows.size() < kTooltipRows; ++i)
        if (!daily.series[i].exact[day].is_zero())
            rows.push_back({daily.series[i].name, format::money(daily.series[i].exact[day]),
                            color_of(daily, i)});
    const std::string head =
        format::day(daily.days[day]) + " \u00b7 " + format::money(daily.totals[day]);
    float width = ui.text_width(TextStyle::CaptionStrong, head) + 20;
    for (const Row& row : rows)
        width = std::max(width, ui.text_width(TextStyle::Caption, row.name + row.cost) + 52);
    const float x = plot.x_of(day);
    const bool is_right = x + 10 + width < plot.area.right();
    const Rect card{std::round(is_right ? x + 10 : x - 10 - width), plot.area.y + 4, width,
                    33 + 18 * static_cast<float>(rows.size())};
    ui.dashed({x, plot.area.y}, {x, plot.area.bottom()}, Color::Text2);
    ui.begin_floating(card);
    ui.label({card.x + 10, card.y + 7, width, 17}, TextStyle::CaptionStrong, Color::Text, head);
    float y = card.y + 27;
    for (const Row& row : rows) {
        ui.fill({card.x + 10, y + 4, 9, 9}, row.color, 3);
        ui.label({card.x + 25, y, width - 35, 17}, TextStyle::Caption, Color::Text2, row.name);
        ui.label({card.x + 10, y, width - 20, 17}, TextStyle::Caption, Color::Text, row.cost,
                 Align::Right);
        y += 18;
    }
    ui.end_floating();
}

float show_chart(Ui& ui, const Rect& at, const DailyCost& daily) {
    Plot plot{.area = {at.x + kAxisWidth, at.y + 10, at.w - kAxisWidth - 8, kChartHeight - 40},
              .top = 1,
              .days = daily.days.size(),
              .is_bars = daily.days.size() < 8};
    const Axis1d axis = round_axis(largest_of(daily), 3);
    plot.top = axis.top;
    show_axes(ui, plot, axis, daily);
    show_series(ui, plot, daily);
    if (const auto pointer = ui.pointer_in(plot.area))
        show_tooltip(ui, plot, daily, day_at(plot, pointer->x));
    ui.image({at.x, at.y, at.w, kChartHeight}, "daily.chart", "Cost per day by model",
             sentence(daily));
    ui.record_table(table_of(daily, kSeriesCount));
    return kChartHeight;
}

std::string title_of(const ImportReport& report, const DailyCost& daily) {
    std::string title = "List cost";
    if (shows_reported_cost(report))
        title = report.reported_cost_kind == "billed" ? "Billed cost" : "Reported cost";
    return title + (daily.days_each == 1 ? " per day" : " per week");
}

}  // namespace

float show_daily_cost(const AppModel& model, Ui& ui, const Rect& at) {
    const ImportReport& report = *model.usage.report;
    const DailyCost& daily = model.usage.summary.daily;
    const std::string title = title_of(report, daily);
    auto scope = ui.container(Role::Region, "daily", title);
    const Rect inner{at.x + space::kCardPad, at.y, at.w - 2 * space::kCardPad, 0};
    const float side = ui.is_coarse() ? space::kTouchTarget : 28;
    ui.heading({inner.x, at.y + 16, inner.w - side - 4, 20}, 2, title, "by model");
    float y = at.y + 44;
    if (daily.days.empty()) {
        y += ui.paragraph({inner.x, y, inner.w, 0}, TextStyle::Body, Color::Text2,
                          "The file does not say on which days its usage was.");
    } else {
        if (ui.button({inner.right() - side, at.y + 26 - side / 2, side, side},
                      {.id = "daily.as_table",
                       .label = model.shows_cost_table ? "Show the chart" : "Show as a table",
                       .kind = ButtonKind::Ghost,
                       .icon = model.shows_cost_table ? Icon::Chart : Icon::Table,
                       .shows_label = false}))
            ui.emit(Toggle{Panel::CostTable});
        const Rect place{inner.x, y, inner.w, 0};
        if (model.shows_cost_table) {
            y += ui.table(place, table_of(daily, static_cast<std::size_t>(inner.w / 90 - 2)));
        } else {
            y += show_legend(ui, place, daily);
            y += show_chart(ui, {inner.x, y, inner.w, 0}, daily);
        }
    }
    const Rect card{at.x, at.y, at.w, y + 12 - at.y};
    ui.card(card);
    scope.set_rect(card);
    return card.h;
}

}  // namespace tokenlever::app
