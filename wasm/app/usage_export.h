#pragma once

// The usage that the screen shows, as a table for other programs: a row per day, model and team,
// the contract's names above, every digit of every amount.

#include "usage_import.h"

#include <string>

namespace tokenlever::app {

std::string usage_csv(const ImportReport& report);
std::string usage_tsv(const ImportReport& report);
std::string usage_file_name(const ImportReport& report);  // "usage-2026-10.csv"

}  // namespace tokenlever::app
