// The windows of a card: parts of the week on the vendor's clock.

#include "pricing/book_fields.h"
#include "pricing/card_reader_parts.h"

#include <algorithm>
#include <array>

namespace tokenlever {

namespace {

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

// Either a factor on what the card lists, or rates in place of it.
Result<void> read_prices(const Json& object, Window& window) {
    const Json* factor = object.find("factor");
    const Json* rates = object.find("rates");
    if (!factor == !rates)
        return fail(ErrorCode::MissingKey, object.pointer(), "either factor or rates");
    if (factor) {
        TL_TRY(amount, read_amount(*factor, kHighestFactor));
        window.factor = amount;
        return {};
    }
    TL_TRY(read, read_rates(*rates));
    window.rates = std::move(read);
    return {};
}

Result<Window> read_window(const Json& json) {
    TL_TRY(object, json.as_object());
    if (auto known = reject_unknown_members(*object, {"name", "tz_offset", "days", "from", "to",
                                                      "except_holidays", "factor", "rates"});
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
    TL_TRY(except_holidays, optional_text(*object, "except_holidays"));
    if (auto prices = read_prices(*object, window); !prices) return std::unexpected(prices.error());
    window.name = std::move(name);
    window.except_holidays = std::move(except_holidays);
    window.offset_minutes = offset;
    window.weekdays = days;
    window.from_minute = from;
    window.to_minute = to;
    return window;
}

bool overlap(const Window& a, const Window& b) {
    return a.offset_minutes == b.offset_minutes && (a.weekdays & b.weekdays) != 0 &&
           a.from_minute < b.to_minute && b.from_minute < a.to_minute;
}

}  // namespace

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

}  // namespace tokenlever
