#include "price_fixture.h"
#include "pricing/embedded_book.h"
#include "pricing/model_name.h"

#include <doctest/doctest.h>

#include <array>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

std::string model(std::string_view id, std::string_view keys = "") {
    return R"({"model":")" + std::string(id) + R"(",)" + std::string(keys) + R"("cards":[{"id":")" +
           std::string(id) +
           R"(/1","status":"observed","source":"page","rates":{"input_tokens":"1"}}]})";
}

std::string seller(std::string_view id, std::string_view models) {
    return R"({"schema":"tokenlever.provider/1","provider":")" + std::string(id) +
           R"(","sources":{"page":{"url":"https://example.com","read_at":"2026-11-01"}},"models":[)" +
           std::string(models) + "]}";
}

// Two resellers as packages list them: their names have paths, and nobody says who made what.
constexpr std::string_view kResellers =
    R"({"schema":"tokenlever.imported/1","package":"p","version":"1","read_at":"2026-11-01","rank":1,)"
    R"("providers":{"openrouter":{"models":{)"
    R"("anthropic/claude-sonnet-4.5":{"cards":[{"rates":{"input_tokens":"3.1"}}]},)"
    R"("meta-llama/llama-3.3-70b":{"cards":[{"rates":{"input_tokens":"0.1"}}]},)"
    R"("meta-llama/llama-3.3-70b:free":{"cards":[{"rates":{"input_tokens":"0"}}]}}},)"
    R"("azure":{"models":{"gpt-5.4":{"cards":[{"rates":{"input_tokens":"2.5"}}]}}},)"
    R"("google-vertex":{"models":{"claude-opus-5":{"cards":[{"rates":{"input_tokens":"5"}}]}}}}})";

const PriceBook& sellers() {
    static const PriceBook book = [] {
        const std::string anthropic =
            seller("anthropic", model("claude-sonnet-4-5") + "," + model("claude-opus-5") + "," +
                                    model("claude-3-7-sonnet-20250219"));
        const std::string openai =
            seller("openai", model("gpt-4o", R"("aliases":["gpt-4o-2024-11-20"],)") + "," +
                                 model("gpt-4o-2024-05-13") + "," + model("gpt-5.4") + "," +
                                 model("ft:gpt-4o"));
        const std::string bedrock =
            seller("amazon-bedrock",
                   model("claude-sonnet-4-5",
                         R"("publisher":"anthropic","aliases":[{"value":)"
                         R"("anthropic.claude-sonnet-4-5-in-region","region":"regional"}],)"));
        const std::string google = seller("google", model("gemini-2.5-pro"));
        const std::string mistral = seller(
            "mistral",
            model("mistral-large-2407",
                  R"("aliases":[{"value":"mistral-large-latest","effective_to":"2025-12-02"}],)") +
                "," +
                model(
                    "mistral-large-2512",
                    R"("aliases":[{"value":"mistral-large-latest","effective_from":"2025-12-02"}],)"));
        const std::array<std::string_view, 6> documents = {anthropic, openai,  bedrock,
                                                           google,    mistral, kResellers};
        return std::move(*PriceBook::read(documents));
    }();
    return book;
}

std::string resolve(std::string_view provider, std::string_view name,
                    std::string_view at = "2026-11-01") {
    const auto found = sellers().find(provider, name, instant(at));
    return found ? found->provider->id + "/" + found->model->id : "none";
}

}  // namespace

TEST_CASE("finds the names that logs write") {
    struct Case {
        std::string provider, name, found;
    };
    const std::array cases = {
        Case{"", "claude-sonnet-4-5", "anthropic/claude-sonnet-4-5"},
        Case{"anthropic", "claude-sonnet-4-5", "anthropic/claude-sonnet-4-5"},
        Case{"Anthropic", "CLAUDE-Sonnet-4-5", "anthropic/claude-sonnet-4-5"},
        Case{"", "anthropic/claude-sonnet-4-5", "anthropic/claude-sonnet-4-5"},
        Case{"", "anthropic/claude-sonnet-4.5", "anthropic/claude-sonnet-4-5"},
        Case{"", "Claude Sonnet 4.5", "anthropic/claude-sonnet-4-5"},
        Case{"", "claude-sonnet-4-5-20250929", "anthropic/claude-sonnet-4-5"},
        Case{"", "claude-sonnet-4-5@20250929", "anthropic/claude-sonnet-4-5"},
        Case{"", "claude-sonnet-4-5-thinking", "anthropic/claude-sonnet-4-5"},
        Case{"", "claude-sonnet-4-5-20250929-thinking", "anthropic/claude-sonnet-4-5"},
        Case{"", "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
             "amazon-bedrock/claude-sonnet-4-5"},
        Case{"", "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
             "amazon-bedrock/claude-sonnet-4-5"},
        Case{"anthropic", "anthropic.claude-sonnet-4-5-20250929-v1:0",
             "anthropic/claude-sonnet-4-5"},
        Case{"", "bedrock/us-east-1/anthropic.claude-sonnet-4-5-20250929-v1:0",
             "amazon-bedrock/claude-sonnet-4-5"},
        Case{"aws", "claude-sonnet-4-5", "amazon-bedrock/claude-sonnet-4-5"},
        Case{"", "claude-3-7-sonnet-20250219", "anthropic/claude-3-7-sonnet-20250219"},
        Case{"", "gpt-4o-2024-05-13", "openai/gpt-4o-2024-05-13"},
        Case{"", "gpt-4o-2024-08-06", "openai/gpt-4o"},
        Case{"", "gpt-4o-2024-11-20", "openai/gpt-4o"},
        Case{"", "openai/gpt-5.4", "openai/gpt-5.4"},
        Case{"", "gpt-5-4", "openai/gpt-5.4"},
        Case{"", "gpt-5.4-2026-03-05", "openai/gpt-5.4"},
        Case{"openai", "ft:gpt-4o-2024-08-06:acme::AbC123", "openai/ft:gpt-4o"},
        Case{"", "models/gemini-2.5-pro", "google/gemini-2.5-pro"},
        Case{"", "gemini/gemini-2.5-pro", "google/gemini-2.5-pro"},
        Case{"", "  gemini-2.5-pro ", "google/gemini-2.5-pro"},
        Case{"",
             "arn:aws:bedrock:us-east-1:123456789012:inference-profile/"
             "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
             "amazon-bedrock/claude-sonnet-4-5"},
        Case{"bedrock",
             "arn:aws:bedrock:eu-west-1::foundation-model/"
             "anthropic.claude-sonnet-4-5-20250929-v1:0",
             "amazon-bedrock/claude-sonnet-4-5"},
        // a seller before the name selects its list
        Case{"", "azure/gpt-5.4", "azure/gpt-5.4"},
        Case{"", "azure/eu/gpt-5.4-2026-03-05", "azure/gpt-5.4"},
        Case{"azure_ai", "GPT-5.4", "azure/gpt-5.4"},
        Case{"", "vertex_ai/claude-opus-5@20260724", "google-vertex/claude-opus-5"},
        Case{"", "publishers/anthropic/models/claude-opus-5@default",
             "google-vertex/claude-opus-5"},
        Case{"vertex_ai-anthropic_models", "claude-opus-5", "google-vertex/claude-opus-5"},
        Case{"", "openrouter/anthropic/claude-sonnet-4.5",
             "openrouter/anthropic/claude-sonnet-4.5"},
        Case{"", "OpenRouter/Anthropic/Claude-Sonnet-4-5-20250929",
             "openrouter/anthropic/claude-sonnet-4.5"},
        Case{"openrouter", "meta-llama/llama-3.3-70b", "openrouter/meta-llama/llama-3.3-70b"},
        Case{"openrouter", "meta-llama/llama-3.3-70b:free",
             "openrouter/meta-llama/llama-3.3-70b:free"},
    };
    for (const Case& row : cases) {
        CAPTURE(row.provider);
        CAPTURE(row.name);
        CHECK(resolve(row.provider, row.name) == row.found);
    }
}

TEST_CASE("a name that is bound to a region says which") {
    const auto region = [](std::string_view provider, std::string_view name) {
        const auto found = sellers().find(provider, name, instant("2026-11-01"));
        return found ? found->region : "none";
    };
    CHECK(region("", "us.anthropic.claude-sonnet-4-5-20250929-v1:0") == "us");
    CHECK(region("bedrock", "us-gov.anthropic.claude-sonnet-4-5") == "us-gov");
    CHECK(region("", "in.anthropic.claude-sonnet-4-5") == "in");
    CHECK(region("", "global.anthropic.claude-sonnet-4-5") == "global");
    CHECK(region("", "regional.anthropic.claude-sonnet-4-5") == "regional");
    CHECK(region("", "anthropic.claude-sonnet-4-5") == "");
    CHECK(region("aws", "claude-sonnet-4-5") == "");
    CHECK(region("", "bedrock/us-east-1/anthropic.claude-sonnet-4-5") == "us-east-1");
    CHECK(region("", "bedrock/us-gov-west-1/claude-sonnet-4-5") == "us-gov-west-1");
    CHECK(region("", "bedrock/us-east-1/eu.anthropic.claude-sonnet-4-5") == "eu");
    CHECK(region("", "bedrock/converse/claude-sonnet-4-5") == "");
    CHECK(region("", "azure/eu/gpt-5.4-2026-03-05") == "eu");
    CHECK(region("", "azure/global-standard/gpt-5.4") == "global");
    CHECK(region("", "azure/gpt-5.4") == "");
    CHECK(region("amazon-bedrock", "anthropic.claude-sonnet-4-5-in-region") == "regional");
}

TEST_CASE("never guesses a name or a seller") {
    struct Case {
        std::string provider, name;
    };
    const std::array cases = {
        Case{"", "claude-sonet-4-5"},            // misspelt
        Case{"", "claude-sonnet-4"},             // another model
        Case{"", "claude-sonnet-4-5-2"},         // not a date
        Case{"", "claude-sonnet-4-5-20251399"},  // not a date of the calendar
        Case{"", "gpt-4o-mini"},                 // a prefix of it is a model
        Case{"", "gemini-2.5-pro-thinking"},     // elsewhere thinking is another product
        Case{"", "azure/gpt-4o"},                // a seller that does not list it
        Case{"azure", "gpt-4o"},
        Case{"", "groq/gpt-4o"},               // a seller without a list in the book
        Case{"", "llama-3.3-70b"},             // resold only, and nobody says by whom it is made
        Case{"", "meta-llama/llama-3.3-70b"},  // a maker that sells nothing
        Case{"", "openrouter/anthropic/claude-sonnet-4.5:nitro"},  // another price, not known
        Case{"openrouter", "openai/gpt-4o"},
        Case{"", "openrouter/openai/gpt-4o"},
        Case{"", "meta-llama/gpt-4o"},        // a path that names no seller
        Case{"google", "claude-sonnet-4-5"},  // a seller that does not sell it
        Case{"", ""},
        Case{"", "/"},
        Case{"", "anthropic/"},
        Case{"", "-20250929"},
        Case{"", ":free"},
    };
    for (const Case& row : cases) {
        CAPTURE(row.provider);
        CAPTURE(row.name);
        CHECK(resolve(row.provider, row.name) == "none");
    }
}

TEST_CASE("an alias means what it meant at the instant") {
    CHECK(resolve("", "mistral-large-latest", "2025-12-01T23:59:59Z") ==
          "mistral/mistral-large-2407");
    CHECK(resolve("", "mistral-large-latest", "2025-12-02T00:00:00Z") ==
          "mistral/mistral-large-2512");
}

TEST_CASE("a suffix that changes the price is kept as a condition") {
    const auto fast = sellers().find("", "claude-opus-5-fast", instant("2026-11-01"));
    REQUIRE(fast.has_value());
    CHECK(fast->model->id == "claude-opus-5");
    CHECK(fast->speed == Speed::Fast);
    const auto free = sellers().find("openai", "gpt-4o:free", instant("2026-11-01"));
    REQUIRE(free.has_value());
    CHECK(free->service_tier == ServiceTier::Free);
}

TEST_CASE("two names that are respelt alike are no answer, but each as it is spelt is") {
    const std::string document = seller("acme", model("m-1.5") + "," + model("m.1-5"));
    const PriceBook book = book_of(document);
    CHECK_FALSE(book.find("acme", "m-1-5", Instant{}).has_value());
    REQUIRE(book.find("acme", "m-1.5", Instant{}).has_value());
    CHECK(book.find("acme", "m-1.5", Instant{})->model->id == "m-1.5");
    CHECK(book.find("acme", "m.1-5", Instant{})->model->id == "m.1-5");
}

TEST_CASE("suggests what comes near, at the seller asked for first") {
    CHECK(sellers().suggestions("", "claude-sonet-4-5") ==
          std::vector<std::string>{"amazon-bedrock/claude-sonnet-4-5",
                                   "anthropic/claude-sonnet-4-5",
                                   "openrouter/anthropic/claude-sonnet-4.5"});
    CHECK(sellers().suggestions("openrouter", "meta-llama/lama-3.3-70b").front() ==
          "openrouter/meta-llama/llama-3.3-70b");
    CHECK(sellers().suggestions("azure", "gpt-4o").front() == "openai/gpt-4o");
    CHECK(sellers().suggestions("anthropic", "claude-sonnet-4-5x") ==
          std::vector<std::string>{"anthropic/claude-sonnet-4-5"});
    CHECK(sellers().suggestions("", "nothing like any of them").empty());
}

TEST_CASE("every id and alias of the built-in book finds its model") {
    const Result<PriceBook> book = PriceBook::read(embedded_book_documents());
    REQUIRE(book.has_value());
    std::size_t names = 0;
    for (const Provider& provider : book->providers()) {
        for (const Model& model : provider.models) {
            const Instant at = model.cards.back().effective_from.value_or(instant("2026-11-01"));
            const auto found = book->find(provider.id, model.id, at);
            CAPTURE(model.id);
            REQUIRE(found.has_value());
            CHECK(found->model == &model);
            for (const Alias& alias : model.aliases) {
                const Instant then = alias.effective_from.value_or(
                    alias.effective_to ? Instant{alias.effective_to->micros - 1} : at);
                const auto by_alias = book->find(provider.id, alias.value, then);
                CAPTURE(alias.value);
                REQUIRE(by_alias.has_value());
                CHECK(by_alias->model == &model);
                ++names;
            }
            ++names;
        }
    }
    CHECK(names > 100);
}

TEST_CASE("a text longer than any name is unknown before anything looks at it") {
    std::string path;
    while (path.size() < 500'000)
        path += "a/";
    CHECK(resolve("anthropic", path.substr(0, 100) + "claude-sonnet-4-5") ==
          "anthropic/claude-sonnet-4-5");
    CHECK(resolve("anthropic", path + "claude-sonnet-4-5") == "none");
    CHECK(resolve("", "anthropic/" + path + "claude-sonnet-4-5") == "none");
    CHECK(resolve(path, "claude-sonnet-4-5") == "none");
    CHECK_FALSE(sellers().suggestions("", path.substr(0, 100) + "claude-sonet-4-5").empty());
    CHECK(sellers().suggestions("", path + "claude-sonet-4-5").empty());
    CHECK(sellers().suggestions(path, path + "claude-sonet-4-5").empty());
    std::string dated = "claude-sonnet-4-5";
    while (dated.size() < 500'000)
        dated += "-20250929";
    CHECK(resolve("", dated) == "none");
}

TEST_CASE("any bytes are a name that is looked up without harm") {
    for (int seed = 0; seed < 256; ++seed) {
        std::string name;
        for (int i = 0; i < seed % 40; ++i)
            name.push_back(static_cast<char>(seed * 31 + i * 7));
        CHECK_FALSE(sellers().find(name, name, Instant{}).has_value());
        NameFlags flags;
        for (int steps = 0; strip_next(name, flags); ++steps)
            REQUIRE(steps < 100);
    }
}
