#pragma once

// The semantics tree: what a person can read or touch, recorded in the pass that draws it.
// docs/architecture.md fixes the JSON.

#include "geometry.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever::app {

enum class Role : std::uint8_t {
    Main,
    Navigation,
    Banner,
    Region,
    Group,
    Heading,
    Text,
    Link,
    Button,
    Switch,
    Slider,
    Textbox,
    Combobox,
    Listbox,
    Option,
    Table,
    Row,
    ColumnHeader,
    RowHeader,
    Cell,
    Image,
    Progressbar,
    Note,
    Status,
    Alert,
    Separator,
};
std::string_view to_id(Role role);

// How the page draws a native input exactly over ours.
struct InputStyle {
    float size = 14;
    bool is_semibold = false;
    bool is_right_aligned = false;
    float padding = 8;
    std::string color{}, background{};
    bool operator==(const InputStyle&) const = default;
};

struct Range {
    std::string min{}, max{}, step{};  // decimal texts
};

struct Node {
    Role role{};
    std::string id{}, name{};
    std::string value{};      // the exact value: a figure's amount, a field's text
    std::string text{};       // what stands on the screen
    std::string valuetext{};  // a slider's value as a person says it
    std::string description{};
    std::string inputmode{}, controls{}, active{};
    std::string sort{};  // of a columnheader: "ascending" or "descending"
    int level = 0;
    std::optional<Range> range{};
    std::optional<bool> checked{}, expanded{}, current{}, selected{};
    bool is_disabled = false;
    bool is_invalid = false;
    std::optional<Rect> rect{};
    std::optional<Rect> clip{};
    std::optional<InputStyle> style{};

    int depth = 0;  // set by the recorder
};

// What stands beside the nodes.
struct SemanticsHead {
    std::string title;
    std::string_view theme, scheme, screen;
    std::string modal, announce;
};

// Nodes in document order; containers are opened and closed like brackets.
class SemanticsRecorder {
public:
    void clear();
    std::size_t open(Node node);  // the node's index, valid until clear()
    void close() { --depth_; }
    std::size_t add(Node node);
    Node& at(std::size_t index) { return nodes_[index]; }
    const std::vector<Node>& nodes() const { return nodes_; }
    bool has(std::string_view id) const;
    int depth() const { return depth_; }

    std::string to_json(const SemanticsHead& head) const;

private:
    std::vector<Node> nodes_;
    int depth_ = 0;
};

// Adds a JSON string with its quotes to `out`.
void append_json_string(std::string& out, std::string_view text);

}  // namespace tokenlever::app
