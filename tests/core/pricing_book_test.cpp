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

TEST_CASE("an error in one of several documents says in which") {
    const std::array<std::string_view, 2> documents = {
        R"({"schema":"tokenlever.book/1","version":"1","date":"2026-11-01"})",
        R"({"schema":"other"})"};
    const Result<PriceBook> book = PriceBook::read(documents);
    REQUIRE_FALSE(book.has_value());
    CHECK(book.error().where == "price document 2 /schema");
}
