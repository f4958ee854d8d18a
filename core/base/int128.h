#pragma once

// The one place that names the compiler's 128-bit integer. Every target compiler has it
// (GCC, Clang, Emscripten); it is not in the standard, so nobody else spells it.

namespace tokenlever {

__extension__ using int128 = __int128;
__extension__ using uint128 = unsigned __int128;

}  // namespace tokenlever
