#pragma once

// Rectangles in CSS pixels of the canvas.

#include <algorithm>

namespace tokenlever::app {

struct Rect {
    float x = 0, y = 0, w = 0, h = 0;

    constexpr float right() const { return x + w; }
    constexpr float bottom() const { return y + h; }
    constexpr float center_x() const { return x + w / 2; }
    constexpr float center_y() const { return y + h / 2; }
    constexpr bool is_empty() const { return w <= 0 || h <= 0; }
    constexpr bool contains(float px, float py) const {
        return px >= x && py >= y && px < right() && py < bottom();
    }
    constexpr Rect inset(float dx, float dy) const {
        return {x + dx, y + dy, w - 2 * dx, h - 2 * dy};
    }
    // The part of the given width at the right end; the rest stays with rest_of_right.
    constexpr Rect right_part(float width) const { return {right() - width, y, width, h}; }
    constexpr Rect left_part(float width) const { return {x, y, width, h}; }
    constexpr Rect without_left(float width) const { return {x + width, y, w - width, h}; }
    constexpr Rect without_right(float width) const { return {x, y, w - width, h}; }
    // Of the same middle line, but another height.
    constexpr Rect middle(float height) const { return {x, y + (h - height) / 2, w, height}; }
    // At least so large, around the same centre: a target for a finger.
    constexpr Rect grown_to(float width, float height) const {
        const float gw = std::max(w, width);
        const float gh = std::max(h, height);
        return {center_x() - gw / 2, center_y() - gh / 2, gw, gh};
    }
    bool operator==(const Rect&) const = default;
};

inline Rect intersect(const Rect& a, const Rect& b) {
    const float x = std::max(a.x, b.x);
    const float y = std::max(a.y, b.y);
    return {x, y, std::max(0.0F, std::min(a.right(), b.right()) - x),
            std::max(0.0F, std::min(a.bottom(), b.bottom()) - y)};
}

}  // namespace tokenlever::app
