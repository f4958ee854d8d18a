#include "cli/arguments.h"

#include "base/suggest.h"

#include <algorithm>
#include <array>

namespace tokenlever::cli {

namespace {

constexpr std::array kCommon = {
    Option{"--json", "", "answer as one JSON document; an error is JSON on standard error"},
    Option{"--at", "INSTANT", "the clock, as 2026-11-01T12:00:00Z or 2026-11-01; default: now"},
    Option{"--book", "FILE", "a price book of your own, which wins over the built-in one"},
    Option{"--help", "", "this text"},
};

std::vector<Option> options_of(const Verb& verb) {
    std::vector<Option> options(verb.options.begin(), verb.options.end());
    options.insert(options.end(), kCommon.begin(), kCommon.end());
    return options;
}

std::unexpected<Error> unknown_option(const Verb& verb, std::string_view name,
                                      std::span<const Option> options) {
    std::vector<std::string_view> names;
    for (const Option& option : options)
        names.push_back(option.name);
    std::string detail = excerpt(name);
    const auto near = nearest(name, names, 1);
    if (!near.empty()) detail += "\", did you mean \"" + near.front();
    return fail(ErrorCode::BadUsage, std::string(verb.name), std::move(detail));
}

std::unexpected<Error> bad(const Verb& verb, std::string detail) {
    return fail(ErrorCode::BadUsage, std::string(verb.name), std::move(detail));
}

// One option, which may take the next word as its value.
Result<std::size_t> read_option(const Verb& verb, std::span<const Option> options,
                                std::span<char* const> words, std::size_t at,
                                Arguments& arguments) {
    const std::string_view word = words[at];
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const auto option = std::ranges::find(options, name, &Option::name);
    if (option == options.end()) return unknown_option(verb, name, options);
    const bool has_value = equals != std::string_view::npos;
    if (option->value.empty()) {
        if (has_value) return bad(verb, std::string(name) + " takes no value");
        arguments.options.emplace_back(option->name, "");
        return at + 1;
    }
    // A value that begins with -- is taken for a forgotten one; --name=--value says it is meant.
    const bool is_missing =
        at + 1 == words.size() || std::string_view(words[at + 1]).starts_with("--");
    if (!has_value && is_missing)
        return bad(verb, std::string(name) + " needs a value: " + std::string(option->value));
    arguments.options.emplace_back(
        option->name, has_value ? std::string(word.substr(equals + 1)) : words[at + 1]);
    return at + (has_value ? 1 : 2);
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

std::string describe(std::span<const Option> options) {
    std::string text;
    for (const Option& option : options) {
        std::string name = "  " + std::string(option.name);
        if (!option.value.empty()) name += " " + std::string(option.value);
        text += padded(std::move(name), 22) + "  " + std::string(option.help) + "\n";
    }
    return text;
}

}  // namespace

bool Arguments::has(std::string_view name) const { return find(name).has_value(); }

std::optional<std::string> Arguments::find(std::string_view name) const {
    std::optional<std::string> found;
    for (const auto& [option, value] : options)
        if (option == name) found = value;
    return found;
}

std::span<const Option> common_options() { return kCommon; }

Result<Arguments> parse_arguments(const Verb& verb, std::span<char* const> words) {
    const std::vector<Option> options = options_of(verb);
    Arguments arguments;
    bool is_options = true;
    for (std::size_t at = 0; at < words.size();) {
        const std::string_view word = words[at];
        if (is_options && word == "--") {
            is_options = false;
            ++at;
        } else if (is_options && word.size() > 1 && word.starts_with('-')) {
            TL_TRY(next, read_option(verb, options, words, at, arguments));
            at = next;
        } else {
            arguments.operands.emplace_back(word);
            ++at;
        }
    }
    if (arguments.has("--help")) return arguments;
    if (arguments.operands.size() < verb.fewest)
        return bad(verb, "needs " + std::string(verb.operands));
    if (arguments.operands.size() > verb.most)
        return bad(verb, "one argument too many: " + excerpt(arguments.operands[verb.most]));
    return arguments;
}

std::string usage_of(const Verb& verb) {
    std::string text = "usage: tokenlever " + std::string(verb.name);
    if (!verb.operands.empty()) text += " " + std::string(verb.operands);
    text += " [options]\n\n" + std::string(verb.summary) + "\n\n";
    return text + describe(verb.options) + describe(kCommon);
}

std::string usage_of_all(std::span<const Verb> verbs) {
    std::string text =
        "usage: tokenlever VERB [arguments] [options]\n\n"
        "What AI usage costs, what to change first, and who spends it.\n\n";
    for (const Verb& verb : verbs) {
        const std::string_view summary = verb.summary.substr(0, verb.summary.find('\n'));
        text += padded("  " + std::string(verb.name), 12) + std::string(summary) + "\n";
    }
    text +=
        "\nA FILE of - is standard input. tokenlever VERB --help explains one verb; --version "
        "prints the\n"
        "versions of engine and price book. Exit code 0: answered; 2: bad usage or unreadable "
        "input.\n";
    return text;
}

}  // namespace tokenlever::cli
