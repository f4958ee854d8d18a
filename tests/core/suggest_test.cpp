#include "base/suggest.h"

#include <doctest/doctest.h>

#include <array>

using namespace tokenlever;

namespace {

constexpr std::array<std::string_view, 6> kModels = {
    "gpt-4o", "gpt-4o-mini", "gpt-4.1", "claude-haiku-4-5", "claude-sonnet-4-5", "gemini-2.5-pro"};

}  // namespace

TEST_CASE("suggests what was probably meant, nearest first") {
    using Names = std::vector<std::string>;
    CHECK(nearest("cluade-sonnet-4-5", kModels, 1) == Names{"claude-sonnet-4-5"});
    CHECK(nearest("claude-sonet-4.5", kModels).front() == "claude-sonnet-4-5");
    CHECK(nearest("GPT-4O", kModels).front() == "gpt-4o");
    CHECK(nearest("gpt-4", kModels).size() == 2);  // gpt-4o at distance 1, gpt-4.1 at 2
    CHECK(nearest("gpt-4", kModels).front() == "gpt-4o");
    CHECK(nearest("gpt-4", kModels, 1).size() == 1);
}

TEST_CASE("suggests nothing far-fetched") {
    CHECK(nearest("", kModels).empty());
    CHECK(nearest("llama-3.3-70b", kModels).empty());
    CHECK(nearest(std::string(100'000, 'g'), kModels).empty());
    CHECK(nearest("x", {}).empty());
}

TEST_CASE("a swap of neighbours is one mistake") {
    constexpr std::array<std::string_view, 1> kKeys = {"ttl"};
    CHECK(nearest("tlt", kKeys).size() == 1);
    CHECK(nearest("lot", kKeys).empty());
}
