#pragma once

// Material that lives beside the checkout, not in it: vendors' sample exports and published
// figures. Where it is, says the environment variable TOKENLEVER_SHARED; ../shared is the default.
//
//   TEST_CASE("reads the sample to the last token") {
//       const auto text = tests::shared_file("formats/openai-usage-completions.sample.json");
//       if (!text) return;  // counted as skipped
//
// Without the folder a case skips, and ./dev test counts the line that is printed here. A folder
// that is there but lacks the file is a failure: the case asks for something that does not exist.

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

namespace tokenlever::tests {

// The whole file at `path`, as bytes; nothing if it cannot be opened.
inline std::optional<std::string> read_file(const std::string& path) {
    std::FILE* file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) return std::nullopt;
    std::string bytes;
    char buffer[4096];
    for (std::size_t count = 0; (count = std::fread(buffer, 1, sizeof buffer, file)) > 0;)
        bytes.append(buffer, count);
    std::fclose(file);
    return bytes;
}

inline std::string shared_folder() {
    const char* folder = std::getenv("TOKENLEVER_SHARED");
    if (folder != nullptr && *folder != '\0') return folder;
    return TOKENLEVER_SOURCE_DIR "/../shared";
}

inline std::optional<std::string> shared_file(const std::string& name) {
    const std::string folder = shared_folder();
    auto bytes = read_file(folder + "/" + name);
    if (bytes) return bytes;
    // The folder's own table of contents tells "no folder" from "no such file".
    if (read_file(folder + "/contract.md")) {
        FAIL_CHECK("no file " << name << " in " << folder);
    } else {
        std::printf("SKIPPED: %s: needs %s of the shared material\n",
                    doctest::getContextOptions()->currentTest->m_name, name.c_str());
    }
    return std::nullopt;
}

}  // namespace tokenlever::tests
