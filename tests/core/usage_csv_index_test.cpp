#include "random.h"
#include "usage/csv_index.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

struct Found {
    std::vector<std::size_t> separators;
    std::vector<std::size_t> row_ends;
    bool is_in_quotes = false;
    bool operator==(const Found&) const = default;
};

// Character by character, as Python's csv module reads.
Found oracle(std::string_view text, char delimiter) {
    Found found;
    enum { FieldStart, Unquoted, Quoted, AfterQuote } state = FieldStart;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (state == Quoted) {
            if (c == '"') state = AfterQuote;
        } else if (c == '"' && (state == FieldStart || state == AfterQuote)) {
            state = Quoted;
        } else if (c == delimiter || c == '\n') {
            found.separators.push_back(at);
            if (c == '\n') found.row_ends.push_back(at);
            state = FieldStart;
        } else {
            state = Unquoted;
        }
    }
    found.is_in_quotes = state == Quoted;
    return found;
}

void take_rows(const CsvIndex& index, std::size_t consumed, Found& found) {
    for (std::size_t row = 0; row < index.row_count(); ++row) {
        const CsvIndex::Row cells = index.row(row);
        for (std::size_t cell = 0; cell < cells.count; ++cell)
            found.separators.push_back(consumed + cells.separators[cell]);
        found.row_ends.push_back(consumed + cells.end());
    }
}

template <typename BlockType>
Found indexed(std::string_view text, char delimiter, std::size_t chunk) {
    CsvIndex index(delimiter);
    Found found;
    std::size_t consumed = 0;
    for (std::size_t end = std::min(chunk, text.size());;
         end = std::min(end + chunk, text.size())) {
        const bool is_last = end == text.size();
        index.scan_with<BlockType>(text.substr(consumed, end - consumed), is_last);
        if (is_last) found.is_in_quotes = index.is_in_quotes();
        if (is_last) index.end_last_row();
        take_rows(index, consumed, found);
        if (is_last) break;
        const std::size_t rows = index.row_count();
        const std::size_t done = rows == 0 ? 0 : index.row(rows - 1).end() + 1;
        index.consume(done);
        consumed += done;
    }
    found.separators.pop_back();  // the end that was set at the end of the text
    found.row_ends.pop_back();
    return found;
}

std::string hostile_text(Random& random, std::size_t size) {
    constexpr std::string_view kAlphabet = "\"\"\"\",,;\n\n\rab{} ";
    std::string text;
    const bool is_calm = random.one_in(2);  // long stretches without structure
    while (text.size() < size) {
        text +=
            kAlphabet[static_cast<std::size_t>(random.below(static_cast<int>(kAlphabet.size())))];
        if (is_calm && random.one_in(3))
            text.append(static_cast<std::size_t>(random.below(90)), 'x');
    }
    return text;
}

}  // namespace

TEST_CASE("the SIMD index, the portable index and a character loop find the same fields") {
    Random random(1);
    for (int round = 0; round < 3000; ++round) {
        const std::string text =
            hostile_text(random, 1 + static_cast<std::size_t>(random.below(400)));
        const Found expected = oracle(text, ',');
        const std::size_t chunk = 1 + static_cast<std::size_t>(random.below(200));
        CAPTURE(text);
        CAPTURE(chunk);
        REQUIRE(indexed<PortableBlock>(text, ',', chunk) == expected);
        REQUIRE(indexed<Block>(text, ',', chunk) == expected);
        REQUIRE(indexed<Block>(text, ',', text.size()) == expected);
    }
}

TEST_CASE("a quote on the edge of a block opens, closes or doubles as anywhere else") {
    for (std::size_t before = 55; before < 75; ++before) {
        for (std::string_view tail :
             {"\"a\"\"b\",c\n", ",\"x\ny\",\"\"\n", "\"\"\"\"\n", "x\"y,\"z\"\n"}) {
            const std::string text = std::string(before, 'p') + std::string(tail) + "\"q,r\"\n";
            CAPTURE(text);
            CHECK(indexed<Block>(text, ',', 64) == oracle(text, ','));
            CHECK(indexed<Block>(text, ',', 1) == oracle(text, ','));
        }
    }
}

TEST_CASE("equal_to is the same mask for every byte value in both kinds of block") {
    char bytes[kBlockBytes];
    Random random(2);
    for (int round = 0; round < 200; ++round) {
        for (char& byte : bytes)
            byte = static_cast<char>(random.below(256));
        for (int value = 0; value < 256; ++value) {
            const char wanted = static_cast<char>(value);
            REQUIRE(Block(bytes).equal_to(wanted) == PortableBlock(bytes).equal_to(wanted));
        }
    }
}

TEST_CASE("find_string_end and find_structure stop where a loop over bytes stops") {
    Random random(3);
    for (int round = 0; round < 2000; ++round) {
        std::string text(static_cast<std::size_t>(random.below(80)), 'x');
        for (char& c : text)
            if (random.one_in(12)) c = "\"\\{}[]\n\x1F \x7F\xC3"[random.below(11)];
        const char* const end = text.data() + text.size();
        const auto is_end = [](char c) {
            return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
        };
        const auto is_structure = [](char c) { return std::string_view("\"{}[]").contains(c); };
        const auto first = [&](auto is_it) {
            const char* at = text.data();
            while (at < end && !is_it(*at))
                ++at;
            return at;
        };
        CAPTURE(text);
        REQUIRE(find_string_end(text.data(), end) == first(is_end));
        REQUIRE(find_structure(text.data(), end) == first(is_structure));
    }
}
