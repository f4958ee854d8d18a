#include "base/diagnostics.h"

#include <doctest/doctest.h>

#include <set>

using namespace tokenlever;

TEST_CASE("every rejection is counted by code, the first hundred are kept whole") {
    Diagnostics diagnostics;
    for (int row = 1; row <= 250; ++row)
        diagnostics.reject({.row = row,
                            .column = "spend",
                            .offset = 10,
                            .code = ErrorCode::NotANumber,
                            .detail = "x"});
    diagnostics.reject({.row = 251, .code = ErrorCode::TruncatedRow});
    diagnostics.reject({.row = 252, .code = ErrorCode::NotANumber});
    CHECK(diagnostics.rejected() == 252);
    REQUIRE(diagnostics.rejections().size() == kListedRejections);
    CHECK(diagnostics.rejections().back().row == 100);
    using Count = std::pair<ErrorCode, std::int64_t>;
    CHECK(diagnostics.rejected_by_code() ==
          std::vector<Count>{{ErrorCode::NotANumber, 251}, {ErrorCode::TruncatedRow, 1}});
    CHECK(Diagnostics{}.rejected_by_code().empty());
}

TEST_CASE("a warning is kept once and counted") {
    Diagnostics diagnostics;
    diagnostics.warn("rounded_cost", "finer than 36 digits");
    diagnostics.warn("rounded_cost", "another sentence");
    diagnostics.warn("rounded_cost", "finer than 36 digits");
    diagnostics.warn("other", "finer than 36 digits");
    CHECK(diagnostics.warnings() ==
          std::vector<Warning>{{"rounded_cost", "finer than 36 digits", 2},
                               {"rounded_cost", "another sentence", 1},
                               {"other", "finer than 36 digits", 1}});
}

TEST_CASE("a file that provokes a warning of its own per row does not fill the memory") {
    Diagnostics diagnostics;
    for (int row = 0; row < 10'000; ++row)
        diagnostics.warn("odd_row", "row " + std::to_string(row));
    diagnostics.warn("odd_row", "row 7");
    REQUIRE(diagnostics.warnings().size() == kListedWarnings + 1);
    CHECK(diagnostics.warnings()[7].count == 2);
    CHECK(diagnostics.warnings().back().code == "more_warnings");
    CHECK(diagnostics.warnings().back().count == 10'000 - static_cast<int>(kListedWarnings));
}

TEST_CASE("every error has an id of its own and a sentence that says what to do") {
    std::set<std::string_view> ids;
    for (int code = 0; code <= static_cast<int>(ErrorCode::BadUsage); ++code) {
        const auto value = static_cast<ErrorCode>(code);
        CHECK(ids.insert(error_id(value)).second);
        CHECK(error_id(value).find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
              std::string_view::npos);
        CHECK_MESSAGE(error_message(Error{.code = value}).contains("; "), error_id(value));
    }
}

TEST_CASE("user data comes last in a sentence") {
    const Error error{
        .code = ErrorCode::UnknownModel, .where = "/workloads/0/model", .detail = "gpt-99"};
    CHECK(error_message(error).starts_with("/workloads/0/model: "));
    CHECK(error_message(error).ends_with(": \"gpt-99\""));
}

TEST_CASE("an excerpt is short, printable and cut between characters") {
    CHECK(excerpt("1,20") == "1,20");
    CHECK(excerpt("a\nb\tc\x7f") == "a?b?c?");
    CHECK(excerpt("caf\xe9!") == "caf?!");
    std::string accents;
    for (int i = 0; i < 100; ++i)
        accents += "\xc3\xa9";
    CHECK(excerpt("x" + accents) ==
          "x" + accents.substr(0, 78));  // 79 bytes: the next one would be half
    CHECK(excerpt(accents).size() == 80);
}

TEST_CASE("UTF-8 is checked as strictly as the standard asks") {
    constexpr std::size_t kValid = std::string_view::npos;
    CHECK(find_invalid_utf8("") == kValid);
    CHECK(find_invalid_utf8(
              "plain \xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf \xed\x9f\xbf") ==
          kValid);
    for (std::string_view bad :
         {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc3", "\xe2\x82", "\xf0\x9f\x98"})
        CHECK(find_invalid_utf8("ab" + std::string(bad)) == 2);
}
