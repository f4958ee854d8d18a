#include "base/error.h"

#include <algorithm>
#include <array>

namespace tokenlever {

namespace {

enum class Offset : std::uint8_t { Hidden, Shown };

struct Sentence {
    ErrorCode code;
    std::string_view id;
    std::string_view text;  // what, and what to do
    Offset offset = Offset::Hidden;
};

constexpr std::array kSentences = {
    Sentence{ErrorCode::NotANumber, "not_a_number",
             "not a decimal number; use digits with a point and no thousands separators"},
    Sentence{ErrorCode::NotAWholeNumber, "not_a_whole_number",
             "not a whole number; write a count as digits only, without sign or fraction"},
    Sentence{ErrorCode::NumberTooLarge, "number_too_large",
             "a number beyond what exact arithmetic holds here; check its digits and exponent"},
    Sentence{ErrorCode::OutOfRange, "out_of_range",
             "a number outside the range allowed here; correct it"},
    Sentence{ErrorCode::NotAnInstant, "not_an_instant",
             "not a date or time that exists; write it like 2026-09-01 or 2026-09-01T10:00:00Z"},
    Sentence{ErrorCode::InvalidUtf8, "invalid_utf8",
             "not valid UTF-8; save the file as UTF-8 and try again", Offset::Shown},
    Sentence{ErrorCode::MalformedJson, "malformed_json",
             "not valid JSON; look for a missing quote, comma or bracket here", Offset::Shown},
    Sentence{ErrorCode::TruncatedJson, "truncated_json",
             "the JSON text ends before the document does; get the whole file again",
             Offset::Shown},
    Sentence{ErrorCode::WrongType, "wrong_type",
             "a value of the wrong type; write the type named here"},
    Sentence{ErrorCode::MissingKey, "missing_key", "a key that is needed here is missing; add it"},
    Sentence{ErrorCode::UnknownKey, "unknown_key",
             "a key that is not known here; remove it or correct its name"},
    Sentence{ErrorCode::DuplicateKey, "duplicate_key",
             "the same key stands twice in one object; keep one", Offset::Shown},
    Sentence{ErrorCode::UnknownSchema, "unknown_schema",
             "a document of another kind or of a newer version; check its \"schema\" key"},
    Sentence{ErrorCode::InvalidValue, "invalid_value",
             "not one of the values allowed here; choose an allowed one"},
    Sentence{ErrorCode::TooDeep, "too_deep",
             "nested too deeply; no document of ours has more than 64 levels", Offset::Shown},
    Sentence{ErrorCode::UnknownUnit, "unknown_unit",
             "no such unit of usage; use an id of the list of units"},
    Sentence{ErrorCode::UnknownProvider, "unknown_provider",
             "no such provider in the price book; list them with the models verb"},
    Sentence{ErrorCode::UnknownModel, "unknown_model",
             "no such model in the price book; search it with the models verb"},
    Sentence{
        ErrorCode::OverlappingCards, "overlapping_cards",
        "two price cards of one model hold at the same instant; end one before the other starts"},
    Sentence{ErrorCode::NoCardAtInstant, "no_card_at_instant",
             "the model has no price at this instant; choose another date or add a price book"},
    Sentence{ErrorCode::DuplicateAlias, "duplicate_alias",
             "two models claim the same name at the same time; keep it on one"},
    Sentence{ErrorCode::NoPriceBook, "no_price_book",
             "no price book has been loaded; load one (loadBook) before asking"},
    Sentence{ErrorCode::EmptyFile, "empty_file", "the file is empty; export it again"},
    Sentence{ErrorCode::UnrecognizedFormat, "unrecognized_format",
             "not a usage export that is known here; name its format or give a column mapping"},
    Sentence{ErrorCode::UnknownFormat, "unknown_format",
             "no such format id; use one of the documented ids"},
    Sentence{ErrorCode::MissingColumn, "missing_column",
             "a column that is needed is missing; export it too"},
    Sentence{ErrorCode::DuplicateColumn, "duplicate_column",
             "two columns have the same name; rename or remove one"},
    Sentence{ErrorCode::FieldTooLong, "field_too_long",
             "a field longer than any real one; look for a quote that is not closed",
             Offset::Shown},
    Sentence{ErrorCode::TruncatedRow, "truncated",
             "the file ends inside this row; get the whole file again", Offset::Shown},
    Sentence{ErrorCode::TooManyFields, "too_many_fields",
             "the row has more fields than the header; put quotes around fields with commas",
             Offset::Shown},
    Sentence{ErrorCode::TooFewFields, "too_few_fields",
             "the row has fewer fields than the header; look for a line break inside a field",
             Offset::Shown},
    Sentence{ErrorCode::UnclosedQuote, "unclosed_quote",
             "a quoted field is not closed; close it with a quote", Offset::Shown},
    Sentence{ErrorCode::InconsistentTokens, "inconsistent_tokens",
             "the token counts of the row contradict each other; check the export"},
    Sentence{ErrorCode::Cancelled, "cancelled", "cancelled before the end; nothing was kept"},
    Sentence{ErrorCode::UnknownWorkload, "unknown_workload",
             "no workload has this id; use an id of the document"},
    Sentence{ErrorCode::UnknownLever, "unknown_lever",
             "no lever has this id or kind; use one of the documented"},
    Sentence{ErrorCode::DuplicateId, "duplicate_id",
             "two parts of the document have the same id; rename one"},
    Sentence{ErrorCode::TooManyLevers, "too_many_levers",
             "more levers than can be combined; remove some"},
    Sentence{ErrorCode::OtherCurrency, "other_currency",
             "a price in another currency; amounts of two currencies are never added, so choose "
             "another model or price it in the document's currency"},
    Sentence{ErrorCode::NotEvaluated, "not_evaluated",
             "this version does not evaluate this yet; remove it or set it to null"},
    Sentence{ErrorCode::UnreadableFile, "unreadable_file",
             "the file cannot be read; check its path and permissions"},
    Sentence{ErrorCode::BadUsage, "bad_usage", "the command was not understood; see --help"},
};

// Row i describes enumerator i; the last enumerator has the last row.
constexpr bool is_in_order() {
    for (std::size_t i = 0; i < kSentences.size(); ++i)
        if (static_cast<std::size_t>(kSentences[i].code) != i) return false;
    return static_cast<std::size_t>(ErrorCode::BadUsage) + 1 == kSentences.size();
}
static_assert(is_in_order());

const Sentence& sentence_of(ErrorCode code) { return kSentences[static_cast<std::size_t>(code)]; }

// Length of the UTF-8 sequence at the front, or 0 if it is not one (RFC 3629, table 3-7 of
// Unicode).
std::size_t sequence_length(std::string_view text) {
    const auto byte = [text](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i])
                               : static_cast<unsigned char>(0);
    };
    const auto is_in = [](unsigned char value, int low, int high) {
        return value >= low && value <= high;
    };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return 1;
    if (is_in(lead, 0xC2, 0xDF)) return is_in(byte(1), 0x80, 0xBF) ? 2 : 0;
    if (is_in(lead, 0xE0, 0xEF)) {
        const bool is_second =
            is_in(byte(1), lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
        return is_second && is_in(byte(2), 0x80, 0xBF) ? 3 : 0;
    }
    if (!is_in(lead, 0xF0, 0xF4)) return 0;
    const bool is_second = is_in(byte(1), lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
    return is_second && is_in(byte(2), 0x80, 0xBF) && is_in(byte(3), 0x80, 0xBF) ? 4 : 0;
}

constexpr std::size_t kExcerptBytes = 80;

}  // namespace

std::string_view error_id(ErrorCode code) { return sentence_of(code).id; }

std::string error_message(const Error& error) {
    const Sentence& sentence = sentence_of(error.code);
    std::string message = error.where;
    if (sentence.offset == Offset::Shown) {
        if (!message.empty()) message += ", ";
        message += "byte " + std::to_string(error.offset);
    }
    if (!message.empty()) message += ": ";
    message += sentence.text;
    if (!error.detail.empty()) message += ": \"" + error.detail + '"';
    return message;
}

std::string excerpt(std::string_view text) {
    std::string shown;
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (shown.size() + std::max<std::size_t>(length, 1) > kExcerptBytes) break;
        const bool is_control = static_cast<unsigned char>(text[0]) < 0x20 || text[0] == 0x7f;
        if (length == 0 || is_control)
            shown.push_back('?');
        else
            shown.append(text.substr(0, length));
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return shown;
}

std::size_t find_invalid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequence_length(text.substr(at));
        if (length == 0) return at;
        at += length;
    }
    return std::string_view::npos;
}

}  // namespace tokenlever
