# Writes scenario/lever_table.inc.h from pricing-data/levers.json.
# usage: cmake -DINPUT=levers.json -DOUTPUT=lever_table.inc.h -P levers.cmake
file(READ "${INPUT}" document)

# Sets `result` to the text as a C++ string literal.
function(quote text result)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  set(${result} "\"${text}\"" PARENT_SCOPE)
endfunction()

string(JSON count LENGTH "${document}" levers)
set(arrays "")
set(rows "")
math(EXPR last "${count} - 1")
foreach(index RANGE ${last})
  string(JSON kind GET "${document}" levers ${index} kind)
  string(JSON effort GET "${document}" levers ${index} effort)
  string(JSON reason GET "${document}" levers ${index} effort_reason)
  if(NOT effort MATCHES "^(low|medium|high)$")
    message(FATAL_ERROR "levers.json: the effort of ${kind} is \"${effort}\"; allowed are low, medium, high")
  endif()
  string(JSON sentences LENGTH "${document}" levers ${index} prerequisites)
  set(items "")
  math(EXPR last_sentence "${sentences} - 1")
  if(sentences GREATER 0)
    foreach(position RANGE ${last_sentence})
      string(JSON sentence GET "${document}" levers ${index} prerequisites ${position})
      quote("${sentence}" sentence)
      string(APPEND items "\n    ${sentence},")
    endforeach()
  endif()
  string(APPEND arrays "inline constexpr std::array<std::string_view, ${sentences}> kPrerequisites_${kind} = {${items}};\n")
  quote("${reason}" reason)
  string(APPEND rows "    LeverEffortRow{\"${kind}\", \"${effort}\", ${reason}, kPrerequisites_${kind}},\n")
endforeach()
file(CONFIGURE OUTPUT "${OUTPUT}" @ONLY CONTENT [[
// Generated from pricing-data/levers.json by cmake/levers.cmake. Do not edit.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace tokenlever {

struct LeverEffortRow {
    std::string_view kind, effort, reason;
    std::span<const std::string_view> prerequisites;
};

@arrays@
inline constexpr std::array<LeverEffortRow, @count@> kLeverEfforts = {
@rows@};

}  // namespace tokenlever
]])
