#include "usage_facts.h"

#include "format.h"
#include "theme.h"

#include <algorithm>
#include <array>

namespace tokenlever::app {
namespace {

constexpr std::string_view kNone = "(none)";
constexpr std::size_t kMostWorkloads = 5;
constexpr std::size_t kMostDays = 3660;
constexpr std::size_t kMostDailyBars = 92;
constexpr std::size_t kDaysInWeek = 7;
constexpr int kMostPlaces = 12;

Decimal cost_or_zero(const UsageMeasures& measures, const ImportReport& report) {
    return cost_of(measures, report).value_or(Decimal(0));
}

std::vector<UsageLine> lines_by(const ImportReport& report,
                                const std::optional<std::string> UsageGroup::* axis) {
    std::vector<UsageLine> lines;
    for (const UsageGroup& group : report.groups) {
        const std::string key = (group.*axis).value_or(std::string(kNone));
        const bool is_unknown = !(group.*axis);
        auto line = std::find_if(lines.begin(), lines.end(), [&](const UsageLine& other) {
            return other.key == key && other.is_unknown == is_unknown;
        });
        if (line == lines.end()) line = lines.insert(lines.end(), UsageLine{key, is_unknown, {}});
        line->measures += group.measures;
    }
    std::sort(lines.begin(), lines.end(), [&](const UsageLine& a, const UsageLine& b) {
        const Decimal left = cost_or_zero(a.measures, report);
        const Decimal right = cost_or_zero(b.measures, report);
        return left != right ? left > right : a.key < b.key;
    });
    return lines;
}

// ISO dates from the first to the last, so that a day without traffic is a gap that one sees.
std::vector<std::string> days_between(const std::string& first, const std::string& last) {
    const auto from = parse_instant(first);
    const auto to = parse_instant(last);
    std::vector<std::string> days;
    if (!from || !to) return days;
    for (Instant at = *from; at <= *to && days.size() < kMostDays; at.micros += kMicrosPerDay)
        days.push_back(bucket_label(at, Bucket::Day));
    return days;
}

std::vector<std::string> days_of(const ImportReport& report) {
    std::string first, last;
    for (const UsageGroup& group : report.groups) {
        if (!group.day) continue;
        if (first.empty() || *group.day < first) first = *group.day;
        if (*group.day > last) last = *group.day;
    }
    return first.empty() ? std::vector<std::string>{} : days_between(first, last);
}

std::string sum_of_parts(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : " + ") + part;
    return text;
}

std::optional<Decimal> share(std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return std::nullopt;
    return Decimal(part).divided(Decimal(whole), 12);
}

Fact unallocated(const ImportReport& report) {
    Decimal unknown = 0, all = 0;
    for (const UsageGroup& group : report.groups) {
        const Decimal cost = cost_or_zero(group.measures, report);
        all += cost;
        if (!group.team) unknown += cost;
    }
    Fact fact{"Unallocated cost (no team)", "not known", "fact.unallocated"};
    if (!all.is_zero()) fact.value = format::percent(unknown.divided(all, 12), 1);
    return fact;
}

std::optional<Decimal> hours_of(const ImportReport& report) {
    const auto start = parse_instant(report.period_start);
    const auto end = parse_instant(report.period_end);
    if (!start || !end || end->micros <= start->micros) return std::nullopt;
    return Decimal(end->micros - start->micros).divided(Decimal(kMicrosPerHour), 12);
}

struct CostPart {
    Decimal cost;
    std::string_view what;
};

// Half away from zero, as money is shown.
Decimal as_shown(const Decimal& cost, int places) {
    const Decimal size = cost.is_negative() ? -cost : cost;
    Decimal shown = size.rounded(places);
    if (size - shown == Decimal::from_scaled(5, places + 1))
        shown += Decimal::from_scaled(1, places);
    return cost.is_negative() ? -shown : shown;
}

// Of less than a cent two digits that count are to be seen.
bool is_seen(const Decimal& cost, int places) {
    const Decimal size = cost.is_negative() ? -cost : cost;
    const Decimal shown = as_shown(size, places);
    return size >= Decimal::from_scaled(1, 2) || shown == size ||
           shown >= Decimal::from_scaled(10, places);
}

// Cents, or as many more digits as it takes for the shown parts to add up to the shown sum.
int places_of(const std::vector<CostPart>& parts, const Decimal& sum) {
    int places = 2;
    for (; places < kMostPlaces; ++places) {
        Decimal shown = 0;
        bool are_seen = true;
        for (const CostPart& part : parts) {
            shown += as_shown(part.cost, places);
            are_seen = are_seen && is_seen(part.cost, places);
        }
        if (are_seen && shown == as_shown(sum, places)) break;
    }
    return places;
}

Decimal per_request(std::int64_t tokens, std::int64_t requests) {
    return Decimal(tokens).divided(Decimal(std::max<std::int64_t>(requests, 1)), 0);
}

// Where the file shows cache writes, the cacheable part is what was written or read. Where it shows
// reads alone (automatic caches bill a write as ordinary input), any of the input may be.
std::int64_t cacheable_tokens(const UsageMeasures& measures) {
    if (measures.cache_read_tokens == 0 && measures.cache_write_tokens == 0) return 0;
    if (measures.cache_write_tokens > 0)
        return measures.cache_read_tokens + measures.cache_write_tokens;
    return measures.all_input_tokens();
}

Workload workload_of(const UsageLine& line, const PriceBook::Found& found, const Decimal& scale) {
    const UsageMeasures& measures = line.measures;
    const std::int64_t requests = measures.requests;
    const std::int64_t cacheable = cacheable_tokens(measures);
    Workload workload;
    workload.id = line.key;
    for (char& c : workload.id)
        if (c == '/' || c == '.' || c == ' ') c = '-';
    workload.name = found.model->name.empty() ? line.key : found.model->name;
    workload.model = found.provider->id + "/" + found.model->id;
    workload.requests_per_month = (Decimal(requests) * scale).rounded(0);
    workload.prefix_tokens = per_request(cacheable, requests);
    workload.other_input_tokens = per_request(measures.all_input_tokens() - cacheable, requests);
    workload.output_tokens = per_request(measures.output_tokens, requests);
    return workload;
}

void fold(std::vector<Decimal>& values) {
    std::vector<Decimal> weeks((values.size() + kDaysInWeek - 1) / kDaysInWeek, Decimal(0));
    for (std::size_t day = 0; day < values.size(); ++day)
        weeks[day / kDaysInWeek] += values[day];
    values = std::move(weeks);
}

void fold_into_weeks(DailyCost& daily) {
    std::vector<std::string> starts;
    for (std::size_t day = 0; day < daily.days.size(); day += kDaysInWeek)
        starts.push_back(std::move(daily.days[day]));
    daily.days = std::move(starts);
    for (CostSeries& series : daily.series)
        fold(series.exact);
    fold(daily.totals);
    daily.days_each = kDaysInWeek;
}

}  // namespace

bool shows_reported_cost(const ImportReport& report) {
    return report.totals.reported_cost.has_value() && !report.totals.has_unreported;
}

std::optional<Decimal> cost_of(const UsageMeasures& measures, const ImportReport& report) {
    return shows_reported_cost(report) ? measures.reported_cost : measures.list_cost;
}

std::vector<UsageLine> by_model(const ImportReport& report) {
    return lines_by(report, &UsageGroup::model);
}

std::vector<UsageLine> by_team(const ImportReport& report) {
    std::vector<UsageLine> lines = lines_by(report, &UsageGroup::team);
    for (UsageLine& line : lines) {
        const auto name = report.team_names.find(line.key);
        if (name != report.team_names.end() && !line.is_unknown) line.key = name->second;
    }
    return lines;
}

bool has_teams(const ImportReport& report) {
    return std::any_of(report.groups.begin(), report.groups.end(),
                       [](const UsageGroup& group) { return group.team.has_value(); });
}

DailyCost daily_cost(const ImportReport& report) {
    DailyCost daily{.days = days_of(report), .series = {}, .totals = {}};
    if (daily.days.empty()) return daily;
    const std::vector<UsageLine> models = by_model(report);
    const std::size_t named = models.size() <= kSeriesCount ? models.size() : kSeriesCount - 1;
    for (std::size_t i = 0; i < std::min(models.size(), kSeriesCount); ++i)
        daily.series.push_back({i < named ? models[i].key : "other",
                                {},
                                std::vector<Decimal>(daily.days.size(), Decimal(0))});
    daily.totals.assign(daily.days.size(), Decimal(0));
    for (const UsageGroup& group : report.groups) {
        if (!group.day) continue;
        const auto day = std::lower_bound(daily.days.begin(), daily.days.end(), *group.day);
        if (day == daily.days.end() || *day != *group.day) continue;
        const auto index = static_cast<std::size_t>(day - daily.days.begin());
        const std::string key = group.model.value_or(std::string(kNone));
        std::size_t series = 0;
        while (series < named && daily.series[series].name != key)
            ++series;
        const Decimal cost = cost_or_zero(group.measures, report);
        daily.series[series].exact[index] += cost;
        daily.totals[index] += cost;
    }
    if (daily.days.size() > kMostDailyBars) fold_into_weeks(daily);
    for (CostSeries& series : daily.series)
        for (const Decimal& value : series.exact)
            series.values.push_back(value.to_double());
    return daily;
}

std::vector<Fact> facts_of(const ImportReport& report) {
    const UsageMeasures& totals = report.totals;
    std::vector<Fact> facts;
    if (has_teams(report)) facts.push_back(unallocated(report));
    const std::int64_t split = totals.all_input_tokens() - totals.input_unsplit_tokens;
    const auto cached = share(totals.cache_read_tokens, split);
    facts.push_back({"Cached share of input", cached ? format::percent(*cached, 1) : "not known",
                     "fact.cached"});
    if (totals.input_unsplit_tokens > 0)
        facts.push_back({"Input not split into cached and not",
                         format::compact(totals.input_unsplit_tokens) + " tokens", "fact.unsplit"});
    facts.push_back({"Tokens without a price",
                     totals.unpriced_tokens == 0 ? "none" : format::compact(totals.unpriced_tokens),
                     "fact.unpriced"});
    const auto failed = share(totals.requests_failed, totals.requests + totals.requests_failed);
    facts.push_back(
        {"Failed requests",
         totals.requests_failed == 0 || !failed
             ? format::count(totals.requests_failed)
             : format::count(totals.requests_failed) + " \u00b7 " + format::percent(*failed, 2),
         "fact.failed"});
    const std::int64_t avoided = totals.avoided_input_tokens + totals.avoided_output_tokens;
    facts.push_back({"Tokens the response cache avoided",
                     avoided == 0 ? "none" : format::compact(avoided), "fact.avoided",
                     avoided > 0});
    if (totals.requests > 0)
        facts.push_back({"Per request, input \u00b7 output",
                         format::count(per_request(totals.all_input_tokens(), totals.requests)) +
                             " \u00b7 " +
                             format::count(per_request(totals.output_tokens, totals.requests)),
                         "fact.per_request"});
    return facts;
}

std::string rows_sentence(const ImportReport& report) {
    ImportedFile sum;
    for (const ImportedFile& file : report.files) {
        sum.read += file.read;
        sum.charged += file.charged;
        sum.duplicate += file.duplicate;
        sum.rejected += file.rejected;
        sum.ignored += file.ignored;
    }
    std::vector<std::string> parts = {format::count(sum.charged) + " charged"};
    if (sum.duplicate > 0)
        parts.push_back(format::plural(sum.duplicate, "duplicate", "duplicates"));
    if (sum.rejected > 0) parts.push_back(format::count(sum.rejected) + " rejected");
    std::string text = format::plural(sum.read, "row", "rows") + " read = " + sum_of_parts(parts);
    if (sum.ignored > 0) text += ", " + format::count(sum.ignored) + " of other kinds ignored";
    return text;
}

std::string money_sentence(const ImportReport& report) {
    if (!report.totals.reported_cost) return {};
    std::vector<CostPart> costs = {{*report.totals.reported_cost, "charged"}};
    const auto add = [&](const std::optional<Decimal>& cost, std::string_view what) {
        if (cost && !cost->is_zero()) costs.push_back({*cost, what});
    };
    add(report.set_aside_cost, "set aside");
    add(report.rejected_cost(), "rejected");
    Decimal in_file = 0;
    for (const CostPart& part : costs)
        in_file += part.cost;
    const int places = places_of(costs, in_file);
    std::vector<std::string> parts;
    for (const CostPart& part : costs)
        parts.push_back(format::money_fixed(part.cost, places) + " " + std::string(part.what));
    return format::money_fixed(in_file, places) + " in the file = " + sum_of_parts(parts);
}

std::string rejection_sentence(const ImportRejection& rejection) {
    std::string text = "Row " + format::count(rejection.row);
    if (!rejection.column.empty()) text += ", column " + rejection.column;
    text += ": ";
    for (const char c : rejection.code)
        text += c == '_' ? ' ' : c;
    if (!rejection.detail.empty()) text += " (\u201c" + rejection.detail + "\u201d)";
    return text + ", at byte " + format::count(static_cast<std::int64_t>(rejection.offset));
}

UsageSummary summarize(const ImportReport& report) {
    return {.models = by_model(report),
            .teams = has_teams(report) ? by_team(report) : std::vector<UsageLine>{},
            .daily = daily_cost(report),
            .facts = facts_of(report),
            .rows = rows_sentence(report),
            .money = money_sentence(report)};
}

UsageWorkloads workloads_from_usage(const ImportReport& report, const PriceBook& book, Instant at,
                                    const Decimal& hours_per_month) {
    UsageWorkloads result;
    const auto hours = hours_of(report);
    const Decimal scale = hours ? hours_per_month.divided(*hours, 18) : Decimal(1);
    Decimal read = 0, cacheable = 0;
    for (const UsageLine& line : by_model(report)) {
        if (result.workloads.size() == kMostWorkloads) break;
        if (line.measures.requests == 0) continue;
        const auto found = book.find({}, line.key, at);
        if (!found || found->model == nullptr || card_at(*found->model, at) == nullptr) {
            result.unknown_models.push_back(line.key);
            continue;
        }
        result.workloads.push_back(workload_of(line, *found, scale));
        read += Decimal(line.measures.cache_read_tokens) * scale;
        cacheable += Decimal(cacheable_tokens(line.measures)) * scale;
    }
    if (!read.is_zero() && !cacheable.is_zero()) result.hit_rate = read.divided(cacheable, 4);
    return result;
}

}  // namespace tokenlever::app
