// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Colors.h"
#include "ui/common/Metrics.h"

#include <QLabel>

namespace chatelaine::ui {

/// A label in one of our type sizes; muted where it only explains. Wraps.
QLabel *makeLabel(Type type, QWidget *parent, bool muted = false);
/// Sets the "look" property and has the style sheet look again.
void setLook(QWidget *widget, const char *look);

/// One line that ends in "…" when there is no room, with the whole text as its tool tip.
class ElidingLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ElidingLabel(Qt::TextElideMode mode = Qt::ElideRight, QWidget *parent = nullptr);

    void setText(const QString &text);
    QString text() const { return m_text; }
    void setMuted(bool muted);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::TextElideMode m_mode;
    QString m_text;
    bool m_muted = false;
};

/// A state as a coloured pill with an icon and a word.
class StatePill : public QWidget
{
    Q_OBJECT

public:
    explicit StatePill(QWidget *parent = nullptr);

    void set(Tone tone, const QString &iconName, const QString &word);
    QString word() const { return m_word; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

    /// The same for delegates: paints it with its right edge at `right`, centred at `middle`, and
    /// gives what it covers. On a chosen row it needs an edge: the grounds are too much alike.
    static QRect paint(QPainter *painter, const QPalette &palette, int right, int middle, Tone tone,
        const QString &iconName, const QString &word, bool edged = false);
    static QSize sizeFor(const QString &word);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Neutral;
    QString m_icon;
    QString m_word;
};

/// An icon from the set as a label that follows the theme.
class IconLabel : public QWidget
{
    Q_OBJECT

public:
    IconLabel(const QString &name, int size, QWidget *parent = nullptr);

    void setName(const QString &name);
    void setTone(Tone tone);
    QSize sizeHint() const override { return {m_size, m_size}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    int m_size;
    bool m_toned = false;
    Tone m_tone = Tone::Neutral;
};

} // namespace chatelaine::ui
