#include "cli/terminal.h"

#include "api.h"
#include "base/money.h"
#include "pricing/embedded_book.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>

namespace tokenlever::cli {

namespace {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

Result<std::string> read_all(std::FILE* file, const std::string& path) {
    std::string bytes;
    std::array<char, 1 << 16> block{};
    for (;;) {
        const std::size_t size = std::fread(block.data(), 1, block.size(), file);
        bytes.append(block.data(), size);
        if (size < block.size()) break;
    }
    if (std::ferror(file) != 0) return fail(ErrorCode::UnreadableFile, path, std::strerror(errno));
    return bytes;
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
    if (path == "-") return read_all(stdin, "standard input");
    const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
    if (file == nullptr) return fail(ErrorCode::UnreadableFile, path, std::strerror(errno));
    return read_all(file.get(), path);
}

Result<Instant> clock_of(const Arguments& arguments) {
    if (const auto at = arguments.find("--at")) {
        Result<Instant> instant = parse_instant(*at);
        if (!instant) instant.error().where = "--at";
        return instant;
    }
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
}

Result<PriceBook> book_of(const Arguments& arguments) {
    const auto embedded = embedded_book_documents();
    std::vector<std::string_view> documents(embedded.begin(), embedded.end());
    const auto path = arguments.find("--book");
    if (!path) return PriceBook::read(documents);
    TL_TRY(own, read_file(*path));
    documents.push_back(own);
    Result<PriceBook> book = PriceBook::read(documents);
    if (!book)
        book.error().where = *path + (book.error().where.empty() ? "" : ", ") + book.error().where;
    return book;
}

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int report(const Arguments& arguments, const Error& error) {
    const std::string text =
        arguments.has("--json") ? error_document(error) : "tokenlever: " + error_message(error);
    std::fprintf(stderr, "%s\n", text.c_str());
    return kBadInput;
}

int answer(const Arguments& arguments, const Result<std::string>& json,
           std::string (*render)(const Json&)) {
    if (!json) return report(arguments, json.error());
    if (arguments.has("--json")) {
        print(*json + "\n");
        return kAnswered;
    }
    const Result<Json> parsed = Json::parse(*json);
    if (!parsed) return report(arguments, parsed.error());
    print(render(*parsed));
    return kAnswered;
}

std::string table(const std::vector<std::vector<std::string>>& rows,
                  const std::vector<bool>& right) {
    std::vector<std::size_t> widths(right.size(), 0);
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string gap(widths[i] - row[i].size(), ' ');
            line += (i == 0 ? "" : "  ") + (right[i] ? gap + row[i] : row[i] + gap);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

std::string exact_dollars(const Json* amount) {
    if (amount == nullptr) return "unknown";
    const Result<Decimal> value = amount->as_decimal();
    if (!value) return "unknown";
    const std::string digits = value->rounded(kMoneyFractionDigits).to_string();
    return digits.starts_with('-') ? "-$" + grouped(digits.substr(1)) : "$" + grouped(digits);
}

std::string dollars(const Json* amount) {
    if (amount == nullptr) return "unknown";
    const Result<Decimal> value = amount->as_decimal();
    return value ? dollar_text(*value) : "unknown";
}

std::string percent(const Json* share) {
    if (share == nullptr) return "n/a";
    const Result<Decimal> value = share->as_decimal();
    if (!value) return "n/a";
    return percent_text(*value);
}

std::string text_of(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    return value == nullptr ? std::string() : value->text();
}

std::string warnings_of(const Json& answer) {
    std::string text;
    const Json* warnings = answer.find("warnings");
    if (warnings == nullptr) return text;
    for (const Json& warning : warnings->items())
        text += "warning: " + text_of(warning, "message") + "\n";
    return text.empty() ? text : "\n" + text;
}

}  // namespace tokenlever::cli
