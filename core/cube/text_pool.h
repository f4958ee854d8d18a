#pragma once

// Distinct texts with small numbers, from 1; 0 is the absent (empty) text. Asking for the text that
// was asked for last is cheap, because the rows of a log repeat themselves.

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace tokenlever {

class TextPool {
public:
    std::uint32_t intern(std::string_view text) {
        if (text.empty()) return 0;
        if (last_ != 0 && texts_[last_ - 1] == text) return last_;
        return last_ = look_up(text);
    }
    std::string_view operator[](std::uint32_t id) const {
        return id == 0 ? std::string_view() : texts_[id - 1];
    }
    std::size_t size() const { return texts_.size(); }

private:
    std::uint32_t look_up(std::string_view text);
    std::string_view keep(std::string_view text);
    void grow();

    std::vector<std::string_view> texts_;
    std::vector<std::uint64_t> hashes_;
    std::vector<std::uint32_t> slots_;  // ids; 0 is empty
    std::vector<std::unique_ptr<char[]>> pages_;
    std::size_t page_left_ = 0;
    char* page_at_ = nullptr;
    std::uint32_t last_ = 0;
};

// Distinct keys of a fixed number of words, numbered from 0 in the order they came.
class KeyIndex {
public:
    explicit KeyIndex(std::size_t width) : width_(width) {}
    // The number of the key; equal to size() before the call if it is new.
    std::uint32_t intern(const std::uint32_t* key);
    const std::uint32_t* operator[](std::size_t number) const { return &keys_[number * width_]; }
    std::size_t size() const { return count_; }

private:
    bool is_at(std::uint32_t number, const std::uint32_t* key) const;
    std::uint64_t hash_of(const std::uint32_t* key) const;
    void grow();

    std::size_t width_;
    std::size_t count_ = 0;
    std::vector<std::uint32_t> keys_;
    std::vector<std::uint32_t> slots_;  // number + 1; 0 is empty
    std::uint32_t last_ = 0;
};

}  // namespace tokenlever
