#include "charts.h"

#include <cmath>

namespace tokenlever::app {

Axis1d round_axis(double largest, int wanted) {
    if (!(largest > 0)) return {1, {0, 1}};
    const double rough = largest / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    double step = 10 * power;
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (factor * power < rough * 0.999) continue;
        step = factor * power;
        break;
    }
    Axis1d axis{.top = 0, .ticks = {0}};
    while (axis.top < largest * 0.999)
        axis.ticks.push_back(axis.top += step);
    return axis;
}

}  // namespace tokenlever::app
