#include "cube/price_slots.h"

#include "pricing/situation.h"

#include <algorithm>
#include <bit>

namespace tokenlever {

namespace {

std::int64_t start_of(const ContextTier& tier) {
    const bool is_last = tier.threshold == std::numeric_limits<std::int64_t>::max();
    return tier.is_inclusive || is_last ? tier.threshold : tier.threshold + 1;
}

template <typename Visit>
void each_card(const PriceBook& book, Visit visit) {
    for (const Provider& provider : book.providers())
        for (const Model& model : provider.models)
            for (const RateCard& card : model.cards)
                visit(card);
}

template <typename T>
void sort_unique(std::vector<T>& values) {
    std::ranges::sort(values);
    const auto rest = std::ranges::unique(values);
    values.erase(rest.begin(), rest.end());
}

// Every instant at which the answer to "which card is it" can change.
std::vector<Instant> boundaries_of(const PriceBook& book) {
    std::vector<Instant> boundaries;
    const auto add = [&](const std::optional<Instant>& instant) {
        if (instant) boundaries.push_back(*instant);
    };
    each_card(book, [&](const RateCard& card) {
        add(card.effective_from);
        add(card.effective_to);
    });
    for (const Provider& provider : book.providers())
        for (const Model& model : provider.models)
            for (const Alias& alias : model.aliases) {
                add(alias.effective_from);
                add(alias.effective_to);
            }
    sort_unique(boundaries);
    return boundaries;
}

constexpr Instant kFirstInstant{std::numeric_limits<std::int64_t>::min()};
constexpr Instant kLastInstant{std::numeric_limits<std::int64_t>::max()};

}  // namespace

PromptBands::PromptBands(const PriceBook& book) {
    each_card(book, [&](const RateCard& card) {
        for (const ContextTier& tier : card.context_tiers)
            starts_.push_back(start_of(tier));
    });
    sort_unique(starts_);
}

std::string PromptBands::label(std::uint32_t band) const {
    const std::string from = std::to_string(example_of(band));
    if (band == starts_.size()) return from + "+";
    return from + "-" + std::to_string(starts_[band] - 1);
}

std::int64_t prompt_tokens_of(const Charge& charge) {
    std::int64_t total = charge.input_unsplit_tokens;
    for (std::uint64_t left = charge.quantities.present; left != 0; left &= left - 1) {
        const auto unit = static_cast<Unit>(std::countr_zero(left));
        if (is_prompt_token(unit)) total += charge.quantities[unit];
    }
    return total;
}

PriceSlots::PriceSlots(const PriceBook& book)
    : book_(book), bands_(book), boundaries_(boundaries_of(book)) {
    epoch_begin_ = epoch_end_ = kFirstInstant;
}

std::uint32_t PriceSlots::epoch_of(Instant instant) {
    if (epoch_begin_ <= instant && instant < epoch_end_) return epoch_;
    const auto after = std::ranges::upper_bound(boundaries_, instant);
    epoch_ = static_cast<std::uint32_t>(after - boundaries_.begin());
    epoch_begin_ = after == boundaries_.begin() ? kFirstInstant : *(after - 1);
    epoch_end_ = after == boundaries_.end() ? kLastInstant : *after;
    return epoch_;
}

std::uint32_t PriceSlots::series_of(const Charge& charge, std::uint32_t epoch) {
    const std::uint32_t key[] = {providers_.intern(charge[Dimension::Provider]),
                                 models_.intern(charge[Dimension::Model]),
                                 tiers_.intern(charge[Dimension::ServiceTier]),
                                 regions_.intern(charge[Dimension::Region]), epoch};
    const std::uint32_t series = series_keys_.intern(key);
    if (series == series_.size()) {
        series_.emplace_back();
        resolve(series_.back(), charge);
    }
    return series;
}

void PriceSlots::resolve(Series& series, const Charge& charge) {
    const Instant at = charge.charge_period_start;
    const std::string_view model = charge[Dimension::Model];
    if (!model.empty())
        series.found =
            book_.find(charge[Dimension::Provider], model, at).value_or(PriceBook::Found{});
    const RateCard* card = series.found.model ? card_at(*series.found.model, at) : nullptr;
    series.has_windows = card != nullptr && !card->windows.empty();
}

// A bucket in which the price can change is for itself.
PriceSlots::Moment PriceSlots::moment_of(const Series& series, const Charge& charge,
                                         std::uint32_t epoch) {
    const Instant start = charge.charge_period_start;
    const Instant end = charge.charge_period_end;
    const bool is_bucket = start < end;
    if (is_bucket && (series.has_windows || epoch_of(Instant{end.micros - 1}) != epoch))
        return {.from = static_cast<std::uint64_t>(start.micros),
                .to = static_cast<std::uint64_t>(end.micros)};
    if (is_bucket || !series.has_windows) return {};
    const RateCard* card = card_at(*series.found.model, start);
    const auto [window, is_certain] = find_window(*card, start);
    const auto number = window ? window - card->windows.data() + 1 : 0;
    constexpr std::uint64_t kNoInstant = std::uint64_t{1} << 63;
    return {.from = kNoInstant,
            .to = static_cast<std::uint64_t>(number * 2 + (is_certain ? 1 : 0))};
}

std::uint32_t PriceSlots::band_of(const Charge& charge) const {
    const std::uint32_t band = bands_.band_of(prompt_tokens_of(charge));
    return charge.is_aggregated && band > 0 ? PriceSlot::kUndecided + band : band;
}

std::uint32_t PriceSlots::slot_of(const Charge& charge) {
    const std::uint32_t epoch = epoch_of(charge.charge_period_start);
    const std::uint32_t number = series_of(charge, epoch);
    Series& series = series_[number];
    const std::uint32_t band = band_of(charge);
    const Moment moment = moment_of(series, charge, epoch);
    if (series.is_known && series.last_band == band && series.last_moment == moment)
        return series.last_slot;
    const std::uint32_t key[kSlotWords] = {number,
                                           band,
                                           static_cast<std::uint32_t>(moment.from >> 32),
                                           static_cast<std::uint32_t>(moment.from),
                                           static_cast<std::uint32_t>(moment.to >> 32),
                                           static_cast<std::uint32_t>(moment.to)};
    const std::uint32_t slot = slot_keys_.intern(key);
    if (slot == slots_.size()) add(charge, number, band);
    series.is_known = true;
    series.last_band = band;
    series.last_moment = moment;
    return series.last_slot = slot;
}

std::uint32_t PriceSlots::adopt(const PriceSlots& other, std::uint32_t slot) {
    const PriceSlot& theirs = other.slots_[slot];
    const std::uint32_t* their_key = other.slot_keys_[slot];
    Charge charge;
    charge[Dimension::Provider] = theirs.provider;
    charge[Dimension::Model] = theirs.model;
    charge[Dimension::ServiceTier] = theirs.service_tier;
    charge[Dimension::Region] = theirs.region;
    charge.charge_period_start = theirs.conditions.at;
    charge.charge_period_end = theirs.conditions.until.value_or(theirs.conditions.at);
    const std::uint32_t series = series_of(charge, epoch_of(charge.charge_period_start));
    std::uint32_t key[kSlotWords];
    std::copy_n(their_key, kSlotWords, key);
    key[0] = series;
    const std::uint32_t mine = slot_keys_.intern(key);
    if (mine == slots_.size()) add(charge, series, theirs.band);
    return mine;
}

void PriceSlots::add(const Charge& charge, std::uint32_t series, std::uint32_t band) {
    const std::uint32_t* key = series_keys_[series];
    PriceSlot slot{.provider = providers_[key[0]],
                   .model = models_[key[1]],
                   .service_tier = tiers_[key[2]],
                   .region = regions_[key[3]],
                   .found = series_[series].found,
                   .conditions = {},
                   .longest_prompt = {},
                   .band = band};
    slot.conditions.at = charge.charge_period_start;
    if (charge.charge_period_start < charge.charge_period_end)
        slot.conditions.until = charge.charge_period_end;
    if (!slot.service_tier.empty())
        slot.conditions.service_tier =
            find_service_tier(slot.service_tier).value_or(ServiceTier::Unknown);
    if (!slot.region.empty()) slot.conditions.region = slot.region;
    if (band < PriceSlot::kUndecided)
        slot.conditions.prompt_tokens = bands_.example_of(band);
    else
        slot.longest_prompt = bands_.example_of(band - PriceSlot::kUndecided);
    slots_.push_back(std::move(slot));
}

}  // namespace tokenlever
