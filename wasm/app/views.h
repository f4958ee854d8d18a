#pragma once

// The screens. A view draws the model through Ui and emits actions; it changes nothing and asks the
// engine nothing. Views of cards take where they stand and return how tall they are.

#include "ui.h"

namespace tokenlever::app {

// What is around every screen: the rail (or, on a phone, the menu) and the bar on top. Returns
// where the screen itself stands.
Rect show_shell(const AppModel& model, Ui& ui);
// What the screen is about: its heading, and what the browser's tab says.
std::string title_of(const AppModel& model);
void show_screen(const AppModel& model, Ui& ui, const Rect& viewport);

// "calculator", "models", "usage"
std::string_view id_of(Screen screen);

float show_calculator(const AppModel& model, Ui& ui, const Rect& content);
float show_headline(const AppModel& model, Ui& ui, const Rect& at);
float show_workloads(const AppModel& model, Ui& ui, const Rect& at);
float show_levers(const AppModel& model, Ui& ui, const Rect& at, float least_height);
float show_waterfall(const AppModel& model, Ui& ui, const Rect& at);
float show_order(const AppModel& model, Ui& ui, const Rect& at, float least_height);

// Lays out its own scrolling parts.
float show_models(const AppModel& model, Ui& ui, const Rect& content);
float show_model_filters(const AppModel& model, Ui& ui, const Rect& at, bool has_two_lines);
void show_model_details(const AppModel& model, Ui& ui, const Rect& at, bool has_border);

float show_usage(const AppModel& model, Ui& ui, const Rect& content);
float show_import(const AppModel& model, Ui& ui, const Rect& at);
float show_import_report(const AppModel& model, Ui& ui, const Rect& at);
float show_daily_cost(const AppModel& model, Ui& ui, const Rect& at);
float show_usage_tables(const AppModel& model, Ui& ui, const Rect& at, float least_height);
float show_usage_facts(const AppModel& model, Ui& ui, const Rect& at, float least_height);

// A list of models to choose from, as the typed words filter it.
void fill_model_list(const AppModel& model, std::string_view chosen,
                     std::vector<ListOption>& options, ComboSpec& spec);

// The name of a lever as the screens say it, long and short.
struct LeverWords {
    std::string_view name, short_name, slider;
};
const LeverWords& words_of(const Lever& lever);

}  // namespace tokenlever::app
