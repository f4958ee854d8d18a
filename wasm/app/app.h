#pragma once

// The application: what is on the screen, and what a person can do to it. It knows Dear ImGui and
// the engine, but no browser: the shell (wasm/main.cpp, or platform/headless in tests) gives it
// frames and events, and takes the semantics tree and the effects from it.
//
//   App app(book, now, fonts);             // fonts: made by the platform, in the current ImGui
//   context ImGui::NewFrame(); app.draw_frame(); ImGui::Render();      // size:
//   ImGuiIO::DisplaySize, CSS pixels if (app.generation() != seen) page.mirror(app.semantics()); //
//   JSON, docs/architecture.md for (effect : app.take_effects()) page.run(effect);           //
//   JSON objects with a "type" if (app.wants_frame()) request_frames();  else if
//   (app.next_frame_at()) request_frame_at(...);
//
// Everything a person does beside the pointer comes in through act(); the widget with that id
// returns it in the next frame as if it had been clicked, so the caller asks for frames after every
// act().

#include "imgui.h"
#include "tokenlever.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tokenlever::app {

// Owned by the platform; both must be able to draw any size. A size is a CSS font-size and a line
// of text is as tall as its size (CSS line-height: 1).
struct Fonts {
    ImFont* regular = nullptr;   // weight 400
    ImFont* semibold = nullptr;  // weight 620
};

class App {
public:
    // The book must outlive the app. `now` is the instant of the example scenario's prices.
    App(const PriceBook& book, Instant now, Fonts fonts);
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    // Between ImGui::NewFrame and ImGui::Render. Applies what the person did in this frame at its
    // end; wants_frame() then says that the next frame will look different.
    void draw_frame();

    // One action of the page. With the id of a node of the semantics tree:
    //   "click"                       button, link, switch, option, combobox
    //   "set"    value                textbox (committed text), slider ("0.85"), switch ("true"),
    //                                 listbox (the id of one of its options)
    //   "input"  value                combobox: the text typed so far; opens the list and filters
    //   it "key"    ArrowDown ArrowUp Home End PageDown PageUp Enter Escape Tab    an open combobox
    //   or dialog "focus", "blur"               the mirror's element got or lost the keyboard
    //   "scroll_into_view"
    // With an empty id:
    //   "import_started"  {"name":"a.csv","bytes":123,"files":1}      bytes: of all files together
    //   "import_progress" {"bytes":…,"total_bytes":…,"rows":…,"seconds":…}
    //   "import_done"     the contract's import result; `seconds` may be added at its top
    //   "import_failed"   {"error":{"code","message","where"}}, a contract result in which all
    //   files
    //                     failed, or {"cancelled":true}
    //   "system_theme"    "dark" or "light": what `system` means now
    //   "pointer"         "coarse" or "fine": touch targets of 44 px, or not
    //   "escape"          the key, outside of a text field: a drag under way is as if it had not
    //   been,
    //                     the menu is closed
    //   "file_drag"       "true" while files are dragged over the page, else "false"
    //   "load_scenario"   a scenario document; one that cannot be read is reported on the screen
    //   "navigate"        "calculator", "models" or "usage"
    // An id that no widget has, and a kind or value that a widget does not take, is ignored.
    void act(std::string_view id, std::string_view kind, std::string_view value);

    // The tree of the last frame, as JSON. Keys beyond docs/architecture.md:
    //   node.invalid true         textbox whose last text was refused; `description` says why
    //   node.inputmode            "decimal", "numeric" or "text", for textbox
    //   node.controls, node.active   combobox: id of its listbox (present while expanded) and of
    //   the
    //                             option that Enter would choose
    //   node.selected             option
    //   node.style                textbox, combobox: {"size":14,"weight":400,"align":"right",
    //                             "padding":8,"color":"#131820","background":"#ffffff"}, to draw
    //                             the native input exactly over ours
    //   node.sort                 columnheader: "ascending" or "descending"
    //   top.scheme                "light" or "dark": what `theme` comes to
    const std::string& semantics() const;
    // Changes exactly when semantics() does.
    std::uint64_t generation() const;

    // JSON objects since the last call, in order (docs/architecture.md, Effects).
    std::vector<std::string> take_effects();

    // The frame just drawn is not the last word: draw another soon.
    bool wants_frame() const;
    // ImGui::GetTime() at which something on the screen changes by itself; absent at rest.
    std::optional<double> next_frame_at() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tokenlever::app
