// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/WindowBehaviour.h"

#include "core/base/Autostart.h"
#include "ui/common/Surfaces.h"
#include "ui/common/WindowSettings.h"
#include "ui/settings/SettingRow.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace chatelaine::ui {

WindowBehaviour::WindowBehaviour(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_card(new Card(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);
    Autostart &login = services.autostart;
    WindowSettings &window = services.window;
    add(
        "startAtLogin", [&login] { return login.isOn(); },
        [&login](bool on) { return login.set(on); });
    add(
        "closeToTray", [&window] { return window.closeToTray(); },
        [&window](bool on) { return window.setCloseToTray(on); });
    add(
        "confirmQuit", [&window] { return window.confirmQuit(); },
        [&window](bool on) { return window.setConfirmQuit(on); });
    retranslate();
}

void WindowBehaviour::add(
    const char *name, std::function<bool()> get, std::function<Result<void>(bool)> set)
{
    auto *box = new QCheckBox(this);
    box->setObjectName(QString::fromLatin1(name));
    auto *row = new SettingRow(box, this);
    m_card->body()->addWidget(row);
    const Choice choice{box, row, std::move(get), std::move(set)};
    m_choices.append(choice);
    connect(box, &QCheckBox::clicked, this, [choice](bool on) {
        choice.row->tell(choice.set(on));
        choice.box->setChecked(choice.get());
    });
}

void WindowBehaviour::showEvent(QShowEvent *event)
{
    for (const Choice &choice : std::as_const(m_choices))
        choice.box->setChecked(choice.get());
    Pane::showEvent(event);
}

void WindowBehaviour::retranslate()
{
    m_card->setTitle(tr("Window"));
    m_choices.at(0).box->setText(tr("Start hidden in the tray when I log in"));
    m_choices.at(0).row->setTexts(
        tr("At login"), tr("Programs can borrow at once, and questions have somebody to answer."));
    m_choices.at(1).box->setText(tr("Closing the window leaves Chatelaine in the tray"));
    m_choices.at(1).row->setTexts(
        tr("Closing"), tr("Without it, or without a tray, closing the window ends Chatelaine."));
    m_choices.at(2).box->setText(tr("Ask before quitting while programs are connected"));
    m_choices.at(2).row->setTexts(
        tr("Quitting"), tr("What they borrowed stays good until it expires; nothing new is lent."));
}

} // namespace chatelaine::ui
