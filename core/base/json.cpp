#include "base/json.h"

#include "base/json_scanner.h"
#include "base/suggest.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <iterator>

namespace tokenlever {

namespace {

constexpr int kNumberOverflow = 406;  // nlohmann's id of "number overflow", a literal like 1e999

// Hands the text to the parser byte by byte and lets the callbacks know how far it has read.
struct Cursor {
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    const char* at = nullptr;
    const char** furthest = nullptr;

    reference operator*() const { return *at; }
    Cursor& operator++() {
        ++at;
        *furthest = at;
        return *this;
    }
    bool operator==(const Cursor& other) const { return at == other.at; }
};

std::string child_pointer(const std::string& parent, std::string_view key) {
    std::string pointer = parent + '/';
    for (char c : key) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer.push_back(c);
    }
    return pointer;
}

// Length of the well-formed token that ends the text. nlohmann's own record of the last token is
// right for strings and numbers only.
std::size_t token_length(std::string_view text, std::string_view recorded) {
    for (std::string_view literal : {"true", "false", "null"})
        if (text.ends_with(literal)) return literal.size();
    const bool is_structural = !text.empty() && std::string_view("[]{}:,").contains(text.back());
    return is_structural ? 1 : recorded.size();
}

template <typename Number>
std::string integer_text(Number value) {
    std::array<char, 24> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

}  // namespace

// The SAX handler of texts that JsonScanner leaves: a stack of open arrays and objects, each an
// element of its parent's vector. A parent's vector grows only after its last child has been
// closed, so the pointers stay good.
class JsonBuilder {
public:
    explicit JsonBuilder(std::string_view text)
        : text_(text), furthest_(std::to_address(text.begin())) {}

    Cursor begin() { return {.at = text_.data(), .furthest = &furthest_}; }
    Cursor end() { return {.at = text_.data() + text_.size(), .furthest = &furthest_}; }
    Json& root() { return root_; }
    Error& error() { return error_; }

    bool null() { return add(Json::Kind::Null) != nullptr; }
    bool boolean(bool value) {
        add(Json::Kind::Boolean)->boolean_ = value;
        return true;
    }
    bool number_integer(std::int64_t value) {
        return number(integer_text(value), static_cast<double>(value));
    }
    bool number_unsigned(std::uint64_t value) {
        return number(integer_text(value), static_cast<double>(value));
    }
    bool number_float(double value, const std::string& literal) { return number(literal, value); }
    bool string(std::string& value) {
        add(Json::Kind::String)->text_ = std::move(value);
        return true;
    }
    bool binary(nlohmann::json::binary_t&) { return false; }  // not in JSON text

    bool start_object(std::size_t) { return open(Json::Kind::Object); }
    bool start_array(std::size_t) { return open(Json::Kind::Array); }
    bool key(std::string& name) {
        Open& object = open_.back();
        object.key_offsets.push_back(key_offset());
        object.value->members_.emplace_back(std::move(name), Json{});
        return true;
    }
    bool end_object() {
        const Open& object = open_.back();
        const auto& members = object.value->members_;
        if (const auto duplicate = find_duplicate(members)) {
            error_ = {.code = ErrorCode::DuplicateKey,
                      .where = where(),
                      .offset = object.key_offsets[*duplicate],
                      .detail = excerpt(members[*duplicate].first)};
            return false;
        }
        open_.pop_back();
        return true;
    }
    bool end_array() {
        open_.pop_back();
        return true;
    }

    template <typename Exception>
    bool parse_error(std::size_t position, const std::string& last_token,
                     const Exception& problem) {
        const std::size_t bad_utf8 = find_invalid_utf8(text_.substr(0, position));
        if (position > text_.size()) {
            error_ = {.code = ErrorCode::TruncatedJson, .offset = text_.size()};
        } else if (bad_utf8 != std::string_view::npos) {
            error_ = {.code = ErrorCode::InvalidUtf8, .offset = bad_utf8};
        } else {
            // The lexer stops on the bad byte; a well-formed token in a wrong place has its end
            // here.
            const bool is_bad_byte = std::strstr(problem.what(), "; last read: ") != nullptr;
            const std::size_t length =
                is_bad_byte ? 1 : token_length(text_.substr(0, position), last_token);
            error_.code = problem.id == kNumberOverflow ? ErrorCode::NumberTooLarge
                                                        : ErrorCode::MalformedJson;
            const std::size_t start = position - std::min(length, position);
            error_.offset = start;
            error_.detail = excerpt(text_.substr(start, 24));
        }
        error_.where = where();
        return false;
    }

private:
    struct Open {
        Json* value = nullptr;
        std::vector<std::size_t> key_offsets;
    };

    Json* add(Json::Kind kind) {
        Json* value = &root_;
        if (!open_.empty()) {
            Json& parent = *open_.back().value;
            if (parent.kind_ == Json::Kind::Array) {
                value = &parent.items_.emplace_back();
            } else {
                value = &parent.members_.back().second;
            }
        }
        value->kind_ = kind;
        return value;
    }

    bool number(std::string literal, double value) {
        Json* number = add(Json::Kind::Number);
        number->text_ = std::move(literal);
        number->number_ = value;
        return true;
    }

    bool open(Json::Kind kind) {
        if (open_.size() == kDeepestJson) {
            error_ = {.code = ErrorCode::TooDeep, .offset = read_bytes() - 1};
            return false;
        }
        open_.push_back({.value = add(kind), .key_offsets = {}});
        return true;
    }

    // The innermost open value.
    std::string where() const {
        std::string pointer;
        for (std::size_t level = 0; level + 1 < open_.size(); ++level) {
            const Json& value = *open_[level].value;
            pointer = value.kind_ == Json::Kind::Array
                          ? child_pointer(pointer, integer_text(value.items_.size() - 1))
                          : child_pointer(pointer, value.members_.back().first);
        }
        return pointer;
    }

    std::size_t read_bytes() const { return static_cast<std::size_t>(furthest_ - text_.data()); }

    // Where the key that was just read begins: inside a string every quote follows a backslash.
    std::size_t key_offset() const {
        std::size_t at = read_bytes() - 1;
        do {
            at = text_.rfind('"', at - 1);
        } while (at > 0 && text_[at - 1] == '\\');
        return at;
    }

    std::string_view text_;
    const char* furthest_;
    Json root_;
    Error error_;
    std::vector<Open> open_;
};

Result<Json> Json::parse(std::string_view text) {
    Json root;
    if (!JsonScanner(text).read(root)) {
        JsonBuilder builder(text);
        const bool is_read = nlohmann::json::sax_parse(builder.begin(), builder.end(), &builder);
        if (!is_read) return std::unexpected(std::move(builder.error()));
        root = std::move(builder.root());
    }
    root.adopt();
    return root;
}

void Json::adopt() {
    const Json* self = key_ == nullptr && index_ == kNoIndex ? nullptr : this;
    for (auto& [name, value] : members_) {
        value.key_ = &name;
        value.parent_ = self;
        value.adopt();
    }
    for (std::size_t i = 0; i < items_.size(); ++i) {
        items_[i].index_ = static_cast<std::uint32_t>(i);
        items_[i].parent_ = self;
        items_[i].adopt();
    }
}

std::string Json::pointer() const {
    const std::string parent = parent_ != nullptr ? parent_->pointer() : std::string();
    if (key_ != nullptr) return child_pointer(parent, *key_);
    return index_ == kNoIndex ? parent : child_pointer(parent, integer_text(index_));
}

const Json* Json::find(std::string_view key) const {
    for (const auto& [name, value] : members_)
        if (name == key) return value.is_null() ? nullptr : &value;
    return nullptr;
}

namespace {

std::string_view kind_name(Json::Kind kind) {
    switch (kind) {
        case Json::Kind::Null: return "null";
        case Json::Kind::Boolean: return "true or false";
        case Json::Kind::Number: return "a number";
        case Json::Kind::String: return "a string";
        case Json::Kind::Array: return "an array";
        case Json::Kind::Object: return "an object";
    }
    return "";
}

std::unexpected<Error> wrong_type(const Json& value, std::string_view wanted) {
    std::string detail = "wanted ";
    detail.append(wanted).append(", found ").append(kind_name(value.kind()));
    return fail(ErrorCode::WrongType, value.pointer(), std::move(detail));
}

bool is_numeric(const Json& value) {
    return value.kind() == Json::Kind::Number || value.kind() == Json::Kind::String;
}

template <typename T>
Result<T> at_pointer(Result<T> result, const Json& value) {
    if (!result) result.error().where = value.pointer();
    return result;
}

}  // namespace

Result<std::string> Json::as_string() const {
    if (kind_ != Kind::String) return wrong_type(*this, "a string");
    return text_;
}

Result<bool> Json::as_boolean() const {
    if (kind_ != Kind::Boolean) return wrong_type(*this, "true or false");
    return boolean_;
}

Result<Decimal> Json::as_decimal() const {
    if (!is_numeric(*this)) return wrong_type(*this, "a number");
    return at_pointer(Decimal::parse(text_), *this);
}

Result<std::int64_t> Json::as_count() const {
    TL_TRY(value, as_decimal());
    if (value.is_negative() || !value.is_integer())
        return fail(ErrorCode::NotAWholeNumber, pointer(), excerpt(text_));
    TL_TRY(count, at_pointer(value.to_scaled_int128(0), *this));
    if (count > INT64_MAX) return fail(ErrorCode::NumberTooLarge, pointer(), excerpt(text_));
    return static_cast<std::int64_t>(count);
}

Result<double> Json::as_double() const {
    if (kind_ == Kind::Number) return number_;
    TL_TRY(value, as_decimal());
    return value.to_double();
}

Result<const std::vector<Json>*> Json::as_array() const {
    if (kind_ != Kind::Array) return wrong_type(*this, "an array");
    return &items_;
}

Result<const Json*> Json::as_object() const {
    if (kind_ != Kind::Object) return wrong_type(*this, "an object");
    return this;
}

std::vector<const Json*> unknown_members(const Json& object,
                                         std::initializer_list<std::string_view> known) {
    std::vector<const Json*> unknown;
    for (const auto& [key, value] : object.members())
        if (std::ranges::find(known, key) == known.end()) unknown.push_back(&value);
    return unknown;
}

Result<void> reject_unknown_members(const Json& object,
                                    std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : object.members()) {
        if (std::ranges::find(known, key) != known.end()) continue;
        std::string detail = excerpt(key);
        const auto near = nearest(key, {known.begin(), known.size()}, 1);
        if (!near.empty()) detail += "\", did you mean \"" + near.front();
        return fail(ErrorCode::UnknownKey, value.pointer(), std::move(detail));
    }
    return {};
}

Result<const Json*> require(const Json& object, std::string_view key) {
    TL_TRY(checked, object.as_object());
    if (const Json* value = checked->find(key)) return value;
    return fail(ErrorCode::MissingKey, object.pointer(), std::string(key));
}

}  // namespace tokenlever
