#pragma once

// "Did you mean ...?": the candidates nearest to a text by edit distance, best first, only those
// near enough to be useful (distance at most a third of the longer text). For messages; never to
// guess.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever {

std::vector<std::string> nearest(std::string_view text,
                                 std::span<const std::string_view> candidates,
                                 std::size_t at_most = 3);

}  // namespace tokenlever
