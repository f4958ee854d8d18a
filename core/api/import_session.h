#pragma once

// The public door of usage import: what the command line, the WASM bindings and the tests use.
// Bytes of one or more files go in, in chunks of any size; the contract's import result comes out
// as JSON. Nothing is kept of the bytes but the unfinished record at the end of a chunk, so a file
// of any size needs the same memory.
//
//   TL_TRY(options, parse_import_options(R"({"by":["day","model"]})"));
//   ImportSession session(book, options);
//   session.begin_file("usage.csv");
//   while (...) session.feed(chunk);          // or write into session.buffer(n), then
//   session.commit(n) session.finish_file(); std::string json = session.report();      //
//   {"files":[...],"totals":{...},"groups":[...]}
//
// A file that fails has "error" in its entry of "files", and none of its charges are counted.

#include "base/instant.h"
#include "base/result.h"
#include "focus/dimension.h"
#include "pricing/price_book.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever {

// The CLI's flags: --by a,b --bucket day --format ID --tz ZONE --cost KIND.
struct ImportOptions {
    std::vector<Axis> by;    // the bucket is already in it
    std::string format;      // an importer's id; empty: decided by content
    int offset_minutes = 0;  // the zone of hours, days and months, east of UTC
    std::string cost;        // the primary cost kind; empty: the format's default
};

// From the JSON request
// {"by":["day","model"],"bucket":"day","format":"...","tz":"+02:00","cost":"billed"}; every key may
// be absent. Errors name the key. Zones are fixed offsets: "UTC", "Z", "+05:30".
Result<ImportOptions> parse_import_options(std::string_view json);
// The same from texts, as the command line has them; empty texts are absent. `by` is
// comma-separated.
Result<ImportOptions> make_import_options(std::string_view by, std::string_view bucket,
                                          std::string_view format, std::string_view tz,
                                          std::string_view cost);

struct ImportProgress {
    std::uint64_t bytes = 0;  // of the current file, read so far
    std::int64_t rows = 0;    // of the current file, read so far
};

class ImportSession {
public:
    ImportSession(const PriceBook& book,
                  ImportOptions options);  // the book must outlive the session
    ~ImportSession();
    ImportSession(ImportSession&&) noexcept;
    ImportSession& operator=(ImportSession&&) noexcept;

    // Starts the next file; an unfinished one is finished first. The path is only shown.
    void begin_file(std::string_view path);
    void feed(std::string_view bytes);
    // Without a copy: write at most `size` bytes at the returned address, then commit how many they
    // were.
    std::span<char> buffer(std::size_t size);
    void commit(std::size_t size);
    // Ends the file. False if it failed: its entry of the report has the error.
    bool finish_file();
    // Drops the current file and everything counted from it; its entry has the error `cancelled`.
    void cancel_file();
    // Records that a file could not be opened.
    void fail_file(std::string_view path, const Error& error);

    ImportProgress progress() const;
    // True if there are files and every one failed (the command line then exits with 2).
    bool all_failed() const;
    // The first failure, for the one-line message of a single bad file.
    std::optional<Error> first_error() const;

    // The contract's import result. Unfinished files are not in it.
    std::string report() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

// One file held in memory, read in one go.
std::string import_bytes(const PriceBook& book, const ImportOptions& options, std::string_view path,
                         std::string_view bytes);

}  // namespace tokenlever
