#include "pricing/capacity.h"

#include "pricing/situation.h"

#include <algorithm>

namespace tokenlever {

namespace {

constexpr int kUnitFractionDigits = 12;

bool is_output(Unit unit) { return kUnits[static_cast<std::size_t>(unit)].direction == "output"; }

Decimal weight_of(const CapacityPlan& plan, Unit unit) {
    for (std::optional<Unit> at = unit; at; at = parent_of(*at)) {
        const auto found = std::ranges::find(plan.weights, *at, &UnitWeight::unit);
        if (found != plan.weights.end()) return found->weight;
    }
    return 1;
}

Decimal prompt_of(std::span<const UnitQuantity> usage) {
    Decimal prompt;
    for (const UnitQuantity& row : usage)
        if (!is_output(row.unit)) prompt += row.quantity;
    return prompt;
}

// Up to where the prompt is in the tiers below.
Decimal end_of_tier(const CapacityTier& tier) {
    return tier.threshold - (tier.is_inclusive ? 1 : 0);
}

const CapacityTier* tier_reached(const CapacityPlan& plan, const Decimal& prompt) {
    const CapacityTier* reached = nullptr;
    for (const CapacityTier& tier : plan.tiers)
        if (prompt > end_of_tier(tier)) reached = &tier;
    return reached;
}

// The sum of quantity x factor over the slices of [start, start + quantity) of a marginal prompt.
Decimal sliced(const CapacityPlan& plan, Decimal start, const Decimal& quantity) {
    const Decimal end = start + quantity;
    Decimal sum;
    Decimal factor = 1;
    for (const CapacityTier& tier : plan.tiers) {
        const Decimal edge = std::clamp(end_of_tier(tier), start, end);
        sum += (edge - start) * factor;
        start = edge;
        factor = tier.input_factor;
    }
    return sum + (end - start) * factor;
}

// What one request weighs, by direction.
struct Weighed {
    Decimal input{}, output{};
};

Weighed weigh(const CapacityPlan& plan, std::span<const UnitQuantity> usage) {
    std::vector<UnitQuantity> rows(usage.begin(), usage.end());
    std::ranges::stable_sort(rows, {},
                             [](const UnitQuantity& row) { return is_cached(row.unit) ? 0 : 1; });
    const CapacityTier* tier = tier_reached(plan, prompt_of(usage));
    Weighed weighed;
    Decimal place;
    for (const UnitQuantity& row : rows) {
        const Decimal weight = weight_of(plan, row.unit);
        if (is_output(row.unit)) {
            weighed.output += row.quantity * weight * (tier ? tier->output_factor : Decimal(1));
            continue;
        }
        const Decimal quantity = plan.is_marginal
                                     ? sliced(plan, place, row.quantity)
                                     : row.quantity * (tier ? tier->input_factor : Decimal(1));
        weighed.input += quantity * weight;
        place += row.quantity;
    }
    return weighed;
}

Result<std::int64_t> whole_units(const Decimal& required, const CapacityDeployment& deployment) {
    Decimal steps = required.divided(Decimal(deployment.step), 0);
    if (steps * Decimal(deployment.step) < required) steps += 1;
    const Result<int128> units = (steps * Decimal(deployment.step)).to_scaled_int128(0);
    if (!units || *units > (std::int64_t{1} << 62)) return fail(ErrorCode::NumberTooLarge);
    return std::max(deployment.minimum, static_cast<std::int64_t>(*units));
}

Result<CapacityNeed> need_of(const CapacityPlan& plan, const CapacityDeployment& deployment,
                             const Decimal& load) {
    CapacityNeed need{.load = load, .minimum = deployment.minimum, .step = deployment.step};
    need.required_units = load.divided(plan.throughput, kUnitFractionDigits);
    // What is bought is decided by the exact quotient, not by its twelve digits.
    Decimal required = need.required_units;
    if (required * plan.throughput < load) required += Decimal::from_scaled(1, kUnitFractionDigits);
    TL_TRY(units, whole_units(required, deployment));
    need.units = units;
    return need;
}

Result<CapacityNeed> split_need(const CapacityPlan& plan, const Weighed& load) {
    TL_TRY(input, need_of(plan, plan.deployments[0], load.input));
    TL_TRY(output, need_of(plan, plan.deployments[1], load.output));
    return CapacityNeed{.load = input.load + output.load,
                        .required_units = input.required_units + output.required_units,
                        .units = input.units + output.units,
                        .minimum = input.minimum + output.minimum,
                        .step = input.step};
}

}  // namespace

std::span<const CapacityPlan> PriceBook::capacities() const {
    return capacities_ ? std::span(*capacities_) : std::span<const CapacityPlan>();
}

Result<CapacityNeed> size_capacity(const CapacityPlan& plan, const CapacityDeployment& deployment,
                                   std::span<const UnitQuantity> usage,
                                   const Decimal& requests_per_minute) {
    Weighed load = weigh(plan, usage);
    load.input *= requests_per_minute;
    load.output *= requests_per_minute;
    if (plan.is_split) return split_need(plan, load);
    return need_of(plan, deployment, load.input + load.output);
}

}  // namespace tokenlever
