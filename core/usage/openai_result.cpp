#include "usage/openai_result.h"

#include "focus/hash.h"

#include <algorithm>

namespace tokenlever {

namespace {

using enum OpenAiCount;

// Names of openai (npm) 7.57.0, resources/admin/organization/usage.d.ts, in the order of the enums.
constexpr std::array<std::string_view, kOpenAiCountCount> kCountKeys = {
    "input_tokens",
    "input_cached_tokens",
    "input_cache_write_tokens",
    "input_cache_write_30m_tokens",
    "input_cache_write_12h_tokens",
    "input_uncached_tokens",
    "input_audio_tokens",
    "input_image_tokens",
    "input_cached_audio_tokens",
    "input_cached_image_tokens",
    "output_tokens",
    "output_audio_tokens",
    "output_image_tokens",
    "num_model_requests",
    "images",
    "characters",
    "seconds",
    "usage_bytes",
    "num_sessions",
    "num_requests"};
constexpr std::array<std::string_view, kOpenAiTextCount> kTextKeys = {
    "object", "project_id", "user_id", "api_key_id", "model", "service_tier", "batch"};

// The kinds of result objects: "organization.usage.<name>.result".
enum class Shape : std::uint8_t { Completions, Input, Count };
struct Family {
    std::string_view name;
    Shape shape = Shape::Count;
    OpenAiCount count = Requests;
    std::optional<Unit> unit{};  // of the count; without one it is shown under `other`
    std::string_view other{};
    bool counts_requests = true;  // web searches name the requests of completions again
};
constexpr std::array kFamilies = {
    Family{.name = "completions", .shape = Shape::Completions},
    Family{.name = "decisions", .shape = Shape::Completions},
    Family{.name = "embeddings", .shape = Shape::Input},
    Family{.name = "moderations", .shape = Shape::Input},
    Family{.name = "images", .count = Images, .unit = Unit::OutputImages},
    Family{.name = "audio_speeches", .count = Characters, .unit = Unit::InputCharacters},
    Family{.name = "audio_transcriptions", .count = Seconds, .unit = Unit::InputAudioSeconds},
    Family{.name = "vector_stores", .count = Bytes, .other = "vector_store_bytes"},
    Family{.name = "code_interpreter_sessions",
           .count = Sessions,
           .other = "code_interpreter_sessions"},
    Family{.name = "file_searches", .count = Requests, .unit = Unit::FileSearches},
    Family{.name = "web_searches",
           .count = Requests,
           .unit = Unit::WebSearches,
           .counts_requests = false},
};

const Family* family_of(std::string_view object) {
    constexpr std::string_view kPrefix = "organization.usage.";
    constexpr std::string_view kSuffix = ".result";
    if (!object.starts_with(kPrefix) || !object.ends_with(kSuffix)) return nullptr;
    if (object.size() < kPrefix.size() + kSuffix.size()) return nullptr;
    object = object.substr(kPrefix.size(), object.size() - kPrefix.size() - kSuffix.size());
    const auto found = std::ranges::find(kFamilies, object, &Family::name);
    return found == kFamilies.end() ? nullptr : found;
}

// R1: input_tokens holds cache reads and writes, and every modality. The modality counts of the
// input are uncached, those of the cached part are apart.
OpenAiVerdict fill_completions(const OpenAiResult& result, Charge& charge) {
    OpenAiVerdict verdict;
    Quantities& quantities = charge.quantities;
    const std::int64_t input = result.count(Input);
    const std::int64_t cached = result.count(Cached);
    const std::int64_t writes = std::max(result.count(CacheWrite),
                                         result.count(CacheWrite30m) + result.count(CacheWrite12h));
    const std::int64_t audio = result.count(InputAudio);
    const std::int64_t image = result.count(InputImage);
    verdict.is_old_generation = !result[Uncached];
    if (verdict.is_old_generation && !result[Cached]) {
        charge.input_unsplit_tokens = input;
    } else {
        const std::int64_t uncached = result[Uncached].value_or(input - cached - writes);
        // The older generation said input_tokens was the text alone, with audio beside it.
        const std::int64_t text = verdict.is_old_generation ? uncached : uncached - audio - image;
        const std::int64_t cached_text =
            cached - result.count(CachedAudio) - result.count(CachedImage);
        if (text < 0) verdict.fault = "input_uncached_tokens";
        if (uncached < 0 || cached_text < 0) verdict.fault = "input_cached_tokens";
        verdict.is_mismatched = uncached + cached + writes != input;
        quantities.set(Unit::InputTokens, text);
        quantities.set(Unit::CacheReadTokens, cached_text);
        quantities.set(Unit::CacheReadAudioTokens, result.count(CachedAudio));
        quantities.set(Unit::CacheReadImageTokens, result.count(CachedImage));
        quantities.set(Unit::CacheWrite30mTokens, result.count(CacheWrite30m));
        quantities.set(Unit::CacheWrite12hTokens, result.count(CacheWrite12h));
        quantities.set(Unit::CacheWriteTokens,
                       writes - result.count(CacheWrite30m) - result.count(CacheWrite12h));
    }
    quantities.set(Unit::InputAudioTokens, audio);
    quantities.set(Unit::InputImageTokens, image);
    const std::int64_t output =
        result.count(Output) - result.count(OutputAudio) - result.count(OutputImage);
    if (output < 0) verdict.fault = "output_tokens";
    quantities.set(Unit::OutputTokens, output);
    quantities.set(Unit::OutputAudioTokens, result.count(OutputAudio));
    quantities.set(Unit::OutputImageTokens, result.count(OutputImage));
    return verdict;
}

}  // namespace

bool OpenAiResultReader::read(JsonCursor<Quotes::Plain>& cursor, std::string_view text,
                              std::uint64_t offset, OpenAiResult& out) {
    fault_.reset();
    std::string_view key;
    out.offset = offset + cursor.position();
    if (!cursor.enter_object()) {
        if (cursor.failed()) return false;
        fault_ =
            FieldFault{.column = "results", .offset = out.offset, .code = ErrorCode::WrongType};
        cursor.skip();
        return !cursor.failed();
    }
    while (cursor.next_member(key)) {
        const std::size_t before = cursor.position();
        const JsonScalar value = cursor.scalar();
        const bool has_text = value.text.data() != nullptr;
        const std::uint64_t at =
            has_text ? offset + static_cast<std::uint64_t>(value.text.data() - text.data())
                     : offset + before;
        if (!cursor.failed()) take(key, value, at, out);
    }
    return !cursor.failed();
}

void OpenAiResultReader::take(std::string_view key, const JsonScalar& value, std::uint64_t offset,
                              OpenAiResult& out) {
    const auto count = std::ranges::find(kCountKeys, key);
    const std::uint64_t key_hash = hash_text(key);
    if (count != kCountKeys.end()) {
        const auto index = static_cast<std::size_t>(count - kCountKeys.begin());
        auto parsed = value.is_null() ? std::nullopt : parse_count(value.text);
        if (!parsed || value.kind == JsonScalar::Kind::Container) {
            if (!fault_)
                fault_ = FieldFault{.column = *count,
                                    .offset = offset,
                                    .code = parsed ? ErrorCode::WrongType : parsed.error().code,
                                    .detail = excerpt(value.text)};
            return;
        }
        out.counts[index] = *parsed;
        if (*parsed) out.counts_hash += mix_hash(key_hash ^ static_cast<std::uint64_t>(**parsed));
        return;
    }
    if (value.kind != JsonScalar::Kind::String && value.kind != JsonScalar::Kind::Boolean) return;
    out.dimensions_hash += mix_hash(key_hash ^ hash_text(value.text));
    if (key != "object") out.grouped_by |= std::uint64_t{1} << (key_hash >> 58);
    const auto text = std::ranges::find(kTextKeys, key);
    if (text == kTextKeys.end()) return;
    const auto index = static_cast<std::size_t>(text - kTextKeys.begin());
    out.texts[index] = value.text;
    if (value.text.size() > kMaxValueBytes && !fault_)
        fault_ = FieldFault{.column = *text,
                            .offset = offset,
                            .code = ErrorCode::FieldTooLong,
                            .detail = excerpt(value.text.substr(0, 80))};
    if (!value.is_escaped) return;
    scratch_[index].clear();
    if (unescape(value.text, false, scratch_[index])) out.texts[index] = scratch_[index];
}

std::string_view largest_count(const OpenAiResult& result) {
    const auto largest = std::ranges::max_element(result.counts);
    return kCountKeys[static_cast<std::size_t>(largest - result.counts.begin())];
}

OpenAiVerdict fill_charge(const OpenAiResult& result, const Wanted& wanted, Charge& charge) {
    charge = {};
    const Family* family = family_of(result[OpenAiText::Object]);
    if (family == nullptr) return {.fault = "object", .code = ErrorCode::InvalidValue};
    charge.requests = family->counts_requests ? result.count(ModelRequests) : 0;
    charge.is_aggregated = charge.requests != 1;
    charge[Dimension::Provider] = "openai";
    charge[Dimension::Model] = result[OpenAiText::Model];
    if (wanted[Dimension::Service]) charge[Dimension::Service] = family->name;
    if (wanted[Dimension::Project]) charge[Dimension::Project] = result[OpenAiText::Project];
    if (wanted[Dimension::User]) charge[Dimension::User] = result[OpenAiText::User];
    if (wanted[Dimension::ApiKey]) charge[Dimension::ApiKey] = result[OpenAiText::ApiKey];
    // R23: data-sharing tokens are free; they are usage, but nothing that is billed.
    const std::string_view tier = result[OpenAiText::ServiceTier];
    charge[Dimension::ServiceTier] = tier == "incentivized-tier" ? "free" : tier;
    if (result[OpenAiText::Batch] == "true") charge[Dimension::ServiceTier] = "batch";
    if (family->shape == Shape::Completions) return fill_completions(result, charge);
    if (family->shape == Shape::Input) {
        charge.quantities.set(Unit::InputTokens,
                              result.count(Input));  // nothing is ever cached here
    } else if (family->unit) {
        charge.quantities.set(*family->unit, result.count(family->count));
    } else {
        charge.other = {.kind = family->other, .count = result.count(family->count)};
    }
    return {};
}

}  // namespace tokenlever
