#include "base/json.h"
#include "pricing/book_fields.h"
#include "pricing/book_reader.h"
#include "pricing/capacity.h"
#include "pricing/imported_reader.h"
#include "pricing/price_book.h"

#include <algorithm>
#include <memory>

namespace tokenlever {

// Puts documents together: later ones win, model by model.
class BookBuilder {
public:
    Result<void> add(std::string_view text) {
        TL_TRY(json, Json::parse(text));
        return add(json);
    }

    Result<void> add(const Json& json) {
        TL_TRY(object, json.as_object());
        TL_TRY(schema, required_text(*object, "schema"));
        ++document_;
        if (schema == "tokenlever.provider/1") return add_provider(json);
        if (schema == "tokenlever.book/1") return add_book(json);
        if (schema == "tokenlever.calendar/1") return add_calendar(json);
        if (schema == "tokenlever.capacity/1") return add_capacity(json);
        if (schema == "tokenlever.imported/1") return add_imported(json);
        return fail(ErrorCode::UnknownSchema, json.pointer() + "/schema", schema);
    }

    // Gives every window the calendar it names, whatever the order of the documents.
    Result<void> resolve_calendars() {
        for (Provider& provider : book_.providers_)
            for (Model& model : provider.models)
                for (RateCard& card : model.cards)
                    for (Window& window : card.windows)
                        if (auto known = resolve(window, provider.id + "/" + card.id); !known)
                            return known;
        return {};
    }

    PriceBook finish() {
        for (Provider& provider : imported_)
            append(std::move(provider));
        std::ranges::sort(book_.providers_, {}, &Provider::id);
        for (Provider& provider : book_.providers_)
            std::ranges::stable_sort(provider.models, {}, &Model::id);
        book_.capacities_ =
            std::make_shared<const std::vector<CapacityPlan>>(std::move(capacities_));
        book_.build_index();
        if (!imported_.empty()) book_.drop_shadowed();
        return std::move(book_);
    }

private:
    Result<void> add_book(const Json& json) {
        if (auto known = reject_unknown_members(
                json, {"schema", "version", "date", "providers", "documents", "discounts", "note"});
            !known)
            return known;
        TL_TRY(version, required_text(json, "version"));
        TL_TRY(date, required_text(json, "date"));
        // A second book is somebody's own: answers must not pass for those of the first alone.
        book_.version_ += (book_.version_.empty() ? "" : "+") + version;
        book_.date_ = std::max(book_.date_, date);
        TL_TRY(discounts, read_discounts(json));
        book_.discounts_.insert(book_.discounts_.end(), discounts.begin(), discounts.end());
        // One kind of document, or any.
        if (const Json* providers = json.find("providers")) {
            TL_TRY(items, providers->as_array());
            for (const Json& item : *items)
                if (auto added = add_provider(item); !added) return added;
        }
        if (const Json* documents = json.find("documents")) {
            TL_TRY(items, documents->as_array());
            for (const Json& item : *items)
                if (auto added = add(item); !added) return added;
        }
        return {};
    }

    Result<void> add_imported(const Json& json) {
        TL_TRY(list, read_imported(json));
        for (Provider& provider : list.providers)
            imported_.push_back(std::move(provider));
        return {};
    }

    Result<void> add_calendar(const Json& json) {
        TL_TRY(calendar, read_calendar(json));
        std::erase_if(calendars_, [&](const auto& known) { return known->id == calendar.id; });
        calendars_.push_back(std::make_shared<const Calendar>(std::move(calendar)));
        return {};
    }

    Result<void> add_capacity(const Json& json) {
        TL_TRY(plans, read_capacity(json));
        capacities_.insert(capacities_.begin(), plans.begin(), plans.end());
        return {};
    }

    Result<void> resolve(Window& window, const std::string& where) const {
        if (window.except_holidays.empty()) return {};
        for (const auto& calendar : calendars_)
            if (calendar->id == window.except_holidays) window.calendar = calendar;
        if (window.calendar) return {};
        return fail(ErrorCode::InvalidValue, where,
                    window.except_holidays + ", a calendar that no document holds");
    }

    Result<void> add_provider(const Json& json) {
        TL_TRY(incoming, read_provider(json));
        for (Model& model : incoming.models)
            model.document = document_;
        const auto known = std::ranges::find(book_.providers_, incoming.id, &Provider::id);
        if (known == book_.providers_.end()) {
            book_.providers_.push_back(std::move(incoming));
        } else {
            merge(*known, std::move(incoming));
        }
        return {};
    }

    static void merge(Provider& known, Provider incoming) {
        const auto first_source = static_cast<std::uint32_t>(known.sources.size());
        std::ranges::move(incoming.sources, std::back_inserter(known.sources));
        for (Model& model : incoming.models) {
            for (RateCard& card : model.cards)
                card.source += first_source;
            const auto old = std::ranges::find(known.models, model.id, &Model::id);
            if (old == known.models.end()) {
                known.models.push_back(std::move(model));
            } else {
                *old = std::move(model);
            }
        }
        for (std::string& alias : incoming.aliases)
            if (std::ranges::find(known.aliases, alias) == known.aliases.end())
                known.aliases.push_back(std::move(alias));
    }

    // Beside what is there, of one name too: PriceBook::drop_shadowed sees to that.
    void append(Provider incoming) {
        const auto known = std::ranges::find(book_.providers_, incoming.id, &Provider::id);
        if (known == book_.providers_.end()) {
            book_.providers_.push_back(std::move(incoming));
            return;
        }
        const auto first_source = static_cast<std::uint32_t>(known->sources.size());
        std::ranges::move(incoming.sources, std::back_inserter(known->sources));
        for (Model& model : incoming.models) {
            for (RateCard& card : model.cards)
                card.source += first_source;
            known->models.push_back(std::move(model));
        }
    }

    PriceBook book_;
    std::vector<Provider> imported_;
    std::vector<std::shared_ptr<const Calendar>> calendars_;
    std::vector<CapacityPlan> capacities_;  // a later document's first
    std::uint32_t document_ = 0;
};

Result<PriceBook> PriceBook::read(std::span<const std::string_view> documents) {
    BookBuilder builder;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        Result<void> added = builder.add(documents[i]);
        if (added) continue;
        Error error = std::move(added.error());
        if (documents.size() > 1)
            error.where = "price document " + std::to_string(i + 1) + " " + error.where;
        return std::unexpected(std::move(error));
    }
    if (auto resolved = builder.resolve_calendars(); !resolved)
        return std::unexpected(resolved.error());
    return builder.finish();
}

}  // namespace tokenlever
