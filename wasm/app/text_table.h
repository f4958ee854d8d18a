#pragma once

// A table as text for other programs: the first row holds the names of the columns.

#include <string>
#include <vector>

namespace tokenlever::app {

using TextTable = std::vector<std::vector<std::string>>;

// A text of somebody else's, so that no spreadsheet takes it for a formula: led by an apostrophe
// where it would.
std::string plain_text(std::string text);

std::string to_csv(const TextTable& table);  // RFC 4180
std::string to_tsv(const TextTable& table);  // what a spreadsheet takes from the clipboard

}  // namespace tokenlever::app
