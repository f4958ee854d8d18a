# Emscripten's own toolchain file, from the installation whose em-config is on PATH.
find_program(TOKENLEVER_EM_CONFIG em-config REQUIRED)
execute_process(
  COMMAND ${TOKENLEVER_EM_CONFIG} EMSCRIPTEN_ROOT
  OUTPUT_VARIABLE tokenlever_emscripten_root
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)

# Programs run in the Node that is on PATH; a distribution's older one may be installed as nodejs.
find_program(TOKENLEVER_NODE node REQUIRED)
set(CMAKE_CROSSCOMPILING_EMULATOR ${TOKENLEVER_NODE} CACHE FILEPATH "Runs the WebAssembly tests")

include(${tokenlever_emscripten_root}/cmake/Modules/Platform/Emscripten.cmake)
