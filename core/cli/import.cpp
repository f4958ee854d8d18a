#include "api/import_session.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace tokenlever::cli {

namespace {

struct CloseFile {
    void operator()(std::FILE* file) const {
        if (file != stdin) std::fclose(file);
    }
};

// Streams one file into the session; what cannot be opened is one of its failures.
void import_file(ImportSession& session, const std::string& path) {
    constexpr std::size_t kChunk = 1 << 20;
    const std::unique_ptr<std::FILE, CloseFile> file(path == "-" ? stdin
                                                                 : std::fopen(path.c_str(), "rb"));
    if (file == nullptr)
        return session.fail_file(
            path,
            {.code = ErrorCode::UnreadableFile, .where = path, .detail = std::strerror(errno)});
    session.begin_file(path);
    for (;;) {
        const std::span<char> buffer = session.buffer(kChunk);
        const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), file.get());
        session.commit(size);
        if (size < buffer.size()) break;
    }
    if (std::ferror(file.get()) == 0) {
        session.finish_file();
        return;
    }
    const std::string reason = std::strerror(errno);
    session.cancel_file();
    session.fail_file(path, {.code = ErrorCode::UnreadableFile, .where = path, .detail = reason});
}

// ---- tables
// ---------------------------------------------------------------------------------------

// "row 63, column spend: not a number: 1,20"
std::string rejection_line(const Json& rejection) {
    const std::string column = text_of(rejection, "column");
    std::string reason = text_of(rejection, "code");
    std::replace(reason.begin(), reason.end(), '_', ' ');
    return "  row " + grouped(text_of(rejection, "row")) +
           (column.empty() ? "" : ", column " + column) + ": " + reason + ": " +
           text_of(rejection, "detail") + "\n";
}

std::string rejections_of(const Json& file) {
    std::string text;
    const Json* rejections = file.find("rejections");
    if (rejections == nullptr) return text;
    constexpr std::size_t kShown = 10;
    for (std::size_t i = 0; i < std::min(kShown, rejections->items().size()); ++i)
        text += rejection_line(rejections->items()[i]);
    if (rejections->items().size() > kShown) text += "  more rejections: see --json\n";
    return text;
}

std::string files_of(const Json& answer) {
    std::vector<std::vector<std::string>> rows = {
        {"file", "format", "rows read", "charged", "duplicate", "rejected", "ignored"}};
    std::string notes;
    for (const Json& file : answer.find("files")->items()) {
        const std::string path = text_of(file, "path");
        if (const Json* error = file.find("error"))
            notes += "error: " + text_of(*error, "message") + "\n";
        const std::string rejections = rejections_of(file);
        if (!rejections.empty()) notes += "rejected in " + path + ":\n" + rejections;
        const Json* counts = file.find("rows");
        if (counts == nullptr) continue;
        std::vector<std::string> row = {path, text_of(file, "format")};
        for (const std::string_view key : {"read", "charged", "duplicate", "rejected", "ignored"})
            row.push_back(grouped(text_of(*counts, key)));
        rows.push_back(std::move(row));
    }
    std::string text =
        rows.size() == 1 ? "" : table(rows, {false, false, true, true, true, true, true});
    return text + notes;
}

std::string totals_of(const Json& totals) {
    std::vector<std::vector<std::string>> rows;
    for (const std::string_view key :
         {"requests", "requests_failed", "input_tokens", "input_unsplit_tokens",
          "cache_read_tokens", "cache_write_5m_tokens", "cache_write_1h_tokens",
          "cache_write_tokens", "output_tokens", "reasoning_tokens"}) {
        const std::string count = text_of(totals, key);
        if (!count.empty() && count != "0") rows.push_back({std::string(key), grouped(count)});
    }
    const std::string kind = text_of(totals, "reported_cost_kind");
    rows.push_back({"reported cost" + (kind.empty() ? "" : " (" + kind + ")"),
                    exact_dollars(totals.find("reported_cost"))});
    rows.push_back({"list cost", exact_dollars(totals.find("list_cost"))});
    if (const Json* interval = totals.find("interval"))
        rows.push_back({"list cost, at most", exact_dollars(interval->find("high"))});
    const std::string unpriced = text_of(totals, "unpriced_tokens");
    if (!unpriced.empty() && unpriced != "0")
        rows.push_back({"unpriced tokens", grouped(unpriced)});
    return "\n" + table(rows, {false, true});
}

std::string groups_of(const Json& answer) {
    const Json* groups = answer.find("groups");
    if (groups == nullptr || groups->items().empty()) return "";
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> header;
    std::vector<bool> right;
    for (const auto& [name, value] : groups->items().front().find("key")->members()) {
        header.push_back(name);
        right.push_back(false);
    }
    constexpr std::array<std::string_view, 3> kCounts = {"requests", "input_tokens",
                                                         "output_tokens"};
    for (const std::string_view key : kCounts)
        header.emplace_back(key);
    header.insert(header.end(), {"reported cost", "list cost"});
    right.resize(header.size(), true);
    rows.push_back(header);
    for (const Json& group : groups->items()) {
        std::vector<std::string> row;
        for (const auto& [name, value] : group.find("key")->members())
            row.push_back(value.is_null() ? "-" : value.text());
        for (const std::string_view key : kCounts)
            row.push_back(grouped(text_of(group, key)));
        row.push_back(exact_dollars(group.find("reported_cost")));
        row.push_back(exact_dollars(group.find("list_cost")));
        rows.push_back(std::move(row));
    }
    return "\n" + table(rows, right);
}

std::string render(const Json& answer) {
    std::string text = files_of(answer);
    if (const Json* totals = answer.find("totals")) text += totals_of(*totals);
    return text + groups_of(answer) + warnings_of(answer);
}

// Where all files failed, the first reason; the report itself still goes out with --json.
Result<std::string> ask(const Arguments& arguments, bool& all_failed) {
    TL_TRY(book, book_of(arguments));
    TL_TRY(options, make_import_options(arguments.get("--by"), arguments.get("--bucket"),
                                        arguments.get("--format"), arguments.get("--tz"),
                                        arguments.get("--cost")));
    ImportSession session(book, options);
    for (const std::string& path : arguments.operands)
        import_file(session, path);
    all_failed = session.all_failed();
    const auto first = session.first_error();
    if (all_failed && arguments.operands.size() == 1 && first) return std::unexpected(*first);
    return session.report();
}

}  // namespace

int run_import(const Arguments& arguments) {
    bool all_failed = false;
    const Result<std::string> json = ask(arguments, all_failed);
    const int code = answer(arguments, json, render);
    return all_failed ? kBadInput : code;
}

}  // namespace tokenlever::cli
