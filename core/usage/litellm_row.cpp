#include "usage/litellm_row.h"

#include "focus/hash.h"

#include <algorithm>

namespace tokenlever {

namespace {

using enum LiteLlmColumn;

struct ProviderName {
    std::string_view litellm;
    std::string_view provider;
};

// custom_llm_provider values of LiteLLM that differ from the contract's provider ids.
constexpr std::array kProviders = {
    ProviderName{"azure_ai", "azure"},
    ProviderName{"azure_text", "azure"},
    ProviderName{"bedrock", "amazon-bedrock"},
    ProviderName{"bedrock_converse", "amazon-bedrock"},
    ProviderName{"cohere_chat", "cohere"},
    ProviderName{"dashscope", "alibaba"},
    ProviderName{"fireworks_ai", "fireworks"},
    ProviderName{"gemini", "google"},
    ProviderName{"text-completion-openai", "openai"},
    ProviderName{"together_ai", "together"},
    ProviderName{"vertex_ai", "google-vertex"},
    ProviderName{"vertex_ai_beta", "google-vertex"},
};

bool is_true(std::string_view text) { return text == "True" || text == "true"; }

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

// The string of a scalar; decoded into `scratch` only where it holds escapes.
std::string_view text_of(const JsonScalar& scalar, bool is_doubled, std::string& scratch) {
    if (!scalar.is_escaped) return scalar.text;
    scratch.clear();
    return unescape(scalar.text, is_doubled, scratch) ? std::string_view(scratch) : scalar.text;
}

std::int64_t larger(const std::optional<std::int64_t>& a, const std::optional<std::int64_t>& b) {
    return std::max(a.value_or(0), b.value_or(0));
}

}  // namespace

std::string_view provider_of_litellm(std::string_view custom_llm_provider) {
    if (custom_llm_provider.starts_with("vertex_ai-"))
        return "google-vertex";  // "-anthropic_models"
    const auto found = std::ranges::find(kProviders, custom_llm_provider, &ProviderName::litellm);
    return found == kProviders.end() ? custom_llm_provider : found->provider;
}

bool LiteLlmRows::needs(LiteLlmColumn column) const {
    const Wanted& wanted = sink_.wanted();
    switch (column) {
        case RequestTags: return wanted.any_tag();
        case CallType: return wanted[Dimension::Service];
        case ApiKey: return wanted[Dimension::ApiKey];
        case User: return wanted[Dimension::User];
        case TeamId: return wanted[Dimension::Team];
        default: return true;
    }
}

// Whether a team or key was given its name by an earlier row.
bool LiteLlmRows::is_labelled(std::string_view value) const {
    return !value.empty() && labelled_.contains(hash_text(value));
}

bool LiteLlmRows::reject(const LiteLlmRow& row, LiteLlmColumn column, ErrorCode code) {
    const LiteLlmField& field = row[column];
    sink_.reject({.row = row.number,
                  .column = std::string(kLiteLlmColumns[static_cast<std::size_t>(column)].name),
                  .offset = field.offset,
                  .code = code,
                  .detail = excerpt(field.text)},
                 charge_.has_reported_cost ? std::optional(charge_.reported_cost) : std::nullopt);
    return false;
}

void LiteLlmRows::read(const LiteLlmRow& row) {
    const Wanted& wanted = sink_.wanted();
    if (!read_amounts(row)) return;
    const bool wants_names = (wanted[Dimension::Team] && !is_labelled(row[TeamId].text)) ||
                             (wanted[Dimension::ApiKey] && !is_labelled(row[ApiKey].text));
    const LiteLlmMetadata metadata = read_litellm_metadata(row[Metadata], wants_names);
    if (!read_tokens(row, metadata)) return;
    // R3: the id is the table's primary key; the same row in an overlapping export counts once.
    const std::string_view id = row[RequestId].text;
    if (!id.empty() && !sink_.is_new(hash_text(id)))
        return sink_.set_aside("duplicate_id", charge_.reported_cost);
    clear_dimensions();
    read_dimensions(row, metadata);
    if (!sink_.charge(charge_))
        reject(row, prompt_ < completion_ ? CompletionTokens : PromptTokens,
               ErrorCode::NumberTooLarge);
}

// Only what was asked for is ever set.
void LiteLlmRows::clear_dimensions() {
    for (Dimension dimension : sink_.wanted().texts())
        charge_[dimension] = {};
    charge_[Dimension::Model] = {};
    for (std::size_t tag = 0; tag < sink_.wanted().tags().size(); ++tag)
        charge_.tags[tag] = {};
}

// Cost, time and the two totals: everything a rejected row is rejected for, but metadata.
bool LiteLlmRows::read_amounts(const LiteLlmRow& row) {
    const std::string_view spend = row[Spend].text;
    charge_.has_reported_cost = false;
    charge_.reported_cost = {};
    if (!is_absent(spend)) {
        const auto cost = ReportedCost::parse(spend);
        if (!cost) return reject(row, Spend, cost.error().code);
        charge_.has_reported_cost = true;
        charge_.reported_cost = cost->cost;
        rounded_rows_ += cost->is_rounded ? 1 : 0;
    }
    const auto start = instants_.read(row[StartTime].text);
    if (!start) return reject(row, StartTime, ErrorCode::NotAnInstant);
    charge_.charge_period_start = charge_.charge_period_end = *start;
    const auto prompt = parse_count(row[PromptTokens].text);
    if (!prompt) return reject(row, PromptTokens, prompt.error().code);
    const auto completion = parse_count(row[CompletionTokens].text);
    if (!completion) return reject(row, CompletionTokens, completion.error().code);
    const auto total = parse_count(row[TotalTokens].text);
    if (!total) return reject(row, TotalTokens, total.error().code);
    for (const LiteLlmColumn name : {Model, Provider})
        if (row[name].text.size() > kMaxValueBytes)
            return reject(row, name, ErrorCode::FieldTooLong);
    prompt_ = prompt->value_or(0);
    completion_ = completion->value_or(0);
    if (total->value_or(prompt_ + completion_) != prompt_ + completion_) ++mismatched_rows_;
    return true;
}

bool LiteLlmRows::read_tokens(const LiteLlmRow& row, const LiteLlmMetadata& metadata) {
    charge_.source_kind = SourceKind::Gateway;
    charge_.quantities.clear();
    charge_.input_unsplit_tokens = charge_.avoided_input_tokens = charge_.avoided_output_tokens = 0;
    const bool is_failure = row[Status].text == "failure";
    charge_.requests = is_failure ? 0 : 1;
    charge_.requests_failed = is_failure ? 1 : 0;
    if (is_true(row[CacheHit].text)) {
        charge_.avoided_input_tokens = prompt_;
        charge_.avoided_output_tokens = completion_;
        return true;
    }
    unreadable_rows_ += metadata.is_unreadable ? 1 : 0;
    return metadata.has_usage ? read_split(row, metadata) : read_unsplit();
}

// No usage_object (older versions, most embeddings): the prompt cannot be split, and is not
// guessed.
bool LiteLlmRows::read_unsplit() {
    charge_.input_unsplit_tokens = prompt_;
    unsplit_rows_ += prompt_ > 0 ? 1 : 0;
    charge_.quantities.set(Unit::OutputTokens, completion_);
    return true;
}

bool LiteLlmRows::read_split(const LiteLlmRow& row, const LiteLlmMetadata& metadata) {
    Quantities& quantities = charge_.quantities;
    const std::int64_t read = larger(metadata.cache_read, metadata.cached_tokens);
    const std::int64_t write_5m = metadata.creation_5m.value_or(0);
    const std::int64_t write_1h = metadata.creation_1h.value_or(0);
    const std::int64_t writes = std::max(
        larger(metadata.cache_creation, metadata.cache_creation_tokens), write_5m + write_1h);
    const std::int64_t audio = metadata.input_audio.value_or(0);
    const std::int64_t image = metadata.input_image.value_or(0);
    const std::int64_t audio_out = metadata.output_audio.value_or(0);
    const std::int64_t image_out = metadata.output_image.value_or(0);
    const std::int64_t uncached = prompt_ - read - writes - audio - image;
    const std::int64_t output = completion_ - audio_out - image_out;
    if (uncached < 0 || output < 0) return reject(row, Metadata, ErrorCode::InconsistentTokens);
    quantities.set(Unit::InputTokens, uncached);
    quantities.set(Unit::CacheReadTokens, read);
    quantities.set(Unit::CacheWrite5mTokens, write_5m);
    quantities.set(Unit::CacheWrite1hTokens, write_1h);
    quantities.set(Unit::CacheWriteTokens, writes - write_5m - write_1h);
    quantities.set(Unit::InputAudioTokens, audio);
    quantities.set(Unit::InputImageTokens, image);
    quantities.set(Unit::OutputTokens, output);
    quantities.set(Unit::OutputAudioTokens, audio_out);
    quantities.set(Unit::OutputImageTokens, image_out);
    // A provider that reports reasoning beside the completion would break "of which": not taken
    // then.
    const std::int64_t reasoning = metadata.reasoning.value_or(0);
    if (reasoning <= output) {
        quantities.set(Unit::ReasoningTokens, reasoning);
    } else {
        ++mismatched_rows_;
    }
    return true;
}

// A dimension that was not asked for stays empty. A value beyond the limit is absent: what a row
// counts must not depend on what was asked for.
void LiteLlmRows::take(Dimension dimension, std::string_view value) {
    if (!sink_.wanted()[dimension] || is_absent(value)) return;
    if (value.size() > kMaxValueBytes) {
        ++long_values_;
        return;
    }
    charge_[dimension] = value;
}

void LiteLlmRows::read_dimensions(const LiteLlmRow& row, const LiteLlmMetadata& metadata) {
    const Wanted& wanted = sink_.wanted();
    charge_[Dimension::Provider] = provider_of_litellm(row[Provider].text);
    if (!is_absent(row[Model].text)) charge_[Dimension::Model] = row[Model].text;
    take(Dimension::Service, row[CallType].text);
    take(Dimension::ApiKey, row[ApiKey].text);
    take(Dimension::User, row[User].text);
    take(Dimension::Team, row[TeamId].text);
    const bool is_doubled = row[Metadata].is_doubled;
    if (wanted[Dimension::ApiKey])
        label(Dimension::ApiKey, text_of(metadata.key_alias, is_doubled, scratch_));
    if (wanted[Dimension::Team]) read_team(metadata, is_doubled);
    if (wanted.any_tag()) read_tags(row[RequestTags]);
}

// The team is its id; where a row has only an alias, that is all there is.
void LiteLlmRows::read_team(const LiteLlmMetadata& metadata, bool is_doubled) {
    const std::string_view& team = charge_[Dimension::Team];
    if (team.empty()) take(Dimension::Team, text_of(metadata.team_id, is_doubled, team_scratch_));
    const std::string_view alias = text_of(metadata.team_alias, is_doubled, scratch_);
    if (!team.empty()) return label(Dimension::Team, alias);
    team_scratch_ = alias;
    take(Dimension::Team, team_scratch_);
}

void LiteLlmRows::label(Dimension dimension, std::string_view alias) {
    const std::string_view value = charge_[dimension];
    if (value.empty() || alias.empty() || alias.size() > kMaxValueBytes) return;
    sink_.label(dimension, value, alias);
    labelled_.insert(hash_text(value));
}

// request_tags is a JSON array of strings; "name:value" and "name=value" are tags with a name.
void LiteLlmRows::read_tags(const LiteLlmField& tags) {
    if (tags.text.size() < 4) return;
    const auto read_with = [&](auto cursor) {
        if (!cursor.enter_array()) return;
        while (cursor.next_item()) {
            const JsonScalar tag = cursor.scalar();
            if (tag.kind == JsonScalar::Kind::String)
                take_tag(text_of(tag, tags.is_doubled, scratch_));
        }
    };
    if (tags.is_doubled) {
        read_with(JsonCursor<Quotes::Doubled>(tags.text));
    } else {
        read_with(JsonCursor<Quotes::Plain>(tags.text));
    }
}

void LiteLlmRows::take_tag(std::string_view tag) {
    const std::size_t split = tag.find_first_of(":=");
    if (split == std::string_view::npos) return;
    const std::string_view name = trimmed(tag.substr(0, split));
    const std::string_view value = trimmed(tag.substr(split + 1));
    if (value.size() > kMaxValueBytes) ++long_values_;
    if (value.empty() || value.size() > kMaxValueBytes) return;
    const auto keep = [&](std::string_view& target, std::string& holder) {
        if (!target.empty()) return;
        holder = value;
        target = holder;
    };
    const Wanted& wanted = sink_.wanted();
    const std::optional<Dimension> dimension = allocation_dimension(name);
    if (dimension && wanted[*dimension])
        keep(charge_[*dimension], tag_values_[index_of(*dimension)]);
    for (std::size_t index = 0; index < wanted.tags().size(); ++index)
        if (is_same_tag(name, wanted.tags()[index]))
            keep(charge_.tags[index], tag_values_[kDimensionCount + index]);
}

void LiteLlmRows::end() {
    const auto warn = [&](std::int64_t count, const char* code, const char* message) {
        if (count > 0) sink_.diagnostics().warn(code, message, count);
    };
    warn(
        unsplit_rows_, "input_unsplit",
        "rows without metadata.usage_object: their input cannot be split into cached and uncached");
    warn(unreadable_rows_, "metadata_unreadable",
         "rows whose metadata is not the JSON it should be: their input is not split");
    warn(mismatched_rows_, "totals_mismatch",
         "rows whose token counts do not add up to their own total");
    warn(long_values_, "value_too_long",
         "names longer than 4096 bytes: their rows count, and have no value there");
    warn(rounded_rows_, "cost_rounded", "costs with more than 36 fraction digits were rounded");
}

}  // namespace tokenlever
