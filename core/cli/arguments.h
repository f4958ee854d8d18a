#pragma once

// The command line as tables: verbs, their options, and the parser that reads arguments by them.

#include "base/result.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tokenlever::cli {

struct Option {
    std::string_view name;   // "--at"
    std::string_view value;  // "INSTANT"; empty: a switch
    std::string_view help;
};

struct Arguments {
    std::vector<std::string> operands;
    std::vector<std::pair<std::string_view, std::string>>
        options;  // by Option::name; a switch holds ""

    bool has(std::string_view name) const;
    // The last value given, or nullopt.
    std::optional<std::string> find(std::string_view name) const;
    std::string get(std::string_view name) const { return find(name).value_or(""); }
};

struct Verb {
    std::string_view name;      // "price"
    std::string_view operands;  // "[FILE]"
    std::string_view summary;
    std::span<const Option> options;   // beside the common ones
    std::size_t fewest = 0, most = 0;  // operands
    int (*run)(const Arguments&) = nullptr;
};

// --json --at --book --help
std::span<const Option> common_options();

// BadUsage for an option the verb does not have (with the nearest one), a missing or unwanted
// value, or too few or many operands. "--" ends the options; "-" is an operand.
Result<Arguments> parse_arguments(const Verb& verb, std::span<char* const> words);

std::string usage_of(const Verb& verb);  // the text of VERB --help
std::string usage_of_all(std::span<const Verb> verbs);

}  // namespace tokenlever::cli
