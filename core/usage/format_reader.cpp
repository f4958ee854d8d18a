#include "usage/format_reader.h"

#include <algorithm>

namespace tokenlever {

Wanted::Wanted(std::span<const Axis> axes) {
    for (const Axis& axis : axes) {
        wanted_[index_of(axis.dimension)] = true;
        if (axis.dimension == Dimension::Tag) {
            tags_.push_back(axis.tag);
        } else {
            texts_.push_back(axis.dimension);
        }
    }
    using enum Dimension;
    any_tag_ = !tags_.empty() || wanted_[index_of(Team)] || wanted_[index_of(Feature)] ||
               wanted_[index_of(CustomerTier)] || wanted_[index_of(Environment)] ||
               wanted_[index_of(Experiment)];
}

void RecordSink::set_aside(std::string_view reason, const ReportedCost& cost) {
    ++tally_.rows.read;
    ++tally_.rows.duplicate;
    auto found = std::ranges::find(tally_.set_aside, reason, &SetAside::reason);
    if (found == tally_.set_aside.end())
        found = tally_.set_aside.insert(found, SetAside{.reason = std::string(reason)});
    ++found->rows;
    found->cost += cost;
}

void RecordSink::reject(Rejection rejection, const std::optional<ReportedCost>& cost) {
    ++tally_.rows.read;
    ++tally_.rows.rejected;
    if (cost) tally_.rejected_cost += *cost;
    diagnostics_.reject(std::move(rejection));
}

}  // namespace tokenlever
