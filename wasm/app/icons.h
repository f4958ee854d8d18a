#pragma once

// Icons as a few strokes in a box of 16 x 16, drawn at any size and colour.

#include "geometry.h"
#include "imgui.h"

#include <cstdint>

namespace tokenlever::app {

enum class Icon : std::uint8_t {
    None,
    Calculator,
    Models,
    Chart,
    Menu,
    Undo,
    Redo,
    Reset,
    Copy,
    Download,
    Upload,
    Sun,
    Moon,
    Monitor,
    Plus,
    Trash,
    Up,
    Down,
    ChevronDown,
    ChevronRight,
    Grip,
    Close,
    Table,
    Check,
    File,
};

// Centred in `box`, with strokes as wide as the size asks for.
void draw_icon(ImDrawList& list, Icon icon, const Rect& box, ImU32 color);
// The product's mark: a rounded square, three slices of one disc.
void draw_brand(ImDrawList& list, const Rect& box, ImU32 base, ImU32 second, ImU32 third);

}  // namespace tokenlever::app
