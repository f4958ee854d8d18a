// Promise: what is read as a scenario is written and read again to the same scenario.

#include "fuzz.h"
#include "scenario/scenario.h"

using namespace tokenlever;

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const Result<Scenario> scenario = read_scenario(fuzz::text_of(bytes, size), Instant{});
    if (!scenario) {
        fuzz::expect(!error_message(scenario.error()).empty());
        return 0;
    }
    const Result<Scenario> again = read_scenario(write_scenario(*scenario));
    fuzz::expect(again && *again == *scenario);
    return 0;
}
