find_package(nlohmann_json 3.11 REQUIRED)
find_package(doctest 2.4.9 REQUIRED)

# Dear ImGui is compiled from source, by both builds, with our own imconfig (wasm/app/imgui_config.h).
set(imgui_dir ${PROJECT_SOURCE_DIR}/.deps/imgui)
if(EXISTS ${imgui_dir}/imgui.h)
  add_library(tokenlever_imgui STATIC
    ${imgui_dir}/imgui.cpp ${imgui_dir}/imgui_draw.cpp ${imgui_dir}/imgui_tables.cpp ${imgui_dir}/imgui_widgets.cpp)
  add_library(imgui::imgui ALIAS tokenlever_imgui)
  target_include_directories(tokenlever_imgui SYSTEM PUBLIC ${imgui_dir})
  target_include_directories(tokenlever_imgui PUBLIC ${PROJECT_SOURCE_DIR}/wasm/app)
  target_compile_definitions(tokenlever_imgui PUBLIC IMGUI_USER_CONFIG="imgui_config.h")
endif()
