#include "usage/litellm_row.h"

#include <array>
#include <span>

namespace tokenlever {

namespace {

using Count = std::optional<std::int64_t>;

template <Quotes quotes>
class MetadataReader {
public:
    MetadataReader(std::string_view text, bool wants_names, LiteLlmMetadata& out)
        : cursor_(text), wants_names_(wants_names), out_(out) {}

    // The usage decides about the row. So it is found and read alike whether names are wanted or
    // not, and what stands behind it cannot change it.
    void read() {
        if (!cursor_.enter_object()) {
            out_.is_unreadable = !cursor_.scalar().is_null() || cursor_.failed();
            return;
        }
        if (find_usage()) read_usage();
        if (cursor_.failed()) out_.is_unreadable = true;
        if (wants_names_) read_names_behind();
    }

private:
    static constexpr std::array<std::string_view, 4> kKeys = {
        "usage_object", "user_api_key_alias", "user_api_key_team_id", "user_api_key_team_alias"};

    bool find_usage() {
        const std::span keys(kKeys.data(), wants_names_ ? kKeys.size() : 1);
        for (;;) {
            const std::size_t found = cursor_.find_member(keys);
            if (found == 0 || found == keys.size()) return found == 0;
            read_name(found);
        }
    }

    void read_names_behind() {
        const std::span names = std::span(kKeys).subspan(1);
        while (names_left_ > 0) {
            const std::size_t found = cursor_.find_member(names);
            if (found == names.size()) return;
            read_name(found + 1);
        }
    }

    void read_name(std::size_t key) {
        const JsonScalar value = cursor_.scalar();
        --names_left_;
        if (value.kind != JsonScalar::Kind::String) return;
        (key == 1 ? out_.key_alias : key == 2 ? out_.team_id : out_.team_alias) = value;
    }

    void read_count(Count& out) {
        std::int64_t plain = 0;
        if (cursor_.take_count(plain)) {
            out = plain;
            return;
        }
        const JsonScalar value = cursor_.scalar();
        if (value.is_null()) return;
        const Result<Count> count = parse_count(value.text);
        if (value.kind == JsonScalar::Kind::Number && count) {
            out = *count;
        } else {
            out_.is_unreadable = true;
        }
    }

    // Calls `member(key)` for each member of an object; other values are passed over.
    template <typename Member>
    void each_member(Member member) {
        std::string_view key;
        if (!cursor_.enter_object()) {
            cursor_.skip_value();
            return;
        }
        while (cursor_.next_member(key))
            member(key);
        if (cursor_.failed()) out_.is_unreadable = true;
    }

    void read_usage() {
        each_member([this](std::string_view key) {
            out_.has_usage = true;
            if (is_word(key, "cache_read_input_tokens")) return read_count(out_.cache_read);
            if (is_word(key, "cache_creation_input_tokens")) return read_count(out_.cache_creation);
            if (is_word(key, "prompt_tokens_details") || is_word(key, "input_tokens_details"))
                return read_input_details();
            if (is_word(key, "completion_tokens_details") || is_word(key, "output_tokens_details"))
                return read_output_details();
            if (is_word(key, "cache_creation")) return read_creation_details();
            cursor_.skip_value();
        });
    }

    void read_input_details() {
        each_member([this](std::string_view key) {
            if (is_word(key, "cached_tokens")) return read_count(out_.cached_tokens);
            if (is_word(key, "cache_creation_tokens"))
                return read_count(out_.cache_creation_tokens);
            if (is_word(key, "audio_tokens")) return read_count(out_.input_audio);
            if (is_word(key, "image_tokens")) return read_count(out_.input_image);
            if (is_word(key, "cache_creation_token_details")) return read_creation_details();
            cursor_.skip_value();
        });
    }

    void read_output_details() {
        each_member([this](std::string_view key) {
            if (is_word(key, "reasoning_tokens")) return read_count(out_.reasoning);
            if (is_word(key, "audio_tokens")) return read_count(out_.output_audio);
            if (is_word(key, "image_tokens")) return read_count(out_.output_image);
            cursor_.skip_value();
        });
    }

    void read_creation_details() {
        each_member([this](std::string_view key) {
            if (is_word(key, "ephemeral_5m_input_tokens")) return read_count(out_.creation_5m);
            if (is_word(key, "ephemeral_1h_input_tokens")) return read_count(out_.creation_1h);
            cursor_.skip_value();
        });
    }

    JsonCursor<quotes> cursor_;
    bool wants_names_;
    int names_left_ = kKeys.size() - 1;
    LiteLlmMetadata& out_;
};

}  // namespace

LiteLlmMetadata read_litellm_metadata(const LiteLlmField& field, bool wants_names) {
    LiteLlmMetadata out;
    if (is_absent(field.text)) return out;
    if (field.is_doubled) {
        MetadataReader<Quotes::Doubled>(field.text, wants_names, out).read();
    } else {
        MetadataReader<Quotes::Plain>(field.text, wants_names, out).read();
    }
    if (out.is_unreadable) out.has_usage = false;
    return out;
}

}  // namespace tokenlever
