# Writes embedded_book.cpp: every price document as one raw string literal, without indentation.
# usage: cmake -DINPUTS="book.json;providers/a.json;..." -DOUTPUT=embedded_book.cpp -P book.cmake
set(texts "")
set(views "")
foreach(input IN LISTS INPUTS)
  file(READ "${input}" document)
  # JSON texts hold no raw line break, so line breaks and what follows them are layout.
  string(REGEX REPLACE "[\r\n]+[ \t]*" "" document "${document}")
  string(REGEX REPLACE "([^\\\\])\": " "\\1\":" document "${document}")
  list(LENGTH views count)
  string(APPEND texts "constexpr char kText${count}[] = R\"book(${document})book\";\n")
  # The size is known: counting half a megabyte is too much for a compiler.
  list(APPEND views "    std::string_view(kText${count}, sizeof kText${count} - 1),\n")
endforeach()
list(LENGTH views count)
list(JOIN views "" views)
set(source "// Generated from pricing-data by cmake/book.cmake. Do not edit.\n")
string(APPEND source "#include \"pricing/embedded_book.h\"\n\n#include <array>\n\n")
string(APPEND source "namespace tokenlever {\n\nnamespace {\n\n${texts}\n")
string(APPEND source "constexpr std::array<std::string_view, ${count}> kDocuments = {\n${views}};\n\n}  // namespace\n\n")
string(APPEND source "std::span<const std::string_view> embedded_book_documents() { return kDocuments; }\n\n")
string(APPEND source "}  // namespace tokenlever\n")
file(WRITE "${OUTPUT}" "${source}")
