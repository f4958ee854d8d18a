#pragma once

// What can go wrong, as a closed list. An Error is a value: it is returned, never thrown, and
// reported once, at the edge (api, cli, app), as one sentence that says what happened, where,
// and what to do. The sentences live in one table in error.cpp, keyed by code.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tokenlever {

enum class ErrorCode : std::uint8_t {
    // numbers and text
    NotANumber,       // the text is not a decimal number
    NotAWholeNumber,  // a count with a fraction, a sign or letters
    NumberTooLarge,   // does not fit the exact arithmetic (about 150 digits) or a 63-bit count
    OutOfRange,       // a number outside the range its key allows
    NotAnInstant,     // not an ISO-8601 instant, or a date that does not exist
    InvalidUtf8,
    // JSON documents and requests
    MalformedJson,  // the text is not JSON; offset is the byte
    TruncatedJson,  // the document does not end
    WrongType,      // the value has another type than its key wants
    MissingKey,
    UnknownKey,
    DuplicateKey,
    UnknownSchema,  // a document of another kind or a newer version
    InvalidValue,   // right type, but not one of the allowed values
    TooDeep,        // nesting beyond the reader's limit
    // price books and prices
    UnknownUnit,
    UnknownProvider,
    UnknownModel,
    OverlappingCards,
    NoCardAtInstant,
    DuplicateAlias,
    NoPriceBook,  // asked before a price book was loaded
    // usage files
    EmptyFile,
    UnrecognizedFormat,
    UnknownFormat,  // a format id that does not exist
    MissingColumn,
    DuplicateColumn,
    FieldTooLong,
    TruncatedRow,
    TooManyFields,
    TooFewFields,
    UnclosedQuote,
    InconsistentTokens,  // the token classes of a row contradict each other
    Cancelled,
    // scenarios
    UnknownWorkload,
    UnknownLever,
    DuplicateId,
    TooManyLevers,
    OtherCurrency,  // a price in a currency that is not the document's
    NotEvaluated,   // a lever kind or key of the contract that this version does not evaluate
    // the command line
    UnreadableFile,
    BadUsage,
};

struct Error {
    ErrorCode code = ErrorCode::BadUsage;
    std::string
        where{};  // JSON pointer ("/levers/0/ttl"), "row 812, column spend", a file; may be empty
    std::uint64_t offset = 0;  // byte in the input, where one is known
    std::string detail{};      // the offending text, last, so that the first half can be shared

    bool operator==(const Error&) const = default;
};

// The stable id used in files and JSON ("not_a_number").
std::string_view error_id(ErrorCode code);

// One sentence for a person: where, what, what to do, and last the offending text.
std::string error_message(const Error& error);

// The text for a detail: cut to 80 bytes at a UTF-8 boundary, invalid bytes and control characters
// replaced by '?', so that it can be shown anywhere.
std::string excerpt(std::string_view text);

// The byte where the text stops being UTF-8, or npos. An unfinished sequence at the end counts.
std::size_t find_invalid_utf8(std::string_view text);

}  // namespace tokenlever
