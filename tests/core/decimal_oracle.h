#pragma once

// A slow second opinion on decimal.h: numbers as digit strings, every operation as taught at
// school. Nothing is shared with the implementation.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace tokenlever::test {

// sign, digits (most significant first, no leading zeros, "" for zero) and a count of fraction
// digits
struct Schoolbook {
    bool is_negative = false;
    std::string digits;
    int scale = 0;
};

inline std::string trimmed(std::string digits) {
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

inline int compare_digits(const std::string& a, const std::string& b) {
    if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    return a.compare(b) < 0 ? -1 : a == b ? 0 : 1;
}

inline std::string add_digits(const std::string& a, const std::string& b) {
    std::string sum;
    int carry = 0;
    for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry != 0; ++i) {
        if (i < a.size()) carry += a[a.size() - 1 - i] - '0';
        if (i < b.size()) carry += b[b.size() - 1 - i] - '0';
        sum.push_back(static_cast<char>('0' + carry % 10));
        carry /= 10;
    }
    std::ranges::reverse(sum);
    return trimmed(sum);
}

// a >= b
inline std::string subtract_digits(const std::string& a, const std::string& b) {
    std::string difference;
    int borrow = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        int digit = a[a.size() - 1 - i] - '0' - borrow;
        if (i < b.size()) digit -= b[b.size() - 1 - i] - '0';
        borrow = digit < 0 ? 1 : 0;
        difference.push_back(static_cast<char>('0' + digit + 10 * borrow));
    }
    std::ranges::reverse(difference);
    return trimmed(difference);
}

inline std::string multiply_digits(const std::string& a, const std::string& b) {
    std::string product(a.size() + b.size(), '0');
    for (std::size_t i = a.size(); i-- > 0;) {
        int carry = 0;
        for (std::size_t j = b.size(); j-- > 0;) {
            carry += (product[i + j + 1] - '0') + (a[i] - '0') * (b[j] - '0');
            product[i + j + 1] = static_cast<char>('0' + carry % 10);
            carry /= 10;
        }
        product[i] = static_cast<char>('0' + carry);
    }
    return trimmed(product);
}

// Long division; b is not zero. Returns quotient and remainder.
inline std::pair<std::string, std::string> divide_digits(const std::string& a,
                                                         const std::string& b) {
    std::string quotient, rest;
    for (char digit : a) {
        rest.push_back(digit);
        rest = trimmed(std::move(rest));
        char count = '0';
        for (; compare_digits(rest, b) >= 0; ++count)
            rest = subtract_digits(rest, b);
        quotient.push_back(count);
    }
    return {trimmed(quotient), rest};
}

inline Schoolbook read(std::string_view text) {
    Schoolbook value;
    value.is_negative = text.starts_with('-');
    if (value.is_negative || text.starts_with('+')) text.remove_prefix(1);
    const std::size_t e = text.find_first_of("eE");
    std::string mantissa(text.substr(0, e));
    if (const std::size_t point = mantissa.find('.'); point != std::string::npos) {
        value.scale = static_cast<int>(mantissa.size() - point - 1);
        mantissa.erase(point, 1);
    }
    if (e != std::string_view::npos) value.scale -= std::stoi(std::string(text.substr(e + 1)));
    if (value.scale < 0) {
        mantissa.append(static_cast<std::size_t>(-value.scale), '0');
        value.scale = 0;
    }
    value.digits = trimmed(mantissa);
    return value;
}

inline std::string write(Schoolbook value) {
    while (value.scale > 0 && value.digits.ends_with('0')) {
        value.digits.pop_back();
        --value.scale;
    }
    if (value.digits.empty()) return "0";
    const auto scale = static_cast<std::size_t>(value.scale);
    if (value.digits.size() <= scale) value.digits.insert(0, scale + 1 - value.digits.size(), '0');
    if (scale > 0) value.digits.insert(value.digits.size() - scale, ".");
    return (value.is_negative ? "-" : "") + value.digits;
}

inline void align(Schoolbook& a, Schoolbook& b) {
    for (Schoolbook* value : {&a, &b}) {
        const int missing = std::max(a.scale, b.scale) - value->scale;
        if (!value->digits.empty()) value->digits.append(static_cast<std::size_t>(missing), '0');
    }
    a.scale = b.scale = std::max(a.scale, b.scale);
}

inline int compare(Schoolbook a, Schoolbook b) {
    align(a, b);
    if (a.digits.empty()) a.is_negative = false;
    if (b.digits.empty()) b.is_negative = false;
    if (a.is_negative != b.is_negative) return a.is_negative ? -1 : 1;
    return a.is_negative ? compare_digits(b.digits, a.digits) : compare_digits(a.digits, b.digits);
}

inline Schoolbook add(Schoolbook a, Schoolbook b) {
    align(a, b);
    if (a.is_negative == b.is_negative)
        return {a.is_negative, add_digits(a.digits, b.digits), a.scale};
    if (compare_digits(a.digits, b.digits) < 0) std::swap(a, b);
    return {a.is_negative, subtract_digits(a.digits, b.digits), a.scale};
}

inline Schoolbook negate(Schoolbook value) {
    value.is_negative = !value.is_negative;
    return value;
}

inline Schoolbook multiply(const Schoolbook& a, const Schoolbook& b) {
    return {a.is_negative != b.is_negative, multiply_digits(a.digits, b.digits), a.scale + b.scale};
}

// The quotient, rounded half-even to `scale` fraction digits (which may be negative).
inline Schoolbook divide(const Schoolbook& a, const Schoolbook& b, int scale) {
    const int shift = scale + b.scale - a.scale;
    std::string numerator = a.digits, denominator = b.digits;
    std::string& longer = shift >= 0 ? numerator : denominator;
    if (!longer.empty()) longer.append(static_cast<std::size_t>(std::abs(shift)), '0');
    auto [quotient, rest] = divide_digits(numerator, denominator);
    const int order = compare_digits(add_digits(rest, rest), denominator);
    const bool is_odd = !quotient.empty() && (quotient.back() - '0') % 2 != 0;
    if (order > 0 || (order == 0 && is_odd)) quotient = add_digits(quotient, "1");
    Schoolbook result{a.is_negative != b.is_negative, quotient, scale};
    if (scale < 0 && !quotient.empty()) result.digits.append(static_cast<std::size_t>(-scale), '0');
    if (scale < 0) result.scale = 0;
    return result;
}

inline Schoolbook round(const Schoolbook& value, int scale) {
    return scale >= value.scale ? value : divide(value, {false, "1", 0}, scale);
}

}  // namespace tokenlever::test
