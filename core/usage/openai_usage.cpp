#include "usage/openai_usage.h"

#include "focus/hash.h"
#include "usage/json_stream.h"
#include "usage/openai_result.h"

#include <vector>

namespace tokenlever {

namespace {

class OpenAiUsage final : public JsonFormat {
public:
    explicit OpenAiUsage(RecordSink& sink) : sink_(sink) {}

    Result<void> record(std::string_view text, std::uint64_t offset) override {
        Bucket bucket{.offset = offset};
        JsonCursor<Quotes::Plain> cursor(text);
        std::string_view key;
        cursor.enter_object();
        while (cursor.next_member(key)) {
            const std::size_t before = cursor.position();
            if (key == "results" || key == "result") {
                bucket.results = cursor.skip();
                continue;
            }
            const JsonScalar value = cursor.scalar();
            if (key != "start_time" && key != "end_time") continue;
            (key == "start_time" ? bucket.start_text : bucket.end_text) = value.text;
            (key == "start_time" ? bucket.start_offset : bucket.end_offset) = offset + before;
        }
        if (cursor.failed() || !cursor.at_end()) return not_json(cursor, text, offset);
        if (bucket.results.empty()) {
            sink_.ignore();
            return {};
        }
        bucket.results_offset =
            offset + static_cast<std::uint64_t>(bucket.results.data() - text.data());
        return read_results(bucket);
    }

    void page_member(std::string_view key, const JsonScalar& value) override {
        if (key == "has_more") has_more_ = value.text == "true";  // the last page's word
    }
    std::int64_t next_row() override { return ++row_; }

    // R5: pages of one period in different groupings overlap wholly; adding them counts twice.
    void end_page() override {
        for (std::uint64_t bucket : page_buckets_) {
            const std::uint64_t grouped = mix_hash(bucket ^ mix_hash(page_grouping_ + 1));
            const bool is_first = sink_.is_new(bucket);
            const bool is_known = !sink_.is_new(grouped);
            overlaps_ += is_first || is_known ? 0 : 1;
        }
        page_buckets_.clear();
        page_grouping_ = 0;
    }

    void end() override {
        end_page();
        const auto warn = [&](std::int64_t count, const char* code, const char* message) {
            if (count > 0) sink_.diagnostics().warn(code, message, count);
        };
        warn(has_more_ ? 1 : 0, "incomplete_pages",
             "has_more is true: the file is not the whole period; fetch the next pages too");
        warn(overlaps_, "overlapping_groupings",
             "buckets that occur in pages grouped in different ways: their usage is counted twice");
        warn(mismatched_, "totals_mismatch",
             "results whose token counts do not add up to input_tokens");
        warn(old_audio_, "audio_beside_input",
             "results of the older schema: their audio tokens are taken as beside input_tokens");
        warn(unsplit_, "input_unsplit",
             "results without cached counts: their input cannot be split into cached and uncached");
    }

private:
    struct Bucket {
        std::uint64_t offset = 0;
        std::string_view start_text{}, end_text{}, results{};
        std::uint64_t start_offset = 0, end_offset = 0, results_offset = 0;
        Instant start{}, end{};
        std::optional<FieldFault> fault{};
    };

    static std::unexpected<Error> not_json(const JsonCursor<Quotes::Plain>& cursor,
                                           std::string_view text, std::uint64_t offset) {
        return fail(cursor.failed() ? cursor.error_code() : ErrorCode::MalformedJson, {},
                    excerpt(text.substr(cursor.position(), 40)), offset + cursor.position());
    }

    // Unix seconds, UTC, end exclusive.
    static bool read_time(std::string_view text, Instant& out) {
        const auto seconds = parse_count(text);
        if (!seconds || !*seconds) return false;
        const auto instant = from_unix_seconds(**seconds);
        if (instant) out = *instant;
        return instant.has_value();
    }

    static void read_period(Bucket& bucket) {
        const auto blame = [&](std::string_view column, std::uint64_t offset,
                               std::string_view text) {
            bucket.fault = FieldFault{.column = column,
                                      .offset = offset,
                                      .code = ErrorCode::NotAnInstant,
                                      .detail = excerpt(text)};
        };
        if (!read_time(bucket.start_text, bucket.start))
            return blame("start_time", bucket.start_offset, bucket.start_text);
        if (!read_time(bucket.end_text, bucket.end) || bucket.end < bucket.start)
            return blame("end_time", bucket.end_offset, bucket.end_text);
    }

    Result<void> read_results(Bucket& bucket) {
        read_period(bucket);
        if (bucket.results == "null") return {};  // no traffic
        JsonCursor<Quotes::Plain> cursor(bucket.results);
        if (!cursor.enter_array()) {
            reject({.row = ++row_}, {.column = "results",
                                     .offset = bucket.results_offset,
                                     .code = ErrorCode::WrongType,
                                     .detail = excerpt(bucket.results.substr(0, 80))});
            return {};
        }
        while (cursor.next_item()) {
            OpenAiResult result{.row = ++row_};
            if (!reader_.read(cursor, bucket.results, bucket.results_offset, result))
                return not_json(cursor, bucket.results, bucket.results_offset);
            read_result(result, bucket);
        }
        return {};
    }

    void read_result(const OpenAiResult& result, const Bucket& bucket) {
        const std::optional<FieldFault>& fault = bucket.fault ? bucket.fault : reader_.fault();
        if (fault) return reject(result, *fault);
        Charge charge;
        const OpenAiVerdict verdict = fill_charge(result, sink_.wanted(), charge);
        if (!verdict.fault.empty())
            return reject(result, {.column = verdict.fault,
                                   .offset = result.offset,
                                   .code = verdict.code,
                                   .detail = excerpt(result[OpenAiText::Object])});
        charge.charge_period_start = bucket.start;
        charge.charge_period_end = bucket.end;
        if (!is_new(result, bucket)) return;
        mismatched_ += verdict.is_mismatched ? 1 : 0;
        unsplit_ += charge.input_unsplit_tokens > 0 ? 1 : 0;
        old_audio_ +=
            verdict.is_old_generation && result.count(OpenAiCount::InputAudio) > 0 ? 1 : 0;
        if (!sink_.charge(charge))
            reject(result, {.column = largest_count(result),
                            .offset = result.offset,
                            .code = ErrorCode::NumberTooLarge});
    }

    // R3: a bucket and its dimensions are the id of a result; the same again is a saved copy. With
    // other counts it is an earlier or later state of the same usage, and the first one stands.
    bool is_new(const OpenAiResult& result, const Bucket& bucket) {
        const auto start = static_cast<std::uint64_t>(bucket.start.micros);
        const auto end = static_cast<std::uint64_t>(bucket.end.micros);
        const std::uint64_t id =
            mix_hash(mix_hash(start) + mix_hash(end ^ 1) + result.dimensions_hash);
        const std::uint64_t copy = mix_hash(id ^ mix_hash(result.counts_hash + 2));
        const bool is_new_copy = sink_.is_new(copy);
        if (sink_.is_new(id)) {
            page_buckets_.push_back(
                mix_hash(mix_hash(start ^ 3) + hash_text(result[OpenAiText::Object])));
            page_grouping_ |= result.grouped_by;
            return true;
        }
        sink_.set_aside(is_new_copy ? "same_bucket_other_counts" : "duplicate_id", {});
        return false;
    }

    void reject(const OpenAiResult& result, const FieldFault& fault) {
        sink_.reject({.row = result.row,
                      .column = std::string(fault.column),
                      .offset = fault.offset,
                      .code = fault.code,
                      .detail = fault.detail},
                     std::nullopt);
    }

    RecordSink& sink_;
    OpenAiResultReader reader_;
    std::int64_t row_ = 0;
    bool has_more_ = false;
    std::int64_t overlaps_ = 0, mismatched_ = 0, old_audio_ = 0, unsplit_ = 0;
    std::vector<std::uint64_t> page_buckets_;
    std::uint64_t page_grouping_ = 0;
};

}  // namespace

Match match_openai_usage(const Head& head) {
    if (!head.is_json) return {};
    // A page without buckets stands for its own first record (read_head).
    const bool is_empty_page = head.object == "page" && head.record_object == "page";
    if (!is_empty_page && head.record_object != "bucket") return {};
    if (head.object != "page" && head.object != "bucket") return {};
    if (head.text.find("\"organization.costs.") != std::string_view::npos) return {};
    if (head.text.find("\"organization.usage.") != std::string_view::npos)
        return {100, "a page of buckets with organization.usage results"};
    return {50, "a page of buckets without results: usage and costs look the same"};
}

std::unique_ptr<FormatReader> open_openai_usage(const Head&, RecordSink& sink) {
    return std::make_unique<JsonStream>(std::make_unique<OpenAiUsage>(sink), sink);
}

}  // namespace tokenlever
