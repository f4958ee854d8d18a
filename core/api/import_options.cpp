#include "api/import_session.h"
#include "base/json.h"
#include "base/suggest.h"
#include "cube/cube.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tokenlever {

namespace {

constexpr std::array<std::string_view, 3> kBuckets = {"hour", "day", "month"};
constexpr std::array<std::string_view, 7> kCosts = {"billed",    "effective", "contracted", "list",
                                                    "estimated", "notional",  "amortized"};

Result<void> add_axis(std::string_view text, ImportOptions& out) {
    TL_TRY(axis, parse_axis(text));
    if (std::ranges::find(out.by, axis) != out.by.end()) return {};
    if (out.by.size() == kMaxAxes)
        return fail(ErrorCode::OutOfRange, "by", "more than 16 dimensions");
    const auto is_tag = [](const Axis& other) { return other.dimension == Dimension::Tag; };
    if (is_tag(axis) && std::ranges::count_if(out.by, is_tag) == kMaxTags)
        return fail(ErrorCode::OutOfRange, "by", "more than 8 tags");
    out.by.push_back(std::move(axis));
    return {};
}

// "UTC", "Z", "+05:30", "-08": minutes east of UTC.
Result<int> parse_zone(std::string_view text) {
    if (text.empty() || text == "UTC" || text == "Z") return 0;
    // An instant's own reader knows the fixed offsets: local midnight is that much before UTC's.
    const std::string example = "2000-01-02T00:00:00" + std::string(text);
    const auto instant =
        text[0] == '+' || text[0] == '-' ? parse_instant(example) : fail(ErrorCode::InvalidValue);
    if (!instant)
        return fail(ErrorCode::InvalidValue, "tz",
                    std::string(text) + "; give a fixed offset, such as +02:00 or -08:00");
    TL_TRY(midnight, parse_instant("2000-01-02T00:00:00Z"));
    return static_cast<int>((midnight.micros - instant->micros) / (60 * kMicrosPerSecond));
}

Result<void> check_name(std::string_view value, std::string_view key,
                        std::span<const std::string_view> names) {
    if (value.empty() || std::ranges::find(names, value) != names.end()) return {};
    std::string detail(value);
    for (const std::string& name : nearest(value, names, 1))
        detail += "; did you mean " + name + "?";
    return fail(ErrorCode::InvalidValue, std::string(key), detail);
}

Result<std::string> optional_text(const Json& object, std::string_view key) {
    const Json* member = object.find(key);
    if (member == nullptr) return std::string();
    return member->as_string();
}

Result<ImportOptions> build(std::span<const std::string> by, const std::string& bucket,
                            const std::string& format, const std::string& tz,
                            const std::string& cost) {
    ImportOptions out;
    for (const std::string& dimension : by)
        if (const Result<void> added = add_axis(dimension, out); !added)
            return std::unexpected(added.error());
    if (const Result<void> known = check_name(bucket, "bucket", kBuckets); !known)
        return std::unexpected(known.error());
    if (const Result<void> known = check_name(cost, "cost", kCosts); !known)
        return std::unexpected(known.error());
    if (!bucket.empty())
        if (const Result<void> added = add_axis(bucket, out); !added)
            return std::unexpected(added.error());
    TL_TRY(offset, parse_zone(tz));
    out.offset_minutes = offset;
    out.format = format;
    out.cost = cost;
    return out;
}

}  // namespace

Result<ImportOptions> make_import_options(std::string_view by, std::string_view bucket,
                                          std::string_view format, std::string_view tz,
                                          std::string_view cost) {
    std::vector<std::string> dimensions;
    while (!by.empty()) {
        const std::size_t comma = std::min(by.find(','), by.size());
        if (comma > 0) dimensions.emplace_back(by.substr(0, comma));
        by.remove_prefix(std::min(comma + 1, by.size()));
    }
    return build(dimensions, std::string(bucket), std::string(format), std::string(tz),
                 std::string(cost));
}

Result<ImportOptions> parse_import_options(std::string_view json) {
    TL_TRY(document, Json::parse(json));
    TL_TRY(object, document.as_object());
    if (const Result<void> known =
            reject_unknown_members(*object, {"by", "bucket", "format", "tz", "cost"});
        !known)
        return std::unexpected(known.error());
    std::vector<std::string> by;
    if (const Json* list = object->find("by")) {
        TL_TRY(items, list->as_array());
        for (const Json& item : *items) {
            TL_TRY(dimension, item.as_string());
            by.push_back(std::move(dimension));
        }
    }
    TL_TRY(bucket, optional_text(*object, "bucket"));
    TL_TRY(format, optional_text(*object, "format"));
    TL_TRY(tz, optional_text(*object, "tz"));
    TL_TRY(cost, optional_text(*object, "cost"));
    return build(by, bucket, format, tz, cost);
}

}  // namespace tokenlever
