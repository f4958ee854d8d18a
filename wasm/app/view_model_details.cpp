// The explanation behind a row of the Models screen: what each line costs and why, and whose words
// the price rests on.

#include "format.h"
#include "model_prices.h"
#include "views.h"

namespace tokenlever::app {
namespace {

float show_head(const AppModel& model, Ui& ui, const Rect& at, const ModelDetails& details) {
    const float side = ui.is_coarse() ? space::kTouchTarget : 28;
    ui.heading({at.x, at.y, at.w - side - 8, 20}, 2, details.name);
    if (ui.button({at.right() - side, at.y + 10 - side / 2, side, side},
                  {.id = "details.close",
                   .label = "Close the explanation",
                   .kind = ButtonKind::Ghost,
                   .icon = Icon::Close,
                   .shows_label = false}))
        ui.emit(OpenModel{});
    ui.text({at.x, at.y + 22, at.w, 18}, TextStyle::Small, Color::Text3,
            details.provider + " \u00b7 " + details.id);
    const std::string cost =
        details.monthly_cost ? format::money(*details.monthly_cost) : std::string("not known");
    ui.figure({at.x, at.y + 46, at.w, 36}, TextStyle::Figure, Color::Text, "details.cost", cost,
              details.monthly_cost ? details.monthly_cost->to_string() : std::string());
    std::string note = "per month for " + current_workload(model)->name;
    if (!details.per_request.empty()) note += ", " + details.per_request + " per request";
    return 84 + ui.paragraph({at.x, at.y + 84, at.w, 0}, TextStyle::Small, Color::Text3, note);
}

float show_buttons(const AppModel& model, Ui& ui, const Rect& at, const ModelDetails& details) {
    const Workload& workload = *current_workload(model);
    const bool is_used = workload.model == details.id;
    const ButtonSpec use{.id = "details.use",
                         .label = is_used ? "In use" : "Use this model",
                         .kind = is_used ? ButtonKind::Plain : ButtonKind::Primary,
                         .is_disabled = is_used,
                         .description = is_used ? "" : "Undo brings the other one back"};
    const ButtonSpec copy{.id = "details.copy",
                          .label = "Copy",
                          .icon = Icon::Copy,
                          .description = "Copies the explanation as text"};
    const float height = ui.control_height();
    const float width = ui.button_width(use);
    if (ui.button({at.x, at.y, width, height}, use))
        ui.emit(SetWorkloadModel{workload.id, details.id});
    if (ui.button({at.x + width + 8, at.y, ui.button_width(copy), height}, copy))
        ui.emit(Run{Command::CopyExplanation});
    return height;
}

float show_lines(Ui& ui, const Rect& at, const ModelDetails& details) {
    ui.heading({at.x, at.y, at.w, 20}, 3, "How it is computed");
    if (details.lines.empty())
        return 24 + ui.paragraph({at.x, at.y + 24, at.w, 0}, TextStyle::Body, Color::Text2,
                                 "The workload uses nothing that costs.");
    TableSpec spec{.id = "details.lines",
                   .name = "How it is computed",
                   .columns = {{"Line", 1, Align::Left}, {"Tokens \u00d7 rate", 1}, {"Cost"}},
                   .rows = {},
                   .has_header = false};
    for (const CostLine& line : details.lines)
        spec.rows.push_back({Cell{.text = line.name, .color = Color::Text2},
                             Cell{.text = line.formula},
                             Cell{.text = line.cost, .is_strong = true}});
    return 24 + ui.table({at.x, at.y + 24, at.w, 0}, spec);
}

float show_facts(Ui& ui, const Rect& at, const ModelDetails& details) {
    ui.heading({at.x, at.y, at.w, 20}, 3, "Where the price comes from");
    float y = at.y + 26;
    for (const DetailFact& fact : details.facts) {
        ui.text({at.x, y, at.w, 18}, TextStyle::Caption, Color::Text3, fact.name);
        y += 17;
        for (const std::string_view line : ui.wrap_anywhere(TextStyle::Small, fact.value, at.w)) {
            ui.label({at.x, y, at.w, 18}, TextStyle::Small, Color::Text, line);
            y += 18;
        }
        ui.record_text(fact.value);
        y += 6;
    }
    if (!details.quote.empty())
        y += 4 + ui.note({at.x, y + 4, at.w, 0}, Role::Note, "The vendor", details.quote);
    return y - at.y;
}

}  // namespace

void show_model_details(const AppModel& model, Ui& ui, const Rect& at, bool has_border) {
    const ModelDetails& details = *model.details;
    auto scope = ui.container(Role::Region, "details", "Explanation", at);
    if (has_border) ui.panel(at);
    const Rect view = at.inset(1, 8);
    const Rect room = ui.begin_scroll("##details", view);
    const Rect inner{room.x + space::kCardPad, room.y + 12, room.w - 2 * space::kCardPad, 0};
    float y = inner.y + show_head(model, ui, inner, details) + 12;
    y += show_buttons(model, ui, {inner.x, y, inner.w, 0}, details) + 20;
    y += show_lines(ui, {inner.x, y, inner.w, 0}, details) + 16;
    y += show_facts(ui, {inner.x, y, inner.w, 0}, details) + 16;
    ui.end_scroll(y - room.y);
}

}  // namespace tokenlever::app
