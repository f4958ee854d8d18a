#pragma once

// Dear ImGui's compile-time options, for every build. What is off is not linked: the page is small.

#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
#define IMGUI_DISABLE_WIN32_FUNCTIONS
#define IMGUI_USE_WCHAR32       // text beyond U+FFFF
#define ImDrawIdx unsigned int  // WebGL2 has no base vertex

#ifdef __EMSCRIPTEN__
// Glyphs are the browser's (platform/font_loader.cpp), which ImGui finds under FreeType's name; so
// neither stb_truetype nor the embedded fonts are linked, and there are no files.
#define IMGUI_ENABLE_FREETYPE
#define IMGUI_DISABLE_DEFAULT_FONT
#define IMGUI_DISABLE_FILE_FUNCTIONS
#endif
