#include "pricing/discount.h"

#include "pricing/book_fields.h"
#include "pricing/card_reader_parts.h"

namespace tokenlever {

namespace {

Result<void> read_scope(const Json& object, Discount& discount) {
    TL_TRY(provider, optional_text(object, "provider"));
    TL_TRY(model, optional_text(object, "model"));
    TL_TRY(tier, optional_text(object, "service_tier"));
    TL_TRY(regions, optional_texts(object, "region"));
    TL_TRY(units, read_units(object, "units"));
    TL_TRY(period, read_period(object));
    if (!tier.empty()) {
        discount.service_tier = find_service_tier(tier);
        if (!discount.service_tier)
            return fail(ErrorCode::InvalidValue, object.pointer() + "/service_tier", tier);
    }
    discount.provider = std::move(provider);
    discount.model = std::move(model);
    discount.regions = std::move(regions);
    discount.units = std::move(units);
    discount.effective_from = period.from;
    discount.effective_to = period.to;
    return {};
}

Result<void> read_terms(const Json& object, Discount& discount) {
    const Json* share = object.find("share");
    const Json* rates = object.find("rates");
    const Json* amount = object.find("amount");
    if ((share != nullptr) + (rates != nullptr) + (amount != nullptr) != 1)
        return fail(ErrorCode::MissingKey, object.pointer(), "one of share, rates and amount");
    if (share) {
        TL_TRY(value, share->as_decimal());
        if (value.is_negative() || value > Decimal(1))
            return fail(ErrorCode::OutOfRange, share->pointer(), share->text());
        discount.share = value;
    }
    if (rates) {
        TL_TRY(values, read_rates(*rates));
        discount.rates = std::move(values);
    }
    if (amount) {
        TL_TRY(value, amount->as_decimal());
        const Result<Money> money = Money::rounded(value);
        if (value.is_negative() || !money)
            return fail(ErrorCode::OutOfRange, amount->pointer(), amount->text());
        discount.amount = *money;
    }
    return {};
}

}  // namespace

Result<Discount> read_discount(const Json& json) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(
            *object, {"name", "provider", "model", "service_tier", "region", "units",
                      "effective_from", "effective_to", "share", "rates", "amount", "note"});
        !known)
        return std::unexpected(known.error());
    Discount discount;
    TL_TRY(name, required_text(*object, "name"));
    discount.name = std::move(name);
    if (auto scope = read_scope(*object, discount); !scope) return std::unexpected(scope.error());
    if (auto terms = read_terms(*object, discount); !terms) return std::unexpected(terms.error());
    return discount;
}

Result<std::vector<Discount>> read_discounts(const Json& object) {
    std::vector<Discount> discounts;
    const Json* json = object.find("discounts");
    if (!json) return discounts;
    TL_TRY(items, json->as_array());
    for (const Json& item : *items) {
        TL_TRY(discount, read_discount(item));
        discounts.push_back(std::move(discount));
    }
    return discounts;
}

}  // namespace tokenlever
