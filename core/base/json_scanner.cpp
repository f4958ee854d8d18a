#include "base/json_scanner.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace tokenlever {

namespace {

constexpr std::size_t kShortObject = 8;
constexpr std::ptrdiff_t kExactDigits = 15;  // of a whole number that a double holds

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20; }

}  // namespace

JsonScanner::JsonScanner(std::string_view text)
    : at_(text.data()),
      end_(text.data() + text.size()),
      is_utf8_(std::ranges::all_of(text, is_ascii) ||
               find_invalid_utf8(text) == std::string_view::npos) {}

bool JsonScanner::read(Json& root) {
    if (!is_utf8_ || !value(root, 0)) return false;
    skip_blanks();
    return at_ == end_;
}

void JsonScanner::skip_blanks() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t'))
        ++at_;
}

bool JsonScanner::take(char wanted) {
    skip_blanks();
    if (at_ == end_ || *at_ != wanted) return false;
    ++at_;
    return true;
}

bool JsonScanner::take_word(std::string_view word) {
    if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word))
        return false;
    at_ += word.size();
    return true;
}

bool JsonScanner::value(Json& out, std::size_t depth) {
    skip_blanks();
    if (at_ == end_) return false;
    switch (*at_) {
        case '{': return depth < kDeepestJson && object(out, depth + 1);
        case '[': return depth < kDeepestJson && array(out, depth + 1);
        case '"': out.kind_ = Json::Kind::String; return string(out.text_);
        case 'n': return take_word("null");
        case 't':
        case 'f':
            out.kind_ = Json::Kind::Boolean;
            out.boolean_ = *at_ == 't';
            return take_word(out.boolean_ ? "true" : "false");
        default: return number(out);
    }
}

bool JsonScanner::object(Json& out, std::size_t depth) {
    ++at_;
    out.kind_ = Json::Kind::Object;
    if (take('}')) return true;
    do {
        skip_blanks();
        if (at_ == end_ || *at_ != '"') return false;
        auto& [key, member] = out.members_.emplace_back();
        if (!string(key) || !take(':') || !value(member, depth)) return false;
    } while (take(','));
    return take('}') && !find_duplicate(out.members_);
}

bool JsonScanner::array(Json& out, std::size_t depth) {
    ++at_;
    out.kind_ = Json::Kind::Array;
    if (take(']')) return true;
    do {
        if (!value(out.items_.emplace_back(), depth)) return false;
    } while (take(','));
    return take(']');
}

bool JsonScanner::string(std::string& out) {
    ++at_;
    for (;;) {
        const char* const start = at_;
        while (at_ != end_ && *at_ != '"' && *at_ != '\\' && !is_control(*at_))
            ++at_;
        out.append(start, at_);
        if (at_ == end_ || is_control(*at_)) return false;
        if (*at_++ == '"') return true;
        if (!escape(out)) return false;
    }
}

// What follows a backslash; \u is left to the other parser.
bool JsonScanner::escape(std::string& out) {
    constexpr std::string_view kEscapes = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
    const std::size_t index = at_ == end_ ? std::string_view::npos : kEscapes.find(*at_);
    if (index == std::string_view::npos) return false;
    out.push_back(kMeanings[index]);
    ++at_;
    return true;
}

bool JsonScanner::digits() {
    const char* const start = at_;
    while (at_ != end_ && is_digit(*at_))
        ++at_;
    return at_ != start;
}

bool JsonScanner::number(Json& out) {
    const char* const start = at_;
    if (*at_ == '-') ++at_;
    const bool is_zero = at_ != end_ && *at_ == '0';
    const char* const whole = at_;
    if (!digits() || (is_zero && at_ - whole > 1)) return false;
    bool is_whole = true;
    if (at_ != end_ && *at_ == '.') {
        is_whole = false;
        ++at_;
        if (!digits()) return false;
    }
    if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
        is_whole = false;
        ++at_;
        if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
        if (!digits()) return false;
    }
    if (is_whole && is_zero && whole != start) return false;  // -0 is 0 for the other parser
    out.kind_ = Json::Kind::Number;
    out.text_.assign(start, at_);
    if (is_whole && whole == start && at_ - start <= kExactDigits) {
        for (const char c : out.text_)
            out.number_ = out.number_ * 10 + (c - '0');
        return true;
    }
    out.number_ = std::strtod(out.text_.c_str(), nullptr);  // as the other parser does
    return std::isfinite(out.number_);
}

std::optional<std::size_t> find_duplicate(
    const std::vector<std::pair<std::string, Json>>& members) {
    if (members.size() <= kShortObject) {
        for (std::size_t i = 1; i < members.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (members[i].first == members[j].first) return i;
        return std::nullopt;
    }
    std::vector<std::pair<std::string_view, std::size_t>> order;
    order.reserve(members.size());
    for (std::size_t i = 0; i < members.size(); ++i)
        order.emplace_back(members[i].first, i);
    std::ranges::sort(order);
    std::optional<std::size_t> first;
    for (std::size_t i = 1; i < order.size(); ++i)
        if (order[i].first == order[i - 1].first && (!first || order[i].second < *first))
            first = order[i].second;
    return first;
}

}  // namespace tokenlever
