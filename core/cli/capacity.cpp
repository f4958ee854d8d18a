#include "api.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

#include <array>

namespace tokenlever::cli {

namespace {

struct Row {
    std::string_view key, label;
    bool is_money = false;
};

constexpr std::array kRows = {
    Row{"units", "units to buy"},
    Row{"required_units", "units needed"},
    Row{"minimum", "minimum"},
    Row{"step", "step"},
    Row{"monthly_cost", "provisioned", true},
    Row{"pay_as_you_go_cost", "pay as you go", true},
};

std::string render_one(const Json& answer) {
    if (const Json* error = answer.find("error"))
        return "error: " + text_of(*error, "message") + "\n";
    std::vector<std::vector<std::string>> rows;
    for (const Row& row : kRows)
        rows.push_back({std::string(row.label), row.is_money ? dollars(answer.find(row.key))
                                                             : grouped(text_of(answer, row.key))});
    rows.push_back({"utilization", percent(answer.find("utilization"))});
    if (const Json* share = answer.find("break_even_utilization"))
        rows.push_back({"pays above a utilization of", percent(share)});
    return table(rows, {false, true}) + warnings_of(answer);
}

std::string render(const Json& answer) {
    if (answer.kind() != Json::Kind::Array) return render_one(answer);
    std::string text;
    for (const Json& item : answer.items())
        text += (text.empty() ? "" : "\n") + render_one(item);
    return text;
}

Result<std::string> ask(const Arguments& arguments) {
    TL_TRY(now, clock_of(arguments));
    TL_TRY(book, book_of(arguments));
    TL_TRY(request, read_file(arguments.operands.empty() ? "-" : arguments.operands.front()));
    return capacity(book, request, {.now = now});
}

}  // namespace

int run_capacity(const Arguments& arguments) { return answer(arguments, ask(arguments), render); }

}  // namespace tokenlever::cli
