// The command line as a person or a script meets it: standard output, standard error and the exit
// code.

#include "../shared.h"
#include "base/json.h"
#include "json_schema.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace tokenlever;

namespace {

// A folder of its own for the streams and files of this run.
const std::string& folder() {
    static const std::string path = [] {
        const char* base = std::getenv("TMPDIR");
        std::string name = std::string(base == nullptr ? "/tmp" : base) + "/tokenlever-cli-XXXXXX";
        REQUIRE(mkdtemp(name.data()) != nullptr);
        return name;
    }();
    return path;
}

std::string written(const std::string& name, std::string_view bytes) {
    const std::string path = folder() + "/" + name;
    std::FILE* file = std::fopen(path.c_str(), "wb");
    REQUIRE(file != nullptr);
    std::fwrite(bytes.data(), 1, bytes.size(), file);
    std::fclose(file);
    return path;
}

struct Outcome {
    int code = -1;
    std::string out, err;
};

Outcome run(const std::string& arguments, std::string_view input = "") {
    const std::string in = written("in", input);
    const std::string command = std::string("'") + TOKENLEVER_CLI + "' " + arguments + " <'" + in +
                                "' >'" + folder() + "/out' 2>'" + folder() + "/err'";
    const int status = std::system(command.c_str());
    REQUIRE(WIFEXITED(status));
    return {.code = WEXITSTATUS(status),
            .out = tests::read_file(folder() + "/out").value_or(""),
            .err = tests::read_file(folder() + "/err").value_or("")};
}

Json json_of(const std::string& text) {
    Result<Json> json = Json::parse(text);
    REQUIRE_MESSAGE(json.has_value(), text);
    return std::move(*json);
}

std::string at(const Json& json, const std::vector<std::string>& path) {
    const Json* value = &json;
    for (const std::string& key : path) {
        value = value->find(key);
        REQUIRE(value != nullptr);
    }
    return value->text();
}

std::string source(const std::string& path) {
    return std::string(TOKENLEVER_SOURCE_DIR) + "/" + path;
}

const std::string kReference = "'" + source("tests/golden/reference.scenario.json") + "'";

constexpr std::string_view kRequest =
    R"({"provider":"anthropic","model":"claude-sonnet-4-5","at":"2026-11-01T12:00:00Z","usage":{)"
    R"("input_tokens":2048,"cache_read_tokens":1800,"cache_write_5m_tokens":148,)"
    R"("cache_write_1h_tokens":100,"output_tokens":503}})";

constexpr std::string_view kSpendLog =
    "request_id,call_type,api_key,spend,total_tokens,prompt_tokens,completion_tokens,startTime,"
    "endTime,model\n"
    "r1,acompletion,k,0.0055,1300,1000,300,2026-09-01T10:00:00Z,2026-09-01T10:00:02Z,gpt-4o\n"
    "r2,acompletion,k,0.0055,1300,1000,300,2026-09-01T11:00:00Z,2026-09-01T11:00:02Z,gpt-4o\n";

struct Refusal {
    const char* name;
    std::string arguments;
    const char* code;
    const char* in_message;
};

}  // namespace

TEST_SUITE("command line: answers") {
    TEST_CASE("--version and --help answer with 0, no verb with 2") {
        const Outcome version = run("--version");
        CHECK(version.code == 0);
        CHECK(version.out.starts_with("tokenlever "));
        CHECK(version.out.contains("price book "));
        CHECK(run("--help").code == 0);
        CHECK(run("").code == 2);
        for (const char* verb : {"price", "capacity", "models", "import", "evaluate"}) {
            const Outcome help = run(std::string(verb) + " --help");
            CHECK(help.code == 0);
            CHECK(help.out.starts_with(std::string("usage: tokenlever ") + verb));
            CHECK(help.out.contains("--json"));
            CHECK(help.err.empty());
        }
    }

    TEST_CASE("capacity answers as tables and as JSON") {
        const std::string load =
            R"({"provider":"azure","unit":"ptu","model":"gpt-5","requests_per_minute":600,)"
            R"("input_tokens":1500,"cache_read_tokens":1500,"output_tokens":500,"unit_price":"0.25"})";
        CHECK(run("capacity --json", load).out.contains("\"units\":695"));
        const Outcome table = run("capacity", load);
        CHECK(table.out.contains("$126,837.50"));
        CHECK(table.out.contains("68.31 %"));
        CHECK(run("capacity --json", R"({"unit":"ptu","model":"gpt-5"})").code == 2);
    }

    TEST_CASE("price reads a request from standard input or a file") {
        const Outcome piped = run("price --json", kRequest);
        CHECK(piped.code == 0);
        CHECK(piped.err.empty());
        CHECK(at(json_of(piped.out), {"list_cost"}) == "0.015384");
        const std::string file = written("request.json", kRequest);
        CHECK(run("price --json '" + file + "'").out == piped.out);
        CHECK(run("price --json -", kRequest).out == piped.out);
        CHECK(run("price", kRequest).out.contains("$0.015384"));
    }

    TEST_CASE("an unknown model is an answer, not an error") {
        const Outcome outcome =
            run("price --json", R"({"model":"no-such-model","usage":{"input_tokens":1}})");
        CHECK(outcome.code == 0);
        CHECK(json_of(outcome.out).find("list_cost") == nullptr);
        CHECK(run("price", R"({"model":"no-such-model","usage":{"input_tokens":1}})")
                  .out.contains("unpriced"));
    }

    TEST_CASE("models lists what has a price, narrowed by provider and text") {
        const Outcome all = run("models --json");
        CHECK(all.code == 0);
        const Outcome some = run("models --json --provider anthropic --match=haiku");
        const Json narrowed = json_of(some.out);
        CHECK(narrowed.find("models")->items().size() >= 1);
        CHECK(narrowed.find("models")->items().size() <
              json_of(all.out).find("models")->items().size());
        for (const Json& model : narrowed.find("models")->items())
            CHECK(at(model, {"provider"}) == "anthropic");
        CHECK(run("models --match haiku").out.contains("anthropic/claude-haiku-4-5"));
    }

    TEST_CASE("evaluate gives the reference figures, as JSON and as tables") {
        const Outcome outcome = run("evaluate " + kReference + " --coalitions --json");
        CHECK(outcome.code == 0);
        const Json answer = json_of(outcome.out);
        CHECK(at(answer, {"baseline", "monthly_cost"}) == "30000");
        CHECK(at(answer, {"optimized", "monthly_cost"}) == "8146.5575");
        CHECK(at(answer, {"saving", "share"}) == "0.7284480833333333");
        CHECK(answer.find("coalitions")->items().size() == 16);
        const Outcome read = run("evaluate " + kReference);
        CHECK(read.out.contains("$8,146.56"));
        CHECK(read.out.contains("do first: cache, "));
        CHECK(read.out.contains("warning: "));
        const auto text = tests::read_file(source("tests/golden/reference.scenario.json"));
        REQUIRE(text.has_value());
        CHECK(run("evaluate - --coalitions --json", *text).out == outcome.out);
    }

    TEST_CASE("draws are the same for the same seed") {
        const std::string verb = "evaluate " + kReference + " --json --draws 200 --seed ";
        CHECK(run(verb + "7").out == run(verb + "7").out);
        CHECK(run(verb + "7").out != run(verb + "8").out);
    }

    TEST_CASE("the clock stands in for a scenario without an instant") {
        auto text = tests::read_file(source("tests/golden/reference.scenario.json")).value_or("");
        const std::string instant = R"("at":"2026-11-01T00:00:00Z",)";
        REQUIRE(text.contains(instant));
        text.erase(text.find(instant), instant.size());
        const Outcome outcome = run("evaluate --json --at 2026-11-01 -", text);
        CHECK(at(json_of(outcome.out), {"optimized", "monthly_cost"}) == "8146.5575");
        CHECK(at(json_of(outcome.out), {"at"}) == "2026-11-01T00:00:00Z");
        CHECK(at(json_of(run("evaluate --json -", text).out), {"baseline", "monthly_cost"}) ==
              "30000");
    }

    TEST_CASE("a book of the user's own wins") {
        const std::string book = written(
            "book.json",
            R"({"schema":"tokenlever.provider/1","provider":"acme","name":"Acme","currency":"USD",)"
            R"("sources":{"page":{"url":"https://example.com","read_at":"2026-11-01"}},)"
            R"("models":[{"model":"m","cards":[{"id":"m/1","status":"observed","source":"page",)"
            R"("rates":{"input_tokens":"3"}}]}]})");
        const std::string request =
            R"({"provider":"acme","model":"m","usage":{"input_tokens":1000000}})";
        CHECK(at(json_of(run("price --json --book '" + book + "'", request).out), {"list_cost"}) ==
              "3");
        CHECK(json_of(run("price --json", request).out).find("list_cost") == nullptr);
    }

    TEST_CASE("import reads files and standard input, and one bad file does not spoil the others") {
        const std::string log = written("log.csv", kSpendLog);
        const Outcome outcome = run("import '" + log + "' --by model --json");
        CHECK(outcome.code == 0);
        const Json report = json_of(outcome.out);
        CHECK(at(report, {"totals", "requests"}) == "2");
        CHECK(at(report, {"totals", "reported_cost"}) == "0.011");
        CHECK(report.find("groups")->items().size() == 1);
        CHECK(at(json_of(run("import - --json", kSpendLog).out), {"totals", "requests"}) == "2");
        const Outcome mixed = run("import '" + log + "' '" + folder() + "/absent.csv' --json");
        CHECK(mixed.code == 0);
        CHECK(at(json_of(mixed.out), {"totals", "requests"}) == "2");
        CHECK(run("import '" + log + "' --by day").out.contains("2026-09-01"));
    }

    TEST_CASE("the vendors' sample of spend logs is read whole") {
        if (!tests::shared_file("formats/litellm-spend-logs.sample.csv")) return;
        const std::string path = tests::shared_folder() + "/formats/litellm-spend-logs.sample.csv";
        const Outcome outcome = run("import '" + path + "' --json");
        CHECK(outcome.code == 0);
        CHECK(at(json_of(outcome.out), {"totals", "reported_cost"}) == "0.31846375");
    }
}

TEST_SUITE("command line: refusals") {
    TEST_CASE(
        "bad usage and unreadable input exit with 2, one error on standard error, nothing on "
        "output") {
        const std::string cut = written("cut.json", "{\"schema\":\"tokenlever.scenario/1\",");
        const std::string binary = written("binary", std::string("\x7f\x45\x4c\x46\x00\x01", 6));
        const std::string empty = written("empty", "");
        const std::vector<Refusal> refusals = {
            {"an unknown verb", "evaluat x", "bad_usage", "did you mean"},
            {"an unknown option", "evaluate --coalition x", "bad_usage", "--coalitions"},
            {"an option of another verb", "models --coalitions", "bad_usage", "--coalitions"},
            {"a missing value", "models --provider", "bad_usage", "needs a value"},
            {"a value for a switch", "models --json=yes", "bad_usage", "takes no value"},
            {"no file", "evaluate", "bad_usage", "SCENARIO.json"},
            {"two files", "evaluate a b", "bad_usage", "one argument too many"},
            {"no file to import", "import", "bad_usage", "FILE"},
            {"an absent file", "evaluate '" + folder() + "/absent.json'", "unreadable_file",
             "absent.json"},
            {"a folder", "evaluate '" + folder() + "'", "unreadable_file", ""},
            {"a cut scenario", "evaluate '" + cut + "'", "truncated_json", "byte"},
            {"an empty scenario", "evaluate '" + empty + "'", "truncated_json", ""},
            {"a binary scenario", "evaluate '" + binary + "'", "malformed_json", ""},
            {"an empty export", "import '" + empty + "'", "empty_file", ""},
            {"a binary export", "import '" + binary + "'", "unrecognized_format", ""},
            {"an absent export", "import '" + folder() + "/absent.csv'", "unreadable_file",
             "absent.csv"},
            {"a bad instant", "models --at yesterday", "not_an_instant", "--at"},
            {"draws that are no number", "evaluate " + kReference + " --draws many",
             "not_a_whole_number", "--draws"},
            {"too many draws", "evaluate " + kReference + " --draws 100000000", "out_of_range",
             "1000000"},
            {"an unknown provider", "models --provider acme", "unknown_provider", "acme"},
            {"a book that is none", "models --book '" + cut + "'", "truncated_json", "cut.json"},
        };
        for (const Refusal& refusal : refusals) {
            CAPTURE(std::string(refusal.name));
            const Outcome plain = run(refusal.arguments);
            CHECK(plain.code == 2);
            CHECK(plain.out.empty());
            CHECK(plain.err.starts_with("tokenlever: "));
            CHECK(plain.err.contains(refusal.in_message));
            CHECK(plain.err.find('\n') == plain.err.size() - 1);
            if (refusal.arguments.contains("--json=")) continue;
            const Outcome json = run(refusal.arguments + " --json");
            CHECK(json.code == 2);
            CHECK(json.out.empty());
            CHECK(at(json_of(json.err), {"error", "code"}) == refusal.code);
        }
    }

    TEST_CASE("malformed requests name the place") {
        const Outcome outcome = run("price --json", R"({"model":"gpt-4o","usage":{"inputs":1}})");
        CHECK(outcome.code == 2);
        CHECK(at(json_of(outcome.err), {"error", "where"}) == "/usage/inputs");
        CHECK(run("price", "{").code == 2);
    }

    TEST_CASE("a scenario with an unknown key is one error with its pointer") {
        auto text = tests::read_file(source("tests/golden/reference.scenario.json")).value_or("");
        text.replace(text.find("output_tokens"), 13, "output_token");
        const Outcome outcome = run("evaluate --json -", text);
        CHECK(outcome.code == 2);
        const Json error = json_of(outcome.err);
        CHECK(at(error, {"error", "code"}) == "unknown_key");
        CHECK(at(error, {"error", "where"}) == "/workloads/0/output_token");
        CHECK(at(error, {"error", "message"}).contains("did you mean \"output_tokens\""));
    }

    TEST_CASE("errors obey their schema") {
        const auto schema = tests::read_file(source("docs/schema/error.schema.json"));
        REQUIRE(schema.has_value());
        CHECK(test::schema_faults(*schema, run("evaluate --json nowhere.json").err) ==
              std::vector<std::string>{});
    }
}
