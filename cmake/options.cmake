option(TOKENLEVER_TESTS "Build the tests" ON)
option(TOKENLEVER_SANITIZE "Address and undefined-behaviour sanitizers" OFF)
option(TOKENLEVER_FUZZ "Build the libFuzzer targets (Clang)" OFF)

# The page's first view has a budget in bytes, so everything is built for size and linked as one;
# where speed is worth the bytes (core/usage) a library asks for -O3 itself.
if(EMSCRIPTEN)
  set(CMAKE_CXX_FLAGS_RELEASE "-Oz -DNDEBUG")
  add_compile_options(-flto -msimd128 -fno-exceptions -fno-rtti)
endif()

add_library(tokenlever_options INTERFACE)
target_compile_options(tokenlever_options INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Werror
  # std::stable_sort of libstdc++ 12 calls a helper of its own that it marks as deprecated
  $<$<AND:$<CXX_COMPILER_ID:Clang>,$<NOT:$<BOOL:${EMSCRIPTEN}>>>:-Wno-deprecated-declarations>
  -fno-exceptions
  -ffp-contract=off)   # native and WASM must give the same bits
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC bug 105651: std::string::insert and operator+ of a literal "may overlap" at -O3.
  target_compile_options(tokenlever_options INTERFACE -Wno-restrict)
endif()
target_include_directories(tokenlever_options INTERFACE ${PROJECT_SOURCE_DIR}/core)
if(TOKENLEVER_SANITIZE)
  target_compile_options(tokenlever_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(tokenlever_options INTERFACE -fsanitize=address,undefined)
endif()

if(TOKENLEVER_FUZZ)
  target_compile_options(tokenlever_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# tl_library(NAME folder SOURCES … DEPENDS …): one static library per folder.
function(tl_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  add_library(tokenlever_${name} STATIC ${arg_SOURCES})
  add_library(tokenlever::${name} ALIAS tokenlever_${name})
  target_link_libraries(tokenlever_${name} PUBLIC tokenlever_options ${arg_DEPENDS})
endfunction()

# tl_test(NAME name SOURCES … DEPENDS …): one doctest program, run by ctest; under Emscripten by Node.
function(tl_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE tokenlever_test_main ${arg_DEPENDS})
  target_compile_definitions(${name} PRIVATE TOKENLEVER_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_compile_options(${name} PRIVATE -O1)  # doctest's macros take long to optimise, for nothing
  if(EMSCRIPTEN)
    # package.json makes .js a module; Emscripten's glue for Node is not one.
    set_target_properties(${name} PROPERTIES SUFFIX .cjs)
    target_link_options(${name} PRIVATE -sENVIRONMENT=node -sNODERAWFS=1 -sALLOW_MEMORY_GROWTH=1
      -sEXIT_RUNTIME=1 -sWASM_BIGINT -sSTACK_SIZE=1048576
      --pre-js=${PROJECT_SOURCE_DIR}/tests/node_environment.js)
  endif()
  add_test(NAME ${name} COMMAND ${name} --no-colors=true)
endfunction()

# tl_fuzz(NAME name DEPENDS …): tests/fuzz/<name>.cpp as a libFuzzer program (preset native-clang-fuzz).
function(tl_fuzz name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS")
  add_executable(${name} ${name}.cpp)
  target_link_libraries(${name} PRIVATE tokenlever_options ${arg_DEPENDS})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endfunction()
