#pragma once

// Reading JSON without losing a digit: nlohmann's SAX parser fills this small tree, which keeps
// each number as the text it was written in. Values are read with checks that name the JSON pointer
// of the fault. For writing, use nlohmann::ordered_json directly (see json_write.h).

#include "base/decimal.h"
#include "base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tokenlever {

class Json {
public:
    enum class Kind : std::uint8_t { Null, Boolean, Number, String, Array, Object };

    // The whole text must be one JSON value; duplicate keys, depth beyond 64 and bytes after the
    // value are errors. Error.offset is the byte; a text that ends too early is TruncatedJson.
    static Result<Json> parse(std::string_view text);

    Kind kind() const { return kind_; }
    bool is_null() const { return kind_ == Kind::Null; }

    // Members and items, empty for other kinds. Members keep the order of the text.
    const std::vector<std::pair<std::string, Json>>& members() const { return members_; }
    const std::vector<Json>& items() const { return items_; }
    // The member, or nullptr if it is absent or null (a null key is an absent key).
    const Json* find(std::string_view key) const;

    // The text of a string or the literal of a number as it was written.
    const std::string& text() const { return text_; }
    bool boolean() const { return boolean_; }
    // Where this value stands in the document: "" or "/levers/0/ttl" (RFC 6901).
    const std::string& pointer() const { return pointer_; }

    Result<std::string> as_string() const;
    Result<bool> as_boolean() const;
    Result<Decimal> as_decimal() const;     // a number, or a string that holds one
    Result<std::int64_t> as_count() const;  // a whole number >= 0 below 2^63, number or string
    Result<double> as_double() const;
    Result<const std::vector<Json>*> as_array() const;
    Result<const Json*> as_object() const;

private:
    friend class JsonBuilder;
    Kind kind_ = Kind::Null;
    bool boolean_ = false;
    double number_ = 0;
    std::string text_;
    std::string pointer_;
    std::vector<std::pair<std::string, Json>> members_;
    std::vector<Json> items_;
};

// Every member whose key is not in `known`: stored documents fail on them, requests warn.
std::vector<const Json*> unknown_members(const Json& object,
                                         std::initializer_list<std::string_view> known);

// UnknownKey for the first such member, with a suggestion of the nearest known key in the detail.
Result<void> reject_unknown_members(const Json& object,
                                    std::initializer_list<std::string_view> known);

// Shared by the readers: required and optional members with one line each.
Result<const Json*> require(const Json& object, std::string_view key);

}  // namespace tokenlever
