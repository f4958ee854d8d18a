#include "random.h"
#include "scenario_support.h"

#include <doctest/doctest.h>

using namespace tokenlever;

namespace {

// A valid document with one part exchanged.
std::string document_with(std::string_view from, std::string_view to) {
    std::string text =
        R"({"schema":"tokenlever.scenario/1","at":"2026-11-01T00:00:00Z","hours_per_month":730,)"
        R"("workloads":[{"id":"a","model":"openai/gpt-4o","requests_per_month":1000,"output_tokens":10}],)"
        R"("levers":[{"id":"r","kind":"routing","routes":[{"to":"openai/gpt-4o-mini","share":0.5}]},)"
        R"({"id":"b","kind":"batch","share":0.3,"workloads":["a"]}],)"
        R"("uncertainty":[{"input":"levers.b.share","low":0.1,"base":0.3,"high":0.4}]})";
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

struct BadDocument {
    const char* name;
    const char* from;
    const char* to;
    ErrorCode code;
    const char* where;
};

const BadDocument kBadDocuments[] = {
    {"an unknown key at the top", R"("hours_per_month")", R"("hours_per_mont")",
     ErrorCode::UnknownKey, "/hours_per_mont"},
    {"an unknown key of a workload", R"("output_tokens")", R"("output_token")",
     ErrorCode::UnknownKey, "/workloads/0/output_token"},
    {"an unknown key of a lever", R"("share":0.3)", R"("shares":0.3)", ErrorCode::UnknownKey,
     "/levers/1/shares"},
    {"an unknown key of a route", R"("share":0.5)", R"("share":0.5,"x":1)", ErrorCode::UnknownKey,
     "/levers/0/routes/0/x"},
    {"a key of another kind of lever", R"("share":0.3)", R"("share":0.3,"ttl":"5m")",
     ErrorCode::UnknownKey, "/levers/1/ttl"},
    {"an unknown tag", R"("output_tokens":10)", R"("tags":{"squad":"x"})", ErrorCode::UnknownKey,
     "/workloads/0/tags/squad"},
    {"another schema", "scenario/1", "scenario/2", ErrorCode::UnknownSchema, "/schema"},
    {"no schema", R"("schema":"tokenlever.scenario/1",)", "", ErrorCode::MissingKey, ""},
    {"no instant", R"("at":"2026-11-01T00:00:00Z",)", "", ErrorCode::MissingKey, ""},
    {"a date that does not exist", "2026-11-01T", "2026-02-30T", ErrorCode::NotAnInstant, "/at"},
    {"another currency", R"("hours_per_month":730)", R"("currency":"EUR")", ErrorCode::InvalidValue,
     "/currency"},
    {"a month of no hours", "730", "0", ErrorCode::OutOfRange, "/hours_per_month"},
    {"no model", R"("model":"openai/gpt-4o",)", "", ErrorCode::MissingKey, "/workloads/0"},
    {"requests below nothing", "1000", "-1", ErrorCode::OutOfRange,
     "/workloads/0/requests_per_month"},
    {"requests that are text", "1000", R"("many")", ErrorCode::NotANumber,
     "/workloads/0/requests_per_month"},
    {"requests that are a list", "1000", "[]", ErrorCode::WrongType,
     "/workloads/0/requests_per_month"},
    {"a share above one", R"("share":0.3)", R"("share":1.01)", ErrorCode::OutOfRange,
     "/levers/1/share"},
    {"a share below zero", R"("share":0.3)", R"("share":-0.01)", ErrorCode::OutOfRange,
     "/levers/1/share"},
    {"routes above one together", R"("share":0.5})", R"("share":0.5},{"to":"x","share":0.51})",
     ErrorCode::OutOfRange, "/levers/0/routes"},
    {"an unknown service tier", R"("output_tokens":10)", R"("service_tier":"cheap")",
     ErrorCode::InvalidValue, "/workloads/0/service_tier"},
    {"two workloads of one id", R"("levers")", R"("workload":[],"levers")", ErrorCode::UnknownKey,
     "/workload"},
    {"two levers of one id", R"("id":"b")", R"("id":"r")", ErrorCode::DuplicateId, "/levers/1/id"},
    {"a lever for an unknown workload", R"(["a"])", R"(["a","z"])", ErrorCode::UnknownWorkload,
     "/levers/1/workloads/1"},
    {"a misspelt lever kind", R"("kind":"batch")", R"("kind":"bach")", ErrorCode::UnknownLever,
     "/levers/1/kind"},
    {"a cascade", R"("routes":[{"to":"openai/gpt-4o-mini","share":0.5}])", R"("cascade":{})",
     ErrorCode::NotEvaluated, "/levers/0/cascade"},
    {"a workload from a cube", R"("output_tokens":10)", R"("from_cube":{"file":"x"})",
     ErrorCode::NotEvaluated, "/workloads/0/from_cube"},
    {"an uncertain input that names nothing", "levers.b.share", "levers.b.shares",
     ErrorCode::InvalidValue, "/uncertainty/0/input"},
    {"an uncertain input that is no number", "levers.b.share", "levers.r.routes.0.to",
     ErrorCode::InvalidValue, "/uncertainty/0/input"},
    {"low above base", R"("low":0.1)", R"("low":0.35)", ErrorCode::OutOfRange, "/uncertainty/0"},
    {"high above what is possible", R"("high":0.4)", R"("high":1.4)", ErrorCode::OutOfRange,
     "/uncertainty/0/high"},
    {"an uncertain input twice", R"("uncertainty":[)",
     R"("uncertainty":[{"input":"levers.b.share","low":0.1,"base":0.3,"high":0.4},)",
     ErrorCode::InvalidValue, "/uncertainty/1/input"},
    {"a number in two uncertain inputs", R"("uncertainty":[)",
     R"("uncertainty":[{"input":"workloads.*.output_tokens","low":1,"base":10,"high":10},)"
     R"({"input":"workloads.a.output_tokens","low":1,"base":10,"high":10},)",
     ErrorCode::InvalidValue, "/uncertainty/1/input"},
    {"no workloads",
     R"("workloads":[{"id":"a","model":"openai/gpt-4o","requests_per_month":1000,"output_tokens":10}],)",
     "", ErrorCode::MissingKey, ""},
};

const char* const kTexts[] = {"", "5m", "30m", "1h", "12h"};

Decimal random_share(test::Random& random) {
    return decimal("0." + random.digits(1 + random.below(24)));
}

Decimal random_quantity(test::Random& random) {
    const std::string whole = std::to_string(random.below(1'000'000'000));
    return decimal(random.one_in(2) ? whole : whole + "." + random.digits(1 + random.below(20)));
}

Workload random_workload(test::Random& random, int index) {
    Workload workload;
    workload.id = "w" + std::to_string(index);
    workload.name = random.one_in(2) ? "" : "N\"a\\me " + random.digits(3);
    workload.model = "vendor/m-" + random.digits(2);
    workload.requests_per_month = random_quantity(random);
    workload.prefix_tokens = random_quantity(random);
    workload.other_input_tokens = random_quantity(random);
    workload.output_tokens = random_quantity(random);
    workload.service_tier = random.one_in(2) ? ServiceTier::Standard : ServiceTier::Priority;
    workload.region = random.one_in(2) ? "global" : "eu";
    if (random.one_in(2)) workload.tags = {.team = "t", .customer_tier = "free"};
    return workload;
}

decltype(Lever::settings) random_settings(test::Random& random) {
    switch (random.below(4)) {
        case 0: {
            PromptCache cache{.ttl = kTexts[random.below(5)], .hit_rate = random_share(random)};
            if (random.one_in(2)) cache.hit_rate_batch = random_share(random);
            return cache;
        }
        case 1: {
            Routing routing{.router_cost_per_request = random_quantity(random)};
            for (int i = random.below(3); i > 0; --i)
                routing.routes.push_back({.to = "x/" + random.digits(2),
                                          .share = random_share(random) * decimal("0.5")});
            return routing;
        }
        case 2:
            return OutputControl{.reduction = random_share(random),
                                 .instruction_tokens = random_quantity(random),
                                 .instruction_in_prefix = random.one_in(2)};
        default: return Batch{.share = random_share(random)};
    }
}

Scenario random_scenario(std::uint64_t seed) {
    test::Random random(seed);
    Scenario scenario;
    scenario.name = random.one_in(3) ? "" : "Case " + random.digits(4);
    scenario.at = Instant{static_cast<std::int64_t>(1'700'000'000 + random.below(90'000'000)) *
                          kMicrosPerSecond};
    scenario.hours_per_month = Decimal(1 + random.below(800));
    const int workloads = random.below(4);
    for (int i = 0; i < workloads; ++i)
        scenario.workloads.push_back(random_workload(random, i));
    for (int i = random.below(6); i > 0; --i) {
        Lever lever{.id = "l" + std::to_string(i), .is_enabled = !random.one_in(3)};
        if (workloads > 0 && random.one_in(2)) lever.workloads = {"w0"};
        lever.settings = random_settings(random);
        scenario.levers.push_back(std::move(lever));
    }
    if (workloads > 0 && random.one_in(2)) {
        const Decimal base = scenario.workloads[0].requests_per_month;
        scenario.uncertainty.push_back({.input = "workloads.w0.requests_per_month",
                                        .low = base,
                                        .base = base,
                                        .high = base + random_share(random)});
    }
    return scenario;
}

}  // namespace

TEST_SUITE("scenario: reading") {
    TEST_CASE("the unchanged document is read") {
        const Scenario scenario = scenario_of(document_with("730", "730"));
        CHECK(scenario.workloads.at(0).prefix_tokens == Decimal(0));
        CHECK(scenario.workloads.at(0).region == "global");
        CHECK(scenario.levers.at(1).is_enabled);
        CHECK(kind_of(scenario.levers.at(1)) == LeverKind::Batch);
    }

    TEST_CASE("every fault of a document is one error with its place") {
        for (const BadDocument& bad : kBadDocuments) {
            CAPTURE(std::string(bad.name));
            const Result<Scenario> scenario = read_scenario(document_with(bad.from, bad.to));
            REQUIRE_FALSE(scenario.has_value());
            CHECK(error_id(scenario.error().code) == error_id(bad.code));
            CHECK(scenario.error().where == bad.where);
        }
    }

    TEST_CASE("a misspelt key is answered with the right one") {
        const auto scenario =
            read_scenario(document_with(R"("output_tokens")", R"("output_tokns")"));
        REQUIRE_FALSE(scenario.has_value());
        CHECK(error_message(scenario.error()).find("did you mean \"output_tokens\"") !=
              std::string::npos);
    }

    TEST_CASE("two workloads of one id are refused") {
        const auto scenario = read_scenario(document_with(R"("levers":)", R"("x":0,"levers":)"));
        CHECK_FALSE(scenario.has_value());
        const auto twice = read_scenario(
            R"({"schema":"tokenlever.scenario/1","at":"2026-11-01","workloads":[)"
            R"({"id":"a","model":"m","requests_per_month":1},{"id":"a","model":"m","requests_per_month":1}]})");
        REQUIRE_FALSE(twice.has_value());
        CHECK(twice.error().code == ErrorCode::DuplicateId);
        CHECK(twice.error().where == "/workloads/1/id");
    }

    TEST_CASE("no kind of lever that is not built is passed over in silence") {
        for (const LeverRow& row : lever_rows()) {
            if (row.is_built) continue;
            CAPTURE(std::string(row.id));
            const std::string kind = "\"kind\":\"" + std::string(row.id) + "\"";
            const auto scenario = read_scenario(document_with(R"("kind":"batch")", kind));
            REQUIRE_FALSE(scenario.has_value());
            CHECK(scenario.error().code == ErrorCode::NotEvaluated);
            CHECK(scenario.error().where == "/levers/1/kind");
        }
        for (const char* key : {R"("arrivals":{})", R"("cap":{})", R"("reasoning_multiplier":2)"}) {
            CAPTURE(std::string(key));
            const std::string lever = std::string(key).contains("arrivals")
                                          ? R"("kind":"prompt_cache","hit_rate":0.5,)"
                                          : R"("kind":"output_control",)";
            const auto scenario =
                read_scenario(document_with(R"("kind":"batch","share":0.3)", lever + key));
            REQUIRE_FALSE(scenario.has_value());
            CHECK(scenario.error().code == ErrorCode::NotEvaluated);
        }
    }

    TEST_CASE(
        "null is the same as absent, and the caller's clock stands in for an absent instant") {
        const std::string text = document_with(R"("at":"2026-11-01T00:00:00Z")", R"("at":null)");
        CHECK_FALSE(read_scenario(text).has_value());
        const auto scenario = read_scenario(text, Instant{42});
        REQUIRE(scenario.has_value());
        CHECK(scenario->at == Instant{42});
        CHECK(scenario_of(document_with("730", "730")).at != Instant{42});
    }

    TEST_CASE("uncertain routes that could pass one together are refused") {
        const auto scenario = read_scenario(document_with(
            R"({"input":"levers.b.share","low":0.1,"base":0.3,"high":0.4})",
            R"({"input":"levers.r.routes.0.share","low":0.1,"base":0.5,"high":0.9})"));
        CHECK(scenario.has_value());
        const auto two = read_scenario(
            R"({"schema":"tokenlever.scenario/1","at":"2026-11-01","workloads":[],"levers":[)"
            R"({"id":"r","kind":"routing","routes":[{"to":"x","share":0.5},{"to":"y","share":0.3}]}],)"
            R"("uncertainty":[{"input":"levers.r.routes.0.share","low":0.1,"base":0.5,"high":0.9}]})");
        REQUIRE_FALSE(two.has_value());
        CHECK(two.error().code == ErrorCode::OutOfRange);
    }

    TEST_CASE("numbers keep every digit, beyond what a double holds") {
        const auto scenario = scenario_of(document_with("1000", "0.1234567890123456789012345"));
        CHECK(scenario.workloads.at(0).requests_per_month.to_string() ==
              "0.1234567890123456789012345");
        CHECK(scenario_of(write_scenario(scenario)) == scenario);
    }

    TEST_CASE("writing and reading back is the identity") {
        for (std::uint64_t seed = 1; seed <= 500; ++seed) {
            CAPTURE(seed);
            const Scenario scenario = random_scenario(seed);
            const std::string text = write_scenario(scenario);
            const Result<Scenario> back = read_scenario(text);
            REQUIRE_MESSAGE(back.has_value(), (back ? "" : error_message(back.error())));
            CHECK(*back == scenario);
            CHECK(write_scenario(*back) == text);
        }
    }

    TEST_CASE("workloads that differ need a base that can scale them") {
        const auto refused_at = [](std::string_view limits) {
            const auto read =
                read_scenario(R"({"schema":"tokenlever.scenario/1","at":"2026-11-01","workloads":[)"
                              R"({"id":"a","model":"x","requests_per_month":1000},)"
                              R"({"id":"b","model":"x","requests_per_month":7}],)"
                              R"("uncertainty":[{"input":"workloads.*.requests_per_month",)" +
                              std::string(limits) + "}]}");
            return read ? std::string() : read.error().where;
        };
        CHECK(refused_at(R"("low":0,"base":0,"high":1)") == "/uncertainty/0/base");
        CHECK(refused_at(R"("low":1,"base":2,"high":2000000000001)") == "/uncertainty/0/high");
        CHECK(refused_at(R"("low":1,"base":2,"high":2000000000000)").empty());
        CHECK(refused_at(R"("low":3,"base":2,"high":4)") == "/uncertainty/0");
    }
}
