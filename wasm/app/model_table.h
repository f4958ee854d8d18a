#pragma once

// Which models the Models screen lists, in which order, and the same as a table for other programs.

#include "catalog.h"
#include "text_table.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever::app {

struct AppModel;

enum class ModelColumn : std::uint8_t {
    Name,
    Provider,
    MonthlyCost,
    PerRequest,
    Input,
    CacheRead,
    Output,
    Context,
    Label,
    Age,
    Source,
};
inline constexpr std::size_t kModelColumnCount = 11;

std::string_view title_of(ModelColumn column);

inline constexpr std::size_t kModelPage = 25;  // rows that are told to assistive technology at once

struct ModelTable {
    ModelColumn sort = ModelColumn::MonthlyCost;
    bool is_descending = false;
    std::string query{};                // every word of it occurs in name, id or provider
    std::string provider{};             // name; empty: all
    std::optional<PriceLabel> label{};  // absent: all, but
    bool has_imported = false;          // those of another's list only where it is asked for
    std::vector<std::uint32_t> rows{};  // what is listed: indices of Catalog::models
    std::size_t left_out = 0;           // what the filter of the price status leaves out
    std::size_t page = 0;               // of kModelPage rows
};

// Filters and sorts anew; what is not known stands last in either direction. Back to the first
// page.
void arrange_models(AppModel& model);

// The listed rows, every digit.
TextTable model_text_table(const AppModel& model);

}  // namespace tokenlever::app
