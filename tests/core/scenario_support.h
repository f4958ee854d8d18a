#pragma once

// What the tests of scenarios share: the built-in price book and the reference document.

#include "pricing/embedded_book.h"
#include "scenario/evaluate.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tokenlever {

inline std::string read_source_file(const std::string& path) {
    std::ifstream file(std::string(TOKENLEVER_SOURCE_DIR) + "/" + path, std::ios::binary);
    REQUIRE(file.is_open());
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline const PriceBook& test_book() {
    static const Result<PriceBook> book = PriceBook::read(embedded_book_documents());
    if (!book) FAIL(error_message(book.error()));
    return *book;
}

inline Scenario scenario_of(std::string_view json) {
    Result<Scenario> scenario = read_scenario(json);
    if (!scenario) FAIL(error_message(scenario.error()));
    return std::move(*scenario);
}

inline Scenario reference_scenario() {
    return scenario_of(read_source_file("tests/golden/reference.scenario.json"));
}

inline Evaluation evaluation_of(const Scenario& scenario, const PriceBook& book = test_book()) {
    Result<Evaluation> evaluation = evaluate(scenario, book);
    if (!evaluation) FAIL(error_message(evaluation.error()));
    return std::move(*evaluation);
}

inline Evaluation evaluate_reference() { return evaluation_of(reference_scenario()); }

inline std::string text(const std::optional<Money>& amount) {
    return amount ? amount->to_string() : "unknown";
}

inline Decimal decimal(std::string_view digits) {
    Result<Decimal> value = Decimal::parse(digits);
    REQUIRE(value);
    return *value;
}

inline std::vector<std::string> waterfall_of(const Scenario& scenario) {
    std::vector<std::string> steps;
    for (const LeverResult& lever : evaluation_of(scenario).levers)
        steps.push_back(text(lever.waterfall));
    return steps;
}

inline bool has_warning(const Evaluation& evaluation, std::string_view code) {
    return std::ranges::find(evaluation.warnings, code, &ScenarioWarning::code) !=
           evaluation.warnings.end();
}

}  // namespace tokenlever
