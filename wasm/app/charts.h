#pragma once

// What charts share: an axis with round numbers.

#include <string>
#include <vector>

namespace tokenlever::app {

struct Axis1d {
    double top = 1;             // the highest tick, at or above the largest value
    std::vector<double> ticks;  // from 0
};
// About `wanted` steps of 1, 2, 2.5 or 5 times a power of ten.
Axis1d round_axis(double largest, int wanted);

// The same from a lowest value below zero (a lever that costs more than it saves).
inline float to_pixels(double value, double top, float y_top, float y_bottom) {
    return y_bottom - static_cast<float>(value / top) * (y_bottom - y_top);
}

}  // namespace tokenlever::app
