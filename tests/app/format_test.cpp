#include "format.h"

#include "../shared.h"
#include "scenario_edit.h"
#include "theme.h"

#include <doctest/doctest.h>

#include <cmath>

namespace tokenlever::tests {
namespace {

namespace format = app::format;

Decimal decimal(std::string_view text) {
    const auto value = Decimal::parse(text);
    REQUIRE(value.has_value());
    return *value;
}

double luminance(const std::string& css) {
    double parts[3];
    for (std::size_t i = 0; i < 3; ++i) {
        const double value = std::stoi(css.substr(1 + 2 * i, 2), nullptr, 16) / 255.0;
        parts[i] = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
}

double contrast(app::Color a, app::Color b, bool is_dark) {
    const double first = luminance(app::css(a, is_dark));
    const double second = luminance(app::css(b, is_dark));
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

}  // namespace

TEST_CASE("money is rounded half away from zero, on the exact digits") {
    struct Case {
        const char* amount;
        const char* text;
    };
    for (const Case& row :
         {Case{"0", "$0.00"}, Case{"30000", "$30,000"}, Case{"8146.5575", "$8,147"},
          Case{"1000.5", "$1,001"}, Case{"-1000.5", "\u2212$1,001"}, Case{"999.995", "$1,000.00"},
          Case{"2.005", "$2.01"}, Case{"0.0081465575", "$0.0081"}, Case{"0.03", "$0.0300"},
          Case{"0.00005", "$0.000050"}, Case{"0.0000045", "$0.0000045"}, Case{"1", "$1.00"},
          Case{"123456789.5", "$123,456,790"}, Case{"0.99999", "$1.0000"}})
        CHECK_MESSAGE(format::money(decimal(row.amount)) == row.text, row.amount);
    CHECK(format::money_fixed(decimal("-0.004"), 2) == "$0.00");
    CHECK(format::change(*Money::parse("880.65")) == "\u2212$881");
    CHECK(format::change(*Money::parse("-5.5")) == "+$5.50");
    CHECK(format::change(Money{}) == "$0.00");
    CHECK(format::money_exact(decimal("28260.4425")) == "$28,260.4425");
}

TEST_CASE("counts, shares and sizes") {
    CHECK(format::count(1'000'000) == "1,000,000");
    CHECK(format::count(decimal("1234.5")) == "1,234.5");
    CHECK(format::compact(decimal("8000000000")) == "8.0\u00a0B");
    CHECK(format::compact(decimal("999")) == "999");
    CHECK(format::compact(decimal("118000000")) == "118\u00a0M");
    CHECK(format::percent(decimal("0.7284480833"), 1) == "72.8\u00a0%");
    CHECK(format::percent_as_typed(decimal("0.905")) == "90.5\u00a0%");
    CHECK(format::bytes(378'000'000) == "378\u00a0MB");
    CHECK(format::bytes(0) == "0\u00a0B");
    CHECK(format::plural(1, "row", "rows") == "1 row");
    CHECK(format::day("2026-10-09") == "Oct\u00a09");
    CHECK(format::day("garbage") == "garbage");
    CHECK(format::month_year("2026-10") == "October 2026");
    CHECK(format::money_axis(30000) == "$30k");
    CHECK(format::money_axis(0.25) == "$0.25");
}

TEST_CASE("what is typed is read exactly or refused") {
    CHECK(*format::parse_number("1,234.5") == decimal("1234.5"));
    CHECK(*format::parse_number("90 %", true) == decimal("0.9"));
    CHECK(*format::parse_number("1 000 000") == Decimal(1'000'000));
    CHECK(*format::parse_number("-1_000") == Decimal(-1000));
    CHECK(*format::parse_number("$12,000.25k") == decimal("12000250"));
    CHECK(*format::parse_number("90", true) == decimal("0.9"));
    CHECK(*format::parse_number("0.9", true) == decimal("0.9"));
    CHECK(*format::parse_number("1.5 M") == Decimal(1'500'000));
    for (const char* bad : {"",          " ",       "k",       "1k5",   "5%5",    "--1",     "0x10",
                            "1e",        "one",     "1,5",     "12,34", "1,2345", "1,234,5", ",123",
                            "1,234 567", "1.000,5", "1.5,000", "50%",   "$",      "1,-23"})
        CHECK_MESSAGE(!format::parse_number(bad).has_value(), std::string(bad));
}

TEST_CASE("the landing page's scenario is the reference scenario") {
    const auto text = read_file(TOKENLEVER_SOURCE_DIR "/tests/golden/reference.scenario.json");
    REQUIRE(text.has_value());
    auto reference = read_scenario(*text);
    REQUIRE(reference.has_value());
    Scenario example = app::example_scenario(reference->at);
    example.name = reference->name;
    for (std::size_t i = 0; i < example.workloads.size(); ++i) {
        example.workloads[i].tags = reference->workloads[i].tags;
        example.workloads[i].name = reference->workloads[i].name;
    }
    example.uncertainty = reference->uncertainty;
    CHECK(example == *reference);
}

TEST_CASE("text can be read on what it stands on: WCAG AA in both themes") {
    using enum app::Color;
    for (const bool is_dark : {false, true}) {
        for (const app::Color text : {Text, Text2, Text3, Accent, Up, Warn})
            CHECK_MESSAGE(contrast(text, Surface, is_dark) >= 4.5, app::css(text, is_dark));
        CHECK(contrast(Accent, AccentSoft, is_dark) >= 4.5);
        CHECK(contrast(Warn, WarnSoft, is_dark) >= 4.5);
        CHECK(contrast(Up, UpSoft, is_dark) >= 4.5);
        CHECK(contrast(Text, WarnSoft, is_dark) >= 4.5);
        CHECK(contrast(OnAccent, Accent, is_dark) >= 4.5);
        CHECK(contrast(Text2, Surface2, is_dark) >= 4.5);
        CHECK(contrast(Text, AccentSoft, is_dark) >= 4.5);
    }
}

}  // namespace tokenlever::tests
