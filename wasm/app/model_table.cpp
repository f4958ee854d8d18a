#include "model_table.h"

#include "model.h"

#include <algorithm>
#include <array>
#include <compare>

namespace tokenlever::app {
namespace {

constexpr std::array<std::string_view, kModelColumnCount> kTitles = {
    "Model",  "Provider", "Per month", "Per request", "Input", "Cached",
    "Output", "Context",  "Price",     "Read",        "Source"};

template <typename Value>
std::weak_ordering compare(const std::optional<Value>& a, const std::optional<Value>& b,
                           bool is_descending) {
    if (!a || !b) return b.has_value() <=> a.has_value();  // what is known stands first
    return is_descending ? *b <=> *a : *a <=> *b;
}

struct RowOrder {
    const AppModel& model;

    std::weak_ordering by_column(std::uint32_t a, std::uint32_t b) const {
        const ModelChoice& x = model.catalog.models[a];
        const ModelChoice& y = model.catalog.models[b];
        const bool is_descending = model.models.is_descending;
        const auto texts = [&](const std::string& s, const std::string& t) {
            return is_descending ? t <=> s : s <=> t;
        };
        switch (model.models.sort) {
            case ModelColumn::Name: return texts(x.name, y.name);
            case ModelColumn::Provider: return texts(x.provider, y.provider);
            case ModelColumn::MonthlyCost:
                return compare(price(a).monthly_cost, price(b).monthly_cost, is_descending);
            case ModelColumn::PerRequest:
                return compare(price(a).per_request, price(b).per_request, is_descending);
            case ModelColumn::Input: return compare(x.input_rate, y.input_rate, is_descending);
            case ModelColumn::CacheRead:
                return compare(x.cache_read_rate, y.cache_read_rate, is_descending);
            case ModelColumn::Output: return compare(x.output_rate, y.output_rate, is_descending);
            case ModelColumn::Context:
                return compare(x.context_window, y.context_window, is_descending);
            case ModelColumn::Label:
                return is_descending ? y.label <=> x.label : x.label <=> y.label;
            case ModelColumn::Age: return compare(x.age_days, y.age_days, is_descending);
            case ModelColumn::Source: return texts(x.source, y.source);
        }
        return std::weak_ordering::equivalent;
    }

    // Equals stand in the catalog's order.
    bool operator()(std::uint32_t a, std::uint32_t b) const {
        const std::weak_ordering order = by_column(a, b);
        return order != 0 ? order < 0 : a < b;
    }

    const ModelPrice& price(std::uint32_t index) const {
        static const ModelPrice kUnknown;
        const auto& rows = model.model_prices.rows;
        return index < rows.size() ? rows[index] : kUnknown;
    }
};

std::string text_of(const std::optional<Decimal>& amount) {
    return amount ? amount->to_string() : std::string();
}

}  // namespace

std::string_view title_of(ModelColumn column) { return kTitles[static_cast<std::size_t>(column)]; }

void arrange_models(AppModel& model) {
    ModelTable& table = model.models;
    const auto& models = model.catalog.models;
    table.rows.clear();
    table.page = 0;
    table.left_out = 0;
    for (const ModelChoice* choice : model.catalog.search(table.query)) {
        if (!table.provider.empty() && choice->provider != table.provider) continue;
        const bool is_wanted = table.label
                                   ? choice->label == *table.label
                                   : table.has_imported || choice->label != PriceLabel::Imported;
        table.left_out += is_wanted ? 0 : 1;
        if (!is_wanted) continue;
        table.rows.push_back(static_cast<std::uint32_t>(choice - models.data()));
    }
    std::ranges::sort(table.rows, RowOrder{model});
}

TextTable model_text_table(const AppModel& model) {
    TextTable text = {{"provider", "model", "name", "monthly_cost", "cost_per_request",
                       "input_tokens", "cache_read_tokens", "output_tokens", "context_window",
                       "price_status", "age_days", "source"}};
    for (const std::uint32_t index : model.models.rows) {
        const ModelChoice& choice = model.catalog.models[index];
        const ModelPrice& price = RowOrder{model}.price(index);
        const auto count = [](const std::optional<std::int64_t>& value) {
            return value ? std::to_string(*value) : std::string();
        };
        text.push_back({plain_text(choice.provider), plain_text(choice.id), plain_text(choice.name),
                        price.monthly_cost ? price.monthly_cost->to_string() : std::string(),
                        text_of(price.per_request), text_of(choice.input_rate),
                        text_of(choice.cache_read_rate), text_of(choice.output_rate),
                        count(choice.context_window), std::string(words_of(choice.label)),
                        count(choice.age_days), plain_text(choice.source)});
    }
    return text;
}

}  // namespace tokenlever::app
