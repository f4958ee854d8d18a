#include "api/import_session.h"

#include "api/import_report.h"
#include "usage/usage_reader.h"

#include <algorithm>
#include <utility>

namespace tokenlever {

// One file while it is read: its charges go into a cube of its own, which joins the others only
// when the file has been read to its end.
struct CurrentFile {
    CurrentFile(const PriceBook& book, const ImportOptions& options, const Wanted& wanted,
                const IdSet& earlier_ids, std::string_view file_path)
        : path(file_path),
          cube(book, {.axes = options.by, .offset_minutes = options.offset_minutes}),
          reader(wanted, cube, earlier_ids, options.format) {}

    std::string path;
    Cube cube;
    UsageReader reader;
};

struct ImportSession::State {
    State(const PriceBook& price_book, ImportOptions import_options)
        : book(price_book),
          options(std::move(import_options)),
          wanted(options.by),
          cube(book, {.axes = options.by, .offset_minutes = options.offset_minutes}) {}

    // Ends the current file. False, and none of its charges count, if it failed.
    bool keep(const std::optional<Error>& error) {
        FileReport& report = files.emplace_back();
        const UsageReader& reader = current->reader;
        report.path = current->path;
        if (reader.importer() != nullptr) report.format = reader.importer()->id;
        report.reason = reader.reason();
        report.bytes = reader.bytes();
        report.tally = reader.records().tally();
        report.diagnostics = reader.records().diagnostics();
        report.error = error;
        if (!report.error && !take_charges())
            report.error = Error{.code = ErrorCode::NumberTooLarge,
                                 .where = report.path,
                                 .detail = "its counts and those of the files before it"};
        current.reset();
        return !report.error;
    }

    // False, and nothing is taken, if the counts do not fit beside those of the files before.
    bool take_charges() {
        if (cube.cell_count() == 0) {
            cube = std::move(current->cube);
        } else if (!cube.merge(current->cube)) {
            return false;
        }
        if (ids.size() == 0) {
            ids = current->reader.take_ids();
        } else {
            ids.merge(current->reader.records().ids());
        }
        return true;
    }

    const PriceBook& book;
    ImportOptions options;
    Wanted wanted;
    Cube cube;
    IdSet ids;
    std::vector<FileReport> files;
    std::unique_ptr<CurrentFile> current;
};

ImportSession::ImportSession(const PriceBook& book, ImportOptions options)
    : state_(std::make_unique<State>(book, std::move(options))) {}
ImportSession::~ImportSession() = default;
ImportSession::ImportSession(ImportSession&&) noexcept = default;
ImportSession& ImportSession::operator=(ImportSession&&) noexcept = default;

void ImportSession::begin_file(std::string_view path) {
    finish_file();
    state_->current = std::make_unique<CurrentFile>(state_->book, state_->options, state_->wanted,
                                                    state_->ids, path);
}

void ImportSession::feed(std::string_view bytes) {
    if (state_->current) state_->current->reader.feed(bytes);
}

std::span<char> ImportSession::buffer(std::size_t size) {
    return state_->current ? state_->current->reader.buffer(size) : std::span<char>();
}

void ImportSession::commit(std::size_t size) {
    if (state_->current) state_->current->reader.commit(size);
}

bool ImportSession::finish_file() {
    if (!state_->current) return true;
    UsageReader& reader = state_->current->reader;
    reader.finish();
    return state_->keep(reader.error());
}

void ImportSession::cancel_file() {
    if (state_->current)
        state_->keep(Error{.code = ErrorCode::Cancelled, .where = {}, .detail = {}});
}

void ImportSession::fail_file(std::string_view path, const Error& error) {
    finish_file();
    FileReport& report = state_->files.emplace_back();
    report.path = path;
    report.error = error;
}

ImportProgress ImportSession::progress() const {
    if (!state_->current) return {};
    const UsageReader& reader = state_->current->reader;
    return {.bytes = reader.bytes(), .rows = reader.records().tally().rows.read};
}

bool ImportSession::all_failed() const {
    const auto& files = state_->files;
    return !files.empty() && std::ranges::all_of(files, [](const FileReport& file) {
        return file.error.has_value();
    });
}

std::optional<Error> ImportSession::first_error() const {
    for (const FileReport& file : state_->files)
        if (file.error) return file.error;
    return std::nullopt;
}

std::string ImportSession::report() const {
    return import_report(state_->book, state_->options, state_->files, state_->cube);
}

std::string import_bytes(const PriceBook& book, const ImportOptions& options, std::string_view path,
                         std::string_view bytes) {
    ImportSession session(book, options);
    session.begin_file(path);
    session.feed(bytes);
    session.finish_file();
    return session.report();
}

}  // namespace tokenlever
