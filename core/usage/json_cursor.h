#pragma once

// A pull scanner over the bytes of one JSON value: it walks to the members that are wanted and
// skips the rest without building anything. Two dialects of the same text:
//
//   JsonCursor<Quotes::Plain>    JSON as it is; what is skipped is validated
//   JsonCursor<Quotes::Doubled>  JSON inside a quoted CSV cell, every quote written twice; read in
//                                place, containers that are skipped are only balanced
//
// After any failure `failed()` is true, `error_code()` and `position()` say why and where, and
// every further call returns false.

#include "base/error.h"
#include "usage/block.h"

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace tokenlever {

enum class Quotes : std::uint8_t { Plain, Doubled };

// A scalar as it stands in the text. `text` of a string is what is between its quotes, still
// escaped.
struct JsonScalar {
    enum class Kind : std::uint8_t { Null, Boolean, Number, String, Container };
    Kind kind = Kind::Null;
    bool is_escaped = false;  // the string holds escapes: see unescape()
    std::string_view text;    // of a container: empty, and it was skipped

    bool is_null() const { return kind == Kind::Null; }
};

template <Quotes quotes>
class JsonCursor {
public:
    explicit JsonCursor(std::string_view text)
        : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()) {}

    // At a value: enters it if it is an object (array); false, and nothing consumed, if it is not.
    bool enter_object() { return enter('{'); }
    bool enter_array() { return enter('['); }
    // In an object: the next key, with the cursor at its value; false after the last.
    // Each value must be consumed (scalar, skip, or entered to its end) before the next key.
    bool next_member(std::string_view& key);
    // In an object: passes over members until one of `wanted`, whose number is returned, with the
    // cursor at its value; wanted.size() after the last.
    std::size_t find_member(std::span<const std::string_view> wanted);
    // In an array: the cursor is at the next item; false after the last.
    bool next_item();
    // Consumes a value; containers are skipped.
    JsonScalar scalar();
    void skip_value() { scalar(); }
    // At a plain count ("1280"): consumes it. False, and nothing consumed, if it is anything else.
    bool take_count(std::int64_t& count);
    // Consumes a value and returns its text.
    std::string_view skip();
    // Only blanks are left.
    bool at_end();

    bool failed() const { return failed_; }
    ErrorCode error_code() const { return error_; }
    std::size_t position() const { return static_cast<std::size_t>(at_ - begin_); }

private:
    static constexpr std::size_t kQuoteBytes = quotes == Quotes::Doubled ? 2 : 1;
    static constexpr int kDeepest = 64;

    bool enter(char open);
    bool fail(ErrorCode code);
    void skip_blanks();
    bool take_quote();
    bool take_string(JsonScalar& out);
    bool pass_string(bool& is_escaped);
    bool take_literal(JsonScalar& out);
    bool take_number(JsonScalar& out);
    bool skip_container();
    bool skip_container_balanced();
    bool after_value(char close);
    std::size_t find_plain_member(std::span<const std::string_view> wanted);

    const char* begin_;
    const char* at_;
    const char* end_;
    bool is_first_ = false;  // just entered: no comma before the next key or item
    bool failed_ = false;
    ErrorCode error_ = ErrorCode::MalformedJson;
};

extern template class JsonCursor<Quotes::Plain>;
extern template class JsonCursor<Quotes::Doubled>;

// key == word, for words known when compiled: without a call, because keys are compared all the
// time.
template <std::size_t size>
bool is_word(std::string_view key, const char (&word)[size]) {
    constexpr std::size_t kLength = size - 1;
    if (key.size() != kLength) return false;
    const auto differ = [&](std::size_t at) {
        std::uint64_t a = 0;
        std::uint64_t b = 0;
        constexpr std::size_t kStep = kLength < 8 ? kLength : 8;
        std::memcpy(&a, key.data() + at, kStep);
        std::memcpy(&b, word + at, kStep);
        return a ^ b;
    };
    std::uint64_t different = 0;
    if constexpr (kLength > 8)
        for (std::size_t at = 0; at + 8 < kLength; at += 8)
            different |= differ(at);
    return (different | differ(kLength < 8 ? 0 : kLength - 8)) == 0;
}

// Appends the decoded string; false if an escape is broken. Doubled quotes become one.
bool unescape(std::string_view escaped, bool is_doubled, std::string& out);

}  // namespace tokenlever
