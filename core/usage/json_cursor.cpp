#include "usage/json_cursor.h"

#include <algorithm>

namespace tokenlever {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

constexpr std::string_view kEscapes = "\"\\/bfnrtu";

}  // namespace

template <Quotes quotes>
bool JsonCursor<quotes>::fail(ErrorCode code) {
    if (!failed_) error_ = at_ >= end_ ? ErrorCode::TruncatedJson : code;
    failed_ = true;
    return false;
}

template <Quotes quotes>
void JsonCursor<quotes>::skip_blanks() {
    while (at_ < end_ && is_blank(*at_))
        ++at_;
}

template <Quotes quotes>
bool JsonCursor<quotes>::enter(char open) {
    if (failed_) return false;
    skip_blanks();
    if (at_ >= end_) return fail(ErrorCode::TruncatedJson);
    if (*at_ != open) return false;
    ++at_;
    is_first_ = true;
    return true;
}

// Before a key or item: false at the closing bracket, which is consumed.
template <Quotes quotes>
bool JsonCursor<quotes>::after_value(char close) {
    if (failed_) return false;
    skip_blanks();
    if (at_ >= end_) return fail(ErrorCode::TruncatedJson);
    const bool is_first = is_first_;
    is_first_ = false;
    if (*at_ == close) {
        ++at_;
        return false;
    }
    if (is_first) return true;
    if (*at_ != ',') return fail(ErrorCode::MalformedJson);
    ++at_;
    skip_blanks();
    return true;
}

template <Quotes quotes>
bool JsonCursor<quotes>::next_member(std::string_view& key) {
    if (!after_value('}')) return false;
    JsonScalar name;
    if (!take_string(name)) return false;
    key = name.text;
    skip_blanks();
    if (at_ >= end_ || *at_ != ':') return fail(ErrorCode::MalformedJson);
    ++at_;
    return true;
}

template <Quotes quotes>
std::size_t JsonCursor<quotes>::find_member(std::span<const std::string_view> wanted) {
    if constexpr (quotes == Quotes::Doubled) {
        const std::size_t found = find_plain_member(wanted);
        if (found < wanted.size() || failed_) return found;
    }
    std::string_view key;
    while (next_member(key)) {
        for (std::size_t index = 0; index < wanted.size(); ++index)
            if (key == wanted[index]) return index;
        skip_value();
    }
    return wanted.size();
}

// Doubled quotes only: one loop that keeps its place in a register, because metadata cells are most
// of a log's bytes. It stops before any member that is unusual (escapes, an end, a fault).
template <Quotes quotes>
std::size_t JsonCursor<quotes>::find_plain_member(std::span<const std::string_view> wanted) {
    const auto is_quote = [](const char* at) { return at[0] == '"' && at[1] == '"'; };
    const char* p = at_;
    const char* const end = end_;
    while (true) {
        at_ = p;
        if (!is_first_) {
            if (p == end || *p != ',') break;
            ++p;
        }
        while (p < end && is_blank(*p))
            ++p;
        if (end - p < 4 || !is_quote(p)) break;
        const char* const start = p + 2;
        p = find_string_end(start, end);
        if (end - p < 4 || !is_quote(p) || p[2] != ':') break;
        const std::string_view key(start, static_cast<std::size_t>(p - start));
        p += 3;
        while (p < end && is_blank(*p))
            ++p;
        for (std::size_t index = 0; index < wanted.size(); ++index) {
            if (key.size() != wanted[index].size() || key != wanted[index]) continue;
            at_ = p;
            is_first_ = false;
            return index;
        }
        if (end - p > 2 && is_quote(p)) {
            p = find_string_end(p + 2, end);
            if (end - p < 2 || !is_quote(p)) break;
            p += 2;
        } else if (p < end && (*p | 0x20) == '{') {
            at_ = p;
            if (!skip_container_balanced()) break;
            p = at_;
        } else {
            at_ = p;
            scalar();
            if (failed_) break;
            p = at_;
        }
        is_first_ = false;
    }
    return wanted.size();
}

template <Quotes quotes>
bool JsonCursor<quotes>::take_count(std::int64_t& count) {
    const char* p = at_;
    while (p < end_ && is_blank(*p))
        ++p;
    const char* const start = p;
    std::int64_t value = 0;
    for (; p < end_ && is_digit(*p) && p - start < 16; ++p)
        value = value * 10 + (*p - '0');
    const bool is_plain = p > start && p - start < 16 && p < end_ &&
                          (*p == ',' || *p == '}' || *p == ']' || is_blank(*p)) &&
                          (*start != '0' || p - start == 1);
    if (!is_plain || failed_) return false;
    at_ = p;
    is_first_ = false;
    count = value;
    return true;
}

template <Quotes quotes>
bool JsonCursor<quotes>::next_item() {
    return after_value(']');
}

template <Quotes quotes>
bool JsonCursor<quotes>::at_end() {
    skip_blanks();
    return at_ == end_;
}

template <Quotes quotes>
bool JsonCursor<quotes>::take_quote() {
    if (end_ - at_ < static_cast<std::ptrdiff_t>(kQuoteBytes) || *at_ != '"') {
        if (at_ < end_ && *at_ == '"') at_ = end_;
        return fail(ErrorCode::MalformedJson);
    }
    if constexpr (quotes == Quotes::Doubled)
        if (at_[1] != '"') return fail(ErrorCode::MalformedJson);
    at_ += kQuoteBytes;
    return true;
}

// From behind the opening quote to the closing one, which is not consumed.
template <Quotes quotes>
bool JsonCursor<quotes>::pass_string(bool& is_escaped) {
    while (true) {
        at_ = find_string_end(at_, end_);
        if (at_ >= end_) return fail(ErrorCode::TruncatedJson);
        if (*at_ == '"') return true;
        if (*at_ != '\\') return fail(ErrorCode::MalformedJson);  // a control character
        is_escaped = true;
        if (end_ - at_ > 1 && kEscapes.find(at_[1]) == std::string_view::npos)
            return fail(ErrorCode::MalformedJson);
        const bool is_quote = end_ - at_ > 1 && at_[1] == '"';
        at_ += 1 + (is_quote ? kQuoteBytes : 1);
        if (at_ > end_) at_ = end_;
    }
}

template <Quotes quotes>
bool JsonCursor<quotes>::take_string(JsonScalar& out) {
    if (!take_quote()) return false;
    const char* const start = at_;
    out.kind = JsonScalar::Kind::String;
    if (!pass_string(out.is_escaped)) return false;
    out.text = {start, static_cast<std::size_t>(at_ - start)};
    return take_quote();
}

template <Quotes quotes>
bool JsonCursor<quotes>::take_literal(JsonScalar& out) {
    const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
    for (std::string_view word : {"null", "true", "false"}) {
        if (rest.starts_with(word)) {
            out.kind = word == "null" ? JsonScalar::Kind::Null : JsonScalar::Kind::Boolean;
            out.text = rest.substr(0, word.size());
            at_ += word.size();
            return true;
        }
        if (word.starts_with(rest)) at_ = end_;  // cut inside the word
    }
    return fail(ErrorCode::MalformedJson);
}

template <Quotes quotes>
bool JsonCursor<quotes>::take_number(JsonScalar& out) {
    const char* const start = at_;
    const auto digits = [&] {
        const char* const first = at_;
        while (at_ < end_ && is_digit(*at_))
            ++at_;
        return at_ != first;
    };
    if (*at_ == '-') ++at_;
    const bool leads_with_zero = at_ < end_ && *at_ == '0';
    const char* const whole = at_;
    if (!digits()) return fail(ErrorCode::MalformedJson);
    if (leads_with_zero && at_ - whole > 1) return fail(ErrorCode::MalformedJson);
    if (at_ < end_ && *at_ == '.') {
        ++at_;
        if (!digits()) return fail(ErrorCode::MalformedJson);
    }
    if (at_ < end_ && (*at_ | 0x20) == 'e') {
        ++at_;
        if (at_ < end_ && (*at_ == '+' || *at_ == '-')) ++at_;
        if (!digits()) return fail(ErrorCode::MalformedJson);
    }
    out.kind = JsonScalar::Kind::Number;
    out.text = {start, static_cast<std::size_t>(at_ - start)};
    return true;
}

template <Quotes quotes>
JsonScalar JsonCursor<quotes>::scalar() {
    JsonScalar out;
    if (failed_) return out;
    skip_blanks();
    if (at_ >= end_) {
        fail(ErrorCode::TruncatedJson);
        return out;
    }
    is_first_ = false;
    if (*at_ == '"') {
        take_string(out);
    } else if (*at_ == '{' || *at_ == '[') {
        out.kind = JsonScalar::Kind::Container;
        skip_container();
    } else if (*at_ == '-' || is_digit(*at_)) {
        take_number(out);
    } else {
        take_literal(out);
    }
    return out;
}

template <Quotes quotes>
std::string_view JsonCursor<quotes>::skip() {
    skip_blanks();
    const char* const start = at_;
    scalar();
    return {start, static_cast<std::size_t>(at_ - start)};
}

template <Quotes quotes>
bool JsonCursor<quotes>::skip_container() {
    if constexpr (quotes == Quotes::Doubled) return skip_container_balanced();
    std::uint64_t kinds = 0;  // bit 0 is the innermost container: 1 for an object
    int depth = 0;
    std::string_view key;
    const auto open = [&](bool is_object) {
        kinds = kinds << 1 | std::uint64_t{is_object};
        is_first_ = true;
        ++at_;
        return ++depth <= kDeepest || fail(ErrorCode::TooDeep);
    };
    if (!open(*at_ == '{')) return false;
    while (depth > 0) {
        if (!((kinds & 1) != 0 ? next_member(key) : next_item())) {
            if (failed_) return false;
            kinds >>= 1;
            --depth;
            continue;
        }
        skip_blanks();
        if (at_ < end_ && (*at_ == '{' || *at_ == '[')) {
            if (!open(*at_ == '{')) return false;
        } else {
            scalar();
        }
    }
    return true;
}

template <Quotes quotes>
bool JsonCursor<quotes>::skip_container_balanced() {
    int depth = 0;
    JsonScalar ignored;
    do {
        at_ = find_structure(at_, end_);
        if (at_ >= end_) return fail(ErrorCode::TruncatedJson);
        if (*at_ == '"') {
            if (!take_string(ignored)) return false;
            continue;
        }
        depth += (*at_ | 0x20) == '{' ? 1 : -1;
        ++at_;
    } while (depth > 0);
    return true;
}

template class JsonCursor<Quotes::Plain>;
template class JsonCursor<Quotes::Doubled>;

}  // namespace tokenlever
