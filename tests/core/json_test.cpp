#include "base/json.h"

#include <doctest/doctest.h>

using namespace tokenlever;

TEST_CASE("keeps the literal text and the pointer of every value") {
    const auto document = Json::parse(R"({"levers":[{"a/b~c":0.10}],"n":null,"count":12})");
    REQUIRE(document.has_value());
    const Json* levers = document->find("levers");
    REQUIRE(levers != nullptr);
    const Json* value = levers->items()[0].find("a/b~c");
    REQUIRE(value != nullptr);
    CHECK(value->text() == "0.10");
    CHECK(value->pointer() == "/levers/0/a~1b~0c");
    CHECK(document->find("n") == nullptr);
    CHECK(document->find("count")->as_count().value() == 12);
}
