#pragma once

// The verbs of the command line. Each reads files and the clock, asks api.h, and prints the answer:
// as it is with --json, else as tables made from the same JSON, so both always say the same.

#include "cli/arguments.h"

#include <span>

namespace tokenlever::cli {

std::span<const Verb> verbs();

int run_price(const Arguments& arguments);
int run_capacity(const Arguments& arguments);
int run_models(const Arguments& arguments);
int run_import(const Arguments& arguments);
int run_evaluate(const Arguments& arguments);

}  // namespace tokenlever::cli
