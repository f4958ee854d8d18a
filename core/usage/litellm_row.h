#pragma once

// One row of LiteLLM's spend logs (schema.prisma, model LiteLLM_SpendLogs), from a CSV dump or a
// JSON export, and how it becomes a charge. R1: prompt_tokens includes cache reads and writes for
// every provider; the split is only in metadata.usage_object. R12: spend is LiteLLM's own estimate.
// R21: rows served from LiteLLM's response cache repeat token counts that nobody consumed. R4:
// failed attempts are rows of their own. R27: messages and responses are never looked at.

#include "usage/field_text.h"
#include "usage/format_reader.h"
#include "usage/json_cursor.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tokenlever {

enum class LiteLlmColumn : std::uint8_t {
    RequestId,
    Spend,
    StartTime,
    PromptTokens,
    CompletionTokens,
    TotalTokens,
    Model,
    Provider,
    Metadata,
    CacheHit,
    Status,
    RequestTags,
    CallType,
    ApiKey,
    User,
    TeamId,
};
inline constexpr std::size_t kLiteLlmColumnCount =
    static_cast<std::size_t>(LiteLlmColumn::TeamId) + 1;

struct LiteLlmColumnRow {
    std::string_view name;
    bool is_required = false;
};
inline constexpr std::array<LiteLlmColumnRow, kLiteLlmColumnCount> kLiteLlmColumns = {{
    {"request_id", true},
    {"spend", true},
    {"startTime", true},
    {"prompt_tokens", true},
    {"completion_tokens", true},
    {"total_tokens"},
    {"model", true},
    {"custom_llm_provider"},
    {"metadata"},
    {"cache_hit"},
    {"status"},
    {"request_tags"},
    {"call_type"},
    {"api_key"},
    {"user"},
    {"team_id"},
}};

// A field's text, decoded, and where its bytes stand in the file. `is_doubled`: JSON whose quotes
// are written twice (inside a quoted CSV cell), used in place for metadata and request_tags.
struct LiteLlmField {
    std::string_view text;
    std::uint64_t offset = 0;
    bool is_doubled = false;
};

struct LiteLlmRow {
    std::int64_t number = 0;
    std::array<LiteLlmField, kLiteLlmColumnCount> fields{};
    LiteLlmField& operator[](LiteLlmColumn column) {
        return fields[static_cast<std::size_t>(column)];
    }
    const LiteLlmField& operator[](LiteLlmColumn column) const {
        return fields[static_cast<std::size_t>(column)];
    }
};

// What metadata says. Counts are absent where it is silent.
struct LiteLlmMetadata {
    bool has_usage = false;
    bool is_unreadable = false;
    std::optional<std::int64_t> cache_read, cached_tokens, cache_creation, cache_creation_tokens;
    std::optional<std::int64_t> creation_5m, creation_1h;
    std::optional<std::int64_t> input_audio, input_image, reasoning, output_audio, output_image;
    JsonScalar key_alias, team_id, team_alias;
};

// `wants_names` reads the aliases too; without it the reading stops after the usage. The counts do
// not depend on it.
LiteLlmMetadata read_litellm_metadata(const LiteLlmField& field, bool wants_names);

class LiteLlmRows {
public:
    explicit LiteLlmRows(RecordSink& sink) : sink_(sink) {}
    // Columns that the asked-for dimensions and the counts need.
    bool needs(LiteLlmColumn column) const;
    void read(const LiteLlmRow& row);
    // Adds the warnings that were counted on the way.
    void end();

private:
    void clear_dimensions();
    bool is_labelled(std::string_view value) const;
    bool read_amounts(const LiteLlmRow& row);
    bool read_tokens(const LiteLlmRow& row, const LiteLlmMetadata& metadata);
    bool read_split(const LiteLlmRow& row, const LiteLlmMetadata& metadata);
    bool read_unsplit();
    void read_dimensions(const LiteLlmRow& row, const LiteLlmMetadata& metadata);
    void read_tags(const LiteLlmField& tags);
    void take_tag(std::string_view tag);
    void take(Dimension dimension, std::string_view value);
    void read_team(const LiteLlmMetadata& metadata, bool is_doubled);
    void label(Dimension dimension, std::string_view alias);
    bool reject(const LiteLlmRow& row, LiteLlmColumn column, ErrorCode code);

    RecordSink& sink_;
    IdSet labelled_;  // teams and keys whose name is known
    Charge charge_;
    InstantReader instants_;
    std::int64_t prompt_ = 0;
    std::int64_t completion_ = 0;
    std::string scratch_, team_scratch_;
    std::array<std::string, kDimensionCount + kMaxTags> tag_values_;
    std::int64_t unsplit_rows_ = 0, unreadable_rows_ = 0, mismatched_rows_ = 0, rounded_rows_ = 0,
                 long_values_ = 0;
};

// LiteLLM's custom_llm_provider as the contract's provider id; unknown ones as they are.
std::string_view provider_of_litellm(std::string_view custom_llm_provider);

}  // namespace tokenlever
