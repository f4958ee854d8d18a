#include "scenario/read_fields.h"

#include <utility>

namespace tokenlever {

Result<const Json*> read_object(const Json& value, std::initializer_list<std::string_view> known,
                                std::initializer_list<std::string_view> not_evaluated) {
    TL_TRY(object, value.as_object());
    if (auto checked = reject_unknown_members(*object, known); !checked)
        return std::unexpected(std::move(checked.error()));
    for (const std::string_view key : not_evaluated) {
        if (const Json* member = object->find(key))
            return fail(ErrorCode::NotEvaluated, member->pointer(), std::string(key));
    }
    return object;
}

Result<std::string> read_text(const Json& object, std::string_view key, std::string fallback) {
    const Json* value = object.find(key);
    if (value == nullptr) return fallback;
    return value->as_string();
}

Result<std::string> require_text(const Json& object, std::string_view key) {
    TL_TRY(value, require(object, key));
    TL_TRY(text, value->as_string());
    if (text.empty()) return fail(ErrorCode::InvalidValue, value->pointer(), "an empty text");
    return std::move(text);
}

Result<bool> read_flag(const Json& object, std::string_view key, bool fallback) {
    const Json* value = object.find(key);
    if (value == nullptr) return fallback;
    return value->as_boolean();
}

Result<Decimal> read_in_range(const Json& value, InputRange range) {
    TL_TRY(number, value.as_decimal());
    if (is_within(number, range)) return number;
    const std::string allowed = range == InputRange::Share ? "0 to 1" : "0 to 10^15";
    return fail(ErrorCode::OutOfRange, value.pointer(),
                excerpt(value.text()) + "; allowed is " + allowed);
}

Result<Decimal> read_number(const Json& object, std::string_view key, InputRange range) {
    const Json* value = object.find(key);
    if (value == nullptr) return Decimal();
    return read_in_range(*value, range);
}

Result<Decimal> require_number(const Json& object, std::string_view key, InputRange range) {
    TL_TRY(value, require(object, key));
    return read_in_range(*value, range);
}

Result<const std::vector<Json>*> read_items(const Json& object, std::string_view key) {
    static const std::vector<Json> kNone;
    const Json* value = object.find(key);
    if (value == nullptr) return &kNone;
    return value->as_array();
}

}  // namespace tokenlever
