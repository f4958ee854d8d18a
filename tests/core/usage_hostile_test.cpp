// Files that are broken, foreign or built to hurt: each gives one clear error or counted
// rejections, and nothing around the fault is lost.

#include "random.h"
#include "usage/format_reader.h"
#include "usage_fixture.h"

#include <doctest/doctest.h>

using namespace tokenlever;
using namespace tokenlever::test;

namespace {

std::string error_of(const Json& report) { return at(report, "files/0/error/code"); }

std::string openai_page() {
    return R"({"object":"page","data":[{"object":"bucket","start_time":1788220800,"end_time":1788307200,"results":[)"
           R"({"object":"organization.usage.completions.result","input_tokens":5,"input_cached_tokens":1,)"
           R"("output_tokens":2,"num_model_requests":1,"model":"gpt-4o-mini"}]}],"has_more":false})";
}

std::string litellm_json_row(std::string_view id) {
    return R"({"request_id":")" + std::string(id) +
           R"(","spend":0.5,"startTime":"2026-09-01T10:00:00Z","prompt_tokens":10,"completion_tokens":5,)"
           R"("model":"gpt-4o-mini","metadata":{"usage_object":{"prompt_tokens":10,"x":"\"}]"}}})";
}

}  // namespace

TEST_CASE("an empty file and a file of blanks are errors") {
    CHECK(error_of(import_text("")) == "empty_file");
    CHECK(error_of(import_text(" \r\n\t\n")) == "empty_file");
}

TEST_CASE("what is no text is refused with what it is") {
    struct Case {
        std::string bytes;
        const char* says;
    };
    const Case cases[] = {
        {std::string("\x7F"
                     "ELF\x02\x01\x01\0\0\0\0\0",
                     12),
         "binary"},
        {std::string("\x1F\x8B\x08\x00\x00", 5), "gzip"},
        {std::string("PK\x03\x04\x14\x00", 6), "ZIP"},
        {"PAR1....PAR1", "Parquet"},
        {std::string("SQLite format 3\0", 16), "SQLite"},
        {std::string("\xFF\xFEr\0e\0q\0", 8), "UTF-16"},
    };
    for (const Case& a_case : cases) {
        const Json report = import_text(a_case.bytes);
        CHECK(error_of(report) == "unrecognized_format");
        CHECK(at(report, "files/0/error/message").contains(a_case.says));
    }
}

TEST_CASE("a CSV with a wrong header is refused with the header it has") {
    const Json report = import_text("date,name,amount\n2026-09-01,x,1\n");
    CHECK(error_of(report) == "unrecognized_format");
    CHECK(at(report, "files/0/error/message").contains("date, name, amount"));
    const Json missing = import_text("request_id,spend,startTime,model\na,1,2026-09-01,m\n");
    CHECK(error_of(missing) == "missing_column");
    CHECK(at(missing, "files/0/error/message").contains("prompt_tokens"));
    std::string twice(kSpendLogHeader);
    twice.insert(0, "spend,");
    const Json duplicate = import_text(twice);
    CHECK(error_of(duplicate) == "duplicate_column");
    CHECK(error_of(import_text("a,b\n", "", "litellm.spend_logs.csv")) == "missing_column");
    CHECK(error_of(import_text("a,b\n", "", "litellm.spend_log.csv")) == "unknown_format");
}

TEST_CASE("a header without rows is a valid export without data") {
    const Json report = import_text(kSpendLogHeader);
    CHECK(rows_of(report) == "0 0 0 0 0");
    CHECK(has_warning(report, "no_rows"));
}

TEST_CASE("a CSV cut anywhere loses at most its last row, as one rejection") {
    const std::string whole = spend_log({{.id = "a"}, {.id = "b"}, {.id = "c"}});
    const std::size_t third = whole.find("\nc,") + 1;
    for (std::size_t size = third + 1; size < whole.size(); ++size) {
        CAPTURE(whole.substr(third, size - third));
        const Json report = import_text(whole.substr(0, size));
        const bool has_all_fields = whole.find(',', size) == std::string::npos;
        if (has_all_fields) {
            CHECK(rows_of(report) == "3 3 0 0 0");  // the cut is inside the last field
        } else {
            CHECK(rows_of(report) == "3 2 0 1 0");
            CHECK(rejection_of(report) == "3 null " + std::to_string(third) + " truncated");
        }
        CHECK(at(report, "totals/reported_cost") == (has_all_fields ? "1.5" : "1"));
    }
}

TEST_CASE("a stray quote in the middle of a field is a plain character") {
    const Json report = import_text(
        spend_log({{.id = "a\"b"}, {.id = "c", .user = "5\" screen"}, {.id = "d"}}), "user");
    CHECK(rows_of(report) == "3 3 0 0 0");
    CHECK(at(report, "groups/0/key/user") == "5\" screen");
}

TEST_CASE("a quote that is not closed in its row is one rejection that says where the row began") {
    std::string text = spend_log({{.id = "a"}});
    const std::size_t from = text.size();
    text += "b,\"0.5,2026-09-01,";
    text += spend_log({{.id = "c"}, {.id = "d"}}).substr(kSpendLogHeader.size());
    const Json report = import_text(text);
    // The next quotes of the file pair up with it: row c is swallowed, row d is read again.
    CHECK(rows_of(report) == "3 2 0 1 0");
    CHECK(at(report, "files/0/rejections/0/offset") == std::to_string(from));
    CHECK(at(report, "totals/reported_cost") == "1");
}

TEST_CASE("rows with too few or too many fields are counted, and their neighbours stay") {
    std::string text = spend_log({{.id = "a"}});
    text += "b,0.25\n";
    text += "c,0.125,2026-09-01 10:00:00,1,1,2,m,p,{},,,[],k,u,t,surplus\n";
    text += "d,0.0625,2026-09-01 10:00:00,1,1,2,m,p,{},,,[],k,u,t,,\n";  // a trailing comma: R29
    const Json report = import_text(text);
    CHECK(rows_of(report) == "4 2 0 2 0");
    CHECK(at(report, "files/0/rejections/0/code") == "too_few_fields");
    CHECK(at(report, "files/0/rejections/1/code") == "too_many_fields");
    CHECK(at(report, "files/0/rejected_by_code/too_few_fields") == "1");
    CHECK(at(report, "totals/reported_cost") == "0.5625");
    CHECK(at(report, "files/0/rejected_cost") == "0");
}

TEST_CASE("a field of 5 MB in a column nobody needs is read past; in a name it rejects the row") {
    std::string header(kSpendLogHeader);
    header.insert(header.size() - 1, ",messages");
    const auto with_messages = [](const SpendLogRow& row, std::string_view text) {
        std::string line = row.csv();
        line.insert(line.size() - 1, "," + cell(text));
        return line;
    };
    const std::string big(5 << 20, 'x');
    const std::string prompt = "line\n\"quoted\", " + big + "\n";
    const Json read =
        import_text(header + with_messages({.id = "a"}, prompt) + with_messages({.id = "b"}, ""));
    CHECK(rows_of(read) == "2 2 0 0 0");
    const Json rejected = import_text(spend_log({{.id = "a", .model = big}, {.id = "b"}}));
    CHECK(rows_of(rejected) == "2 1 0 1 0");
    CHECK(at(rejected, "files/0/rejections/0/code") == "field_too_long");
    CHECK(at(rejected, "files/0/rejections/0/detail").size() < 100);
}

TEST_CASE("a record beyond the limit is passed over in little memory, and the next one is read") {
    const std::string big(kMaxRecordBytes + 1, 'x');
    const std::string before = spend_log({{.id = "a"}});
    const Json csv =
        import_text(before + SpendLogRow{.id = "b", .metadata = big + "\n," + big}.csv() +
                    SpendLogRow{.id = "c"}.csv());
    CHECK(rows_of(csv) == "3 2 0 1 0");
    CHECK(rejection_of(csv) == "2 null " + std::to_string(before.size()) + " field_too_long");
    const std::string open_quote = before + "b,\"" + big + big;
    const Json unclosed = import_text(open_quote);
    CHECK(rows_of(unclosed) == "2 1 0 1 0");
    CHECK(rejection_of(unclosed) == "2 null " + std::to_string(before.size()) + " unclosed_quote");
    const std::string row = litellm_json_row("a");
    for (const std::string& text :
         {"[" + row + ",{\"x\":\"" + big + "\"}," + litellm_json_row("b") + "]",
          row + "\n{\"x\":\"" + big + "\"}\n" + litellm_json_row("b")}) {
        const Json json = import_text(text);
        CHECK(rows_of(json) == "3 2 0 1 0");
        CHECK(at(json, "files/0/rejections/0/code") == "field_too_long");
    }
}

TEST_CASE("a JSON file is recognised by keys that come late in its first record") {
    for (const std::size_t length : {std::size_t{60} << 10, std::size_t{70} << 10,
                                     std::size_t{300} << 10, std::size_t{5} << 20}) {
        CAPTURE(length);
        const std::string messages = R"({"messages":[")" + std::string(length, 'x') + "\"],";
        const std::string row = messages + litellm_json_row("a").substr(1);
        const std::string other = litellm_json_row("b");
        for (const std::string& text : {"[" + row + "," + other + "]", row + "\n" + other + "\n",
                                        "{\"data\":[" + row + "," + other + "]}"}) {
            CHECK(rows_of(import_text(text)) == "2 2 0 0 0");
            CHECK(rows_of(import_text("\xEF\xBB\xBF" + text)) == "2 2 0 0 0");
            CHECK(import_chunks(text, 1 << 16) == import_chunks(text, text.size()));
        }
        CHECK(rows_of(import_text("{\"data\":[],\"x\":\"" + std::string(length, 'x') +
                                  "\",\"object\":\"page\"}")) == "0 0 0 0 0");
        const Json foreign = import_text("[" + messages + "\"n\":1}]");
        CHECK(error_of(foreign) == "unrecognized_format");
        CHECK(at(foreign, "files/0/error/message").contains("messages, n"));
    }
    const std::string endless = R"([{"messages":")" + std::string(kMaxRecordBytes + 100, 'x');
    CHECK(error_of(import_text(endless)) == "unrecognized_format");
}

TEST_CASE("byte order marks, CRLF and blank lines change nothing") {
    const std::string plain = spend_log({{.id = "a"}, {.id = "b", .metadata = ""}});
    std::string crlf = "\xEF\xBB\xBF";
    for (char c : plain) {
        if (c == '\n') crlf += "\r\n";
        if (c == '\n') crlf += "\r\n";
        if (c != '\n') crlf += c;
    }
    const std::string a = import_bytes(embedded_book(), options_of("day,team"), "f", plain);
    const std::string b = import_bytes(embedded_book(), options_of("day,team"), "f", crlf);
    CHECK(a.substr(a.find("\"totals\"")) == b.substr(b.find("\"totals\"")));
}

TEST_CASE("semicolons and tabs delimit as well") {
    for (char delimiter : {';', '\t'}) {
        std::string text = spend_log({{.id = "a", .metadata = "{}"}});
        std::ranges::replace(text, ',', delimiter);
        CHECK(rows_of(import_text(text)) == "1 1 0 0 0");
    }
}

TEST_CASE("a malformed document is an error with its byte, and nothing of it is counted") {
    const std::string good = litellm_json_row("a");
    struct Case {
        std::string text;
        std::size_t offset;
        const char* code;
    };
    std::string broken = "[" + good + "," + litellm_json_row("b") + "]";
    const std::size_t at_spend = broken.rfind("0.5");
    broken.replace(at_spend, 3, "0,5");
    const Case cases[] = {
        {broken, at_spend + 2, "malformed_json"},
        {"[" + good + " " + good + "]", good.size() + 2, "malformed_json"},
        {"[" + good + ",]", good.size() + 1, "malformed_json"},
        {"[" + good + "}", good.size() + 1, "malformed_json"},
        {"[" + good + ",7]", good.size() + 1, "malformed_json"},
        {"[" + good, good.size() + 1, "truncated_json"},
        {"[" + good + ",{\"request_id\":\"b", good.size() + 18, "truncated_json"},
    };
    for (const Case& a_case : cases) {
        CAPTURE(a_case.text);
        ImportSession session(embedded_book(), options_of(""));
        session.begin_file("f");
        session.feed(a_case.text);
        CHECK_FALSE(session.finish_file());
        CHECK(session.all_failed());
        CHECK(std::string(error_id(session.first_error()->code)) == a_case.code);
        CHECK(session.first_error()->offset == a_case.offset);
        CHECK(at(json_of(session.report()), "totals/reported_cost") == "null");
    }
}

TEST_CASE(
    "a bad line of JSON lines is one rejection with its row and byte; a cut one is truncated") {
    const std::string good = litellm_json_row("a");
    const std::string text = good + "\n{\"request_id\":}\n" + litellm_json_row("b") +
                             "\n{\"request_id\":\"c\n" + litellm_json_row("d") +
                             "\n{\"request_id\":\"e";
    const Json report = import_text(text);
    CHECK(rows_of(report) == "6 3 0 3 0");
    CHECK(rejection_of(report, 0) ==
          "2 null " + std::to_string(good.size() + 15) + " malformed_json");
    CHECK(rejection_of(report, 1) ==
          "4 null " + std::to_string(text.find("{\"request_id\":\"c")) + " malformed_json");
    CHECK(rejection_of(report, 2) == "6 null " + std::to_string(text.rfind('{')) + " truncated");
    CHECK(at(report, "totals/reported_cost") == "1.5");
}

// Each count is at most 10^15, so it takes thousands of them to leave 63 bits.
TEST_CASE("a row with which the counts would leave 63 bits is rejected, and only it") {
    constexpr const char* kLargest = "1000000000000000";
    std::vector<SpendLogRow> rows;
    for (int index = 0; index < 9'223; ++index)
        rows.push_back({.id = "r" + std::to_string(index),
                        .prompt = index % 2 == 0 ? kLargest : "0",
                        .completion = index % 2 == 0 ? "0" : kLargest,
                        .total = "",
                        .metadata = index % 3 == 0 ? "" : R"({"usage_object":{"x":1}})"});
    const std::string full = spend_log(rows);
    rows.push_back({.id = "a", .prompt = kLargest, .total = ""});
    rows.push_back({.id = "b", .completion = kLargest, .total = "", .metadata = ""});
    rows.push_back({.id = "c"});
    const std::string text = spend_log(rows);
    for (std::string_view by : {"", "team,model", "user"}) {
        const Json report = import_text(text, by);
        CHECK(rows_of(report) == "9226 9224 0 2 0");
        CHECK(rejection_of(report) == "9224 prompt_tokens " +
                                          std::to_string(text.find(kLargest, full.size())) +
                                          " number_too_large");
        CHECK(at(report, "files/0/rejections/1/column") == "completion_tokens");
        CHECK(at(report, "totals/output_tokens") == "4611000000000000100");
        CHECK(at(report, "files/0/rejected_cost") == "1");
        CHECK(at(report, "totals/reported_cost") == "4612");
    }

    ImportSession session(embedded_book(), options_of("team"));
    session.begin_file("first");
    session.feed(full);
    CHECK(session.finish_file());
    session.begin_file("second");
    session.feed(spend_log({{.id = "a", .prompt = kLargest, .total = ""}, {.id = "b"}}));
    CHECK_FALSE(session.finish_file());
    session.begin_file("third");
    session.feed(spend_log({{.id = "b"}}));
    CHECK(session.finish_file());
    const Json report = json_of(session.report());
    CHECK(at(report, "files/1/error/code") == "number_too_large");
    CHECK(rows_of(report, 2) == "1 1 0 0 0");
    CHECK(at(report, "totals/requests") == "9224");
}

TEST_CASE("so is an OpenAI result, for its largest count") {
    std::string results;
    for (int index = 0; index < 3'075; ++index)
        results +=
            (index == 0 ? "" : ",") +
            std::string(R"({"object":"organization.usage.completions.result",)"
                        R"("input_tokens":1000000000000000,"input_cached_tokens":5,)"
                        R"("output_tokens":999999999999999,"num_model_requests":999999999999999,)"
                        R"("model":"gpt-4o-mini","project_id":"p)") +
            std::to_string(index) + "\"}";
    const Json report = import_text(
        R"({"object":"page","data":[{"object":"bucket","start_time":1788220800,"end_time":1788307200,"results":[)" +
            results + "]}]}",
        "project");
    CHECK(rows_of(report) == "3075 3074 0 1 0");
    CHECK(at(report, "files/0/rejections/0/row") == "3075");
    CHECK(at(report, "files/0/rejections/0/column") == "input_tokens");
    CHECK(at(report, "files/0/rejections/0/code") == "number_too_large");
    CHECK(at(report, "totals/input_tokens") == "3073999999999984630");
}

TEST_CASE("a failed file leaves the other files as they are, and its ids free") {
    const std::string good = "[" + litellm_json_row("a") + "]";
    ImportSession session(embedded_book(), options_of("day"));
    session.begin_file("bad");
    session.feed("[" + litellm_json_row("a") + "," + litellm_json_row("b"));
    CHECK_FALSE(session.finish_file());
    session.begin_file("good");
    session.feed(good);
    CHECK(session.finish_file());
    session.begin_file("copy");
    session.feed(good);
    CHECK(session.finish_file());
    CHECK_FALSE(session.all_failed());
    const Json report = json_of(session.report());
    CHECK(at(report, "files/0/error/code") == "truncated_json");
    CHECK(rows_of(report, 1) == "1 1 0 0 0");
    CHECK(rows_of(report, 2) == "1 0 1 0 0");
    CHECK(at(report, "totals/reported_cost") == "0.5");
    CHECK(at(report, "totals/set_aside_cost") == "0.5");
}

TEST_CASE("a cancelled file counts nothing") {
    ImportSession session(embedded_book(), options_of(""));
    session.begin_file("f");
    session.feed(spend_log({{.id = "a"}, {.id = "b"}}));
    session.cancel_file();
    CHECK(at(json_of(session.report()), "files/0/error/code") == "cancelled");
    CHECK(at(json_of(session.report()), "totals/requests") == "0");
}

TEST_CASE("every split of a hostile file into chunks gives the same report") {
    const std::string csv =
        "\xEF\xBB\xBF" +
        spend_log({{.id = "a\"\"b", .metadata = R"({"a":"\"","usage_object":{"cached_tokens":1}})"},
                   {.id = "c", .spend = "x"},
                   {.id = "d", .tags = R"(["feature:a,\nb"])"},
                   {.id = "\"e\nf\""},
                   {.id = "d"}}) +
        "g,1\r\n\r\nh,\"2";
    const std::string json = "[" + litellm_json_row("a") + " ,\n" + litellm_json_row("b") + "]";
    const std::string lines =
        litellm_json_row("a") + "\n\n{]\n" + litellm_json_row("b") + "\r\n{\"x";
    const std::string pages = "[" + openai_page() + ", " + openai_page() + "]";
    for (const std::string& text :
         {csv, json, lines, pages, openai_page() + "\n" + openai_page()}) {
        const std::string whole = import_chunks(text, text.size(), "day,model,feature");
        for (std::size_t chunk = 1; chunk < text.size(); ++chunk) {
            CAPTURE(chunk);
            REQUIRE(import_chunks(text, chunk, "day,model,feature") == whole);
        }
        for (std::size_t split = 1; split < text.size(); ++split) {
            ImportSession session(embedded_book(), options_of("day,model,feature"));
            session.begin_file("file");
            session.feed(std::string_view(text).substr(0, split));
            session.feed(std::string_view(text).substr(split));
            session.finish_file();
            CAPTURE(split);
            REQUIRE(session.report() == whole);
        }
    }
}

TEST_CASE("a refused file has all its bytes, however it is cut") {
    const std::string foreign = "date,name\n" + std::string(100'000, 'x');
    for (const std::size_t chunk : {std::size_t{124}, foreign.size()})
        CHECK(at(json_of(import_chunks(foreign, chunk)), "files/0/bytes") == "100010");
}

TEST_CASE("random damage never crashes, and every record is still counted once") {
    Random random(5);
    const std::string csv = spend_log({{.id = "a"}, {.id = "b"}, {.id = "c"}});
    const std::string json = "[" + litellm_json_row("a") + "," + litellm_json_row("b") + "]";
    const std::string lines = litellm_json_row("a") + "\n" + litellm_json_row("b") + "\n";
    for (int round = 0; round < 4000; ++round) {
        std::string text = round % 4 == 0   ? csv
                           : round % 4 == 1 ? json
                           : round % 4 == 2 ? lines
                                            : openai_page();
        for (int damage = 1 + random.below(4); damage > 0; --damage) {
            const auto position =
                static_cast<std::size_t>(random.below(static_cast<int>(text.size())));
            if (random.one_in(3)) {
                text.erase(position, 1 + static_cast<std::size_t>(random.below(9)));
            } else {
                text[position] = "\"\\,\n{}[]:0\0\xFF"[random.below(12)];
            }
            if (text.empty()) text = "x";
        }
        const Json report = import_text(text, "day");
        if (error_of(report) != "null") continue;
        const auto count = [&](const char* key) {
            return std::stoll(at(report, std::string("files/0/rows/") + key));
        };
        CAPTURE(text);
        REQUIRE(count("read") == count("charged") + count("duplicate") + count("rejected"));
    }
}
