#include "usage/json_cursor.h"

namespace tokenlever {

namespace {

constexpr std::string_view kEscapes = "\"\\/bfnrt";

bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

int hex_digit(char c) {
    if (is_digit(c)) return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Four hex digits at the start of the text, or negative.
int hex4(std::string_view text) {
    if (text.size() < 4) return -1;
    int value = 0;
    for (std::size_t index = 0; index < 4; ++index) {
        const int digit = hex_digit(text[index]);
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

void append_utf8(std::uint32_t code, std::string& out) {
    const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) return put(code);
    if (code < 0x800) {
        put(0xC0 | code >> 6);
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
    }
    put(0x80 | (code & 0x3F));
}

// \uXXXX at `text` (after the 'u'); how many bytes it took, 0 if it is broken.
std::size_t append_unicode(std::string_view text, std::string& out) {
    const int high = hex4(text);
    if (high < 0) return 0;
    const auto code = static_cast<std::uint32_t>(high);
    if (code < 0xD800 || code > 0xDFFF) {
        append_utf8(code, out);
        return 4;
    }
    const int low = code < 0xDC00 && text.substr(4).starts_with("\\u") ? hex4(text.substr(6)) : -1;
    if (low < 0xDC00 || low > 0xDFFF) {
        append_utf8(0xFFFD, out);  // half a surrogate pair
        return 4;
    }
    append_utf8(0x10000 + ((code - 0xD800) << 10) + (static_cast<std::uint32_t>(low) - 0xDC00),
                out);
    return 10;
}

}  // namespace

bool unescape(std::string_view escaped, bool is_doubled, std::string& out) {
    static constexpr std::string_view kDecoded = "\"\\/\b\f\n\r\t";
    for (std::size_t at = 0; at < escaped.size(); ++at) {
        if (escaped[at] != '\\') {
            out.push_back(escaped[at]);
            continue;
        }
        if (++at >= escaped.size()) return false;
        if (escaped[at] == 'u') {
            const std::size_t taken = append_unicode(escaped.substr(at + 1), out);
            if (taken == 0) return false;
            at += taken;
            continue;
        }
        const std::size_t which = kEscapes.find(escaped[at]);
        if (which == std::string_view::npos) return false;
        out.push_back(kDecoded[which]);
        if (is_doubled && escaped[at] == '"') ++at;
    }
    return true;
}

}  // namespace tokenlever
