#include "icons.h"

#include <array>
#include <cmath>
#include <numbers>
#include <span>
#include <string_view>

namespace tokenlever::app {
namespace {

// A little path language in a 16 x 16 box: M x y, L x y, Z (close), C x y r (circle), D x y r
// (dot), A x y r from to (arc, degrees clockwise from the right), R x y w h r (rounded rectangle).
constexpr std::array<std::string_view, 25> kPaths = {
    "",
    "R 3 1.5 10 13 2 M 5.5 5 L 10.5 5 D 6 8.5 .9 D 10 8.5 .9 D 6 11.5 .9 D 10 11.5 .9",
    "D 3 4 1.1 D 3 8 1.1 D 3 12 1.1 M 6.5 4 L 14 4 M 6.5 8 L 14 8 M 6.5 12 L 11.5 12",
    "M 2 14 L 14 14 M 4 11 L 4 8 M 8 11 L 8 4 M 12 11 L 12 6.5",
    "M 2 4 L 14 4 M 2 8 L 14 8 M 2 12 L 14 12",
    "M 6 3 L 3 6 L 6 9 M 3 6 L 10 6 A 10 9.5 3.5 -90 90 M 10 13 L 6 13",
    "M 10 3 L 13 6 L 10 9 M 13 6 L 6 6 A 6 9.5 3.5 270 90 M 6 13 L 10 13",
    "A 8 8 5.5 -50 220 M 11.6 1.4 L 11.6 3.9 L 9 4.2",
    "R 5.5 5.5 8 8.5 1.6 M 10.5 5.5 L 10.5 3.6 L 9.4 2.5 L 3.6 2.5 L 2.5 3.6 L 2.5 9.4 L 3.6 10.5 "
    "L "
    "5.5 10.5",
    "M 8 2 L 8 10 M 4.5 7 L 8 10.5 L 11.5 7 M 2.5 13.5 L 13.5 13.5",
    "M 8 11 L 8 3 M 4.5 6 L 8 2.5 L 11.5 6 M 2.5 13.5 L 13.5 13.5",
    "C 8 8 3 M 8 1.2 L 8 2.6 M 8 13.4 L 8 14.8 M 1.2 8 L 2.6 8 M 13.4 8 L 14.8 8 M 3.2 3.2 L 4.2 "
    "4.2 M "
    "11.8 11.8 L 12.8 12.8 M 3.2 12.8 L 4.2 11.8 M 11.8 4.2 L 12.8 3.2",
    "A 8 8 5.8 35 268 A 11.2 4.6 5 75 200",
    "R 1.8 2.5 12.4 8.6 1.6 M 8 11.1 L 8 13.8 M 5 13.8 L 11 13.8",
    "M 8 3 L 8 13 M 3 8 L 13 8",
    "M 2.5 4.5 L 13.5 4.5 M 6 4.5 L 6 2.5 L 10 2.5 L 10 4.5 M 4 4.5 L 4.6 13.5 L 11.4 13.5 L 12 "
    "4.5",
    "M 4 9.5 L 8 5.5 L 12 9.5",
    "M 4 6.5 L 8 10.5 L 12 6.5",
    "M 4 6 L 8 10 L 12 6",
    "M 6 4 L 10 8 L 6 12",
    "D 6 4 1 D 10 4 1 D 6 8 1 D 10 8 1 D 6 12 1 D 10 12 1",
    "M 4 4 L 12 12 M 12 4 L 4 12",
    "R 2 3 12 10 1.6 M 2 6.5 L 14 6.5 M 2 9.7 L 14 9.7 M 7 6.5 L 7 13",
    "M 3.5 8.5 L 6.5 11.5 L 12.5 4.5",
    "M 9.5 1.8 L 4 1.8 L 3 2.8 L 3 13.2 L 4 14.2 L 12 14.2 L 13 13.2 L 13 5.3 Z M 9.5 1.8 L 9.5 "
    "5.3 L "
    "13 5.3",
};

class PathReader {
public:
    explicit PathReader(std::string_view text) : text_(text) {}

    char command() {
        skip();
        return text_.empty() ? '\0' : take();
    }
    float number() {
        skip();
        float sign = 1;
        float value = 0;
        float place = 0;
        while (!text_.empty() && text_.front() != ' ') {
            const char c = take();
            if (c == '-')
                sign = -1;
            else if (c == '.')
                place = 1;
            else {
                place *= 0.1F;
                value = place == 0 ? value * 10 + digit(c) : value + digit(c) * place;
            }
        }
        return sign * value;
    }

private:
    static float digit(char c) { return static_cast<float>(c - '0'); }
    char take() {
        const char c = text_.front();
        text_.remove_prefix(1);
        return c;
    }
    void skip() {
        while (!text_.empty() && text_.front() == ' ')
            text_.remove_prefix(1);
    }
    std::string_view text_;
};

constexpr float radians(float degrees) { return degrees * std::numbers::pi_v<float> / 180; }

class IconPainter {
public:
    IconPainter(ImDrawList& list, const Rect& box, ImU32 color)
        : list_(list), scale_(std::min(box.w, box.h) / 16), color_(color) {
        origin_ = {box.center_x() - 8 * scale_, box.center_y() - 8 * scale_};
    }

    void draw(std::string_view path) {
        PathReader reader(path);
        for (char c = reader.command(); c != '\0'; c = reader.command())
            step(c, reader);
        stroke(false);
    }

private:
    ImVec2 point(PathReader& reader) {
        const float x = reader.number();
        const float y = reader.number();
        return {origin_.x + x * scale_, origin_.y + y * scale_};
    }
    void stroke(bool is_closed) {
        list_.PathStroke(color_, is_closed ? ImDrawFlags_Closed : 0, 1.5F * scale_);
    }
    void step(char c, PathReader& reader) {
        if (c == 'L') return list_.PathLineTo(point(reader));
        if (c == 'Z') return stroke(true);
        stroke(false);
        if (c == 'M') return list_.PathLineTo(point(reader));
        const ImVec2 at = point(reader);
        if (c == 'C')
            return list_.AddCircle(at, reader.number() * scale_, color_, 0, 1.5F * scale_);
        if (c == 'D') return list_.AddCircleFilled(at, reader.number() * scale_, color_);
        if (c == 'A') return arc(at, reader);
        rectangle(at, reader);
    }
    void arc(ImVec2 at, PathReader& reader) {
        const float radius = reader.number() * scale_;
        float from = reader.number();
        const float to = reader.number();
        list_.PathArcTo(at, radius, radians(from), radians(to), 14);
        stroke(false);
    }
    void rectangle(ImVec2 at, PathReader& reader) {
        const float w = reader.number() * scale_;
        const float h = reader.number() * scale_;
        list_.AddRect(at, {at.x + w, at.y + h}, color_, reader.number() * scale_, 0, 1.4F * scale_);
    }

    ImDrawList& list_;
    ImVec2 origin_;
    float scale_;
    ImU32 color_;
};

// The edge of the rounded square, as seen from its centre at an angle.
ImVec2 edge_point(const Rect& box, float angle) {
    const float half = box.w / 2;
    const float x = std::cos(angle);
    const float y = std::sin(angle);
    const float corner = 2.6F;  // a superellipse is as good as arcs at this size
    const float r = std::pow(
        std::pow(std::fabs(x), 2 * corner) + std::pow(std::fabs(y), 2 * corner), -1 / (2 * corner));
    return {box.center_x() + x * r * half, box.center_y() + y * r * half};
}

void slice(ImDrawList& list, const Rect& box, float from, float to, ImU32 color) {
    list.PathLineTo({box.center_x(), box.center_y()});
    for (int i = 0; i <= 12; ++i)
        list.PathLineTo(edge_point(box, from + (to - from) * static_cast<float>(i) / 12));
    list.PathFillConvex(color);
}

}  // namespace

void draw_icon(ImDrawList& list, Icon icon, const Rect& box, ImU32 color) {
    IconPainter(list, box, color).draw(kPaths[static_cast<std::size_t>(icon)]);
}

void draw_brand(ImDrawList& list, const Rect& box, ImU32 base, ImU32 second, ImU32 third) {
    for (int i = 0; i < 4; ++i)  // quarters: a wedge must be convex
        slice(list, box, radians(90.0F * static_cast<float>(i)),
              radians(90.0F * static_cast<float>(i) + 90.5F), base);
    // conic-gradient(from 220deg): 0 degrees is up there, to the right here.
    const float start = 220 - 90;
    slice(list, box, radians(start + 0.62F * 360), radians(start + 0.82F * 360), second);
    slice(list, box, radians(start + 0.82F * 360), radians(start + 360), third);
}

}  // namespace tokenlever::app
