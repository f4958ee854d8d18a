#pragma once

// Tokenlever: what AI usage costs, what to change first, and who spends it. This header is the
// manual; a program that uses the engine includes it and nothing else.
//
// The engine is a set of functions from values to values. It opens no file, asks no clock, keeps no
// global and throws nothing: bytes, documents and "now" come in as arguments, answers go out as
// values or as JSON.
//
//      bytes of a usage export --> ImportSession --> totals, groups, what was set aside and why
//      usage of one request  --.
//      scenario (workloads,  --+--> PriceBook --> bill / evaluate --> exact money, with its reasons
//                levers)
//
// 1. A price book comes first. The built-in one is data, not code (target tokenlever::book):
//
//      TL_TRY(book, PriceBook::read(embedded_book_documents()));        // pricing/price_book.h
//
//    A user's own book is read after it, in the same list, and wins.
//
// 2. What did this request cost?
//
//      const Bill answer = bill(book, {.provider = "anthropic",        // pricing/bill.h
//                                      .model = "claude-sonnet-4-5",
//                                      .conditions = {.at = now},
//                                      .usage = {{Unit::InputTokens, 2048}, {Unit::OutputTokens,
//                                      503}}});
//      if (answer.is_complete()) show(answer.list_cost);
//
// 3. What would a month cost, and which lever saves most for its effort?
//
//      TL_TRY(scenario, read_scenario(json));                          // scenario/scenario.h
//      TL_TRY(evaluation, evaluate(scenario, book));                   // scenario/evaluate.h
//      show(evaluation.baseline.monthly_cost, evaluation.optimized.monthly_cost);
//      for (const std::string& lever : evaluation.recommended_order) show(lever);
//
// 4. What is in this export?
//
//      TL_TRY(options, make_import_options("day,model", "", "", "", ""));   // api/import_session.h
//      ImportSession session(book, options);
//      session.begin_file("usage.csv");
//      while (more()) session.feed(next_chunk());                      // any size; memory stays
//      flat session.finish_file(); std::string report = session.report();
//
// 5. The same verbs as JSON text in, JSON text out (api.h): what the command line, JavaScript, the
// worker
//    and frame messages use.
//
// Three rules hold everywhere. Money is exact: a charge is computed without loss and rounded once,
// half-even, to 10^-12; sums are exact (base/money.h). An unknown price is unknown, never 0: an
// amount that cannot be told is absent, and the answer says why. A fault is a value: Result<T>
// holds an Error with a code, the place and the offending text (base/error.h), and error_message
// makes one sentence of it.

#include "api.h"
#include "api/import_session.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/instant.h"
#include "base/json.h"  // to read the answers of api.h back
#include "base/money.h"
#include "base/result.h"
#include "pricing/bill.h"
#include "pricing/embedded_book.h"
#include "pricing/price_book.h"
#include "scenario/evaluate.h"
#include "scenario/lever_kind.h"
#include "scenario/scenario.h"
