#include "pricing/card_reader.h"

#include "pricing/book_fields.h"
#include "pricing/card_reader_parts.h"

#include <algorithm>
#include <array>

namespace tokenlever {

namespace {

constexpr Decimal kHighestPool = Decimal(1'000'000'000'000);

Result<RateStatus> read_status(const Json& card) {
    constexpr std::array<std::string_view, 5> kStatuses = {"listed", "observed", "derived",
                                                           "scheduled", "retracted"};
    TL_TRY(text, required_text(card, "status"));
    const auto found = std::ranges::find(kStatuses, text);
    if (found == kStatuses.end())
        return fail(ErrorCode::InvalidValue, card.pointer() + "/status",
                    text + ", not one of listed observed derived scheduled retracted");
    return static_cast<RateStatus>(found - kStatuses.begin());
}

Result<std::vector<Multiplier>> read_card_multipliers(const Json& card,
                                                      std::span<const Multiplier> table) {
    std::vector<Multiplier> multipliers;
    const Json* json = card.find("multipliers");
    if (!json) return multipliers;
    TL_TRY(items, json->as_array());
    for (const Json& item : *items) {
        if (item.kind() == Json::Kind::String) {
            const auto row = std::ranges::find(table, item.text(), &Multiplier::name);
            if (row == table.end())
                return fail(ErrorCode::InvalidValue, item.pointer(),
                            item.text() + ", which the file's multipliers do not name");
            multipliers.push_back(*row);
            continue;
        }
        TL_TRY(multiplier, read_multiplier(item, {}));
        multipliers.push_back(std::move(multiplier));
    }
    if (multipliers.size() > kMostMultipliers)
        return fail(ErrorCode::OutOfRange, json->pointer(), "more than 12 multipliers on one card");
    return multipliers;
}

Result<std::uint32_t> read_source(const Json& card, std::span<const Source> sources) {
    TL_TRY(id, required_text(card, "source"));
    const auto found = std::ranges::find(sources, id, &Source::id);
    if (found == sources.end())
        return fail(ErrorCode::InvalidValue, card.pointer() + "/source",
                    id + ", which the file's sources do not name");
    return static_cast<std::uint32_t>(found - sources.begin());
}

// curated: true only with the vendor's words and the address they stand at.
Result<void> check_curated(const RateCard& card, const Source& source, const std::string& pointer) {
    if (!card.is_curated) return {};
    if (card.quote.empty() && source.quote.empty())
        return fail(ErrorCode::InvalidValue, pointer + "/curated",
                    "a curated card without a quote");
    if (source.url.empty())
        return fail(ErrorCode::InvalidValue, pointer + "/curated",
                    "a curated card whose source has no url");
    return {};
}

// What a card says about itself: identity, period, source.
Result<RateCard> read_provenance(const Json& object, const CardContext& context) {
    RateCard card;
    TL_TRY(id, required_text(object, "id"));
    TL_TRY(period, read_period(object));
    TL_TRY(gap_after, optional_text(object, "gap_after"));
    TL_TRY(status, read_status(object));
    TL_TRY(is_curated, optional_flag(object, "curated"));
    TL_TRY(source, read_source(object, context.sources));
    TL_TRY(quote, optional_text(object, "quote"));
    card.id = std::move(id);
    card.effective_from = period.from;
    card.effective_to = period.to;
    card.gap_after = std::move(gap_after);
    card.status = status;
    card.is_curated = is_curated;
    card.source = source;
    card.quote = std::move(quote);
    if (auto sound = check_curated(card, context.sources[source], object.pointer()); !sound)
        return std::unexpected(sound.error());
    return card;
}

// The conditions of a multiplier.
Result<void> read_when(const Json& json, Multiplier& result) {
    TL_TRY(when, json.as_object());
    if (auto known = reject_unknown_members(*when, {"service_tier", "speed", "region", "options"});
        !known)
        return known;
    TL_TRY(tier, optional_text(*when, "service_tier"));
    TL_TRY(speed, optional_text(*when, "speed"));
    TL_TRY(regions, optional_texts(*when, "region"));
    result.regions = std::move(regions);
    if (!tier.empty()) {
        result.service_tier = find_service_tier(tier);
        if (!result.service_tier || result.service_tier == ServiceTier::Standard ||
            result.service_tier == ServiceTier::Unknown || to_id(*result.service_tier) != tier)
            return fail(ErrorCode::InvalidValue, json.pointer() + "/service_tier",
                        tier + ", not one of batch flex priority provisioned free");
    }
    if (!speed.empty()) {
        result.speed = find_speed(speed);
        if (!result.speed || result.speed == Speed::Standard)
            return fail(ErrorCode::InvalidValue, json.pointer() + "/speed",
                        speed + ", not one of fast ultrafast");
    }
    if (const Json* options = when->find("options")) {
        TL_TRY(options_read, read_options(*options));
        result.options = std::move(options_read);
    }
    if (!result.service_tier && !result.speed && result.regions.empty() && result.options.empty())
        return fail(ErrorCode::InvalidValue, json.pointer(),
                    "a condition that always holds; put it into the rates");
    return {};
}

Result<std::vector<FreePool>> read_card_pools(const Json& card, std::span<const FreePool> table) {
    std::vector<FreePool> pools;
    TL_TRY(names, optional_texts(card, "free_pools"));
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto row = std::ranges::find(table, names[i], &FreePool::name);
        if (row == table.end())
            return fail(ErrorCode::InvalidValue,
                        card.pointer() + "/free_pools/" + std::to_string(i),
                        names[i] + ", which the file's free_pools do not name");
        pools.push_back(*row);
    }
    return pools;
}

Result<FreePool> read_free_pool(const Json& json, const std::string& name) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(*object, {"units", "amount", "per", "note"}); !known)
        return std::unexpected(known.error());
    FreePool pool{.name = name};
    TL_TRY(units, read_units(*object, "units"));
    if (units.empty()) return fail(ErrorCode::MissingKey, json.pointer(), "units");
    TL_TRY(amount_json, require(*object, "amount"));
    TL_TRY(amount, read_amount(*amount_json, kHighestPool));
    TL_TRY(per, required_text(*object, "per"));
    if (per != "day" && per != "month")
        return fail(ErrorCode::InvalidValue, json.pointer() + "/per", per + ", not day or month");
    pool.units = std::move(units);
    pool.amount = amount;
    pool.is_daily = per == "day";
    return pool;
}

// A tier and a window may each say what a unit costs, but not both for one card: only a factor can
// follow a tier.
Result<void> check_windows(const RateCard& card, const std::string& pointer) {
    const auto has_rates = [](const Window& window) { return !window.factor; };
    if (!card.context_tiers.empty() && std::ranges::any_of(card.windows, has_rates))
        return fail(ErrorCode::InvalidValue, pointer + "/windows",
                    "windows with rates and context tiers on one card; give the windows a factor");
    return {};
}

Result<void> read_price_lists(const Json& object, const CardContext& context, RateCard& card) {
    TL_TRY(rates_json, require(object, "rates"));
    TL_TRY(rates, read_rates(*rates_json));
    if (auto tiers = read_tiers(object, card); !tiers) return tiers;
    TL_TRY(windows, read_windows(object));
    TL_TRY(variants, read_variants(object));
    TL_TRY(multipliers, read_card_multipliers(object, context.multipliers));
    TL_TRY(conversions, read_conversions(object));
    TL_TRY(billed_quantities, read_billed_quantities(object));
    TL_TRY(free_pools, read_card_pools(object, context.free_pools));
    card.rates = std::move(rates);
    card.windows = std::move(windows);
    card.variants = std::move(variants);
    card.multipliers = std::move(multipliers);
    card.conversions = std::move(conversions);
    card.billed_quantities = std::move(billed_quantities);
    card.free_pools = std::move(free_pools);
    return check_windows(card, object.pointer());
}

}  // namespace

Result<Multiplier> read_multiplier(const Json& json, std::string_view name) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(
            *object, {"name", "when", "factor", "rates", "applies_to", "note"});
        !known)
        return std::unexpected(known.error());
    Multiplier result;
    result.name = std::string(name);
    if (name.empty()) {
        TL_TRY(own_name, required_text(*object, "name"));
        result.name = std::move(own_name);
    }
    TL_TRY(when_json, require(*object, "when"));
    if (auto when = read_when(*when_json, result); !when) return std::unexpected(when.error());
    TL_TRY(applies_to, read_units(*object, "applies_to"));
    result.applies_to = std::move(applies_to);
    const Json* factor = object->find("factor");
    const Json* rates = object->find("rates");
    if (!factor == !rates)
        return fail(ErrorCode::MissingKey, json.pointer(), "either factor or rates");
    if (rates) {
        TL_TRY(rates_read, read_rates(*rates));
        result.rates = std::move(rates_read);
        return result;
    }
    TL_TRY(amount, read_amount(*factor, kHighestFactor));
    result.factor = amount;
    return result;
}

Result<std::vector<FreePool>> read_free_pools(const Json& provider) {
    std::vector<FreePool> pools;
    const Json* json = provider.find("free_pools");
    if (!json) return pools;
    TL_TRY(object, json->as_object());
    for (const auto& [name, value] : object->members()) {
        TL_TRY(pool, read_free_pool(value, name));
        pools.push_back(std::move(pool));
    }
    return pools;
}

Result<RateCard> read_card(const Json& json, const CardContext& context) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(
            *object, {"id", "effective_from", "effective_to", "gap_after", "status", "curated",
                      "source", "quote", "note", "supersedes", "rates", "context_tiers", "windows",
                      "variants", "multipliers", "conversions", "billed_quantity", "free_pools"});
        !known)
        return std::unexpected(known.error());
    TL_TRY(card, read_provenance(*object, context));
    if (auto lists = read_price_lists(*object, context, card); !lists)
        return std::unexpected(lists.error());
    card.batch_stacking = context.batch_stacking;
    return std::move(card);
}

}  // namespace tokenlever
