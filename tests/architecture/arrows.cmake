cmake_minimum_required(VERSION 3.25)

# Fails on an include in the wrong direction (docs/architecture.md).
# usage: cmake -DROOT=folder -P arrows.cmake
#
# One row per folder: its path, then the first path part of every project header it may include.
# A header of the own folder is always allowed, with the folder's name or without it.
set(rules
  "core/base:"
  "core/focus:base"
  "core/pricing:base,focus"
  "core/usage:base,focus"
  "core/cube:base,focus,pricing,usage"
  "core/scenario:base,focus,pricing,usage,cube"
  "core/api:base,focus,pricing,usage,cube,scenario,api.h,tokenlever.h"
  "core/cli:base,focus,pricing,usage,cube,scenario,api,api.h,tokenlever.h"
  "wasm/app:tokenlever.h,imgui.h,imgui_internal.h"
  "wasm/platform:imgui.h,imgui_internal.h")

# The engine knows no page, no file, no clock and no arguments; only the command line does. The app
# knows no browser, the platform no engine.
set(forbidden_core "<(emscripten|GLES|imgui|fstream|filesystem|iostream|cstdio|ctime|chrono|thread)")
set(forbidden_cli "<(emscripten|GLES|imgui)")
set(forbidden_app "<(emscripten|GLES|nlohmann)")
set(forbidden_platform "<nlohmann")

set(wrong "")

function(check_file path allowed forbidden)
  get_filename_component(folder ${path} DIRECTORY)
  get_filename_component(module ${folder} NAME)
  file(STRINGS ${ROOT}/${path} lines REGEX "^[ \t]*#[ \t]*include")
  foreach(line IN LISTS lines)
    if(line MATCHES "include[ \t]*\"([^\"]+)\"")
      set(header ${CMAKE_MATCH_1})
      string(REGEX REPLACE "/.*" "" first ${header})
      if(header MATCHES "^\\.\\.")
        list(APPEND wrong "${path}: \"${header}\" leaves its folder")
      elseif(NOT first IN_LIST allowed AND NOT first STREQUAL module
             AND NOT EXISTS ${ROOT}/${folder}/${header})
        list(APPEND wrong "${path}: ${module} must not include \"${header}\"")
      endif()
    elseif(line MATCHES "${forbidden}")
      list(APPEND wrong "${path}: ${module} must not ${line}")
    endif()
  endforeach()
  set(wrong "${wrong}" PARENT_SCOPE)
endfunction()

set(count 0)
foreach(rule IN LISTS rules)
  string(REGEX MATCH "^([^:]+):(.*)$" matched ${rule})
  set(folder ${CMAKE_MATCH_1})
  string(REPLACE "," ";" allowed "${CMAKE_MATCH_2}")
  get_filename_component(module ${folder} NAME)
  if(DEFINED forbidden_${module})
    set(forbidden ${forbidden_${module}})
  else()
    set(forbidden ${forbidden_core})
  endif()
  file(GLOB paths RELATIVE ${ROOT} ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
  foreach(path IN LISTS paths)
    check_file(${path} "${allowed}" "${forbidden}")
    math(EXPR count "${count} + 1")
  endforeach()
endforeach()

# A folder without a row would go unchecked.
file(GLOB folders RELATIVE ${ROOT} LIST_DIRECTORIES true ${ROOT}/core/* ${ROOT}/wasm/*)
foreach(folder IN LISTS folders)
  if(IS_DIRECTORY ${ROOT}/${folder} AND NOT rules MATCHES "${folder}:")
    list(APPEND wrong "${folder}: has no row in arrows.cmake")
  endif()
endforeach()

if(wrong)
  list(JOIN wrong "\n  " text)
  message(FATAL_ERROR "includes in the wrong direction:\n  ${text}")
endif()
message(STATUS "${count} files, every include in the right direction")
