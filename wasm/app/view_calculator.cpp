// The landing screen: how its cards stand, and the answer on top of it.

#include "format.h"
#include "scenario_edit.h"
#include "views.h"

#include <array>
#include <cmath>
#include <vector>

namespace tokenlever::app {
namespace {

constexpr float kTwoColumns = 820;
constexpr float kLeftColumn = 400;

struct Figure {
    std::string id, label, text, exact, note;
    Color color = Color::Text;
    float weight = 1;  // share of the width
};

std::string known(const std::optional<Money>& amount) {
    return amount ? format::money(*amount) : std::string("not known");
}
std::string exact_of(const std::optional<Money>& amount) {
    return amount ? amount->to_string() : std::string();
}
std::string exact_of(const std::optional<Decimal>& amount) {
    return amount ? amount->to_string() : std::string();
}

std::string levers_note(const AppModel& model) {
    std::int64_t on = 0;
    for (const Lever& lever : model.scenario.levers)
        on += lever.is_enabled ? 1 : 0;
    return std::to_string(on) + " of " +
           format::plural(static_cast<std::int64_t>(model.scenario.levers.size()), "lever",
                          "levers") +
           " on";
}

std::string requests_note(const Evaluation& evaluation, const MonthlyTokens& tokens) {
    const Decimal& requests = evaluation.baseline.requests;
    std::string text = format::compact(requests) + " requests";
    if (requests.is_zero()) return text;
    const Decimal each = (tokens.input + tokens.output).divided(requests, 0);
    return text + " \u00b7 " + format::count(each) + " tokens each";
}

Figure saving_figure(const Evaluation& evaluation) {
    const auto& share = evaluation.saving_share;
    const bool is_loss = evaluation.saving && *evaluation.saving < Money{};
    std::string text = "not known";
    if (share) text = format::percent(*share, 1);
    std::string note;
    if (evaluation.saving)
        note = is_loss ? format::money(-*evaluation.saving) + " more per month"
                       : format::money(*evaluation.saving) + " per month";
    return {"saving", "Saving",
            text,     exact_of(evaluation.saving),
            note,     is_loss ? Color::Up : Color::Accent,
            0.9F};
}

std::vector<Figure> figures_of(const AppModel& model) {
    const Evaluation& evaluation = *model.evaluation;
    const MonthlyTokens tokens = monthly_tokens(model.scenario);
    const Decimal all = tokens.input + tokens.output;
    std::vector<Figure> figures = {
        {"baseline", "Baseline, list cost per month", known(evaluation.baseline.monthly_cost),
         exact_of(evaluation.baseline.monthly_cost), requests_note(evaluation, tokens), Color::Text,
         1.15F},
        {"optimized", "Optimised", known(evaluation.optimized.monthly_cost),
         exact_of(evaluation.optimized.monthly_cost), levers_note(model), Color::Text, 1},
        saving_figure(evaluation),
    };
    const auto& unit = evaluation.optimized_per_request;
    const auto& was = evaluation.baseline_per_request;
    figures.push_back({"per_request", "Per request", unit ? format::money(*unit) : "not known",
                       exact_of(unit), was ? "was " + format::money(*was) : std::string(),
                       Color::Text, 0.9F});
    figures.push_back({"tokens", "Tokens per month", format::compact(all), all.to_string(),
                       format::compact(tokens.input) + " input \u00b7 " +
                           format::compact(tokens.output) + " output",
                       Color::Text, 1.2F});
    return figures;
}

float show_figure(Ui& ui, const Rect& at, const Figure& figure) {
    const std::string id = "headline." + figure.id;
    auto scope = ui.container(Role::Group, id, figure.label, at);
    const bool fits = ui.text_width(TextStyle::Small, figure.label) <= at.w;
    const std::string_view shown =
        fits ? std::string_view(figure.label)
             : std::string_view(figure.label).substr(0, figure.label.find(','));
    ui.text({at.x, at.y, at.w, 18}, TextStyle::Small, Color::Text2, shown);
    ui.figure({at.x, at.y + 18, at.w, 36}, TextStyle::Figure, figure.color, id + ".value",
              figure.text, figure.exact);
    float height = 54;
    if (!figure.note.empty())
        height +=
            ui.paragraph({at.x, at.y + 55, at.w, 0}, TextStyle::Small, Color::Text3, figure.note) +
            1;
    scope.set_rect({at.x, at.y, at.w, height});
    return height;
}

// Side by side with lines between; each as wide as its weight.
float show_figure_row(Ui& ui, const Rect& at, std::span<const Figure> figures) {
    float weights = 0;
    const bool is_even = figures.size() < 3;
    const float pad = is_even ? 16 : 20;
    for (const Figure& figure : figures)
        weights += is_even ? 1 : figure.weight;
    float x = at.x;
    float tallest = 0;
    std::vector<float> lines;
    for (const Figure& figure : figures) {
        const float width = at.w * (is_even ? 1 : figure.weight) / weights;
        if (x > at.x) lines.push_back(std::round(x));
        tallest = std::max(
            tallest, show_figure(ui, {std::round(x) + pad, at.y, width - 2 * pad + 4, 0}, figure));
        x += width;
    }
    for (const float line : lines)
        ui.fill({line, at.y, 1, tallest}, Color::Border);
    return tallest;
}

std::vector<std::size_t> figures_per_row(float width) {
    if (width < 560) return {2, 2, 1};
    if (width < 860) return {3, 2};
    return {5};
}

}  // namespace

float show_headline(const AppModel& model, Ui& ui, const Rect& at) {
    auto scope = ui.container(Role::Region, "headline", "The answer");
    if (!model.evaluation) {
        const float height = ui.note(at, Role::Alert, "Not evaluated", model.evaluation_error);
        scope.set_rect({at.x, at.y, at.w, height});
        return height;
    }
    const std::vector<Figure> figures = figures_of(model);
    float y = at.y + 17;
    std::size_t from = 0;
    for (const std::size_t count : figures_per_row(at.w)) {
        const auto row = std::span(figures).subspan(from, count);
        if (from > 0) y += 14;
        y += show_figure_row(ui, {at.x, y, at.w, 0}, row);
        from += count;
    }
    const Rect card{at.x, at.y, at.w, y + 15 - at.y};
    ui.card(card);
    scope.set_rect(card);
    return card.h;
}

float show_calculator(const AppModel& model, Ui& ui, const Rect& content) {
    float y = content.y + show_headline(model, ui, content) + space::kGap;
    if (content.w < kTwoColumns) {
        const auto below = [&](float height) { y += height + space::kGap; };
        below(show_workloads(model, ui, {content.x, y, content.w, 0}));
        below(show_levers(model, ui, {content.x, y, content.w, 0}, 0));
        below(show_waterfall(model, ui, {content.x, y, content.w, 0}));
        below(show_order(model, ui, {content.x, y, content.w, 0}, 0));
        return y - space::kGap - content.y;
    }
    const float left = std::round(std::min(kLeftColumn, content.w * 0.42F));
    const Rect second{content.x + left + space::kGap, y, content.w - left - space::kGap, 0};
    const float bottom = content.bottom();
    float left_y = y + show_workloads(model, ui, {content.x, y, left, 0}) + space::kGap;
    left_y += show_levers(model, ui, {content.x, left_y, left, 0}, bottom - left_y);
    float right_y = y + show_waterfall(model, ui, second) + space::kGap;
    right_y += show_order(model, ui, {second.x, right_y, second.w, 0}, bottom - right_y);
    return std::max(left_y, right_y) - content.y;
}

}  // namespace tokenlever::app
