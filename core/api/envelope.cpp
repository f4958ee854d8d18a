#include "api/envelope.h"

#include "api.h"

#include <array>

namespace tokenlever {

namespace {

JsonOut text_or_null(const std::string& text) {
    return text.empty() ? JsonOut(nullptr) : JsonOut(text);
}

JsonOut instant_or_null(const std::optional<Instant>& instant) {
    return instant ? JsonOut(to_iso8601(*instant)) : JsonOut(nullptr);
}

std::string_view to_id(RateStatus status) {
    constexpr std::array<std::string_view, 6> kIds = {"listed",    "observed",  "derived",
                                                      "scheduled", "retracted", "imported"};
    return kIds[static_cast<std::size_t>(status)];
}

JsonOut json_source(const Source& source, const RateCard& card) {
    JsonOut result;
    result["url"] = text_or_null(source.url);
    result["package"] = text_or_null(source.package);
    result["version"] = text_or_null(source.version);
    result["path"] = text_or_null(source.path);
    result["read_at"] = source.read_at;
    result["quote"] = text_or_null(card.quote.empty() ? source.quote : card.quote);
    return result;
}

}  // namespace

std::string_view engine_version() { return TOKENLEVER_VERSION; }

std::string error_document(const Error& error) { return dump(error_json(error)); }

void add_origin(JsonOut& document, const PriceBook& book) {
    document["engine"] = engine_version();
    JsonOut& origin = document["book"];
    origin["version"] = book.version();
    origin["date"] = book.date();
}

JsonOut json_warnings(const std::vector<Warning>& warnings) {
    JsonOut result = JsonOut::array();
    for (const Warning& warning : warnings) {
        JsonOut row;
        row["code"] = warning.code;
        row["message"] = warning.message;
        if (warning.count > 1) row["count"] = json_count(warning.count);
        result.push_back(std::move(row));
    }
    return result;
}

void warn_unknown_members(const Json& object, std::initializer_list<std::string_view> known,
                          std::vector<Warning>& warnings) {
    for (const Json* member : unknown_members(object, known))
        warnings.push_back(
            {.code = "unknown_key",
             .message = member->pointer() + ": no such key in this request; it was ignored"});
}

JsonOut json_rates(const std::vector<UnitRate>& rates) {
    JsonOut result = JsonOut::object();
    for (const UnitRate& rate : rates)
        result[std::string(unit_id(rate.unit))] =
            rate.is_published ? json_amount(rate.rate) : JsonOut(nullptr);
    return result;
}

JsonOut json_card(const Provider& provider, const Model& model, const RateCard& card) {
    JsonOut result;
    result["id"] = card.id;
    result["provider"] = provider.id;
    result["publisher"] = text_or_null(model.publisher);
    result["model"] = model.id;
    result["context_tier"] = nullptr;
    result["window"] = nullptr;
    result["effective_from"] = instant_or_null(card.effective_from);
    result["effective_to"] = instant_or_null(card.effective_to);
    result["status"] = to_id(card.status);
    result["curated"] = card.is_curated;
    result["source"] = json_source(provider.sources[card.source], card);
    return result;
}

}  // namespace tokenlever
