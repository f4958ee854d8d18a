#pragma once

// LiteLLM spend logs: a CSV dump of the table, or JSON rows as the proxy's endpoints return them.

#include "usage/format_reader.h"
#include "usage/match.h"

#include <memory>
#include <string_view>

namespace tokenlever {

Match match_litellm_csv(const Head& head);
Match match_litellm_json(const Head& head);
std::unique_ptr<FormatReader> open_litellm_csv(const Head& head, RecordSink& sink);
std::unique_ptr<FormatReader> open_litellm_json(const Head& head, RecordSink& sink);

}  // namespace tokenlever
