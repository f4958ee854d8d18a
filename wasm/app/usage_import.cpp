#include "usage_import.h"

#include <array>

namespace tokenlever::app {
namespace {

// Absent keys keep what is there; `add` is for classes that are one number on the screen.
Result<void> read_count(const Json& object, std::string_view key, std::int64_t& out,
                        bool add = false) {
    const Json* member = object.find(key);
    if (member == nullptr) return {};
    TL_TRY(count, member->as_count());
    out = add ? out + count : count;
    return {};
}

Result<void> read_amount(const Json& object, std::string_view key, std::optional<Decimal>& out) {
    const Json* member = object.find(key);
    if (member == nullptr) return {};
    TL_TRY(amount, member->as_decimal());
    out = amount;
    return {};
}

Result<void> read_text(const Json& object, std::string_view key, std::string& out) {
    const Json* member = object.find(key);
    if (member == nullptr) return {};
    TL_TRY(text, member->as_string());
    out = text;
    return {};
}

struct CountKey {
    std::string_view key;
    std::int64_t UsageMeasures::* field;
    bool adds = false;
};
constexpr std::array<CountKey, 14> kCounts = {{
    {"requests", &UsageMeasures::requests},
    {"requests_failed", &UsageMeasures::requests_failed},
    {"input_tokens", &UsageMeasures::input_tokens},
    {"input_unsplit_tokens", &UsageMeasures::input_unsplit_tokens},
    {"cache_read_tokens", &UsageMeasures::cache_read_tokens},
    {"cache_write_tokens", &UsageMeasures::cache_write_tokens, true},
    {"cache_write_5m_tokens", &UsageMeasures::cache_write_tokens, true},
    {"cache_write_30m_tokens", &UsageMeasures::cache_write_tokens, true},
    {"cache_write_1h_tokens", &UsageMeasures::cache_write_tokens, true},
    {"cache_write_12h_tokens", &UsageMeasures::cache_write_tokens, true},
    {"output_tokens", &UsageMeasures::output_tokens},
    {"avoided_input_tokens", &UsageMeasures::avoided_input_tokens},
    {"avoided_output_tokens", &UsageMeasures::avoided_output_tokens},
    {"unpriced_tokens", &UsageMeasures::unpriced_tokens},
}};

Result<UsageMeasures> read_measures(const Json& object) {
    UsageMeasures measures;
    for (const CountKey& row : kCounts) {
        if (auto done = read_count(object, row.key, measures.*row.field, row.adds); !done)
            return std::unexpected(std::move(done.error()));
    }
    for (const auto& [key, field] : {std::pair{"reported_cost", &UsageMeasures::reported_cost},
                                     std::pair{"billed_cost", &UsageMeasures::billed_cost},
                                     std::pair{"list_cost", &UsageMeasures::list_cost}}) {
        if (auto done = read_amount(object, key, measures.*field); !done)
            return std::unexpected(std::move(done.error()));
    }
    if (const Json* interval = object.find("interval")) {
        if (auto done = read_amount(*interval, "high", measures.list_cost_high); !done)
            return std::unexpected(std::move(done.error()));
    }
    return measures;
}

Result<UsageGroup> read_group(const Json& item) {
    TL_TRY(whole, item.as_object());
    const Json& object = *whole;
    UsageGroup group;
    TL_TRY(measures, read_measures(object));
    group.measures = std::move(measures);
    const Json* key = object.find("key");
    if (key == nullptr) return group;
    for (const auto& [name, field] :
         {std::pair{"day", &UsageGroup::day}, std::pair{"model", &UsageGroup::model},
          std::pair{"team", &UsageGroup::team}}) {
        const Json* part = key->find(name);
        if (part == nullptr) continue;
        TL_TRY(text, part->as_string());
        group.*field = text;
    }
    return group;
}

Result<ImportRejection> read_rejection(const Json& object) {
    ImportRejection rejection;
    std::int64_t offset = 0;
    if (auto done = read_count(object, "row", rejection.row); !done)
        return std::unexpected(std::move(done.error()));
    if (auto done = read_count(object, "offset", offset); !done)
        return std::unexpected(std::move(done.error()));
    rejection.offset = static_cast<std::uint64_t>(offset);
    for (const auto& [key, field] :
         {std::pair{"column", &ImportRejection::column}, std::pair{"code", &ImportRejection::code},
          std::pair{"detail", &ImportRejection::detail}}) {
        if (auto done = read_text(object, key, rejection.*field); !done)
            return std::unexpected(std::move(done.error()));
    }
    return rejection;
}

Result<SetAside> read_set_aside(const Json& object) {
    SetAside part;
    if (auto done = read_text(object, "reason", part.reason); !done)
        return std::unexpected(std::move(done.error()));
    if (auto done = read_count(object, "rows", part.rows); !done)
        return std::unexpected(std::move(done.error()));
    if (auto done = read_amount(object, "cost", part.cost); !done)
        return std::unexpected(std::move(done.error()));
    return part;
}

template <typename T>
Result<void> read_list(const Json& object, std::string_view key, std::vector<T>& out,
                       Result<T> (*read)(const Json&)) {
    const Json* list = object.find(key);
    if (list == nullptr) return {};
    TL_TRY(items, list->as_array());
    out.reserve(items->size());
    for (const Json& item : *items) {
        TL_TRY(value, read(item));
        out.push_back(std::move(value));
    }
    return {};
}

std::string message_of(const Json& object) {
    const Json* error = object.find("error");
    if (error == nullptr) return {};
    std::string message;
    if (!read_text(*error, "message", message) || message.empty())
        return "The file could not be read.";
    return message;
}

Result<ImportedFile> read_file(const Json& item) {
    TL_TRY(whole, item.as_object());
    const Json& object = *whole;
    ImportedFile file;
    std::int64_t bytes = 0;
    for (const auto& [key, field] :
         {std::pair{"path", &ImportedFile::path}, std::pair{"format", &ImportedFile::format}}) {
        if (auto done = read_text(object, key, file.*field); !done)
            return std::unexpected(std::move(done.error()));
    }
    if (auto done = read_count(object, "bytes", bytes); !done)
        return std::unexpected(std::move(done.error()));
    file.bytes = static_cast<std::uint64_t>(bytes);
    if (const Json* rows = object.find("rows")) {
        for (const auto& [key, field] :
             {std::pair{"read", &ImportedFile::read}, std::pair{"charged", &ImportedFile::charged},
              std::pair{"duplicate", &ImportedFile::duplicate},
              std::pair{"rejected", &ImportedFile::rejected},
              std::pair{"ignored", &ImportedFile::ignored}}) {
            if (auto done = read_count(*rows, key, file.*field); !done)
                return std::unexpected(std::move(done.error()));
        }
    }
    if (auto done = read_list(object, "set_aside", file.set_aside, read_set_aside); !done)
        return std::unexpected(std::move(done.error()));
    if (auto done = read_list(object, "rejections", file.rejections, read_rejection); !done)
        return std::unexpected(std::move(done.error()));
    file.error = message_of(object);
    return file;
}

// A warning is {"code","message"}, or a sentence.
Result<std::string> read_warning(const Json& item) {
    if (item.kind() == Json::Kind::String) return item.text();
    std::string message;
    if (auto done = read_text(item, "message", message); !done)
        return std::unexpected(std::move(done.error()));
    return message;
}

Result<void> read_totals(const Json& document, ImportReport& report) {
    const Json* totals = document.find("totals");
    if (totals == nullptr) return {};
    TL_TRY(object, totals->as_object());
    TL_TRY(measures, read_measures(*object));
    report.totals = std::move(measures);
    if (auto done = read_text(*totals, "reported_cost_kind", report.reported_cost_kind); !done)
        return done;
    if (auto done = read_text(*totals, "currency", report.currency); !done) return done;
    if (auto done = read_amount(*totals, "set_aside_cost", report.set_aside_cost); !done)
        return done;
    return read_amount(*totals, "rejected_cost", report.rejected_cost);
}

void add(std::optional<Decimal>& sum, const std::optional<Decimal>& part) {
    if (!part) return;
    sum = sum ? *sum + *part : *part;
}

}  // namespace

UsageMeasures& UsageMeasures::operator+=(const UsageMeasures& other) {
    // Where only some parts are intervals, the others count with their one price.
    if (list_cost_high || other.list_cost_high) {
        std::optional<Decimal> high = list_cost_high ? list_cost_high : list_cost;
        add(high, other.list_cost_high ? other.list_cost_high : other.list_cost);
        list_cost_high = high;
    }
    for (const auto field :
         {&UsageMeasures::requests, &UsageMeasures::requests_failed, &UsageMeasures::input_tokens,
          &UsageMeasures::input_unsplit_tokens, &UsageMeasures::cache_read_tokens,
          &UsageMeasures::cache_write_tokens, &UsageMeasures::output_tokens,
          &UsageMeasures::avoided_input_tokens, &UsageMeasures::avoided_output_tokens,
          &UsageMeasures::unpriced_tokens})
        this->*field += other.*field;
    add(reported_cost, other.reported_cost);
    add(billed_cost, other.billed_cost);
    add(list_cost, other.list_cost);
    return *this;
}

std::int64_t ImportReport::rows_read() const {
    std::int64_t rows = 0;
    for (const ImportedFile& file : files)
        rows += file.read;
    return rows;
}

std::uint64_t ImportReport::bytes() const {
    std::uint64_t sum = 0;
    for (const ImportedFile& file : files)
        sum += file.bytes;
    return sum;
}

bool ImportReport::all_failed() const {
    for (const ImportedFile& file : files)
        if (file.error.empty()) return false;
    return !files.empty();
}

Result<ImportReport> read_import_report(std::string_view json) {
    TL_TRY(document, Json::parse(json));
    TL_TRY(object, document.as_object());
    ImportReport report;
    if (auto done = read_list(*object, "files", report.files, read_file); !done)
        return std::unexpected(std::move(done.error()));
    if (auto done = read_totals(*object, report); !done)
        return std::unexpected(std::move(done.error()));
    if (auto done = read_list(*object, "groups", report.groups, read_group); !done)
        return std::unexpected(std::move(done.error()));
    if (auto done = read_list(*object, "warnings", report.warnings, read_warning); !done)
        return std::unexpected(std::move(done.error()));
    if (const Json* period = object->find("period")) {
        if (auto done = read_text(*period, "start", report.period_start); !done)
            return std::unexpected(std::move(done.error()));
        if (auto done = read_text(*period, "end", report.period_end); !done)
            return std::unexpected(std::move(done.error()));
    }
    if (const Json* seconds = object->find("seconds")) {
        TL_TRY(value, seconds->as_double());
        report.seconds = value;
    }
    return report;
}

std::string read_error_message(std::string_view json) {
    const auto document = Json::parse(json);
    return document ? message_of(*document) : std::string();
}

}  // namespace tokenlever::app
