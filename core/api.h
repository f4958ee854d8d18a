#pragma once

// The engine as JSON text in -> JSON text out, one function per verb, the same for the command
// line, for JavaScript, for the import worker and for frame messages. Keys and meanings:
// docs/schema.
//
// Every function is pure: what "now" is comes in, and the book must outlive the call only. An error
// means that the request as a whole cannot be answered; error_document writes it as JSON. Where a
// request is an array each element is answered by itself, so a bad one does not spoil the others.
//
// Usage import, which streams, has its own door: api/import_session.h.

#include "base/instant.h"
#include "base/result.h"
#include "pricing/price_book.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tokenlever {

// "0.1.0"; every answer carries it as "engine".
std::string_view engine_version();

struct ClockOptions {
    Instant now{};  // for requests that state no instant of their own
};

// {"provider","model","at","service_tier","speed","region","usage":{unit:count}} or an array of
// such
// -> {"list_cost","currency","complete","lines","card","unpriced","interval","warnings"}.
// An unknown model is an answer: list_cost null, the usage unpriced, suggestions in the warnings.
Result<std::string> price(const PriceBook& book, std::string_view request,
                          const ClockOptions& clock);

// {"provider","match","at"}, all optional -> {"models":[{"provider","model","card","rates",...}]}:
// what has a price at the instant, by provider and model.
Result<std::string> models(const PriceBook& book, std::string_view request,
                           const ClockOptions& clock);

// {"provider","model","unit":"ptu"|"gsu"|"model_unit","requests_per_minute","input_tokens",
// "cache_read_tokens","output_tokens","hours","unit_price"} or an array of such
// -> {"units","minimum","monthly_cost","pay_as_you_go_cost","break_even_utilization",...}: how many
// units of provisioned capacity a load needs, and what the same load costs token by token.
Result<std::string> capacity(const PriceBook& book, std::string_view request,
                             const ClockOptions& clock);

struct EvaluateRequest {
    Instant now{};                 // for a scenario that states no "at"
    bool with_coalitions = false;  // list the cost of every subset of the levers
    std::int64_t draws = 0;        // Monte Carlo over `uncertainty`; 0: only the tornado
    std::uint64_t seed = 1;
};

// A scenario document (tokenlever.scenario/1) -> {"baseline","optimized","saving","levers",
// "coalitions","recommended_order","unit_costs","uncertainty","warnings"}. Unlike a request, a
// stored document with an unknown key is refused.
Result<std::string> evaluate(const PriceBook& book, std::string_view scenario,
                             const EvaluateRequest& request);

// {"error":{"code","message","where"}}
std::string error_document(const Error& error);

}  // namespace tokenlever
