#include "theme.h"

#include <array>
#include <cstddef>

namespace tokenlever::app {
namespace {

struct Pair {
    std::uint32_t light = 0, dark = 0;  // 0xRRGGBB
};

constexpr std::array<Pair, kColorCount> kColors = {{
    {0xf5f6f8, 0x0d1015},  // Background
    {0xffffff, 0x151a21},  // Surface
    {0xeef1f4, 0x1d242d},  // Surface2
    {0xdfe4ea, 0x2b3440},  // Border
    {0x131820, 0xe8ecf2},  // Text
    {0x515c6b, 0xa3aebc},  // Text2
    {0x667080, 0x8793a3},  // Text3
    {0x0f766e, 0x2dd4bf},  // Accent
    {0xd9f0ed, 0x10332f},  // AccentSoft
    {0xffffff, 0x06231f},  // OnAccent
    {0xb93815, 0xff8a65},  // Up
    {0xfbe6df, 0x3a1e15},  // UpSoft
    {0x805300, 0xf5b83d},  // Warn
    {0xfdf0d0, 0x33270d},  // WarnSoft
    {0xe8ecf0, 0x222a34},  // Grid
    {0x0072b2, 0x4aa8e0},  // Series1: a palette that colour-blind people can tell apart
    {0xe69f00, 0xf0b429},  // Series2
    {0x009e73, 0x34c495},  // Series3
    {0xd55e00, 0xff8f4d},  // Series4
    {0x56b4e9, 0x86cdf5},  // Series5
    {0xcc79a7, 0xe29bc2},  // Series6
    {0x7b61a8, 0xa893d6},  // Series7
    {0x8a8f98, 0xa0a7b2},  // Series8
    {0xffffff, 0xffffff},  // Knob
}};

constexpr std::array<TextMetrics, 8> kTextMetrics = {{
    {14, 20, 0, false},
    {14, 20, 0, true},
    {12.5F, 18, 0, false},
    {12.5F, 18, 0, true},
    {12, 17, 0, false},
    {12, 17, 0, true},
    {16, 24, 0, true},
    {28, 36, -0.56F, true},
}};

std::uint32_t rgb(Color color, bool is_dark) {
    const Pair& pair = kColors[static_cast<std::size_t>(color)];
    return is_dark ? pair.dark : pair.light;
}

std::uint32_t channel(std::uint32_t value, int shift) { return (value >> shift) & 0xff; }

ImU32 pack(std::uint32_t r, std::uint32_t g, std::uint32_t b, float alpha) {
    return IM_COL32(r, g, b, static_cast<std::uint32_t>(alpha * 255 + 0.5F));
}

std::uint32_t mixed(std::uint32_t a, std::uint32_t b, int shift, float amount) {
    const auto from = static_cast<float>(channel(a, shift));
    const auto to = static_cast<float>(channel(b, shift));
    return static_cast<std::uint32_t>(from + (to - from) * amount + 0.5F);
}

}  // namespace

std::string_view to_id(ThemeChoice choice) {
    switch (choice) {
        case ThemeChoice::System: return "system";
        case ThemeChoice::Light: return "light";
        case ThemeChoice::Dark: return "dark";
    }
    return "system";
}

ImU32 paint(Color color, bool is_dark, float alpha) {
    const std::uint32_t value = rgb(color, is_dark);
    return pack(channel(value, 16), channel(value, 8), channel(value, 0), alpha);
}

ImU32 paint_mixed(Color color, Color towards, float amount, bool is_dark) {
    const std::uint32_t a = rgb(color, is_dark);
    const std::uint32_t b = rgb(towards, is_dark);
    return pack(mixed(a, b, 16, amount), mixed(a, b, 8, amount), mixed(a, b, 0, amount), 1);
}

std::string css(Color color, bool is_dark) {
    constexpr std::string_view kHex = "0123456789abcdef";
    const std::uint32_t value = rgb(color, is_dark);
    std::string text = "#";
    for (int shift = 20; shift >= 0; shift -= 4)
        text += kHex[(value >> shift) & 0xf];
    return text;
}

Color series_color(std::size_t index) {
    return static_cast<Color>(static_cast<std::size_t>(Color::Series1) + index % kSeriesCount);
}

const TextMetrics& metrics(TextStyle style) {
    return kTextMetrics[static_cast<std::size_t>(style)];
}

}  // namespace tokenlever::app
