#pragma once

// How a format is recognised: from the content of the first bytes, never from the file's name.

#include "usage/csv_reader.h"

#include <string>
#include <string_view>
#include <vector>

namespace tokenlever {

// 0: not this format; 100: certain. The reason is shown to the user.
struct Match {
    int score = 0;
    std::string reason{};
};

// What the matchers look at, prepared once: the first bytes (without a byte order mark), and either
// the CSV header or the keys of the JSON records.
struct Head {
    std::string_view text;
    bool is_json = false;
    bool is_cut = false;              // the text ends inside the first JSON object
    CsvHeader csv{};                  // of a CSV text
    std::vector<std::string> keys{};  // of the first JSON object
    std::vector<std::string>
        record_keys{};            // of the first object of its "data", or of the first object
    std::string object{};         // the first object's "object"
    std::string record_object{};  // and that of the first of its "data"

    bool has_column(std::string_view name) const;  // any case
    bool has_record_key(std::string_view key) const;
};

Head read_head(std::string_view text);

}  // namespace tokenlever
