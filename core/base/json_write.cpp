#include "base/json_write.h"

#include <cmath>

namespace tokenlever {

namespace {

constexpr std::int64_t kLargestInteger = std::int64_t{1} << 53;  // exact in a JavaScript number

}  // namespace

JsonOut json_count(std::int64_t count) { return json_count(static_cast<int128>(count)); }

JsonOut json_count(int128 count) {
    if (count <= kLargestInteger && count >= -kLargestInteger) return static_cast<std::int64_t>(count);
    return Decimal::from_scaled(count, 0).to_string();
}

JsonOut json_amount(const Decimal& amount) { return amount.to_string(); }
JsonOut json_amount(Money amount) { return amount.to_string(); }
JsonOut json_amount(const ReportedCost& amount) { return amount.to_string(); }

JsonOut json_ratio(double ratio) { return std::isfinite(ratio) ? JsonOut(ratio) : JsonOut(nullptr); }

JsonOut error_json(const Error& error) {
    JsonOut body = JsonOut::object();
    body["code"] = error_id(error.code);
    body["message"] = error_message(error);
    body["where"] = error.where.empty() ? JsonOut(nullptr) : JsonOut(error.where);
    JsonOut document = JsonOut::object();
    document["error"] = std::move(body);
    return document;
}

std::string dump(const JsonOut& document, int indent) {
    return document.dump(indent, ' ', false, JsonOut::error_handler_t::replace);
}

}  // namespace tokenlever
