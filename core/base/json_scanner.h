#pragma once

// The fast path of Json::parse: one pass over a text that is JSON. What is not, or is written in an
// unusual way, it leaves to the parser in json.cpp, which is slower and knows what to say about it.

#include "base/json.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace tokenlever {

inline constexpr std::size_t kDeepestJson = 64;

class JsonScanner {
public:
    explicit JsonScanner(std::string_view text);
    // False: read it with the other parser. The value is good for nothing then.
    bool read(Json& root);

private:
    void skip_blanks();
    bool take(char wanted);
    bool take_word(std::string_view word);
    bool value(Json& out, std::size_t depth);
    bool object(Json& out, std::size_t depth);
    bool array(Json& out, std::size_t depth);
    bool string(std::string& out);
    bool escape(std::string& out);
    bool number(Json& out);
    bool digits();

    const char* at_;
    const char* end_;
    bool is_utf8_;
};

// The first member whose key stands before it already, as its index.
std::optional<std::size_t> find_duplicate(const std::vector<std::pair<std::string, Json>>& members);

}  // namespace tokenlever
