// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/AddForm.h"

#include "core/broker/Broker.h"
#include "core/credentials/ServerUrl.h"
#include "ui/common/CopyField.h"
#include "ui/common/Locks.h"
#include "ui/common/Surfaces.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

// The one that the command line speaks of: a redirect URI that is registered has a port of its own.
constexpr quint16 registeredPort = 8931;

} // namespace

AddForm::AddForm(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_knownLabel(makeLabel(Type::Body, this))
    , m_accountLabel(makeLabel(Type::Small, this, true))
    , m_account(new QLineEdit(this))
    , m_wrong(makeLabel(Type::Body, this))
    , m_uriLabel(makeLabel(Type::Small, this, true))
    , m_uri(new CopyField(this))
    , m_clientIdLabel(makeLabel(Type::Small, this, true))
    , m_clientId(new QLineEdit(this))
    , m_secretLabel(makeLabel(Type::Small, this, true))
    , m_secret(new QLineEdit(this))
{
    m_knownLabel->setObjectName(QStringLiteral("addKnown"));
    m_account->setObjectName(QStringLiteral("accountName"));
    m_uri->setObjectName(QStringLiteral("redirectUri"));
    m_clientId->setObjectName(QStringLiteral("clientId"));
    m_secret->setObjectName(QStringLiteral("clientSecret"));
    m_accountLabel->setBuddy(m_account);
    m_clientIdLabel->setBuddy(m_clientId);
    m_secretLabel->setBuddy(m_secret);
    m_secret->setEchoMode(QLineEdit::Password);
    setLook(m_wrong, "error");
    m_uri->setText(QStringLiteral("http://%1:%2/callback")
                       .arg(store::ServerSettings().redirectHost)
                       .arg(registeredPort));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    for (QWidget *line : std::initializer_list<QWidget *>{m_knownLabel, m_accountLabel, m_account,
             m_wrong, m_uriLabel, m_uri, m_clientIdLabel, m_clientId, m_secretLabel, m_secret})
        layout->addWidget(line);
    for (QLineEdit *field : {m_account, m_clientId, m_secret}) {
        connect(field, &QLineEdit::textChanged, this, &AddForm::onEdited);
        connect(field, &QLineEdit::returnPressed, this, &AddForm::confirmed);
    }
    // Not clear(): that could be undone.
    whenLocked(services, this, [this] { m_secret->setText({}); });
    retranslate();
}

void AddForm::clear()
{
    for (QLineEdit *field : {m_account, m_clientId, m_secret})
        field->setText({});
}

void AddForm::ask(const std::optional<credentials::AccountView> &known, bool account, bool client)
{
    m_known = known;
    m_asksAccount = account;
    m_asksClient = client;
    m_knownLabel->setVisible(known.has_value());
    m_accountLabel->setVisible(account);
    m_account->setVisible(account);
    for (QWidget *line : std::initializer_list<QWidget *>{
             m_uriLabel, m_uri, m_clientIdLabel, m_clientId, m_secretLabel, m_secret})
        line->setVisible(client);
    setVisible(known || account || client);
    retranslate();
}

QStringList AddForm::takenAccounts() const
{
    QStringList taken;
    const QList<credentials::AccountView> all = m_services.broker.credentials().accounts();
    for (const credentials::AccountView &view : all) {
        if (m_known && view.server.id == m_known->server.id)
            taken.append(view.account.name);
    }
    return taken;
}

QString AddForm::wrongAccount() const
{
    const QString name = m_account->text().trimmed();
    if (!name.isEmpty() && !credentials::isGoodName(name))
        return tr("Use letters, digits, '.', '_' and '-', at most 64 of them.");
    if (takenAccounts().contains(name))
        return tr("There is an account of that name already.");
    return {};
}

bool AddForm::isComplete() const
{
    return (!m_asksAccount || wrongAccount().isEmpty())
        && (!m_asksClient || !m_clientId->text().trimmed().isEmpty());
}

void AddForm::fill(credentials::NewServer &server) const
{
    if (m_asksAccount)
        server.account = m_account->text().trimmed();
    if (!m_asksClient)
        return;
    server.clientId = m_clientId->text().trimmed();
    server.clientSecret = Secret::fromString(m_secret->text());
    server.settings.redirectPort = registeredPort;
}

bool AddForm::takeFocus()
{
    if (m_asksAccount)
        m_account->setFocus();
    else if (m_asksClient)
        m_clientId->setFocus();
    return m_asksAccount || m_asksClient;
}

void AddForm::onEdited()
{
    // An empty field is not wrong yet.
    const QString wrong =
        m_asksAccount && !m_account->text().trimmed().isEmpty() ? wrongAccount() : QString();
    m_wrong->setText(wrong);
    m_wrong->setVisible(!wrong.isEmpty());
    setLook(m_account, wrong.isEmpty() ? "" : "wrong");
    Q_EMIT edited();
}

void AddForm::retranslate()
{
    if (m_known) {
        QStringList names;
        for (const QString &account : takenAccounts())
            names.append(
                account.isEmpty() ? m_known->server.name : m_known->server.name + u'/' + account);
        const QString there =
            tr("You have this server already, as %1.").arg(names.join(QStringLiteral(", ")));
        m_knownLabel->setText(m_asksAccount
                ? tr("%1 To sign in to it once more, give that account a name, such as \"work\".",
                    "you have it already")
                      .arg(there)
                : there);
    }
    m_accountLabel->setText(tr("Accou&nt"));
    m_account->setAccessibleName(tr("Name of the account"));
    m_uriLabel->setText(tr("Redirect URI to register"));
    m_uri->setName(tr("Redirect URI to register"));
    m_clientIdLabel->setText(tr("C&lient id"));
    m_clientId->setAccessibleName(tr("Client id"));
    m_secretLabel->setText(tr("Client secr&et"));
    m_secret->setAccessibleName(tr("Client secret"));
    m_secret->setPlaceholderText(tr("only if the client has one"));
    onEdited();
}

} // namespace chatelaine::ui
