#include "app.h"

#include "scenario_edit.h"
#include "update.h"
#include "views.h"

#include <utility>

namespace tokenlever::app {

struct App::State {
    State(const PriceBook& price_book, Instant at, Fonts made)
        : book(price_book), now(at), fonts(made) {}

    UpdateContext context() { return {book, now, effects}; }
    void publish();

    const PriceBook& book;
    Instant now;
    Fonts fonts;
    AppModel model;
    Ui ui;
    std::vector<PageAct> acts;  // for the next frame
    std::vector<std::string> effects;
    std::string semantics;
    std::uint64_t generation = 0;
    bool wants_frame = true;
};

App::App(const PriceBook& book, Instant now, Fonts fonts)
    : state_(std::make_unique<State>(book, now, fonts)) {
    AppModel& model = state_->model;
    model.catalog = make_catalog(book, now);
    model.scenario = example_scenario(now);
    model.open_workload = model.scenario.workloads.front().id;
    evaluate_model(model, state_->context());
    model.announce.clear();
}

App::~App() = default;

void App::draw_frame() {
    State& state = *state_;
    state.ui.begin_frame({&state.fonts, &state.model, std::exchange(state.acts, {})});
    show_screen(state.model, state.ui, show_shell(state.model, state.ui));
    state.ui.end_frame();
    state.publish();
    const std::vector<Action> actions = state.ui.take_actions();
    UpdateContext context = state.context();
    for (const Action& action : actions)
        update(state.model, action, context);
    state.wants_frame = !actions.empty() || state.ui.wants_frame() || !state.acts.empty();
}

void App::State::publish() {
    SemanticsHead head{.title = "Tokenlever",
                       .theme = to_id(model.theme),
                       .scheme = model.is_dark() ? "dark" : "light",
                       .screen = model.screen == Screen::Calculator ? "calculator" : "usage",
                       .modal = {},
                       .focus = {},
                       .announce = model.announce};
    std::string text = ui.semantics().to_json(head);
    if (text == semantics) return;
    semantics = std::move(text);
    ++generation;
}

void App::act(std::string_view id, std::string_view kind, std::string_view value) {
    if (id.empty()) {
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
