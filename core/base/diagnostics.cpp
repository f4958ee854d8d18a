#include "base/diagnostics.h"

#include <algorithm>
#include <utility>

namespace tokenlever {

void Diagnostics::reject(Rejection rejection) {
    ++rejected_;
    const auto code = static_cast<std::size_t>(rejection.code);
    if (by_code_.size() <= code) by_code_.resize(code + 1);
    ++by_code_[code];
    if (rejections_.size() < kListedRejections) rejections_.push_back(std::move(rejection));
}

void Diagnostics::warn(std::string code, std::string message, std::int64_t count) {
    const auto same = std::ranges::find_if(warnings_, [&](const Warning& warning) {
        return warning.code == code && warning.message == message;
    });
    if (same != warnings_.end()) {
        same->count += count;
    } else if (warnings_.size() < kListedWarnings) {
        warnings_.push_back(
            Warning{.code = std::move(code), .message = std::move(message), .count = count});
    } else if (warnings_.size() == kListedWarnings) {
        warnings_.push_back(Warning{.code = "more_warnings",
                                    .message = "there were more warnings than are listed",
                                    .count = count});
    } else {
        warnings_.back().count += count;
    }
}

std::vector<std::pair<ErrorCode, std::int64_t>> Diagnostics::rejected_by_code() const {
    std::vector<std::pair<ErrorCode, std::int64_t>> counts;
    for (std::size_t code = 0; code < by_code_.size(); ++code)
        if (by_code_[code] != 0) counts.emplace_back(static_cast<ErrorCode>(code), by_code_[code]);
    return counts;
}

}  // namespace tokenlever
