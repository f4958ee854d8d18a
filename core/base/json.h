#pragma once

// Reading JSON without losing a digit: a small tree that keeps each number as the text it was
// written in. Values are read with checks that name the JSON pointer of the fault. For writing, use
// nlohmann::ordered_json directly (see json_write.h).

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

    Json() = default;
    Json(Json&&) = default;
    Json& operator=(Json&&) = default;
    Json(const Json&) = delete;  // a copy's children would look at the original
    Json& operator=(const Json&) = delete;

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
    // Where this value stands in the document: "" or "/levers/0/ttl" (RFC 6901). Put together when
    // asked for; the root may have been moved, but must still be there.
    std::string pointer() const;

    Result<std::string> as_string() const;
    Result<bool> as_boolean() const;
    Result<Decimal> as_decimal() const;     // a number, or a string that holds one
    Result<std::int64_t> as_count() const;  // a whole number >= 0 below 2^63, number or string
    Result<double> as_double() const;
    Result<const std::vector<Json>*> as_array() const;
    Result<const Json*> as_object() const;

private:
    friend class JsonBuilder;
    friend class JsonScanner;
    static constexpr std::uint32_t kNoIndex = UINT32_MAX;
    void adopt();  // tells all that is under a root where it stands

    Kind kind_ = Kind::Null;
    bool boolean_ = false;
    std::uint32_t index_ = kNoIndex;    // in the parent's array
    const std::string* key_ = nullptr;  // in the parent's object
    const Json* parent_ = nullptr;      // null under the root, which may be moved
    double number_ = 0;
    std::string text_;
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
