// The Models screen on a small book of the test's own, so that no price of the real one is in the
// way, and on a large one.

#include "harness.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace tokenlever::tests {
namespace {

struct TestModel {
    std::string id, name, input, output, status = "observed";
    std::string more{};  // further keys of the card: ,"key":value
};

std::string document(const std::string& provider, const std::vector<TestModel>& models) {
    std::string text = R"({"schema":"tokenlever.provider/1","provider":")" + provider +
                       R"(","name":")" + provider +
                       R"(","currency":"USD","sources":{"page":{"url":"https://www.)" + provider +
                       R"(.example/prices","read_at":"2026-10-29"}},"models":[)";
    for (const TestModel& model : models) {
        if (text.back() != '[') text += ',';
        text += R"({"model":")" + model.id + R"(","name":")" + model.name +
                R"(","context_window":200000,"cards":[{"id":")" + model.id + R"(/1","status":")" +
                model.status +
                R"(","curated":false,"source":"page","effective_from":null,"effective_to":null,)" +
                R"("rates":{"input_tokens":")" + model.input + R"(","output_tokens":")" +
                model.output + R"("})" + model.more + "}]}";
    }
    return text + "]}";
}

PriceBook book_of(const std::vector<std::string>& documents) {
    const std::string head =
        R"({"schema":"tokenlever.book/1","version":"test","date":"2026-11-01"})";
    std::vector<std::string_view> all = {head};
    all.insert(all.end(), documents.begin(), documents.end());
    auto book = PriceBook::read(all);
    REQUIRE_MESSAGE(book.has_value(), (book ? std::string() : error_message(book.error())));
    return std::move(*book);
}

const PriceBook& small_book() {
    static const PriceBook book = book_of(
        {document("anthropic",
                  {{"claude-sonnet-4-5", "Claude Sonnet 4.5", "3", "15", "observed", {}},
                   {"claude-haiku-4-5", "Claude Haiku 4.5", "1", "5", "observed", {}}}),
         document(
             "acme",
             {{"tiny", "Tiny", "0.1", "0.4", "derived", {}},
              {"long", "Long", "2", "8", "observed",
               R"(,"context_tiers":[{"op":">","threshold":5000,"rates":{"input_tokens":"4"}}])"}})});
    return book;
}

std::vector<std::string> names(Harness& harness) {
    std::vector<std::string> found;
    for (const Json* node : harness.all())
        if (text_of(*node, "id").starts_with("model.") && !text_of(*node, "id").ends_with(".use"))
            found.push_back(text_of(*node, "name"));
    return found;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("semantics of the models screen, and of an explanation") {
    Harness harness({}, small_book());
    harness.click("nav.models");
    check_golden("models", harness.outline());
    harness.click("model.acme/long");
    check_golden("models-details", harness.outline());
}

TEST_CASE("every model is priced for the workload that is at hand, to the last digit") {
    Harness harness({}, small_book());
    harness.click("nav.models");
    // 1,000,000 requests of 7,500 input and 500 output tokens.
    harness.click("model.acme/tiny");
    CHECK(harness.text("details.cost", "value") == "950");
    harness.click("model.acme/long");  // above 5,000 tokens of prompt
    CHECK(harness.text("details.cost", "value") == "34000");
    harness.click("nav.calculator");
    harness.set("workload.chat.requests_per_month", "10");
    harness.click("nav.models");
    CHECK(harness.text("details.cost", "value") == "0.34");
    harness.click("nav.calculator");
    harness.click("workload.chat.duplicate");
    harness.set("workload.chat-2.output_tokens", "0");
    harness.click("nav.models");
    CHECK(harness.text("title", "text") == "Models for Support chat 2");
    CHECK(harness.text("details.cost", "value") == "0.3");
    harness.click("models.workload");
    harness.click("models.workload/chat");
    CHECK(harness.text("title", "text") == "Models for Support chat");
    CHECK(harness.text("details.cost", "value") == "0.34");
}

TEST_CASE("rows are sorted by any column, in both directions") {
    Harness harness({}, small_book());
    harness.click("nav.models");
    CHECK(names(harness) == Names{"Tiny", "Claude Haiku 4.5", "Claude Sonnet 4.5", "Long"});
    harness.click("models.sort.2");
    CHECK(names(harness) == Names{"Long", "Claude Sonnet 4.5", "Claude Haiku 4.5", "Tiny"});
    harness.click("models.sort.0");
    CHECK(names(harness) == Names{"Claude Haiku 4.5", "Claude Sonnet 4.5", "Long", "Tiny"});
    CHECK(harness.outline().find("sort=ascending") != std::string::npos);
    harness.click("models.sort.0");
    CHECK(names(harness) == Names{"Tiny", "Long", "Claude Sonnet 4.5", "Claude Haiku 4.5"});
    CHECK(harness.outline().find("sort=descending") != std::string::npos);
}

TEST_CASE("rows are searched by every word, and filtered by seller and by how sure the price is") {
    Harness harness({}, small_book());
    harness.click("nav.models");
    harness.act("models.search", "input", "claude 4.5 hai");
    CHECK(names(harness) == Names{"Claude Haiku 4.5"});
    harness.act("models.search", "input", "no such");
    CHECK(names(harness).empty());
    CHECK(harness.outline().find("No model matches.") != std::string::npos);
    harness.set("models.search", "");
    harness.click("models.provider");
    harness.click("models.provider/acme");
    CHECK(names(harness) == Names{"Tiny", "Long"});
    harness.click("models.label");
    harness.click("models.label/Derived");
    CHECK(names(harness) == Names{"Tiny"});
    CHECK(harness.outline().find("Rows 1\u20131 of 1, 1 more with another price status") !=
          std::string::npos);
    harness.click("models.label");
    harness.click("models.label/Every price");
    harness.click("models.provider");
    harness.click("models.provider/all");
    CHECK(names(harness).size() == 4);
}

TEST_CASE("a model is put in use from its row and from its explanation, and undone") {
    Harness harness({}, small_book());
    harness.click("nav.models");
    harness.click("model.anthropic/claude-haiku-4-5.use");
    CHECK(harness.tree_text("screen") == "models");
    CHECK(harness.find("model.anthropic/claude-haiku-4-5.use") == nullptr);
    harness.click("model.acme/tiny");
    harness.click("details.use");
    CHECK(harness.text("details.use", "disabled") == "true");
    harness.click("nav.calculator");
    CHECK(harness.text("headline.baseline.value", "value") == "950");
    harness.click("undo");
    harness.click("undo");
    CHECK(harness.text("headline.baseline.value", "value") == "30000");
    CHECK(harness.tree_text("screen") == "calculator");
}

TEST_CASE("the age of a price is told by the scenario's clock") {
    Harness harness({}, small_book());
    harness.click("nav.models");
    CHECK(harness.outline().find("cell \"3 days ago\"") != std::string::npos);
    harness.click("nav.calculator");
    harness.click("copy");
    const auto copied = Json::parse(harness.effects().back());
    std::string scenario = text_of(*copied, "text");
    const std::size_t at = scenario.find("2026-11-01T");
    REQUIRE(at != std::string::npos);
    scenario.replace(at, 10, "2026-10-30");
    harness.act("", "load_scenario", scenario);
    harness.act("", "navigate", "models");
    CHECK(harness.outline().find("cell \"1 day ago\"") != std::string::npos);
}

TEST_CASE("Export gives the listed models, every digit") {
    Harness harness({}, small_book());
    harness.click("nav.models");
    harness.act("models.search", "input", "long");
    (void)harness.effects();
    harness.click("export");
    const auto file = Json::parse(harness.effects().at(0));
    CHECK(text_of(*file, "name") == "models.csv");
    CHECK(text_of(*file, "text") ==
          "provider,model,name,monthly_cost,cost_per_request,input_tokens,cache_read_tokens,"
          "output_tokens,context_window,price_status,age_days,source\r\n"
          "acme,acme/long,Long,34000,0.034,2,,8,200000,Observed,3,acme.example\r\n");
}

TEST_CASE("two thousand models: a lean tree, pages through all of them, and rest") {
    std::vector<TestModel> many;
    for (int i = 0; i < 2000; ++i) {
        const std::string number = std::to_string(10000 + i).substr(1);
        many.push_back({"m" + number, "Model " + number, "0." + number, "1", "observed", {}});
    }
    const PriceBook book = book_of({document("acme", many)});
    Harness harness({}, book);
    harness.click("nav.models");
    CHECK(harness.all().size() < 600);
    CHECK(names(harness).size() == 25);
    CHECK(names(harness).front() == "Model 0000");
    CHECK(harness.outline().find("Rows 1\u201325 of 2,000") != std::string::npos);
    CHECK(harness.text("models.previous", "disabled") == "true");
    harness.click("models.next");
    CHECK(names(harness).front() == "Model 0025");
    harness.click("models.previous");
    CHECK(names(harness).front() == "Model 0000");
    // The wheel scrolls through all, and what is told follows.
    const Box table = harness.box("models.table");
    harness.point(static_cast<float>(table.x + 100), static_cast<float>(table.y + 100));
    harness.screen().wheel(36 * 1000);
    harness.settle();
    const Names seen = names(harness);
    CHECK(seen.front() >= "Model 0975");
    CHECK(seen.front() <= "Model 1025");
    harness.act("models.search", "input", "model 1999");
    CHECK(names(harness) == Names{"Model 1999"});
    const auto generation = harness.app().generation();
    for (int i = 0; i < 5; ++i)
        harness.frame();
    CHECK_FALSE(harness.app().wants_frame());
    CHECK(harness.app().generation() == generation);
}

TEST_CASE("a row that the pointer presses is explained, and its button puts it in use") {
    Harness harness({}, small_book());
    harness.click("nav.models");
    harness.click_at(harness.box("model.acme/long"));
    CHECK(harness.text("details.cost", "value") == "34000");
    harness.click_at(harness.box("model.acme/tiny.use"));
    CHECK(harness.find("model.acme/tiny.use") == nullptr);
    harness.act("", "escape");
    CHECK(harness.find("details.cost") == nullptr);
}

TEST_CASE("on a phone the explanation lies over the list and closes when it is left") {
    Harness harness({.width = 390, .height = 844}, small_book());
    harness.act("", "pointer", "coarse");
    harness.act("", "navigate", "models");
    harness.click_at(harness.box("model.acme/long"));
    REQUIRE(harness.find("details.cost") != nullptr);
    harness.click_at({4, 500, 1, 1});
    CHECK(harness.find("details.cost") == nullptr);
    harness.click("models.sort_by");
    harness.click("models.sort_by/Model");
    CHECK(names(harness).front() == "Claude Haiku 4.5");
}

}  // namespace tokenlever::tests
