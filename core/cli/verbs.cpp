#include "cli/verbs.h"

#include <array>

namespace tokenlever::cli {

namespace {

constexpr std::array kModelsOptions = {
    Option{"--provider", "ID", "only what this provider sells"},
    Option{"--match", "TEXT", "only ids, names and aliases that contain the text"},
};

constexpr std::array kImportOptions = {
    Option{"--format", "ID", "the format of the files; default: decided by their content"},
    Option{"--by", "DIM,...", "group by these: day, model, team, feature, tag:NAME ..."},
    Option{"--bucket", "hour|day|month", "adds the bucket to --by"},
    Option{"--tz", "ZONE", "the zone of hours and days: UTC or an offset such as +02:00"},
    Option{"--cost", "KIND", "which of the file's costs is reported"},
};

constexpr std::array kEvaluateOptions = {
    Option{"--coalitions", "", "list the cost of every subset of the levers"},
    Option{"--draws", "N", "Monte Carlo over the uncertain inputs: mean, sd, P5, P50, P95"},
    Option{"--seed", "S", "of the draws; default 1"},
};

constexpr std::array kVerbs = {
    Verb{"price",
         "[FILE]",
         "price one request, or an array of requests, by its usage\n"
         "FILE holds the request as JSON; default: standard input.",
         {},
         0,
         1,
         run_price},
    Verb{"capacity",
         "[FILE]",
         "how much provisioned capacity a load needs (PTU, GSU, model units), and when it pays\n"
         "FILE holds the request as JSON; default: standard input.",
         {},
         0,
         1,
         run_capacity},
    Verb{"models", "", "list the models that have a price, with their rates", kModelsOptions, 0, 0,
         run_models},
    Verb{"import", "FILE...",
         "read usage exports: totals, groups, what was rejected and why\n"
         "The format is found by content. A bad file does not spoil the others.",
         kImportOptions, 1, 10'000, run_import},
    Verb{"evaluate", "SCENARIO.json",
         "what a scenario costs, what each lever saves, what to do first\n"
         "Where the scenario has no \"at\", --at says which day's prices hold.",
         kEvaluateOptions, 1, 1, run_evaluate},
};

}  // namespace

std::span<const Verb> verbs() { return kVerbs; }

}  // namespace tokenlever::cli
