#pragma once

// What the app is showing, as one value. Views read it; only update() changes it.

#include "catalog.h"
#include "model_details.h"
#include "model_prices.h"
#include "model_table.h"
#include "theme.h"
#include "tokenlever.h"
#include "usage_facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever::app {

enum class Screen : std::uint8_t { Calculator, Models, Usage };
inline constexpr std::size_t kScreenCount = 3;

inline constexpr std::string_view kTitleId = "title";  // the heading of every screen

// A text that was refused: the old value stands, and the field says why.
struct FieldError {
    std::string node_id, text, message;
};

// The one list that may be open: a combobox with what was typed so far.
struct OpenList {
    std::string id, query;
    int active = 0;  // the option that Enter chooses
};

enum class ImportPhase : std::uint8_t { None, Running, Done, Failed };

struct ImportState {
    ImportPhase phase = ImportPhase::None;
    std::string name;
    std::int64_t files = 1;
    std::uint64_t bytes = 0, total_bytes = 0;
    std::int64_t rows = 0;
    double seconds = 0;
    std::optional<ImportReport> report;  // of the last import that worked
    UsageSummary summary;                // of that report
    std::string error;                   // of the last one that did not
};

// An import that is not on the screen: replaced or cleared, and to be had back.
struct ImportAside {
    std::optional<ImportReport> report;
    UsageSummary summary;
};

// What one step back or forth puts in place of what stands.
struct HistoryStep {
    std::optional<Scenario> scenario{};
    std::optional<ImportAside> usage{};
};

struct History {
    std::vector<HistoryStep> undo, redo;
    std::string gesture;  // while a slider is dragged, its steps are one
};

struct AppModel {
    Screen screen = Screen::Calculator;
    ThemeChoice theme = ThemeChoice::System;
    bool is_system_dark = false;
    bool is_coarse = false;     // a finger, not a mouse
    bool is_file_over = false;  // files are dragged over the page

    Catalog catalog;  // of the price book, as it was at the start
    Scenario scenario;
    std::optional<Evaluation> evaluation;
    std::vector<CostGroup> workload_costs;  // of the baseline, as the scenario's workloads
    std::string evaluation_error;           // a sentence, if this scenario could not be evaluated
    History history;
    std::string open_workload;  // id of the card that shows its fields

    ModelTable models;
    ModelPrices model_prices;
    std::optional<ModelDetails> details;  // of the row that is open

    ImportState usage;

    std::optional<OpenList> open_list;
    std::vector<FieldError> field_errors;
    std::string notice;  // one sentence on the result of the last command
    bool is_notice_error = false;
    bool is_menu_open = false;
    bool is_report_open = false;  // the import report
    bool shows_waterfall_table = false;
    bool shows_cost_table = false;

    std::string announce;  // said once to a screen reader
    std::string focus;     // the node that the keyboard goes to once it stands, if it is in use

    bool is_dark() const {
        return theme == ThemeChoice::Dark || (theme == ThemeChoice::System && is_system_dark);
    }
    const FieldError* error_of(std::string_view node_id) const;
};

}  // namespace tokenlever::app
