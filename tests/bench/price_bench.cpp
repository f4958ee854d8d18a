// Bills a list of requests over and over, look-up included, and prints one line of JSON: how many
// bills a second of processor time, how much of it the book took to read, and what each request
// costs.
//
//   price_bench REQUESTS.json SECONDS
//
// REQUESTS.json is an array as `tokenlever price` takes it. Requests are read before the clock
// starts; each bill then starts from the names of provider and model.

#include "base/error.h"
#include "base/instant.h"
#include "base/json.h"
#include "pricing/bill.h"
#include "pricing/embedded_book.h"
#include "processor_clock.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace tokenlever;

namespace {

std::string read_file(const char* path) {
    std::string text;
    std::FILE* file = std::fopen(path, "rb");
    if (file == nullptr) return text;
    char buffer[1 << 16];
    for (std::size_t count = 0; (count = std::fread(buffer, 1, sizeof buffer, file)) > 0;)
        text.append(buffer, count);
    std::fclose(file);
    return text;
}

[[noreturn]] void stop(const std::string& message) {
    std::fprintf(stderr, "price_bench: %s\n", message.c_str());
    std::exit(2);
}

template <typename T>
T expect(Result<T> result) {
    if (!result) stop(error_message(result.error()));
    return std::move(*result);
}

using Names = std::set<std::string, std::less<>>;

// The one copy of a name, as a caller's interned string is one.
std::string_view name_of(const Json& json, std::string_view key, Names& names) {
    return *names.insert(expect(require(json, key))->text()).first;
}

PriceRequest read_request(const Json& json, Names& names) {
    PriceRequest request;
    request.provider = name_of(json, "provider", names);
    request.model = name_of(json, "model", names);
    request.conditions.at = expect(parse_instant(expect(require(json, "at"))->text()));
    for (const auto& [key, value] : expect(require(json, "usage"))->members()) {
        const std::optional<Unit> unit = find_unit(key);
        if (!unit) stop("no unit " + key);
        request.usage.push_back({.unit = *unit, .quantity = expect(value.as_decimal())});
    }
    return request;
}

std::vector<PriceRequest> read_requests(const Json& document, Names& names) {
    std::vector<PriceRequest> requests;
    for (const Json& item : document.items())
        requests.push_back(read_request(item, names));
    if (requests.empty()) stop("no requests");
    return requests;
}

// Median of a few readings of the whole book, in milliseconds.
double milliseconds_to_read_book() {
    std::vector<double> times;
    for (int i = 0; i < 5; ++i) {
        const double start = processor_seconds();
        const PriceBook book = expect(PriceBook::read(embedded_book_documents()));
        times.push_back((processor_seconds() - start) * 1e3);
        if (book.providers().empty()) stop("an empty book");
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

// Bills per second of processor time over whole passes; the sum keeps the work from being left out.
double bills_per_second(const PriceBook& book, const std::vector<PriceRequest>& requests,
                        double least_seconds) {
    Money total;
    std::size_t count = 0;
    const double start = processor_seconds();
    double seconds = 0;
    while (seconds < least_seconds) {
        for (const PriceRequest& request : requests)
            total += bill(book, request).list_cost;
        count += requests.size();
        seconds = processor_seconds() - start;
    }
    if (total == Money{}) stop("nothing has a price");
    return static_cast<double>(count) / seconds;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) stop("usage: price_bench REQUESTS.json SECONDS");
    const std::string text = read_file(argv[1]);
    const Json document = expect(Json::parse(text));
    Names names;
    const std::vector<PriceRequest> requests = read_requests(document, names);
    const PriceBook book = expect(PriceBook::read(embedded_book_documents()));
    const double rate = bills_per_second(book, requests, std::atof(argv[2]));
    std::printf(R"({"bills_per_second":%.0f,"book_milliseconds":%.3f,"costs":[)", rate,
                milliseconds_to_read_book());
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const Bill result = bill(book, requests[i]);
        const bool is_whole = result.is_priced() && result.is_complete() && !result.has_interval();
        std::printf("%s\"%s\"", i == 0 ? "" : ",",
                    is_whole ? result.list_cost.to_string().c_str() : "");
    }
    std::printf("]}\n");
    return 0;
}
