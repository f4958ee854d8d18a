#include "usage_export.h"

#include "text_table.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace tokenlever::app {
namespace {

struct CountColumn {
    std::string_view name;
    std::int64_t UsageMeasures::* count;
};
constexpr std::array<CountColumn, 8> kCounts = {{
    {"requests", &UsageMeasures::requests},
    {"requests_failed", &UsageMeasures::requests_failed},
    {"input_tokens", &UsageMeasures::input_tokens},
    {"input_unsplit_tokens", &UsageMeasures::input_unsplit_tokens},
    {"cache_read_tokens", &UsageMeasures::cache_read_tokens},
    {"cache_write_tokens", &UsageMeasures::cache_write_tokens},
    {"output_tokens", &UsageMeasures::output_tokens},
    {"unpriced_tokens", &UsageMeasures::unpriced_tokens},
}};

struct CostColumn {
    std::string_view name;
    std::optional<Decimal> UsageMeasures::* cost;
};
constexpr std::array<CostColumn, 3> kCosts = {{
    {"reported_cost", &UsageMeasures::reported_cost},
    {"list_cost", &UsageMeasures::list_cost},
    {"list_cost_high", &UsageMeasures::list_cost_high},
}};

TextTable rows_of(const ImportReport& report) {
    TextTable rows = {{"day", "model", "team"}};
    for (const CountColumn& column : kCounts)
        rows.front().emplace_back(column.name);
    for (const CostColumn& column : kCosts)
        rows.front().emplace_back(column.name);
    for (const UsageGroup& group : report.groups) {
        std::vector<std::string> row;
        for (const auto& key : {group.day, group.model, group.team})
            row.push_back(plain_text(key.value_or("")));
        for (const CountColumn& column : kCounts)
            row.push_back(std::to_string(group.measures.*column.count));
        for (const CostColumn& column : kCosts) {
            const auto& cost = group.measures.*column.cost;
            row.push_back(cost ? cost->to_string() : std::string());
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

std::string usage_csv(const ImportReport& report) { return to_csv(rows_of(report)); }

std::string usage_tsv(const ImportReport& report) { return to_tsv(rows_of(report)); }

std::string usage_file_name(const ImportReport& report) {
    if (report.period_start.size() < 7) return "usage.csv";
    return "usage-" + report.period_start.substr(0, 7) + ".csv";
}

}  // namespace tokenlever::app
