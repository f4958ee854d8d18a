#include "usage/csv_index.h"

#include <algorithm>
#include <bit>

namespace tokenlever {

void CsvIndex::scan(std::string_view text, bool is_last) { scan_with<Block>(text, is_last); }

template <typename BlockType>
void CsvIndex::scan_with(std::string_view text, bool is_last) {
    reserve(text.size() - scanned_ + kBlockBytes);
    while (text.size() - scanned_ >= kBlockBytes)
        scan_block<BlockType>(text.data() + scanned_, kBlockBytes);
    const std::size_t rest = text.size() - scanned_;
    if (!is_last || rest == 0) return;
    char padded[kBlockBytes] = {};
    std::copy_n(text.data() + scanned_, rest, padded);
    scan_block<BlockType>(padded, rest);
}

template void CsvIndex::scan_with<Block>(std::string_view, bool);
#if defined(__wasm_simd128__) || defined(__SSE2__)
template void CsvIndex::scan_with<PortableBlock>(std::string_view, bool);
#endif

// `length` is less than a block only at the end of the text, where the padding holds no quotes.
template <typename BlockType>
void CsvIndex::scan_block(const char* bytes, std::size_t length) {
    const BlockType block(bytes);
    const std::uint64_t quotes = block.equal_to('"');
    const std::uint64_t delimiters = block.equal_to(delimiter_);
    const std::uint64_t newlines = block.equal_to('\n');
    const std::uint64_t carry = state_ == State::Quoted ? ~std::uint64_t{0} : 0;
    const std::uint64_t quoted = prefix_xor(quotes) ^ carry;
    const std::uint64_t separators = (delimiters | newlines) & ~quoted;

    // A quote may open only at the start of a field, or right after a closing quote ("" inside).
    const bool may_open = state_ == State::FieldStart || state_ == State::AfterQuote;
    const std::uint64_t may_follow = (separators | quotes) << 1 | std::uint64_t{may_open};
    if ((quotes & quoted & ~may_follow) != 0) return scan_slowly(bytes, length);

    emit(separators, newlines & ~quoted);
    scanned_ += length;
    const std::uint64_t last = std::uint64_t{1} << (length - 1);
    if ((quoted & last) != 0) {
        state_ = State::Quoted;
    } else if ((quotes & last) != 0) {
        state_ = State::AfterQuote;
    } else {
        state_ = (separators & last) != 0 ? State::FieldStart : State::Unquoted;
    }
}

void CsvIndex::scan_slowly(const char* bytes, std::size_t length) {
    std::uint64_t separators = 0;
    std::uint64_t newlines = 0;
    for (std::size_t index = 0; index < length; ++index) {
        const char c = bytes[index];
        if (state_ == State::Quoted) {
            if (c == '"') state_ = State::AfterQuote;
        } else if (c == '"' && state_ != State::Unquoted) {
            state_ = State::Quoted;
        } else if (c == delimiter_ || c == '\n') {
            separators |= std::uint64_t{1} << index;
            newlines |= std::uint64_t{c == '\n'} << index;
            state_ = State::FieldStart;
        } else {
            state_ = State::Unquoted;
        }
    }
    emit(separators, newlines);
    scanned_ += length;
}

void CsvIndex::emit(std::uint64_t separators, std::uint64_t newlines) {
    while (newlines != 0) {
        const std::uint64_t lowest = newlines & (~newlines + 1);
        row_ends_.push_back(count_ +
                            static_cast<std::size_t>(std::popcount(separators & (lowest - 1))));
        newlines &= newlines - 1;
    }
    std::uint32_t* out = separators_.get() + count_;
    count_ += static_cast<std::size_t>(std::popcount(separators));
    while (separators != 0) {
        *out++ = static_cast<std::uint32_t>(scanned_) +
                 static_cast<std::uint32_t>(std::countr_zero(separators));
        separators &= separators - 1;
    }
}

void CsvIndex::reserve(std::size_t more) {
    if (count_ + more <= capacity_) return;
    capacity_ = count_ + more + more / 4;
    auto larger = std::make_unique_for_overwrite<std::uint32_t[]>(capacity_);
    std::copy_n(separators_.get(), count_, larger.get());
    separators_ = std::move(larger);
}

void CsvIndex::end_last_row() {
    reserve(1);
    row_ends_.push_back(count_);
    separators_[count_++] = static_cast<std::uint32_t>(scanned_);
    state_ = State::FieldStart;
}

CsvIndex::Row CsvIndex::row(std::size_t row) const {
    const std::size_t first = row == 0 ? 0 : row_ends_[row - 1] + 1;
    return {.begin = first == 0 ? 0 : std::size_t{separators_[first - 1]} + 1,
            .separators = separators_.get() + first,
            .count = row_ends_[row] + 1 - first};
}

std::size_t CsvIndex::pending_separators() const {
    return row_ends_.empty() ? count_ : count_ - row_ends_.back() - 1;
}

void CsvIndex::consume(std::size_t bytes) {
    const std::uint32_t* const kept =
        std::lower_bound(separators_.get(), separators_.get() + count_, bytes);
    const auto first = static_cast<std::size_t>(kept - separators_.get());
    for (std::size_t index = first; index < count_; ++index)
        separators_[index - first] = separators_[index] - static_cast<std::uint32_t>(bytes);
    count_ -= first;
    row_ends_.clear();
    scanned_ -= bytes;
}

}  // namespace tokenlever
