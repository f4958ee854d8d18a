#pragma once

// Processor time of this process in seconds: what counts on a machine that others use as well.

#include <ctime>

#if defined(__EMSCRIPTEN__)
#include <emscripten/em_js.h>

// Emscripten's clock() is the wall's.
EM_JS(double, processor_seconds, (), {
    const used = process.cpuUsage();
    return (used.user + used.system) / 1e6;
});
#else
inline double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }
#endif
