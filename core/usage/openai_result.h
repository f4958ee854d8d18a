#pragma once

// One result object of the OpenAI usage API, and how it becomes a charge.

#include "usage/field_text.h"
#include "usage/format_reader.h"
#include "usage/json_cursor.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tokenlever {

enum class OpenAiCount : std::uint8_t {
    Input,
    Cached,
    CacheWrite,
    CacheWrite30m,
    CacheWrite12h,
    Uncached,
    InputAudio,
    InputImage,
    CachedAudio,
    CachedImage,
    Output,
    OutputAudio,
    OutputImage,
    ModelRequests,
    Images,
    Characters,
    Seconds,
    Bytes,
    Sessions,
    Requests,
};
inline constexpr std::size_t kOpenAiCountCount =
    static_cast<std::size_t>(OpenAiCount::Requests) + 1;

enum class OpenAiText : std::uint8_t { Object, Project, User, ApiKey, Model, ServiceTier, Batch };
inline constexpr std::size_t kOpenAiTextCount = static_cast<std::size_t>(OpenAiText::Batch) + 1;

struct OpenAiResult {
    std::int64_t row = 0;
    std::uint64_t offset = 0;
    std::uint64_t dimensions_hash = 0;  // of every text and flag, in any order
    std::uint64_t counts_hash = 0;
    std::uint64_t grouped_by = 0;  // which texts are not null: hashes of their keys, summed
    std::array<std::optional<std::int64_t>, kOpenAiCountCount> counts{};
    std::array<std::string_view, kOpenAiTextCount> texts{};

    const std::optional<std::int64_t>& operator[](OpenAiCount count) const {
        return counts[static_cast<std::size_t>(count)];
    }
    std::int64_t count(OpenAiCount which) const { return (*this)[which].value_or(0); }
    std::string_view operator[](OpenAiText text) const {
        return texts[static_cast<std::size_t>(text)];
    }
};

// A field that cannot be read: the row is rejected for it.
struct FieldFault {
    std::string_view column;
    std::uint64_t offset = 0;
    ErrorCode code = ErrorCode::NotAWholeNumber;
    std::string detail{};
};

// Reads the members of a result object; `scratch` holds texts with escapes.
class OpenAiResultReader {
public:
    // False if the text is not JSON. A field at fault is in `fault`.
    bool read(JsonCursor<Quotes::Plain>& cursor, std::string_view text, std::uint64_t offset,
              OpenAiResult& out);
    const std::optional<FieldFault>& fault() const { return fault_; }

private:
    void take(std::string_view key, const JsonScalar& value, std::uint64_t offset,
              OpenAiResult& out);
    std::optional<FieldFault> fault_;
    std::array<std::string, kOpenAiTextCount> scratch_;
};

// Fills the charge but for its period; the column at fault if the classes contradict each other,
// else empty. `is_mismatched`: the counts do not add up to the stated total, which does not change
// them.
struct OpenAiVerdict {
    std::string_view fault;
    ErrorCode code = ErrorCode::InconsistentTokens;
    bool is_mismatched = false;
    bool is_old_generation = false;
};
// The key of the largest count.
std::string_view largest_count(const OpenAiResult& result);
OpenAiVerdict fill_charge(const OpenAiResult& result, const Wanted& wanted, Charge& charge);

}  // namespace tokenlever
