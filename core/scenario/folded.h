#pragma once

// Findings of one cause as one warning that names all it concerns: "a, b and 3 more are not sold in
// batch". In order of first appearance; a name once.

#include "scenario/evaluate.h"

#include <compare>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tokenlever {

// What stands before and after the names.
struct Around {
    std::string before{}, after{};
    auto operator<=>(const Around&) const = default;
};

struct Cause {
    std::string code{}, where{};
    Around one{}, many{};  // by the number of names
    auto operator<=>(const Cause&) const = default;
};

class Folded {
public:
    void add(Cause cause, const std::string& name);
    std::vector<ScenarioWarning> warnings() const;

private:
    std::map<Cause, std::size_t> numbers_;
    std::vector<std::pair<const Cause*, std::vector<std::string>>> items_;  // by number
    std::set<std::pair<std::size_t, std::string>> named_;
};

// "a", "a and b", "a, b and c"; many names are cut: "a, b, c and 7 more".
std::string listed(const std::vector<std::string>& names);

}  // namespace tokenlever
