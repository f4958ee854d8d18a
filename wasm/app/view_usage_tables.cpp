// Who spent it: by team where the file says, and by model; what the data says; the import report.

#include "format.h"
#include "usage_facts.h"
#include "views.h"

#include <array>

namespace tokenlever::app {
namespace {

constexpr std::size_t kMostRows = 12;
constexpr std::size_t kMostRejections = 10;

std::string known(const std::optional<Decimal>& amount) {
    return amount ? format::money(*amount) : std::string("\u2013");
}

std::string reported_text(const UsageMeasures& measures) {
    const bool is_part = measures.reported_cost && measures.has_unreported;
    return known(measures.reported_cost) + (is_part ? " part" : "");
}

std::string list_text(const UsageMeasures& measures) {
    if (!measures.list_cost) return measures.unpriced_tokens > 0 ? "unpriced" : "\u2013";
    std::string text = format::money(*measures.list_cost);
    if (measures.list_cost_high && *measures.list_cost_high != *measures.list_cost)
        text += " \u2013 " + format::money(*measures.list_cost_high);
    return measures.unpriced_tokens > 0 ? text + " + unpriced" : text;
}

// What is reported beyond the list cost: a range where that is one.
std::string difference_text(const UsageMeasures& measures) {
    const auto beyond = [&](const Decimal& list_cost) {
        return format::money_fixed(*measures.reported_cost - list_cost, 2);
    };
    const std::string most = beyond(*measures.list_cost);
    if (!measures.list_cost_high) return most;
    const std::string least = beyond(*measures.list_cost_high);
    return least == most ? most : least + " to " + most;
}

struct MeasureColumn {
    std::string_view title;
    std::string (*text)(const UsageMeasures&);
    float least_width = 0;  // of the card, for the column to be shown
};
constexpr std::array<MeasureColumn, 6> kColumns = {{
    {"Requests", [](const UsageMeasures& m) { return format::count(m.requests); }, 0},
    {"Input", [](const UsageMeasures& m) { return format::compact(m.all_input_tokens()); }, 430},
    {"Cached", [](const UsageMeasures& m) { return format::compact(m.cache_read_tokens); }, 560},
    {"Output", [](const UsageMeasures& m) { return format::compact(m.output_tokens); }, 500},
    {"Reported", reported_text, 0},
    {"List", list_text, 380},
}};

std::vector<Cell> row_of(const UsageLine& line, std::optional<Color> dot, float width) {
    std::vector<Cell> row = {
        Cell{.text = line.key, .color = line.is_unknown ? Color::Text3 : Color::Text, .dot = dot}};
    for (const MeasureColumn& column : kColumns)
        if (width >= column.least_width) row.push_back(Cell{.text = column.text(line.measures)});
    return row;
}

TableSpec table_of(const std::vector<UsageLine>& lines, std::string id, std::string name,
                   std::string axis, float width) {
    TableSpec spec{.id = std::move(id),
                   .name = std::move(name),
                   .columns = {{std::move(axis), 1.6F, Align::Left}},
                   .rows = {}};
    for (const MeasureColumn& column : kColumns)
        if (width >= column.least_width) spec.columns.push_back({std::string(column.title)});
    UsageLine rest{"", false, {}};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i < kMostRows || lines.size() == kMostRows + 1)
            spec.rows.push_back(row_of(lines[i], {}, width));
        else
            rest.measures += lines[i].measures;
    }
    if (spec.rows.size() < lines.size()) {
        rest.key =
            format::count(static_cast<std::int64_t>(lines.size() - spec.rows.size())) + " others";
        spec.rows.push_back(row_of(rest, {}, width));
    }
    return spec;
}

std::string rejection_lead(std::int64_t rejected) {
    return format::plural(rejected, "row", "rows") + " rejected";
}

float show_files(Ui& ui, const Rect& at, const ImportReport& report) {
    float y = at.y;
    for (const ImportedFile& file : report.files) {
        if (!file.error.empty()) {
            y += ui.note({at.x, y, at.w, 0}, Role::Alert, file.path, file.error) + 8;
            continue;
        }
        for (const SetAside& part : file.set_aside) {
            std::string text = format::plural(part.rows, "row", "rows") + " set aside: ";
            for (const char c : part.reason)
                text += c == '_' ? ' ' : c;
            if (part.cost) text += ", " + format::money(*part.cost);
            y += ui.paragraph({at.x, y, at.w, 0}, TextStyle::Body, Color::Text2, text + ".");
        }
        if (file.rejected == 0) continue;
        y += ui.note({at.x, y + 4, at.w, 0}, Role::Note, rejection_lead(file.rejected), file.path) +
             8;
        for (std::size_t i = 0; i < std::min(file.rejections.size(), kMostRejections); ++i)
            y += ui.paragraph({at.x + 12, y, at.w - 12, 0}, TextStyle::Small, Color::Text2,
                              rejection_sentence(file.rejections[i]));
        if (file.rejected > static_cast<std::int64_t>(kMostRejections))
            y += ui.paragraph(
                {at.x + 12, y, at.w - 12, 0}, TextStyle::Small, Color::Text3,
                "and " + format::count(file.rejected - static_cast<std::int64_t>(kMostRejections)) +
                    " more.");
    }
    return y - at.y;
}

float show_quick_notes(Ui& ui, const Rect& at, const ImportReport& report) {
    float y = at.y;
    std::int64_t rejected = 0;
    const ImportRejection* first = nullptr;
    for (const ImportedFile& file : report.files) {
        rejected += file.rejected;
        if (first == nullptr && !file.rejections.empty()) first = &file.rejections.front();
    }
    if (rejected > 0)
        y += 10 + ui.note({at.x, y + 10, at.w, 0}, Role::Note, rejection_lead(rejected),
                          first != nullptr ? rejection_sentence(*first)
                                           : std::string("see the import report"));
    for (const std::string& warning : report.warnings)
        y += 10 + ui.note({at.x, y + 10, at.w, 0}, Role::Note, "Check", warning);
    return y - at.y;
}

// List cost beside what the file reports: the difference is the first question anybody asks. There
// is none where the file reports the cost of a part only.
float show_comparison(Ui& ui, const Rect& at, const ImportReport& report) {
    const UsageMeasures& totals = report.totals;
    if (!totals.reported_cost || !totals.list_cost) return 0;
    TableSpec spec{.id = "comparison.table",
                   .name = "Reported against list cost",
                   .columns = {{"Cost", 1, Align::Left}, {"Amount"}},
                   .rows = {}};
    const bool is_part = totals.has_unreported;
    spec.rows.push_back({Cell{.text = is_part ? "Reported, for a part" : "The file reports"},
                         Cell{.text = format::money_fixed(*totals.reported_cost, 2)}});
    spec.rows.push_back({Cell{.text = "The price book computes"}, Cell{.text = list_text(totals)}});
    if (!is_part)
        spec.rows.push_back(
            {Cell{.text = "Difference"}, Cell{.text = difference_text(totals), .is_strong = true}});
    ui.heading({at.x, at.y + 18, at.w, 20}, 2, "Reported against computed");
    return 42 + ui.table({at.x, at.y + 42, at.w, 0}, spec);
}

}  // namespace

float show_usage_tables(const AppModel& model, Ui& ui, const Rect& at, float least_height) {
    const ImportReport& report = *model.usage.report;
    auto scope = ui.container(Role::Region, "breakdown", "Breakdown");
    const Rect inner{at.x + space::kCardPad, at.y, at.w - 2 * space::kCardPad, 0};
    float y = at.y + 16;
    ui.heading({inner.x, y, inner.w, 20}, 2, "By model", format::month_year(report.period_start));
    y += 26;
    y += ui.table({inner.x, y, inner.w, 0}, table_of(model.usage.summary.models, "models.table",
                                                     "Usage by model", "Model", inner.w));
    if (!model.usage.summary.teams.empty()) {
        y += 20;
        ui.heading({inner.x, y, inner.w, 20}, 2, "By team");
        y += 26;
        y += ui.table({inner.x, y, inner.w, 0}, table_of(model.usage.summary.teams, "teams.table",
                                                         "Usage by team", "Team", inner.w));
    }
    const Rect card{at.x, at.y, at.w, std::max(y + 12 - at.y, least_height)};
    ui.card(card);
    scope.set_rect(card);
    return card.h;
}

float show_usage_facts(const AppModel& model, Ui& ui, const Rect& at, float least_height) {
    const ImportReport& report = *model.usage.report;
    auto scope = ui.container(Role::Region, "facts", "What the data says");
    const Rect inner{at.x + space::kCardPad, at.y, at.w - 2 * space::kCardPad, 0};
    ui.heading({inner.x, at.y + 16, inner.w, 20}, 2, "What the data says");
    TableSpec spec{.id = "facts.table",
                   .name = "What the data says",
                   .columns = {{"Fact", 1, Align::Left}, {"Value"}},
                   .rows = {},
                   .has_header = false};
    for (const Fact& fact : model.usage.summary.facts)
        spec.rows.push_back(
            {Cell{.text = fact.name}, Cell{.text = fact.value,
                                           .color = fact.is_good ? Color::Accent : Color::Text,
                                           .is_strong = fact.is_good}});
    float y = at.y + 40;
    y += ui.table({inner.x, y, inner.w, 0}, spec);
    y += show_comparison(ui, {inner.x, y, inner.w, 0}, report);
    y += show_quick_notes(ui, {inner.x, y, inner.w, 0}, report);
    const Rect card{at.x, at.y, at.w, std::max(y + 14 - at.y, least_height)};
    ui.card(card);
    scope.set_rect(card);
    return card.h;
}

float show_import_report(const AppModel& model, Ui& ui, const Rect& at) {
    const ImportReport& report = *model.usage.report;
    auto scope = ui.container(Role::Region, "report", "Import report");
    const Rect inner{at.x + space::kCardPad, at.y, at.w - 2 * space::kCardPad, 0};
    ui.heading({inner.x, at.y + 16, inner.w, 20}, 2, "Import report");
    float y = at.y + 42;
    for (const std::string& sentence : {model.usage.summary.rows, model.usage.summary.money})
        if (!sentence.empty())
            y += ui.paragraph({inner.x, y, inner.w, 0}, TextStyle::Body, Color::Text,
                              sentence + ".");
    y += 4 + show_files(ui, {inner.x, y + 4, inner.w, 0}, report);
    for (const std::string& warning : report.warnings)
        y += 8 + ui.note({inner.x, y + 8, inner.w, 0}, Role::Note, "Check", warning);
    if (report.totals.unpriced_tokens > 0)
        y += 8 + ui.note({inner.x, y + 8, inner.w, 0}, Role::Note, "Unpriced",
                         format::count(report.totals.unpriced_tokens) +
                             " tokens are of models or classes without a price. They are not in "
                             "the list cost.");
    const Rect card{at.x, at.y, at.w, y + 14 - at.y};
    ui.card(card);
    scope.set_rect(card);
    return card.h;
}

}  // namespace tokenlever::app
