#pragma once

// Seeded random cases for property tests: the same on every compiler and target.

#include <cstdint>
#include <string>

namespace tokenlever::test {

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    // SplitMix64.
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e37'79b9'7f4a'7c15U);
        z = (z ^ (z >> 30)) * 0xbf58'476d'1ce4'e5b9U;
        z = (z ^ (z >> 27)) * 0x94d0'49bb'1331'11ebU;
        return z ^ (z >> 31);
    }
    // 0 <= result < limit
    int below(int limit) { return static_cast<int>(next() % static_cast<std::uint64_t>(limit)); }
    bool one_in(int chances) { return below(chances) == 0; }

    std::string digits(int count) {
        std::string text;
        for (int i = 0; i < count; ++i)
            text.push_back(static_cast<char>('0' + below(10)));
        return text;
    }

private:
    std::uint64_t state_;
};

}  // namespace tokenlever::test
