#include "cube/cube_state.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace tokenlever {

namespace {

// Hours, days and months as numbers from 1, so that 0 can be "not known".
constexpr std::int64_t kTimeBase = std::int64_t{1} << 30;

Bucket bucket_of(Dimension dimension) {
    if (dimension == Dimension::Hour) return Bucket::Hour;
    return dimension == Dimension::Day ? Bucket::Day : Bucket::Month;
}

std::int64_t micros_of(Dimension dimension) {
    return dimension == Dimension::Hour ? kMicrosPerHour : kMicrosPerDay;
}

// Adds every count of a charge by its size; false if the sum does not fit.
bool add_counts(std::int64_t& sum, const Charge& charge) {
    bool fits = true;
    const auto add = [&](std::int64_t count) {
        const bool has_size = count != std::numeric_limits<std::int64_t>::min();
        fits = fits && has_size && !__builtin_add_overflow(sum, count < 0 ? -count : count, &sum);
    };
    for (std::uint64_t left = charge.quantities.present; left != 0; left &= left - 1)
        add(charge.quantities.counts[static_cast<std::size_t>(std::countr_zero(left))]);
    for (const std::int64_t count :
         {charge.requests, charge.requests_failed, charge.other.count, charge.input_unsplit_tokens,
          charge.avoided_input_tokens, charge.avoided_output_tokens})
        add(count);
    return fits;
}

}  // namespace

Cube::State::State(const PriceBook& price_book, CubeOptions cube_options)
    : book(&price_book), options(std::move(cube_options)), slots(price_book), keys(1) {
    std::size_t tags = 0;
    std::size_t words = 1;
    for (const Axis& axis : options.axes) {
        AxisState& state = axes.emplace_back();
        state.dimension = axis.dimension;
        using enum Dimension;
        switch (axis.dimension) {
            case Hour:
            case Day:
            case Month: state.from = From::Time; break;
            case Provider:
            case Publisher:
            case Model:
            case ServiceTier:
            case Region:
            case PromptBand: state.from = From::Slot; break;
            case SourceKind: state.from = From::SourceKind; break;
            case Tag:
                state.from = From::Tag;
                state.tag = tags++;
                break;
            case Service:
            case Team:
            case Feature:
            case CustomerTier:
            case Environment:
            case Experiment:
            case Project:
            case ApiKey:
            case User: state.from = From::Text; break;
        }
        if (state.from != From::Slot) state.word = words++;
    }
    keys = KeyIndex(words);
    key.resize(words);
}

// A bucket is known only if the whole period of the charge lies in it. Zones apply to data of
// hourly or finer grain (R9); coarser buckets were cut in UTC by the vendor and stay so.
std::uint32_t Cube::State::time_value(const AxisState& axis, const Charge& charge) {
    const std::int64_t length = charge.charge_period_end.micros - charge.charge_period_start.micros;
    const int offset = length <= kMicrosPerHour ? options.offset_minutes : 0;
    const Bucket bucket = bucket_of(axis.dimension);
    const Instant start = floor_to(charge.charge_period_start, bucket, offset);
    if (length > 0 &&
        floor_to(Instant{charge.charge_period_end.micros - 1}, bucket, offset) != start) {
        has_unsplit_time = true;
        return 0;
    }
    const std::int64_t local = start.micros + offset * 60 * kMicrosPerSecond;
    return static_cast<std::uint32_t>(kTimeBase + local / micros_of(axis.dimension));
}

bool Cube::State::charge(const Charge& charge) {
    std::int64_t counted_with_it = counted;
    if (!add_counts(counted_with_it, charge)) return false;
    counted = counted_with_it;
    key[0] = slots.slot_of(charge);
    for (AxisState& axis : axes) {
        switch (axis.from) {
            case From::Time: key[axis.word] = time_value(axis, charge); break;
            case From::Text: key[axis.word] = axis.texts.intern(charge[axis.dimension]); break;
            case From::Tag: key[axis.word] = axis.texts.intern(charge.tags[axis.tag]); break;
            case From::SourceKind:
                key[axis.word] = static_cast<std::uint32_t>(charge.source_kind) + 1;
                break;
            case From::Slot: break;
        }
    }
    const std::uint32_t number = keys.intern(key.data());
    if (number == cells.size()) cells.emplace_back();
    add(cells[number], charge);
    extend_period(charge);
    return true;
}

// The period of single events ends with the second of the last one.
void Cube::State::extend_period(const Charge& charge) {
    const Instant start = charge.charge_period_start;
    Instant end = charge.charge_period_end;
    if (end <= start) end.micros += kMicrosPerSecond - (end.micros % kMicrosPerSecond);
    if (!has_period || start < first) first = start;
    if (!has_period || last < end) last = end;
    has_period = true;
}

void Cube::State::add(Cell& cell, const Charge& charge) {
    ++cell.rows;
    cell.requests += charge.requests;
    cell.requests_failed += charge.requests_failed;
    cell.input_unsplit_tokens += charge.input_unsplit_tokens;
    cell.avoided_input_tokens += charge.avoided_input_tokens;
    cell.avoided_output_tokens += charge.avoided_output_tokens;
    std::uint64_t common = charge.quantities.present & ((std::uint64_t{1} << kCommonUnits) - 1);
    for (; common != 0; common &= common - 1) {
        const auto index = static_cast<std::size_t>(std::countr_zero(common));
        cell.units[index] += charge.quantities.counts[index];
    }
    if (charge.quantities.present >> kCommonUnits != 0 || !charge.other.kind.empty())
        add_rare(cell, charge);
    if (!charge.has_reported_cost) return;
    cell.cost_kinds |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(charge.cost_kind));
    cell.reported_cost += charge.reported_cost;
    if (charge.cost_kind == CostKind::Billed) cell.billed_cost += charge.reported_cost;
    const auto category = static_cast<std::size_t>(charge.charge_category);
    by_category[category] += charge.reported_cost;
    has_category[category] = true;
}

void Cube::State::add_rare(Cell& cell, const Charge& charge) {
    if (cell.rare == 0) {
        rare.emplace_back();
        cell.rare = static_cast<std::uint32_t>(rare.size());
    }
    RareUnits& units = rare[cell.rare - 1];
    for (std::size_t index = kCommonUnits; index < kUnitCount; ++index)
        units.counts[index] += charge.quantities.counts[index];
    if (!charge.other.kind.empty()) {
        auto found = std::ranges::find(units.other, charge.other.kind,
                                       &std::pair<std::string, std::int64_t>::first);
        if (found == units.other.end())
            found = units.other.insert(found, {std::string(charge.other.kind), 0});
        found->second += charge.other.count;
    }
}

std::optional<std::string> Cube::State::time_text(const AxisState& axis,
                                                  std::uint32_t value) const {
    if (value == 0) return std::nullopt;
    // The number counts local buckets; as if local time were UTC it has the same label. Hours are
    // shown in UTC for every zone.
    const std::int64_t local = (std::int64_t{value} - kTimeBase) * micros_of(axis.dimension);
    const std::int64_t shift =
        axis.dimension == Dimension::Hour ? options.offset_minutes * 60 * kMicrosPerSecond : 0;
    return bucket_label(Instant{local - shift}, bucket_of(axis.dimension));
}

std::optional<std::string> Cube::State::slot_text(Dimension dimension,
                                                  const PriceSlot& slot) const {
    const auto text = [](std::string_view value) {
        return value.empty() ? std::nullopt : std::optional<std::string>(value);
    };
    const PriceBook::Found& found = slot.found;
    switch (dimension) {
        case Dimension::Provider: return text(found.provider ? found.provider->id : slot.provider);
        case Dimension::Publisher: return text(found.model ? found.model->publisher : "");
        case Dimension::Model: return text(slot.model.empty() ? "" : model_name_of(slot));
        case Dimension::ServiceTier: return text(to_id(slot.conditions.service_tier));
        case Dimension::Region: return text(slot.conditions.region);
        case Dimension::PromptBand:
            return slot.band < PriceSlot::kUndecided ? text(slots.bands().label(slot.band))
                                                     : std::nullopt;
        default: return std::nullopt;
    }
}

std::optional<std::string> Cube::State::value_of(std::size_t axis, std::size_t cell) const {
    const AxisState& state = axes[axis];
    const std::uint32_t* cell_key = keys[cell];
    if (state.from == From::Slot) return slot_text(state.dimension, slots[cell_key[0]]);
    const std::uint32_t value = cell_key[state.word];
    if (state.from == From::Time) return time_text(state, value);
    if (value == 0) return std::nullopt;
    if (state.from == From::SourceKind)
        return std::string(to_id(static_cast<SourceKind>(value - 1)));
    return std::string(state.texts[value]);
}

std::uint32_t Cube::State::grouping_value(std::size_t axis, std::size_t cell,
                                          TextPool& slot_texts) const {
    const AxisState& state = axes[axis];
    if (state.from != From::Slot) return keys[cell][state.word];
    const auto text = slot_text(state.dimension, slots[keys[cell][0]]);
    return text ? slot_texts.intern(*text) : 0;
}

}  // namespace tokenlever
