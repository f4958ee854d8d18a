// Export, Copy, Reset, Undo and Redo: they act on what is shown, and show what they have changed.

#include "../shared.h"
#include "harness.h"
#include "usage_export.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace tokenlever::tests {
namespace {

std::string fixture() {
    const auto text = read_file(TOKENLEVER_SOURCE_DIR "/tests/app/import.json");
    REQUIRE(text.has_value());
    return *text;
}

app::ImportReport report_of(const std::string& json) {
    auto report = app::read_import_report(json);
    REQUIRE(report.has_value());
    return *report;
}

Json effect_of(Harness& harness, const std::string& id) {
    (void)harness.effects();
    harness.click(id);
    const auto effects = harness.effects();
    REQUIRE(effects.size() == 1);
    auto effect = Json::parse(effects[0]);
    REQUIRE(effect.has_value());
    return std::move(*effect);
}

std::size_t line_count(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("on the usage screen Export and Copy give the usage, a row per day, model and team") {
    Harness harness;
    harness.act("", "import_done", fixture());
    const app::ImportReport report = report_of(fixture());
    const Json file = effect_of(harness, "export");
    CHECK(text_of(file, "type") == "download");
    CHECK(text_of(file, "name") == "usage-2026-10.csv");
    CHECK(text_of(file, "mime") == "text/csv");
    const std::string csv = text_of(file, "text");
    CHECK(csv.starts_with("day,model,team,requests,requests_failed,input_tokens,"));
    CHECK(line_count(csv) == report.groups.size() + 1);
    const Json copied = effect_of(harness, "copy");
    CHECK(text_of(copied, "type") == "copy");
    CHECK(line_count(text_of(copied, "text")) == report.groups.size() + 1);
    CHECK(text_of(copied, "text").starts_with("day\tmodel\tteam\t"));
    harness.click("nav.calculator");
    CHECK(text_of(effect_of(harness, "export"), "name") == "Support-chat.scenario.json");
}

TEST_CASE("the exported costs add up to the import's, to the last digit") {
    const app::ImportReport report = report_of(fixture());
    const std::string tsv = app::usage_tsv(report);
    Decimal sum = 0;
    std::size_t column = 0, at = 0;
    std::vector<std::string> names;
    while (at < tsv.size()) {
        const std::size_t end = tsv.find('\n', at);
        column = 0;
        for (std::size_t from = at; from <= end; ++column) {
            const std::size_t to = std::min(tsv.find('\t', from), end);
            const std::string cell = tsv.substr(from, to - from);
            if (at == 0)
                names.push_back(cell);
            else if (names[column] == "reported_cost" && !cell.empty())
                sum += *Decimal::parse(cell);
            from = to + 1;
        }
        CHECK(column == names.size());
        at = end + 1;
    }
    CHECK(sum == *report.totals.reported_cost);
}

TEST_CASE("an exported text is quoted where it must be, and no spreadsheet runs it") {
    app::ImportReport report;
    app::UsageGroup group;
    group.day = "2026-10-01";
    group.model = "=HYPERLINK(\"x\",1)";
    group.team = "a\tb";
    group.measures.requests = 3;
    report.groups = {group};
    const std::string csv = app::usage_csv(report);
    CHECK(csv.find("2026-10-01,\"'=HYPERLINK(\"\"x\"\",1)\",a\tb,3,") != std::string::npos);
    CHECK(csv.ends_with("\r\n"));
    CHECK(app::usage_tsv(report).find("\ta b\t3\t") != std::string::npos);
    CHECK(app::usage_file_name(report) == "usage.csv");
}

TEST_CASE("without an import the usage screen offers nothing to export or to clear") {
    Harness harness;
    harness.click("nav.usage");
    for (const char* id : {"export", "copy", "reset"})
        CHECK_MESSAGE(harness.find(id) == nullptr, id);
    harness.act("", "import_done", fixture());
    for (const char* id : {"export", "copy", "reset"})
        CHECK_MESSAGE(harness.find(id) != nullptr, id);
}

TEST_CASE("on the usage screen Reset clears the import, and Undo brings it back") {
    Harness harness;
    harness.act("", "import_done", fixture());
    const std::string shown = harness.outline();
    harness.click("reset");
    CHECK(harness.find("models.table") == nullptr);
    CHECK(harness.announced() == "The import is cleared. Undo brings it back.");
    harness.click("nav.calculator");
    CHECK(harness.text("headline.baseline.value", "value") == "30000");
    harness.click("undo");
    CHECK(harness.tree_text("screen") == "usage");
    CHECK(harness.find("models.table") != nullptr);
    harness.click("redo");
    CHECK(harness.find("models.table") == nullptr);
    harness.click("undo");
    harness.click("undo");  // the import itself
    CHECK(harness.find("models.table") == nullptr);
    CHECK(harness.text("undo", "disabled") == "true");
}

TEST_CASE("Undo shows the screen that it has changed") {
    Harness harness;
    harness.click("lever.batch.enabled");
    harness.act("", "import_done", fixture());
    harness.click("undo");
    CHECK(harness.tree_text("screen") == "usage");
    CHECK(harness.find("models.table") == nullptr);
    harness.click("undo");
    CHECK(harness.tree_text("screen") == "calculator");
    CHECK(harness.text("lever.batch.enabled", "checked") == "true");
    harness.click("redo");
    harness.click("redo");
    CHECK(harness.find("models.table") != nullptr);
}

}  // namespace tokenlever::tests
