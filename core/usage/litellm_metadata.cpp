#include "usage/litellm_row.h"

namespace tokenlever {

namespace {

using Count = std::optional<std::int64_t>;

template <Quotes quotes>
class MetadataReader {
public:
    MetadataReader(std::string_view text, bool wants_names, LiteLlmMetadata& out)
        : cursor_(text), names_left_(wants_names ? kNames : 0), out_(out) {}

    void read() {
        std::string_view key;
        bool is_usage_read = false;
        if (!cursor_.enter_object()) {
            out_.is_unreadable = !cursor_.scalar().is_null() || cursor_.failed();
            return;
        }
        while (cursor_.next_member(key)) {
            if (key == "usage_object") {
                read_usage();
                is_usage_read = true;
            } else if (names_left_ > 0 && key.starts_with("user_api_key_")) {
                read_name(key.substr(13));
            } else {
                cursor_.skip_value();
            }
            if (is_usage_read && names_left_ == 0) return;
        }
        if (cursor_.failed()) out_.is_unreadable = true;
    }

private:
    static constexpr int kNames = 3;  // of the key, the team's id and the team

    void read_name(std::string_view key) {
        JsonScalar* const out = key == "alias"        ? &out_.key_alias
                                : key == "team_id"    ? &out_.team_id
                                : key == "team_alias" ? &out_.team_alias
                                                      : nullptr;
        if (out == nullptr) return cursor_.skip_value();
        const JsonScalar value = cursor_.scalar();
        if (value.kind == JsonScalar::Kind::String) *out = value;
        --names_left_;
    }

    void read_count(Count& out) {
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
            if (key == "cache_read_input_tokens") return read_count(out_.cache_read);
            if (key == "cache_creation_input_tokens") return read_count(out_.cache_creation);
            if (key == "prompt_tokens_details" || key == "input_tokens_details")
                return read_input_details();
            if (key == "completion_tokens_details" || key == "output_tokens_details")
                return read_output_details();
            if (key == "cache_creation") return read_creation_details();
            cursor_.skip_value();
        });
    }

    void read_input_details() {
        each_member([this](std::string_view key) {
            if (key == "cached_tokens") return read_count(out_.cached_tokens);
            if (key == "cache_creation_tokens") return read_count(out_.cache_creation_tokens);
            if (key == "audio_tokens") return read_count(out_.input_audio);
            if (key == "image_tokens") return read_count(out_.input_image);
            if (key == "cache_creation_token_details") return read_creation_details();
            cursor_.skip_value();
        });
    }

    void read_output_details() {
        each_member([this](std::string_view key) {
            if (key == "reasoning_tokens") return read_count(out_.reasoning);
            if (key == "audio_tokens") return read_count(out_.output_audio);
            if (key == "image_tokens") return read_count(out_.output_image);
            cursor_.skip_value();
        });
    }

    void read_creation_details() {
        each_member([this](std::string_view key) {
            if (key == "ephemeral_5m_input_tokens") return read_count(out_.creation_5m);
            if (key == "ephemeral_1h_input_tokens") return read_count(out_.creation_1h);
            cursor_.skip_value();
        });
    }

    JsonCursor<quotes> cursor_;
    int names_left_;
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
