#pragma once

// Reads one usage file, in chunks of any size, into a ChargeSink: decides the format by the first
// bytes, holds the unfinished record between chunks, and counts every record once.

#include "usage/importers.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tokenlever {

class UsageReader {
public:
    // `earlier_ids`: ids that were charged from other files. All three must outlive the reader.
    UsageReader(const Wanted& wanted, ChargeSink& sink, const IdSet& earlier_ids,
                std::string_view format);

    void feed(std::string_view bytes);
    // Without a copy: at most `size` bytes may be written there, then commit() says how many were.
    std::span<char> buffer(std::size_t size);
    void commit(std::size_t size);
    void finish();

    // After an error the rest is not read, and nothing of the file may be counted.
    const std::optional<Error>& error() const { return error_; }
    const Importer* importer() const { return detected_.importer; }
    const std::string& reason() const { return detected_.match.reason; }
    std::uint64_t bytes() const { return bytes_; }
    const RecordSink& records() const { return records_; }
    IdSet take_ids() { return records_.take_ids(); }

private:
    void read(bool is_last);
    Result<bool> open(bool is_last);

    std::string format_;
    RecordSink records_;
    Detected detected_;
    std::unique_ptr<FormatReader> reader_;
    std::unique_ptr<char[]> bytes_held_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;  // of what was not consumed
    std::size_t end_ = 0;
    std::uint64_t offset_ = 0;  // of begin_ in the file
    std::uint64_t bytes_ = 0;
    std::size_t head_bytes_ = kHeadBytes;
    std::optional<Error> error_;
};

}  // namespace tokenlever
