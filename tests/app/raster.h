#pragma once

// A small software renderer of ImGui's draw data, and a PNG writer: to look at frames without a
// screen.

#include "imgui.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tokenlever::tests {

struct Picture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgb;
};

// The textures must still be in memory (platform/headless.h keeps them).
Picture rasterize(const ImDrawData& draw_data);
bool write_png(const Picture& picture, const std::string& path);

}  // namespace tokenlever::tests
