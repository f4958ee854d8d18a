#include "usage_import.h"

#include <array>
#include <utility>

namespace tokenlever::app {
namespace {

// Reads members one after another and remembers the first fault; absent keys keep what is there.
class Members {
public:
    void count(const Json& object, std::string_view key, std::int64_t& out, bool adds = false) {
        const Json* member = object.find(key);
        if (member == nullptr) return;
        if (const auto value = keep(member->as_count())) out = adds ? out + *value : *value;
    }
    void amount(const Json& object, std::string_view key, std::optional<Decimal>& out) {
        const Json* member = object.find(key);
        if (member == nullptr) return;
        if (const auto value = keep(member->as_decimal())) out = *value;
    }
    void text(const Json& object, std::string_view key, std::string& out) {
        const Json* member = object.find(key);
        if (member == nullptr) return;
        if (auto value = keep(member->as_string())) out = std::move(*value);
    }
    // The member if it is an object; another type is a fault.
    const Json* object(const Json& parent, std::string_view key) {
        const Json* member = parent.find(key);
        return member == nullptr ? nullptr : keep(member->as_object()).value_or(nullptr);
    }
    template <typename T>
    void list(const Json& parent, std::string_view key, std::vector<T>& out,
              T (*read)(Members&, const Json&), bool wants_objects = true) {
        const Json* member = parent.find(key);
        if (member == nullptr || !keep(member->as_array())) return;
        for (const Json& item : member->items()) {
            if (wants_objects && !keep(item.as_object())) return;
            out.push_back(read(*this, item));
        }
    }
    template <typename T>
    std::optional<T> keep(Result<T> result) {
        if (result) return std::move(*result);
        if (!fault_) fault_ = std::move(result.error());
        return std::nullopt;
    }
    const std::optional<Error>& fault() const { return fault_; }

private:
    std::optional<Error> fault_;
};

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

UsageMeasures read_measures(Members& members, const Json& object) {
    UsageMeasures measures;
    for (const CountKey& row : kCounts)
        members.count(object, row.key, measures.*row.field, row.adds);
    members.amount(object, "reported_cost", measures.reported_cost);
    members.amount(object, "billed_cost", measures.billed_cost);
    members.amount(object, "list_cost", measures.list_cost);
    if (const Json* interval = members.object(object, "interval"))
        members.amount(*interval, "high", measures.list_cost_high);
    return measures;
}

UsageGroup read_group(Members& members, const Json& object) {
    UsageGroup group;
    group.measures = read_measures(members, object);
    group.measures.has_unreported = group.measures.is_used() && !group.measures.reported_cost;
    const Json* key = members.object(object, "key");
    if (key == nullptr) return group;
    const auto read = [&](std::string_view name, std::optional<std::string>& out) {
        if (const Json* part = key->find(name)) out = members.keep(part->as_string());
    };
    read("day", group.day);
    read("model", group.model);
    read("team", group.team);
    return group;
}

ImportRejection read_rejection(Members& members, const Json& object) {
    ImportRejection rejection;
    std::int64_t offset = 0;
    members.count(object, "row", rejection.row);
    members.count(object, "offset", offset);
    rejection.offset = static_cast<std::uint64_t>(offset);
    members.text(object, "column", rejection.column);
    members.text(object, "code", rejection.code);
    members.text(object, "detail", rejection.detail);
    return rejection;
}

SetAside read_set_aside(Members& members, const Json& object) {
    SetAside part;
    members.text(object, "reason", part.reason);
    members.count(object, "rows", part.rows);
    members.amount(object, "cost", part.cost);
    return part;
}

// Names the file, and what the page can do: it has no way to choose a format.
std::string message_of(const Json& object, const std::string& path) {
    const Json* error = object.find("error");
    if (error == nullptr) return {};
    Members members;
    std::string code, message;
    members.text(*error, "code", code);
    members.text(*error, "message", message);
    if (code == "unrecognized_format")
        return (path.empty() ? "The file" : path) +
               " is not a usage export that this page reads. It reads " +
               std::string(kFormatsRead) + ".";
    if (message.empty()) message = "the file could not be read";
    const bool names_it = path.empty() || message.find(path) != std::string::npos;
    return names_it ? message : path + ": " + message;
}

ImportedFile read_file(Members& members, const Json& object) {
    ImportedFile file;
    std::int64_t bytes = 0;
    members.text(object, "path", file.path);
    members.text(object, "format", file.format);
    members.count(object, "bytes", bytes);
    file.bytes = static_cast<std::uint64_t>(bytes);
    if (const Json* rows = members.object(object, "rows")) {
        members.count(*rows, "read", file.read);
        members.count(*rows, "charged", file.charged);
        members.count(*rows, "duplicate", file.duplicate);
        members.count(*rows, "rejected", file.rejected);
        members.count(*rows, "ignored", file.ignored);
    }
    members.amount(object, "rejected_cost", file.rejected_cost);
    members.list(object, "set_aside", file.set_aside, read_set_aside);
    members.list(object, "rejections", file.rejections, read_rejection);
    file.error = message_of(object, file.path);
    return file;
}

// A warning is {"code","message"}, or a sentence.
std::string read_warning(Members& members, const Json& item) {
    if (item.kind() == Json::Kind::String) return item.text();
    std::string message;
    members.text(item, "message", message);
    return message;
}

void read_team_names(Members& members, const Json& document, ImportReport& report) {
    const Json* labels = members.object(document, "labels");
    const Json* teams = labels == nullptr ? nullptr : members.object(*labels, "team");
    if (teams == nullptr) return;
    for (const auto& [id, name] : teams->members())
        members.text(*teams, id, report.team_names[id]);
}

void read_totals(Members& members, const Json& document, ImportReport& report) {
    const Json* totals = members.object(document, "totals");
    if (totals == nullptr) return;
    report.totals = read_measures(members, *totals);
    members.text(*totals, "reported_cost_kind", report.reported_cost_kind);
    members.text(*totals, "currency", report.currency);
    members.amount(*totals, "set_aside_cost", report.set_aside_cost);
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
    has_unreported |= other.has_unreported;
    return *this;
}

std::int64_t ImportReport::rows_read() const {
    std::int64_t rows = 0;
    for (const ImportedFile& file : files)
        rows += file.read;
    return rows;
}

std::optional<Decimal> ImportReport::rejected_cost() const {
    std::optional<Decimal> sum;
    for (const ImportedFile& file : files)
        add(sum, file.rejected_cost);
    return sum;
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

std::string ImportReport::failures() const {
    std::string text;
    for (const ImportedFile& file : files)
        if (!file.error.empty()) text += (text.empty() ? "" : " ") + file.error;
    return text;
}

Result<ImportReport> read_import_report(std::string_view json) {
    TL_TRY(document, Json::parse(json));
    Members members;
    ImportReport report;
    if (const auto whole = members.keep(document.as_object())) {
        members.list(**whole, "files", report.files, read_file);
        read_totals(members, **whole, report);
        members.list(**whole, "groups", report.groups, read_group);
        for (const UsageGroup& group : report.groups)
            report.totals.has_unreported |= group.measures.has_unreported;
        read_team_names(members, **whole, report);
        members.list(**whole, "warnings", report.warnings, read_warning, false);
        if (const Json* period = members.object(**whole, "period")) {
            members.text(*period, "start", report.period_start);
            members.text(*period, "end", report.period_end);
        }
        if (const Json* seconds = (*whole)->find("seconds"))
            report.seconds = members.keep(seconds->as_double());
    }
    if (members.fault()) return std::unexpected(*members.fault());
    return report;
}

std::string read_error_message(std::string_view json) {
    const auto document = Json::parse(json);
    return document ? message_of(*document, {}) : std::string();
}

}  // namespace tokenlever::app
