#include "base/json_write.h"

#include "base/shortest.h"

#include <array>
#include <cmath>
#include <iterator>
#include <string_view>

namespace tokenlever {

namespace {

constexpr std::int64_t kLargestInteger = std::int64_t{1} << 53;  // exact in a JavaScript number

void append_escaped(std::string& out, unsigned char byte) {
    constexpr std::string_view kHex = "0123456789abcdef";
    switch (byte) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default: break;
    }
    if (byte >= 0x20 && byte != 0x7f)
        out.push_back(static_cast<char>(byte));
    else
        out.append("\\u00").append({kHex[byte >> 4], kHex[byte & 15]});
}

void append_string(std::string& out, std::string_view text) {
    out.push_back('"');
    while (!text.empty()) {
        const std::size_t bad = find_invalid_utf8(text);
        for (char c : text.substr(0, bad))
            append_escaped(out, static_cast<unsigned char>(c));
        if (bad == std::string_view::npos) break;
        out += "\xef\xbf\xbd";
        text.remove_prefix(bad + 1);
    }
    out.push_back('"');
}

// nlohmann's own dump is not used: it prints about one double in a thousand with a digit too many.
class Writer {
public:
    explicit Writer(int indent) : indent_(indent) {}

    void value(const JsonOut& node) {
        switch (node.type()) {
            case JsonOut::value_t::object: object(node); return;
            case JsonOut::value_t::array: array(node); return;
            case JsonOut::value_t::string:
                append_string(out, *node.get_ptr<const std::string*>());
                return;
            case JsonOut::value_t::boolean:
                out += *node.get_ptr<const bool*>() ? "true" : "false";
                return;
            case JsonOut::value_t::number_integer:
                out += std::to_string(*node.get_ptr<const std::int64_t*>());
                return;
            case JsonOut::value_t::number_unsigned:
                out += std::to_string(*node.get_ptr<const std::uint64_t*>());
                return;
            case JsonOut::value_t::number_float: number(*node.get_ptr<const double*>()); return;
            case JsonOut::value_t::null:
            case JsonOut::value_t::binary:
            case JsonOut::value_t::discarded: out += "null"; return;
        }
    }

    std::string out;

private:
    void number(double value) { out += std::isfinite(value) ? shortest_text(value) : "null"; }

    void object(const JsonOut& node) {
        begin('{');
        for (auto member = node.begin(); member != node.end(); ++member) {
            next(member == node.begin());
            append_string(out, member.key());
            out += indent_ < 0 ? ":" : ": ";
            value(*member);
        }
        end('}', node.empty());
    }

    void array(const JsonOut& node) {
        begin('[');
        for (auto item = node.begin(); item != node.end(); ++item) {
            next(item == node.begin());
            value(*item);
        }
        end(']', node.empty());
    }

    void begin(char bracket) {
        out.push_back(bracket);
        ++depth_;
    }

    void next(bool is_first) {
        if (!is_first) out.push_back(',');
        break_line();
    }

    void end(char bracket, bool is_empty) {
        --depth_;
        if (!is_empty) break_line();
        out.push_back(bracket);
    }

    void break_line() {
        if (indent_ < 0) return;
        out.push_back('\n');
        out.append(static_cast<std::size_t>(indent_) * depth_, ' ');
    }

    int indent_;
    std::size_t depth_ = 0;
};

}  // namespace

JsonOut json_count(std::int64_t count) { return json_count(static_cast<int128>(count)); }

JsonOut json_count(int128 count) {
    if (count <= kLargestInteger && count >= -kLargestInteger)
        return static_cast<std::int64_t>(count);
    return Decimal::from_scaled(count, 0).to_string();
}

JsonOut json_amount(const Decimal& amount) { return amount.to_string(); }
JsonOut json_amount(Money amount) { return amount.to_string(); }
JsonOut json_amount(const ReportedCost& amount) { return amount.to_string(); }

JsonOut json_object(std::vector<std::pair<std::string, JsonOut>> members) {
    return JsonOut::object_t(std::move_iterator(members.begin()),
                             std::move_iterator(members.end()));
}

JsonOut json_ratio(double ratio) {
    return std::isfinite(ratio) ? JsonOut(ratio) : JsonOut(nullptr);
}

JsonOut error_json(const Error& error) {
    JsonOut body = JsonOut::object();
    body["code"] = error_id(error.code);
    body["message"] = error_message(error);
    body["where"] = error.where.empty() ? JsonOut(nullptr) : JsonOut(error.where);
    JsonOut document = JsonOut::object();
    document["error"] = std::move(body);
    return document;
}

std::string dump(const JsonOut& document, int indent) {
    Writer writer(indent);
    writer.value(document);
    return std::move(writer.out);
}

}  // namespace tokenlever
