#include "api.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

#include <utility>

namespace tokenlever::cli {

namespace {

std::string headline(const Json& answer) {
    const Json* baseline = answer.find("baseline");
    const Json* optimized = answer.find("optimized");
    const Json* saving = answer.find("saving");
    const Json* unit_costs = answer.find("unit_costs");
    const std::vector<std::vector<std::string>> rows = {
        {"", "per month", "per request"},
        {"baseline", dollars(baseline->find("monthly_cost")),
         exact_dollars(unit_costs->find("baseline_per_request"))},
        {"optimized", dollars(optimized->find("monthly_cost")),
         exact_dollars(unit_costs->find("per_request"))},
        {"saving", dollars(saving->find("monthly_cost")), percent(saving->find("share"))},
    };
    return table(rows, {false, true, true});
}

std::string levers_of(const Json& answer) {
    std::vector<std::vector<std::string>> rows = {
        {"lever", "kind", "alone", "waterfall", "fair share", "added last", "effort"}};
    for (const Json& lever : answer.find("levers")->items()) {
        const Json* enabled = lever.find("enabled");
        const std::string off = enabled != nullptr && !enabled->boolean() ? " (off)" : "";
        rows.push_back({text_of(lever, "id") + off, text_of(lever, "kind"),
                        dollars(lever.find("alone")), dollars(lever.find("waterfall")),
                        dollars(lever.find("shapley")), dollars(lever.find("marginal")),
                        text_of(lever, "effort")});
    }
    return rows.size() == 1 ? ""
                            : "\n" + table(rows, {false, false, true, true, true, true, false});
}

std::string names_of(const Json& list, std::string_view separator) {
    std::string text;
    for (const Json& name : list.items())
        text += (text.empty() ? "" : std::string(separator)) + name.text();
    return text;
}

std::string coalitions_of(const Json& answer) {
    const Json* coalitions = answer.find("coalitions");
    if (coalitions == nullptr) return "";
    std::vector<std::vector<std::string>> rows = {{"levers together", "per month"}};
    for (const Json& coalition : coalitions->items()) {
        const std::string names = names_of(*coalition.find("levers"), " + ");
        rows.push_back({names.empty() ? "none" : names, dollars(coalition.find("monthly_cost"))});
    }
    return "\n" + table(rows, {false, true});
}

std::string uncertainty_of(const Json& answer) {
    const Json* uncertainty = answer.find("uncertainty");
    std::vector<std::vector<std::string>> rows = {
        {"uncertain input", "low", "high", "cost at low", "at high"}};
    for (const Json& bar : uncertainty->find("tornado")->items()) {
        rows.push_back({text_of(bar, "input"), grouped(text_of(bar, "low")),
                        grouped(text_of(bar, "high")), dollars(bar.find("low_cost")),
                        dollars(bar.find("high_cost"))});
    }
    std::string text = rows.size() == 1 ? "" : "\n" + table(rows, {false, true, true, true, true});
    if (uncertainty->find("draws") == nullptr) return text;
    text += "\n" + grouped(text_of(*uncertainty, "draws")) + " draws, seed " +
            text_of(*uncertainty, "seed") + "\n";
    rows = {{"mean", "sd", "P5", "P50", "P95"},
            {dollars(uncertainty->find("mean")), dollars(uncertainty->find("sd")),
             dollars(uncertainty->find("p5")), dollars(uncertainty->find("p50")),
             dollars(uncertainty->find("p95"))}};
    return text + table(rows, {true, true, true, true, true});
}

std::string render(const Json& answer) {
    std::string text = text_of(answer, "name");
    if (!text.empty()) text += "\n\n";
    text += headline(answer) + levers_of(answer);
    const std::string order = names_of(*answer.find("recommended_order"), ", ");
    if (!order.empty()) text += "\ndo first: " + order + "\n";
    return text + coalitions_of(answer) + uncertainty_of(answer) + warnings_of(answer);
}

Result<std::int64_t> count_of(const Arguments& arguments, std::string_view name,
                              std::int64_t fallback) {
    const auto text = arguments.find(name);
    if (!text) return fallback;
    Result<Decimal> value = Decimal::parse(*text);
    if (!value || value->is_negative() || !value->is_integer())
        return fail(ErrorCode::NotAWholeNumber, std::string(name), excerpt(*text));
    const auto count = value->to_scaled_int128(0);
    if (!count || *count > INT64_MAX)
        return fail(ErrorCode::NumberTooLarge, std::string(name), excerpt(*text));
    return static_cast<std::int64_t>(*count);
}

Result<std::string> ask(const Arguments& arguments) {
    EvaluateRequest request{.with_coalitions = arguments.has("--coalitions")};
    TL_TRY(now, clock_of(arguments));
    TL_TRY(draws, count_of(arguments, "--draws", 0));
    TL_TRY(seed, count_of(arguments, "--seed", 1));
    request.now = now;
    request.draws = draws;
    request.seed = static_cast<std::uint64_t>(seed);
    TL_TRY(book, book_of(arguments));
    TL_TRY(scenario, read_file(arguments.operands.front()));
    return evaluate(book, scenario, request);
}

}  // namespace

int run_evaluate(const Arguments& arguments) { return answer(arguments, ask(arguments), render); }

}  // namespace tokenlever::cli
