#include "api/import_report.h"

#include "api/envelope.h"
#include "scenario/amount_text.h"

#include <algorithm>
#include <array>

namespace tokenlever {

namespace {

// Always present in totals; the other units only where they occur.
constexpr std::array kAlways = {Unit::InputTokens,        Unit::CacheReadTokens,
                                Unit::CacheWrite5mTokens, Unit::CacheWrite1hTokens,
                                Unit::CacheWriteTokens,   Unit::OutputTokens,
                                Unit::ReasoningTokens};

JsonOut json_interval(const Measures& measures) {
    if (!measures.list_cost_high) return nullptr;
    JsonOut out;
    out["low"] = json_amount(measures.list_cost);
    out["high"] = json_amount(measures.list_cost_high);
    out["reasons"] = measures.interval_reasons;
    return out;
}

JsonOut json_cost_kind(std::uint8_t kinds) {
    std::vector<CostKind> seen;
    for (CostKind kind : {CostKind::Billed, CostKind::Estimated, CostKind::Notional})
        if ((kinds >> static_cast<unsigned>(kind) & 1) != 0) seen.push_back(kind);
    if (seen.empty()) return nullptr;
    return seen.size() > 1 ? "mixed" : std::string(to_id(seen.front()));
}

// `is_total` writes every key; groups leave out counts that are zero, but for the common ones.
void add_counts(JsonOut& out, const Measures& measures, bool is_total) {
    const auto add = [&](std::string_view key, std::int64_t count, bool is_common) {
        if (count != 0 || is_total || is_common) out[std::string(key)] = json_count(count);
    };
    add("requests", measures.requests, true);
    add("requests_failed", measures.requests_failed, false);
    for (Unit unit : kAlways) {
        const bool is_common = unit == Unit::InputTokens || unit == Unit::OutputTokens;
        add(unit_id(unit), measures.count(unit), is_common);
        if (unit == Unit::InputTokens)
            add("input_unsplit_tokens", measures.input_unsplit_tokens, false);
    }
    for (std::size_t index = 0; index < kUnitCount; ++index) {
        const auto unit = static_cast<Unit>(index);
        if (unit == Unit::Requests || std::ranges::find(kAlways, unit) != kAlways.end()) continue;
        if (measures.count(unit) != 0) add(unit_id(unit), measures.count(unit), false);
    }
    add("avoided_input_tokens", measures.avoided_input_tokens, false);
    add("avoided_output_tokens", measures.avoided_output_tokens, false);
    for (const auto& [kind, count] : measures.other)
        out["other_quantities"][kind] = json_count(count);
}

JsonOut json_totals(const Measures& measures, const ReportedCost& set_aside) {
    JsonOut out;
    add_counts(out, measures, true);
    out["reported_cost"] = json_amount(measures.reported_cost);
    out["reported_cost_kind"] = json_cost_kind(measures.cost_kinds);
    out["billed_cost"] = json_amount(measures.billed_cost);
    out["effective_cost"] = nullptr;
    out["list_cost"] = json_amount(measures.list_cost);
    out["interval"] = json_interval(measures);
    out["set_aside_cost"] = json_amount(set_aside);
    out["currency"] = kListCurrency;
    out["by_charge_category"] = JsonOut::object();
    for (const auto& [category, cost] : measures.by_charge_category)
        out["by_charge_category"][std::string(to_id(category))] = json_amount(cost);
    out["unpriced_tokens"] = json_count(measures.unpriced_tokens);
    return out;
}

JsonOut json_groups(const Cube& cube) {
    JsonOut out = JsonOut::array();
    if (cube.axes().empty()) return out;
    for (const Group& group : cube.groups()) {
        JsonOut row;
        for (std::size_t axis = 0; axis < group.key.size(); ++axis) {
            const auto& value = group.key[axis];
            row["key"][to_id(cube.axes()[axis])] = value ? JsonOut(*value) : JsonOut(nullptr);
        }
        add_counts(row, group.measures, false);
        row["reported_cost"] = json_amount(group.measures.reported_cost);
        row["list_cost"] = json_amount(group.measures.list_cost);
        row["interval"] = json_interval(group.measures);
        if (group.measures.unpriced_tokens > 0)
            row["unpriced_tokens"] = json_count(group.measures.unpriced_tokens);
        out.push_back(std::move(row));
    }
    return out;
}

JsonOut json_rejections(const Diagnostics& diagnostics) {
    JsonOut out = JsonOut::array();
    for (const Rejection& rejection : diagnostics.rejections()) {
        JsonOut row;
        row["row"] = json_count(rejection.row);
        row["column"] = rejection.column.empty() ? JsonOut(nullptr) : JsonOut(rejection.column);
        row["offset"] = json_count(static_cast<std::int64_t>(rejection.offset));
        row["code"] = error_id(rejection.code);
        row["detail"] = rejection.detail;
        out.push_back(std::move(row));
    }
    return out;
}

JsonOut json_rows(const RowCounts& rows) {
    JsonOut out;
    out["read"] = json_count(rows.read);
    out["charged"] = json_count(rows.charged);
    out["duplicate"] = json_count(rows.duplicate);
    out["rejected"] = json_count(rows.rejected);
    out["ignored"] = json_count(rows.ignored);
    return out;
}

JsonOut json_file(const FileReport& file) {
    JsonOut out;
    out["path"] = file.path;
    out["format"] = file.format.empty() ? JsonOut(nullptr) : JsonOut(file.format);
    out["bytes"] = json_count(static_cast<std::int64_t>(file.bytes));
    if (file.error) {
        out["error"] = error_json(*file.error)["error"];
        return out;
    }
    out["detected_by"] = file.reason;
    out["rows"] = json_rows(file.tally.rows);
    out["set_aside"] = JsonOut::array();
    for (const SetAside& aside : file.tally.set_aside) {
        JsonOut row;
        row["reason"] = aside.reason;
        row["rows"] = json_count(aside.rows);
        row["cost"] = json_amount(aside.cost);
        out["set_aside"].push_back(std::move(row));
    }
    out["rejections"] = json_rejections(file.diagnostics);
    out["rejected_by_code"] = JsonOut::object();
    for (const auto& [code, count] : file.diagnostics.rejected_by_code())
        out["rejected_by_code"][std::string(error_id(code))] = json_count(count);
    out["rejected_cost"] = json_amount(file.tally.rejected_cost);
    return out;
}

constexpr std::size_t kListedModels = 20;

std::string_view sentence_of(PriceGap gap) {
    switch (gap) {
        case PriceGap::NotSold: return "the card has no rate for their class";
        case PriceGap::RateUnpublished: return "the vendor has not published the rate";
        case PriceGap::ServiceTierNotSold: return "the card has no price for their service tier";
        case PriceGap::SpeedNotSold: return "the card has no price for their speed";
        case PriceGap::NoCard: return "the price book has no card for their time";
        case PriceGap::UnknownModel: return "the price book does not know the model";
        case PriceGap::AmountTooLarge: return "the amount is beyond all sense";
        case PriceGap::OtherCurrency:
            return "the price book states it in another currency, and currencies are never added";
        case PriceGap::OptionNotSold: return "the card has no price for their options";
        case PriceGap::PerSlice: return "their price depends on each request's prompt";
    }
    return {};
}

// What the whole import has to say, after what each file said.
std::vector<Warning> all_warnings(const ImportOptions& options, std::span<const FileReport> files,
                                  const Cube& cube) {
    Diagnostics all;
    for (const FileReport& file : files) {
        if (file.error) continue;
        for (const Warning& warning : file.diagnostics.warnings())
            all.warn(warning.code, warning.message, warning.count);
        if (file.tally.rows.read == 0)
            all.warn("no_rows", "the file " + file.path + " is a valid export without data");
    }
    if (cube.has_unsplit_time())
        all.warn("bucket_finer_than_source",
                 "some of the data is coarser than the bucket asked for; there it is null");
    std::vector<UnpricedTokens> unpriced = cube.unpriced();
    if (unpriced.size() > kListedModels) unpriced.resize(kListedModels);
    for (const UnpricedTokens& row : unpriced)
        all.warn(std::string(to_id(row.reason)),
                 grouped(std::to_string(row.tokens)) + " tokens of " +
                     (row.model.empty() ? "usage without a model" : row.model) +
                     " have no price: " + std::string(sentence_of(row.reason)));
    if (!options.cost.empty() && options.cost != "estimated")
        all.warn("cost_kind_absent", "no file states a cost of the kind " + options.cost +
                                         "; reported_cost is what the files do state");
    return all.warnings();
}

}  // namespace

std::string import_report(const PriceBook& book, const ImportOptions& options,
                          std::span<const FileReport> files, const Cube& cube) {
    const Measures totals = cube.totals();
    ReportedCost set_aside;
    JsonOut out;
    out["files"] = JsonOut::array();
    for (const FileReport& file : files) {
        out["files"].push_back(json_file(file));
        if (file.error) continue;
        for (const SetAside& aside : file.tally.set_aside)
            set_aside += aside.cost;
    }
    out["totals"] = json_totals(totals, set_aside);
    out["groups"] = json_groups(cube);
    out["period"] = nullptr;
    if (const auto period = cube.period()) {
        out["period"] = JsonOut::object();
        out["period"]["start"] = to_iso8601(period->first);
        out["period"]["end"] = to_iso8601(period->second);
    }
    out["labels"] = JsonOut::object();
    for (const auto& [dimension, names] : cube.labels())
        out["labels"][dimension] = json_object({names.begin(), names.end()});
    out["warnings"] = json_warnings(all_warnings(options, files, cube));
    add_origin(out, book);
    return dump(out);
}

}  // namespace tokenlever
