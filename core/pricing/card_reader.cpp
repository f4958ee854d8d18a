#include "pricing/card_reader.h"

#include "pricing/book_fields.h"

#include <algorithm>
#include <array>

namespace tokenlever {

namespace {

constexpr Decimal kHighestRate = Decimal(1'000'000'000);  // per unit_per: far above any list price
constexpr Decimal kHighestFactor = Decimal(1000);

Result<Unit> read_unit(std::string_view id, const std::string& pointer) {
    const std::optional<Unit> unit = find_unit(id);
    if (!unit) return fail(ErrorCode::UnknownUnit, pointer, std::string(id));
    return *unit;
}

Result<std::vector<UnitRate>> read_rates(const Json& json) {
    TL_TRY(object, json.as_object());
    std::vector<UnitRate> rates;
    for (const auto& [key, value] : object->members()) {
        TL_TRY(unit, read_unit(key, value.pointer()));
        UnitRate rate{.unit = unit, .is_published = !value.is_null()};
        if (rate.is_published) {
            TL_TRY(decimal, decimal_text(value));
            if (decimal.is_negative() || decimal > kHighestRate)
                return fail(ErrorCode::OutOfRange, value.pointer(), value.text());
            rate.rate = decimal;
        }
        rates.push_back(rate);
    }
    std::ranges::sort(rates, {}, &UnitRate::unit);
    return rates;
}

Result<ContextTier> read_tier(const Json& json) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(*object, {"op", "threshold", "rates"}); !known)
        return std::unexpected(known.error());
    ContextTier tier;
    TL_TRY(op, required_text(*object, "op"));
    if (op != ">" && op != ">=")
        return fail(ErrorCode::InvalidValue, json.pointer() + "/op", op + ", not \">\" or \">=\"");
    tier.is_inclusive = op == ">=";
    TL_TRY(threshold, require(*object, "threshold"));
    TL_TRY(count, threshold->as_count());
    tier.threshold = count;
    TL_TRY(rates, require(*object, "rates"));
    TL_TRY(rates_read, read_rates(*rates));
    tier.rates = std::move(rates_read);
    return tier;
}

// ---- windows ----------------------------------------------------------------------------------

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr int kMinutesPerDay = 24 * 60;

std::optional<int> two_digits(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != 2 || !is_digit(text[0]) || !is_digit(text[1])) return std::nullopt;
    return (text[0] - '0') * 10 + (text[1] - '0');
}

// "09:00" as minutes, up to "24:00"; whole quarters of an hour, in which bill.cpp looks at a day.
std::optional<int> clock_minutes(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hours = two_digits(text.substr(0, 2));
    const auto minutes = two_digits(text.substr(3));
    if (!hours || !minutes || *minutes > 59 || *minutes % 15 != 0) return std::nullopt;
    const int total = *hours * 60 + *minutes;
    return total <= kMinutesPerDay ? std::optional(total) : std::nullopt;
}

Result<int> read_clock(const Json& object, std::string_view key) {
    TL_TRY(text, required_text(object, key));
    const std::optional<int> minutes = clock_minutes(text);
    if (!minutes)
        return fail(ErrorCode::InvalidValue, object.pointer() + "/" + std::string(key),
                    text + ", not a quarter of an hour like \"09:00\"");
    return *minutes;
}

Result<int> read_offset(const Json& object) {
    TL_TRY(text, required_text(object, "tz_offset"));
    const bool is_signed = text.starts_with('+') || text.starts_with('-');
    const std::optional<int> minutes =
        is_signed ? clock_minutes(std::string_view(text).substr(1)) : std::nullopt;
    if (!minutes)
        return fail(ErrorCode::InvalidValue, object.pointer() + "/tz_offset",
                    text + ", not an offset like \"+08:00\"");
    return text[0] == '-' ? -*minutes : *minutes;
}

Result<std::uint8_t> read_days(const Json& object) {
    TL_TRY(days, optional_texts(object, "days"));
    if (days.empty()) return fail(ErrorCode::MissingKey, object.pointer() + "/days", "days");
    unsigned bits = 0;
    for (std::size_t i = 0; i < days.size(); ++i) {
        const auto day = std::ranges::find(kDays, days[i]);
        if (day == kDays.end())
            return fail(ErrorCode::InvalidValue, object.pointer() + "/days/" + std::to_string(i),
                        days[i] + ", not one of mon tue wed thu fri sat sun");
        bits |= 1U << (day - kDays.begin());
    }
    return static_cast<std::uint8_t>(bits);
}

Result<Window> read_window(const Json& json) {
    TL_TRY(object, json.as_object());
    if (auto known =
            reject_unknown_members(*object, {"name", "tz_offset", "days", "from", "to", "rates"});
        !known)
        return std::unexpected(known.error());
    Window window;
    TL_TRY(name, required_text(*object, "name"));
    TL_TRY(offset, read_offset(*object));
    TL_TRY(days, read_days(*object));
    TL_TRY(from, read_clock(*object, "from"));
    TL_TRY(to, read_clock(*object, "to"));
    if (from >= to)
        return fail(ErrorCode::InvalidValue, json.pointer() + "/to",
                    "a window that ends before it starts; split it at midnight");
    TL_TRY(rates_json, require(*object, "rates"));
    TL_TRY(rates, read_rates(*rates_json));
    window.name = std::move(name);
    window.offset_minutes = offset;
    window.weekdays = days;
    window.from_minute = from;
    window.to_minute = to;
    window.rates = std::move(rates);
    return window;
}

bool overlap(const Window& a, const Window& b) {
    return a.offset_minutes == b.offset_minutes && (a.weekdays & b.weekdays) != 0 &&
           a.from_minute < b.to_minute && b.from_minute < a.to_minute;
}

Result<std::vector<Window>> read_windows(const Json& card) {
    std::vector<Window> windows;
    const Json* json = card.find("windows");
    if (!json) return windows;
    TL_TRY(items, json->as_array());
    for (const Json& item : *items) {
        TL_TRY(window, read_window(item));
        for (const Window& other : windows) {
            if (other.offset_minutes != window.offset_minutes)
                return fail(ErrorCode::InvalidValue, item.pointer() + "/tz_offset",
                            "two clocks on one card; write all windows on the vendor's");
            if (overlap(window, other))
                return fail(ErrorCode::InvalidValue, item.pointer(),
                            "windows that overlap: " + other.name + " and " + window.name);
        }
        windows.push_back(std::move(window));
    }
    return windows;
}

// ---- the rest of a card -----------------------------------------------------------------------

Result<std::vector<ContextTier>> read_tiers(const Json& card) {
    std::vector<ContextTier> tiers;
    const Json* json = card.find("context_tiers");
    if (!json) return tiers;
    TL_TRY(items, json->as_array());
    for (const Json& item : *items) {
        TL_TRY(tier, read_tier(item));
        if (!tiers.empty() && tier.threshold <= tiers.back().threshold)
            return fail(ErrorCode::InvalidValue, item.pointer() + "/threshold",
                        "thresholds that do not ascend: " + std::to_string(tier.threshold) +
                            " after " + std::to_string(tiers.back().threshold));
        tiers.push_back(std::move(tier));
    }
    return tiers;
}

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

struct WhenReading {
    std::optional<ServiceTier> service_tier;
    std::optional<Speed> speed;
    std::vector<std::string> regions;
};

Result<WhenReading> read_when(const Json& json) {
    TL_TRY(when, json.as_object());
    if (auto known = reject_unknown_members(*when, {"service_tier", "speed", "region"}); !known)
        return std::unexpected(known.error());
    WhenReading result;
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
    if (!result.service_tier && !result.speed && result.regions.empty())
        return fail(ErrorCode::InvalidValue, json.pointer(),
                    "a condition that always holds; put it into the rates");
    return result;
}

Result<std::vector<Unit>> read_applies_to(const Json& object) {
    std::vector<Unit> units;
    TL_TRY(ids, optional_texts(object, "applies_to"));
    for (std::size_t i = 0; i < ids.size(); ++i) {
        TL_TRY(unit, read_unit(ids[i], object.pointer() + "/applies_to/" + std::to_string(i)));
        units.push_back(unit);
    }
    return units;
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
    TL_TRY(when, read_when(*when_json));
    result.service_tier = when.service_tier;
    result.speed = when.speed;
    result.regions = std::move(when.regions);
    TL_TRY(applies_to, read_applies_to(*object));
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
    TL_TRY(decimal, decimal_text(*factor));
    if (decimal.is_negative() || decimal > kHighestFactor)
        return fail(ErrorCode::OutOfRange, factor->pointer(), factor->text());
    result.factor = decimal;
    return result;
}

Result<RateCard> read_card(const Json& json, const CardContext& context) {
    TL_TRY(object, json.as_object());
    if (auto known =
            reject_unknown_members(*object, {"id", "effective_from", "effective_to", "gap_after",
                                             "status", "curated", "source", "quote", "note",
                                             "rates", "context_tiers", "windows", "multipliers"});
        !known)
        return std::unexpected(known.error());
    TL_TRY(card, read_provenance(*object, context));
    TL_TRY(rates_json, require(*object, "rates"));
    TL_TRY(rates, read_rates(*rates_json));
    TL_TRY(tiers, read_tiers(*object));
    TL_TRY(windows, read_windows(*object));
    TL_TRY(multipliers, read_card_multipliers(*object, context.multipliers));
    if (!windows.empty() && !tiers.empty())
        return fail(ErrorCode::InvalidValue, json.pointer() + "/windows",
                    "windows and context tiers on one card");
    card.batch_stacking = context.batch_stacking;
    card.rates = std::move(rates);
    card.context_tiers = std::move(tiers);
    card.windows = std::move(windows);
    card.multipliers = std::move(multipliers);
    return std::move(card);
}

}  // namespace tokenlever
