# Third-party libraries. Each comes from the first of
#   1. .deps/, where ./dev puts the distribution's sources (the same files for native and WASM),
#   2. an installed package (find_package),
#   3. its upstream release, pinned by hash (FetchContent), unpacked below .deps/ too.
# docs/dependencies.md says why each is here and what leaving it would cost.
include(FetchContent)
set(tokenlever_deps ${PROJECT_SOURCE_DIR}/.deps)
set(FETCHCONTENT_BASE_DIR ${tokenlever_deps}/fetched)

# tl_header_library(NAME target header ARCHIVE url HASH hash VERSION least INCLUDE folder-in-archive)
function(tl_header_library name target header)
  cmake_parse_arguments(PARSE_ARGV 3 arg "" "ARCHIVE;HASH;VERSION;INCLUDE" "")
  if(EXISTS ${tokenlever_deps}/include/${header})
    set(folder ${tokenlever_deps}/include)
  else()
    # SOURCE_SUBDIR names no folder: only the headers are wanted, not the library's own build.
    FetchContent_Declare(${name}
      URL ${arg_ARCHIVE} URL_HASH ${arg_HASH} DOWNLOAD_EXTRACT_TIMESTAMP FALSE
      SOURCE_SUBDIR headers-only
      FIND_PACKAGE_ARGS ${arg_VERSION})
    FetchContent_MakeAvailable(${name})
    if(TARGET ${target})
      return()  # an installed package brought it
    endif()
    set(folder ${${name}_SOURCE_DIR}/${arg_INCLUDE})
  endif()
  add_library(tokenlever_${name} INTERFACE)
  target_include_directories(tokenlever_${name} SYSTEM INTERFACE ${folder})
  add_library(${target} ALIAS tokenlever_${name})
endfunction()

tl_header_library(nlohmann_json nlohmann_json::nlohmann_json nlohmann/json.hpp
  VERSION 3.11.2 INCLUDE include
  ARCHIVE https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz
  HASH SHA256=d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d)

if(TOKENLEVER_TESTS)
  tl_header_library(doctest doctest::doctest doctest/doctest.h
    VERSION 2.4.9 INCLUDE .
    ARCHIVE https://github.com/doctest/doctest/archive/refs/tags/v2.4.11.tar.gz
    HASH SHA256=632ed2c05a7f53fa961381497bf8069093f0d6628c5f26286161fbd32a560186)
endif()

# Dear ImGui is compiled from source by every build, with our own wasm/app/imgui_config.h, so an
# installed binary is of no use.
set(imgui_dir ${tokenlever_deps}/imgui)
if(NOT EXISTS ${imgui_dir}/imgui.h)
  FetchContent_Declare(imgui
    URL https://github.com/ocornut/imgui/archive/refs/tags/v1.92.5.tar.gz
    URL_HASH SHA256=0eb50fe9aeba1a51f96b5843c7f630a32ed2e9362d693c61b87e4fa870cf826d
    DOWNLOAD_EXTRACT_TIMESTAMP FALSE)
  FetchContent_MakeAvailable(imgui)
  set(imgui_dir ${imgui_SOURCE_DIR})
endif()
add_library(tokenlever_imgui STATIC
  ${imgui_dir}/imgui.cpp ${imgui_dir}/imgui_draw.cpp
  ${imgui_dir}/imgui_tables.cpp ${imgui_dir}/imgui_widgets.cpp)
add_library(imgui::imgui ALIAS tokenlever_imgui)
target_include_directories(tokenlever_imgui SYSTEM PUBLIC ${imgui_dir})
target_include_directories(tokenlever_imgui PUBLIC ${PROJECT_SOURCE_DIR}/wasm/app)
target_compile_definitions(tokenlever_imgui PUBLIC IMGUI_USER_CONFIG="imgui_config.h")
