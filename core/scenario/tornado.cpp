#include "scenario/tornado.h"

#include <algorithm>
#include <string>
#include <utility>

namespace tokenlever {

namespace {

// A sum of amounts of which some may be unknown.
struct PartialSum {
    Money known{};
    std::size_t unknown = 0;

    void add(const std::optional<Money>& part) {
        if (part) known += *part;
        if (!part) ++unknown;
    }
    void take_out(const std::optional<Money>& part) {
        if (part) known -= *part;
        if (!part) --unknown;
    }
    std::optional<Money> total() const {
        return unknown == 0 ? std::optional(known) : std::nullopt;
    }
};

class Tornado {
public:
    Tornado(Evaluator& evaluator, LeverSet levers) : evaluator_(evaluator), levers_(levers) {}

    Result<std::vector<TornadoBar>> run() {
        std::vector<TornadoBar> bars;
        const auto& uncertainty = evaluator_.plan().scenario->uncertainty;
        if (uncertainty.empty()) return bars;
        for (std::size_t i = 0; i < evaluator_.plan().workload_models.size(); ++i) {
            TL_TRY(cost, evaluator_.cost(i, levers_));
            costs_.push_back(cost);
            sum_.add(cost);
        }
        for (std::size_t i = 0; i < uncertainty.size(); ++i) {
            Result<TornadoBar> bar = measure(uncertainty[i]);
            if (!bar) {
                if (!bar.error().where.starts_with("/workloads"))
                    bar.error().where = "/uncertainty/" + std::to_string(i) + bar.error().where;
                return std::unexpected(std::move(bar.error()));
            }
            bars.push_back(std::move(*bar));
        }
        std::ranges::stable_sort(bars, std::ranges::greater{}, swing_of);
        return bars;
    }

private:
    static Money swing_of(const TornadoBar& bar) {
        if (!bar.low_cost || !bar.high_cost) return Money::from_pico(-1);
        const Money swing = *bar.high_cost - *bar.low_cost;
        return swing < Money() ? -swing : swing;
    }

    Result<TornadoBar> measure(const UncertainInput& input) {
        const Plan& plan = evaluator_.plan();
        TL_TRY(found, resolve_input(plan.inputs, *plan.scenario, input));
        TornadoBar bar{.input = input.input, .low = input.low, .high = input.high};
        const std::vector<std::size_t> touched = workloads_of(found);
        TL_TRY(low, cost_at(input, found, touched, input.low));
        TL_TRY(high, cost_at(input, found, touched, input.high));
        bar.low_cost = low;
        bar.high_cost = high;
        return bar;
    }

    std::vector<std::size_t> workloads_of(const UncertainSlots& found) const {
        const Plan& plan = evaluator_.plan();
        std::vector<std::size_t> touched;
        for (const std::size_t number : found.slots) {
            const InputSlot& slot = plan.inputs.slots[number];
            if (!slot.is_of_lever) touched.push_back(slot.owner);
            if (!slot.is_of_lever || (levers_ >> slot.owner & 1U) == 0) continue;
            const std::vector<bool>& acts_on = plan.levers[slot.owner].acts_on;
            for (std::size_t i = 0; i < acts_on.size(); ++i)
                if (acts_on[i]) touched.push_back(i);
        }
        return touched;
    }

    Result<std::optional<Money>> cost_at(const UncertainInput& input, const UncertainSlots& found,
                                         const std::vector<std::size_t>& touched,
                                         const Decimal& value) {
        const std::vector<InputSlot>& slots = evaluator_.plan().inputs.slots;
        for (const std::size_t slot : found.slots)
            evaluator_.exchange(slot, varied(found, slots[slot].value, value, input.base));
        Result<std::optional<Money>> total = exchanged(touched);
        for (const std::size_t slot : found.slots)
            evaluator_.exchange(slot, slots[slot].value);
        return total;
    }

    Result<std::optional<Money>> exchanged(const std::vector<std::size_t>& touched) {
        PartialSum sum = sum_;
        for (const std::size_t workload : touched) {
            TL_TRY(cost, evaluator_.cost(workload, levers_));
            sum.take_out(costs_[workload]);
            sum.add(cost);
        }
        return sum.total();
    }

    Evaluator& evaluator_;
    LeverSet levers_;
    std::vector<std::optional<Money>> costs_;  // by workload, as in the document
    PartialSum sum_;
};

}  // namespace

Result<std::vector<TornadoBar>> measure_tornado(Evaluator& evaluator, LeverSet levers) {
    return Tornado(evaluator, levers).run();
}

}  // namespace tokenlever
