// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/QuitDialog.h"

#include "core/broker/Broker.h"
#include "ui/common/Labels.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>

namespace chatelaine::ui {

namespace {

constexpr int dialogWidth = 460;
constexpr int mostNames = 6;

/// As high as what it says.
void fit(QWidget &dialog)
{
    dialog.layout()->activate();
    dialog.resize(dialogWidth, dialog.layout()->totalHeightForWidth(dialogWidth));
}

} // namespace

ConnectedPrograms connectedPrograms(broker::Broker &broker)
{
    ConnectedPrograms found;
    for (const std::shared_ptr<broker::Connection> &connection : broker.reception().connections()) {
        const auto caller = connection->caller();
        const QString name = caller ? (*caller)->program().section(u'/', -1) : QString();
        if (name.isEmpty())
            ++found.nameless;
        else if (!found.names.contains(name))
            found.names.append(name);
    }
    found.names.sort(Qt::CaseInsensitive);
    return found;
}

QuitDialog::QuitDialog(ConnectedPrograms programs, int unsaved, QWidget *parent)
    : QDialog(parent)
    , m_programs(std::move(programs))
    , m_unsaved(unsaved)
    , m_title(makeLabel(Type::Title, this))
    , m_sentence(makeLabel(Type::Body, this, true))
    , m_who(makeLabel(Type::Body, this))
    , m_lost(makeLabel(Type::Body, this))
    , m_stay(new QPushButton(this))
    , m_quit(new QPushButton(this))
{
    setObjectName(QStringLiteral("quitDialog"));
    m_stay->setObjectName(QStringLiteral("stay"));
    m_quit->setObjectName(QStringLiteral("quit"));
    m_who->setObjectName(QStringLiteral("connectedPrograms"));
    m_lost->setObjectName(QStringLiteral("unsavedForms"));
    const bool connected = m_programs.count() > 0;
    m_who->setVisible(connected);
    m_sentence->setVisible(connected);
    m_lost->setVisible(m_unsaved > 0);
    m_stay->setDefault(true);
    m_quit->setAutoDefault(false);
    setLook(m_stay, "primary");
    setLook(m_quit, "danger");

    auto *head = new QHBoxLayout;
    head->setSpacing(space::m);
    auto *sign = new IconLabel(QStringLiteral("warning"), 32, this);
    sign->setTone(Tone::Warning);
    head->addWidget(sign, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(space::s);
    words->addWidget(m_title);
    words->addWidget(m_who);
    words->addWidget(m_sentence);
    words->addWidget(m_lost);
    head->addLayout(words, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addStretch();
    buttons->addWidget(m_quit);
    buttons->addWidget(m_stay);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    layout->setSpacing(space::l);
    layout->addLayout(head);
    layout->addLayout(buttons);
    setFixedWidth(dialogWidth);
    connect(m_stay, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_quit, &QPushButton::clicked, this, &QDialog::accept);
    m_stay->setFocus();
    retranslate();
}

void QuitDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    fit(*this);
}

void QuitDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void QuitDialog::retranslate()
{
    setWindowTitle(QStringLiteral("Chatelaine"));
    const int count = m_programs.count();
    m_title->setText(count > 0 ? tr("Quit while %n program(s) are connected?", nullptr, count)
                               : tr("Quit without saving?"));
    m_lost->setText(
        tr("The changed settings of %n server(s) are not saved and get lost.", nullptr, m_unsaved));
    QStringList names = m_programs.names.mid(0, mostNames);
    const int more = count - int(names.size());
    if (more > 0)
        names.append(names.isEmpty() ? tr("%n without a name", nullptr, more)
                                     : tr("%n more", nullptr, more));
    m_who->setText(QLocale().createSeparatedList(names));
    m_sentence->setText(tr("What they have borrowed stays good until it expires. Nothing new is "
                           "lent until Chatelaine runs again."));
    m_stay->setText(tr("&Stay"));
    m_quit->setText(tr("&Quit"));
    if (isVisible())
        fit(*this);
}

} // namespace chatelaine::ui
