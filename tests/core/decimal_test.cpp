#include "base/decimal.h"

#include "decimal_oracle.h"
#include "random.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

using namespace tokenlever;
using tokenlever::test::Random;
using tokenlever::test::Schoolbook;

namespace {

Decimal dec(std::string_view text) {
    const auto value = Decimal::parse(text);
    REQUIRE_MESSAGE(value.has_value(), text);
    return *value;
}

ErrorCode parse_error(std::string_view text) {
    const auto value = Decimal::parse(text);
    REQUIRE_MESSAGE(!value.has_value(), text);
    return value.error().code;
}

// Sizes are chosen so that all limb counts, ties, zeros and carries occur; a product of two stays
// within 154 digits.
std::string random_text(Random& random, int most_digits = 70) {
    const int size = random.one_in(3) ? random.below(most_digits) : random.below(12);
    std::string digits = random.digits(size + 1);
    if (random.one_in(4)) digits.append(static_cast<std::size_t>(random.below(8)), '0');
    if (random.one_in(6)) digits = std::string(digits.size(), '9');
    if (random.one_in(12)) digits = "1" + std::string(digits.size(), '0');
    if (random.one_in(15)) digits = "0";
    if (random.one_in(8)) digits.back() = '5';
    digits.resize(std::min(digits.size(), static_cast<std::size_t>(most_digits)));
    const auto point = static_cast<std::size_t>(random.below(static_cast<int>(digits.size()) + 1));
    if (random.below(3) != 0) digits.insert(point, ".");
    if (digits == ".") digits = "0";
    if (random.one_in(5)) digits += "e" + std::to_string(random.below(12) - 6);
    return (random.one_in(3) ? "-" : random.one_in(5) ? "+" : "") + digits;
}

}  // namespace

TEST_CASE("parse then print gives the shortest plain text") {
    struct Case {
        std::string_view text, plain;
    };
    for (const Case& c : std::vector<Case>{
             {"0", "0"},
             {"-0", "0"},
             {"-0.000", "0"},
             {"+7", "7"},
             {"-7", "-7"},
             {"0.003625", "0.003625"},
             {"1.5e-2", "0.015"},
             {"1.50", "1.5"},
             {"100", "100"},
             {"00012.3400", "12.34"},
             {".5", "0.5"},
             {"5.", "5"},
             {"3.4E-05", "0.000034"},
             {"1e+3", "1000"},
             {"1e-0", "1"},
             {"0e999999999999", "0"},
             {"0e-999999999999", "0"},
             {"18446744073709551615", "18446744073709551615"},
             {"18446744073709551616", "18446744073709551616"},
             {"1e38", "100000000000000000000000000000000000000"},
         })
        CHECK(dec(c.text).to_string() == c.plain);
}

TEST_CASE("rejects everything that is not one decimal number") {
    for (std::string_view text :
         {"",      " ",     "-",    "+",         ".",     "-.",   "e5",    ".e5", "1e",  "1e+",
          "1e-",   "1e1.5", "1,20", "1 ",        " 1",    "1..2", "1.2.3", "--1", "+-1", "0x10",
          "1_000", "NaN",   "inf",  "-Infinity", "1e5e5", "$1",   "1\n",   "1f"})
        CHECK_MESSAGE(parse_error(text) == ErrorCode::NotANumber, text);
    CHECK(parse_error(std::string_view("1\0", 2)) == ErrorCode::NotANumber);
    CHECK(parse_error("\xef\xbc\x91") == ErrorCode::NotANumber);  // a full-width digit one
}

TEST_CASE("the error shows the offending text, shortened and printable") {
    const auto value = Decimal::parse(std::string(1'000'000, '\x01') + "x");
    REQUIRE(!value.has_value());
    CHECK(value.error().detail == std::string(80, '?'));
    CHECK(error_message(value.error()).starts_with("not a decimal number"));
}

TEST_CASE("a number beyond 512 bits is too large, never rounded in silence") {
    const std::string largest =  // 2^512 - 1
        "134078079299425970995740249982058461274793658205923933777235614437217640300735469768018742"
        "98"
        "166903427690031858186486050853753882811946569946433649006084095";
    CHECK(dec(largest).to_string() == largest);
    CHECK(dec("-" + largest).to_string() == "-" + largest);
    std::string beyond = largest;
    beyond.back() = '6';
    CHECK(parse_error(beyond) == ErrorCode::NumberTooLarge);
    CHECK((dec(largest) + 1).overflowed());
    CHECK((dec(largest) - 1 + 1).to_string() == largest);
    CHECK(parse_error(std::string(100'000, '7')) == ErrorCode::NumberTooLarge);
    CHECK(parse_error("1e155") == ErrorCode::NumberTooLarge);
    CHECK(parse_error("1e99999999999999999999") == ErrorCode::NumberTooLarge);
    CHECK(parse_error("1e-4097") == ErrorCode::NumberTooLarge);
    CHECK(dec("1e-4096").rounded(12).is_zero());
}

TEST_CASE("zeros do not count as digits") {
    CHECK(dec(std::string(1'000'000, '0') + "1").to_string() == "1");
    CHECK(dec("1." + std::string(1'000'000, '0')).to_string() == "1");
    CHECK(dec("0." + std::string(4'000, '0') + "12").to_string() ==
          "0." + std::string(4'000, '0') + "12");
    CHECK(dec("1" + std::string(1'000'000, '0') + "e-1000000").to_string() == "1");
}

TEST_CASE("arithmetic equals the schoolbook") {
    Random random(1);
    for (int round = 0; round < 20'000; ++round) {
        const std::string a_text = random_text(random), b_text = random_text(random);
        const Decimal a = dec(a_text), b = dec(b_text);
        const Schoolbook x = test::read(a_text), y = test::read(b_text);
        CAPTURE(a_text);
        CAPTURE(b_text);
        REQUIRE(a.to_string() == test::write(x));
        REQUIRE((a + b).to_string() == test::write(test::add(x, y)));
        REQUIRE((a - b).to_string() == test::write(test::add(x, test::negate(y))));
        REQUIRE((a * b).to_string() == test::write(test::multiply(x, y)));
        REQUIRE((-a).to_string() == test::write(test::negate(x)));
        REQUIRE(((a <=> b) < 0) == (test::compare(x, y) < 0));
        REQUIRE((a == b) == (test::compare(x, y) == 0));
    }
}

TEST_CASE("rounding and division equal the schoolbook, half to even") {
    Random random(2);
    for (int round = 0; round < 20'000; ++round) {
        const std::string a_text = random_text(random, 75), b_text = random_text(random, 75);
        const Decimal a = dec(a_text), b = dec(b_text);
        const Schoolbook x = test::read(a_text), y = test::read(b_text);
        const int places = random.below(50) - 5;
        CAPTURE(a_text);
        CAPTURE(b_text);
        CAPTURE(places);
        REQUIRE(a.rounded(places).to_string() == test::write(test::round(x, places)));
        REQUIRE((-a).rounded(places) == -a.rounded(places));
        REQUIRE(a.scaled_down(places) == a * (places >= 0 ? dec("1e-" + std::to_string(places))
                                                          : dec("1e" + std::to_string(-places))));
        if (b.is_zero()) continue;
        REQUIRE(a.divided(b, places).to_string() == test::write(test::divide(x, y, places)));
        REQUIRE((-a).divided(b, places) == -a.divided(b, places));
        REQUIRE((a * b).divided(b, 80) == a.rounded(80));
    }
}

TEST_CASE("ties go to the even neighbour, on both sides of zero") {
    struct Case {
        std::string_view text;
        int places;
        std::string_view rounded;
    };
    for (const Case& c : std::vector<Case>{
             {"0.5", 0, "0"},
             {"1.5", 0, "2"},
             {"2.5", 0, "2"},
             {"-0.5", 0, "0"},
             {"-1.5", 0, "-2"},
             {"-2.5", 0, "-2"},
             {"0.25", 1, "0.2"},
             {"0.35", 1, "0.4"},
             {"0.2500001", 1, "0.3"},
             {"9.95", 1, "10"},
             {"9.995", 2, "10"},
             {"150", -2, "200"},
             {"250", -2, "200"},
             {"49", -2, "0"},
             {"1.0005", 3, "1"},
             {"1.0015", 3, "1.002"},
         })
        CHECK(dec(c.text).rounded(c.places).to_string() == c.rounded);
    // a tie that only a digit far behind breaks
    CHECK(dec("0.5" + std::string(60, '0') + "1").rounded(0).to_string() == "1");
    CHECK(dec("0.5" + std::string(60, '0')).rounded(0).to_string() == "0");
    CHECK(Decimal(1).divided(3, 12).to_string() == "0.333333333333");
    CHECK(Decimal(2).divided(3, 12).to_string() == "0.666666666667");
    CHECK(Decimal(1).divided(8, 2).to_string() == "0.12");
    CHECK(Decimal(3).divided(8, 2).to_string() == "0.38");
}

TEST_CASE("an overflow sticks, compares and prints, and becomes an error at the end") {
    const Decimal big = dec("1e154");
    const Decimal over = big * big;
    REQUIRE(over.overflowed());
    for (const Decimal& value :
         {over + 1, Decimal(1) - over, over * 0, -over, over.rounded(2), over.scaled_down(3),
          over.divided(2, 2), Decimal(1).divided(over, 2)})
        CHECK(value.overflowed());
    CHECK(over == over * 2);
    CHECK(over > big);
    CHECK(-big < over);
    CHECK_FALSE(over < over);
    CHECK_FALSE(over.is_zero());
    CHECK_FALSE(over.is_integer());
    CHECK(over.to_string() == "overflow");
    CHECK(std::isinf(over.to_double()));
    REQUIRE(!over.to_scaled_int128(12).has_value());
    CHECK(over.to_scaled_int128(12).error().code == ErrorCode::NumberTooLarge);
}

TEST_CASE("an exact result that fits is not lost to zeros behind the point") {
    const Decimal fine = dec("1.5") + dec("1e-100") - dec("1e-100");  // still carries 100 digits
    CHECK((fine + dec("1e100")).to_string() == "1" + std::string(99, '0') + "1.5");
    CHECK((fine * dec("1e140")).to_string() == "15" + std::string(139, '0'));
    CHECK(dec("1e100").divided(1, 100) == dec("1e100"));
}

TEST_CASE("comparison is total over scales far apart") {
    const std::vector<Decimal> ascending = {
        dec("-1e154"),  dec("-1.5"), dec("-1e-4000"), 0,   dec("1e-4096"),
        dec("1e-4000"), dec("1e-9"), dec("1.5"),      730, dec("1e154")};
    for (std::size_t i = 0; i < ascending.size(); ++i)
        for (std::size_t j = 0; j < ascending.size(); ++j)
            CHECK((ascending[i] <=> ascending[j]) == (i <=> j));
    CHECK(dec("1.50") == dec("15e-1"));
}

TEST_CASE("whole numbers go in and out") {
    constexpr Decimal kDays = 365;  // usable in constant expressions
    CHECK(kDays.to_string() == "365");
    CHECK(Decimal(std::numeric_limits<std::int64_t>::min()).to_string() == "-9223372036854775808");
    CHECK(Decimal(std::numeric_limits<std::int64_t>::max()).to_string() == "9223372036854775807");
    CHECK(dec("12.000").is_integer());
    CHECK_FALSE(dec("12.001").is_integer());
    const int128 lowest = -(static_cast<int128>(1) << 126) * 2;
    CHECK(Decimal::from_scaled(lowest, 0).to_string() ==
          "-170141183460469231731687303715884105728");
    CHECK(Decimal::from_scaled(lowest, 0).to_scaled_int128(0).value() == lowest);
    CHECK(!(-Decimal::from_scaled(lowest, 0)).to_scaled_int128(0).has_value());
    CHECK((-Decimal::from_scaled(lowest, 0) - 1).to_scaled_int128(0).value() == -(lowest + 1));
    CHECK(Decimal::from_scaled(-15, -2).to_string() == "-1500");
    CHECK(dec("0.0000000000005").to_scaled_int128(12).value() == 0);
    CHECK(dec("0.0000000000015").to_scaled_int128(12).value() == 2);
    CHECK(dec("250").to_scaled_int128(-2).value() == 2);
    CHECK(dec("12.5").to_scaled_int128(-1).value() == 1);
    CHECK(dec("-1e26").to_scaled_int128(12).value() ==
          -static_cast<int128>(1e19) * static_cast<int128>(1e19));
    CHECK(!dec("1e40").to_scaled_int128(0).has_value());
    CHECK(!dec("1e150").to_scaled_int128(12).has_value());
}

TEST_CASE("the nearest double: the number, its neighbours and halfway points") {
    struct Case {
        std::string_view text;
        double value;
    };
    for (const Case& c : std::vector<Case>{
             {"0", 0.0},
             {"0.1", 0.1},
             {"-0.1", -0.1},
             {"0.7284480833333333", 0.7284480833333333},
             {"123456789.123456789", 123456789.123456789},
             {"9007199254740993", 9007199254740992.0},  // halfway, to even
             {"9007199254740995", 9007199254740996.0},
             {"9007199254740993.0000000000000000001", 9007199254740994.0},
             {"2.2250738585072011e-308",
              2.2250738585072011e-308},  // the largest subnormal's neighbour
             {"4.9406564584124654e-324", 5e-324},
             {"2.4703282292062327e-324", 0.0},
             {"2.4703282292062328e-324", 5e-324},
             {"1e-330", 0.0},
             {"1e-4000", 0.0},
             {"1e23", 1e23},
             {"8.5e22", 8.5e22},
             {"1e154", 1e154},
         })
        CHECK_MESSAGE(std::bit_cast<std::uint64_t>(dec(c.text).to_double()) ==
                          std::bit_cast<std::uint64_t>(c.value),
                      c.text);
    Random random(3);
    for (int round = 0; round < 20'000; ++round) {
        const std::string text = random_text(random, round % 2 == 0 ? 19 : 70);
        REQUIRE_MESSAGE(dec(text).to_double() == std::strtod(text.c_str(), nullptr), text);
    }
}
