#include "base/magnitude.h"

#include "random.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace tokenlever::magnitude;
using tokenlever::test::Random;

namespace {

// Limbs of all zeros and all ones are frequent: they provoke the rare corrections of long division.
Wide random_wide(Random& random, int most_limbs) {
    Wide value;
    value.used = random.below(most_limbs) + 1;
    for (int i = 0; i < value.used; ++i) {
        Limb limb = random.next();
        if (random.one_in(3)) limb = random.one_in(2) ? 0 : ~Limb{0};
        if (random.one_in(6)) limb = limb << 32;
        if (random.one_in(6)) limb = limb >> 32;
        if (random.one_in(9)) limb = Limb{1} << 63;
        value.limbs[static_cast<std::size_t>(i)] = limb;
    }
    while (value.used > 0 && value.limbs[static_cast<std::size_t>(value.used - 1)] == 0)
        --value.used;
    return value;
}

int order(const Wide& a, const Wide& b) {
    return compare(a.limbs.data(), a.used, b.limbs.data(), b.used);
}

}  // namespace

TEST_CASE("quotient x divisor + remainder gives the value back, remainder below the divisor") {
    Random random(11);
    for (int round = 0; round < 100'000; ++round) {
        const Wide value = random_wide(random, 16);
        const Wide divisor = random_wide(random, round % 2 == 0 ? 3 : 16);
        if (divisor.used == 0) continue;
        Wide quotient = value;
        const Wide remainder = divide(quotient, divisor);
        REQUIRE(order(remainder, divisor) < 0);
        Wide back;
        back.used = multiply(back.limbs.data(), Wide::kCapacity, quotient.limbs.data(),
                             quotient.used, divisor.limbs.data(), divisor.used);
        back.used = add(back.limbs.data(), Wide::kCapacity, back.limbs.data(), back.used,
                        remainder.limbs.data(), remainder.used);
        REQUIRE(order(back, value) == 0);
    }
}

TEST_CASE("a shift is a multiplication by a power of two") {
    Random random(12);
    for (int round = 0; round < 5'000; ++round) {
        Wide shifted = random_wide(random, 8), doubled = shifted;
        const int bits = random.below(300);
        REQUIRE(shift_left(shifted, bits));
        for (int i = 0; i < bits; ++i)
            doubled.used = multiply_add(doubled.limbs.data(), doubled.used, Wide::kCapacity, 2, 0);
        REQUIRE(order(shifted, doubled) == 0);
    }
    Wide full = random_wide(random, 1);
    full.limbs[0] = full.used = 1;
    CHECK_FALSE(shift_left(full, 64 * Wide::kCapacity));
    CHECK(shift_left(full, 64 * Wide::kCapacity - 1));
    CHECK(bit_length(full.limbs.data(), full.used) == 64 * Wide::kCapacity);
}

TEST_CASE("says so when a result outgrows its room") {
    std::array<Limb, 2> limbs = {~Limb{0}, ~Limb{0}};
    const std::array<Limb, 1> one = {1};
    CHECK(multiply_add(limbs.data(), 2, 2, 1, 1) == kTooBig);
    limbs = {~Limb{0}, ~Limb{0}};
    CHECK(add(limbs.data(), 2, limbs.data(), 2, one.data(), 1) == kTooBig);
    std::array<Limb, 2> product{};
    const std::array<Limb, 2> wide = {0, 2};
    CHECK(multiply(product.data(), 2, wide.data(), 2, wide.data(), 2) == kTooBig);
    product = {};
    const std::array<Limb, 1> half = {Limb{1} << 63};
    CHECK(multiply(product.data(), 2, wide.data(), 2, half.data(), 1) == kTooBig);
    limbs = {1, 0};
    CHECK(multiply_pow10(limbs.data(), 1, 2, 38) == 2);
    limbs = {1, 0};
    CHECK(multiply_pow10(limbs.data(), 1, 2, 39) == kTooBig);
}
