#include "semantics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace tokenlever::app {
namespace {

constexpr std::array<std::string_view, 26> kRoles = {
    "main",        "navigation", "banner", "region",       "group",     "heading",  "text",
    "link",        "button",     "switch", "slider",       "textbox",   "combobox", "listbox",
    "option",      "table",      "row",    "columnheader", "rowheader", "cell",     "img",
    "progressbar", "note",       "status", "alert",        "separator",
};

// Rectangles to a tenth of a pixel: finer is not seen and would change the text for nothing.
void append_number(std::string& out, float value) {
    const long tenths = std::lround(value * 10);
    if (tenths < 0) out += '-';
    const unsigned long size = static_cast<unsigned long>(std::labs(tenths));
    out += std::to_string(size / 10);
    if (size % 10 != 0) {
        out += '.';
        out += static_cast<char>('0' + size % 10);
    }
}

void append_key(std::string& out, std::string_view key) {
    if (out.back() != '{') out += ',';
    out += '"';
    out += key;
    out += "\":";
}

void append_text(std::string& out, std::string_view key, std::string_view text) {
    if (text.empty()) return;
    append_key(out, key);
    append_json_string(out, text);
}

void append_raw(std::string& out, std::string_view key, std::string_view text) {
    if (text.empty()) return;
    append_key(out, key);
    out += text;
}

void append_flag(std::string& out, std::string_view key, std::optional<bool> flag) {
    if (flag) append_raw(out, key, *flag ? "true" : "false");
}

void append_rect(std::string& out, std::string_view key, const std::optional<Rect>& rect) {
    if (!rect) return;
    append_key(out, key);
    out += '[';
    append_number(out, rect->x);
    out += ',';
    append_number(out, rect->y);
    out += ',';
    append_number(out, rect->w);
    out += ',';
    append_number(out, rect->h);
    out += ']';
}

void append_style(std::string& out, const std::optional<InputStyle>& style) {
    if (!style) return;
    append_key(out, "style");
    out += "{\"size\":";
    append_number(out, style->size);
    append_raw(out, "weight", style->is_semibold ? "620" : "400");
    append_text(out, "align", style->is_right_aligned ? "right" : "left");
    append_key(out, "padding");
    append_number(out, style->padding);
    append_text(out, "color", style->color);
    append_text(out, "background", style->background);
    out += '}';
}

void append_node(std::string& out, const Node& node) {
    out += '{';
    append_text(out, "id", node.id);
    append_text(out, "role", to_id(node.role));
    append_text(out, "name", node.name);
    append_text(out, "value", node.value);
    append_text(out, "text", node.text);
    if (node.level > 0) append_raw(out, "level", std::to_string(node.level));
    if (node.range) {
        append_raw(out, "min", node.range->min);
        append_raw(out, "max", node.range->max);
        append_raw(out, "step", node.range->step);
    }
    append_text(out, "valuetext", node.valuetext);
    append_flag(out, "checked", node.checked);
    append_flag(out, "expanded", node.expanded);
    append_flag(out, "current", node.current);
    append_flag(out, "selected", node.selected);
    if (node.is_disabled) append_flag(out, "disabled", true);
    if (node.is_invalid) append_flag(out, "invalid", true);
    append_text(out, "description", node.description);
    append_text(out, "inputmode", node.inputmode);
    append_text(out, "controls", node.controls);
    append_text(out, "active", node.active);
    append_text(out, "sort", node.sort);
    append_rect(out, "rect", node.rect);
    append_rect(out, "clip", node.clip);
    append_style(out, node.style);
}

void append_nodes(std::string& out, const std::vector<Node>& nodes) {
    out += '[';
    int depth = 0;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const Node& node = nodes[i];
        if (i > 0 && node.depth > depth) out += ",\"children\":[";
        for (; depth > node.depth; --depth)
            out += "}]";
        if (out.back() != '[') out += "},";
        depth = node.depth;
        append_node(out, node);
    }
    if (!nodes.empty()) out += '}';
    for (; depth > 0; --depth)
        out += "]}";
    out += ']';
}

}  // namespace

std::string_view to_id(Role role) { return kRoles[static_cast<std::size_t>(role)]; }

void append_json_string(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += kHex[byte >> 4];
            out += kHex[byte & 0xf];
        } else {
            out += c;
        }
    }
    out += '"';
}

void SemanticsRecorder::clear() {
    nodes_.clear();
    depth_ = 0;
}

std::size_t SemanticsRecorder::add(Node node) {
    node.depth = depth_;
    nodes_.push_back(std::move(node));
    return nodes_.size() - 1;
}

std::size_t SemanticsRecorder::open(Node node) {
    const std::size_t index = add(std::move(node));
    ++depth_;
    return index;
}

bool SemanticsRecorder::has(std::string_view id) const {
    return !id.empty() && std::ranges::find(nodes_, id, &Node::id) != nodes_.end();
}

std::string SemanticsRecorder::to_json(const SemanticsHead& head) const {
    std::string out = "{";
    append_text(out, "title", head.title);
    append_text(out, "theme", head.theme);
    append_text(out, "scheme", head.scheme);
    append_text(out, "screen", head.screen);
    append_text(out, "modal", head.modal);
    append_text(out, "announce", head.announce);
    append_key(out, "nodes");
    append_nodes(out, nodes_);
    out += '}';
    return out;
}

}  // namespace tokenlever::app
