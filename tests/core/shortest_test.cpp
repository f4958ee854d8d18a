#include "base/shortest.h"

#include "random.h"

#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

using namespace tokenlever;
using tokenlever::test::Random;

namespace {

// The significant digits of a text in scientific form ("1.25e-07" gives "125").
std::string significant_digits(std::string_view text) {
    std::string digits;
    for (char c : text.substr(0, text.find('e')))
        if (c >= '0' && c <= '9' && (c != '0' || !digits.empty())) digits.push_back(c);
    return digits.substr(0, digits.find_last_not_of('0') + 1);
}

std::string library_digits(double value) {
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::scientific)
                         .ptr;
    return significant_digits({buffer.data(), end});
}

double random_double(Random& random) {
    switch (random.below(4)) {
        case 0: return std::bit_cast<double>(random.next());                           // any bits
        case 1: return static_cast<double>(random.next() >> 11) / 9007199254740992.0;  // a ratio
        case 2: return std::ldexp(1.0, random.below(2098) - 1074);              // a power of two
        default: return static_cast<double>(random.below(1'000'000)) / 1000.0;  // typed by hand
    }
}

}  // namespace

TEST_CASE("prints numbers as JavaScript does") {
    struct Case {
        double value;
        std::string_view text;
    };
    for (const Case& c : std::vector<Case>{
             {0.0, "0"},
             {-0.0, "0"},
             {1.0, "1"},
             {-1.5, "-1.5"},
             {0.1, "0.1"},
             {0.7284480833333333, "0.7284480833333333"},
             {123456789012345680000.0, "123456789012345680000"},
             {1e21, "1e+21"},
             {1.25e21, "1.25e+21"},
             {999999999999999900000.0, "999999999999999900000"},
             {0.000001, "0.000001"},
             {0.0000012, "0.0000012"},
             {0.0000001, "1e-7"},
             {1.5e-9, "1.5e-9"},
             {5e-324, "5e-324"},
             {2.2250738585072014e-308, "2.2250738585072014e-308"},
             {std::numeric_limits<double>::max(), "1.7976931348623157e+308"},
             {9007199254740993.0, "9007199254740992"},
             {4.35, "4.35"},
             {0.3, "0.3"},
             {0.1 + 0.2, "0.30000000000000004"},
             {2.0 / 3.0, "0.6666666666666666"},
             {9.5367431640625e-7, "9.5367431640625e-7"},
             {1e23, "1e+23"},
         })
        CHECK(shortest_text(c.value) == c.text);
}

TEST_CASE("reads back as the same double, with no digit to spare") {
    Random random(61);
    for (int round = 0; round < 100'000; ++round) {
        const double value = random_double(random);
        if (!std::isfinite(value)) continue;
        const std::string text = shortest_text(value);
        CAPTURE(text);
        REQUIRE(std::strtod(text.c_str(), nullptr) == value);
        REQUIRE(significant_digits(text) == library_digits(value));
    }
}
