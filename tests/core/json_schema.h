#pragma once

// A checker for the part of JSON Schema that the schemas of docs/schema and pricing-data/schema
// use: type, const, enum, pattern (digits, classes and groups as std::regex takes them), minimum,
// required, properties, additionalProperties, items, minItems, anyOf and $ref to #/$defs. A keyword
// it does not know is a fault of the schema.

#include "base/json.h"

#include <string>
#include <vector>

namespace tokenlever::test {

// What is wrong, as "pointer: reason"; empty if the value is valid.
std::vector<std::string> schema_faults(const Json& schema, const Json& value);

// Reads schema and value; the text of a file that does not parse is a fault too.
std::vector<std::string> schema_faults(std::string_view schema, std::string_view value);

}  // namespace tokenlever::test
