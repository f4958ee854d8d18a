#include "scenario/amount_text.h"

#include <algorithm>

namespace tokenlever {

std::string grouped(std::string_view digits) {
    const std::size_t point = std::min(digits.find('.'), digits.size());
    const std::size_t start = digits.starts_with('-') ? 1 : 0;
    std::string text(digits.substr(0, start));
    for (std::size_t i = start; i < point; ++i) {
        if (i != start && (point - i) % 3 == 0) text += ',';
        text += digits[i];
    }
    return text.append(digits.substr(point));
}

std::string dollar_text(const Decimal& amount) {
    const Decimal exact_cents = (amount.is_negative() ? -amount : amount) * Decimal(100);
    Decimal cents = exact_cents.rounded(0);  // half-even, so a half may have gone down
    if (exact_cents - cents == Decimal::from_scaled(5, 1)) cents += Decimal(1);
    std::string digits = cents.to_string();
    if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
    digits.insert(digits.size() - 2, ".");
    return (amount.is_negative() && !cents.is_zero() ? "-$" : "$") + grouped(digits);
}

std::string percent_text(const Decimal& share) {
    return (share * Decimal(100)).rounded(2).to_string() + " %";
}

}  // namespace tokenlever
