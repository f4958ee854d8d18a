// The engine for JavaScript: core/api.h (JSON text in, JSON text out) and the import session, for
// the import worker and for Node. Types: web/engine.d.ts.

#include "api.h"
#include "api/import_session.h"
#include "book.h"

#include <emscripten/bind.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace tokenlever {
namespace {

// A request that states no instant means now.
Instant now() {
    const auto time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const Result<Instant> instant = from_unix_seconds(time.time_since_epoch().count());
    return instant ? *instant : Instant{};
}

std::string answer(const Result<std::string>& result) {
    return result ? *result : error_document(result.error());
}

// Without a book every model would be unknown, which is not what was asked.
template <typename Ask>
std::string with_book(Ask ask) {
    if (!has_book()) return error_document(Error{.code = ErrorCode::NoPriceBook});
    return answer(ask(loaded_book()));
}

std::string price_request(const std::string& request) {
    return with_book([&](const PriceBook& book) { return price(book, request, {.now = now()}); });
}
std::string models_request(const std::string& request) {
    return with_book([&](const PriceBook& book) { return models(book, request, {.now = now()}); });
}
std::string capacity_request(const std::string& request) {
    return with_book(
        [&](const PriceBook& book) { return capacity(book, request, {.now = now()}); });
}
std::string evaluate_request(const std::string& scenario, bool with_coalitions, int draws,
                             unsigned seed) {
    const EvaluateRequest request{
        .now = now(), .with_coalitions = with_coalitions, .draws = draws, .seed = seed};
    return with_book([&](const PriceBook& book) { return evaluate(book, scenario, request); });
}

// An ImportSession whose options came as JSON; wrong ones are told by error(), and nothing is
// imported.
class Importing {
public:
    explicit Importing(const std::string& options_json) {
        Result<ImportOptions> options = parse_import_options(options_json);
        if (!has_book()) options = fail(ErrorCode::NoPriceBook);
        if (options)
            session_.emplace(loaded_book(), std::move(*options));
        else
            error_ = error_message(options.error());
    }

    std::string error() const { return error_; }
    void begin_file(const std::string& path) { session_->begin_file(path); }
    // The address of `size` bytes to write into. It holds until the next call.
    std::size_t buffer(std::size_t size) {
        return reinterpret_cast<std::uintptr_t>(session_->buffer(size).data());
    }
    void commit(std::size_t size) { session_->commit(size); }
    bool finish_file() { return session_->finish_file(); }
    void cancel_file() { session_->cancel_file(); }
    bool all_failed() const { return session_->all_failed(); }
    double bytes() const { return static_cast<double>(session_->progress().bytes); }
    double rows() const { return static_cast<double>(session_->progress().rows); }
    std::string report() const { return session_->report(); }

private:
    std::optional<ImportSession> session_;
    std::string error_;
};

}  // namespace
}  // namespace tokenlever

EMSCRIPTEN_BINDINGS(tokenlever_engine) {
    using tokenlever::Importing;
    emscripten::function("price", &tokenlever::price_request);
    emscripten::function("models", &tokenlever::models_request);
    emscripten::function("capacity", &tokenlever::capacity_request);
    emscripten::function("evaluate", &tokenlever::evaluate_request);
    emscripten::function("version", +[] { return std::string(tokenlever::engine_version()); });
    emscripten::class_<Importing>("ImportSession")
        .constructor<const std::string&>()
        .function("error", &Importing::error)
        .function("beginFile", &Importing::begin_file)
        .function("buffer", &Importing::buffer)
        .function("commit", &Importing::commit)
        .function("finishFile", &Importing::finish_file)
        .function("cancelFile", &Importing::cancel_file)
        .function("allFailed", &Importing::all_failed)
        .function("bytes", &Importing::bytes)
        .function("rows", &Importing::rows)
        .function("report", &Importing::report);
}
