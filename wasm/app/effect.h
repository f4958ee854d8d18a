#pragma once

// What the app asks of the page (docs/architecture.md, Effects).

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace tokenlever::app {

// {"type":TYPE, ...}: a JSON object whose members are all texts.
std::string effect(
    std::string_view type,
    std::initializer_list<std::pair<std::string_view, std::string_view>> members = {});

}  // namespace tokenlever::app
