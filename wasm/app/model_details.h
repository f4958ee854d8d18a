#pragma once

// The explanation of what a model costs for a workload: every line with its formula, the card that
// it comes from and who said so. Made by the engine when a row is opened; views read it.

#include "catalog.h"

#include <optional>
#include <string>
#include <vector>

namespace tokenlever::app {

struct CostLine {
    std::string name{};     // "Input"
    std::string formula{};  // "7.5 B tokens x $3 / 1M"
    std::string cost{};
    std::string exact{};
};

struct DetailFact {
    std::string name{}, value{};
};

struct ModelDetails {
    std::string id{}, name{}, provider{};
    std::optional<Money> monthly_cost{};
    std::string per_request{};
    std::vector<CostLine> lines{};
    std::vector<DetailFact> facts{};  // card, period, tier, window, multipliers, status, source
    std::string quote{};              // the vendor's words
};

ModelDetails explain_model(const PriceBook& book, const Scenario& scenario,
                           const Workload& workload, const std::string& model_id);
std::string to_text(const ModelDetails& details, const Workload& workload);

}  // namespace tokenlever::app
