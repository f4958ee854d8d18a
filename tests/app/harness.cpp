#include "harness.h"

#include "../shared.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>

namespace tokenlever::tests {
namespace {

constexpr int kMostFrames = 40;  // a large book is priced in slices

void collect(const Json& node, std::vector<const Json*>& out) {
    out.push_back(&node);
    if (const Json* children = node.find("children"))
        for (const Json& child : children->items())
            collect(child, out);
}

// What the book's growth changes every day says nothing of a screen.
std::string without_book(std::string text) {
    if (text.starts_with("Price book ")) return "Price book (date)";
    if (text.ends_with(" models") && text.find_first_not_of("0123456789,") == text.size() - 7)
        return "(count) models";
    return text;
}

std::string quoted(const std::string& text) { return '"' + text + '"'; }

void describe(const Json& node, int depth, std::string& out) {
    out.append(static_cast<std::size_t>(depth) * 2, ' ');
    out += text_of(node, "role");
    for (const std::string_view key : {"name", "text"})
        if (const std::string text = text_of(node, key); !text.empty())
            out += ' ' + quoted(without_book(text));
    for (const std::string_view key :
         {"id", "value", "valuetext", "level", "min", "max", "step", "checked", "expanded",
          "current", "selected", "disabled", "invalid", "inputmode", "controls", "active", "sort",
          "description"})
        if (const std::string text = text_of(node, key); !text.empty())
            out += ' ' + std::string(key) + '=' + text;
    out += '\n';
    if (const Json* children = node.find("children"))
        for (const Json& child : children->items())
            describe(child, depth + 1, out);
}

Instant now() { return *parse_instant(kNow); }

}  // namespace

const PriceBook& embedded_book() {
    static const PriceBook book = [] {
        auto read = PriceBook::read(embedded_book_documents());
        REQUIRE_MESSAGE(read.has_value(), "the embedded book cannot be read");
        return *read;
    }();
    return book;
}

std::string text_of(const Json& node, std::string_view key) {
    const Json* member = node.find(key);
    if (member == nullptr) return {};
    if (member->kind() == Json::Kind::Boolean) return member->boolean() ? "true" : "false";
    return member->text();
}

std::optional<Box> box_of(const Json& node, std::string_view key) {
    const Json* rect = node.find(key);
    if (rect == nullptr || rect->items().size() != 4) return std::nullopt;
    std::array<double, 4> numbers{};
    for (std::size_t i = 0; i < 4; ++i)
        numbers[i] = *rect->items()[i].as_double();
    return Box{numbers[0], numbers[1], numbers[2], numbers[3]};
}

Harness::Harness(const platform::HeadlessOptions& options, const PriceBook& book)
    : screen_(options), app_(book, now(), {screen_.regular(), screen_.semibold()}) {
    settle();
}

void Harness::frame() {
    screen_.begin_frame();
    app_.draw_frame();
    screen_.end_frame();
}

void Harness::settle() {
    int frames = 0;
    do
        frame();
    while (app_.wants_frame() && ++frames < kMostFrames);
    CHECK_MESSAGE(frames < kMostFrames, "the screen does not come to rest");
    frame();  // ImGui settles a frame late
}

void Harness::act(std::string_view id, std::string_view kind, std::string_view value) {
    app_.act(id, kind, value);
    settle();
}

void Harness::point(float x, float y) {
    screen_.move(x, y);
    settle();
}

void Harness::press(bool is_down) {
    screen_.press(is_down);
    settle();
}

void Harness::click_at(const Box& at) {
    point(static_cast<float>(at.x + at.w / 2), static_cast<float>(at.y + at.h / 2));
    press(true);
    press(false);
}

const Json& Harness::tree() {
    if (seen_ == app_.generation() && tree_) return *tree_;
    auto parsed = Json::parse(app_.semantics());
    REQUIRE_MESSAGE(parsed.has_value(),
                    "the semantics are not JSON: " << app_.semantics().substr(0, 400));
    tree_ = std::move(*parsed);
    seen_ = app_.generation();
    return *tree_;
}

std::vector<const Json*> Harness::all() {
    std::vector<const Json*> nodes;
    for (const Json& node : tree().find("nodes")->items())
        collect(node, nodes);
    return nodes;
}

const Json* Harness::find(std::string_view id) {
    for (const Json* node : all())
        if (text_of(*node, "id") == id) return node;
    return nullptr;
}

std::string Harness::text(std::string_view id, std::string_view key) {
    const Json* node = find(id);
    REQUIRE_MESSAGE(node != nullptr, "no node " << std::string(id));
    return text_of(*node, key);
}

std::string Harness::tree_text(std::string_view key) { return text_of(tree(), key); }

Box Harness::box(std::string_view id) {
    const Json* node = find(id);
    REQUIRE_MESSAGE(node != nullptr, "no node " << std::string(id));
    const auto rect = box_of(*node, "rect");
    REQUIRE_MESSAGE(rect.has_value(), "no rectangle at " << std::string(id));
    return *rect;
}

std::string Harness::outline() {
    std::string out = "screen " + tree_text("screen") + ", theme " + tree_text("theme") +
                      ", scheme " + tree_text("scheme") + '\n';
    for (const Json& node : tree().find("nodes")->items())
        describe(node, 0, out);
    return out;
}

void check_golden(const std::string& name, const std::string& actual) {
    const std::string path = TOKENLEVER_SOURCE_DIR "/tests/app/golden/" + name + ".txt";
    if (std::getenv("TOKENLEVER_UPDATE_GOLDEN") != nullptr) {
        std::FILE* file = std::fopen(path.c_str(), "wb");
        REQUIRE(file != nullptr);
        std::fwrite(actual.data(), 1, actual.size(), file);
        std::fclose(file);
    }
    const auto expected = read_file(path);
    REQUIRE_MESSAGE(expected.has_value(), "no golden file " << path);
    if (*expected == actual) return;
    std::size_t at = 0;
    while (at < expected->size() && at < actual.size() && (*expected)[at] == actual[at])
        ++at;
    const std::size_t from =
        expected->rfind('\n', at) == std::string::npos ? 0 : expected->rfind('\n', at) + 1;
    FAIL_CHECK(name << " differs\n  golden: "
                    << expected->substr(from, expected->find('\n', at) - from) << "\n  now:    "
                    << actual.substr(std::min(from, actual.size()), actual.find('\n', at) - from));
}

}  // namespace tokenlever::tests
