// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/AddServerView.h"

#include "core/broker/Broker.h"
#include "core/credentials/ServerUrl.h"
#include "ui/common/Icons.h"
#include "ui/common/ProgressSteps.h"
#include "ui/common/Words.h"
#include "ui/servers/AddForm.h"
#include "ui/servers/RegistryPane.h"
#include "ui/signin/WindowPerson.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QUrl>

namespace chatelaine::ui {

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
    , m_form(new AddForm(services, m_result))
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

    m_steps->body()->addWidget(m_progress);
    auto *result = m_result->body();
    result->addWidget(m_sentence);
    result->addWidget(m_facts);
    result->addWidget(m_problem);
    result->addWidget(m_form);
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
    // How it was found out is read last, and may be out of sight.
    lines->addWidget(m_result);
    lines->addWidget(m_steps);
    lines->addWidget(m_registry);
    lines->addStretch(1);
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
    connect(m_form, &AddForm::edited, this, &AddServerView::enableAdding);
    connect(m_form, &AddForm::confirmed, this,
        [this] { (m_add->isVisible() ? m_add : m_addOnly)->click(); });
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
    m_form->clear();
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

void AddServerView::setRoom(int height)
{
    m_room = height;
    fit();
}

bool AddServerView::event(QEvent *event)
{
    const bool taken = Pane::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
        fit();
    return taken;
}

void AddServerView::fit()
{
    const int others = layout()->totalHeightForWidth(width()) - m_registry->listHeight();
    m_registry->setListRoom(m_room - others);
}

void AddServerView::focusAddress()
{
    m_url->setFocus();
    m_url->selectAll();
}

void AddServerView::focusSearch()
{
    if (m_registry->isVisible())
        m_registry->focusSearch();
    else
        focusAddress();
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
    // One that is there is asked as its sign-ins would ask it.
    credentials::NewServer server;
    server.url = m_url->text();
    m_known.reset();
    const Result<QUrl> address = credentials::readServerUrl(server.url);
    const auto known = m_services.broker.credentials().find(
        address ? address->toString(QUrl::FullyEncoded) : server.url);
    if (address && known) {
        m_known = *known;
        server.settings = known->server.settings;
        server.clientId = known->registration
                && known->registration->kind == store::RegistrationKind::PreRegistered
            ? known->registration->clientId
            : QString();
    }
    const auto work = [](QPointer<AddServerView> self, credentials::Credentials &heart,
                          credentials::NewServer what, std::shared_ptr<credentials::Person> who,
                          std::stop_token token) -> Task<void> {
        const Result<QJsonObject> report = co_await heart.discover(what, who, token);
        if (self && !token.stop_requested())
            self->found(report);
    };
    detach(work(this, m_services.broker.credentials(), server, person, stop));
}

void AddServerView::stepEnded(const QJsonObject &step)
{
    m_progress->dropRunning();
    const QString outcome = step.value(QLatin1StringView("outcome")).toString();
    const auto state = outcome == QLatin1StringView("ok") ? ProgressSteps::State::Done
        : outcome == QLatin1StringView("missing")         ? ProgressSteps::State::Skipped
                                                          : ProgressSteps::State::Failed;
    const int status = step.value(QLatin1StringView("status")).toInt();
    m_progress->add(state, step.value(QLatin1StringView("step")).toString(),
        step.value(QLatin1StringView("url")).toString(), status,
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
    if (!report)
        return;
    if (!m_form->takeFocus())
        (m_add->isVisible() ? m_add : m_addOnly)->setFocus();
    Q_EMIT wanted(m_result);
}

void AddServerView::setWrong(bool wrong)
{
    setLook(m_url, wrong ? "wrong" : "");
    m_wrong->setVisible(wrong);
}

void AddServerView::add()
{
    const bool thenSignIn = sender() == m_add;
    m_saving = true;
    enableAdding();
    credentials::NewServer server;
    server.url = m_url->text();
    m_form->fill(server);
    const auto work = [](QPointer<AddServerView> self, credentials::Credentials &heart,
                          credentials::NewServer what, bool signIn) -> Task<void> {
        const audit::ClientFacts me = windowFacts();
        const Result<credentials::AccountView> view = co_await heart.add(what, me);
        if (!self)
            co_return;
        self->m_saving = false;
        self->enableAdding();
        if (!view) {
            self->m_error = view.error();
            self->setWrong(true);
            self->retranslate();
            co_return;
        }
        self->m_form->clear();
        Q_EMIT self->added(view->account.id, signIn);
    };
    detach(work(this, m_services.broker.credentials(), server, thenSignIn));
}

void AddServerView::enableAdding()
{
    for (QPushButton *button : {m_add, m_addOnly})
        button->setEnabled(!m_saving && m_form->isComplete());
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
    m_steps->setTitle(tr("The check, step by step"));
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
