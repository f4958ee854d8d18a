#include "model_details.h"

#include "format.h"
#include "model_prices.h"

#include <array>

namespace tokenlever::app {
namespace {

struct UnitWords {
    Unit unit{};
    std::string_view name;
};
constexpr std::array<UnitWords, 2> kUnits = {
    {{Unit::InputTokens, "Input"}, {Unit::OutputTokens, "Output"}}};

std::string name_of(const ScenarioCharge& charge) {
    if (!charge.unit) return "Router";
    for (const UnitWords& words : kUnits)
        if (words.unit == *charge.unit) return std::string(words.name);
    std::string name(unit_id(*charge.unit));
    for (char& c : name)
        if (c == '_') c = ' ';
    return name;
}

CostLine line_of(const ScenarioCharge& charge) {
    CostLine line{.name = name_of(charge)};
    if (!charge.cost) {
        line.formula = format::compact(charge.quantity) + ", no published price";
        line.cost = "not known";
        return line;
    }
    line.formula = format::compact(charge.quantity) + " \u00d7 " +
                   format::price_per_million(charge.list_unit_price);
    if (charge.per == 1'000'000)
        line.formula += " per million";
    else if (charge.per > 1)
        line.formula += " per " + format::count(charge.per);
    line.cost = format::money(*charge.cost);
    line.exact = charge.cost->to_string();
    return line;
}

std::string date_of(Instant at) { return bucket_label(floor_to(at, Bucket::Day), Bucket::Day); }

std::string period_of(const RateCard& card) {
    if (!card.effective_from && !card.effective_to) return "no dates known";
    std::string text;
    if (card.effective_from) text = "from " + date_of(*card.effective_from);
    if (card.effective_to)
        text += (text.empty() ? "until " : " until ") + date_of(*card.effective_to);
    return text;
}

// What of the card's conditions has decided the price of this workload.
void add_conditions(const RateCard& card, const PriceConditions& conditions,
                    std::vector<DetailFact>& facts) {
    const auto price = unit_price(card, Unit::InputTokens, conditions);
    if (!price) return;
    if (const ContextTier* tier = price->context_tier)
        facts.push_back({"Context tier", std::string(tier->is_inclusive ? "from " : "above ") +
                                             format::count(tier->threshold) + " tokens"});
    else if (!card.context_tiers.empty())
        facts.push_back({"Context tier", "the lowest"});
    if (price->window != nullptr) facts.push_back({"Window", price->window->name});
    std::string factors;
    for (const Multiplier* multiplier : price->multipliers.all()) {
        factors += (factors.empty() ? "" : ", ") + multiplier->name;
        if (multiplier->rates.empty()) factors += " \u00d7 " + multiplier->factor.to_string();
    }
    if (!factors.empty()) facts.push_back({"Multipliers", factors});
}

void add_source(const Provider& provider, const RateCard& card, ModelDetails& details) {
    if (card.source >= provider.sources.size()) return;
    const Source& source = provider.sources[card.source];
    if (!source.url.empty()) details.facts.push_back({"Source", source.url});
    std::string package;
    for (const std::string& part : {source.package, source.version, source.path})
        if (!part.empty()) package += (package.empty() ? "" : " ") + part;
    if (!package.empty()) details.facts.push_back({"Package", package});
    if (!source.read_at.empty()) details.facts.push_back({"Read", source.read_at});
    details.quote = card.quote.empty() ? source.quote : card.quote;
}

}  // namespace

ModelDetails explain_model(const PriceBook& book, const Scenario& scenario,
                           const Workload& workload, const std::string& model_id) {
    ModelDetails details{.id = model_id};
    if (const auto cost = evaluate_state(alone_on(scenario, workload, model_id), book, 0)) {
        details.monthly_cost = cost->monthly_cost;
        for (const ScenarioCharge& charge : cost->charges)
            details.lines.push_back(line_of(charge));
        if (cost->monthly_cost && !cost->requests.is_zero())
            details.per_request =
                format::money(cost->monthly_cost->to_decimal().divided(cost->requests, 12));
    }
    const std::size_t slash = model_id.find('/');
    const auto found =
        book.find(model_id.substr(0, slash),
                  slash == std::string::npos ? "" : model_id.substr(slash + 1), scenario.at);
    if (!found || found->model == nullptr) return details;
    details.name = found->model->name.empty() ? found->model->id : found->model->name;
    details.provider = found->provider->name.empty() ? found->provider->id : found->provider->name;
    const RateCard* card = card_at(*found->model, scenario.at);
    if (card == nullptr) return details;
    details.facts = {{"Rate card", card->id}, {"Holds", period_of(*card)}};
    const auto prompt = (workload.prefix_tokens + workload.other_input_tokens).to_scaled_int128(0);
    PriceConditions conditions{
        .at = scenario.at, .service_tier = workload.service_tier, .region = workload.region};
    if (prompt) conditions.prompt_tokens = static_cast<std::int64_t>(*prompt);
    add_conditions(*card, conditions, details.facts);
    add_source(*found->provider, *card, details);
    return details;
}

std::string to_text(const ModelDetails& details, const Workload& workload) {
    std::string text = details.name + " (" + details.id + ") for " + workload.name + "\n";
    for (const CostLine& line : details.lines)
        text += line.name + ": " + line.formula + " = " +
                (line.exact.empty() ? line.cost : "$" + line.exact) + "\n";
    if (details.monthly_cost) text += "Per month: $" + details.monthly_cost->to_string() + "\n";
    for (const DetailFact& fact : details.facts)
        text += fact.name + ": " + fact.value + "\n";
    if (!details.quote.empty()) text += "The vendor's words: " + details.quote + "\n";
    return text;
}

}  // namespace tokenlever::app
