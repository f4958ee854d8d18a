#include "usage/importers.h"

#include "base/suggest.h"
#include "usage/litellm.h"
#include "usage/openai_usage.h"

#include <algorithm>
#include <array>
#include <vector>

namespace tokenlever {

namespace {

constexpr std::array kImporters = {
    Importer{"litellm.spend_logs.csv", "LiteLLM spend logs (CSV)", match_litellm_csv,
             open_litellm_csv},
    Importer{"litellm.spend_logs.json", "LiteLLM spend logs (JSON)", match_litellm_json,
             open_litellm_json},
    Importer{"openai.usage.json", "OpenAI usage API (JSON)", match_openai_usage, open_openai_usage},
};

struct Signature {
    std::string_view bytes;
    std::string_view what;
};

constexpr std::array kSignatures = {
    Signature{"\x1F\x8B", "gzip: decompress the file first"},
    Signature{"PK\x03\x04", "a ZIP archive: unpack it and import the files inside"},
    Signature{"\x28\xB5\x2F\xFD", "zstd: decompress the file first"},
    Signature{"PAR1", "Parquet: export the table as CSV"},
    Signature{"SQLite format 3", "a SQLite database: export the table as CSV"},
    Signature{"\xFF\xFE", "UTF-16 text: save the file as UTF-8"},
    Signature{"\xFE\xFF", "UTF-16 text: save the file as UTF-8"},
};

// What the file looks like, for the message: its columns or keys.
std::string looks_like(const Head& head) {
    const std::vector<std::string>& names = head.is_json ? head.record_keys : head.csv.names;
    std::string out = head.is_json ? "JSON with the keys " : "a text whose first line is ";
    for (std::size_t index = 0; index < names.size() && out.size() < 200; ++index)
        out += (index == 0 ? "" : ", ") + excerpt(names[index].substr(0, 40));
    return out;
}

Result<Detected> by_id(std::string_view format) {
    const auto found = std::ranges::find(kImporters, format, &Importer::id);
    if (found != kImporters.end()) return Detected{found, {100, "asked for"}};
    std::vector<std::string_view> ids;
    for (const Importer& importer : kImporters)
        ids.push_back(importer.id);
    std::string detail(format);
    for (const std::string& id : nearest(format, ids, 1))
        detail += "; did you mean " + id + "?";
    return fail(ErrorCode::UnknownFormat, "format", detail);
}

}  // namespace

std::span<const Importer> importers() { return kImporters; }

Result<void> check_bytes(std::string_view text) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return fail(ErrorCode::EmptyFile);
    for (const Signature& signature : kSignatures)
        if (text.starts_with(signature.bytes))
            return fail(ErrorCode::UnrecognizedFormat, {}, std::string(signature.what));
    const std::size_t nul = text.substr(0, 4096).find('\0');
    if (nul != std::string_view::npos)
        return fail(ErrorCode::UnrecognizedFormat, {}, "a binary file (it has NUL bytes)", nul);
    return {};
}

Result<Detected> detect(const Head& head, std::string_view format) {
    if (!format.empty()) return by_id(format);
    Detected best;
    for (const Importer& importer : kImporters) {
        Match match = importer.match(head);
        if (match.score > best.match.score) best = {&importer, std::move(match)};
    }
    if (best.importer == nullptr) return fail(ErrorCode::UnrecognizedFormat, {}, looks_like(head));
    return best;
}

}  // namespace tokenlever
