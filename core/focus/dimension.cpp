#include "focus/dimension.h"

#include "base/suggest.h"

#include <algorithm>
#include <vector>

namespace tokenlever {

namespace {

constexpr std::string_view kTagPrefix = "tag:";

char folded(char c) {
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c | 0x20);
    return c == '-' || c == ' ' ? '_' : c;
}

}  // namespace

Result<Axis> parse_axis(std::string_view text) {
    if (text.starts_with(kTagPrefix) && text.size() > kTagPrefix.size())
        return Axis{Dimension::Tag, std::string(text.substr(kTagPrefix.size()))};
    std::vector<std::string_view> ids;
    for (std::size_t index = 0; index < index_of(Dimension::Tag); ++index) {
        if (kDimensions[index].id == text) return Axis{static_cast<Dimension>(index), {}};
        ids.push_back(kDimensions[index].id);
    }
    std::string detail(text);
    for (const std::string& id : nearest(text, ids, 1))
        detail += "; did you mean " + id + "?";
    return fail(ErrorCode::InvalidValue, "by", detail);
}

std::string to_id(const Axis& axis) {
    if (axis.dimension == Dimension::Tag) return std::string(kTagPrefix) + axis.tag;
    return std::string(row_of(axis.dimension).id);
}

bool is_same_tag(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, folded, folded);
}

std::optional<Dimension> allocation_dimension(std::string_view tag) {
    using enum Dimension;
    for (Dimension dimension : {Team, Feature, CustomerTier, Environment, Experiment})
        if (is_same_tag(tag, row_of(dimension).id)) return dimension;
    return std::nullopt;
}

}  // namespace tokenlever
