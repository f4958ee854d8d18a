#pragma once

// The shortest decimal text that reads back as the same double, in the form JavaScript prints
// numbers
// ("0.1", "1e+21", "1e-7"): JSON and CSV that the engine and the page write agree byte for byte.
// Exact big-integer arithmetic, so the text is the same on every platform.

#include <string>

namespace tokenlever {

// The value must be finite (asserted); -0 prints as "0".
std::string shortest_text(double value);

}  // namespace tokenlever
