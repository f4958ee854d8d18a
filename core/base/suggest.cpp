#include "base/suggest.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

namespace tokenlever {

namespace {

// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), no case.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool is_same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (is_same ? 0 : 1)});
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

constexpr std::size_t kLongestText = 200;  // longer ones are not typing errors

}  // namespace

std::vector<std::string> nearest(std::string_view text,
                                 std::span<const std::string_view> candidates,
                                 std::size_t at_most) {
    std::vector<std::tuple<std::size_t, std::size_t, std::string_view>>
        found;  // distance, index, name
    if (text.size() > kLongestText) return {};
    for (std::size_t index = 0; index < candidates.size(); ++index) {
        const std::string_view candidate = candidates[index];
        const std::size_t longer = std::max(text.size(), candidate.size());
        const std::size_t shorter = std::min(text.size(), candidate.size());
        if (candidate.size() > kLongestText || longer - shorter > longer / 3) continue;
        const std::size_t distance = edit_distance(text, candidate);
        if (distance <= longer / 3) found.emplace_back(distance, index, candidate);
    }
    std::ranges::sort(found);
    std::vector<std::string> names;
    for (const auto& [distance, index, candidate] : found) {
        if (names.size() == at_most) break;
        if (std::ranges::find(names, candidate) == names.end()) names.emplace_back(candidate);
    }
    return names;
}

}  // namespace tokenlever
