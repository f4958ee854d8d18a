// What to pull first: the levers by money per effort, and what the numbers do not say by
// themselves.

#include "format.h"
#include "views.h"

#include <array>

namespace tokenlever::app {
namespace {

struct EffortWords {
    std::string_view label;
    TagKind tag{};
};
EffortWords effort_words(Effort effort) {
    switch (effort) {
        case Effort::Low: return {"Low", TagKind::Low};
        case Effort::Medium: return {"Medium", TagKind::Medium};
        case Effort::High: return {"High", TagKind::High};
    }
    return {};
}

std::string needs_of(const LeverResult& result) {
    std::string text;
    for (const std::string& sentence : result.prerequisites)
        text += (text.empty() ? "" : "; ") + sentence;
    return text;
}

std::string known(const std::optional<Money>& amount) {
    return amount ? format::money_rounded(*amount) : std::string("not known");
}

struct OrderedLever {
    const LeverResult* result = nullptr;
    const Lever* lever = nullptr;
    bool is_recommended = false;
};

// The recommended ones in their order, then the rest in the document's.
std::vector<OrderedLever> ordered(const AppModel& model) {
    std::vector<OrderedLever> rows;
    const Evaluation& evaluation = *model.evaluation;
    const auto add = [&](std::size_t index, bool is_recommended) {
        rows.push_back({&evaluation.levers[index], &model.scenario.levers[index], is_recommended});
    };
    std::vector<bool> is_taken(evaluation.levers.size(), false);
    for (const std::string& id : evaluation.recommended_order)
        for (std::size_t i = 0; i < evaluation.levers.size(); ++i)
            if (evaluation.levers[i].id == id && !is_taken[i]) {
                is_taken[i] = true;
                add(i, true);
            }
    for (std::size_t i = 0; i < evaluation.levers.size(); ++i)
        if (!is_taken[i]) add(i, false);
    return rows;
}

TableSpec table_of(const std::vector<OrderedLever>& levers, bool has_needs) {
    TableSpec spec{
        .id = "order.table",
        .name = "Levers in the recommended order",
        .columns = {{"Lever", 1.4F, Align::Left}, {"Alone"}, {"Fair share"}, {"Effort", 0.8F}},
        .rows = {}};
    if (has_needs) spec.columns.push_back({"Needs", 2.0F});
    for (const OrderedLever& row : levers) {
        const EffortWords effort = effort_words(row.result->effort);
        std::string name(words_of(*row.lever).name);
        if (!row.lever->is_enabled) name += " (off)";
        const Color color = row.is_recommended ? Color::Text : Color::Text3;
        spec.rows.push_back(
            {Cell{.text = std::move(name), .color = color},
             Cell{.text = known(row.result->alone), .color = color},
             Cell{.text = row.lever->is_enabled ? known(row.result->shapley) : "\u2013",
                  .color = color},
             Cell{.text = std::string(effort.label), .tag = effort.tag}});
        if (has_needs)
            spec.rows.back().push_back(Cell{.text = needs_of(*row.result), .color = color});
    }
    return spec;
}

constexpr std::array<std::string_view, 5> kNumbers = {"none", "one", "two", "three", "four"};

// Alone they promise more than they can keep together: say so, with the sums.
std::string overlap_text(const Evaluation& evaluation) {
    Money alone;
    std::size_t count = 0;
    for (const LeverResult& lever : evaluation.levers) {
        if (!lever.is_enabled) continue;
        if (!lever.alone) return {};
        alone += *lever.alone;
        ++count;
    }
    if (count < 2 || !evaluation.saving || !evaluation.baseline.monthly_cost ||
        alone <= *evaluation.saving)
        return {};
    const std::string number =
        count < kNumbers.size() ? std::string(kNumbers[count]) : std::to_string(count);
    std::string text = "Alone, the " + number + " would save " + format::money(alone);
    if (alone > *evaluation.baseline.monthly_cost)
        text += ", more than the bill: they overlap. ";
    else
        text += ", together they save " + format::money(*evaluation.saving) + ": they overlap. ";
    return text + "Fair share adds up exactly.";
}

float show_notes(const AppModel& model, Ui& ui, const Rect& at) {
    float y = at.y;
    const auto add = [&](std::string_view lead, std::string_view text) {
        y += 10;
        y += ui.note({at.x, y, at.w, 0}, Role::Note, lead, text);
    };
    const std::string overlap = overlap_text(*model.evaluation);
    if (!overlap.empty()) add("Note", overlap);
    for (const ScenarioWarning& warning : model.evaluation->warnings)
        if (overlap.empty() || warning.code != "alone_exceeds_bill") add("Check", warning.message);
    return y - at.y;
}

float show_needs(Ui& ui, const Rect& at, const std::vector<OrderedLever>& levers) {
    float y = at.y + 6;
    for (const OrderedLever& row : levers)
        y += ui.paragraph(
                 {at.x, y, at.w, 0}, TextStyle::Small, Color::Text2,
                 std::string(words_of(*row.lever).name) + " needs: " + needs_of(*row.result)) +
             4;
    return y - at.y;
}

}  // namespace

float show_order(const AppModel& model, Ui& ui, const Rect& at, float least_height) {
    auto scope = ui.container(Role::Region, "order", "What to pull first");
    const Rect inner{at.x + space::kCardPad, at.y, at.w - 2 * space::kCardPad, 0};
    ui.heading({inner.x, at.y + 16, inner.w, 20}, 2, "What to pull first", "money per effort");
    float y = at.y + 42;
    if (model.evaluation) {
        const bool has_needs = inner.w >= 480;
        const std::vector<OrderedLever> levers = ordered(model);
        y += ui.table({inner.x, y, inner.w, 0}, table_of(levers, has_needs));
        if (!has_needs) y += show_needs(ui, {inner.x, y, inner.w, 0}, levers);
        y += show_notes(model, ui, {inner.x, y, inner.w, 0});
    }
    const Rect card{at.x, at.y, at.w, std::max(y + 14 - at.y, least_height)};
    ui.card(card);
    scope.set_rect(card);
    return card.h;
}

}  // namespace tokenlever::app
