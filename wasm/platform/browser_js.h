#pragma once

// The calls from C++ into browser.js, the Emscripten library beside this file. Private to the
// platform.

extern "C" {

// One glyph as the browser would draw it. Bounds are pixels of the bitmap, measured from the pen on
// the baseline; the bitmap has `across` pixels for one device pixel in width and one in height.
// `advance` and `shift` are device pixels. A digit is shifted to the middle of the widest digit's
// advance, so that figures stand in columns.
struct GlyphBounds {
    int x = 0, y = 0, width = 0, height = 0;
    float advance = 0, shift = 0;
};

// Takes the canvas and starts listening for the Browser `self`. True if there is WebGL2 to draw on.
bool tl_attach(void* self, bool wants_webgl);
void tl_detach();
void tl_request_frame();
void tl_wake_after(double milliseconds);  // one timer; a new call replaces it
void tl_set_cursor(int imgui_cursor);
double tl_now();  // milliseconds

void tl_font_metrics(unsigned weight, float size, float* ascent_descent);
void tl_glyph_bounds(unsigned weight, float size, unsigned codepoint, int across, GlyphBounds* out);
void tl_glyph_pixels(unsigned weight, float size, unsigned codepoint, int across,
                     const GlyphBounds* bounds, unsigned char* out);

// WebGL2. Alpha textures of one byte a pixel; vertices as ImDrawVert and indices of `index_size`
// bytes.
void tl_texture(unsigned id, int width, int height, const unsigned char* pixels);
void tl_texture_part(unsigned id, int x, int y, int width, int height, int pitch,
                     const unsigned char* pixels);
void tl_texture_drop(unsigned id);
void tl_begin_draw(float width, float height, int index_size);
void tl_draw_list(const void* vertices, int vertex_bytes, const void* indices, int index_bytes);
void tl_draw_command(unsigned texture, float x0, float y0, float x1, float y1, int count, int first,
                     int first_vertex);

}  // extern "C"
