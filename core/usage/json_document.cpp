#include "usage/json_stream.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace tokenlever {

namespace {

constexpr int kDeepest = 64;

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

}  // namespace

std::unexpected<Error> JsonDocument::failure(ErrorCode code, std::size_t at) const {
    return fail(code, {}, excerpt(text_.substr(std::min(at, text_.size()), 40)), offset_ + at);
}

Result<std::size_t> JsonDocument::read(std::string_view text, std::uint64_t offset, bool is_last) {
    text_ = text;
    offset_ = offset;
    while (!has_ended_ && text.size() - scanned_ >= kBlockBytes) {
        if (const Result<void> whole = scan_block(text.data() + scanned_, kBlockBytes); !whole)
            return std::unexpected(whole.error());
    }
    while (!has_ended_ && is_last && scanned_ < text.size()) {
        char padded[kBlockBytes] = {};
        const std::size_t rest = text.size() - scanned_;
        std::copy_n(text.data() + scanned_, rest, padded);
        if (const Result<void> tail = scan_block(padded, rest); !tail)
            return std::unexpected(tail.error());
    }
    if (!has_ended_ && is_last) return failure(ErrorCode::TruncatedJson, text.size());
    return settle();
}

// Answers how much is done with, and moves the positions to what is left.
Result<std::size_t> JsonDocument::settle() {
    if (!has_ended_ && text_.size() - done_ > kMaxRecordBytes) {
        if (!is_in_candidate_ || is_after_data_) return failure(ErrorCode::FieldTooLong, done_);
        if (!skipped_from_) skipped_from_ = offset_ + candidate_;
    }
    if (skipped_from_ && is_in_candidate_) done_ = scanned_;
    const std::size_t done = done_;
    scanned_ -= done;
    candidate_ -= std::min(candidate_, done);
    done_ = 0;
    return done;
}

// Bit i is set if the byte is preceded by a backslash that is not itself escaped.
std::uint64_t JsonDocument::escaped_by(std::uint64_t backslashes) {
    std::uint64_t escaped = std::uint64_t{is_escaped_};
    backslashes &= ~escaped;
    is_escaped_ = false;
    while (backslashes != 0) {
        const int at = std::countr_zero(backslashes);
        if (at == 63) {
            is_escaped_ = true;
            break;
        }
        escaped |= std::uint64_t{2} << at;
        backslashes &= ~(std::uint64_t{3} << at);
    }
    return escaped;
}

Result<void> JsonDocument::scan_block(const char* bytes, std::size_t length) {
    assert(length > 0);
    const Block block(bytes);
    const std::uint64_t backslashes = block.equal_to('\\');
    const std::uint64_t escaped = backslashes != 0 || is_escaped_ ? escaped_by(backslashes) : 0;
    const std::uint64_t quotes = block.equal_to('"') & ~escaped;
    const std::uint64_t carry = is_in_string_ ? ~std::uint64_t{0} : 0;
    const std::uint64_t in_string = prefix_xor(quotes) ^ carry;
    std::uint64_t brackets =
        (block.equal_to('{') | block.equal_to('}') | block.equal_to('[') | block.equal_to(']')) &
        ~in_string;
    has_newline_ = has_newline_ || block.equal_to('\n') != 0;
    for (; brackets != 0; brackets &= brackets - 1) {
        const auto index = static_cast<std::size_t>(std::countr_zero(brackets));
        const char bracket = bytes[index];
        const bool is_open = bracket == '{' || bracket == '[';
        const std::size_t at = scanned_ + index;
        if (const Result<void> handled = is_open ? open(bracket, at) : close(bracket, at); !handled)
            return std::unexpected(handled.error());
        if (!has_ended_) continue;
        const std::uint64_t before = (std::uint64_t{1} << index) - 1;
        has_newline_ = has_newline_before_ || (block.equal_to('\n') & before) != 0;
        scanned_ += index + 1;
        return {};
    }
    has_newline_before_ = has_newline_;
    is_in_string_ = (in_string >> (length - 1) & 1) != 0;
    scanned_ += length;
    return {};
}

// Between records there is a comma, and nothing before the first and after the last.
Result<void> JsonDocument::check_gap(std::size_t to, bool is_closing) {
    bool wants_comma = depth_ > 0 && !is_first_ && !is_closing;
    for (std::size_t at = done_; at < to; ++at) {
        if (is_blank(text_[at])) continue;
        if (!wants_comma || text_[at] != ',') return failure(ErrorCode::MalformedJson, at);
        wants_comma = false;
    }
    if (wants_comma) return failure(ErrorCode::MalformedJson, to);
    return {};
}

Result<void> JsonDocument::open(char bracket, std::size_t at) {
    if (depth_ >= kDeepest) return failure(ErrorCode::TooDeep, at);
    if (is_in_candidate_) {
        if (bracket == '[' && depth_ == record_depth_ + 1 && !is_in_page_ && !is_after_data_ &&
            !skipped_from_ && is_data_array(at)) {
            if (const Result<void> started = read_page_start(at); !started)
                return std::unexpected(started.error());
        }
    } else {
        if (const Result<void> gap = check_gap(at, false); !gap)
            return std::unexpected(gap.error());
        if (bracket == '{') {
            is_in_candidate_ = true;
            candidate_ = done_ = at;
        } else if (depth_ == 0) {
            record_depth_ = 1;
            done_ = at + 1;
        } else {
            return failure(ErrorCode::WrongType, at);
        }
        has_begun_ = true;
    }
    kinds_ = kinds_ << 1 | std::uint64_t{bracket == '{'};
    ++depth_;
    return {};
}

Result<void> JsonDocument::close(char bracket, std::size_t at) {
    if (depth_ == 0 || ((kinds_ & 1) != 0) != (bracket == '}'))
        return failure(ErrorCode::MalformedJson, at);
    kinds_ >>= 1;
    --depth_;
    if (is_in_candidate_) {
        if (depth_ == record_depth_) {
            if (const Result<void> ended = end_candidate(at); !ended)
                return std::unexpected(ended.error());
        }
    } else {
        ++depth_;  // the gap is inside the array
        if (const Result<void> gap = check_gap(at, true); !gap) return std::unexpected(gap.error());
        --depth_;
        done_ = at + 1;
        if (is_in_page_) {
            record_depth_ -= 2;
            is_in_page_ = false;
            is_in_candidate_ = is_after_data_ = true;
        }
    }
    has_ended_ = depth_ == 0;
    return {};
}

Result<void> JsonDocument::end_candidate(std::size_t at) {
    const bool is_too_long = !is_after_data_ && at + 1 - candidate_ > kMaxRecordBytes;
    if (is_too_long && !skipped_from_) skipped_from_ = offset_ + candidate_;
    if (skipped_from_) {
        sink_.reject(
            {.row = format_.next_row(), .offset = *skipped_from_, .code = ErrorCode::FieldTooLong},
            std::nullopt);
        skipped_from_.reset();
    } else if (is_after_data_) {
        if (const Result<void> rest = read_page_rest(done_, at); !rest)
            return std::unexpected(rest.error());
        format_.end_page();
    } else {
        const std::string_view text = text_.substr(candidate_, at + 1 - candidate_);
        if (const Result<void> record = format_.record(text, offset_ + candidate_); !record)
            return std::unexpected(record.error());
    }
    is_in_candidate_ = is_after_data_ = is_first_ = false;
    done_ = at + 1;
    return {};
}

// Whether the array that opens here is the value of the key "data".
bool JsonDocument::is_data_array(std::size_t at) const {
    const auto skip_blanks = [&] {
        while (at > candidate_ && is_blank(text_[at - 1]))
            --at;
    };
    skip_blanks();
    if (at == candidate_ || text_[at - 1] != ':') return false;
    --at;
    skip_blanks();
    const std::string_view before = text_.substr(candidate_, at - candidate_);
    return before.ends_with("\"data\"") && !before.ends_with("\\\"data\"");
}

Result<void> JsonDocument::read_page_start(std::size_t array_at) {
    JsonCursor<Quotes::Plain> cursor(text_.substr(candidate_, array_at + 1 - candidate_));
    std::string_view key;
    cursor.enter_object();
    while (cursor.next_member(key)) {
        if (key == "data" && cursor.enter_array()) break;
        format_.page_member(key, cursor.scalar());
    }
    if (cursor.failed()) return failure(ErrorCode::MalformedJson, candidate_ + cursor.position());
    is_in_candidate_ = false;
    is_in_page_ = is_first_ = true;
    record_depth_ += 2;
    done_ = array_at + 1;
    return {};
}

Result<void> JsonDocument::read_page_rest(std::size_t from, std::size_t to) {
    JsonCursor<Quotes::Plain> cursor(text_.substr(from, to + 1 - from));
    std::string_view key;
    while (cursor.next_member(key))
        format_.page_member(key, cursor.scalar());
    if (cursor.failed()) return failure(ErrorCode::MalformedJson, from + cursor.position());
    return {};
}

}  // namespace tokenlever
