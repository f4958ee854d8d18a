#include "usage/json_stream.h"

namespace tokenlever {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

bool is_all_blank(std::string_view text) {
    return text.find_first_not_of(kBlanks) == std::string_view::npos;
}

}  // namespace

Result<std::size_t> JsonStream::read(std::string_view text, std::uint64_t offset, bool is_last) {
    done_ = 0;
    Step step = Step::Again;
    while (step == Step::Again) {
        if (is_lines_) {
            step = read_line(text, offset, is_last);
        } else if (document_->has_ended()) {
            step = between_values(text);
        } else {
            TL_TRY(next, read_value(text, offset, is_last));
            step = next;
        }
    }
    if (is_last) format_->end();
    return done_;
}

Result<JsonStream::Step> JsonStream::read_value(std::string_view text, std::uint64_t offset,
                                                bool is_last) {
    const std::string_view rest = text.substr(done_);
    if (is_last && !document_->has_begun() && is_all_blank(rest)) {
        done_ = text.size();
        return Step::Wait;
    }
    const Result<std::size_t> read = document_->read(rest, offset + done_, is_last);
    if (!read && values_ > 0 && read.error().code == ErrorCode::TruncatedJson) {
        reject_line(ErrorCode::TruncatedRow, offset + done_, rest);
        done_ = text.size();
        return Step::Wait;
    }
    if (!read) return std::unexpected(read.error());
    done_ += *read;
    if (!document_->has_ended()) return Step::Wait;
    ++values_;
    return Step::Again;
}

// A value that stood on one line, and a newline behind it: from here on every line is for itself.
JsonStream::Step JsonStream::between_values(std::string_view text) {
    for (; done_ < text.size(); ++done_) {
        if (text[done_] == '\n' && !document_->has_newline()) {
            ++done_;
            is_lines_ = true;
            return Step::Again;
        }
        if (kBlanks.find(text[done_]) == std::string_view::npos) {
            document_.emplace(*format_, sink_);
            return Step::Again;
        }
    }
    return Step::Wait;
}

JsonStream::Step JsonStream::read_line(std::string_view text, std::uint64_t offset, bool is_last) {
    const std::size_t newline = text.find('\n', done_ + searched_);
    const bool is_unfinished = newline == std::string_view::npos;
    if (is_unfinished && !is_last) {
        searched_ = text.size() - done_;
        if (searched_ > kMaxRecordBytes && !skipped_from_) skipped_from_ = offset + done_;
        if (skipped_from_) {
            done_ = text.size();
            searched_ = 0;
        }
        return Step::Wait;
    }
    const std::size_t end = is_unfinished ? text.size() : newline;
    const std::string_view line = text.substr(done_, end - done_);
    const std::uint64_t line_offset = offset + done_;
    done_ = is_unfinished ? end : end + 1;
    searched_ = 0;
    const Step next = is_unfinished ? Step::Wait : Step::Again;
    if (line.size() > kMaxRecordBytes && !skipped_from_) skipped_from_ = line_offset;
    if (skipped_from_) {
        reject_line(ErrorCode::FieldTooLong, *skipped_from_, {});
        skipped_from_.reset();
    } else if (!is_all_blank(line)) {
        read_whole_line(line, line_offset, is_unfinished);
    }
    return next;
}

void JsonStream::read_whole_line(std::string_view line, std::uint64_t offset, bool is_unfinished) {
    JsonDocument document(*format_, sink_);
    const Result<std::size_t> read = document.read(line, offset, true);
    if (!read) {
        const bool is_cut = read.error().code == ErrorCode::TruncatedJson;
        const ErrorCode code = !is_cut         ? read.error().code
                               : is_unfinished ? ErrorCode::TruncatedRow
                                               : ErrorCode::MalformedJson;
        return reject_line(code, is_cut ? offset : read.error().offset, line);
    }
    if (!is_all_blank(line.substr(*read)))
        reject_line(ErrorCode::MalformedJson, offset + *read, line.substr(*read));
}

void JsonStream::reject_line(ErrorCode code, std::uint64_t offset, std::string_view detail) {
    sink_.reject({.row = format_->next_row(),
                  .offset = offset,
                  .code = code,
                  .detail = excerpt(detail.substr(0, 80))},
                 std::nullopt);
}

}  // namespace tokenlever
