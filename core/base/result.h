#pragma once

// Result<T>: a value or an Error. TL_TRY(name, expression) unwraps or returns the error to our
// caller.

#include "base/error.h"

#include <expected>
#include <string>
#include <utility>

namespace tokenlever {

template <typename T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorCode code, std::string where = {}, std::string detail = {},
                                   std::uint64_t offset = 0) {
    return std::unexpected(Error{
        .code = code, .where = std::move(where), .offset = offset, .detail = std::move(detail)});
}

}  // namespace tokenlever

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): the one macro; it must be able to return.
#define TL_TRY(name, ...)                                                         \
    auto name##_result = (__VA_ARGS__);                                           \
    if (!name##_result) return std::unexpected(std::move(name##_result.error())); \
    auto& name = *name##_result
