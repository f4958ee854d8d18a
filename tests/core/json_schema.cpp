#include "json_schema.h"

#include <algorithm>
#include <array>
#include <regex>

namespace tokenlever::test {

namespace {

using Faults = std::vector<std::string>;

std::string type_of(const Json& value) {
    switch (value.kind()) {
        case Json::Kind::Null: return "null";
        case Json::Kind::Boolean: return "boolean";
        case Json::Kind::String: return "string";
        case Json::Kind::Array: return "array";
        case Json::Kind::Object: return "object";
        case Json::Kind::Number: break;
    }
    return value.text().find_first_of(".eE") == std::string::npos ? "integer" : "number";
}

bool same_scalar(const Json& a, const Json& b) {
    return a.kind() == b.kind() && a.text() == b.text() && a.boolean() == b.boolean() &&
           a.items().empty() && a.members().empty();
}

// find() takes null for absent; a schema's values may be null.
const Json* member(const Json& object, std::string_view key) {
    for (const auto& [name, value] : object.members())
        if (name == key) return &value;
    return nullptr;
}

class Checker {
public:
    explicit Checker(const Json& root) : root_(root) {}

    Faults check(const Json& schema, const Json& value) {
        faults_.clear();
        visit(schema, value);
        return faults_;
    }

private:
    void fault(const Json& value, const std::string& reason) {
        faults_.push_back((value.pointer().empty() ? "/" : value.pointer()) + ": " + reason);
    }

    const Json* definition(const std::string& reference) const {
        const std::string prefix = "#/$defs/";
        const Json* definitions = root_.find("$defs");
        if (!definitions || !reference.starts_with(prefix)) return nullptr;
        return definitions->find(reference.substr(prefix.size()));
    }

    void visit(const Json& schema, const Json& value) {
        if (schema.kind() == Json::Kind::Boolean) {
            if (!schema.boolean()) fault(value, "not allowed here");
            return;
        }
        for (const auto& [keyword, rule] : schema.members())
            visit_keyword(keyword, rule, schema, value);
    }

    void visit_keyword(const std::string& keyword, const Json& rule, const Json& schema,
                       const Json& value) {
        constexpr std::array<std::string_view, 5> kSilent = {"$schema", "$defs", "title",
                                                             "description", "additionalProperties"};
        if (std::ranges::find(kSilent, keyword) != kSilent.end()) {
            if (keyword == "additionalProperties") visit_members(schema, value);
        } else if (keyword == "$ref") {
            const Json* target = definition(rule.text());
            if (target)
                visit(*target, value);
            else
                fault(value, "the schema refers to " + rule.text());
        } else if (keyword == "type") {
            visit_type(rule, value);
        } else if (keyword == "const") {
            if (!same_scalar(rule, value)) fault(value, "not " + rule.text());
        } else if (keyword == "enum") {
            if (std::ranges::none_of(rule.items(),
                                     [&](const Json& item) { return same_scalar(item, value); }))
                fault(value, "none of the values listed: " + value.text());
        } else if (keyword == "pattern") {
            if (value.kind() == Json::Kind::String &&
                !std::regex_search(value.text(), std::regex(rule.text())))
                fault(value, value.text() + " does not match " + rule.text());
        } else if (keyword == "minimum") {
            if (value.kind() == Json::Kind::Number && *value.as_decimal() < *rule.as_decimal())
                fault(value, "less than " + rule.text());
        } else {
            visit_parts(keyword, rule, schema, value);
        }
    }

    void visit_parts(const std::string& keyword, const Json& rule, const Json& schema,
                     const Json& value) {
        if (keyword == "required") {
            for (const Json& key : rule.items())
                if (value.kind() == Json::Kind::Object && !member(value, key.text()))
                    fault(value, "lacks " + key.text());
        } else if (keyword == "properties") {
            if (!member(schema, "additionalProperties")) visit_members(schema, value);
        } else if (keyword == "items") {
            for (const Json& item : value.items())
                visit(rule, item);
        } else if (keyword == "minItems") {
            if (value.kind() == Json::Kind::Array &&
                Decimal(static_cast<std::int64_t>(value.items().size())) < *rule.as_decimal())
                fault(value, "too few items");
        } else if (keyword == "anyOf") {
            visit_any(rule, value);
        } else {
            fault(value, "the schema has the keyword " + keyword + ", which is not checked");
        }
    }

    void visit_type(const Json& rule, const Json& value) {
        const std::string type = type_of(value);
        const auto fits = [&](const std::string& wanted) {
            return wanted == type || (wanted == "number" && type == "integer");
        };
        const bool is_right = rule.kind() == Json::Kind::String
                                  ? fits(rule.text())
                                  : std::ranges::any_of(rule.items(), [&](const Json& item) {
                                        return fits(item.text());
                                    });
        if (!is_right) fault(value, "a " + type + " is not the type wanted");
    }

    void visit_members(const Json& schema, const Json& value) {
        const Json* properties = schema.find("properties");
        const Json* rest = schema.find("additionalProperties");
        for (const auto& [key, item] : value.members()) {
            const Json* rule = properties ? properties->find(key) : nullptr;
            if (rule)
                visit(*rule, item);
            else if (rest)
                visit(*rest, item);
        }
    }

    void visit_any(const Json& rule, const Json& value) {
        Faults nearest;
        for (const Json& choice : rule.items()) {
            const Faults faults = Checker(root_).check(choice, value);
            if (faults.empty()) return;
            if (nearest.empty() || faults.size() < nearest.size()) nearest = faults;
        }
        faults_.insert(faults_.end(), nearest.begin(), nearest.end());
    }

    const Json& root_;
    Faults faults_;
};

}  // namespace

std::vector<std::string> schema_faults(const Json& schema, const Json& value) {
    return Checker(schema).check(schema, value);
}

std::vector<std::string> schema_faults(std::string_view schema, std::string_view value) {
    const Result<Json> rules = Json::parse(schema);
    const Result<Json> document = Json::parse(value);
    if (!rules) return {"the schema: " + error_message(rules.error())};
    if (!document) return {"the document: " + error_message(document.error())};
    return schema_faults(*rules, *document);
}

}  // namespace tokenlever::test
