// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/AddServerView.h"

#include "core/broker/Broker.h"
#include "ui/common/Icons.h"
#include "ui/common/ProgressSteps.h"
#include "ui/common/Words.h"
#include "ui/servers/RegistryPane.h"
#include "ui/signin/WindowPerson.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QUrl>

namespace chatelaine::ui {

namespace {

QString text(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1StringView(key)).toString();
}

} // namespace

AddServerView::AddServerView(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_back(new QPushButton(this))
    , m_title(makeLabel(Type::Headline, this))
    , m_intro(makeLabel(Type::Body, this, true))
    , m_urlLabel(makeLabel(Type::Strong, this))
    , m_url(new QLineEdit(this))
    , m_check(new QPushButton(this))
    , m_wrong(makeLabel(Type::Body, this))
    , m_hint(makeLabel(Type::Body, this, true))
    , m_registry(new RegistryPane(services, this))
    , m_steps(new Card(this))
    , m_progress(new ProgressSteps(m_steps))
    , m_result(new Card(this))
    , m_sentence(makeLabel(Type::Title, m_result))
    , m_facts(new KeyValueGrid(m_result))
    , m_problem(new Banner(m_result))
    , m_clientIdLabel(makeLabel(Type::Small, m_result, true))
    , m_clientId(new QLineEdit(m_result))
    , m_add(new QPushButton(m_result))
    , m_addOnly(new QPushButton(m_result))
{
    m_url->setObjectName(QStringLiteral("serverUrl"));
    m_check->setObjectName(QStringLiteral("checkUrl"));
    m_add->setObjectName(QStringLiteral("addAndSignIn"));
    m_addOnly->setObjectName(QStringLiteral("addOnly"));
    m_wrong->setObjectName(QStringLiteral("wrongUrl"));
    m_hint->setObjectName(QStringLiteral("fillIn"));
    setLook(m_back, "back");
    setLook(m_add, "primary");
    setLook(m_wrong, "error");
    m_back->setIcon(icon(QStringLiteral("chevron-left")));
    m_urlLabel->setBuddy(m_url);
    m_clientIdLabel->setBuddy(m_clientId);

    m_steps->body()->addWidget(m_progress);
    auto *result = m_result->body();
    result->addWidget(m_sentence);
    result->addWidget(m_facts);
    result->addWidget(m_problem);
    result->addWidget(m_clientIdLabel);
    result->addWidget(m_clientId);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_add);
    buttons->addWidget(m_addOnly);
    buttons->addStretch();
    result->addSpacing(space::xs);
    result->addLayout(buttons);

    auto *column = new QWidget(this);
    column->setMaximumWidth(720);
    auto *lines = new QVBoxLayout(column);
    lines->setContentsMargins(space::xl, space::l, space::xl, space::xl);
    lines->setSpacing(space::m);
    lines->addWidget(m_back, 0, Qt::AlignLeft);
    lines->addWidget(m_title);
    lines->addWidget(m_intro);
    lines->addSpacing(space::s);
    lines->addWidget(m_urlLabel);
    auto *field = new QHBoxLayout;
    field->addWidget(m_url, 1);
    field->addWidget(m_check);
    lines->addLayout(field);
    lines->addWidget(m_wrong);
    lines->addWidget(m_hint);
    lines->addWidget(m_steps);
    lines->addWidget(m_result);
    lines->addWidget(m_registry);
    lines->addStretch();
    auto *centre = new QHBoxLayout(this);
    centre->setContentsMargins(0, 0, 0, 0);
    centre->addStretch();
    centre->addWidget(column, 100);
    centre->addStretch();

    connect(m_back, &QPushButton::clicked, this, [this] {
        stopCheck();
        Q_EMIT cancelled();
    });
    connect(m_url, &QLineEdit::textEdited, this, &AddServerView::onEdited);
    connect(m_url, &QLineEdit::returnPressed, this, &AddServerView::check);
    connect(m_check, &QPushButton::clicked, this, [this] {
        if (m_checking)
            stopCheck();
        else
            check();
    });
    connect(m_registry, &RegistryPane::chosen, this, &AddServerView::takeFromRegistry);
    connect(m_add, &QPushButton::clicked, this, &AddServerView::add);
    connect(m_addOnly, &QPushButton::clicked, this, &AddServerView::add);
    begin();
}

AddServerView::~AddServerView()
{
    m_stop.request_stop();
}

void AddServerView::begin()
{
    stopCheck();
    m_url->clear();
    m_clientId->clear();
    m_length = 0;
    m_checked = false;
    m_error = {};
    m_toFillIn.reset();
    m_registry->begin();
    m_progress->clear();
    m_steps->hide();
    m_result->hide();
    setWrong(false);
    retranslate();
    m_url->setFocus();
}

void AddServerView::setUrl(const QString &url)
{
    m_url->setText(url);
    m_length = url.size();
}

void AddServerView::takeFromRegistry(const registry::Remote &remote)
{
    const registry::Remote::Address address = remote.address();
    m_toFillIn.reset();
    setUrl(address.url);
    onEdited(address.url);
    m_url->setFocus();
    if (!address.missing) {
        check();
        return;
    }
    m_toFillIn = address.missing;
    const QString braced = u'{' + address.missing->name + u'}';
    m_url->setSelection(int(address.url.indexOf(braced)), int(braced.size()));
    retranslate();
}

/// Where an address may come from: while none is being looked at, and none is found to be good.
void AddServerView::showSources()
{
    m_registry->setVisible(!m_checking && (!m_checked || !m_error.message.isEmpty()));
    m_hint->setVisible(m_toFillIn && m_url->text().contains(u'{' + m_toFillIn->name + u'}'));
}

// What was pasted is looked at by itself; what is typed waits for Enter, so that no half-typed host
// is asked anything.
void AddServerView::onEdited(const QString &typed)
{
    setWrong(false);
    const bool pasted = typed.size() - m_length > 8;
    m_length = typed.size();
    if (m_checking || m_checked) {
        stopCheck();
        m_checked = false;
        m_steps->hide();
        m_result->hide();
    }
    if (pasted)
        check();
    showSources();
}

void AddServerView::stopCheck()
{
    m_stop.request_stop();
    if (!m_checking)
        return;
    m_checking = false;
    m_progress->finish(ProgressSteps::State::Skipped);
    retranslate();
}

void AddServerView::check()
{
    if (m_url->text().trimmed().isEmpty())
        return;
    stopCheck();
    m_stop = std::stop_source();
    m_checking = true;
    m_checked = false;
    m_error = {};
    setWrong(false);
    m_progress->clear();
    m_progress->begin(QStringLiteral("probe"), m_url->text().trimmed());
    m_steps->show();
    m_result->hide();
    retranslate();

    const auto person = std::make_shared<WindowPerson>();
    const std::stop_token stop = m_stop.get_token();
    connect(person.get(), &WindowPerson::stepEnded, this, [this, stop](const QJsonObject &step) {
        if (!stop.stop_requested())
            stepEnded(step);
    });
    const auto work = [](QPointer<AddServerView> self, credentials::Credentials &heart, QString url,
                          std::shared_ptr<credentials::Person> who,
                          std::stop_token token) -> Task<void> {
        credentials::NewServer server;
        server.url = url;
        const Result<QJsonObject> report = co_await heart.discover(server, who, token);
        if (self && !token.stop_requested())
            self->found(report);
    };
    detach(work(this, m_services.broker.credentials(), m_url->text(), person, stop));
}

void AddServerView::stepEnded(const QJsonObject &step)
{
    m_progress->dropRunning();
    const QString outcome = text(step, "outcome");
    const auto state = outcome == QLatin1StringView("ok") ? ProgressSteps::State::Done
        : outcome == QLatin1StringView("missing")         ? ProgressSteps::State::Skipped
                                                          : ProgressSteps::State::Failed;
    const int status = step.value(QLatin1StringView("status")).toInt();
    m_progress->add(state, text(step, "step"), text(step, "url"), status,
        step.value(QLatin1StringView("ms")).toInteger());
}

void AddServerView::found(const Result<QJsonObject> &report)
{
    m_checking = false;
    m_checked = true;
    m_progress->dropRunning();
    if (report) {
        m_report = *report;
        m_result->show();
    } else {
        m_report = {};
        m_error = report.error();
        m_steps->setVisible(m_progress->count() > 0);
        setWrong(true);
    }
    retranslate();
    if (report)
        (m_add->isVisible() ? m_add : m_addOnly)->setFocus();
}

void AddServerView::setWrong(bool wrong)
{
    setLook(m_url, wrong ? "wrong" : "");
    m_wrong->setVisible(wrong);
}

void AddServerView::showReport()
{
    const bool isProtected = m_report.value(QLatin1StringView("protected")).toBool();
    const QString issuer = text(m_report, "issuer");
    const QString registration = text(m_report, "registration");
    const QString scope = text(m_report, "scope");
    const QJsonArray problems = m_report.value(QLatin1StringView("problems")).toArray();
    const bool needsClientId =
        isProtected && !issuer.isEmpty() && registration == QLatin1StringView("none");
    const bool works = !isProtected || (!issuer.isEmpty() && problems.isEmpty()) || needsClientId;

    if (!isProtected)
        m_sentence->setText(tr("This server needs no sign-in. It can be added as it is."));
    else if (needsClientId)
        m_sentence->setText(tr("You will sign in at %1, with a client id that you register there.")
                                .arg(QUrl(issuer).authority()));
    else if (works)
        m_sentence->setText(
            tr("You will sign in at %1 in your browser.").arg(QUrl(issuer).authority()));
    else
        m_sentence->setText(tr("Signing in to this server will not work."));

    m_facts->begin();
    if (!issuer.isEmpty())
        m_facts->row(tr("Authorization server"), issuer);
    if (registration == QLatin1StringView("dynamic"))
        m_facts->row(tr("Registration"), tr("Chatelaine registers itself there"));
    else if (registration == QLatin1StringView("client_id_metadata"))
        m_facts->row(tr("Registration"), tr("by Chatelaine's metadata document"));
    if (!scope.isEmpty())
        m_facts->row(tr("Scopes"), scope);
    m_facts->end();
    m_facts->setVisible(isProtected && !issuer.isEmpty());

    m_problem->hide();
    if (needsClientId) {
        m_problem->show(Tone::Warning,
            tr("The authorization server does not let programs register themselves. Register a "
               "client there with the redirect URI http://127.0.0.1/callback and enter its id."));
    } else if (!problems.isEmpty()) {
        const QJsonObject problem = problems.first().toObject();
        m_problem->show(Tone::Error, text(problem, "message"), text(problem, "remedy"));
    }
    m_clientIdLabel->setVisible(needsClientId);
    m_clientId->setVisible(needsClientId);
    m_add->setVisible(isProtected && works);
    m_addOnly->setVisible(true);
    setLook(m_addOnly, isProtected ? "" : "primary");
}

void AddServerView::add()
{
    const bool thenSignIn = sender() == m_add;
    m_add->setEnabled(false);
    m_addOnly->setEnabled(false);
    credentials::NewServer server;
    server.url = m_url->text();
    server.clientId = m_clientId->text().trimmed();
    const auto work = [](QPointer<AddServerView> self, credentials::Credentials &heart,
                          credentials::NewServer what, bool signIn) -> Task<void> {
        const audit::ClientFacts me = windowFacts();
        const Result<credentials::AccountView> view = co_await heart.add(what, me);
        if (!self)
            co_return;
        self->m_add->setEnabled(true);
        self->m_addOnly->setEnabled(true);
        if (!view) {
            self->m_error = view.error();
            self->setWrong(true);
            self->retranslate();
            co_return;
        }
        Q_EMIT self->added(view->account.id, signIn);
    };
    detach(work(this, m_services.broker.credentials(), server, thenSignIn));
}

void AddServerView::retranslate()
{
    m_back->setText(tr("&Back"));
    m_title->setText(tr("Add a server"));
    m_intro->setText(tr("Paste the address of an MCP server. Chatelaine looks at what it asks for; "
                        "nothing is stored and no credential is sent until you sign in."));
    m_urlLabel->setText(tr("Ad&dress"));
    m_url->setPlaceholderText(QStringLiteral("https://mcp.example.com/mcp"));
    m_url->setAccessibleName(tr("Address of the MCP server"));
    m_check->setText(m_checking ? tr("&Stop") : tr("Chec&k"));
    m_steps->setTitle(tr("What it asks for"));
    m_result->setTitle(tr("What will happen"));
    m_clientIdLabel->setText(tr("C&lient id"));
    m_clientId->setAccessibleName(tr("Client id"));
    m_add->setText(tr("Add and s&ign in"));
    m_add->setIcon(accentIcon(QStringLiteral("sign-in")));
    m_addOnly->setText(tr("Add &without signing in"));
    if (!m_error.message.isEmpty())
        m_wrong->setText(
            tr("%1\n%2", "what it means, what exactly was said")
                .arg(m_error.code == ErrorCode::InvalidInput ? tr("This address can't be used.")
                                                             : errorTitle(m_error),
                    m_error.message));
    if (m_toFillIn) {
        QString hint = tr("Put your own value in place of {%1}.").arg(m_toFillIn->name);
        if (!m_toFillIn->description.isEmpty())
            hint += u' ' + m_toFillIn->description;
        if (!m_toFillIn->choices.isEmpty())
            hint += u' ' + tr("One of: %1").arg(m_toFillIn->choices.join(QStringLiteral(", ")));
        m_hint->setText(hint);
    }
    if (m_checked && m_error.message.isEmpty())
        showReport();
    showSources();
}

} // namespace chatelaine::ui
