#include <emscripten/html5.h>

#include "cube/cube.h"
