#pragma once

// What the command line shares: files, the clock, errors on standard error, aligned tables.

#include "base/instant.h"
#include "base/json.h"
#include "base/result.h"
#include "cli/arguments.h"
#include "pricing/price_book.h"
#include "scenario/amount_text.h"

#include <string>
#include <string_view>
#include <vector>

namespace tokenlever::cli {

inline constexpr int kAnswered = 0;
inline constexpr int kBadInput = 2;

// The bytes of a file, or of standard input for "-". UnreadableFile names it.
Result<std::string> read_file(const std::string& path);

// The instant of --at, else now.
Result<Instant> clock_of(const Arguments& arguments);

// The built-in book, with the document of --book after it.
Result<PriceBook> book_of(const Arguments& arguments);

void print(std::string_view text);  // to standard output

// Writes the error to standard error, as JSON with --json, else as a sentence; returns kBadInput.
int report(const Arguments& arguments, const Error& error);

// Prints an answer of api.h: as it is with --json, else what `render` makes of it.
int answer(const Arguments& arguments, const Result<std::string>& json,
           std::string (*render)(const Json&));

// Rows of cells, the first row a header; columns aligned, `right` says which to the right.
std::string table(const std::vector<std::vector<std::string>>& rows,
                  const std::vector<bool>& right);

// "$8,146.56": cents, half away from zero, thousands separated; "unknown" for null.
std::string dollars(const Json* amount);
// "$0.0081465575": every digit of money that we compute (10^-12); a file's own cost may have more,
// which only --json shows.
std::string exact_dollars(const Json* amount);
// "72.84 %"
std::string percent(const Json* share);

// The text of a member, or "" where it is absent.
std::string text_of(const Json& object, std::string_view key);

// "warning: ..." lines.
std::string warnings_of(const Json& answer);

}  // namespace tokenlever::cli
