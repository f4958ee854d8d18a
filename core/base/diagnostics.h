#pragma once

// Diagnostics: what a reader noticed on the way without stopping. Every rejection is counted by
// code; the first `kListedRejections` are kept whole. Warnings are kept once per (code, message),
// with a count; beyond `kListedWarnings` different ones the rest is counted as "more_warnings".

#include "base/error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tokenlever {

inline constexpr std::size_t kListedRejections = 100;
inline constexpr std::size_t kListedWarnings = 200;

struct Rejection {
    std::int64_t row = 0;      // records counted from 1 after the header
    std::string column{};      // empty if the row as a whole is at fault
    std::uint64_t offset = 0;  // byte of the field in the decompressed file
    ErrorCode code = ErrorCode::NotANumber;
    std::string detail{};  // the offending text, cut to 80 bytes at a UTF-8 boundary

    bool operator==(const Rejection&) const = default;
};

struct Warning {
    std::string code{};     // stable id, snake_case
    std::string message{};  // a sentence
    std::int64_t count = 1;

    bool operator==(const Warning&) const = default;
};

class Diagnostics {
public:
    void reject(Rejection rejection);
    void warn(std::string code, std::string message, std::int64_t count = 1);

    std::int64_t rejected() const { return rejected_; }
    const std::vector<Rejection>& rejections() const { return rejections_; }
    // (code, count), in order of the enumerators.
    std::vector<std::pair<ErrorCode, std::int64_t>> rejected_by_code() const;
    const std::vector<Warning>& warnings() const { return warnings_; }

private:
    std::int64_t rejected_ = 0;
    std::vector<Rejection> rejections_;
    std::vector<std::int64_t> by_code_;
    std::vector<Warning> warnings_;
};

}  // namespace tokenlever
