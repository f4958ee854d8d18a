#include "cube/cube.h"

#include <emscripten/html5.h>
