#include "api.h"
#include "api/envelope.h"
#include "api/price_request.h"
#include "pricing/bill_contract.h"

namespace tokenlever {

namespace {

// ---- the answer -------------------------------------------------------------------------------

// Counts are JSON integers; what has a fraction is a decimal string.
JsonOut json_quantity(const Decimal& quantity, Unit unit) {
    if (is_fractional(unit) || !quantity.is_integer()) return json_amount(quantity);
    const Result<int128> count = quantity.to_scaled_int128(0);
    return count ? json_count(*count) : json_amount(quantity);
}

// "> 200000"
std::string tier_text(const ContextTier& tier) {
    return (tier.is_inclusive ? ">=" : ">") + std::to_string(tier.threshold);
}

void add_contract(const ContractedLine& line, const BillLine& listed, JsonOut& row) {
    row["contracted_unit_price"] = json_amount(line.unit_price);
    row["contracted_cost"] = json_amount(line.cost);
    if (listed.cost_high != listed.cost) row["contracted_cost_high"] = json_amount(line.cost_high);
    JsonOut& names = row["discounts"] = JsonOut::array();
    for (const Discount* discount : line.discounts)
        names.push_back(discount->name);
}

JsonOut json_lines(const Bill& bill, const std::optional<ContractedBill>& contract) {
    JsonOut lines = JsonOut::array();
    for (const BillLine& line : bill.lines) {
        JsonOut row;
        row["unit"] = unit_id(line.unit);
        row["quantity"] = json_quantity(line.quantity, line.unit);
        if (line.quantity_high != line.quantity)
            row["quantity_high"] = json_quantity(line.quantity_high, line.unit);
        if (line.measured_quantity != line.quantity)
            row["measured_quantity"] = json_quantity(line.measured_quantity, line.unit);
        row["list_unit_price"] = json_amount(line.price.list_unit_price);
        row["per"] = json_count(unit_per(line.unit));
        JsonOut& multipliers = row["multipliers"] = JsonOut::array();
        for (const Multiplier* multiplier : line.price.multipliers.all())
            multipliers.push_back(multiplier->name);
        row["cost"] = json_amount(line.cost);
        if (line.cost_high != line.cost) row["cost_high"] = json_amount(line.cost_high);
        if (line.price.rate_unit != line.unit) row["rate_of"] = unit_id(line.price.rate_unit);
        if (line.price.variant) row["variant"] = line.price.variant->name;
        if (bill.card->is_marginal && line.price.context_tier)
            row["context_tier"] = tier_text(*line.price.context_tier);
        if (contract) add_contract(contract->lines[lines.size()], line, row);
        lines.push_back(std::move(row));
    }
    return lines;
}

JsonOut json_unpriced(const Bill& bill) {
    JsonOut unpriced = JsonOut::array();
    for (const UnpricedUsage& row : bill.unpriced) {
        JsonOut item;
        item["unit"] = unit_id(row.unit);
        item["quantity"] = json_quantity(row.quantity, row.unit);
        item["reason"] = to_id(row.reason);
        unpriced.push_back(std::move(item));
    }
    return unpriced;
}

JsonOut json_interval(const Bill& bill) {
    if (!bill.has_interval()) return nullptr;
    JsonOut interval;
    interval["low"] = json_amount(bill.list_cost);
    interval["high"] = json_amount(bill.list_cost_high);
    JsonOut& reasons = interval["reasons"] = JsonOut::array();
    for (std::size_t i = 0; i < kIntervalReasonCount; ++i)
        if (bill.interval_reasons[i]) reasons.push_back(to_id(static_cast<IntervalReason>(i)));
    return interval;
}

JsonOut json_billed_card(const Bill& bill) {
    if (!bill.card || !bill.found.provider || !bill.found.model) return nullptr;
    JsonOut card = json_card(*bill.found.provider, *bill.found.model, *bill.card);
    if (const ContextTier* tier = bill.context_tier) card["context_tier"] = tier_text(*tier);
    if (bill.window) card["window"] = bill.window->name;
    return card;
}

// Why nothing could be priced, with the names that come near.
void warn_not_found(const PriceBook& book, const PriceRequest& request, const Bill& bill,
                    std::vector<Warning>& warnings) {
    if (!bill.found.model) {
        std::string message = "no model \"" + excerpt(request.model) + "\"";
        if (!request.provider.empty())
            message += " of provider \"" + excerpt(request.provider) + "\"";
        message += " in the price book";
        const std::vector<std::string> near = book.suggestions(request.provider, request.model);
        for (std::size_t i = 0; i < near.size(); ++i)
            message += (i == 0                 ? "; did you mean "
                        : i + 1 == near.size() ? " or "
                                               : ", ") +
                       near[i];
        warnings.push_back(
            {.code = "unknown_model", .message = message + (near.empty() ? "" : "?")});
    } else if (!bill.card) {
        warnings.push_back({.code = "no_card_at_instant",
                            .message = "the price book has no price of " + bill.found.provider->id +
                                       "/" + bill.found.model->id + " at " +
                                       to_iso8601(request.conditions.at)});
    }
}

// The provider's own charge beside ours, never instead of it.
void add_reported(const std::optional<ReportedCost>& reported, const Bill& bill, JsonOut& result) {
    result["reported_cost"] = json_amount(reported);
    result["reported_cost_difference"] = nullptr;
    if (!reported || !bill.is_priced()) return;
    const auto listed = ReportedCost::parse(bill.list_cost.to_string());
    if (listed) result["reported_cost_difference"] = json_amount(*reported - listed->cost);
}

void add_contracted(const std::optional<ContractedBill>& contract, const Bill& bill,
                    JsonOut& result) {
    const bool is_known = contract && bill.is_priced();
    result["contracted_cost"] = is_known ? json_amount(contract->cost) : JsonOut(nullptr);
    if (is_known && contract->cost_high != contract->cost)
        result["contracted_cost_high"] = json_amount(contract->cost_high);
}

// What was negotiated: by a book of the user's own, then by the request.
std::vector<Discount> discounts_of(const PriceBook& book, const PriceReading& reading) {
    std::vector<Discount> discounts(book.discounts().begin(), book.discounts().end());
    if (reading.account)
        discounts.insert(discounts.end(), reading.account->discounts.begin(),
                         reading.account->discounts.end());
    return discounts;
}

JsonOut answer_of(const PriceBook& book, const PriceReading& reading) {
    PriceRequest request = reading.request;
    request.account = reading.account ? &*reading.account : nullptr;
    const Bill billed = bill(book, request);
    const std::vector<Discount> discounts = discounts_of(book, reading);
    std::optional<ContractedBill> contract;
    if (!discounts.empty() && billed.card)
        contract = contracted(billed, request.conditions, discounts);
    std::vector<Warning> warnings = reading.warnings;
    warn_not_found(book, request, billed, warnings);
    warnings.insert(warnings.end(), billed.warnings.begin(), billed.warnings.end());

    JsonOut result;
    result["list_cost"] = billed.is_priced() ? json_amount(billed.list_cost) : JsonOut(nullptr);
    add_contracted(contract, billed, result);
    add_reported(reading.reported_cost, billed, result);
    result["currency"] = billed.found.provider ? billed.found.provider->currency : "USD";
    result["complete"] = billed.is_complete() && billed.found.model != nullptr;
    result["lines"] = json_lines(billed, contract);
    result["card"] = json_billed_card(billed);
    result["unpriced"] = json_unpriced(billed);
    result["interval"] = json_interval(billed);
    result["warnings"] = json_warnings(warnings);
    add_origin(result, book);
    return result;
}

Result<JsonOut> answer(const PriceBook& book, const Json& json, const ClockOptions& clock) {
    TL_TRY(reading, read_price_request(json, clock));
    return answer_of(book, reading);
}

}  // namespace

Result<std::string> price(const PriceBook& book, std::string_view request,
                          const ClockOptions& clock) {
    TL_TRY(json, Json::parse(request));
    if (json.kind() != Json::Kind::Array) {
        TL_TRY(result, answer(book, json, clock));
        return dump(result);
    }
    JsonOut results = JsonOut::array();
    for (const Json& item : json.items()) {
        Result<JsonOut> result = answer(book, item, clock);
        results.push_back(result ? std::move(*result) : error_json(result.error()));
    }
    return dump(results);
}

}  // namespace tokenlever
