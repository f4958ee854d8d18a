#include "text_table.h"

#include <string_view>

namespace tokenlever::app {
namespace {

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string out = "\"";
    for (const char c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

std::string without_breaks(std::string cell) {
    for (char& c : cell)
        if (c == '\t' || c == '\r' || c == '\n') c = ' ';
    return cell;
}

}  // namespace

std::string plain_text(std::string text) {
    constexpr std::string_view kFormulaStarts = "=+-@\t\r";
    if (!text.empty() && kFormulaStarts.find(text.front()) != std::string_view::npos)
        text.insert(0, 1, '\'');
    return text;
}

std::string to_csv(const TextTable& table) {
    std::string out;
    for (const auto& row : table) {
        for (std::size_t i = 0; i < row.size(); ++i)
            out += (i > 0 ? "," : "") + quoted(row[i]);
        out += "\r\n";
    }
    return out;
}

std::string to_tsv(const TextTable& table) {
    std::string out;
    for (const auto& row : table) {
        for (std::size_t i = 0; i < row.size(); ++i)
            out += (i > 0 ? "\t" : "") + without_breaks(row[i]);
        out += '\n';
    }
    return out;
}

}  // namespace tokenlever::app
