// Imports one file as the page's worker does, in chunks written straight into the session's buffer,
// and prints one line of JSON: seconds (wall and processor) without starting up and without the
// report.
//
//   import_bench FILE [BY]

#include "api/import_session.h"
#include "base/error.h"
#include "pricing/embedded_book.h"
#include "processor_clock.h"

#include <chrono>
#include <cstdio>

#if defined(__EMSCRIPTEN__)
#include <emscripten/heap.h>
#endif

using namespace tokenlever;

namespace {

constexpr std::size_t kChunkBytes = 256 << 10;

std::size_t heap_bytes() {
#if defined(__EMSCRIPTEN__)
    return emscripten_get_heap_size();
#else
    return 0;
#endif
}

bool read_file(std::FILE* file, ImportSession& session) {
    while (true) {
        const std::span<char> buffer = session.buffer(kChunkBytes);
        const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), file);
        if (count == 0) return session.finish_file();
        session.commit(count);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    const auto book = PriceBook::read(embedded_book_documents());
    const auto options = make_import_options(argc > 2 ? argv[2] : "day,model,team", "", "", "", "");
    std::FILE* file = std::fopen(argv[1], "rb");
    if (!book || !options || file == nullptr) return 2;
    ImportSession session(*book, *options);
    const auto start = std::chrono::steady_clock::now();
    const double cpu_start = processor_seconds();
    session.begin_file(argv[1]);
    const bool is_good = read_file(file, session);
    const double cpu = processor_seconds() - cpu_start;
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    std::fclose(file);
    if (!is_good) std::fprintf(stderr, "%s\n", error_message(*session.first_error()).c_str());
    std::printf("{\"seconds\":%.4f,\"cpu_seconds\":%.4f,\"heap_bytes\":%zu,\"report\":%s}\n",
                wall.count(), cpu, heap_bytes(), session.report().c_str());
    return is_good ? 0 : 1;
}
