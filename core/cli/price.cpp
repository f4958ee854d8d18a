#include "api.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

namespace tokenlever::cli {

namespace {

std::string multipliers_of(const Json& line) {
    std::string text;
    const Json* multipliers = line.find("multipliers");
    if (multipliers == nullptr) return text;
    for (const Json& multiplier : multipliers->items()) {
        const std::string name = multiplier.kind() == Json::Kind::String
                                     ? multiplier.text()
                                     : text_of(multiplier, "name");
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

// "$0.0061", or "CNY 0.0061" of a list in another currency.
std::string amount_of(const Json& answer, const Json* amount) {
    std::string text = exact_dollars(amount);
    const std::string currency = text_of(answer, "currency");
    if (currency == "USD" || !text.contains('$')) return text;
    return text.replace(text.find('$'), 1, currency + " ");
}

std::string lines_of(const Json& answer) {
    std::vector<std::vector<std::string>> rows = {
        {"unit", "quantity", "list price", "per", "cost", ""}};
    const Json* lines = answer.find("lines");
    for (const Json& line : lines->items()) {
        rows.push_back({text_of(line, "unit"), grouped(text_of(line, "quantity")),
                        amount_of(answer, line.find("list_unit_price")),
                        grouped(text_of(line, "per")), amount_of(answer, line.find("cost")),
                        multipliers_of(line)});
    }
    rows.push_back({"list cost", "", "", "", amount_of(answer, answer.find("list_cost")), ""});
    return table(rows, {false, true, true, true, true, false});
}

std::string render_one(const Json& answer) {
    if (const Json* error = answer.find("error"))
        return "error: " + text_of(*error, "message") + "\n";
    std::string text;
    if (const Json* card = answer.find("card"))
        text += text_of(*card, "provider") + "/" + text_of(*card, "model") + ", card " +
                text_of(*card, "id") + "\n\n";
    text += lines_of(answer);
    if (const Json* unpriced = answer.find("unpriced")) {
        for (const Json& usage : unpriced->items())
            text += "unpriced: " + grouped(text_of(usage, "quantity")) + " " +
                    text_of(usage, "unit") + " (" + text_of(usage, "reason") + ")\n";
    }
    if (const Json* interval = answer.find("interval"))
        text += "between " + amount_of(answer, interval->find("low")) + " and " +
                amount_of(answer, interval->find("high")) + "\n";
    return text + warnings_of(answer);
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
    return price(book, request, {.now = now});
}

}  // namespace

int run_price(const Arguments& arguments) { return answer(arguments, ask(arguments), render); }

}  // namespace tokenlever::cli
