#pragma once

// What a format reader gets and what it must keep: it turns bytes into charges, counts every record
// once (charged, duplicate, rejected or ignored), and adds up the money it does not pass on.

#include "base/diagnostics.h"
#include "base/result.h"
#include "focus/charge.h"
#include "usage/id_set.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tokenlever {

// A record longer than this is rejected unread; the rest of the file is not.
inline constexpr std::size_t kMaxRecordBytes = 16 << 20;
// A dimension value longer than this is no name of anything.
inline constexpr std::size_t kMaxValueBytes = 4096;

// Records that state usage but must not count, with the cost they state.
struct SetAside {
    std::string reason;  // "duplicate_id"
    std::int64_t rows = 0;
    ReportedCost cost{};
};

// read = charged + duplicate + rejected; ignored records (they state neither usage nor cost) are
// apart.
struct RowCounts {
    std::int64_t read = 0;
    std::int64_t charged = 0;
    std::int64_t duplicate = 0;
    std::int64_t rejected = 0;
    std::int64_t ignored = 0;
};

struct FileTally {
    RowCounts rows;
    std::vector<SetAside> set_aside;
    ReportedCost rejected_cost;  // of rejected records whose cost could be read
};

// The dimensions that were asked for; readers leave the others empty.
class Wanted {
public:
    explicit Wanted(std::span<const Axis> axes);
    bool operator[](Dimension dimension) const { return wanted_[index_of(dimension)]; }
    bool any_tag() const { return any_tag_; }
    // All of them but tags.
    const std::vector<Dimension>& texts() const { return texts_; }
    // Names of the `tag:` axes in the order they were asked for, at most kMaxTags.
    const std::vector<std::string>& tags() const { return tags_; }

private:
    std::array<bool, kDimensionCount> wanted_{};
    bool any_tag_ = false;  // a tag by name, or one of the five allocation dimensions
    std::vector<Dimension> texts_;
    std::vector<std::string> tags_;
};

// The way of one file's records into the sink and the counts.
class RecordSink {
public:
    RecordSink(const Wanted& wanted, ChargeSink& sink, const IdSet& earlier_ids)
        : wanted_(wanted),
          sink_(sink),
          earlier_ids_(earlier_ids),
          has_earlier_ids_(earlier_ids.size() > 0) {}

    const Wanted& wanted() const { return wanted_; }
    Diagnostics& diagnostics() { return diagnostics_; }
    const Diagnostics& diagnostics() const { return diagnostics_; }
    const FileTally& tally() const { return tally_; }
    // The ids of this file's charged records.
    const IdSet& ids() const { return ids_; }
    IdSet take_ids() { return std::move(ids_); }

    // False if a record with this id was charged before, in this file or an earlier one.
    bool is_new(std::uint64_t fingerprint) {
        return (!has_earlier_ids_ || !earlier_ids_.contains(fingerprint)) &&
               ids_.insert(fingerprint);
    }
    // False if the counts of all records together would leave 63 bits: the caller rejects it.
    [[nodiscard]] bool charge(const Charge& charge) {
        if (!sink_.charge(charge)) return false;
        ++tally_.rows.read;
        ++tally_.rows.charged;
        return true;
    }
    void label(Dimension dimension, std::string_view value, std::string_view name) {
        sink_.label(dimension, value, name);
    }
    void set_aside(std::string_view reason, const ReportedCost& cost);
    void reject(Rejection rejection, const std::optional<ReportedCost>& cost);
    void ignore() { ++tally_.rows.ignored; }

private:
    const Wanted& wanted_;
    ChargeSink& sink_;
    const IdSet& earlier_ids_;
    bool has_earlier_ids_;
    IdSet ids_;
    Diagnostics diagnostics_;
    FileTally tally_;
};

class FormatReader {
public:
    virtual ~FormatReader() = default;
    // `text` is what was not consumed yet, its first byte at `offset` of the file; the answer is
    // how many bytes were consumed. With `is_last` the file ends with the text. An error ends the
    // file.
    virtual Result<std::size_t> read(std::string_view text, std::uint64_t offset, bool is_last) = 0;
};

}  // namespace tokenlever
