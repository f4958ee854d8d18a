#pragma once

// Finds the records of JSON files of any size without holding more than one of them:
//
//   [record, record, ...]                    an array
//   {"data": [record, ...], "total": 7}      a page: its other members are handed on as they come
//   [{"data": [...]}, {"data": [...]}]       an array of pages
//   record                                   one per line (JSONL), or one alone
//   {"data": [...]}                          one page per line
//
// A document that is malformed or does not end is an error for the whole file. Once a first value
// has ended on the first line, the file is lines: a bad line is one rejection, and the next line is
// read.

#include "usage/format_reader.h"
#include "usage/json_cursor.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace tokenlever {

class JsonFormat {
public:
    virtual ~JsonFormat() = default;
    // One whole object; its first byte is at `offset` of the file. An error means it is not JSON.
    virtual Result<void> record(std::string_view text, std::uint64_t offset) = 0;
    // A member of a page beside "data".
    virtual void page_member(std::string_view key, const JsonScalar& value) = 0;
    virtual void end_page() {}
    // The number that the next record will have; rejections of whole lines take one.
    virtual std::int64_t next_row() = 0;
    virtual void end() {}
};

// One JSON value, found piece by piece.
class JsonDocument {
public:
    JsonDocument(JsonFormat& format, RecordSink& sink) : format_(format), sink_(sink) {}

    // Reads on; how much of the text is done with. Stops where the value ends.
    Result<std::size_t> read(std::string_view text, std::uint64_t offset, bool is_last);
    bool has_begun() const { return has_begun_; }
    bool has_ended() const { return has_ended_; }
    bool has_newline() const { return has_newline_; }

private:
    Result<void> open(char bracket, std::size_t at);
    Result<void> close(char bracket, std::size_t at);
    Result<void> end_candidate(std::size_t at);
    Result<void> check_gap(std::size_t to, bool is_closing);
    Result<void> read_page_start(std::size_t array_at);
    Result<void> read_page_rest(std::size_t from, std::size_t to);
    bool is_data_array(std::size_t at) const;
    Result<void> scan_block(const char* bytes, std::size_t length);
    std::uint64_t escaped_by(std::uint64_t backslashes);
    Result<std::size_t> settle();
    std::unexpected<Error> failure(ErrorCode code, std::size_t at) const;

    JsonFormat& format_;
    RecordSink& sink_;
    std::string_view text_;
    std::uint64_t offset_ = 0;
    std::size_t scanned_ = 0;
    std::size_t done_ = 0;  // end of the last thing that was dealt with
    bool is_in_string_ = false;
    bool is_escaped_ = false;  // the block before ended in a backslash that escapes
    bool has_begun_ = false, has_ended_ = false;
    bool has_newline_ = false, has_newline_before_ = false;
    std::uint64_t kinds_ = 0;  // bit 0 is the innermost container: 1 for an object
    int depth_ = 0;
    int record_depth_ = 0;                       // containers around a record
    bool is_in_candidate_ = false;               // in an object at record_depth_
    bool is_in_page_ = false;                    // in the "data" of such an object
    bool is_after_data_ = false;                 // in such an object, behind its "data"
    bool is_first_ = true;                       // no record came yet in the array around
    std::size_t candidate_ = 0;                  // where it begins, if not skipping
    std::optional<std::uint64_t> skipped_from_;  // a record beyond kMaxRecordBytes is passed over
};

class JsonStream final : public FormatReader {
public:
    JsonStream(std::unique_ptr<JsonFormat> format, RecordSink& sink)
        : format_(std::move(format)), sink_(sink) {
        document_.emplace(*format_, sink_);
    }

    Result<std::size_t> read(std::string_view text, std::uint64_t offset, bool is_last) override;

private:
    enum class Step : std::uint8_t { Again, Wait };
    Result<Step> read_value(std::string_view text, std::uint64_t offset, bool is_last);
    Step between_values(std::string_view text);
    Step read_line(std::string_view text, std::uint64_t offset, bool is_last);
    void read_whole_line(std::string_view line, std::uint64_t offset, bool is_unfinished);
    void reject_line(ErrorCode code, std::uint64_t offset, std::string_view detail);

    std::unique_ptr<JsonFormat> format_;
    RecordSink& sink_;
    std::optional<JsonDocument> document_;
    std::size_t done_ = 0;     // of the text of this call
    std::int64_t values_ = 0;  // that ended
    bool is_lines_ = false;
    std::size_t searched_ = 0;  // bytes of the unfinished line without a newline
    std::optional<std::uint64_t> skipped_from_;
};

}  // namespace tokenlever
