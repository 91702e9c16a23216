// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Labels.h"

#include <QFrame>

class QPushButton;
class QToolButton;
class QVBoxLayout;
class QHBoxLayout;
class QBoxLayout;
class QGridLayout;

namespace chatelaine::ui {

/// A titled surface. What it shows goes into body(), small buttons beside the title with
/// addToHeader().
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(QWidget *parent = nullptr);

    void setTitle(const QString &title);
    QVBoxLayout *body() const { return m_body; }
    void addToHeader(QWidget *widget);

private:
    QLabel *m_title;
    QHBoxLayout *m_header;
    QVBoxLayout *m_body;
};

/// What a page shows when there is nothing: an icon, what that means, and what to do next.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(const QString &iconName, QWidget *parent = nullptr);

    void setTexts(const QString &title, const QString &sentence);
    void setIcon(const QString &iconName);
    /// The button is there when this was called; it is the caller's to connect.
    QPushButton *addAction(const QString &iconName = {});
    /// Puts a widget of a width of its own between the sentence and the buttons.
    void insert(QWidget *widget);

private:
    IconLabel *m_icon;
    QLabel *m_title;
    QLabel *m_sentence;
    QHBoxLayout *m_actions;
};

/// A message that stays in its place: tone, one or two sentences, perhaps a button.
class Banner : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);

    void show(Tone tone, const QString &text, const QString &more = {});
    void addWidget(QWidget *widget);
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    Tone m_tone = Tone::Info;
    IconLabel *m_icon;
    QLabel *m_text;
    QLabel *m_more;
    QHBoxLayout *m_buttons; ///< beside the words; below them where those would become a column
    QBoxLayout *m_row;
};

class CopyButton;
class ValueLabel;

/// Names and values in two columns; values can be selected, and copied where asked for.
class KeyValueGrid : public QWidget
{
    Q_OBJECT

public:
    explicit KeyValueGrid(QWidget *parent = nullptr);

    /// Begins anew; rows keep their widgets, so that a change does not make the page blink.
    void begin();
    void row(const QString &key, const QString &value, bool mono = false);
    /// A row of its own kind, for what is written elsewhere: with a button that copies it.
    void copyRow(const QString &key, const QString &value);
    void end();
    /// How wide the names are, in pixels, and that they be no narrower: for grids one below
    /// another.
    int keyWidth() const;
    void setKeyWidth(int width);

private:
    struct Row
    {
        QLabel *key;
        ValueLabel *value;
        CopyButton *copy;
    };
    Row &next(const QString &key, const QString &value, bool mono);
    void offerCopy(Row &row, bool offered);
    QGridLayout *m_grid;
    QList<Row> m_rows;
    qsizetype m_next = 0;
};

/// Chips in lines: scopes.
class ChipFlow : public QWidget
{
    Q_OBJECT

public:
    explicit ChipFlow(QWidget *parent = nullptr);
    void setChips(const QStringList &chips);
    QStringList chips() const { return m_chips; }

private:
    QStringList m_chips;
};

} // namespace chatelaine::ui
