#include "usage/usage_reader.h"

#include <algorithm>
#include <cstring>

namespace tokenlever {

namespace {

// Pieces in which a large input is copied: small enough to stay in the processor's cache.
constexpr std::size_t kPieceBytes = 256 << 10;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

UsageReader::UsageReader(const Wanted& wanted, ChargeSink& sink, const IdSet& earlier_ids,
                         std::string_view format)
    : format_(format), records_(wanted, sink, earlier_ids) {}

void UsageReader::feed(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, kPieceBytes);
        std::ranges::copy(piece, buffer(piece.size()).data());
        commit(piece.size());
        bytes.remove_prefix(piece.size());
    }
}

std::span<char> UsageReader::buffer(std::size_t size) {
    if (capacity_ - end_ < size) {
        const std::size_t held = end_ - begin_;
        if (capacity_ < held + size || held > capacity_ / 2) {
            capacity_ = std::max(held + size, held * 2);
            auto larger = std::make_unique_for_overwrite<char[]>(capacity_);
            std::copy_n(bytes_held_.get() + begin_, held, larger.get());
            bytes_held_ = std::move(larger);
        } else {
            std::memmove(bytes_held_.get(), bytes_held_.get() + begin_, held);
        }
        begin_ = 0;
        end_ = held;
    }
    return {bytes_held_.get() + end_, size};
}

void UsageReader::commit(std::size_t size) {
    end_ += size;
    bytes_ += size;
    read(false);
}

void UsageReader::finish() { read(true); }

// Decides the format as soon as there is enough to see, or all there is; false: not yet.
Result<bool> UsageReader::open(bool is_last) {
    std::string_view text(bytes_held_.get() + begin_, end_ - begin_);
    if (!is_last && text.size() < head_bytes_) return false;
    if (const Result<void> checked = check_bytes(text.substr(0, kHeadBytes)); !checked)
        return std::unexpected(checked.error());
    if (text.starts_with(kByteOrderMark)) {
        begin_ += kByteOrderMark.size();
        offset_ += kByteOrderMark.size();
        text.remove_prefix(kByteOrderMark.size());
    }
    const Head head = read_head(text.substr(0, head_bytes_));
    Result<Detected> detected = detect(head, format_);
    const bool is_open = !detected && detected.error().code == ErrorCode::UnrecognizedFormat &&
                         head.is_cut && head_bytes_ < kMaxRecordBytes;
    if (is_open && (!is_last || text.size() > head_bytes_)) {
        head_bytes_ *= kHeadGrowth;
        return open(is_last);
    }
    if (!detected) return std::unexpected(std::move(detected.error()));
    detected_ = std::move(*detected);
    reader_ = detected_.importer->open(head, records_);
    return true;
}

void UsageReader::read(bool is_last) {
    if (error_) {
        begin_ = end_;
        return;
    }
    if (!reader_) {
        const Result<bool> opened = open(is_last);
        if (!opened) error_ = opened.error();
        if (!opened || !*opened) return;
    }
    const std::string_view text(bytes_held_.get() + begin_, end_ - begin_);
    const Result<std::size_t> consumed = reader_->read(text, offset_, is_last);
    if (!consumed) {
        error_ = consumed.error();
        begin_ = end_;
        return;
    }
    begin_ += *consumed;
    offset_ += *consumed;
    if (begin_ == end_) begin_ = end_ = 0;
}

}  // namespace tokenlever
