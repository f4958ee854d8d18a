#include "scenario/folded.h"

#include "scenario/amount_text.h"

#include <algorithm>

namespace tokenlever {

void Folded::add(Cause cause, const std::string& name) {
    const auto [entry, is_new] = numbers_.try_emplace(std::move(cause), items_.size());
    if (is_new) items_.emplace_back(&entry->first, std::vector<std::string>());
    if (named_.emplace(entry->second, name).second) items_[entry->second].second.push_back(name);
}

std::vector<ScenarioWarning> Folded::warnings() const {
    std::vector<ScenarioWarning> out;
    for (const auto& [cause, names] : items_) {
        const Around& around = names.size() == 1 ? cause->one : cause->many;
        out.push_back({.code = cause->code,
                       .message = around.before + listed(names) + around.after,
                       .where = cause->where});
    }
    return out;
}

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t kMostNamed = 6;
    const bool is_cut = names.size() > kMostNamed;
    const std::size_t shown = is_cut ? kMostNamed - 1 : names.size();
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) {
        const bool is_last = i + 1 == shown && !is_cut;
        text += (i == 0 ? "" : is_last ? " and " : ", ") + names[i];
    }
    if (is_cut) text += " and " + grouped(std::to_string(names.size() - shown)) + " more";
    return text;
}

}  // namespace tokenlever
