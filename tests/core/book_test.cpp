// The built-in price book as it stands in pricing-data: what it covers, and that no rate of it is
// implausible. Single figures are tested against published bills in pricing_anchors_test.cpp.

#include "base/json.h"
#include "price_fixture.h"
#include "pricing/embedded_book.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

const PriceBook& built_in_book() {
    static const PriceBook book = [] {
        Result<PriceBook> result = PriceBook::read(embedded_book_documents());
        REQUIRE_MESSAGE(result.has_value(),
                        (result ? std::string() : error_message(result.error())));
        return std::move(*result);
    }();
    return book;
}

// The rate of a unit, or nullptr if the list has none or it is not published.
const Decimal* rate_of(std::span<const UnitRate> rates, Unit unit) {
    const auto row = std::ranges::find(rates, unit, &UnitRate::unit);
    return row != rates.end() && row->is_published ? &row->rate : nullptr;
}

// The rate of a unit in a tier or window, which keeps the base rates of units it does not name.
const Decimal* rate_of(std::span<const UnitRate> rates, const RateCard& card, Unit unit) {
    const Decimal* rate = rate_of(rates, unit);
    return rate ? rate : rate_of(card.rates, unit);
}

// Every card that people wrote; what is imported stands as its package has it.
template <typename Check>
void for_each_card(Check check) {
    for (const Provider& provider : built_in_book().providers()) {
        for (const Model& model : provider.models) {
            if (model.import_rank > 0) continue;
            for (const RateCard& card : model.cards) {
                const std::string where = provider.id + "/" + card.id;
                CAPTURE(where);
                check(provider, model, card);
            }
        }
    }
}

bool is_at_most(const Decimal* a, const Decimal* b) { return !a || !b || *a <= *b; }

void check_order(std::span<const UnitRate> rates, const RateCard& card) {
    const auto rate = [&](Unit unit) { return rate_of(rates, card, unit); };
    const Decimal* input = rate(Unit::InputTokens);
    CHECK(is_at_most(rate(Unit::CacheReadTokens), input));
    const Decimal* output = rate(Unit::OutputTokens);
    CHECK(((output && output->is_zero()) || is_at_most(input, output)));  // free: a classifier's
    CHECK(is_at_most(rate(Unit::CacheWrite5mTokens), rate(Unit::CacheWrite1hTokens)));
    CHECK(is_at_most(rate(Unit::CacheWrite30mTokens), rate(Unit::CacheWrite12hTokens)));
    for (const Unit unit : {Unit::CacheWrite5mTokens, Unit::CacheWrite30mTokens,
                            Unit::CacheWrite1hTokens, Unit::CacheWrite12hTokens}) {
        const bool is_free = rate(unit) && rate(unit)->is_zero();  // Gemini, which bills storage
        CHECK((is_free || is_at_most(input, rate(unit))));
    }
}

constexpr std::array kVendors = {"anthropic", "deepseek", "google", "mistral", "openai", "xai"};

// The list of pi-ai, which leaves deprecated models out, as it was imported.
Json list_of_pi_ai() {
    for (const std::string_view text : embedded_book_documents()) {
        Result<Json> document = Json::parse(text);
        REQUIRE(document.has_value());
        const Json* package = document->find("package");
        if (package != nullptr && package->text() == "@earendil-works/pi-ai")
            return std::move(*document);
    }
    FAIL("pricing-data/imported has no list of pi-ai");
    return {};
}

}  // namespace

TEST_CASE("has a card of its own for every model of the six vendors that pi-ai lists") {
    const Json list = list_of_pi_ai();
    const Json* providers = list.find("providers");
    REQUIRE(providers != nullptr);
    const Instant at = instant(built_in_book().date());
    for (const char* vendor : kVendors) {
        const Json* seller = providers->find(vendor);
        REQUIRE(seller != nullptr);
        const Json* models = seller->find("models");
        REQUIRE(models != nullptr);
        CHECK(!models->members().empty());
        for (const auto& [id, row] : models->members()) {
            const std::string name = std::string(vendor) + "/" + id;
            CAPTURE(name);
            const auto found = built_in_book().find(vendor, id, at);
            const RateCard* card = found ? card_at(*found->model, at) : nullptr;
            if (!card) {
                const std::string fault = found ? "no card holds now" : "not in pricing-data";
                FAIL_CHECK(fault);
                continue;
            }
            CHECK(found->provider->id == vendor);
            CHECK(found->model->import_rank == 0);
            CHECK(rate_of(card->rates, Unit::InputTokens) != nullptr);
        }
    }
}

TEST_CASE("no listed rate contradicts another of its card") {
    for_each_card([](const Provider&, const Model&, const RateCard& card) {
        check_order(card.rates, card);
        for (const ContextTier& tier : card.context_tiers) {
            check_order(tier.rates, card);
            for (const UnitRate& rate : tier.rates)
                CHECK(is_at_most(rate_of(card.rates, rate.unit), &rate.rate));  // never cheaper
        }
        for (const Window& window : card.windows)
            check_order(window.rates, card);
    });
}

TEST_CASE("batch and flex never cost more, priority and fast never less") {
    for_each_card([](const Provider&, const Model&, const RateCard& card) {
        for (const Multiplier& multiplier : card.multipliers) {
            CAPTURE(multiplier.name);
            const bool is_cheap = multiplier.service_tier == ServiceTier::Batch ||
                                  multiplier.service_tier == ServiceTier::Flex;
            const bool is_dear = multiplier.service_tier == ServiceTier::Priority ||
                                 multiplier.speed ||
                                 (!multiplier.regions.empty() && !multiplier.service_tier);
            if (is_cheap) CHECK(multiplier.factor <= Decimal(1));
            if (is_dear) CHECK((multiplier.factor >= Decimal(1) || !multiplier.rates.empty()));
            for (const UnitRate& rate : multiplier.rates) {
                if (!rate.is_published) continue;
                const Decimal* base = rate_of(card.rates, rate.unit);
                if (is_cheap) CHECK(is_at_most(&rate.rate, base));
                if (is_dear) CHECK(is_at_most(base, &rate.rate));
            }
        }
    });
}

TEST_CASE("a listed card has the vendor's words and their address") {
    for_each_card([](const Provider& provider, const Model&, const RateCard& card) {
        const Source& source = provider.sources[card.source];
        CHECK(!source.read_at.empty());
        if (card.status == RateStatus::Listed) CHECK(card.is_curated);
        if (card.status == RateStatus::Observed) CHECK(!card.is_curated);
        if (card.is_curated) {
            CHECK(!(card.quote.empty() && source.quote.empty()));
            CHECK(source.url.starts_with("https://"));
        } else {
            CHECK((!source.url.empty() || !source.package.empty()));
        }
    });
}

TEST_CASE("a scheduled card starts after the date of the book") {
    const Instant today = instant(built_in_book().date());
    for_each_card([&](const Provider&, const Model&, const RateCard& card) {
        if (card.status != RateStatus::Scheduled) return;
        CHECK((card.effective_from && *card.effective_from > today));
    });
}

TEST_CASE("lists in yuan are sellers of their own, and no bare name means them") {
    const Instant at = instant("2026-11-01");
    for (const Provider& provider : built_in_book().providers()) {
        CHECK((provider.currency == "CNY") == provider.id.ends_with("-cn"));
        if (provider.currency != "CNY") continue;
        for (const Model& model : provider.models) {
            CAPTURE(model.id);
            const auto found = built_in_book().find({}, model.id, at);
            CHECK((!found || found->provider->currency == "USD"));
        }
    }
}

TEST_CASE("prices at least 1,600 models of at least 40 sellers") {
    std::size_t models = 0, sellers = 0;
    for (const Provider& provider : built_in_book().providers()) {
        const auto is_priced = [](const Model& model) {
            const RateCard& card = model.cards.back();
            return rate_of(card.rates, Unit::InputTokens) != nullptr &&
                   rate_of(card.rates, Unit::OutputTokens) != nullptr;
        };
        const auto count = std::ranges::count_if(provider.models, is_priced);
        models += static_cast<std::size_t>(count);
        if (count > 0) ++sellers;
    }
    CHECK(models >= 1600);
    CHECK(sellers >= 40);
}

TEST_CASE("what is imported is labelled so, and is no second price of what people wrote") {
    std::size_t imported = 0;
    for (const Provider& provider : built_in_book().providers()) {
        for (const Model& model : provider.models) {
            const bool is_imported = model.import_rank > 0;
            if (is_imported) ++imported;
            for (const RateCard& card : model.cards) {
                CAPTURE(card.id);
                CHECK((card.status == RateStatus::Imported) == is_imported);
                if (!is_imported) continue;
                CHECK_FALSE(card.is_curated);
                CHECK(!provider.sources[card.source].package.empty());
                CHECK(!provider.sources[card.source].version.empty());
            }
        }
    }
    CHECK(imported > 0);
    const Instant today = instant(built_in_book().date());
    for (const Provider& provider : built_in_book().providers()) {
        for (const Model& model : provider.models) {
            if (model.import_rank > 0) continue;
            const auto found = built_in_book().find(provider.id, model.id, today);
            CAPTURE(model.id);
            CHECK((found && found->model == &model));
        }
    }
}

TEST_CASE("finds the models of names that logs contain") {
    struct Row {
        const char *provider, *name, *at, *model;
    };
    const Row rows[] = {
        {"anthropic", "claude-sonnet-4-5-20250929", "2026-11-01", "claude-sonnet-4-5"},
        {"anthropic", "claude-haiku-4-5-20251001", "2026-11-01", "claude-haiku-4-5"},
        {"anthropic", "claude-3-haiku-20240307", "2025-01-01", "claude-3-haiku"},
        {"openai", "gpt-4o-mini-2024-07-18", "2026-11-01", "gpt-4o-mini"},
        {"openai", "gpt-5-mini-2025-08-07", "2026-11-01", "gpt-5-mini"},
        {"openai", "text-embedding-3-small", "2026-11-01", "text-embedding-3-small"},
        {"mistral", "mistral-large-latest", "2025-12-01", "mistral-large-2411"},
        {"mistral", "mistral-large-latest", "2025-12-03", "mistral-large-2512"},
        {"deepseek", "deepseek-chat", "2025-06-01", "deepseek-chat"},
        {"x-ai", "grok-4", "2026-01-01", "grok-4"},
        {"dashscope", "qwen-plus-2025-07-28", "2026-11-01", "qwen-plus"},
        {"", "qwen3-max", "2026-11-01", "qwen3-max"},
        {"moonshotai", "kimi-k3", "2026-11-01", "kimi-k3"},
        {"", "MiniMax-M3", "2026-11-01", "minimax-m3"},
        {"", "z-ai/glm-4.6", "2026-11-01", "glm-4.6"},
        {"", "openai/gpt-4o", "2026-11-01", "gpt-4o"},
        {"", "models/gemini-2.5-pro", "2026-11-01", "gemini-2.5-pro"},
        {"", "openrouter/meta-llama/llama-3.3-70b-instruct", "2026-11-01",
         "meta-llama/llama-3.3-70b-instruct"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.name);
        const auto found = built_in_book().find(row.provider, row.name, instant(row.at));
        CHECK(found.has_value());
        if (!found) continue;
        CHECK(found->model->id == row.model);
        CHECK(card_at(*found->model, instant(row.at)) != nullptr);
    }
    // OpenAI published the weights and sells no tokens of it.
    CHECK(!built_in_book().find("openai", "gpt-oss-120b", instant("2026-11-01")).has_value());
}
