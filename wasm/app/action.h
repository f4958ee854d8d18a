#pragma once

// What a person can do. Views emit these; update() is the only one who acts on them.

#include "model.h"

#include <string>
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

struct OpenOptions {
    std::string list_id;
};
struct FilterOptions {
    std::string list_id, query;
};
struct ActivateOption {
    int index = 0;
};

using Action =
    std::variant<Run, Navigate, Toggle, SetScenarioName, OpenWorkload, SetWorkloadField,
                 SetWorkloadModel, DuplicateWorkload, RemoveWorkload, ToggleLever, SetLeverShare,
                 SetRouteModel, SetCacheTtl, MoveLever, OpenOptions, FilterOptions, ActivateOption>;

}  // namespace tokenlever::app
