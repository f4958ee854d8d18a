#include "pricing/model_name.h"

#include <algorithm>
#include <array>

namespace tokenlever {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool drop_suffix(std::string& name, std::string_view suffix) {
    if (name.size() <= suffix.size() || !name.ends_with(suffix)) return false;
    name.resize(name.size() - suffix.size());
    return true;
}

bool strip_fine_tune(std::string& name, NameFlags&) {
    if (!name.starts_with("ft:")) return false;
    const std::size_t end = name.find(':', 3);
    if (end == std::string::npos) return false;
    name.resize(end);
    return true;
}

bool strip_variant(std::string& name, NameFlags& flags) {
    if (drop_suffix(name, ":free")) return flags.is_free = true;
    if (drop_suffix(name, ":thinking")) return flags.is_thinking = true;
    return false;
}

// "regional" is how genai-prices writes all but "global".
constexpr std::array<std::string_view, 12> kRegions = {
    "us", "eu", "apac", "global", "jp", "au", "ca", "in", "us-gov", "sa", "uk", "regional"};
constexpr std::array<std::string_view, 18> kBedrockVendors = {
    "anthropic.", "amazon.", "meta.",      "mistral.",  "cohere.",     "deepseek.",
    "openai.",    "qwen.",   "ai21.",      "minimax.",  "nvidia.",     "zai.",
    "google.",    "writer.", "stability.", "moonshot.", "moonshotai.", "xai."};

// "us.anthropic." or "anthropic." at the start of a name; empty if there is none.
struct BedrockPrefix {
    std::string_view region{};
    std::size_t length = 0;
};

BedrockPrefix bedrock_prefix(std::string_view name) {
    BedrockPrefix prefix;
    for (std::string_view region : kRegions)
        if (name.starts_with(region) && name.substr(region.size()).starts_with('.'))
            prefix = {.region = region, .length = region.size() + 1};
    for (std::string_view vendor : kBedrockVendors)
        if (name.substr(prefix.length).starts_with(vendor))
            return {.region = prefix.region, .length = prefix.length + vendor.size()};
    return {};
}

bool strip_bedrock_prefix(std::string& name, NameFlags& flags) {
    const BedrockPrefix prefix = bedrock_prefix(name);
    if (prefix.length == 0 || prefix.length == name.size()) return false;
    if (!prefix.region.empty()) flags.region = prefix.region;
    name.erase(0, prefix.length);
    return true;
}

// "-v1:0", "-v2:0"
bool strip_revision(std::string& name, NameFlags&) {
    const std::size_t size = name.size();
    if (size < 6 || name[size - 5] != '-' || name[size - 4] != 'v' || !is_digit(name[size - 3]) ||
        name[size - 2] != ':' || !is_digit(name[size - 1]))
        return false;
    name.resize(size - 5);
    return true;
}

bool strip_version(std::string& name, NameFlags&) {  // Vertex AI: "@20250929", "@default"
    const std::size_t at = name.rfind('@');
    if (at == std::string::npos || at == 0 || name.find('/', at) != std::string::npos) return false;
    name.resize(at);
    return true;
}

bool is_calendar_date(std::string_view year, std::string_view month, std::string_view day) {
    return year.starts_with("20") && month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

bool strip_date(std::string& name, NameFlags&) {
    const std::string_view text = name;
    if (text.size() > 11 && text[text.size() - 11] == '-') {  // -2025-09-29
        const std::string_view date = text.substr(text.size() - 10);
        const bool is_date = date[4] == '-' && date[7] == '-' &&
                             std::ranges::count_if(date, is_digit) == 8 &&
                             is_calendar_date(date.substr(0, 4), date.substr(5, 2), date.substr(8));
        if (is_date) return name.resize(name.size() - 11), true;
    }
    if (text.size() > 9 && text[text.size() - 9] == '-') {  // -20250929
        const std::string_view date = text.substr(text.size() - 8);
        const bool is_date = std::ranges::all_of(date, is_digit) &&
                             is_calendar_date(date.substr(0, 4), date.substr(4, 2), date.substr(6));
        if (is_date) return name.resize(name.size() - 9), true;
    }
    return false;
}

bool strip_mode(std::string& name, NameFlags& flags) {
    if (drop_suffix(name, "-thinking")) return flags.is_thinking = true;
    if (flags.speed == Speed::Standard && drop_suffix(name, "-fast")) {
        flags.speed = Speed::Fast;
        return true;
    }
    return false;
}

// The revision goes before the prefix: price lists have regional names without it.
constexpr std::array kSteps = {strip_fine_tune, strip_variant, strip_revision, strip_bedrock_prefix,
                               strip_version,   strip_date,    strip_mode};

}  // namespace

std::string lowered(std::string_view text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

char respelled(char c) { return c == ' ' || c == '.' || c == '_' ? '-' : c; }

std::string respelled(std::string_view name) {
    std::string result(name);
    for (char& c : result)
        c = respelled(c);
    return result;
}

bool strip_next(std::string& name, NameFlags& flags) {
    return std::ranges::any_of(kSteps, [&](auto step) { return step(name, flags); });
}

bool is_bedrock_name(std::string_view name) { return bedrock_prefix(name).length > 0; }

std::string_view region_of_path(std::string_view part) {
    if (part == "global-standard") return "global";
    const auto region = std::ranges::find(kRegions, part);
    if (region != kRegions.end()) return *region;
    // "us-east-1", "us-gov-west-1", "ap-southeast-2"
    const std::size_t size = part.size();
    const bool is_aws = size > 6 && part[2] == '-' && part[size - 2] == '-' &&
                        is_digit(part[size - 1]) && std::ranges::count(part, '-') <= 3 &&
                        std::ranges::none_of(part.substr(0, size - 1), is_digit);
    return is_aws ? part : std::string_view{};
}

NamePath split_path(std::string_view name) {
    if (name.starts_with("models/")) name.remove_prefix(7);  // Google's resource names
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return {.seller = {}, .rest = name};
    const std::string_view head = name.substr(0, slash);
    const std::string_view last = name.substr(name.rfind('/') + 1);
    if (head == "publishers" || head == "projects")
        return {.seller = "google-vertex", .rest = last};
    if (head.starts_with("arn:aws:bedrock:")) return {.seller = "amazon-bedrock", .rest = last};
    return {.seller = head, .rest = name.substr(slash + 1)};
}

}  // namespace tokenlever
