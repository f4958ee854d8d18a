#pragma once

// Usage files built in the test, and imports of them as the contract's JSON.

#include "api/import_session.h"
#include "base/json.h"
#include "pricing/embedded_book.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever::test {

inline const PriceBook& embedded_book() {
    static const PriceBook book = std::move(*PriceBook::read(embedded_book_documents()));
    return book;
}

inline ImportOptions options_of(std::string_view by, std::string_view format = "") {
    const Result<ImportOptions> options = make_import_options(by, "", format, "", "");
    REQUIRE_MESSAGE(options.has_value(), by);
    return *options;
}

inline Json json_of(std::string_view text) {
    Result<Json> json = Json::parse(text);
    REQUIRE_MESSAGE(json.has_value(), text);
    return std::move(*json);
}

inline Json import_text(std::string_view bytes, std::string_view by = "",
                        std::string_view format = "") {
    return json_of(import_bytes(embedded_book(), options_of(by, format), "file", bytes));
}

// The same in chunks of one size.
inline std::string import_chunks(std::string_view bytes, std::size_t chunk,
                                 std::string_view by = "") {
    ImportSession session(embedded_book(), options_of(by));
    session.begin_file("file");
    for (std::size_t from = 0; from < bytes.size(); from += chunk)
        session.feed(bytes.substr(from, chunk));
    session.finish_file();
    return session.report();
}

// The value at a JSON pointer of keys and indices ("files/0/rows/read"), as text; "null" if absent.
inline std::string at(const Json& document, std::string_view path) {
    const Json* value = &document;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        const std::string key(path.substr(0, slash));
        path.remove_prefix(std::min(slash + 1, path.size()));
        if (value->kind() == Json::Kind::Array) {
            const auto index = static_cast<std::size_t>(std::stoul(key));
            if (index >= value->items().size()) return "absent";
            value = &value->items()[index];
        } else {
            value = value->find(key);
        }
        if (value == nullptr) return "null";
    }
    return value->is_null() ? "null" : value->text();
}

inline std::size_t size_at(const Json& document, std::string_view key) {
    const Json* list = document.find(key);
    return list == nullptr ? 0 : list->items().size();
}

// "read charged duplicate rejected ignored"
inline std::string rows_of(const Json& document, std::size_t file = 0) {
    const std::string rows = "files/" + std::to_string(file) + "/rows/";
    return at(document, rows + "read") + " " + at(document, rows + "charged") + " " +
           at(document, rows + "duplicate") + " " + at(document, rows + "rejected") + " " +
           at(document, rows + "ignored");
}

// "row column offset code" of a listed rejection.
inline std::string rejection_of(const Json& document, std::size_t index = 0) {
    const std::string path = "files/0/rejections/" + std::to_string(index) + "/";
    return at(document, path + "row") + " " + at(document, path + "column") + " " +
           at(document, path + "offset") + " " + at(document, path + "code");
}

inline bool has_warning(const Json& document, std::string_view code) {
    return std::ranges::any_of(document.find("warnings")->items(), [&](const Json& warning) {
        return warning.find("code")->text() == code;
    });
}

inline constexpr std::string_view kSpendLogHeader =
    "request_id,spend,startTime,prompt_tokens,completion_tokens,total_tokens,model,"
    "custom_llm_provider,metadata,cache_hit,status,request_tags,api_key,user,team_id\n";

// A cell in quotes, as CSV writers make it.
inline std::string cell(std::string_view text) {
    std::string out = "\"";
    for (char c : text) {
        out += c;
        if (c == '"') out += c;
    }
    return out + "\"";
}

struct SpendLogRow {
    std::string id = "r1";
    std::string spend = "0.5";
    std::string start = "2026-09-01 10:00:00";
    std::string prompt = "1000";
    std::string completion = "100";
    std::string total = "1100";
    std::string model = "gpt-4o-mini";
    std::string provider = "openai";
    std::string metadata = R"({"usage_object": {"prompt_tokens": 1000}})";
    std::string cache_hit = "False";
    std::string status = "success";
    std::string tags = "[]";
    std::string api_key = "key";
    std::string user = "ana";
    std::string team = "team-a";

    std::string csv() const {
        return id + "," + spend + "," + start + "," + prompt + "," + completion + "," + total +
               "," + model + "," + provider + "," + cell(metadata) + "," + cache_hit + "," +
               status + "," + cell(tags) + "," + api_key + "," + user + "," + team + "\n";
    }
};

// A JSON string.
inline std::string json_text(std::string_view text) {
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

// The same rows as the proxy's endpoint returns them, metadata and tags as strings of JSON.
inline std::string json_log(const std::vector<SpendLogRow>& rows) {
    std::string text;
    for (const SpendLogRow& row : rows)
        text +=
            (text.empty() ? "[{\"request_id\":" : ",{\"request_id\":") + json_text(row.id) +
            ",\"spend\":" + json_text(row.spend) + ",\"startTime\":" + json_text(row.start) +
            ",\"prompt_tokens\":" + json_text(row.prompt) +
            ",\"completion_tokens\":" + json_text(row.completion) +
            ",\"total_tokens\":" + json_text(row.total) + ",\"model\":" + json_text(row.model) +
            ",\"custom_llm_provider\":" + json_text(row.provider) +
            ",\"metadata\":" + json_text(row.metadata) +
            ",\"cache_hit\":" + json_text(row.cache_hit) + ",\"status\":" + json_text(row.status) +
            ",\"request_tags\":" + json_text(row.tags) + ",\"api_key\":" + json_text(row.api_key) +
            ",\"user\":" + json_text(row.user) + ",\"team_id\":" + json_text(row.team) + "}";
    return text + "]";
}

inline std::string spend_log(const std::vector<SpendLogRow>& rows) {
    std::string text(kSpendLogHeader);
    for (const SpendLogRow& row : rows)
        text += row.csv();
    return text;
}

}  // namespace tokenlever::test
