// tokenlever: the engine's verbs on the command line. The only place in core that knows files,
// arguments, standard streams and the clock.

#include "api.h"
#include "base/suggest.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever::cli {

namespace {

// --json may stand anywhere, also after what could not be understood.
Arguments only_json(std::span<char* const> words) {
    Arguments arguments;
    if (std::ranges::find(words, std::string_view("--json")) != words.end())
        arguments.options.emplace_back("--json", "");
    return arguments;
}

int print_version(std::span<char* const> words) {
    const Result<PriceBook> book = book_of({});
    if (!book) return report(only_json(words), book.error());
    print("tokenlever " + std::string(engine_version()) + "\nprice book " + book->version() + ", " +
          book->date() + "\n");
    return kAnswered;
}

int refuse_verb(std::string_view name, std::span<char* const> words) {
    std::vector<std::string_view> names;
    for (const Verb& verb : verbs())
        names.push_back(verb.name);
    std::string detail = excerpt(name);
    const auto near = nearest(name, names, 1);
    if (!near.empty()) detail += "\", did you mean \"" + near.front();
    return report(only_json(words), {.code = ErrorCode::BadUsage, .detail = detail});
}

int run(std::span<char* const> words) {
    if (words.empty()) {
        print(usage_of_all(verbs()));
        return kBadInput;
    }
    const std::string_view name = words.front();
    if (name == "--version") return print_version(words);
    if (name == "--help" || name == "help") {
        print(usage_of_all(verbs()));
        return kAnswered;
    }
    const auto verb = std::ranges::find(verbs(), name, &Verb::name);
    if (verb == verbs().end()) return refuse_verb(name, words);
    const Result<Arguments> arguments = parse_arguments(*verb, words.subspan(1));
    if (!arguments) return report(only_json(words), arguments.error());
    if (arguments->has("--help")) {
        print(usage_of(*verb));
        return kAnswered;
    }
    return verb->run(*arguments);
}

}  // namespace

}  // namespace tokenlever::cli

int main(int count, char** words) {
    const std::span<char* const> all(words, static_cast<std::size_t>(count));
    return tokenlever::cli::run(all.empty() ? all : all.subspan(1));
}
