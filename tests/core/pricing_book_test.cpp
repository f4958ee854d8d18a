#include "price_fixture.h"

#include <doctest/doctest.h>

#include <array>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

struct Refusal {
    std::string name, document;
    ErrorCode code{};
    std::string where;
};

void check_refused(const Refusal& refusal) {
    CAPTURE(refusal.name);
    const Result<PriceBook> book = read_book(refusal.document);
    REQUIRE_FALSE(book.has_value());
    CHECK(error_id(book.error().code) == error_id(refusal.code));
    CHECK(book.error().where == refusal.where);
}

std::string card(std::string_view inside) { return provider_with_card(inside); }

// Two cards of one model, each given by its period.
std::string two_cards(std::string_view first, std::string_view second) {
    const auto one = [](std::string_view id, std::string_view period) {
        return R"({"id":")" + std::string(id) +
               R"(","status":"observed","source":"page","rates":{"input_tokens":"1"},)" +
               std::string(period) + "}";
    };
    return provider_with_models(R"({"model":"m","cards":[)" + one("a", first) + "," +
                                one("b", second) + "]}");
}

std::string windows(std::string_view inside) {
    return card(R"("rates":{"input_tokens":"1"},"windows":[)" + std::string(inside) + "]");
}

std::string window(std::string_view name, std::string_view days, std::string_view from,
                   std::string_view to) {
    return R"({"name":")" + std::string(name) + R"(","tz_offset":"+08:00","days":)" +
           std::string(days) + R"(,"from":")" + std::string(from) + R"(","to":")" +
           std::string(to) + R"(","rates":{"input_tokens":"2"}})";
}

}  // namespace

TEST_CASE("refuses a rate or unit it cannot trust, and points at it") {
    const std::array refusals = {
        Refusal{"a unit nobody knows", card(R"("rates":{"input_token":"1"})"),
                ErrorCode::UnknownUnit, "/models/0/cards/0/rates/input_token"},
        Refusal{"a number in place of a decimal string", card(R"("rates":{"input_tokens":0.15})"),
                ErrorCode::WrongType, "/models/0/cards/0/rates/input_tokens"},
        Refusal{"a text that is no number", card(R"("rates":{"input_tokens":"1,5"})"),
                ErrorCode::NotANumber, "/models/0/cards/0/rates/input_tokens"},
        Refusal{"a negative rate", card(R"("rates":{"input_tokens":"-1"})"), ErrorCode::OutOfRange,
                "/models/0/cards/0/rates/input_tokens"},
        Refusal{"no rates", card(R"("effective_from":null)"), ErrorCode::MissingKey,
                "/models/0/cards/0"},
        Refusal{"a key nobody knows", card(R"("rates":{},"price":"1")"), ErrorCode::UnknownKey,
                "/models/0/cards/0/price"},
        Refusal{"curated without the vendor's words",
                card(R"("rates":{"input_tokens":"1"},"curated":true)"), ErrorCode::InvalidValue,
                "/models/0/cards/0/curated"},
        Refusal{"a multiplier that the file does not name",
                card(R"("rates":{"input_tokens":"1"},"multipliers":["flex"])"),
                ErrorCode::InvalidValue, "/models/0/cards/0/multipliers/0"},
        Refusal{
            "a multiplier of an unknown tier",
            card(
                R"("rates":{"input_tokens":"1"},"multipliers":[{"name":"x","when":{"service_tier":"cheap"},"factor":"1"}])"),
            ErrorCode::InvalidValue, "/models/0/cards/0/multipliers/0/when/service_tier"},
        Refusal{
            "a multiplier without a condition",
            card(
                R"("rates":{"input_tokens":"1"},"multipliers":[{"name":"x","when":{},"factor":"1"}])"),
            ErrorCode::InvalidValue, "/models/0/cards/0/multipliers/0/when"},
        Refusal{
            "a multiplier with a factor and rates",
            card(
                R"("rates":{"input_tokens":"1"},"multipliers":[{"name":"x","when":{"speed":"fast"},"factor":"1","rates":{}}])"),
            ErrorCode::MissingKey, "/models/0/cards/0/multipliers/0"},
        Refusal{
            "a cache lifetime without a unit",
            provider_with_card(R"("rates":{"input_tokens":"1"})", R"("cache":{"ttls":["7m"]},)"),
            ErrorCode::UnknownUnit, "/models/0/cache/ttls/0"},
        Refusal{"a name in upper case", provider_with_models(R"({"model":"GPT","cards":[]})"),
                ErrorCode::InvalidValue, "/models/0/model"},
        Refusal{"a model without a card", provider_with_models(R"({"model":"m","cards":[]})"),
                ErrorCode::MissingKey, "/models/0/cards"},
        Refusal{"a document of another kind", R"({"schema":"tokenlever.scenario/1"})",
                ErrorCode::UnknownSchema, "/schema"},
    };
    for (const Refusal& refusal : refusals)
        check_refused(refusal);
}

TEST_CASE("refuses cards that overlap and gaps that nobody explains") {
    const auto same = R"("effective_from":null)";
    const std::array refusals = {
        Refusal{"both open", two_cards(same, same), ErrorCode::OverlappingCards,
                "/models/0/cards/1"},
        Refusal{"one microsecond too many",
                two_cards(R"("effective_to":"2026-01-01T00:00:00.000001Z")",
                          R"("effective_from":"2026-01-01")"),
                ErrorCode::OverlappingCards, "/models/0/cards/1"},
        Refusal{"in the wrong order",
                two_cards(R"("effective_from":"2026-01-01")", R"("effective_to":"2026-01-01")"),
                ErrorCode::OverlappingCards, "/models/0/cards/1"},
        Refusal{"a silent gap",
                two_cards(R"("effective_to":"2026-01-01")", R"("effective_from":"2026-01-02")"),
                ErrorCode::InvalidValue, "/models/0/cards/1/effective_from"},
        Refusal{"an end before the start",
                card(R"("rates":{},"effective_from":"2026-02-01","effective_to":"2026-01-01")"),
                ErrorCode::InvalidValue, "/models/0/cards/0/effective_to"},
        Refusal{"a day that does not exist", card(R"("rates":{},"effective_from":"2026-02-30")"),
                ErrorCode::NotAnInstant, "/models/0/cards/0/effective_from"},
    };
    for (const Refusal& refusal : refusals)
        check_refused(refusal);

    CHECK(read_book(two_cards(R"("effective_to":"2026-01-01")", R"("effective_from":"2026-01-01")"))
              .has_value());
    CHECK(read_book(two_cards(R"("effective_to":"2026-01-01","gap_after":"withdrawn for a day")",
                              R"("effective_from":"2026-01-02")"))
              .has_value());
}

TEST_CASE("a retracted card may overlap and never holds") {
    const PriceBook book = book_of(provider_with_models(
        R"({"model":"m","cards":[)"
        R"({"id":"a","status":"observed","source":"page","rates":{"input_tokens":"2"}},)"
        R"({"id":"b","status":"retracted","source":"page","rates":{"input_tokens":"3"},"effective_from":"2026-09-01"}]})"));
    const Model& model = book.providers()[0].models[0];
    const RateCard* held = card_at(model, instant("2026-10-01"));
    REQUIRE(held);
    CHECK(held->id == "a");
}

TEST_CASE("refuses windows that overlap and thresholds that do not ascend") {
    const auto mon = R"(["mon"])";
    const std::array refusals = {
        Refusal{
            "windows share a quarter of an hour",
            windows(window("a", mon, "09:00", "12:00") + "," + window("b", mon, "11:45", "13:00")),
            ErrorCode::InvalidValue, "/models/0/cards/0/windows/1"},
        Refusal{"a window over midnight", windows(window("a", mon, "22:00", "06:00")),
                ErrorCode::InvalidValue, "/models/0/cards/0/windows/0/to"},
        Refusal{"an hour that does not exist", windows(window("a", mon, "09:00", "24:01")),
                ErrorCode::InvalidValue, "/models/0/cards/0/windows/0/to"},
        Refusal{"a minute that no quarter of an hour starts",
                windows(window("a", mon, "09:07", "12:00")), ErrorCode::InvalidValue,
                "/models/0/cards/0/windows/0/from"},
        Refusal{"a day that does not exist", windows(window("a", R"(["moon"])", "09:00", "12:00")),
                ErrorCode::InvalidValue, "/models/0/cards/0/windows/0/days/0"},
        Refusal{
            "thresholds that descend",
            card(
                R"("rates":{"input_tokens":"1"},"context_tiers":[)"
                R"({"op":">","threshold":200000,"rates":{}},{"op":">","threshold":128000,"rates":{}}])"),
            ErrorCode::InvalidValue, "/models/0/cards/0/context_tiers/1/threshold"},
        Refusal{
            "an operator that is not one",
            card(
                R"("rates":{"input_tokens":"1"},"context_tiers":[{"op":"<","threshold":1,"rates":{}}])"),
            ErrorCode::InvalidValue, "/models/0/cards/0/context_tiers/0/op"},
        Refusal{
            "windows and tiers",
            card(
                R"("rates":{"input_tokens":"1"},"context_tiers":[{"op":">","threshold":1,"rates":{}}],)"
                R"("windows":[)" +
                window("a", mon, "09:00", "12:00") + "]"),
            ErrorCode::InvalidValue, "/models/0/cards/0/windows"},
    };
    for (const Refusal& refusal : refusals)
        check_refused(refusal);
    CHECK(read_book(windows(window("a", mon, "09:00", "12:00") + "," +
                            window("b", mon, "12:00", "24:00")))
              .has_value());
}

TEST_CASE("refuses a name that two models claim at one time") {
    const auto model = [](std::string_view id, std::string_view alias) {
        return R"({"model":")" + std::string(id) + R"(","aliases":[)" + std::string(alias) +
               R"(],"cards":[{"id":")" + std::string(id) +
               R"(/1","status":"observed","source":"page","rates":{"input_tokens":"1"}}]})";
    };
    const auto latest = [](std::string_view period) {
        return R"({"value":"latest",)" + std::string(period) + "}";
    };
    const std::string early = latest(R"("effective_to":"2026-06-01")");
    const std::string late = latest(R"("effective_from":"2026-06-01")");
    const std::array refusals = {
        Refusal{"an alias twice",
                provider_with_models(model("a", R"("latest")") + "," + model("b", R"("latest")")),
                ErrorCode::DuplicateAlias, "/models/1/aliases/0"},
        Refusal{"an alias that is a model",
                provider_with_models(model("a", R"("b")") + "," + model("b", "")),
                ErrorCode::DuplicateAlias, "/models/1/model"},
        Refusal{"a model twice", provider_with_models(model("a", "") + "," + model("a", "")),
                ErrorCode::DuplicateAlias, "/models/1/model"},
        Refusal{"an open period beside a dated one",
                provider_with_models(model("a", early) + "," + model("b", R"("latest")")),
                ErrorCode::DuplicateAlias, "/models/1/aliases/0"},
    };
    for (const Refusal& refusal : refusals)
        check_refused(refusal);
    CHECK(read_book(provider_with_models(model("a", early) + "," + model("b", late))).has_value());
}

TEST_CASE("refuses one card id for two cards") {
    const auto model = [](std::string_view id) {
        return R"({"model":")" + std::string(id) +
               R"(","cards":[{"id":"same","status":"observed","source":"page","rates":{"input_tokens":"1"}}]})";
    };
    check_refused({"twice", provider_with_models(model("a") + "," + model("b")),
                   ErrorCode::DuplicateId, "/models/1/cards/0/id"});
}

TEST_CASE("a later document wins model by model and keeps the rest") {
    const auto priced = [](std::string_view id, std::string_view rate) {
        return R"({"model":")" + std::string(id) + R"(","cards":[{"id":")" + std::string(id) +
               R"(/1","status":"observed","source":"page","rates":{"input_tokens":")" +
               std::string(rate) + R"("}}]})";
    };
    const std::string ours = provider_with_models(priced("a", "1") + "," + priced("b", "1"));
    const std::string theirs =
        R"({"schema":"tokenlever.book/1","version":"contract","date":"2026-10-01","providers":[)" +
        provider_with_models(priced("b", "0.7") + "," + priced("c", "9")) + "]}";
    const std::array<std::string_view, 3> documents = {
        R"({"schema":"tokenlever.book/1","version":"1","date":"2026-11-01"})", ours, theirs};
    const Result<PriceBook> book = PriceBook::read(documents);
    REQUIRE(book.has_value());
    CHECK(book->version() == "1+contract");
    CHECK(book->date() == "2026-11-01");
    REQUIRE(book->providers().size() == 1);
    const std::vector<Model>& models = book->providers()[0].models;
    REQUIRE(models.size() == 3);
    CHECK(models[0].cards[0].rates[0].rate == Decimal(1));
    CHECK(models[1].cards[0].rates[0].rate == decimal("0.7"));
    CHECK(models[2].id == "c");
    CHECK(book->providers()[0].sources[models[1].cards[0].source].read_at == "2026-11-01");
}

// ---- imported lists ---------------------------------------------------------------------------

namespace {

// `models` is the inside of the list of models of "acme".
std::string imported(std::string_view models, std::string_view rank = "1") {
    return R"({"schema":"tokenlever.imported/1","package":"peer","version":"1.2.3","read_at":"2026-11-02","rank":)" +
           std::string(rank) + R"(,"providers":{"acme":{"name":"Acme","models":{)" +
           std::string(models) + "}}}}";
}

std::string imported_model(std::string_view name, std::string_view rate) {
    return "\"" + std::string(name) + R"(":{"cards":[{"rates":{"input_tokens":")" +
           std::string(rate) + R"("}}]})";
}

std::string own_model(std::string_view name, std::string_view rate, std::string_view keys = "") {
    return R"({"model":")" + std::string(name) + R"(",)" + std::string(keys) +
           R"("cards":[{"id":")" + std::string(name) +
           R"(/1","status":"observed","source":"page","rates":{"input_tokens":")" +
           std::string(rate) + R"("}}]})";
}

// "model rate" of what a book of these documents has, by id.
std::vector<std::string> rates_of(std::span<const std::string_view> documents) {
    const Result<PriceBook> book = PriceBook::read(documents);
    REQUIRE_MESSAGE(book.has_value(), (book ? std::string() : error_message(book.error())));
    std::vector<std::string> rows;
    for (const Provider& provider : book->providers())
        for (const Model& model : provider.models)
            rows.push_back(model.id + " " + model.cards[0].rates[0].rate.to_string());
    return rows;
}

}  // namespace

TEST_CASE("an imported model says where it comes from, and that nobody has checked it") {
    const PriceBook book = book_of(imported(
        R"("vendor/m":{"context_window":1000,"max_output_tokens":10,"deprecated":true,"cards":[)"
        R"({"effective_to":"2026-01-01","rates":{"input_tokens":"1","cache_read_tokens":null}},)"
        R"({"effective_from":"2026-01-01","rates":{"input_tokens":"2"},)"
        R"("context_tiers":[{"op":">","threshold":100,"rates":{"input_tokens":"3"}}]}]})"));
    REQUIRE(book.providers().size() == 1);
    const Provider& acme = book.providers()[0];
    REQUIRE(acme.models.size() == 1);
    const Model& model = acme.models[0];
    CHECK(model.id == "vendor/m");
    CHECK(acme.name == "Acme");
    CHECK(model.publisher.empty());
    CHECK(model.context_window == 1000);
    CHECK(model.max_output_tokens == 10);
    CHECK(model.is_deprecated);
    REQUIRE(model.cards.size() == 2);
    CHECK(card_at(model, instant("2025-12-31")) == &model.cards[0]);
    CHECK(card_at(model, instant("2026-01-01")) == &model.cards[1]);
    CHECK_FALSE(model.cards[0].rates[1].is_published);
    CHECK(model.cards[1].context_tiers[0].rates[0].rate == Decimal(3));
    for (const RateCard& card : model.cards) {
        CHECK(card.status == RateStatus::Imported);
        CHECK_FALSE(card.is_curated);
        CHECK(acme.sources[card.source].package == "peer");
        CHECK(acme.sources[card.source].version == "1.2.3");
        CHECK(acme.sources[card.source].read_at == "2026-11-02");
    }
    CHECK(model.cards[0].id != model.cards[1].id);
}

TEST_CASE("an imported model yields to a provider document, whatever stands first") {
    const std::string own = provider_with_models(
        own_model("a-1.5", "1", R"("aliases":["latest"],)") + "," + own_model("b", "2"));
    const std::string theirs =
        imported(imported_model("a-1-5", "9") + "," + imported_model("latest", "9") + "," +
                 imported_model("b-2026-01-02", "9") + "," + imported_model("b-fast", "9") + "," +
                 imported_model("c", "3"));
    const std::vector<std::string> expected = {"a-1.5 1", "b 2", "b-fast 9", "c 3"};
    const std::array<std::string_view, 2> first = {own, theirs};
    CHECK(rates_of(first) == expected);
    const std::array<std::string_view, 2> last = {theirs, own};
    CHECK(rates_of(last) == expected);
}

TEST_CASE("of two packages the lower rank is asked, and a dated name is kept for its price only") {
    const std::string fresh =
        imported(imported_model("a", "1") + "," + imported_model("a-2025-01-02", "1") + "," +
                     imported_model("a-2024-01-02", "7"),
                 "1");
    const std::string old =
        imported(imported_model("a", "8") + "," + imported_model("b", "2"), "2");
    const std::vector<std::string> expected = {"a 1", "a-2024-01-02 7", "b 2"};
    const std::array<std::string_view, 2> first = {fresh, old};
    CHECK(rates_of(first) == expected);
    const std::array<std::string_view, 2> last = {old, fresh};
    CHECK(rates_of(last) == expected);
}

TEST_CASE("refuses an imported list it cannot trust, and points at it") {
    const std::array refusals = {
        Refusal{
            "no rank",
            R"({"schema":"tokenlever.imported/1","package":"p","version":"1","read_at":"2026-11-02","providers":{}})",
            ErrorCode::MissingKey, ""},
        Refusal{"rank 0, which is that of our own documents", imported("", "0"),
                ErrorCode::OutOfRange, "/rank"},
        Refusal{"a name in upper case", imported(imported_model("GPT", "1")),
                ErrorCode::InvalidValue, "/providers/acme/models/GPT"},
        Refusal{"a number in place of a decimal string",
                imported(R"("m":{"cards":[{"rates":{"input_tokens":0.1}}]})"), ErrorCode::WrongType,
                "/providers/acme/models/m/cards/0/rates/input_tokens"},
        Refusal{"a unit nobody knows", imported(R"("m":{"cards":[{"rates":{"tokens":"1"}}]})"),
                ErrorCode::UnknownUnit, "/providers/acme/models/m/cards/0/rates/tokens"},
        Refusal{"a card that claims more",
                imported(R"("m":{"cards":[{"rates":{},"curated":true}]})"), ErrorCode::UnknownKey,
                "/providers/acme/models/m/cards/0/curated"},
        Refusal{
            "periods that overlap",
            imported(R"("m":{"cards":[{"rates":{}},{"rates":{},"effective_from":"2026-01-01"}]})"),
            ErrorCode::OverlappingCards, "/providers/acme/models/m/cards/1"},
        Refusal{"a model twice",
                imported(imported_model("m", "1") + "," + imported_model("m", "1")),
                ErrorCode::DuplicateKey, "/providers/acme/models"},
    };
    for (const Refusal& refusal : refusals)
        check_refused(refusal);
}

TEST_CASE("a book may hold documents of every kind") {
    const std::string book =
        R"({"schema":"tokenlever.book/1","version":"1","date":"2026-11-01","documents":[)" +
        provider_with_models(own_model("a", "1")) + "," + imported(imported_model("b", "2")) + "]}";
    const std::array<std::string_view, 1> documents = {book};
    CHECK(rates_of(documents) == std::vector<std::string>{"a 1", "b 2"});
    check_refused(
        {"and says where one is wrong",
         R"({"schema":"tokenlever.book/1","version":"1","date":"2026-11-01","documents":[)" +
             provider_with_models(own_model("a", "1")) + R"(,{"schema":"other"}]})",
         ErrorCode::UnknownSchema, "/documents/1/schema"});
}

TEST_CASE("an error in one of several documents says in which") {
    const std::array<std::string_view, 2> documents = {
        R"({"schema":"tokenlever.book/1","version":"1","date":"2026-11-01"})",
        R"({"schema":"other"})"};
    const Result<PriceBook> book = PriceBook::read(documents);
    REQUIRE_FALSE(book.has_value());
    CHECK(book.error().where == "price document 2 /schema");
}
