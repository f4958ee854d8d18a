#include "usage/csv_reader.h"

#include <algorithm>

namespace tokenlever {

namespace {

// More separators than any real row has: such a record is passed over like one that is too long.
constexpr std::size_t kMaxRecordFields = 1 << 20;

std::string_view without_line_end(std::string_view cell) {
    if (cell.ends_with('\r')) cell.remove_suffix(1);
    return cell;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool is_blank(const CsvRow& row) {
    return row.cell_count() == 1 && trimmed(without_line_end(row.cell(0))).empty();
}

bool is_too_long(std::size_t bytes, std::size_t fields) {
    return bytes > kMaxRecordBytes || fields > kMaxRecordFields;
}

// Fields behind the last column that hold something; empty ones are a trailing delimiter (R29).
bool has_surplus(const CsvRow& row, std::size_t columns) {
    for (std::size_t column = columns; column < row.cell_count(); ++column)
        if (!without_line_end(row.cell(column)).empty()) return true;
    return false;
}

}  // namespace

std::string_view unquote(std::string_view cell, std::string& scratch) {
    cell = without_line_end(cell);
    if (cell.size() < 2 || cell.front() != '"' || cell.back() != '"') return cell;
    cell = cell.substr(1, cell.size() - 2);
    if (cell.find('"') == std::string_view::npos) return cell;
    scratch.clear();
    for (std::size_t at = 0; at < cell.size(); ++at) {
        scratch.push_back(cell[at]);
        if (cell[at] == '"' && at + 1 < cell.size() && cell[at + 1] == '"') ++at;
    }
    return scratch;
}

CsvHeader read_csv_header(std::string_view head) {
    CsvHeader header;
    const std::string_view line = head.substr(0, head.find('\n'));
    std::ptrdiff_t most = 0;
    for (char delimiter : {',', ';', '\t'}) {
        const std::ptrdiff_t count = std::ranges::count(line, delimiter);
        if (count <= most) continue;
        most = count;
        header.delimiter = delimiter;
    }
    CsvIndex index(header.delimiter);
    index.scan(head, true);
    if (index.row_count() == 0) index.end_last_row();
    const CsvRow row(head, index.row(0), 0, 0);
    std::string scratch;
    for (std::size_t column = 0; column < row.cell_count(); ++column)
        header.names.emplace_back(trimmed(unquote(row.cell(column), scratch)));
    return header;
}

Result<std::size_t> CsvReader::read(std::string_view text, std::uint64_t offset, bool is_last) {
    index_.scan(text, is_last);
    const bool ends_in_quotes = is_last && index_.is_in_quotes();
    const bool has_rest =
        is_last &&
        (index_.row_count() == 0 ? !text.empty() || skipped_from_.has_value()
                                 : index_.row(index_.row_count() - 1).end() + 1 < text.size());
    if (has_rest) index_.end_last_row();
    const std::size_t count = index_.row_count();
    for (std::size_t number = 0; number < count; ++number) {
        const CsvIndex::Row row = index_.row(number);
        const bool is_cut = has_rest && number + 1 == count;
        if (skipped_from_ || is_too_long(row.end() - row.begin, row.count)) {
            reject_too_long(offset + row.begin, is_cut && ends_in_quotes);
        } else if (const Result<void> read =
                       read_row(CsvRow(text, row, offset, rows_ + 1), is_cut, ends_in_quotes);
                   !read) {
            return std::unexpected(read.error());
        }
    }
    if (is_last) format_->end();
    return consume(text, offset);
}

// A record beyond the limits, which was passed over or would have been had it come in more chunks.
void CsvReader::reject_too_long(std::uint64_t offset, bool is_unclosed) {
    const ErrorCode code = is_unclosed ? ErrorCode::UnclosedQuote : ErrorCode::FieldTooLong;
    sink_.reject({.row = ++rows_, .offset = skipped_from_.value_or(offset), .code = code},
                 std::nullopt);
    skipped_from_.reset();
}

// How much of the text is done with: up to the last row's end, or everything while a record beyond
// the limit is passed over.
std::size_t CsvReader::consume(std::string_view text, std::uint64_t offset) {
    const std::size_t count = index_.row_count();
    std::size_t done = count == 0 ? 0 : std::min(index_.row(count - 1).end() + 1, text.size());
    const bool is_too_long =
        index_.scanned() - std::min(done, index_.scanned()) > kMaxRecordBytes ||
        index_.pending_separators() > kMaxRecordFields;
    if (is_too_long && !skipped_from_) skipped_from_ = offset + done;
    if (skipped_from_) done = index_.scanned();
    index_.consume(done);
    return done;
}

Result<void> CsvReader::read_header(const CsvRow& row) {
    std::vector<std::string> names;
    std::string scratch;
    for (std::size_t column = 0; column < row.cell_count(); ++column)
        names.emplace_back(trimmed(unquote(row.cell(column), scratch)));
    columns_ = names.size();
    return format_->header(names);
}

Result<void> CsvReader::read_row(const CsvRow& row, bool is_cut, bool is_in_quotes) {
    if (is_blank(row)) return {};
    if (columns_ == 0) return read_header(row);
    ++rows_;
    if (is_cut && (is_in_quotes || row.cell_count() < columns_)) {
        reject_row(row, ErrorCode::TruncatedRow, format_->cost_of(row));
    } else if (row.cell_count() < columns_) {
        reject_row(row, ErrorCode::TooFewFields, std::nullopt);
    } else if (has_surplus(row, columns_)) {
        reject_row(row, ErrorCode::TooManyFields, std::nullopt);
    } else {
        format_->row(row);
    }
    return {};
}

// Which field is which cannot be known in a row with too many or too few; so neither can its cost.
void CsvReader::reject_row(const CsvRow& row, ErrorCode code,
                           const std::optional<ReportedCost>& cost) {
    sink_.reject({.row = row.number(),
                  .offset = row.offset_of(row.cell(0).data()),
                  .code = code,
                  .detail = excerpt(row.cell(0))},
                 cost);
}

}  // namespace tokenlever
