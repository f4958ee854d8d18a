// Ui: painting, and what is only read.

#include "app.h"
#include "imgui_internal.h"
#include "ui.h"

#include <cmath>

namespace tokenlever::app {
namespace {

constexpr std::string_view kEllipsis = "\u2026";

ImVec2 min_of(const Rect& rect) { return {rect.x, rect.y}; }
ImVec2 max_of(const Rect& rect) { return {rect.right(), rect.bottom()}; }

std::size_t next_character(std::string_view text, std::size_t at) {
    do
        ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80);
    return at;
}

float left_of(const Rect& rect, float width, Align align) {
    switch (align) {
        case Align::Left: return rect.x;
        case Align::Center: return rect.x + (rect.w - width) / 2;
        case Align::Right: return rect.right() - width;
    }
    return rect.x;
}

}  // namespace

void Ui::fill(const Rect& rect, Color color, float radius, float alpha) {
    list_->AddRectFilled(min_of(rect), max_of(rect), paint_of(color, alpha), radius);
}

void Ui::outline(const Rect& rect, Color color, float radius, float thickness) {
    list_->AddRect(min_of(rect), max_of(rect), paint_of(color), radius, 0, thickness);
}

void Ui::line(ImVec2 from, ImVec2 to, Color color, float thickness) {
    if (from.y == to.y) {  // crisp on the pixel grid
        list_->AddRectFilled({from.x, std::round(from.y)}, {to.x, std::round(from.y) + thickness},
                             paint_of(color));
        return;
    }
    list_->AddLine(from, to, paint_of(color), thickness);
}

void Ui::dashed(ImVec2 from, ImVec2 to, Color color) {
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    if (length <= 0) return;
    const ImVec2 unit{(to.x - from.x) / length, (to.y - from.y) / length};
    for (float at = 0; at < length; at += 6) {
        const float end = std::min(at + 3, length);
        list_->AddLine({from.x + unit.x * at, from.y + unit.y * at},
                       {from.x + unit.x * end, from.y + unit.y * end}, paint_of(color), 1);
    }
}

void Ui::icon(const Rect& rect, Icon icon, Color color) {
    draw_icon(*list_, icon, rect, paint_of(color));
}

float Ui::text_width(TextStyle style, std::string_view text) const {
    if (text.empty()) return 0;  // ImGui takes a null end for "up to the zero byte"
    const TextMetrics& type = metrics(style);
    ImFont* font = type.is_semibold ? frame_.fonts->semibold : frame_.fonts->regular;
    float width =
        font->CalcTextSizeA(type.size, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
    if (type.tracking != 0)
        for (std::size_t at = 0; at < text.size(); at = next_character(text, at))
            width += type.tracking;
    return width;
}

void Ui::paint_text(ImVec2 at, TextStyle style, ImU32 color, std::string_view text) {
    const TextMetrics& type = metrics(style);
    ImFont* font = type.is_semibold ? frame_.fonts->semibold : frame_.fonts->regular;
    const char* begin = text.data();
    if (type.tracking == 0) {
        list_->AddText(font, type.size, at, color, begin, begin + text.size());
        return;
    }
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t to = next_character(text, from);
        list_->AddText(font, type.size, {std::round(at.x), at.y}, color, begin + from, begin + to);
        at.x += text_width(style, text.substr(from, to - from));
        from = to;
    }
}

void Ui::label(const Rect& rect, TextStyle style, Color color, std::string_view text, Align align) {
    if (text.empty()) return;
    const float y = std::round(rect.center_y() - metrics(style).size / 2);
    const float width = text_width(style, text);
    if (width <= rect.w + 0.5F || rect.w <= 0) {
        paint_text({std::round(left_of(rect, width, align)), y}, style, paint_of(color), text);
        return;
    }
    const float room = rect.w - text_width(style, kEllipsis);
    std::size_t end = 0;
    for (std::size_t next = next_character(text, 0); next < text.size();
         next = next_character(text, next)) {
        if (text_width(style, text.substr(0, next)) > room) break;
        end = next;
    }
    const std::string cut = std::string(text.substr(0, end)) + std::string(kEllipsis);
    paint_text({rect.x, y}, style, paint_of(color), cut);
}

std::vector<std::string_view> Ui::wrap(TextStyle style, std::string_view text, float width) const {
    std::vector<std::string_view> lines;
    std::size_t start = 0;
    std::size_t fits = 0;  // end of the last word that fits
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size() && text[at] != ' ') continue;
        if (fits > start && text_width(style, text.substr(start, at - start)) > width) {
            lines.push_back(text.substr(start, fits - start));
            start = fits + 1;
        }
        fits = at;
    }
    lines.push_back(text.substr(std::min(start, text.size())));
    return lines;
}

std::vector<std::string_view> Ui::wrap_anywhere(TextStyle style, std::string_view text,
                                                float width) const {
    std::vector<std::string_view> lines;
    for (std::string_view line : wrap(style, text, width)) {
        while (text_width(style, line) > width) {
            std::size_t end = next_character(line, 0);
            for (std::size_t next = end; next < line.size(); next = next_character(line, next)) {
                if (text_width(style, line.substr(0, next)) > width) break;
                end = next;
            }
            lines.push_back(line.substr(0, end));
            line.remove_prefix(end);
        }
        lines.push_back(line);
    }
    return lines;
}

void Ui::text(const Rect& rect, TextStyle style, Color color, std::string_view text, Align align) {
    label(rect, style, color, text, align);
    record({.role = Role::Text, .text = std::string(text)}, rect);
}

void Ui::figure(const Rect& rect, TextStyle style, Color color, std::string id,
                std::string_view text, std::string exact, Align align) {
    label(rect, style, color, text, align);
    record({.role = Role::Text,
            .id = std::move(id),
            .value = std::move(exact),
            .text = std::string(text)},
           rect);
}

void Ui::heading(const Rect& rect, int level, std::string_view text, std::string_view note) {
    const TextStyle style = TextStyle::BodyStrong;
    label(rect, style, Color::Text, text);
    record({.role = Role::Heading, .text = std::string(text), .level = level}, rect);
    if (note.empty()) return;
    const float width = text_width(style, text) + 8;
    if (rect.w - width < 40) return;
    this->text(rect.without_left(width), TextStyle::Body, Color::Text3, note);
}

void Ui::record_title(const Rect& rect, std::string_view text) {
    record(
        {.role = Role::Heading, .id = std::string(kTitleId), .text = std::string(text), .level = 1},
        rect);
}

float Ui::paragraph(const Rect& at, TextStyle style, Color color, std::string_view text) {
    const float height = metrics(style).line;
    float y = at.y;
    for (const std::string_view row : wrap(style, text, at.w)) {
        label({at.x, y, at.w, height}, style, color, row);
        y += height;
    }
    record({.role = Role::Text, .text = std::string(text)}, {at.x, at.y, at.w, y - at.y});
    return y - at.y;
}

float Ui::tag(float x, float center_y, TagKind kind, std::string_view text) {
    const float width = paint_tag(x, center_y, kind, text);
    record({.role = Role::Text, .text = std::string(text)}, {x, center_y - 11, width, 22});
    return width;
}

float Ui::paint_tag(float x, float center_y, TagKind kind, std::string_view text) {
    struct Look {
        Color back, front;
    };
    constexpr Look kLooks[] = {{Color::Surface2, Color::Text2},
                               {Color::AccentSoft, Color::Accent},
                               {Color::WarnSoft, Color::Warn},
                               {Color::UpSoft, Color::Up}};
    const Look look = kLooks[static_cast<std::size_t>(kind)];
    const Rect rect{x, center_y - 11, text_width(TextStyle::Caption, text) + 14, 22};
    fill(rect, look.back, 6);
    label(rect, TextStyle::Caption, look.front, text, Align::Center);
    return rect.w;
}

float Ui::chip(float x, float center_y, std::string_view text) {
    const Rect rect{x, center_y - 14, text_width(TextStyle::Small, text) + 22, 28};
    outline(rect, Color::Border, 14);
    label(rect, TextStyle::Small, Color::Text2, text, Align::Center);
    record({.role = Role::Text, .text = std::string(text)}, rect);
    return rect.w;
}

float Ui::note(const Rect& at, Role role, std::string_view lead, std::string_view text) {
    const bool is_error = role == Role::Alert;
    const float lead_width = lead.empty() ? 0 : text_width(TextStyle::SmallStrong, lead) + 8;
    const float room = at.w - 24 - lead_width;
    const auto lines = wrap(TextStyle::Small, text, room);
    const float height = 16 + 19 * static_cast<float>(lines.size());
    const Rect box{at.x, at.y, at.w, height};
    fill(box, is_error ? Color::UpSoft : Color::WarnSoft, space::kControlRadius);
    float y = at.y + 8;
    label({at.x + 12, y, lead_width, 19}, TextStyle::SmallStrong,
          is_error ? Color::Up : Color::Warn, lead);
    for (const std::string_view row : lines) {
        label({at.x + 12 + lead_width, y, room, 19}, TextStyle::Small, Color::Text, row);
        y += 19;
    }
    std::string whole(lead);
    if (!lead.empty()) whole += ": ";
    record({.role = role, .text = whole + std::string(text)}, box);
    return height;
}

void Ui::progress(const Rect& rect, std::string id, std::string name, double share,
                  std::string valuetext) {
    const float part = static_cast<float>(std::clamp(share, 0.0, 1.0));
    fill(rect, Color::Surface2, rect.h / 2);
    if (part > 0) fill(rect.left_part(std::max(rect.h, rect.w * part)), Color::Accent, rect.h / 2);
    record({.role = Role::Progressbar,
            .id = std::move(id),
            .name = std::move(name),
            .value = std::to_string(static_cast<int>(part * 100)),
            .valuetext = std::move(valuetext),
            .range = Range{"0", "100", "1"}},
           rect);
}

void Ui::image(const Rect& rect, std::string id, std::string name, std::string description) {
    record({.role = Role::Image,
            .id = std::move(id),
            .name = std::move(name),
            .description = std::move(description)},
           rect);
}

}  // namespace tokenlever::app
