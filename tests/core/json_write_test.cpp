#include "base/json_write.h"

#include "base/json.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace tokenlever;

TEST_CASE("counts are integers as far as JavaScript counts, then strings") {
    CHECK(dump(json_count(std::int64_t{0})) == "0");
    CHECK(dump(json_count(std::int64_t{9'007'199'254'740'992})) == "9007199254740992");
    CHECK(dump(json_count(std::int64_t{9'007'199'254'740'993})) == "\"9007199254740993\"");
    CHECK(dump(json_count(std::int64_t{-9'007'199'254'740'993})) == "\"-9007199254740993\"");
    CHECK(dump(json_count(static_cast<int128>(std::numeric_limits<std::int64_t>::max()) * 10)) ==
          "\"92233720368547758070\"");
}

TEST_CASE("amounts are decimal strings with every digit and no exponent") {
    CHECK(dump(json_amount(Money::parse("0.0153840").value())) == "\"0.015384\"");
    CHECK(dump(json_amount(ReportedCost::parse("1e-36")->cost)) ==
          "\"0.000000000000000000000000000000000001\"");
    CHECK(dump(json_amount(Decimal::parse("1e20").value())) == "\"100000000000000000000\"");
    CHECK(dump(json_amount(std::optional<Money>{})) == "null");
    CHECK(dump(json_amount(std::optional<Money>{Money{}})) == "\"0\"");
}

TEST_CASE("ratios are the shortest numbers that read back as the same double") {
    CHECK(dump(json_ratio(0.7284480833333333)) == "0.7284480833333333");
    CHECK(dump(json_ratio(0.0)) == "0");
    CHECK(dump(json_ratio(-0.0)) == "0");
    CHECK(dump(json_ratio(1.0)) == "1");
    CHECK(dump(json_ratio(std::nan(""))) == "null");
    CHECK(dump(json_ratio(std::numeric_limits<double>::infinity())) == "null");
}

TEST_CASE("an error becomes the contract's object") {
    const Error error{
        .code = ErrorCode::NotANumber, .where = "row 812, column \"spend\"", .detail = "1,20"};
    CHECK(error_message(error) ==
          "row 812, column \"spend\": not a decimal number; use digits with a point and no "
          "thousands separators: "
          "\"1,20\"");
    CHECK(
        dump(error_json(error)) ==
        R"({"error":{"code":"not_a_number","message":"row 812, column \"spend\": not a decimal number; )"
        R"(use digits with a point and no thousands separators: \"1,20\"","where":"row 812, column \"spend\""}})");
    CHECK(error_json(Error{.code = ErrorCode::EmptyFile})["error"]["where"].is_null());
    CHECK(error_message(Error{.code = ErrorCode::MalformedJson, .where = "a.json", .offset = 7}) ==
          "a.json, byte 7: not valid JSON; look for a missing quote, comma or bracket here");
}

TEST_CASE("bytes that are not UTF-8 are replaced, so that the output always is JSON") {
    JsonOut document = JsonOut::object();
    document["b"] = "caf\xe9";
    document["a"] = std::string("\0\x1f", 2);
    CHECK(dump(document) == "{\"b\":\"caf\xef\xbf\xbd\",\"a\":\"\\u0000\\u001f\"}");
    CHECK(Json::parse(dump(document)).has_value());
    CHECK(dump(document, 2).starts_with("{\n  \"b\": "));
}
