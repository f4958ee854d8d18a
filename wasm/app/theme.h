#pragma once

// Colours, type and spacing: the only place with a literal colour or size of text.

#include "imgui.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tokenlever::app {

enum class ThemeChoice : std::uint8_t { System, Light, Dark };
std::string_view to_id(ThemeChoice choice);

enum class Color : std::uint8_t {
    Background,
    Surface,
    Surface2,
    Border,
    Text,
    Text2,
    Text3,
    Accent,
    AccentSoft,
    OnAccent,
    Up,
    UpSoft,
    Warn,
    WarnSoft,
    Grid,
    Series1,
    Series2,
    Series3,
    Series4,
    Series5,
    Series6,
    Series7,
    Series8,  // also "other" and totals
    Knob,
};
inline constexpr std::size_t kColorCount = static_cast<std::size_t>(Color::Knob) + 1;
inline constexpr std::size_t kSeriesCount = 8;

// Alpha 0..1. The packing is ImGui's.
ImU32 paint(Color color, bool is_dark, float alpha = 1);
// A step towards the text colour, for hover and pressed states.
ImU32 paint_mixed(Color color, Color towards, float amount, bool is_dark);
std::string css(Color color, bool is_dark);  // "#131820"
Color series_color(std::size_t index);

enum class TextStyle : std::uint8_t {
    Body,        // 14/20
    BodyStrong,  // semibold
    Small,       // 12.5/18
    SmallStrong,
    Caption,  // 12/17: axes, tags, the rail's foot
    CaptionStrong,
    Title,   // 16/24 semibold
    Figure,  // 28/36 semibold, tight
};
struct TextMetrics {
    float size = 14;
    float line = 20;
    float tracking = 0;  // added after every character, pixels
    bool is_semibold = false;
};
const TextMetrics& metrics(TextStyle style);

namespace space {
inline constexpr float kRailWidth = 208;
inline constexpr float kTopHeight = 56;
inline constexpr float kMainX = 24;
inline constexpr float kMainY = 20;
inline constexpr float kGap = 16;
inline constexpr float kCardPad = 16;
inline constexpr float kCardRadius = 12;
inline constexpr float kControlRadius = 8;
inline constexpr float kFieldRadius = 7;
inline constexpr float kHeadingLine = 32;   // a card's heading and the gap below it
inline constexpr float kNarrowWidth = 700;  // below: one column, the rail becomes a bar
inline constexpr float kMediumWidth =
    1000;  // below: the rail shows icons, and cards stand in one column
inline constexpr float kTouchTarget = 44;
}  // namespace space

}  // namespace tokenlever::app
