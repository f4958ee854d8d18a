#include "scenario/draws.h"

#include "scenario/cost.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace tokenlever {

namespace {

// SplitMix64 (Steele, Lea, Flood 2014): 64 bits of state, every seed is good.
class Generator {
public:
    explicit Generator(std::uint64_t seed) : state_(seed) {}

    // Uniform in [0, 1), a multiple of 2^-53.
    double next() {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
        mixed ^= mixed >> 31;
        return static_cast<double>(mixed >> 11) * 0x1p-53;
    }

private:
    std::uint64_t state_;
};

struct Triangle {
    double low = 0, base = 0, high = 0;
    bool is_scaled = false;  // of numbers that differ: see UncertainSlots
    std::vector<std::size_t> slots{};

    // Inverse of the distribution function at u.
    double at(double u) const {
        const double width = high - low;
        if (width <= 0.0) return base;
        if (u * width < base - low) return low + std::sqrt(u * width * (base - low));
        return high - std::sqrt((1.0 - u) * width * (high - base));
    }
};

// The document's value is the mode, wherever `base` says otherwise (evaluate() warns); of numbers
// that differ the base is, because each is scaled by what is drawn over it.
std::vector<Triangle> read_triangles(const Plan& plan) {
    std::vector<Triangle> triangles{};
    for (const UncertainInput& input : plan.scenario->uncertainty) {
        auto found = resolve_input(plan.inputs, *plan.scenario, input);
        if (!found) continue;  // the tornado has refused it before
        Triangle triangle{.is_scaled = found->is_scaled, .slots = std::move(found->slots)};
        const Decimal& value =
            triangle.is_scaled ? input.base : plan.inputs.slots[triangle.slots.front()].value;
        triangle.low = std::min(input.low, value).to_double();
        triangle.base = value.to_double();
        triangle.high = std::max(input.high, value).to_double();
        triangles.push_back(std::move(triangle));
    }
    return triangles;
}

double draw_cost(const Plan& plan, RateTable& rates, std::span<const double> values,
                 LeverSet levers) {
    double total = 0;
    for (std::size_t i = 0; i < plan.workload_models.size(); ++i)
        total = total +
                estimate_workload(plan, rates, state_of<double>(plan, values, i, levers), values);
    return total;
}

// `sorted` ascending; nearest rank.
double percentile(std::span<const double> sorted, std::size_t percent) {
    const std::size_t rank = (percent * sorted.size() + 99) / 100;
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

DrawSummary summarize(std::vector<double> costs, std::uint64_t seed) {
    const auto count = static_cast<double>(costs.size());
    double sum = 0;
    for (const double cost : costs)
        sum = sum + cost;
    const double mean = sum / count;
    double squares = 0;
    for (const double cost : costs)
        squares = squares + (cost - mean) * (cost - mean);
    std::ranges::sort(costs);
    return {.draws = static_cast<std::int64_t>(costs.size()),
            .seed = seed,
            .mean = mean,
            .sd = costs.size() > 1 ? std::sqrt(squares / (count - 1.0)) : 0.0,
            .p5 = percentile(costs, 5),
            .p50 = percentile(costs, 50),
            .p95 = percentile(costs, 95)};
}

}  // namespace

Result<DrawSummary> summarize_draws(const Plan& plan, LeverSet levers,
                                    const EvaluateOptions& options) {
    if (options.draws < 1 || options.draws > kMostDraws) {
        return fail(
            ErrorCode::OutOfRange, "draws",
            std::to_string(options.draws) + "; allowed are 1 to " + std::to_string(kMostDraws));
    }
    RateTable rates(plan);
    std::vector<double> own{};
    for (const InputSlot& slot : plan.inputs.slots)
        own.push_back(slot.value.to_double());
    std::vector<double> values = own;
    const std::vector<Triangle> triangles = read_triangles(plan);
    Generator generator(options.seed);
    std::vector<double> costs{};
    costs.reserve(static_cast<std::size_t>(options.draws));
    for (std::int64_t i = 0; i < options.draws; ++i) {
        for (const Triangle& triangle : triangles) {
            const double value = triangle.at(generator.next());
            for (const std::size_t slot : triangle.slots)
                values[slot] = triangle.is_scaled ? own[slot] * value / triangle.base : value;
        }
        costs.push_back(draw_cost(plan, rates, values, levers));
    }
    return summarize(std::move(costs), options.seed);
}

}  // namespace tokenlever
