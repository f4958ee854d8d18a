#pragma once

// What a person can do. Views emit these; update() is the only one who acts on them.

#include "model.h"

#include <string>
#include <string_view>
#include <variant>

namespace tokenlever::app {

enum class WorkloadField : std::uint8_t { Name, Requests, Prefix, OtherInput, Output };
enum class Panel : std::uint8_t { Menu, ImportReport, WaterfallTable, CostTable };
enum class Command : std::uint8_t {
    Undo,
    Redo,
    Reset,
    Copy,
    Export,
    CopyExplanation,
    CycleTheme,
    AddWorkload,
    PickFile,
    CancelImport,
    UseUsageAsWorkloads,
    DismissNotice,
    EndGesture,  // the pointer let go of a slider
    CloseList,
};

struct Run {
    Command command{};
};
struct Navigate {
    Screen screen{};
};
struct Toggle {
    Panel panel{};
};

struct SetScenarioName {
    std::string text;
};
struct OpenWorkload {
    std::string id;
};
struct SetWorkloadField {
    std::string id;
    WorkloadField field{};
    std::string text, node_id;
};
struct SetWorkloadModel {
    std::string id, model;
};
struct DuplicateWorkload {
    std::string id;
};
struct RemoveWorkload {
    std::string id;
};

struct ToggleLever {
    std::string id;
};
// Hit rate, routed share, reduction or batch share: the lever's main slider.
struct SetLeverShare {
    std::string id;
    Decimal share;
    bool is_dragging = false;
};
struct SetRouteModel {
    std::string id, model;
};
struct SetCacheTtl {
    std::string id, ttl;
};
struct MoveLever {
    std::string id;
    std::size_t to = 0;
};  // its index afterwards

struct SearchModels {
    std::string query;
};
struct FilterModelProvider {
    std::string provider;  // empty: all
};
inline constexpr std::string_view kEveryPrice = "Every price";
struct FilterModelLabel {
    std::string label;  // one of PriceLabel, kEveryPrice, or empty: all but imported ones
};
struct SortModels {
    ModelColumn column{};  // once more: the other way round
};
struct ShowModelPage {
    std::size_t page = 0;
};
struct PriceModelsFor {
    std::string workload;
};
struct OpenModel {
    std::string id;  // empty: closes the one that is open
};

struct OpenOptions {
    std::string list_id;
};
struct FilterOptions {
    std::string list_id, query;
};
struct ActivateOption {
    int index = 0;
};

using Action = std::variant<Run, Navigate, Toggle, SetScenarioName, OpenWorkload, SetWorkloadField,
                            SetWorkloadModel, DuplicateWorkload, RemoveWorkload, ToggleLever,
                            SetLeverShare, SetRouteModel, SetCacheTtl, MoveLever, SearchModels,
                            FilterModelProvider, FilterModelLabel, SortModels, ShowModelPage,
                            PriceModelsFor, OpenModel, OpenOptions, FilterOptions, ActivateOption>;

}  // namespace tokenlever::app
