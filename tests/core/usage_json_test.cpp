#include "base/json.h"
#include "random.h"
#include "usage/json_cursor.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

bool is_json(std::string_view text) {
    JsonCursor<Quotes::Plain> cursor(text);
    cursor.scalar();
    return !cursor.failed() && cursor.at_end();
}

std::string doubled(std::string_view text) {
    std::string out;
    for (char c : text) {
        out += c;
        if (c == '"') out += c;
    }
    return out;
}

// What a walk over an object sees: keys, kinds and decoded texts.
template <Quotes quotes>
std::string walk(std::string_view text) {
    JsonCursor<quotes> cursor(text);
    std::string seen;
    std::string_view key;
    if (!cursor.enter_object()) return "no object";
    while (cursor.next_member(key)) {
        const JsonScalar value = cursor.scalar();
        seen += std::string(key) + "=" + std::to_string(static_cast<int>(value.kind)) + ":";
        if (value.kind == JsonScalar::Kind::String)
            unescape(value.text, quotes == Quotes::Doubled, seen);
        else
            seen += value.text;
        seen += ";";
    }
    return cursor.failed() ? seen + "failed" : seen;
}

}  // namespace

TEST_CASE("accepts JSON and refuses what only looks like it") {
    for (std::string_view good :
         {R"({})", R"([])", R"({"a":[1,-2.5e+3,{"b":null}],"c":"\u00e9\\\""})",
          R"( [true , false] )", R"(0)", R"("")"})
        CHECK_MESSAGE(is_json(good), good);
    for (std::string_view bad :
         {R"({)",    R"([1,])", R"({"a":})", R"({"a" 1})", R"({a:1})",    R"([1 2])", R"({"a":1,})",
          R"(tru)",  R"(nul)",  R"(01)",     R"(1.)",      R"(-)",        R"(1e)",    R"("a)",
          R"("\q")", R"(])",    R"({]})",    R"([})",      R"({"a":1}})", "\"a\nb\"", "[1,,2]",
          ""})
        CHECK_MESSAGE(!is_json(bad), bad);
}

TEST_CASE("says that a text was cut rather than malformed") {
    for (std::string_view cut :
         {R"({"a")", R"({"a":)", R"([1,)", R"("abc)", R"({"a":tr)", R"([)"}) {
        JsonCursor<Quotes::Plain> cursor(cut);
        cursor.scalar();
        CHECK_MESSAGE(cursor.failed(), cut);
        CHECK_MESSAGE(cursor.error_code() == ErrorCode::TruncatedJson, cut);
    }
}

TEST_CASE("refuses nesting beyond 64 instead of recursing into it") {
    CHECK(is_json(std::string(64, '[') + std::string(64, ']')));
    CHECK_FALSE(is_json(std::string(65, '[') + std::string(65, ']')));
    CHECK_FALSE(is_json(std::string(100'000, '[')));
}

TEST_CASE("JSON in a CSV cell reads like the JSON it was before its quotes were doubled") {
    for (std::string_view text :
         {R"({"a":"x","b":{"c":["}",{"d":1}]},"e":null})", R"({"say":"he said \"no\" {","n":-1.5})",
          R"({"empty":"","slash":"\\","path":"C:\\","q":"\""})", R"({})"}) {
        CAPTURE(text);
        CHECK(walk<Quotes::Doubled>(doubled(text)) == walk<Quotes::Plain>(text));
    }
}

TEST_CASE("decodes every escape, surrogate pairs and doubled quotes") {
    std::string out;
    CHECK(unescape(R"(a\n\t\"\\\/\b\f\r\u0041\u00e9\u20ac\ud83d\ude00)", false, out));
    CHECK(out == "a\n\t\"\\/\b\f\rA\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    out.clear();
    CHECK(unescape(R"(\""x\"")", true, out));
    CHECK(out == "\"x\"");
    CHECK_FALSE(unescape(R"(\u12)", false, out));
    CHECK_FALSE(unescape("\\", false, out));
}

TEST_CASE("agrees with the reader of documents on random texts") {
    Random random(4);
    constexpr std::string_view kPieces[] = {"{",     "}",       "[",     "]",    ",",    ":",
                                            "\"a\"", "\"b\"",   "1",     "-0.5", "null", "true",
                                            " ",     "\"\\n\"", " 2e5 ", "\""};
    int accepted = 0;
    for (int round = 0; round < 60'000; ++round) {
        std::string text;
        for (int piece = 1 + random.below(9); piece > 0; --piece)
            text += kPieces[random.below(16)];
        const Result<Json> document = Json::parse(text);
        // Only the document reader minds repeated keys.
        if (!document && document.error().code == ErrorCode::DuplicateKey) continue;
        CAPTURE(text);
        REQUIRE(is_json(text) == document.has_value());
        accepted += document.has_value() ? 1 : 0;
    }
    CHECK(accepted > 1000);
}
