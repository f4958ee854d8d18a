#include "raster.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace tokenlever::tests {
namespace {

struct Texel {
    float r = 1, g = 1, b = 1, a = 1;
};

const ImTextureData* texture_of(ImTextureID id) {
    for (const ImTextureData* texture : ImGui::GetPlatformIO().Textures)
        if (texture->TexID == id) return texture;
    return nullptr;
}

Texel sample(const ImTextureData& texture, float u, float v) {
    const int x =
        std::clamp(static_cast<int>(u * static_cast<float>(texture.Width)), 0, texture.Width - 1);
    const int y =
        std::clamp(static_cast<int>(v * static_cast<float>(texture.Height)), 0, texture.Height - 1);
    const unsigned char* pixel = texture.Pixels + (y * texture.Width + x) * texture.BytesPerPixel;
    if (texture.Format == ImTextureFormat_Alpha8)
        return {1, 1, 1, static_cast<float>(pixel[0]) / 255};
    return {static_cast<float>(pixel[0]) / 255, static_cast<float>(pixel[1]) / 255,
            static_cast<float>(pixel[2]) / 255, static_cast<float>(pixel[3]) / 255};
}

float edge(const ImVec2& a, const ImVec2& b, float x, float y) {
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}

float channel(ImU32 color, int shift) { return static_cast<float>((color >> shift) & 0xff) / 255; }

class Painter {
public:
    Painter(Picture& picture, const ImDrawData& data)
        : picture_(picture), scale_(data.FramebufferScale) {}

    void command(const ImDrawList& list, const ImDrawCmd& command) {
        texture_ = texture_of(command.GetTexID());
        if (texture_ == nullptr || texture_->Pixels == nullptr) return;
        clip_ = {command.ClipRect.x * scale_.x, command.ClipRect.y * scale_.y,
                 command.ClipRect.z * scale_.x, command.ClipRect.w * scale_.y};
        for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
            std::array<ImDrawVert, 3> corners;
            for (unsigned k = 0; k < 3; ++k) {
                const auto index =
                    static_cast<int>(list.IdxBuffer[static_cast<int>(command.IdxOffset + i + k)] +
                                     command.VtxOffset);
                corners[k] = list.VtxBuffer[index];
                corners[k].pos.x *= scale_.x;
                corners[k].pos.y *= scale_.y;
            }
            triangle(corners);
        }
    }

private:
    void triangle(std::array<ImDrawVert, 3> v) {
        float area = edge(v[0].pos, v[1].pos, v[2].pos.x, v[2].pos.y);
        if (area == 0) return;
        if (area < 0) {
            std::swap(v[1], v[2]);
            area = -area;
        }
        const auto [low_x, high_x] = std::minmax({v[0].pos.x, v[1].pos.x, v[2].pos.x});
        const auto [low_y, high_y] = std::minmax({v[0].pos.y, v[1].pos.y, v[2].pos.y});
        const int x0 = std::max({0, static_cast<int>(clip_.x), static_cast<int>(low_x)});
        const int y0 = std::max({0, static_cast<int>(clip_.y), static_cast<int>(low_y)});
        const int x1 = std::min(
            {picture_.width, static_cast<int>(clip_.z), static_cast<int>(std::ceil(high_x))});
        const int y1 = std::min(
            {picture_.height, static_cast<int>(clip_.w), static_cast<int>(std::ceil(high_y))});
        for (int y = y0; y < y1; ++y)
            for (int x = x0; x < x1; ++x)
                pixel(v, area, x, y);
    }

    // Left and top edges own their pixels, so that neighbours neither overlap nor leave a gap.
    static bool is_inside(float w, const ImVec2& a, const ImVec2& b) {
        if (w != 0) return w > 0;
        return b.y < a.y || (b.y == a.y && b.x > a.x);
    }

    void pixel(const std::array<ImDrawVert, 3>& v, float area, int x, int y) {
        const float px = static_cast<float>(x) + 0.5F;
        const float py = static_cast<float>(y) + 0.5F;
        const float w0 = edge(v[1].pos, v[2].pos, px, py);
        const float w1 = edge(v[2].pos, v[0].pos, px, py);
        const float w2 = edge(v[0].pos, v[1].pos, px, py);
        if (!is_inside(w0, v[1].pos, v[2].pos) || !is_inside(w1, v[2].pos, v[0].pos) ||
            !is_inside(w2, v[0].pos, v[1].pos))
            return;
        const std::array<float, 3> weight = {w0 / area, w1 / area, w2 / area};
        float u = 0, t = 0, r = 0, g = 0, b = 0, a = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            u += weight[k] * v[k].uv.x;
            t += weight[k] * v[k].uv.y;
            r += weight[k] * channel(v[k].col, IM_COL32_R_SHIFT);
            g += weight[k] * channel(v[k].col, IM_COL32_G_SHIFT);
            b += weight[k] * channel(v[k].col, IM_COL32_B_SHIFT);
            a += weight[k] * channel(v[k].col, IM_COL32_A_SHIFT);
        }
        const Texel texel = sample(*texture_, u, t);
        blend(x, y, {r * texel.r, g * texel.g, b * texel.b, a * texel.a});
    }

    void blend(int x, int y, const Texel& color) {
        std::uint8_t* out = &picture_.rgb[static_cast<std::size_t>((y * picture_.width + x) * 3)];
        const std::array<float, 3> value = {color.r, color.g, color.b};
        for (std::size_t i = 0; i < 3; ++i) {
            const float old = static_cast<float>(out[i]) / 255;
            out[i] =
                static_cast<std::uint8_t>(std::lround((old + (value[i] - old) * color.a) * 255));
        }
    }

    Picture& picture_;
    ImVec2 scale_;
    ImVec4 clip_;
    const ImTextureData* texture_ = nullptr;
};

// ---- PNG, with stored (uncompressed) blocks
// ---------------------------------------------------------

using Bytes = std::vector<std::uint8_t>;

void append_u32(Bytes& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(value >> shift));
}

std::uint32_t crc_of(const Bytes& bytes, std::size_t from) {
    std::uint32_t crc = 0xffffffff;
    for (std::size_t i = from; i < bytes.size(); ++i) {
        crc ^= bytes[i];
        for (int k = 0; k < 8; ++k)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0U);
    }
    return ~crc;
}

void append_chunk(Bytes& out, const char* type, const Bytes& body) {
    append_u32(out, static_cast<std::uint32_t>(body.size()));
    const std::size_t from = out.size();
    out.insert(out.end(), type, type + 4);
    out.insert(out.end(), body.begin(), body.end());
    append_u32(out, crc_of(out, from));
}

Bytes stored(const Bytes& raw) {
    Bytes out = {0x78, 0x01};
    std::uint32_t a = 1, b = 0;
    for (const std::uint8_t byte : raw) {
        a = (a + byte) % 65521;
        b = (b + a) % 65521;
    }
    for (std::size_t at = 0; at < raw.size();) {
        const std::size_t size = std::min<std::size_t>(65535, raw.size() - at);
        out.push_back(at + size == raw.size() ? 1 : 0);
        for (const std::size_t value : {size, ~size}) {
            out.push_back(static_cast<std::uint8_t>(value));
            out.push_back(static_cast<std::uint8_t>(value >> 8));
        }
        out.insert(out.end(), raw.begin() + static_cast<std::ptrdiff_t>(at),
                   raw.begin() + static_cast<std::ptrdiff_t>(at + size));
        at += size;
    }
    append_u32(out, (b << 16) | a);
    return out;
}

}  // namespace

Picture rasterize(const ImDrawData& data) {
    Picture picture;
    picture.width = static_cast<int>(data.DisplaySize.x * data.FramebufferScale.x);
    picture.height = static_cast<int>(data.DisplaySize.y * data.FramebufferScale.y);
    picture.rgb.assign(static_cast<std::size_t>(picture.width * picture.height * 3), 0);
    Painter painter(picture, data);
    for (const ImDrawList* list : data.CmdLists)
        for (const ImDrawCmd& command : list->CmdBuffer)
            if (command.UserCallback == nullptr) painter.command(*list, command);
    return picture;
}

bool write_png(const Picture& picture, const std::string& path) {
    Bytes out = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    Bytes header;
    append_u32(header, static_cast<std::uint32_t>(picture.width));
    append_u32(header, static_cast<std::uint32_t>(picture.height));
    header.insert(header.end(), {8, 2, 0, 0, 0});
    append_chunk(out, "IHDR", header);
    Bytes raw;
    const auto stride = static_cast<std::size_t>(picture.width * 3);
    for (std::size_t at = 0; at < picture.rgb.size(); at += stride) {
        raw.push_back(0);
        raw.insert(raw.end(), picture.rgb.begin() + static_cast<std::ptrdiff_t>(at),
                   picture.rgb.begin() + static_cast<std::ptrdiff_t>(at + stride));
    }
    append_chunk(out, "IDAT", stored(raw));
    append_chunk(out, "IEND", {});
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) return false;
    const bool is_written = std::fwrite(out.data(), 1, out.size(), file) == out.size();
    return std::fclose(file) == 0 && is_written;
}

}  // namespace tokenlever::tests
