#include "api.h"
#include "base/json_write.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

namespace tokenlever::cli {

namespace {

std::string rate_of(const Json& model, std::string_view unit) {
    const Json* rates = model.find("rates");
    const Json* rate = rates == nullptr ? nullptr : rates->find(unit);
    return rate == nullptr ? "-" : grouped(rate->text());
}

std::string render(const Json& answer) {
    std::vector<std::vector<std::string>> rows = {
        {"model", "input", "cache read", "write 5m", "output", "currency per 1M", "context"}};
    const Json* models = answer.find("models");
    for (const Json& model : models->items()) {
        const std::string context = text_of(model, "context_window");
        rows.push_back({text_of(model, "provider") + "/" + text_of(model, "model"),
                        rate_of(model, "input_tokens"), rate_of(model, "cache_read_tokens"),
                        rate_of(model, "cache_write_5m_tokens"), rate_of(model, "output_tokens"),
                        text_of(model, "currency"), context.empty() ? "-" : grouped(context)});
    }
    std::string text = table(rows, {false, true, true, true, true, false, true});
    text += "\n" + std::to_string(models->items().size()) + " models\n";
    return text + warnings_of(answer);
}

Result<std::string> ask(const Arguments& arguments) {
    TL_TRY(now, clock_of(arguments));
    TL_TRY(book, book_of(arguments));
    JsonOut request = JsonOut::object();
    if (arguments.has("--provider")) request["provider"] = arguments.get("--provider");
    if (arguments.has("--match")) request["match"] = arguments.get("--match");
    return models(book, dump(request), {.now = now});
}

}  // namespace

int run_models(const Arguments& arguments) { return answer(arguments, ask(arguments), render); }

}  // namespace tokenlever::cli
