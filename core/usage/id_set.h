#pragma once

// The ids that were already seen, as 64-bit fingerprints in open addressing: about ten bytes per
// id. It grows in 64 independent parts, so that growing never needs twice the memory.

#include <array>
#include <cstdint>
#include <memory>

namespace tokenlever {

class IdSet {
public:
    // True if the fingerprint was not in the set before.
    bool insert(std::uint64_t fingerprint);
    bool contains(std::uint64_t fingerprint) const;
    std::size_t size() const;
    // Adds all of `other`.
    void merge(const IdSet& other);

private:
    struct Part {
        std::unique_ptr<std::uint64_t[]> slots;  // 0 is empty
        std::size_t capacity = 0;                // a power of two, or 0
        std::size_t count = 0;
    };
    static void grow(Part& part);

    std::array<Part, 64> parts_;
};

}  // namespace tokenlever
