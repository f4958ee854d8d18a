#pragma once

// The structural index of CSV text: where the delimiters and row ends outside quotes are. It walks
// 64-byte blocks with bit masks and finds "inside quotes" by a prefix xor over the quote
// characters.
//
// What counts is RFC 4180 as Python's csv module reads real files: a quote opens only at the start
// of a field, "" inside is a quote, any other quote is a plain character. A block with such a stray
// quote (rare) is done character by character, by the same state machine that the tests use as the
// oracle.

#include "usage/block.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace tokenlever {

class CsvIndex {
public:
    explicit CsvIndex(char delimiter) : delimiter_(delimiter) {}

    // Indexes the part of `text` that is not indexed yet: whole blocks, and with `is_last` the
    // rest. `text` must begin where it began at the last call, less what was consumed.
    void scan(std::string_view text, bool is_last);
    template <typename BlockType>
    void scan_with(std::string_view text, bool is_last);

    // The text ended without a newline: its last row ends where the text does.
    void end_last_row();

    std::size_t row_count() const { return row_ends_.size(); }
    // Positions in the text of the separators of row `row`; the last one is its newline.
    struct Row {
        std::size_t begin = 0;  // position of the row's first byte
        const std::uint32_t* separators = nullptr;
        std::size_t count = 0;  // separators, the newline included
        std::size_t end() const { return separators[count - 1]; }
    };
    Row row(std::size_t row) const;
    // Separators seen after the last row's end.
    std::size_t pending_separators() const;
    // Forgets all rows, and the first `bytes` bytes of the text (the end of the last row, or all
    // that was scanned if a record is being skipped).
    void consume(std::size_t bytes);
    std::size_t scanned() const { return scanned_; }
    // The text ended, or would end here, inside a quoted field.
    bool is_in_quotes() const { return state_ == State::Quoted; }
    bool is_at_row_start() const { return state_ == State::FieldStart; }

private:
    enum class State : std::uint8_t { FieldStart, Unquoted, Quoted, AfterQuote };

    template <typename BlockType>
    void scan_block(const char* bytes, std::size_t length);
    void scan_slowly(const char* bytes, std::size_t length);
    void emit(std::uint64_t separators, std::uint64_t newlines);
    void reserve(std::size_t more);

    char delimiter_;
    State state_ = State::FieldStart;
    std::size_t scanned_ = 0;
    std::unique_ptr<std::uint32_t[]> separators_;
    std::size_t count_ = 0;
    std::size_t capacity_ = 0;
    std::vector<std::size_t> row_ends_;  // index of each newline in separators_
};

}  // namespace tokenlever
