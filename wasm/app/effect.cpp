#include "effect.h"

#include "semantics.h"

namespace tokenlever::app {

std::string effect(std::string_view type,
                   std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
    std::string out = "{\"type\":";
    append_json_string(out, type);
    for (const auto& [key, value] : members) {
        out += ',';
        append_json_string(out, key);
        out += ':';
        append_json_string(out, value);
    }
    return out + "}";
}

}  // namespace tokenlever::app
