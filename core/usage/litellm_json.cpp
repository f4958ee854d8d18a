#include "usage/json_stream.h"
#include "usage/litellm.h"
#include "usage/litellm_row.h"

#include <algorithm>

namespace tokenlever {

namespace {

class LiteLlmJson final : public JsonFormat {
public:
    explicit LiteLlmJson(RecordSink& sink) : sink_(sink), rows_(sink) {}

    Result<void> record(std::string_view text, std::uint64_t offset) override {
        JsonCursor<Quotes::Plain> cursor(text);
        fields_ = {};
        bool states_usage = false;
        std::string_view key;
        cursor.enter_object();
        while (cursor.next_member(key)) {
            const auto column = std::ranges::find(kLiteLlmColumns, key, &LiteLlmColumnRow::name);
            if (column == kLiteLlmColumns.end()) {
                cursor.skip();
                continue;
            }
            const auto index = static_cast<std::size_t>(column - kLiteLlmColumns.begin());
            const auto kind = static_cast<LiteLlmColumn>(index);
            states_usage = states_usage || kind == LiteLlmColumn::Spend ||
                           kind == LiteLlmColumn::PromptTokens ||
                           kind == LiteLlmColumn::CompletionTokens;
            read_field(cursor, kind, text, offset);
        }
        if (cursor.failed() || !cursor.at_end())
            return fail(cursor.failed() ? cursor.error_code() : ErrorCode::MalformedJson, {},
                        excerpt(text.substr(cursor.position(), 40)), offset + cursor.position());
        if (!states_usage) {
            sink_.ignore();
            return {};
        }
        fields_.number = ++row_;
        rows_.read(fields_);
        return {};
    }

    void page_member(std::string_view key, const JsonScalar& value) override {
        // The paged endpoints count all rows of the query: R19, a file that holds fewer is a part.
        if (key != "total" || value.kind != JsonScalar::Kind::Number) return;
        const auto total = parse_count(value.text);
        if (total && *total) stated_total_ = std::max(stated_total_, **total);
    }
    std::int64_t next_row() override { return ++row_; }

    void end() override {
        rows_.end();
        if (stated_total_ > row_)
            sink_.diagnostics().warn(
                "incomplete_pages",
                "the pages state more rows than the file holds; get the rest too");
    }

private:
    // Strings are decoded, metadata and tags stay JSON, whether they are a value or a string of
    // JSON.
    void read_field(JsonCursor<Quotes::Plain>& cursor, LiteLlmColumn column, std::string_view text,
                    std::uint64_t offset) {
        const std::size_t before = cursor.position();
        JsonScalar value = cursor.scalar();
        LiteLlmField& field = fields_[column];
        field.offset = offset + before;
        if (cursor.failed() || value.is_null()) return;
        if (value.kind == JsonScalar::Kind::Container) {
            value.text = text.substr(before, cursor.position() - before);
            field.text = value.text.substr(value.text.find_first_of("{["));
        } else if (value.is_escaped) {
            std::string& scratch = scratch_[static_cast<std::size_t>(column)];
            scratch.clear();
            field.text =
                unescape(value.text, false, scratch) ? std::string_view(scratch) : value.text;
        } else {
            field.text = value.text;
        }
        if (value.kind != JsonScalar::Kind::Container && !value.text.empty())
            field.offset = offset + static_cast<std::uint64_t>(value.text.data() - text.data());
    }

    RecordSink& sink_;
    LiteLlmRows rows_;
    LiteLlmRow fields_;
    std::int64_t row_ = 0;
    std::int64_t stated_total_ = 0;
    std::array<std::string, kLiteLlmColumnCount> scratch_;
};

}  // namespace

Match match_litellm_json(const Head& head) {
    if (!head.is_json || !head.has_record_key("request_id") || !head.has_record_key("spend"))
        return {};
    return {100, "the records have request_id and spend"};
}

std::unique_ptr<FormatReader> open_litellm_json(const Head&, RecordSink& sink) {
    return std::make_unique<JsonStream>(std::make_unique<LiteLlmJson>(sink), sink);
}

}  // namespace tokenlever
