#pragma once

// The formats that can be read: one row each. A new format is a row here, a fixture and a golden
// file.

#include "usage/format_reader.h"
#include "usage/match.h"

#include <memory>
#include <span>
#include <string_view>

namespace tokenlever {

struct Importer {
    std::string_view id;    // "litellm.spend_logs.csv": what --format takes and reports show
    std::string_view name;  // for people
    Match (*match)(const Head& head);
    std::unique_ptr<FormatReader> (*open)(const Head& head, RecordSink& sink);
};

std::span<const Importer> importers();

struct Detected {
    const Importer* importer = nullptr;
    Match match;
};

// By content, or by `format` if it is not empty. EmptyFile, UnrecognizedFormat (with what the file
// looks like and what to do) or UnknownFormat (with the nearest id). `text` is the start of the
// file.
Result<Detected> detect(const Head& head, std::string_view format);
// What is no text of ours at all: compressed, binary or UTF-16 files.
Result<void> check_bytes(std::string_view text);

// How many first bytes of a file are looked at to recognise it. While they end inside the first
// JSON value and tell nothing yet, four times as many are, up to kMaxRecordBytes.
inline constexpr std::size_t kHeadBytes = 64 << 10;
inline constexpr std::size_t kHeadGrowth = 4;

}  // namespace tokenlever
