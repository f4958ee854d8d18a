#pragma once

// The contract's import result as the app reads it: whole, typed, and by group. Amounts stay exact.

#include "tokenlever.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever::app {

struct UsageMeasures {
    std::int64_t requests = 0, requests_failed = 0;
    std::int64_t input_tokens = 0;          // uncached, known to be so
    std::int64_t input_unsplit_tokens = 0;  // the file does not say whether cached
    std::int64_t cache_read_tokens = 0, cache_write_tokens = 0;  // writes of every TTL
    std::int64_t output_tokens = 0;
    std::int64_t avoided_input_tokens = 0, avoided_output_tokens = 0;
    std::int64_t unpriced_tokens = 0;
    std::optional<Decimal> reported_cost, billed_cost, list_cost, list_cost_high;
    bool has_unreported = false;  // some of the usage has no reported cost

    bool is_used() const { return requests > 0 || all_input_tokens() > 0 || output_tokens > 0; }
    std::int64_t all_input_tokens() const {
        return input_tokens + input_unsplit_tokens + cache_read_tokens + cache_write_tokens;
    }
    UsageMeasures& operator+=(const UsageMeasures& other);
};

struct UsageGroup {
    std::optional<std::string> day, model, team;
    UsageMeasures measures;
};

struct SetAside {
    std::string reason;
    std::int64_t rows = 0;
    std::optional<Decimal> cost;
};

struct ImportRejection {
    std::int64_t row = 0;
    std::uint64_t offset = 0;
    std::string column, code, detail;
};

struct ImportedFile {
    std::string path, format;
    std::uint64_t bytes = 0;
    std::int64_t read = 0, charged = 0, duplicate = 0, rejected = 0, ignored = 0;
    std::vector<SetAside> set_aside;
    std::optional<Decimal> rejected_cost;
    std::vector<ImportRejection> rejections;
    std::string error;  // the sentence, if the file failed
};
inline constexpr std::string_view kFormatsRead =
    "LiteLLM spend logs (CSV, JSON) and the OpenAI usage API (JSON)";

struct ImportReport {
    std::vector<ImportedFile> files;
    UsageMeasures totals;
    std::string reported_cost_kind, currency;
    std::optional<Decimal> set_aside_cost;
    std::vector<UsageGroup> groups;
    std::string period_start, period_end;  // ISO-8601, end excluded; empty without charges
    std::vector<std::string> warnings;
    std::optional<double> seconds;  // of the import, if the page measured it

    std::map<std::string, std::string>
        team_names;  // where the file tells a team's name beside its id

    std::int64_t rows_read() const;
    std::optional<Decimal> rejected_cost() const;
    std::uint64_t bytes() const;
    bool all_failed() const;
    std::string failures() const;  // the sentences of the files that failed
};

// Keys it does not know are ignored: the contract may grow. A wrong type is an error.
Result<ImportReport> read_import_report(std::string_view json);

// The sentence of {"error":{"code","message","where"}}; empty if the document has none.
std::string read_error_message(std::string_view json);

}  // namespace tokenlever::app
