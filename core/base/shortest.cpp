#include "base/shortest.h"

#include "base/magnitude.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>

namespace tokenlever {

namespace {

using magnitude::Wide;

Wide from_integer(std::uint64_t value, int shift) {
    Wide wide;
    wide.limbs[0] = value;
    wide.used = value == 0 ? 0 : 1;
    magnitude::shift_left(wide, shift);
    return wide;
}

Wide sum(const Wide& a, const Wide& b) {
    Wide result;
    result.used = magnitude::add(result.limbs.data(), Wide::kCapacity, a.limbs.data(), a.used,
                                 b.limbs.data(), b.used);
    return result;
}

struct Digits {
    std::string text;  // without leading or trailing zeros
    int point = 0;     // value = 0.text x 10^point
};

// Steele and White's free-format algorithm with Dybvig and Burger's bounds: the value is rest /
// unit, and every number closer to it than `above` / unit and `below` / unit reads back as the same
// double.
struct Generator {
    Wide rest, unit, above, below;
    bool is_bound_included = false;  // an even mantissa wins the tie on the bound

    bool is_low_enough() const { return compare(rest, below) < (is_bound_included ? 1 : 0); }
    bool is_high_enough() const {
        return compare(sum(rest, above), unit) > (is_bound_included ? -1 : 0);
    }

    // Scales so that 0.1 <= value < 1, counting the upper bound in; returns the power of ten taken
    // out.
    int scale(int estimate) {
        if (estimate >= 0)
            multiply_pow10(unit, estimate);
        else
            times_ten_to(-estimate);
        if (is_high_enough()) {
            multiply_pow10(unit, 1);
            return estimate + 1;
        }
        return estimate;
    }

    void times_ten_to(int exponent) {
        for (Wide* value : {&rest, &above, &below})
            multiply_pow10(*value, exponent);
    }

    std::string digits() {
        std::string text;
        for (;;) {
            times_ten_to(1);
            char digit = '0';
            for (; compare(rest, unit) >= 0; ++digit)
                rest.used = magnitude::subtract(rest.limbs.data(), rest.limbs.data(), rest.used,
                                                unit.limbs.data(), unit.used);
            const bool is_low = is_low_enough();
            const bool is_high = is_high_enough();
            const int half = compare(sum(rest, rest), unit);
            const bool is_up =
                half > 0 || (half == 0 && (digit - '0') % 2 != 0);  // a tie goes to even
            if (is_high && (!is_low || is_up)) ++digit;
            text.push_back(digit);
            if (is_low || is_high) return text;
        }
    }
};

Digits shortest_digits(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const auto biased = static_cast<int>(bits >> 52 & 0x7ff);
    const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52) - 1);
    const std::uint64_t mantissa = biased == 0 ? fraction : fraction | (std::uint64_t{1} << 52);
    const int exponent = (biased == 0 ? 1 : biased) - 1075;  // value = mantissa x 2^exponent
    // Below a power of two the neighbours are half as far; 1 and 2 make room for that half.
    const int room = fraction == 0 && biased > 1 ? 2 : 1;
    const int up = exponent > 0 ? exponent : 0, down = exponent < 0 ? -exponent : 0;
    Generator generator{.rest = from_integer(mantissa, up + room),
                        .unit = from_integer(1, down + room),
                        .above = from_integer(1, up + room - 1),
                        .below = from_integer(1, up),
                        .is_bound_included = mantissa % 2 == 0};
    // At most one too small: log10(2) rounded down, from the highest bit.
    const int highest = exponent + 63 - std::countl_zero(mantissa);
    const int estimate = static_cast<int>(std::ceil(highest * 0.30102999566398114 - 1e-10));
    Digits digits;
    digits.point = generator.scale(estimate);
    digits.text = generator.digits();
    return digits;
}

}  // namespace

// ECMA-262, Number::toString: plain between 1e-6 and 1e21, else with an exponent.
std::string shortest_text(double value) {
    assert(std::isfinite(value));
    if (value == 0) return "0";
    auto [text, point] = shortest_digits(std::fabs(value));
    const auto size = static_cast<int>(text.size());
    if (point > 21 || point <= -6) {
        if (size > 1) text.insert(1, ".");
        text += point > 0 ? "e+" : "e-";
        text += std::to_string(std::abs(point - 1));
    } else if (point <= 0) {
        text.insert(0, "0." + std::string(static_cast<std::size_t>(-point), '0'));
    } else if (point < size) {
        text.insert(static_cast<std::size_t>(point), ".");
    } else {
        text.append(static_cast<std::size_t>(point - size), '0');
    }
    return value < 0 ? "-" + text : text;
}

}  // namespace tokenlever
