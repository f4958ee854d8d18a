#pragma once

// The contract's import result as JSON, from the cube and what each file said.

#include "api/import_session.h"
#include "base/diagnostics.h"
#include "cube/cube.h"
#include "usage/format_reader.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tokenlever {

struct FileReport {
    std::string path;
    std::string format;  // empty if it was not recognised
    std::string reason;  // why it was taken for this format
    std::uint64_t bytes = 0;
    FileTally tally;
    Diagnostics diagnostics;
    std::optional<Error> error;  // then nothing of the file is counted
};

std::string import_report(const PriceBook& book, const ImportOptions& options,
                          std::span<const FileReport> files, const Cube& cube);

}  // namespace tokenlever
