#pragma once

// What the fuzz programs share: bytes as text, and a check that stays on in every build.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace tokenlever::fuzz {

inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

// A broken promise: libFuzzer reports the input.
inline void expect(bool holds) {
    if (!holds) std::abort();
}

}  // namespace tokenlever::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);
