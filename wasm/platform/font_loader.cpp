#include "font_loader.h"

#include "browser_js.h"
#include "imgui_internal.h"

#include <cmath>
#include <cstddef>

namespace tokenlever::platform {
namespace {

bool g_wants_pixels = true;

// Text stands at fractions of a pixel. On a coarse screen a glyph is drawn twice as wide, so that
// it stays crisp wherever it lands; a fine screen needs no help.
int pixels_across(float density) { return density < 1.5f ? 2 : 1; }

bool init_source(ImFontAtlas*, ImFontConfig*) { return true; }

// The browser falls back from font to font by itself and always draws something.
bool contains_glyph(ImFontAtlas*, ImFontConfig*, ImWchar) { return true; }

bool init_baked(ImFontAtlas*, ImFontConfig* source, ImFontBaked* baked, void*) {
    if (source->MergeMode) return true;
    float metrics[2] = {0, 0};  // ascent and descent of the font, both positive
    tl_font_metrics(source->FontLoaderFlags, baked->Size, metrics);
    baked->Ascent = std::round(metrics[0] + (baked->Size - metrics[0] - metrics[1]) / 2);
    baked->Descent = baked->Ascent - baked->Size;
    return true;
}

// Copies one glyph into the atlas.
bool pack_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, float density,
                const GlyphBounds& bounds, ImFontGlyph* glyph) {
    const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, bounds.width, bounds.height);
    if (id == ImFontAtlasRectId_Invalid) return false;
    ImVector<unsigned char>& pixels = atlas->Builder->TempBuffer;
    pixels.resize(bounds.width * bounds.height);
    const int across = pixels_across(density);
    tl_glyph_pixels(source->FontLoaderFlags, baked->Size * density, glyph->Codepoint, across,
                    &bounds, pixels.Data);
    const float density_across = density * static_cast<float>(across);
    const float left = static_cast<float>(bounds.x) / density_across + bounds.shift;
    const float top = static_cast<float>(bounds.y) / density + baked->Ascent;
    glyph->X0 = left;
    glyph->Y0 = top;
    glyph->X1 = left + static_cast<float>(bounds.width) / density_across;
    glyph->Y1 = top + static_cast<float>(bounds.height) / density;
    glyph->Visible = true;
    glyph->PackId = id;
    ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph,
                                       ImFontAtlasPackGetRect(atlas, id), pixels.Data,
                                       ImTextureFormat_Alpha8, bounds.width);
    return true;
}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*,
                ImWchar codepoint, ImFontGlyph* glyph, float* advance) {
    const float density = source->RasterizerDensity * baked->RasterizerDensity;
    GlyphBounds bounds;
    tl_glyph_bounds(source->FontLoaderFlags, baked->Size * density, codepoint,
                    pixels_across(density), &bounds);
    bounds.advance /= density;
    bounds.shift /= density;
    if (advance != nullptr) {
        *advance = bounds.advance;
        return true;
    }
    glyph->Codepoint = codepoint;
    glyph->AdvanceX = bounds.advance;
    if (!g_wants_pixels || bounds.width == 0 || bounds.height == 0) return true;
    return pack_glyph(atlas, source, baked, density, bounds, glyph);
}

const ImFontLoader* browser_font_loader() {
    static const ImFontLoader loader = [] {
        ImFontLoader made;
        made.Name = "browser";
        made.FontSrcInit = init_source;
        made.FontSrcContainsGlyph = contains_glyph;
        made.FontBakedInit = init_baked;
        made.FontBakedLoadGlyph = load_glyph;
        return made;
    }();
    return &loader;
}

}  // namespace

ImFont* add_browser_font(ImFontAtlas& atlas, const char* name, unsigned weight, float size) {
    ImFontConfig config;
    ImFormatString(config.Name, IM_ARRAYSIZE(config.Name), "%s", name);
    config.SizePixels = size;
    config.FontLoader = browser_font_loader();
    config.FontLoaderFlags = weight;
    return atlas.AddFont(&config);
}

void set_glyph_pixels(bool wanted) { g_wants_pixels = wanted; }

}  // namespace tokenlever::platform

// ImGui asks for "FreeType" where IMGUI_ENABLE_FREETYPE is set, and then leaves stb_truetype out of
// the build: this is the one way to give it a default loader of our own without a patch.
namespace ImGuiFreeType {
const ImFontLoader* GetFontLoader() { return tokenlever::platform::browser_font_loader(); }
}  // namespace ImGuiFreeType
