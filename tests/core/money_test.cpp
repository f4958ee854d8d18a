#include "base/money.h"

#include "random.h"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using namespace tokenlever;
using tokenlever::test::Random;

namespace {

ReportedCost cost(std::string_view text) {
    const auto parsed = ReportedCost::parse(text);
    REQUIRE_MESSAGE(parsed.has_value(), text);
    return parsed->cost;
}

// A cost as gateways write it, and now and then one that no gateway writes.
std::string random_cost(Random& random) {
    std::string text = random.one_in(10) ? "-" : "";
    if (random.one_in(30)) text = "+";
    text += random.one_in(3) ? "0" : random.digits(1 + random.below(random.one_in(9) ? 19 : 4));
    if (random.below(8) != 0) text += "." + random.digits(random.below(random.one_in(5) ? 45 : 19));
    if (random.one_in(3)) text += random.one_in(2) ? "e-0" : "E-";
    if (text.ends_with("-") || text.ends_with("-0")) text += std::to_string(random.below(30));
    if (random.one_in(20)) text += "e+" + std::to_string(random.below(12));
    if (random.one_in(40))
        text.insert(static_cast<std::size_t>(random.below(static_cast<int>(text.size()))), "x");
    return text;
}

}  // namespace

TEST_CASE("money is rounded once, half-even, to twelve fraction digits") {
    CHECK(Money::parse("0.0000000000005")->pico() == 0);
    CHECK(Money::parse("0.0000000000015")->pico() == 2);
    CHECK(Money::parse("-0.0000000000015")->pico() == -2);
    CHECK(Money::parse("0.00000000000050000000000000000001")->pico() == 1);
    CHECK(Money::parse("0.015384")->to_string() == "0.015384");
    CHECK(Money::rounded(Decimal::parse("8146.5575").value())->to_string() == "8146.5575");
    CHECK(Money{}.to_string() == "0");
    CHECK(Money::parse("-1.50")->to_string() == "-1.5");
    CHECK(Money::parse("0.1")->to_double() == 0.1);
}

TEST_CASE("a line of a bill: quantity x rate / per") {
    // 1,000,000 tokens at $0.0375 per million, then 2,048 at $3
    const auto line = [](std::int64_t quantity, std::string_view rate) {
        return Money::rounded((Decimal(quantity) * Decimal::parse(rate).value()).scaled_down(6))
            .value();
    };
    CHECK(line(1'000'000, "0.0375") == Money::from_pico(37'500'000'000));
    CHECK(line(2'048, "3").to_string() == "0.006144");
    CHECK((line(2'048, "3") + line(1'800, "0.3")).to_string() == "0.006684");
}

TEST_CASE("rejects amounts that no bill has, and says which") {
    for (std::string_view text : {"1000000000000000001", "-1000000000000000001", "1e30", "1e153"}) {
        const auto money = Money::parse(text);
        REQUIRE_MESSAGE(!money.has_value(), text);
        CHECK(money.error().code == ErrorCode::NumberTooLarge);
        const auto reported = ReportedCost::parse(text);
        REQUIRE_MESSAGE(!reported.has_value(), text);
        CHECK(reported.error().code == ErrorCode::NumberTooLarge);
    }
    CHECK(Money::parse("1e18")->to_string() == "1000000000000000000");
    CHECK(Money::parse("-1e18").has_value());
    CHECK(cost("1e18").to_string() == "1000000000000000000");
    CHECK(cost("-1e18").to_string() == "-1000000000000000000");
    CHECK(Money::parse("abc").error().code == ErrorCode::NotANumber);
    CHECK(ReportedCost::parse("1,20").error().detail == "1,20");
}

TEST_CASE("a hostile sum stops at the end of the range instead of wrapping") {
    Money sum = Money::parse("1e18").value();
    ReportedCost reported = cost("1e18") + cost("0.5");
    for (int i = 0; i < 200; ++i) {
        sum += sum;
        reported += reported;
        REQUIRE(sum > Money{});
        REQUIRE(reported > ReportedCost{});
    }
    Money debt;
    for (int i = 0; i < 3; ++i)
        debt -= sum;
    CHECK(debt < Money{});
    CHECK((ReportedCost{} - reported) < ReportedCost{});
}

TEST_CASE("reported costs keep 36 fraction digits") {
    const std::string finest = "0.000000000000000000000000000000000001";
    CHECK(cost(finest).to_string() == finest);
    CHECK(cost("-" + finest).to_string() == "-" + finest);
    CHECK((cost(finest) - cost(finest)).is_zero());
    CHECK((cost("1") - cost(finest)).to_string() == "0." + std::string(36, '9'));
    CHECK(cost("3.4e-05").to_string() == "0.000034");
    CHECK(cost("1.2345678901234567e-05").to_string() == "0.000012345678901234567");
    CHECK(cost("0.00012345678901234567").to_string() == "0.00012345678901234567");
    CHECK(cost("99999999999999999.99").to_string() == "99999999999999999.99");
    // Digits that are a multiple of 2^64 look like 0 to a register.
    for (const char* text : {"1.8446744073709551616", "0.18446744073709551616",
                             "36893488147.419103232", "-0.0036893488147419103232"})
        CHECK(cost(text).to_string() == text);
}

TEST_CASE("what is finer than 36 digits is rounded half-even and reported") {
    struct Case {
        std::string_view text, kept;
        bool is_rounded;
    };
    for (const Case& c : std::vector<Case>{
             {"1e-36", "0.000000000000000000000000000000000001", false},
             {"5e-37", "0", true},
             {"1.5e-36", "0.000000000000000000000000000000000002", true},
             {"-1.5e-36", "-0.000000000000000000000000000000000002", true},
             {"2.5e-36", "0.000000000000000000000000000000000002", true},
             {"1e-300", "0", true},
             {"0e-300", "0", false},
             {"0.0000000000000000000000000000000000010000",
              "0.000000000000000000000000000000000001", false},
         }) {
        const auto parsed = ReportedCost::parse(c.text);
        REQUIRE(parsed.has_value());
        CHECK(parsed->cost.to_string() == c.kept);
        CHECK(parsed->is_rounded == c.is_rounded);
    }
}

TEST_CASE("the fast reader of costs agrees with Decimal on every text") {
    Random random(21);
    int read = 0;
    for (int round = 0; round < 300'000; ++round) {
        const std::string text = random_cost(random);
        const auto fast = ReportedCost::parse(text);
        const auto exact = Decimal::parse(text);
        CAPTURE(text);
        REQUIRE(fast.has_value() == (exact.has_value() && *exact <= Decimal(kLargestAmount) &&
                                     *exact >= -Decimal(kLargestAmount)));
        if (!fast) continue;
        ++read;
        REQUIRE(fast->cost.to_decimal() == exact->rounded(kReportedFractionDigits));
        REQUIRE(fast->is_rounded == (exact->rounded(kReportedFractionDigits) != *exact));
    }
    CHECK(read > 200'000);
}

TEST_CASE("sums, differences and order of reported costs are those of the decimals") {
    Random random(22);
    ReportedCost total;
    Decimal exact_total;
    for (int round = 0; round < 50'000; ++round) {
        const auto a = ReportedCost::parse(random_cost(random)),
                   b = ReportedCost::parse(random_cost(random));
        if (!a || !b) continue;
        const Decimal x = a->cost.to_decimal(), y = b->cost.to_decimal();
        REQUIRE((a->cost + b->cost).to_decimal() == x + y);
        REQUIRE((a->cost - b->cost).to_decimal() == x - y);
        REQUIRE((a->cost <=> b->cost) == (x <=> y));
        REQUIRE(a->cost.is_zero() == x.is_zero());
        REQUIRE(cost(a->cost.to_string()) == a->cost);  // printed, then read, is the identity
        total += a->cost - b->cost;
        exact_total += x - y;
    }
    CHECK(total.to_decimal() == exact_total);
    CHECK_FALSE(total.is_zero());
}
