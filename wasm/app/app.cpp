#include "app.h"

#include "effect.h"
#include "scenario_edit.h"
#include "update.h"
#include "views.h"

#include <utility>

namespace tokenlever::app {

struct App::State {
    State(const PriceBook& price_book, Instant at, Fonts made)
        : book(price_book), now(at), fonts(made) {}

    UpdateContext context() { return {book, now, effects}; }
    void follow_keyboard();
    void move_keyboard();
    void publish();

    const PriceBook& book;
    Instant now;
    Fonts fonts;
    AppModel model;
    Ui ui;
    std::vector<PageAct> acts;  // for the next frame
    std::string keyboard_at;    // the node that has the keyboard; empty while none has
    std::vector<std::string> effects;
    std::string semantics;
    std::uint64_t generation = 0;
    bool wants_frame = true;
};

App::App(const PriceBook& book, Instant now, Fonts fonts)
    : state_(std::make_unique<State>(book, now, fonts)) {
    AppModel& model = state_->model;
    model.scenario = example_scenario(now);
    model.open_workload = model.scenario.workloads.front().id;
    evaluate_model(model, state_->context());
    model.announce.clear();
}

App::~App() = default;

void App::draw_frame() {
    State& state = *state_;
    state.follow_keyboard();
    state.ui.begin_frame({&state.fonts, &state.model, std::exchange(state.acts, {})});
    show_screen(state.model, state.ui, show_shell(state.model, state.ui));
    state.ui.end_frame();
    state.move_keyboard();
    state.publish();
    const std::vector<Action> actions = state.ui.take_actions();
    UpdateContext context = state.context();
    for (const Action& action : actions)
        update(state.model, action, context);
    const bool is_pricing = advance_model_prices(state.model, state.book);
    state.wants_frame =
        is_pricing || !actions.empty() || state.ui.wants_frame() || !state.acts.empty();
}

void App::State::follow_keyboard() {
    for (const PageAct& act : acts) {
        if (act.kind == "focus") keyboard_at = act.id;
        if (act.kind == "blur" && act.id == keyboard_at) keyboard_at.clear();
    }
}

// Where it is wanted, and never nowhere: from a node that is gone it goes to the title. Who works
// with the pointer keeps the keyboard where it is.
void App::State::move_keyboard() {
    std::string goal = std::exchange(model.focus, {});
    if (keyboard_at.empty()) return;
    if (!ui.semantics().has(goal)) goal = ui.semantics().has(keyboard_at) ? "" : kTitleId;
    if (goal.empty()) return;
    effects.push_back(effect("focus", {{"id", goal}}));
    keyboard_at = std::move(goal);
}

void App::State::publish() {
    SemanticsHead head{.title = title_of(model) + " \u00b7 Tokenlever",
                       .theme = to_id(model.theme),
                       .scheme = model.is_dark() ? "dark" : "light",
                       .screen = id_of(model.screen),
                       .modal = ui.modal(),
                       .announce = model.announce};
    std::string text = ui.semantics().to_json(head);
    if (text == semantics) return;
    semantics = std::move(text);
    ++generation;
}

void App::act(std::string_view id, std::string_view kind, std::string_view value) {
    if (id.empty()) {
        if (kind == "escape") state_->ui.cancel_drag();
        UpdateContext context = state_->context();
        handle_page_event(state_->model, kind, value, context);
    } else {
        state_->acts.push_back({std::string(id), std::string(kind), std::string(value)});
    }
    state_->wants_frame = true;
}

const std::string& App::semantics() const { return state_->semantics; }

std::uint64_t App::generation() const { return state_->generation; }

std::vector<std::string> App::take_effects() { return std::exchange(state_->effects, {}); }

bool App::wants_frame() const { return state_->wants_frame; }

std::optional<double> App::next_frame_at() const {
    return std::nullopt;  // nothing on these screens changes by itself
}

}  // namespace tokenlever::app
