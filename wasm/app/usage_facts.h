#pragma once

// What the Usage screen says of an import: series for the chart, rows for the table, facts, and the
// workloads that the usage amounts to. Pure functions of the report; every amount stays exact.

#include "usage_import.h"

#include <optional>
#include <string>
#include <vector>

namespace tokenlever::app {

// The cost that charts and orders go by: what the file says, if it says so of all the usage, else
// the price book's answer.
std::optional<Decimal> cost_of(const UsageMeasures& measures, const ImportReport& report);
bool shows_reported_cost(const ImportReport& report);

struct UsageLine {
    std::string key;          // model or team as the file names it; "(none)" where it says nothing
    bool is_unknown = false;  // the file does not say
    UsageMeasures measures;
};
// Largest cost first, then name.
std::vector<UsageLine> by_model(const ImportReport& report);
std::vector<UsageLine> by_team(const ImportReport& report);
bool has_teams(const ImportReport& report);

struct CostSeries {
    std::string name{};            // a model, or "other"
    std::vector<double> values{};  // one per day
    std::vector<Decimal> exact{};
};
// A day each, or, where that would be more than a quarter, a week each.
struct DailyCost {
    std::vector<std::string> days{};   // ISO dates, ascending, without gaps
    std::vector<CostSeries> series{};  // the largest first, at most kSeriesCount, "other" last
    std::vector<Decimal> totals{};
    std::size_t days_each = 1;
};
// Empty if no row says when it was, or none says what it cost.
DailyCost daily_cost(const ImportReport& report);

struct Fact {
    std::string name{}, value{};
    std::string id{};
    bool is_good = false;
};
std::vector<Fact> facts_of(const ImportReport& report);

// "1,000 rows read = 990 charged + 4 duplicates + 6 rejected"
std::string rows_sentence(const ImportReport& report);
// "$12.35 in the file = $12.34 charged + $0.01 set aside"; empty where the file states no cost.
std::string money_sentence(const ImportReport& report);
std::string rejection_sentence(const ImportRejection& rejection);

// All that the screen says of an import, made once when it arrives.
struct UsageSummary {
    std::vector<UsageLine> models, teams;  // no teams where the file names none
    DailyCost daily;
    std::vector<Fact> facts;
    std::string rows, money;  // the two sentences
};
UsageSummary summarize(const ImportReport& report);

struct UsageWorkloads {
    std::vector<Workload> workloads;  // of the largest models that the book knows
    std::optional<Decimal>
        hit_rate;  // of their cacheable input; absent if nothing was read from a cache
    std::vector<std::string> unknown_models;  // left out
};
// Requests are scaled from the period to `hours_per_month`.
UsageWorkloads workloads_from_usage(const ImportReport& report, const PriceBook& book, Instant at,
                                    const Decimal& hours_per_month);

}  // namespace tokenlever::app
