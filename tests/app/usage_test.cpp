#include "../shared.h"
#include "harness.h"
#include "theme.h"
#include "usage_facts.h"

#include <doctest/doctest.h>

namespace tokenlever::tests {
namespace {

std::string fixture() {
    const auto text = read_file(TOKENLEVER_SOURCE_DIR "/tests/app/import.json");
    REQUIRE(text.has_value());
    return *text;
}

app::ImportReport report_of(const std::string& json) {
    auto report = app::read_import_report(json);
    REQUIRE_MESSAGE(report.has_value(), (report ? std::string() : error_message(report.error())));
    return *report;
}

// The cells of a table of the tree, row by row.
std::vector<std::vector<std::string>> cells_of(const Json& table) {
    std::vector<std::vector<std::string>> rows;
    for (const Json& row : table.find("children")->items()) {
        rows.emplace_back();
        for (const Json& cell : row.find("children")->items())
            rows.back().push_back(text_of(cell, "text"));
    }
    return rows;
}

std::vector<std::vector<std::string>> table(Harness& harness, std::string_view id) {
    const Json* node = harness.find(id);
    REQUIRE_MESSAGE(node != nullptr, "no table " << std::string(id));
    return cells_of(*node);
}

// The samples of two vendors as one import: the first reports its cost, the second does not.
std::optional<std::string> two_vendors() {
    const auto reported = shared_file("formats/litellm-spend-logs.sample.csv");
    const auto unreported = shared_file("formats/openai-usage-api.sample.json");
    if (!reported || !unreported) return std::nullopt;
    auto options = make_import_options("day,model,team", "", "", "", "");
    REQUIRE(options.has_value());
    ImportSession session(embedded_book(), *options);
    session.begin_file("spend.csv");
    session.feed(*reported);
    session.finish_file();
    session.begin_file("usage.json");
    session.feed(*unreported);
    session.finish_file();
    return session.report();
}

}  // namespace

TEST_CASE("semantics of the usage screen: empty, running, done, with its report") {
    Harness harness;
    harness.click("nav.usage");
    check_golden("usage-empty", harness.outline());
    harness.act("", "import_started", R"({"name":"big.csv","bytes":2000000,"files":1})");
    harness.act("", "import_progress",
                R"({"bytes":500000,"total_bytes":2000000,"rows":12000,"seconds":0.25})");
    check_golden("usage-running", harness.outline());
    harness.act("", "import_done", fixture());
    check_golden("usage", harness.outline());
    harness.click("usage.report");
    harness.click("daily.as_table");
    check_golden("usage-report", harness.outline());
}

TEST_CASE("picking and cancelling a file are effects") {
    Harness harness;
    harness.click("nav.usage");
    harness.click("usage.pick");
    CHECK(harness.effects() == std::vector<std::string>{R"({"type":"pick_file"})"});
    harness.act("", "import_started", R"({"name":"big.csv","bytes":100})");
    harness.click("usage.cancel");
    CHECK(harness.effects() == std::vector<std::string>{R"({"type":"cancel_import"})"});
    harness.act("", "import_failed", R"({"cancelled":true})");
    CHECK(harness.announced() == "The import was cancelled. Nothing was imported.");
    CHECK(harness.outline().find("alert ") == std::string::npos);
    CHECK(harness.outline().find("status \"The import was cancelled.") != std::string::npos);
    CHECK(harness.find("usage.pick") != nullptr);
    harness.act("", "import_started", R"({"name":"big.csv","bytes":100})");
    CHECK(harness.outline().find("was cancelled") == std::string::npos);
}

TEST_CASE("progress is shown in bytes, rows and rows per second") {
    Harness harness;
    harness.act("", "import_started", R"({"name":"big.csv","bytes":2000000})");
    CHECK(harness.text("usage.progress", "value") == "0");
    harness.act("", "import_progress", R"({"bytes":500000,"rows":12000,"seconds":0.5})");
    CHECK(harness.text("usage.progress", "value") == "25");
    CHECK(harness.text("usage.progress", "valuetext") ==
          "500\u00a0kB of 2\u00a0MB \u00b7 12,000 rows \u00b7 24.0\u00a0k rows/s");
}

TEST_CASE("the sentences of an import hold: rows and money") {
    const app::ImportReport report = report_of(fixture());
    const auto& file = report.files.at(0);
    CHECK(file.read == file.charged + file.duplicate + file.rejected);
    CHECK(app::rows_sentence(report) ==
          "60,111 rows read = 59,523 charged + 571 duplicates + 17 rejected, 2 of other kinds "
          "ignored");
    CHECK(app::money_sentence(report) ==
          "$776.87 in the file = $776.33 charged + $0.04 set aside + $0.50 rejected");
}

TEST_CASE("tables and the chart add up to the totals of the import") {
    const app::ImportReport report = report_of(fixture());
    for (const auto& lines : {app::by_model(report), app::by_team(report)}) {
        app::UsageMeasures sum;
        for (const app::UsageLine& line : lines)
            sum += line.measures;
        CHECK(sum.requests == report.totals.requests);
        CHECK(sum.all_input_tokens() == report.totals.all_input_tokens());
        CHECK(sum.output_tokens == report.totals.output_tokens);
        CHECK(sum.unpriced_tokens == report.totals.unpriced_tokens);
        CHECK(*sum.reported_cost == *report.totals.reported_cost);
        CHECK(*sum.list_cost == *report.totals.list_cost);
    }
    Decimal sum = 0;
    const app::DailyCost daily = app::daily_cost(report);
    CHECK(daily.days.size() == 10);
    for (const Decimal& total : daily.totals)
        sum += total;
    CHECK(sum == *report.totals.reported_cost);
}

TEST_CASE("more models than colours are gathered under other, and nothing is lost") {
    app::ImportReport report = report_of(fixture());
    for (int i = 0; i < 20; ++i) {
        app::UsageGroup group = report.groups.front();
        group.model = "model-" + std::to_string(i);
        group.day = i == 7 ? std::optional<std::string>() : "2026-10-14";
        group.measures.reported_cost = Decimal(i);
        report.groups.push_back(group);
    }
    const app::DailyCost daily = app::daily_cost(report);
    CHECK(daily.series.size() == app::kSeriesCount);
    CHECK(daily.series.back().name == "other");
    CHECK(daily.days.size() == 14);  // days without traffic are there too
    for (std::size_t day = 0; day < daily.days.size(); ++day) {
        Decimal sum = 0;
        for (const app::CostSeries& series : daily.series)
            sum += series.exact[day];
        CHECK(sum == daily.totals[day]);
    }
}

TEST_CASE("a year is shown by weeks, and adds up all the same") {
    app::ImportReport report = report_of(fixture());
    report.groups.back().day = "2025-10-20";
    const app::DailyCost daily = app::daily_cost(report);
    CHECK(daily.days_each == 7);
    CHECK(daily.days.size() == 51);  // 356 days
    Decimal sum = 0;
    for (const Decimal& total : daily.totals)
        sum += total;
    CHECK(sum == *report.totals.reported_cost);
    for (const app::CostSeries& series : daily.series)
        CHECK(series.values.size() == daily.days.size());
}

TEST_CASE("the screen shows what the report says") {
    Harness harness;
    harness.act("", "import_done", fixture());
    const auto rows = table(harness, "models.table");
    REQUIRE(rows.size() == 5);
    CHECK(rows[0] == std::vector<std::string>{"Model", "Requests", "Input", "Cached", "Output",
                                              "Reported", "List"});
    CHECK(rows[1][0] == "claude-sonnet-4-5");
    CHECK(rows[4][0] == "acme-internal-7b");
    CHECK(rows[4][6] == "unpriced");
    CHECK(table(harness, "teams.table")[1][0] == "Customer support");
    CHECK(harness.outline().find("17 rows rejected") != std::string::npos);
    CHECK(harness.outline().find("does not know acme-internal-7b") != std::string::npos);
}

TEST_CASE("usage becomes workloads of a month, and the calculator opens with them") {
    Harness harness;
    harness.act("", "import_done", fixture());
    harness.click("usage.use");
    CHECK(harness.tree_text("screen") == "calculator");
    (void)harness.effects();
    harness.click("copy");
    const auto effect = Json::parse(harness.effects().at(0));
    const auto scenario = read_scenario(text_of(*effect, "text"));
    REQUIRE(scenario.has_value());
    REQUIRE(scenario->workloads.size() == 3);  // the fourth model has no price
    const Workload& first = scenario->workloads[0];
    CHECK(first.model == "anthropic/claude-sonnet-4-5");
    // 13,320 requests in 240 hours, 730 hours a month.
    CHECK(first.requests_per_month == Decimal(40515));
    CHECK(first.prefix_tokens == Decimal(6250));       // read and written
    CHECK(first.other_input_tokens == Decimal(3500));  // the rest
    CHECK(first.output_tokens == Decimal(258));
    for (const Lever& lever : scenario->levers)
        CHECK(lever.is_enabled == std::holds_alternative<PromptCache>(lever.settings));
    const auto answer = evaluate(*scenario, embedded_book());
    REQUIRE(answer.has_value());
    CHECK(harness.text("headline.baseline.value", "value") ==
          answer->baseline.monthly_cost->to_string());
    harness.click("undo");
    CHECK(harness.text("headline.baseline.value", "value") == "30000");
}

TEST_CASE("an import that fails says why and keeps the one before") {
    Harness harness;
    harness.act(
        "", "import_failed",
        R"({"error":{"code":"not_text","message":"a.bin is not a usage export.","where":"a.bin"}})");
    harness.act("", "navigate", "usage");
    CHECK(harness.announced() == "a.bin is not a usage export.");
    CHECK(harness.outline().find("a.bin is not a usage export.") != std::string::npos);
    harness.act("", "import_done", fixture());
    CHECK(harness.outline().find("a.bin") == std::string::npos);
    harness.act("", "import_started", R"({"name":"b.bin","bytes":10})");
    harness.act(
        "", "import_done",
        R"({"files":[{"path":"b.bin","error":{"code":"x","message":"b.bin holds no text."}}]})");
    CHECK(harness.outline().find("b.bin holds no text.") != std::string::npos);
    CHECK(harness.find("models.table") != nullptr);
}

TEST_CASE("results that are not the contract's are refused in a sentence") {
    for (const char* bad :
         {"", "{", "[]", "7", R"({"files":{}})", R"({"files":[7]})", R"({"totals":[]})",
          R"({"groups":[{"requests":-1}]})", R"({"groups":[{"reported_cost":"ten"}]})",
          R"({"files":[{"rows":{"read":"many"}}]})", R"({"seconds":"fast"})",
          R"({"groups":[{"key":{"day":5}}]})", R"({"labels":{"team":{"a":1}}})"}) {
        Harness harness;
        harness.act("", "navigate", "usage");
        harness.act("", "import_done", bad);
        CHECK_MESSAGE(!app::read_import_report(bad).has_value(), std::string(bad));
        CHECK_MESSAGE(harness.announced().starts_with("The import's result could not be read"),
                      std::string(bad));
        CHECK(harness.find("models.table") == nullptr);
    }
}

TEST_CASE("a valid result without rows, days or costs is shown as such") {
    Harness harness;
    harness.act(
        "", "import_done",
        R"({"files":[{"path":"e.csv","format":"litellm.spend_logs.csv","bytes":10,"rows":{"read":0}}],
                    "totals":{},"groups":[],"warnings":[{"code":"no_data","message":"The file has no rows."}]})");
    CHECK(harness.outline().find("0 rows read = 0 charged") != std::string::npos);
    CHECK(harness.outline().find("The file has no rows.") != std::string::npos);
    harness.click("usage.use");
    CHECK(harness.announced().find("no workload") != std::string::npos);
    CHECK(harness.tree_text("screen") == "usage");
}

TEST_CASE("a vendor's own sample goes from bytes to the screen with its totals") {
    const auto bytes = shared_file("formats/litellm-spend-logs.sample.csv");
    if (!bytes) return;
    const auto options = make_import_options("day,model,team", "", "", "", "");
    REQUIRE(options.has_value());
    const std::string json = import_bytes(embedded_book(), *options, "sample.csv", *bytes);
    const app::ImportReport report = report_of(json);
    Harness harness;
    harness.act("", "import_done", json);
    REQUIRE_MESSAGE(harness.find("models.table") != nullptr, harness.announced());
    const auto rows = table(harness, "models.table");
    std::int64_t requests = 0;
    for (const app::UsageLine& line : app::by_model(report))
        requests += line.measures.requests;
    CHECK(requests == report.totals.requests);
    CHECK(rows.size() > 1);
    CHECK(harness.outline().find(app::rows_sentence(report)) != std::string::npos);
}

TEST_CASE("cost that only a part of the usage reports never stands for the whole") {
    const auto json = two_vendors();
    if (!json) return;
    const app::ImportReport report = report_of(*json);
    REQUIRE(report.totals.reported_cost.has_value());
    Decimal charted = 0;
    const app::DailyCost daily = app::daily_cost(report);
    for (const Decimal& total : daily.totals)
        charted += total;
    CHECK(charted == *report.totals.list_cost);
    CHECK_FALSE(charted == *report.totals.reported_cost);
    Harness harness;
    harness.act("", "import_done", *json);
    const std::string outline = harness.outline();
    CHECK(outline.find("region \"List cost per day\"") != std::string::npos);
    CHECK(outline.find("\"Difference\"") == std::string::npos);
    CHECK(outline.find("Reported, for a part") != std::string::npos);
    bool has_part = false, has_none = false;
    for (const auto& row : table(harness, "models.table")) {
        has_part |= row[0] == "gpt-5-mini" && row[5].ends_with(" part");
        has_none |= row[0].starts_with("gpt-4o-mini") && row[5] == "\u2013";
    }
    CHECK(has_part);
    CHECK(has_none);
}

TEST_CASE("cost that all of the usage reports is charted, and compared with a difference") {
    app::ImportReport report = report_of(fixture());
    app::UsageGroup idle = report.groups.front();  // a key without usage needs no cost
    idle.measures = {};
    report.groups.push_back(idle);
    CHECK(app::shows_reported_cost(report));
    Harness harness;
    harness.act("", "import_done", fixture());
    CHECK(harness.outline().find("\"Difference\"") != std::string::npos);
    CHECK(harness.outline().find(" part\"") == std::string::npos);
}

TEST_CASE("the figures of the money sentence add up as they are shown") {
    app::ImportReport report;
    report.totals.reported_cost = Decimal::parse("0.49584").value();
    report.set_aside_cost = Decimal::parse("0.0042").value();
    CHECK(app::money_sentence(report) ==
          "$0.5000 in the file = $0.4958 charged + $0.0042 set aside");
    report.totals.reported_cost = Decimal::parse("1.004").value();
    report.set_aside_cost = Decimal::parse("2.004").value();
    report.files.push_back({});
    report.files.back().rejected_cost = Decimal::parse("3.004").value();
    CHECK(app::money_sentence(report) ==
          "$6.012 in the file = $1.004 charged + $2.004 set aside + $3.004 rejected");
    report = {};
    report.totals.reported_cost = Decimal::parse("0.3185").value();
    CHECK(app::money_sentence(report) == "$0.32 in the file = $0.32 charged");
    report.totals.reported_cost = Decimal::parse("0.00042").value();
    CHECK(app::money_sentence(report) == "$0.00042 in the file = $0.00042 charged");
}

TEST_CASE("a computed range gives a range of differences, and names what has no price") {
    Harness harness;
    harness.act("", "import_done",
                R"({"files":[{"path":"e.csv","format":"litellm.spend_logs.csv"}],
                    "totals":{"requests":1,"reported_cost":"10","list_cost":"7",
                              "interval":{"low":"7","high":"12"},"unpriced_tokens":5},
                    "groups":[{"key":{"day":"2026-10-01"},"requests":1,"reported_cost":"10",
                               "list_cost":"7","interval":{"low":"7","high":"12"},
                               "unpriced_tokens":5}]})");
    const auto rows = table(harness, "comparison.table");
    REQUIRE(rows.size() == 4);
    CHECK(rows[2][1] == "$7.00 \u2013 $12.00 + unpriced");
    CHECK(rows[3][1] == "\u2212$2.00 to $3.00");
}

TEST_CASE("a file that is none is named, with what the page reads instead") {
    const auto options = make_import_options("day,model,team", "", "", "", "");
    REQUIRE(options.has_value());
    const std::string noise = import_bytes(embedded_book(), *options, "picture.csv", "\x89PNG\r\n");
    Harness harness;
    harness.act("", "navigate", "usage");
    harness.act("", "import_failed", noise);
    CHECK(harness.announced() ==
          "picture.csv is not a usage export that this page reads. It reads LiteLLM spend logs "
          "(CSV, JSON) and the OpenAI usage API (JSON).");
    CHECK(harness.outline().find("mapping") == std::string::npos);
    harness.act("", "import_failed", import_bytes(embedded_book(), *options, "empty.csv", ""));
    CHECK(harness.announced().starts_with("empty.csv"));
    CHECK(harness.announced().find("empty;") != std::string::npos);
    CHECK(harness.outline().find("picture.csv") == std::string::npos);
}

TEST_CASE("of several files the one that failed is named beside the sums of the others") {
    Harness harness;
    harness.act("", "import_done",
                R"({"files":[{"path":"b.bin","error":{"code":"unrecognized_format","message":"x"}},
                             {"path":"e.csv","format":"litellm.spend_logs.csv","bytes":10,
                              "rows":{"read":1,"charged":1}}],
                    "totals":{"requests":1},"groups":[{"key":{},"requests":1}]})");
    const std::string outline = harness.outline();
    CHECK(outline.find("text \"1 of 2 files\"") != std::string::npos);
    CHECK(outline.find("text \"LiteLLM spend log\"") != std::string::npos);
    CHECK(outline.find("Not imported: b.bin is not a usage export") != std::string::npos);
}

}  // namespace tokenlever::tests
