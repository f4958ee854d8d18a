#pragma once

// Pages of OpenAI's organization usage API: a page, an array of pages, or one page per line. A
// record of the file is a bucket; a row is one of its result objects.

#include "usage/format_reader.h"
#include "usage/match.h"

#include <memory>

namespace tokenlever {

Match match_openai_usage(const Head& head);
std::unique_ptr<FormatReader> open_openai_usage(const Head& head, RecordSink& sink);

}  // namespace tokenlever
