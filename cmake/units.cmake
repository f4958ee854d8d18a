# Writes focus/unit_table.inc.h from pricing-data/units.json.
# usage: cmake -DINPUT=units.json -DOUTPUT=unit_table.inc.h -P units.cmake
file(READ "${INPUT}" document)
string(JSON count LENGTH "${document}" units)
set(enumerators "")
set(rows "")
math(EXPR last "${count} - 1")
foreach(index RANGE ${last})
  string(JSON id GET "${document}" units ${index} id)
  string(JSON per GET "${document}" units ${index} per)
  string(JSON dimensions GET "${document}" units ${index} dimensions)
  set(name "")
  string(REPLACE "_" ";" words "${id}")
  foreach(word IN LISTS words)
    string(SUBSTRING "${word}" 0 1 head)
    string(SUBSTRING "${word}" 1 -1 tail)
    string(TOUPPER "${head}" head)
    string(APPEND name "${head}${tail}")
  endforeach()
  set(fields "")
  foreach(dimension family direction modality cache ttl token_type tool)
    string(JSON value ERROR_VARIABLE missing GET "${dimensions}" ${dimension})
    if(missing)
      set(value "")
    endif()
    string(APPEND fields ", .${dimension} = \"${value}\"")
  endforeach()
  string(APPEND enumerators "    ${name},\n")
  string(APPEND rows "    UnitRow{.id = \"${id}\", .per = ${per}${fields}},\n")
endforeach()
file(CONFIGURE OUTPUT "${OUTPUT}" @ONLY CONTENT [[
// Generated from pricing-data/units.json by cmake/units.cmake. Do not edit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tokenlever {

enum class Unit : std::uint8_t {
@enumerators@};

inline constexpr std::size_t kUnitCount = @count@;

struct UnitRow {
    std::string_view id;
    std::int64_t per = 1;
    std::string_view family, direction, modality, cache, ttl, token_type, tool;
};

inline constexpr std::array<UnitRow, kUnitCount> kUnits = {
@rows@};

}  // namespace tokenlever
]])
