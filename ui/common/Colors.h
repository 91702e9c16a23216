// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

class QPalette;

namespace chatelaine::ui {

/// What a coloured thing means. Colour never stands alone: a word or an icon says the same.
enum class Tone { Neutral, Info, Ok, Warning, Error };

struct TonePair
{
    QColor ink; ///< readable on `ground` and on a card (4.5 to 1)
    QColor ground;
};

/// The colours a palette has no role for. Found from the palette itself, so that whoever paints
/// needs nothing but the widget.
struct Colors
{
    bool dark = false;
    QColor window;
    QColor card;
    QColor rail;
    QColor line; ///< between things
    QColor control; ///< the edge of what one can use (3 to 1)
    QColor text;
    QColor muted;
    QColor accent;
    QColor onAccent;
    QColor accentGround; ///< behind what is chosen

    TonePair tone(Tone tone) const;
};

const Colors &lightColors();
const Colors &darkColors();
const Colors &colorsOf(const QPalette &palette);
QPalette paletteOf(const Colors &colors);

} // namespace chatelaine::ui
