# Writes embedded_book.cpp: every price document as one raw string literal, without indentation.
# usage: cmake -DINPUTS="book.json;providers/a.json;..." -DOUTPUT=embedded_book.cpp -P book.cmake
set(source "// Generated from pricing-data by cmake/book.cmake. Do not edit.\n")
string(APPEND source "#include \"pricing/embedded_book.h\"\n\n#include <array>\n\n")
string(APPEND source "namespace tokenlever {\n\nnamespace {\n\nconstexpr std::array<std::string_view, ")
list(LENGTH INPUTS count)
string(APPEND source "${count}> kDocuments = {\n")
foreach(input IN LISTS INPUTS)
  file(READ "${input}" document)
  # JSON texts hold no raw line break, so line breaks and what follows them are layout.
  string(REGEX REPLACE "[\r\n]+[ \t]*" "" document "${document}")
  string(REGEX REPLACE "([^\\\\])\": " "\\1\":" document "${document}")
  string(APPEND source "    std::string_view(R\"book(${document})book\"),\n")
endforeach()
string(APPEND source "};\n\n}  // namespace\n\n")
string(APPEND source "std::span<const std::string_view> embedded_book_documents() { return kDocuments; }\n\n")
string(APPEND source "}  // namespace tokenlever\n")
file(WRITE "${OUTPUT}" "${source}")
