#include "focus/unit.h"

#include "base/json.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace tokenlever;

namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string_view parent_id(std::string_view id) {
    const auto unit = find_unit(id);
    REQUIRE_MESSAGE(unit.has_value(), id);
    const auto parent = parent_of(*unit);
    return parent ? unit_id(*parent) : "";
}

}  // namespace

TEST_CASE("the table is the registry, row by row") {
    const auto document = Json::parse(read_file(TOKENLEVER_SOURCE_DIR "/pricing-data/units.json"));
    REQUIRE(document.has_value());
    const auto& units = document->find("units")->items();
    REQUIRE(units.size() == kUnitCount);
    for (std::size_t i = 0; i < kUnitCount; ++i) {
        const std::string& id = units[i].find("id")->text();
        CAPTURE(id);
        CHECK(kUnits[i].id == id);
        CHECK(kUnits[i].per == units[i].find("per")->as_count().value());
        CHECK(find_unit(id) == static_cast<Unit>(i));
        const Json* dimensions = units[i].find("dimensions");
        std::size_t stated = 0;
        for (const auto& [name, value] : std::vector<std::pair<std::string_view, std::string_view>>{
                 {"family", kUnits[i].family},
                 {"direction", kUnits[i].direction},
                 {"modality", kUnits[i].modality},
                 {"cache", kUnits[i].cache},
                 {"ttl", kUnits[i].ttl},
                 {"token_type", kUnits[i].token_type},
                 {"tool", kUnits[i].tool}}) {
            const Json* dimension = dimensions->find(name);
            CHECK(value == (dimension ? dimension->text() : ""));
            stated += dimension ? 1 : 0;
        }
        CHECK(stated == dimensions->members().size());  // no dimension is lost on the way
    }
}

TEST_CASE("a unit without a rate of its own falls back to the unit that contains it") {
    struct Case {
        std::string_view id, parent;
    };
    for (const Case& c : std::vector<Case>{
             {"cache_write_5m_tokens", "cache_write_tokens"},
             {"cache_write_1h_tokens", "cache_write_tokens"},
             {"cache_write_tokens", "input_tokens"},
             {"cache_read_tokens", "input_tokens"},
             {"reasoning_tokens", "output_tokens"},
             {"input_audio_tokens", "input_tokens"},
             {"input_tokens", ""},
             {"output_tokens", ""},
         })
        CHECK_MESSAGE(parent_id(c.id) == c.parent, c.id);
}

TEST_CASE("every chain of parents ends, inside one direction") {
    for (std::size_t i = 0; i < kUnitCount; ++i) {
        auto unit = static_cast<Unit>(i);
        std::size_t steps = 0;
        for (auto parent = parent_of(unit); parent; parent = parent_of(unit)) {
            CHECK(kUnits[static_cast<std::size_t>(*parent)].family == kUnits[i].family);
            REQUIRE(++steps < kUnitCount);
            unit = *parent;
        }
    }
}

TEST_CASE("the prompt is every kind of input token and nothing else") {
    for (std::string_view id :
         {"input_tokens", "cache_read_tokens", "cache_write_1h_tokens", "input_audio_tokens"})
        CHECK_MESSAGE(is_prompt_token(*find_unit(id)), id);
    for (std::string_view id : {"output_tokens", "reasoning_tokens"}) {
        CHECK_FALSE(is_prompt_token(*find_unit(id)));
        CHECK(is_token(*find_unit(id)));
    }
    for (std::string_view id : {"requests", "web_searches"})
        CHECK_FALSE(is_token(*find_unit(id)));
    CHECK_FALSE(find_unit("tokens").has_value());
    CHECK_FALSE(find_unit("").has_value());
    CHECK_FALSE(find_unit("Input_Tokens").has_value());
}
