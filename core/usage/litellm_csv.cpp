#include "usage/csv_reader.h"
#include "usage/litellm.h"
#include "usage/litellm_row.h"

#include <algorithm>
#include <vector>

namespace tokenlever {

namespace {

bool is_same_word(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    };
    return std::ranges::equal(a, b, {}, lower, lower);
}

class LiteLlmCsv final : public CsvFormat {
public:
    explicit LiteLlmCsv(RecordSink& sink) : rows_(sink) {}

    Result<void> header(std::span<const std::string> names) override {
        for (std::size_t index = 0; index < kLiteLlmColumnCount; ++index) {
            const auto [name, is_required] = kLiteLlmColumns[index];
            const auto is_it = [&](const std::string& other) { return is_same_word(other, name); };
            const auto found = std::ranges::find_if(names, is_it);
            if (found == names.end()) {
                if (is_required) return fail(ErrorCode::MissingColumn, "header", std::string(name));
                continue;
            }
            if (std::find_if(found + 1, names.end(), is_it) != names.end())
                return fail(ErrorCode::DuplicateColumn, "header", std::string(name));
            const auto column = static_cast<LiteLlmColumn>(index);
            const auto position = static_cast<std::size_t>(found - names.begin());
            if (column == LiteLlmColumn::Spend) spend_ = position;
            if (rows_.needs(column)) columns_.push_back({column, position});
        }
        return {};
    }

    void row(const CsvRow& row) override {
        fields_.number = row.number();
        for (const Column& column : columns_)
            fields_[column.kind] = field(row, column);
        rows_.read(fields_);
    }

    std::optional<ReportedCost> cost_of(const CsvRow& row) const override {
        if (spend_ + 1 >= row.cell_count()) return std::nullopt;  // the last cell may be cut
        std::string scratch;
        const auto cost = ReportedCost::parse(unquote(row.cell(spend_), scratch));
        return cost ? std::optional(cost->cost) : std::nullopt;
    }

    void end() override { rows_.end(); }

private:
    struct Column {
        LiteLlmColumn kind;
        std::size_t position;
    };

    // JSON cells stay as they are, with their doubled quotes; other cells are decoded.
    LiteLlmField field(const CsvRow& row, const Column& column) {
        const std::string_view cell = row.cell(column.position);
        LiteLlmField out{.text = cell, .offset = row.offset_of(cell.data())};
        if (cell.empty() || (cell.front() != '"' && cell.back() != '\r')) return out;
        const bool is_json =
            column.kind == LiteLlmColumn::Metadata || column.kind == LiteLlmColumn::RequestTags;
        std::string_view inner = cell.back() == '\r' ? cell.substr(0, cell.size() - 1) : cell;
        if (is_json && inner.size() >= 2 && inner.front() == '"' && inner.back() == '"') {
            out.text = inner.substr(1, inner.size() - 2);
            out.is_doubled = true;
        } else {
            out.text = unquote(cell, scratch_[static_cast<std::size_t>(column.kind)]);
        }
        return out;
    }

    LiteLlmRows rows_;
    LiteLlmRow fields_;
    std::vector<Column> columns_;
    std::size_t spend_ = 0;
    std::array<std::string, kLiteLlmColumnCount> scratch_;
};

}  // namespace

Match match_litellm_csv(const Head& head) {
    if (head.is_json || !head.has_column("request_id") || !head.has_column("spend")) return {};
    return head.has_column("startTime")
               ? Match{100, "the header has request_id, spend and startTime"}
               : Match{60, "the header has request_id and spend"};
}

std::unique_ptr<FormatReader> open_litellm_csv(const Head& head, RecordSink& sink) {
    return std::make_unique<CsvReader>(head.csv.delimiter, std::make_unique<LiteLlmCsv>(sink),
                                       sink);
}

}  // namespace tokenlever
