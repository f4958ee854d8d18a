#pragma once

// Reads CSV records of any size of file: header, rows, and what is wrong with a row as a whole.
// What the columns mean is the CsvFormat's business.

#include "usage/csv_index.h"
#include "usage/format_reader.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace tokenlever {

// One row, in place. Cells are raw: still in their quotes.
class CsvRow {
public:
    CsvRow(std::string_view text, CsvIndex::Row row, std::uint64_t offset, std::int64_t number)
        : text_(text), row_(row), offset_(offset), number_(number) {}

    std::int64_t number() const { return number_; }  // from 1 after the header
    std::size_t cell_count() const { return row_.count; }
    std::string_view cell(std::size_t column) const {
        const std::size_t from =
            column == 0 ? row_.begin : std::size_t{row_.separators[column - 1]} + 1;
        return text_.substr(from, row_.separators[column] - from);
    }
    // The byte of the file where a part of this row stands.
    std::uint64_t offset_of(const char* part) const {
        return offset_ + static_cast<std::uint64_t>(part - text_.data());
    }

private:
    std::string_view text_;
    CsvIndex::Row row_;
    std::uint64_t offset_;
    std::int64_t number_;
};

// A cell without its quotes. Doubled quotes inside become single ones in `scratch`, only if there
// are any.
std::string_view unquote(std::string_view cell, std::string& scratch);

class CsvFormat {
public:
    virtual ~CsvFormat() = default;
    // Names without quotes and blanks around. MissingColumn or DuplicateColumn end the file.
    virtual Result<void> header(std::span<const std::string> names) = 0;
    virtual void row(const CsvRow& row) = 0;
    // The cost of a row that the file's end cuts, if its cell is whole.
    virtual std::optional<ReportedCost> cost_of(const CsvRow& row) const = 0;
    virtual void end() {}
};

// The header of a CSV text: names, and the delimiter of comma, semicolon and tab that occurs most
// in it. Empty if the first line does not end in `head` and the file is longer.
struct CsvHeader {
    char delimiter = ',';
    std::vector<std::string> names;
};
CsvHeader read_csv_header(std::string_view head);

class CsvReader final : public FormatReader {
public:
    CsvReader(char delimiter, std::unique_ptr<CsvFormat> format, RecordSink& sink)
        : index_(delimiter), format_(std::move(format)), sink_(sink) {}

    Result<std::size_t> read(std::string_view text, std::uint64_t offset, bool is_last) override;

private:
    Result<void> read_header(const CsvRow& row);
    Result<void> read_row(const CsvRow& row, bool is_cut, bool is_in_quotes);
    void reject_row(const CsvRow& row, ErrorCode code, const std::optional<ReportedCost>& cost);
    void reject_too_long(std::uint64_t offset, bool is_unclosed);
    std::size_t consume(std::string_view text, std::uint64_t offset);

    CsvIndex index_;
    std::unique_ptr<CsvFormat> format_;
    RecordSink& sink_;
    std::size_t columns_ = 0;  // 0: the header was not read yet
    std::int64_t rows_ = 0;
    std::optional<std::uint64_t>
        skipped_from_;  // a record beyond kMaxRecordBytes is being passed over
};

}  // namespace tokenlever
