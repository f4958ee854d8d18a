#include "base/json.h"

#include "random.h"

#include <doctest/doctest.h>

#include <vector>

using namespace tokenlever;

namespace {

Json read(std::string_view text) {
    auto document = Json::parse(text);
    REQUIRE_MESSAGE(document.has_value(), text);
    return std::move(*document);
}

Error refusal(std::string_view text) {
    const auto document = Json::parse(text);
    REQUIRE_MESSAGE(!document.has_value(), text);
    return document.error();
}

template <typename T>
ErrorCode code_of(const Result<T>& result) {
    REQUIRE(!result.has_value());
    return result.error().code;
}

}  // namespace

TEST_CASE("keeps the literal text and the pointer of every value") {
    const Json document =
        read(R"({"levers":[{"a/b~c":0.10}],"n":null,"count":12,"t":true,"s":"a\"\u00e9"})");
    const Json* value = document.find("levers")->items()[0].find("a/b~c");
    REQUIRE(value != nullptr);
    CHECK(value->text() == "0.10");
    CHECK(value->pointer() == "/levers/0/a~1b~0c");
    CHECK(document.pointer().empty());
    CHECK(document.find("count")->as_count().value() == 12);
    CHECK(document.find("t")->as_boolean().value());
    CHECK(document.find("s")->as_string().value() == "a\"\xc3\xa9");
    CHECK(document.members()[0].first == "levers");
    CHECK(document.members()[4].first == "s");
}

TEST_CASE("a null key is an absent key") {
    const Json document = read(R"({"n":null})");
    CHECK(document.find("n") == nullptr);
    CHECK(document.find("other") == nullptr);
    CHECK(document.members().size() == 1);
    CHECK(code_of(require(document, "n")) == ErrorCode::MissingKey);
}

TEST_CASE("no digit of a number is lost") {
    for (std::string_view literal : {"0.1000", "0.123456789012345678901234567890", "1E-7",
                                     "-3.4e-05", "12345678901234567890123", "9007199254740993",
                                     "-9223372036854775808", "18446744073709551615", "1e-400"})
        CHECK(read(literal).text() == literal);
    CHECK(read("0.1000").as_decimal()->to_string() == "0.1");
    CHECK(read("\"0.30\"").as_decimal()->to_string() == "0.3");
    CHECK(read("9007199254740993").as_count().value() == 9'007'199'254'740'993);
    CHECK(read("0.1").as_double().value() == 0.1);
    CHECK(read("\"0.1\"").as_double().value() == 0.1);
    CHECK(read("-7").as_double().value() == -7.0);
}

TEST_CASE("names the byte and the kind of every fault") {
    struct Case {
        std::string_view text;
        ErrorCode code;
        std::size_t offset;
        std::string_view where;
    };
    using enum ErrorCode;
    for (const Case& c : std::vector<Case>{
             {"", TruncatedJson, 0, ""},
             {" \n", TruncatedJson, 2, ""},
             {"[1,", TruncatedJson, 3, ""},
             {"{\"a\":{\"b\":[", TruncatedJson, 11, "/a/b"},
             {"\"abc", TruncatedJson, 4, ""},
             {"\"\xe2\x82", TruncatedJson, 3, ""},
             {"tru", TruncatedJson, 3, ""},
             {"-", TruncatedJson, 1, ""},
             {"1.", TruncatedJson, 2, ""},
             {"trux", MalformedJson, 3, ""},
             {"[1 2]", MalformedJson, 3, ""},
             {"[1,]", MalformedJson, 3, ""},
             {"[1 true]", MalformedJson, 3, ""},
             {"[1  null]", MalformedJson, 4, ""},
             {"{\"a\" \"bcd\"}", MalformedJson, 5, ""},
             {"{\"a\":1,}", MalformedJson, 7, ""},
             {"{\"a\":}", MalformedJson, 5, ""},
             {"{a:1}", MalformedJson, 1, ""},
             {"{'a':1}", MalformedJson, 1, ""},
             {"[1]x", MalformedJson, 3, ""},
             {"[1][2]", MalformedJson, 3, ""},
             {"{} {}", MalformedJson, 3, ""},
             {"01", MalformedJson, 1, ""},
             {"+1", MalformedJson, 0, ""},
             {".5", MalformedJson, 0, ""},
             {"NaN", MalformedJson, 0, ""},
             {"[Infinity]", MalformedJson, 1, ""},
             {"// no\n1", MalformedJson, 0, ""},
             {"\"a\nb\"", MalformedJson, 2, ""},
             {"\"\\x\"", MalformedJson, 2, ""},
             {"\"\\ud800\"", MalformedJson, 7, ""},
             {"{\"a\":[1,{\"b\":tru3}]}", MalformedJson, 16, "/a/1"},
             {"[\"\xff\"]", InvalidUtf8, 2, ""},
             {"[\"ok\",\"\xc0\xaf\"]", InvalidUtf8, 7, ""},
             {"[\"\xed\xa0\x80\"]", InvalidUtf8, 2, ""},
             {"\xff\xfe{\0}\0", InvalidUtf8, 0, ""},
             {"[1e999]", NumberTooLarge, 1, ""},
             {"{\"a\":1,\"a\":2}", DuplicateKey, 7, ""},
             {"{\"x\":{\"b\":1,\"c\":2,\"b\":3}}", DuplicateKey, 18, "/x"},
             {"{\"\\\\\":1,\"\\\\\":2}", DuplicateKey, 8, ""},
             {"{\"\\\"\":1 , \"\\u0022\":2}", DuplicateKey, 10, ""},
         }) {
        const Error error = refusal(c.text);
        CAPTURE(c.text);
        CHECK(error.code == c.code);
        CHECK(error.offset == c.offset);
        CHECK(error.where == c.where);
    }
}

TEST_CASE("every cut of a document is truncated, never malformed and never accepted") {
    const std::string_view text =
        R"( {"name":"caf\u00e9 )"
        "\xc3\xa9"  // an accent in two bytes, cut between them too
        R"(","levers":[{"id":"x","share":-0.5e-3,"on":true},null,[]],"n":{"m":12}} )";
    REQUIRE(Json::parse(text).has_value());
    for (std::size_t size = 0; size < text.find_last_of('}'); ++size) {
        const Error error = refusal(text.substr(0, size));
        CAPTURE(size);
        CHECK(error.code == ErrorCode::TruncatedJson);
        CHECK(error.offset == size);
    }
}

TEST_CASE("64 levels are read, 65 are refused, and a million brackets do not exhaust the stack") {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    CHECK(Json::parse(nested(64)).has_value());
    CHECK(refusal(nested(65)).code == ErrorCode::TooDeep);
    CHECK(refusal(nested(65)).offset == 64);
    CHECK(refusal(std::string(1'000'000, '[')).code == ErrorCode::TooDeep);
    std::string objects;
    for (int i = 0; i < 100'000; ++i)
        objects += "{\"a\":";
    CHECK(refusal(objects).code == ErrorCode::TooDeep);
}

TEST_CASE("a huge object is checked for duplicates without taking quadratic time") {
    std::string text = "{";
    for (int i = 0; i < 100'000; ++i)
        text += "\"key" + std::to_string(i) + "\":1,";
    CHECK(Json::parse(text + "\"last\":1}").has_value());
    const Error error = refusal(text + "\"key5\":1,\"key3\":1}");
    CHECK(error.code == ErrorCode::DuplicateKey);
    CHECK(error.detail == "key5");
    CHECK(error.offset == text.size());
}

// Texts without \\u, marks or signed zeros take a path of their own through the reader.
TEST_CASE("a text reads alike in usual and in unusual spelling, and each value knows its place") {
    const char* const usual = R"( { "a\n" : [ 1.50 , -2e3 , { "b" : "\/A" } ] , "n" : null } )";
    const char* const unusual =
        "\xef\xbb\xbf"
        R"({"a\u000a":[1.50,-2e3,{"b":"\u002f\u0041"}],"n":null})";
    for (const char* const text : {usual, unusual}) {
        CAPTURE(text);
        Json parsed = read(text);
        const Json document = std::move(parsed);
        const Json* list = document.find("a\n");
        REQUIRE(list != nullptr);
        REQUIRE(list->items().size() == 3);
        CHECK(list->items()[0].text() == "1.50");
        CHECK(list->items()[0].as_double().value() == 1.5);
        CHECK(list->items()[1].text() == "-2e3");
        CHECK(list->items()[1].as_double().value() == -2000.0);
        CHECK(list->items()[2].find("b")->text() == "/A");
        CHECK(list->items()[2].find("b")->pointer() == "/a\n/2/b");
        CHECK(list->pointer() == "/a\n");
        CHECK(document.members()[1].second.pointer() == "/n");
        CHECK(document.pointer().empty());
    }
    CHECK(read("-0").as_double().value() == 0.0);
    CHECK(read("-12").as_double().value() == -12.0);
    CHECK(read("1234567890123456789").as_double().value() == 1234567890123456789.0);
}

TEST_CASE("a byte order mark is skipped") {
    CHECK(read("\xef\xbb\xbf{\"a\":1}").find("a") != nullptr);
}

TEST_CASE("random bytes and random damage give an answer, not a crash") {
    test::Random random(41);
    const std::string_view text = R"({"a":[1,2.5e3,"\u00e9\n",{"b":null}],"c":{"d":true},"e":"f"})";
    for (int round = 0; round < 100'000; ++round) {
        std::string damaged(text);
        for (int i = random.below(4); i >= 0; --i)
            damaged[static_cast<std::size_t>(random.below(static_cast<int>(damaged.size())))] =
                static_cast<char>(random.one_in(2) ? random.below(256)
                                                   : "{}[]\",:\\0e-. "[random.below(14)]);
        const auto document = Json::parse(damaged);
        if (document) continue;
        REQUIRE(document.error().offset <= damaged.size());
        REQUIRE(find_invalid_utf8(error_message(document.error())) == std::string_view::npos);
    }
}

TEST_CASE("a value of the wrong type is named with its place, what was wanted and what was found") {
    const Json document =
        read(R"({"a":[{"b":"text","n":-1,"f":1.5,"big":9223372036854775808,"t":true}]})");
    const Json& item = document.find("a")->items()[0];
    CHECK(item.find("b")->as_boolean().error() ==
          Error{.code = ErrorCode::WrongType,
                .where = "/a/0/b",
                .detail = "wanted true or false, found a string"});
    CHECK(code_of(item.find("b")->as_decimal()) == ErrorCode::NotANumber);
    CHECK(item.find("b")->as_decimal().error().where == "/a/0/b");
    CHECK(code_of(item.find("n")->as_count()) == ErrorCode::NotAWholeNumber);
    CHECK(code_of(item.find("f")->as_count()) == ErrorCode::NotAWholeNumber);
    CHECK(code_of(item.find("big")->as_count()) == ErrorCode::NumberTooLarge);
    CHECK(code_of(item.find("t")->as_decimal()) == ErrorCode::WrongType);
    CHECK(code_of(item.find("t")->as_double()) == ErrorCode::WrongType);
    CHECK(code_of(item.find("t")->as_string()) == ErrorCode::WrongType);
    CHECK(code_of(item.as_array()) == ErrorCode::WrongType);
    CHECK(code_of(item.find("b")->as_object()) == ErrorCode::WrongType);
    CHECK(code_of(require(*item.find("b"), "x")) == ErrorCode::WrongType);
    CHECK(item.find("b")->find("x") == nullptr);
    CHECK(read("1e3").as_count().value() == 1000);
    CHECK(read("\"12\"").as_count().value() == 12);
    CHECK(read("9223372036854775807").as_count().value() == 9'223'372'036'854'775'807);
    CHECK(document.find("a")->as_array().value()->size() == 1);
}

TEST_CASE("an unknown key is named with the nearest known one") {
    const Json document = read(R"({"model":"x","modle":"y","zzzzzz":1})");
    const auto unknown = unknown_members(document, {"model"});
    REQUIRE(unknown.size() == 2);
    CHECK(unknown[0]->pointer() == "/modle");
    const auto result = reject_unknown_members(document, {"model", "zzzzzz"});
    REQUIRE(!result.has_value());
    CHECK(result.error().code == ErrorCode::UnknownKey);
    CHECK(result.error().where == "/modle");
    CHECK(error_message(result.error()) ==
          "/modle: a key that is not known here; remove it or correct its name: \"modle\", did you "
          "mean \"model\"");
    CHECK(reject_unknown_members(document, {"model", "modle", "zzzzzz"}).has_value());
}
