// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/StyleSheet.h"

#include "ui/common/Colors.h"
#include "ui/common/Metrics.h"

#include <QMap>

namespace chatelaine::ui {

QString styleSheet(const Colors &colors)
{
    const TonePair danger = colors.tone(Tone::Error);
    const QMap<QString, QString> words{
        {QStringLiteral("@window"), colors.window.name()},
        {QStringLiteral("@card"), colors.card.name()},
        {QStringLiteral("@rail"), colors.rail.name()},
        {QStringLiteral("@line"), colors.line.name()},
        {QStringLiteral("@control"), colors.control.name()},
        {QStringLiteral("@text"), colors.text.name()},
        {QStringLiteral("@muted"), colors.muted.name()},
        {QStringLiteral("@accent"), colors.accent.name()},
        {QStringLiteral("@on-accent"), colors.onAccent.name()},
        {QStringLiteral("@chosen"), colors.accentGround.name()},
        {QStringLiteral("@accent-hover"),
            colors.dark ? colors.accent.lighter(112).name() : colors.accent.lighter(118).name()},
        {QStringLiteral("@danger-ground"), danger.ground.name()},
        {QStringLiteral("@danger"), danger.ink.name()},
        {QStringLiteral("@small"), QString::number(font(Type::Small).pointSizeF(), 'f', 1)},
        {QStringLiteral("@arrow"), colors.dark ? QStringLiteral("dark") : QStringLiteral("light")},
    };
    // Around what a view holds is room enough for the frame's round corners. The ink of a field is
    // the palette's: given here, it would give the placeholder half of itself.
    QString sheet = QStringLiteral(R"(
QPushButton { background: @card; color: @text; border: 1px solid @control; border-radius: 6px;
    padding: 6px 13px; min-height: 20px; }
QPushButton:hover { background: @chosen; }
QPushButton:pressed { background: @line; }
QPushButton:focus { border: 2px solid @accent; padding: 5px 12px; }
QPushButton:disabled { color: @muted; border-color: @line; background: transparent; }
QPushButton[look="primary"] { background: @accent; color: @on-accent; border-color: @accent; }
QPushButton[look="primary"]:hover { background: @accent-hover; }
QPushButton[look="primary"]:focus { border: 2px solid @text; }
QPushButton[look="primary"]:disabled { background: @line; color: @muted; border-color: @line; }
QPushButton[look="danger"] { color: @danger; border-color: @danger; }
QPushButton[look="danger"]:hover { background: @danger-ground; }
QPushButton[look="danger"]:disabled { color: @muted; border-color: @line; }
QPushButton[look="quiet"] { background: transparent; border-color: transparent; }
QPushButton[look="quiet"]:hover { background: @chosen; }
QPushButton[look="quiet"]:focus { border: 2px solid @accent; }
QPushButton[look="link"] { background: transparent; border: 2px solid transparent; padding: 0 2px;
  margin-left: -4px; color: @accent; text-align: left; min-height: 0; }
QPushButton[look="link"]:hover { text-decoration: underline; }
QPushButton[look="link"]:focus { border: 2px solid @accent; }
QPushButton[look="link"]:disabled { color: @text; }
QPushButton[look="back"] { background: transparent; border: 2px solid transparent;
    padding: 4px 8px 4px 0; }
QPushButton[look="back"]:hover { color: @accent; }
QPushButton[look="back"]:focus { border: 2px solid @accent; }
QToolButton { background: transparent; color: @text; border: 2px solid transparent;
    border-radius: 6px; padding: 4px; }
QToolButton:hover { background: @chosen; }
QToolButton:pressed { background: @line; }
QToolButton:focus { border-color: @accent; }
QToolButton[look="inline"] { padding: 0; }
QToolButton[look="page"] { padding: 5px 2px; color: @muted; border-radius: 8px; }
QToolButton[look="page"]:checked { background: @chosen; color: @text; }
QToolButton::menu-indicator { image: none; width: 0; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox { background: @card;
    border: 1px solid @control; border-radius: 6px; padding: 6px 8px;
    selection-background-color: @accent; selection-color: @on-accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus {
    border: 2px solid @accent; padding: 5px 7px; }
QLineEdit, QSpinBox { min-height: 20px; }
QLineEdit:disabled, QSpinBox:disabled { color: @muted; border-color: @line; }
QLineEdit[look="wrong"] { border: 2px solid @danger; padding: 5px 7px; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }
QComboBox { background: @card; color: @text; border: 1px solid @control; border-radius: 6px;
    padding: 6px 10px; padding-right: 6px; min-height: 20px; }
QComboBox:hover { background: @chosen; }
QComboBox:focus, QComboBox:on { border: 2px solid @accent; padding: 5px 9px; padding-right: 5px; }
QComboBox:disabled { color: @muted; border-color: @line; }
QComboBox::drop-down { border: 0; width: 24px; subcontrol-position: center right; }
QComboBox::down-arrow { image: url(:/icons/arrow-@arrow.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @card; color: @text; border: 1px solid @line;
    padding: 4px; outline: 0; selection-background-color: @chosen; selection-color: @text; }
QCheckBox:disabled, QRadioButton:disabled { color: @muted; }
QFrame[look="card"] { background: @card; border: 1px solid @line; border-radius: 8px; }
QFrame[look="well"] { background: @window; border: 1px solid @line; border-radius: 6px; }
QFrame[look="line"] { background: @line; border: 0; max-height: 1px; min-height: 1px; }
QWidget[look="rail"] { background: @rail; border: 0; }
QWidget[look="footer"] { background: @rail; border-top: 1px solid @line; }
QLabel[look="muted"] { color: @muted; }
QLabel[look="error"] { color: @danger; }
QLabel[look="chip"] { background: @chosen; color: @text; border-radius: 9px; padding: 3px 9px; }
QLabel:focus { border: 2px solid @accent; border-radius: 4px; }
QAbstractItemView { background: @card; color: @text; border: 1px solid @line;
    border-radius: 8px; padding: 3px; outline: 0; alternate-background-color: @window;
    selection-background-color: @chosen; selection-color: @text; }
QAbstractItemView:focus { border: 2px solid @accent; padding: 2px; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QTableView { gridline-color: @line; }
QTableView::item { padding: 0 5px; border: 0; }
QHeaderView { background: transparent; border: 0; border-radius: 0; padding: 0;
    font-size: @smallpt; }
QHeaderView::section { background: transparent; color: @muted; border: 0;
    border-bottom: 1px solid @line; padding: 6px 8px; }
QTabWidget::pane { border: 0; border-top: 1px solid @line; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted; border: 2px solid transparent;
    border-bottom: 3px solid transparent; padding: 6px 10px; margin-right: 2px;
    min-height: 18px; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:selected:focus { border: 2px solid @accent; border-bottom: 3px solid @accent;
    border-radius: 4px; }
QScrollArea { background: transparent; border: 0; }
QScrollArea:focus { border: 2px solid @accent; border-radius: 6px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: @control; border-radius: 3px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: @line; }
QToolTip { background: @card; color: @text; border: 1px solid @line; padding: 4px 6px; }
QMenu { background: @card; color: @text; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 10px; border-radius: 4px; }
QMenu::item:selected { background: @chosen; }
QMenu::item:disabled { color: @muted; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @line; margin: 4px 6px; }
QProgressBar { background: @line; border: 0; border-radius: 3px; max-height: 6px;
    min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
)");
    // The longest words first: "@accent" is the beginning of "@accent-hover".
    for (auto word = words.constEnd(); word != words.constBegin();) {
        --word;
        sheet.replace(word.key(), word.value());
    }
    return sheet;
}

} // namespace chatelaine::ui
