#pragma once

// Dear ImGui's glyphs from the browser's own fonts: measured and rasterised on a 2D canvas, at the
// density of the screen, on demand. No font is downloaded and every script the machine has works.
//
// A size is a CSS font-size (the em square). A line is as tall as its size, and the text stands in
// it as CSS stands it in a line of `line-height: 1`, so that canvas and page agree to the pixel.

#include "imgui.h"

namespace tokenlever::platform {

// The weight of a font travels in ImFontConfig::FontLoaderFlags.
ImFont* add_browser_font(ImFontAtlas& atlas, const char* name, unsigned weight, float size);

// Without pixels (no WebGL, no page) only advances are kept and no glyph enters the atlas.
void set_glyph_pixels(bool wanted);

}  // namespace tokenlever::platform
