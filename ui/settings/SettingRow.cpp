// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/SettingRow.h"

#include "ui/common/Words.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QRadioButton>
#include <QStyle>

namespace chatelaine::ui {

namespace {

constexpr int labelWidth = 170;
constexpr int fieldWidth = 420;

} // namespace

int wordsBegin(const QWidget *button)
{
    const QStyle *style = button->style();
    const bool radio = qobject_cast<const QRadioButton *>(button);
    return style->pixelMetric(
               radio ? QStyle::PM_ExclusiveIndicatorWidth : QStyle::PM_IndicatorWidth, nullptr,
               button)
        + style->pixelMetric(
            radio ? QStyle::PM_RadioButtonLabelSpacing : QStyle::PM_CheckBoxLabelSpacing, nullptr,
            button);
}

SettingRow::SettingRow(QWidget *control, QWidget *parent, QWidget *field)
    : QWidget(parent)
    , m_control(control)
    , m_label(makeLabel(Type::Body, this))
    , m_sentence(makeLabel(Type::Small, this, true))
    , m_problemLine(new QWidget(this))
    , m_problem(makeLabel(Type::Small, m_problemLine))
{
    QWidget *shown = field ? field : control;
    m_label->setFixedWidth(labelWidth);
    m_label->setBuddy(control);
    m_label->setAlignment(Qt::AlignVCenter | Qt::AlignLeading);
    setLook(m_problem, "error");
    auto *icon = new IconLabel(QStringLiteral("error"), 16, m_problemLine);
    icon->setTone(Tone::Error);
    auto *problem = new QHBoxLayout(m_problemLine);
    problem->setContentsMargins(0, 0, 0, 0);
    problem->setSpacing(6);
    problem->addWidget(icon, 0, Qt::AlignTop);
    problem->addWidget(m_problem, 1);
    m_problemLine->hide();

    const bool isBox = qobject_cast<QAbstractButton *>(control) && !field;
    if (!isBox)
        shown->setMaximumWidth(fieldWidth);
    auto *row = new QGridLayout(this);
    row->setContentsMargins(0, space::xs, 0, space::xs);
    row->setHorizontalSpacing(space::l);
    row->setVerticalSpacing(space::xs);
    row->setColumnStretch(1, 1);
    // As wide as it may be, and no row narrower than the others for it.
    auto *line = new QHBoxLayout;
    line->addWidget(shown, 100);
    line->addStretch(1);
    row->addWidget(m_label, 0, 0);
    row->addLayout(line, 0, 1);
    row->addWidget(m_sentence, 1, 1);
    row->addWidget(m_problemLine, 2, 1);
    if (isBox)
        m_sentence->setContentsMargins(wordsBegin(control), 0, 0, 0);
    if (qobject_cast<QComboBox *>(control))
        control->installEventFilter(this);
}

void SettingRow::setTexts(const QString &label, const QString &sentence)
{
    m_label->setText(label);
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
    const auto *button = qobject_cast<QAbstractButton *>(m_control);
    m_control->setAccessibleName(button ? QString(button->text()).remove(u'&') : label);
    m_control->setAccessibleDescription(sentence);
}

void SettingRow::tell(const Result<void> &done)
{
    m_problem->setText(done
            ? QString()
            : QStringLiteral("%1 %2").arg(errorTitle(done.error()), done.error().message));
    m_problemLine->setVisible(!done);
}

QString SettingRow::problem() const
{
    return m_problem->text();
}

bool SettingRow::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::Wheel) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(object, event);
}

} // namespace chatelaine::ui
