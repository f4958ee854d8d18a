// Ui: tables. Columns are as wide as their widest cell wants; where there is not enough room the
// widest one gives way, and its texts are wrapped.

#include "ui.h"

#include <cmath>
#include <numeric>

namespace tokenlever::app {
namespace {

constexpr float kCellPad = 8;
constexpr float kDotSize = 9;
constexpr float kDotRoom = kDotSize + 7;
constexpr float kLine = 20;
constexpr float kLeastColumn = 56;

TextStyle style_of(const Cell& cell) {
    if (cell.tag) return TextStyle::Caption;
    return cell.is_strong ? TextStyle::BodyStrong : TextStyle::Body;
}

}  // namespace

std::vector<float> Ui::column_widths(const TableSpec& spec, float width) const {
    std::vector<float> widths;
    for (std::size_t i = 0; i < spec.columns.size(); ++i) {
        float widest = text_width(TextStyle::Small, spec.columns[i].title);
        for (const auto& row : spec.rows) {
            const Cell& cell = row[i];
            const float extra = (cell.tag ? 14.0F : 0.0F) + (cell.dot ? kDotRoom : 0.0F);
            widest = std::max(widest, text_width(style_of(cell), cell.text) + extra);
        }
        widths.push_back(widest + (i == 0 ? kCellPad : 2 * kCellPad) + 1);
    }
    float total = std::accumulate(widths.begin(), widths.end(), 0.0F);
    while (total > width) {
        const auto widest = std::max_element(widths.begin(), widths.end());
        const float cut = std::min(*widest - kLeastColumn, total - width);
        if (cut <= 0) break;
        // Down to the second widest at most, so that the two then share the loss.
        float second = kLeastColumn;
        for (auto other = widths.begin(); other != widths.end(); ++other)
            if (other != widest) second = std::max(second, *other);
        const float step =
            *widest > second ? std::min(cut, *widest - second + 1) : std::min(cut, 4.0F);
        *widest -= step;
        total -= step;
    }
    const float spare = std::max(0.0F, width - total);
    float weights = 0;
    for (const ColumnSpec& column : spec.columns)
        weights += column.weight;
    for (std::size_t i = 0; i < widths.size() && weights > 0; ++i)
        widths[i] += spare * spec.columns[i].weight / weights;
    return widths;
}

void Ui::table_header(const Rect& at, const TableSpec& spec, std::span<const float> widths) {
    Scope scope = container(Role::Row, {}, {}, at);
    float x = at.x;
    for (std::size_t i = 0; i < spec.columns.size(); ++i) {
        const float pad = i == 0 ? 0 : kCellPad;
        const Rect cell{x + pad, at.y, widths[i] - pad - kCellPad, at.h};
        label(cell, TextStyle::Small, Color::Text2, spec.columns[i].title, spec.columns[i].align);
        record({.role = Role::ColumnHeader, .text = spec.columns[i].title}, cell);
        x += widths[i];
    }
    line({at.x, at.bottom() - 1}, {at.right(), at.bottom() - 1}, Color::Border);
}

void Ui::table_cell(const Rect& at, const ColumnSpec& column, const Cell& cell,
                    std::span<const std::string_view> lines) {
    if (cell.tag) {
        const float width = text_width(TextStyle::Caption, cell.text) + 14;
        const float x = column.align == Align::Right ? at.right() - width : at.x;
        paint_tag(x, at.center_y(), *cell.tag, cell.text);
        return;
    }
    const float height = kLine * static_cast<float>(lines.size());
    Rect row{at.x, std::round(at.center_y() - height / 2), at.w, kLine};
    if (cell.dot) {
        fill({row.x, row.center_y() - kDotSize / 2, kDotSize, kDotSize}, *cell.dot, 3);
        row = row.without_left(kDotRoom);
    }
    for (const std::string_view text : lines) {
        label(row, style_of(cell), cell.color, text, column.align);
        row.y += kLine;
    }
}

float Ui::table_row(const Rect& at, const TableSpec& spec, const std::vector<Cell>& row,
                    std::span<const float> widths) {
    std::vector<std::vector<std::string_view>> lines;
    std::size_t most = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const float pad = (i == 0 ? kCellPad : 2 * kCellPad) + (row[i].dot ? kDotRoom : 0);
        lines.push_back(wrap(style_of(row[i]), row[i].text, widths[i] - pad + 1));
        most = std::max(most, lines.back().size());
    }
    const Rect box{at.x, at.y, at.w, kLine * static_cast<float>(most) + 15};
    Scope scope = container(Role::Row, {}, {}, box);
    float x = at.x;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const float pad = i == 0 ? 0 : kCellPad;
        const Rect cell{x + pad, box.y, widths[i] - pad - kCellPad, box.h};
        table_cell(cell, spec.columns[i], row[i], lines[i]);
        record({.role = i == 0 ? Role::RowHeader : Role::Cell, .text = row[i].text}, cell);
        x += widths[i];
    }
    return box.h;
}

float Ui::table(const Rect& at, const TableSpec& spec) {
    const std::vector<float> widths = column_widths(spec, at.w);
    Scope scope = container(Role::Table, spec.id, spec.name);
    float y = at.y;
    if (spec.has_header) {
        table_header({at.x, y, at.w, 31}, spec, widths);
        y += 31;
    }
    for (std::size_t i = 0; i < spec.rows.size(); ++i) {
        if (i > 0) line({at.x, y - 1}, {at.right(), y - 1}, Color::Grid);
        y += table_row({at.x, y, at.w, 0}, spec, spec.rows[i], widths);
    }
    scope.set_rect({at.x, at.y, at.w, y - at.y});
    return y - at.y;
}

Ui::Scope Ui::column_header(std::string_view sort) {
    return {*this, recorder_.open({.role = Role::ColumnHeader, .sort = std::string(sort)})};
}

void Ui::record_text(std::string_view text) {
    recorder_.add({.role = Role::Text, .text = std::string(text)});
}

void Ui::record_cell(std::string_view text) {
    recorder_.add({.role = Role::Cell, .text = std::string(text)});
}

void Ui::record_table(const TableSpec& spec) {
    Scope scope = container(Role::Table, spec.id, spec.name);
    {
        Scope header = container(Role::Row, {}, {});
        for (const ColumnSpec& column : spec.columns)
            record({.role = Role::ColumnHeader, .text = column.title}, {});
    }
    for (const auto& row : spec.rows) {
        Scope line = container(Role::Row, {}, {});
        for (std::size_t i = 0; i < row.size(); ++i)
            record({.role = i == 0 ? Role::RowHeader : Role::Cell, .text = row[i].text}, {});
    }
}

}  // namespace tokenlever::app
