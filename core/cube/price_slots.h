#pragma once

// What decides the price of a charge, as a small number: seller and model as the book finds them at
// the instant, card, window, prompt band, service tier and region. Charges of one slot have the
// same prices, so their tokens may be added before they are priced.

#include "cube/text_pool.h"
#include "focus/charge.h"
#include "pricing/bill.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever {

// The prompt bands of a book: the whole range of prompt sizes, cut at every context threshold that
// any card of it has. Band b starts at starts[b - 1]; band 0 at nothing.
class PromptBands {
public:
    explicit PromptBands(const PriceBook& book);
    std::uint32_t band_of(std::int64_t prompt_tokens) const {
        std::uint32_t band = 0;
        while (band < starts_.size() && starts_[band] <= prompt_tokens)
            ++band;
        return band;
    }
    // A prompt of the band, for look-ups.
    std::int64_t example_of(std::uint32_t band) const { return band == 0 ? 0 : starts_[band - 1]; }
    // "0-200000", "200001-272000", "272001+".
    std::string label(std::uint32_t band) const;

private:
    std::vector<std::int64_t> starts_;  // ascending
};

struct PriceSlot {
    // Plus a band of the book: many requests in one row. Their prompts together are in that band,
    // so the prompt of each is in it or in a lower one.
    static constexpr std::uint32_t kUndecided = 1000;

    std::string_view provider, model, service_tier, region;  // as the file says
    PriceBook::Found found;                      // both null: the book does not know the model
    PriceConditions conditions;                  // prompt_tokens are set where the band is decided
    std::optional<std::int64_t> longest_prompt;  // where it is not
    std::uint32_t band = 0;
};

class PriceSlots {
public:
    explicit PriceSlots(const PriceBook& book);
    std::uint32_t slot_of(const Charge& charge);
    // The same slot of another instance with the same book.
    std::uint32_t adopt(const PriceSlots& other, std::uint32_t slot);
    const PriceSlot& operator[](std::size_t slot) const { return slots_[slot]; }
    std::size_t size() const { return slots_.size(); }
    const PromptBands& bands() const { return bands_; }

private:
    // What of the time decides a price within an epoch: nothing, the window of an instant, or the
    // start and end of a bucket.
    struct Moment {
        std::uint64_t from = 0, to = 0;
        bool operator==(const Moment&) const = default;
    };
    // A model as a file names it, within one epoch: a stretch of time in which no card, alias or
    // model of the book begins or ends.
    struct Series {
        PriceBook::Found found;
        bool has_windows = false;
        bool is_known = false;
        std::uint32_t last_slot = 0;
        std::uint32_t last_band = 0;
        Moment last_moment;
    };
    std::uint32_t epoch_of(Instant instant);
    std::uint32_t series_of(const Charge& charge, std::uint32_t epoch);
    void resolve(Series& series, const Charge& charge);
    Moment moment_of(const Series& series, const Charge& charge, std::uint32_t epoch);
    std::uint32_t band_of(const Charge& charge) const;
    void add(const Charge& charge, std::uint32_t series, std::uint32_t band);

    static constexpr std::size_t kSlotWords = 6;
    const PriceBook& book_;
    PromptBands bands_;
    std::vector<Instant> boundaries_;  // ascending
    Instant epoch_begin_, epoch_end_;  // of the epoch looked at last
    std::uint32_t epoch_ = 0;
    TextPool providers_, models_, tiers_, regions_;
    KeyIndex series_keys_{5};
    std::vector<Series> series_;
    KeyIndex slot_keys_{kSlotWords};
    std::vector<PriceSlot> slots_;
};

// The prompt of the row's requests together.
std::int64_t prompt_tokens_of(const Charge& charge);

}  // namespace tokenlever
