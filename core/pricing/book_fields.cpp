#include "pricing/book_fields.h"

namespace tokenlever {

Result<std::string> required_text(const Json& object, std::string_view key) {
    TL_TRY(value, require(object, key));
    TL_TRY(text, value->as_string());
    if (text.empty()) return fail(ErrorCode::InvalidValue, value->pointer(), "an empty text");
    return std::move(text);
}

Result<std::string> optional_text(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    return value ? value->as_string() : Result<std::string>{};
}

Result<bool> optional_flag(const Json& object, std::string_view key, bool otherwise) {
    const Json* value = object.find(key);
    return value ? value->as_boolean() : Result<bool>(otherwise);
}

Result<std::optional<std::int64_t>> optional_count(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    if (!value) return std::nullopt;
    TL_TRY(count, value->as_count());
    return count;
}

Result<std::optional<Instant>> optional_instant(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    if (!value) return std::nullopt;
    TL_TRY(text, value->as_string());
    Result<Instant> instant = parse_instant(text);
    if (!instant) return fail(ErrorCode::NotAnInstant, value->pointer(), text);
    return *instant;
}

Result<std::vector<std::string>> optional_texts(const Json& object, std::string_view key) {
    std::vector<std::string> texts;
    const Json* value = object.find(key);
    if (!value) return texts;
    if (value->kind() == Json::Kind::String) {
        texts.push_back(value->text());
        return texts;
    }
    TL_TRY(items, value->as_array());
    for (const Json& item : *items) {
        TL_TRY(text, item.as_string());
        texts.push_back(std::move(text));
    }
    return texts;
}

Result<Period> read_period(const Json& object) {
    TL_TRY(from, optional_instant(object, "effective_from"));
    TL_TRY(to, optional_instant(object, "effective_to"));
    if (from && to && *to <= *from)
        return fail(
            ErrorCode::InvalidValue, object.pointer() + "/effective_to",
            "a period that ends before it starts: " + to_iso8601(*from) + " to " + to_iso8601(*to));
    return Period{.from = from, .to = to};
}

Result<Decimal> decimal_text(const Json& value) {
    if (value.kind() != Json::Kind::String)
        return fail(ErrorCode::WrongType, value.pointer(),
                    "a decimal in quotes, not " + value.text());
    Result<Decimal> decimal = Decimal::parse(value.text());
    if (!decimal) return fail(decimal.error().code, value.pointer(), value.text());
    return decimal;
}

}  // namespace tokenlever
