// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Colors.h"

#include <QPalette>

namespace chatelaine::ui {

TonePair Colors::tone(Tone which) const
{
    switch (which) {
    case Tone::Neutral:
        return dark ? TonePair {0xffc9c5bd, 0xff35373a} : TonePair {0xff4f4a43, 0xffe9e6df};
    case Tone::Info:
        return dark ? TonePair {0xff9cc3f5, 0xff1e3048} : TonePair {0xff1f4f8f, 0xffdee9f8};
    case Tone::Ok:
        return dark ? TonePair {0xff7bd494, 0xff1d3524} : TonePair {0xff1a6632, 0xffddf1e2};
    case Tone::Warning:
        return dark ? TonePair {0xfff0c36a, 0xff3b2f14} : TonePair {0xff744800, 0xfffbebc8};
    case Tone::Error:
        return dark ? TonePair {0xffff9e94, 0xff45211e} : TonePair {0xffa3231b, 0xfffbe0dc};
    }
    return {};
}

const Colors &lightColors()
{
    static const Colors colors {false, 0xfff5f4f1, 0xffffffff, 0xffeae7e1, 0xffdbd7ce, 0xff8e887c,
        0xff1e1c19, 0xff5f5a52, 0xff0b6b66, 0xffffffff, 0xffdcefec};
    return colors;
}

const Colors &darkColors()
{
    static const Colors colors {true, 0xff1b1c1e, 0xff25272a, 0xff141517, 0xff3a3d41, 0xff7a7f86,
        0xffeceae6, 0xffaeaba4, 0xff5ccbc0, 0xff06211f, 0xff1d3f3c};
    return colors;
}

const Colors &colorsOf(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? darkColors() : lightColors();
}

QPalette paletteOf(const Colors &colors)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor &color) {
        palette.setColor(role, color);
    };
    set(QPalette::Window, colors.window);
    set(QPalette::WindowText, colors.text);
    set(QPalette::Base, colors.card);
    set(QPalette::AlternateBase, colors.window);
    set(QPalette::Text, colors.text);
    set(QPalette::PlaceholderText, colors.muted);
    set(QPalette::Button, colors.card);
    set(QPalette::ButtonText, colors.text);
    set(QPalette::BrightText, colors.tone(Tone::Error).ink);
    set(QPalette::ToolTipBase, colors.card);
    set(QPalette::ToolTipText, colors.text);
    set(QPalette::Highlight, colors.accent);
    set(QPalette::HighlightedText, colors.onAccent);
    set(QPalette::Link, colors.accent);
    set(QPalette::LinkVisited, colors.accent);
    set(QPalette::Light, colors.card);
    set(QPalette::Midlight, colors.line);
    set(QPalette::Mid, colors.line);
    set(QPalette::Dark, colors.control);
    set(QPalette::Shadow, colors.rail);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colors.control);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colors.line);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, colors.muted);
    return palette;
}

} // namespace chatelaine::ui
