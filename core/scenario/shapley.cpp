#include "scenario/shapley.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <numeric>

namespace tokenlever {

namespace {

// n! x phi_i. 12! x 4 x 10^15 dollars in pico-units is 2 x 10^36: within 127 bits.
std::vector<int128> weighted_sums(std::span<const Money> cost_of,
                                  std::span<const std::int64_t> factorial) {
    const std::size_t players = static_cast<std::size_t>(std::countr_zero(cost_of.size()));
    std::vector<int128> sums(players, 0);
    for (std::size_t mask = 0; mask < cost_of.size(); ++mask) {
        const auto size = static_cast<std::size_t>(std::popcount(mask));
        if (size == players) continue;
        const std::int64_t weight = factorial[size] * factorial[players - size - 1];
        for (std::size_t player = 0; player < players; ++player) {
            const std::size_t bit = std::size_t{1} << player;
            if ((mask & bit) != 0) continue;
            sums[player] += weight * (cost_of[mask] - cost_of[mask | bit]).pico();
        }
    }
    return sums;
}

}  // namespace

std::vector<Money> shapley_values(std::span<const Money> cost_of) {
    const std::size_t players = static_cast<std::size_t>(std::countr_zero(cost_of.size()));
    std::vector<std::int64_t> factorial(players + 1, 1);
    for (std::size_t i = 1; i <= players; ++i)
        factorial[i] = factorial[i - 1] * static_cast<std::int64_t>(i);
    const std::int64_t whole = factorial[players];

    const std::vector<int128> sums = weighted_sums(cost_of, factorial);
    std::vector<int128> floors(players), remainders(players);
    int128 left = (cost_of.front() - cost_of.back()).pico();
    for (std::size_t i = 0; i < players; ++i) {
        remainders[i] = sums[i] % whole;
        if (remainders[i] < 0) remainders[i] += whole;
        floors[i] = (sums[i] - remainders[i]) / whole;
        left -= floors[i];
    }
    std::vector<std::size_t> order(players);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{},
                             [&](std::size_t i) { return remainders[i]; });
    for (std::size_t i = 0; i < players && left > 0; ++i, --left)
        ++floors[order[i]];

    std::vector<Money> values;
    for (const int128 pico : floors)
        values.push_back(Money::from_pico(pico));
    return values;
}

}  // namespace tokenlever
