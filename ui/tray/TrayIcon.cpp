// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/TrayIcon.h"

#include "ui/common/Icons.h"
#include "ui/common/Language.h"
#include "ui/common/Theme.h"

namespace chatelaine::ui {

namespace {

const QString serversPage = QStringLiteral("servers");
const QString signInPrefix = QStringLiteral("sign-in:");
constexpr int mostNeeds = 8;

} // namespace

QIcon trayPicture(Attention::State state, bool darkPanel)
{
    QString name;
    switch (state) {
    case Attention::State::Question:
        name = QStringLiteral("question");
        break;
    case Attention::State::Locked:
        name = QStringLiteral("locked");
        break;
    case Attention::State::SignIn:
        name = QStringLiteral("sign-in");
        break;
    case Attention::State::Well:
        name = QStringLiteral("well");
        break;
    }
    return picture(QStringLiteral(":/tray/%1-%2.svg")
                       .arg(name, darkPanel ? QStringLiteral("dark") : QStringLiteral("light")));
}

TrayIcon::TrayIcon(Services &services, Attention &attention, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_attention(attention)
    , m_switch(services)
{
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this,
        [this](QSystemTrayIcon::ActivationReason reason) {
            if (reason == QSystemTrayIcon::Trigger)
                Q_EMIT toggleRequested();
        });
    connect(
        &m_icon, &QSystemTrayIcon::messageClicked, this, [this] { Q_EMIT followed(m_messageKey); });
    connect(&m_switch, &LockSwitch::changed, this, &TrayIcon::refresh);
    connect(&m_switch, &LockSwitch::passphraseWanted, this,
        [this] { Q_EMIT openRequested({}, {}); });
    connect(&m_switch, &LockSwitch::failed, this, &TrayIcon::failed);
    connect(&attention, &Attention::changed, this, &TrayIcon::refresh);
    connect(&services.theme, &Theme::changed, this, &TrayIcon::refresh);
    connect(&services.language, &Language::changed, this, &TrayIcon::refresh);
    refresh();
    m_icon.show();
}

void TrayIcon::showMessage(const QString &key, const Notifier::Notice &notice)
{
    m_messageKey = key;
    m_icon.showMessage(notice.title, notice.text, applicationIcon());
}

// Accounts change with every refresh of a token; the panel hears only of what it shows.
void TrayIcon::refresh()
{
    QStringList all = m_attention.sentences();
    const QString words = all.join(u'\n');
    const QList<Attention::Need> needs = m_attention.needs();
    for (const Attention::Need &need : needs)
        all.append(need.accountId + u' ' + need.name);
    all.append(tr("Quit") + (m_switch.isBusy() ? u'1' : u'0')
        + (m_services.theme.isSystemDark() ? u'1' : u'0'));
    if (std::exchange(m_shown, all) == all)
        return;
    m_icon.setIcon(trayPicture(m_attention.state(), m_services.theme.isSystemDark()));
    m_icon.setToolTip(QStringLiteral("Chatelaine\n%1").arg(words));
    fillMenu();
}

void TrayIcon::fillMenu()
{
    m_menu.clear();
    if (m_attention.questions() > 0) {
        QAction *answer = m_menu.addAction(icon(QStringLiteral("shield")),
            tr("Answer %n question(s)…", nullptr, int(m_attention.questions())));
        connect(answer, &QAction::triggered, this, &TrayIcon::questionsRequested);
        m_menu.addSeparator();
    }
    const QList<Attention::Need> needs = m_attention.needs();
    for (const Attention::Need &need : needs.mid(0, mostNeeds)) {
        // An ampersand in a name is no mnemonic.
        const QString name = QString(need.name).replace(u'&', QStringLiteral("&&"));
        QAction *signIn =
            m_menu.addAction(icon(QStringLiteral("sign-in")), tr("Sign in to %1…").arg(name));
        connect(signIn, &QAction::triggered, this,
            [this, id = need.accountId] { Q_EMIT openRequested(serversPage, signInPrefix + id); });
    }
    if (needs.size() > mostNeeds) {
        QAction *more = m_menu.addAction(tr("%n more…", nullptr, int(needs.size()) - mostNeeds));
        connect(more, &QAction::triggered, this,
            [this] { Q_EMIT openRequested(serversPage, QString()); });
    }
    if (!needs.isEmpty())
        m_menu.addSeparator();
    const bool locked = m_attention.isLocked();
    QAction *open = m_menu.addAction(applicationIcon(), tr("Open Chatelaine"));
    connect(open, &QAction::triggered, this, [this] { Q_EMIT openRequested({}, {}); });
    QAction *lock =
        m_menu.addAction(icon(locked ? QStringLiteral("unlock") : QStringLiteral("lock")),
            locked ? tr("Unlock") : tr("Lock"));
    lock->setEnabled(!m_switch.isBusy());
    connect(lock, &QAction::triggered, &m_switch, &LockSwitch::toggle);
    m_menu.addSeparator();
    QAction *quit = m_menu.addAction(icon(QStringLiteral("close")), tr("Quit"));
    connect(quit, &QAction::triggered, this, &TrayIcon::quitRequested);
}

} // namespace chatelaine::ui
