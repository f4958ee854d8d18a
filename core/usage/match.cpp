#include "usage/match.h"

#include "usage/json_cursor.h"

#include <algorithm>

namespace tokenlever {

namespace {

bool is_same_word(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    };
    return std::ranges::equal(a, b, {}, lower, lower);
}

// The keys of the object at the cursor, as far as the text goes, and of the first object of "data".
void read_keys(JsonCursor<Quotes::Plain>& cursor, Head& head, bool is_record) {
    std::vector<std::string>& keys = is_record ? head.record_keys : head.keys;
    std::string& object = is_record ? head.record_object : head.object;
    std::string_view key;
    while (cursor.next_member(key)) {
        keys.emplace_back(key);
        if (!is_record && key == "data" && cursor.enter_array()) {
            for (bool is_first = true; cursor.next_item(); is_first = false) {
                if (is_first && cursor.enter_object())
                    read_keys(cursor, head, true);
                else
                    cursor.skip();
            }
            continue;
        }
        const JsonScalar value = cursor.scalar();
        if (key == "object" && value.kind == JsonScalar::Kind::String) object = value.text;
    }
}

}  // namespace

bool Head::has_column(std::string_view name) const {
    return std::ranges::any_of(csv.names,
                               [&](const auto& column) { return is_same_word(column, name); });
}

bool Head::has_record_key(std::string_view key) const {
    return std::ranges::find(record_keys, key) != record_keys.end();
}

Head read_head(std::string_view text) {
    Head head{.text = text};
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return head;
    head.is_json = text[first] == '{' || text[first] == '[';
    if (!head.is_json) {
        head.csv = read_csv_header(text.substr(first));
        return head;
    }
    JsonCursor<Quotes::Plain> cursor(text);
    if (cursor.enter_array() && !cursor.next_item()) return head;
    if (!cursor.enter_object()) return head;
    read_keys(cursor, head, false);
    head.is_cut = cursor.failed() && cursor.error_code() == ErrorCode::TruncatedJson;
    if (head.record_keys.empty()) {
        head.record_keys = head.keys;
        head.record_object = head.object;
    }
    return head;
}

}  // namespace tokenlever
