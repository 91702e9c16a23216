// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/SignInView.h"

#include "core/broker/Broker.h"
#include "ui/common/Icons.h"
#include "ui/common/Locks.h"
#include "ui/common/ProgressSteps.h"
#include "ui/common/Words.h"
#include "ui/signin/WindowPerson.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>

namespace chatelaine::ui {

namespace {

constexpr qint64 patienceMs = 600'000;
constexpr int cardWidth = 720;

} // namespace

SignInView::SignInView(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_title(makeLabel(Type::Headline, this))
    , m_steps(new ProgressSteps(this))
    , m_consent(new Card(this))
    , m_hostLabel(makeLabel(Type::Small, m_consent, true))
    , m_host(makeLabel(Type::Title, m_consent))
    , m_scopesLabel(makeLabel(Type::Small, m_consent, true))
    , m_scopes(new ChipFlow(m_consent))
    , m_open(new QPushButton(m_consent))
    , m_copy(new QPushButton(m_consent))
    , m_waiting(makeLabel(Type::Body, m_consent, true))
    , m_pasteLabel(makeLabel(Type::Small, m_consent, true))
    , m_paste(new QLineEdit(m_consent))
    , m_usePaste(new QPushButton(m_consent))
    , m_outcome(new Banner(this))
    , m_cancel(new QPushButton(this))
    , m_again(new QPushButton(this))
{
    m_open->setObjectName(QStringLiteral("openBrowser"));
    m_cancel->setObjectName(QStringLiteral("leaveSignIn"));
    m_again->setObjectName(QStringLiteral("signInAgain"));
    m_outcome->setObjectName(QStringLiteral("signInOutcome"));
    m_paste->setObjectName(QStringLiteral("pastedCallback"));
    setLook(m_open, "primary");
    setLook(m_again, "primary");
    m_copy->setIcon(icon(QStringLiteral("link")));
    m_host->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *consent = m_consent->body();
    consent->addWidget(m_hostLabel);
    consent->addWidget(m_host);
    consent->addSpacing(space::xs);
    consent->addWidget(m_scopesLabel);
    consent->addWidget(m_scopes);
    consent->addSpacing(space::xs);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(m_open);
    buttons->addWidget(m_copy);
    buttons->addStretch();
    consent->addLayout(buttons);
    consent->addWidget(m_waiting);
    consent->addSpacing(space::xs);
    consent->addWidget(m_pasteLabel);
    auto *pasting = new QHBoxLayout;
    pasting->setSpacing(space::s);
    pasting->addWidget(m_paste, 1);
    pasting->addWidget(m_usePaste);
    consent->addLayout(pasting);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::l, space::l, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(m_title);
    layout->addWidget(m_steps);
    auto *consenting = new QHBoxLayout;
    m_consent->setMaximumWidth(cardWidth);
    consenting->addWidget(m_consent, 1);
    consenting->addStretch();
    layout->addLayout(consenting);
    layout->addWidget(m_outcome);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(space::s);
    foot->addWidget(m_again);
    foot->addWidget(m_cancel);
    foot->addStretch();
    layout->addLayout(foot);
    layout->addStretch();

    connect(m_open, &QPushButton::clicked, this, &SignInView::openBrowser);
    connect(m_copy, &QPushButton::clicked, this, &SignInView::copyLink);
    connect(m_usePaste, &QPushButton::clicked, this, &SignInView::usePastedUrl);
    connect(m_paste, &QLineEdit::returnPressed, this, &SignInView::usePastedUrl);
    // Not clear(): that could be undone.
    whenLocked(services, this, [this] { m_paste->setText({}); });
    connect(m_paste, &QLineEdit::textChanged, this,
        [this](const QString &text) { m_usePaste->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_again, &QPushButton::clicked, this, [this] { start(m_accountId, m_extraScopes); });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        callOff();
        Q_EMIT left(m_accountId);
    });
    connect(&services.broker.credentials(), &credentials::Credentials::accountRemoved, this,
        [this](const QString &accountId) {
            if (accountId == m_accountId && isOpen()) {
                callOff();
                Q_EMIT left(m_accountId);
            }
        });
    m_usePaste->setEnabled(false);
    retranslate();
}

SignInView::~SignInView()
{
    m_stop.request_stop();
}

void SignInView::start(const QString &accountId, const QStringList &extraScopes)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_accountId = accountId;
    m_extraScopes = extraScopes;
    const auto view = m_services.broker.credentials().account(accountId);
    m_name = view ? view->fullName() : QString();
    m_steps->clear();
    m_lastStep.clear();
    m_error.reset();
    m_opened = false;
    m_running = true;
    m_paste->setText({});
    m_consent->hide();
    m_outcome->hide();
    m_again->hide();
    retranslate();
    run();
}

void SignInView::callOff()
{
    m_running = false;
    m_error.reset();
    m_stop.request_stop();
}

void SignInView::run()
{
    const auto person = std::make_shared<WindowPerson>();
    // A sign-in that was called off may still speak while the next one runs.
    const std::stop_token stop = m_stop.get_token();
    connect(person.get(), &WindowPerson::progressed, this,
        [this, stop](const QString &name, const QString &detail) {
            if (!stop.stop_requested())
                step(name, detail);
        });
    connect(person.get(), &WindowPerson::authorizationWanted, this,
        [this, stop](const credentials::AuthorizationPrompt &prompt) {
            if (!stop.stop_requested())
                ask(prompt);
        });
    // The heart lets one sign-in of an account run at a time: the one before has to be over first.
    const std::optional<Completion<bool>> before = m_ended;
    const Completion<bool> ended;
    m_ended = ended;
    const auto work = [](QPointer<SignInView> self, credentials::Credentials &heart, QString id,
                          QStringList scopes, std::shared_ptr<credentials::Person> who,
                          std::stop_token token, std::optional<Completion<bool>> previous,
                          Completion<bool> over) -> Task<void> {
        if (previous)
            co_await *previous;
        const Result<credentials::AccountView> result =
            co_await heart.signIn(id, scopes, who, patienceMs, token);
        if (self && !token.stop_requested())
            self->end(result);
        over.set(true);
    };
    detach(work(this, m_services.broker.credentials(), m_accountId, m_extraScopes, person, stop,
        before, ended));
}

void SignInView::step(const QString &name, const QString &detail)
{
    m_lastStep = name;
    m_steps->begin(name, detail);
    if (name == QLatin1StringView("token"))
        m_consent->hide();
}

void SignInView::ask(const credentials::AuthorizationPrompt &prompt)
{
    m_prompt = prompt;
    m_opened = false;
    m_host->setText(prompt.host);
    m_scopes->setChips(prompt.scopes);
    m_scopesLabel->setVisible(!prompt.scopes.isEmpty());
    m_scopes->setVisible(!prompt.scopes.isEmpty());
    retranslate();
    m_consent->show();
    // Enter opens the browser, but only for who looks at this anyway.
    if (isVisible() && window()->isActiveWindow())
        m_open->setFocus();
}

void SignInView::openBrowser()
{
    if (!m_services.openUrl(m_prompt.url)) {
        m_outcome->show(Tone::Warning,
            tr("The browser could not be opened. Copy the link and open it yourself."));
        return;
    }
    m_opened = true;
    m_outcome->hide();
    retranslate();
}

void SignInView::copyLink()
{
    QGuiApplication::clipboard()->setText(m_prompt.url.toString(QUrl::FullyEncoded));
    m_outcome->show(Tone::Info,
        tr("The link is on the clipboard. It works once, in any browser on this computer."));
}

void SignInView::usePastedUrl()
{
    const QUrl url(m_paste->text().trimmed(), QUrl::StrictMode);
    m_paste->setText({});
    if (!url.isValid() || !m_services.broker.credentials().acceptCallback(url)) {
        m_outcome->show(Tone::Warning,
            tr("That is not the address this sign-in ends on. Copy the whole address of the page "
               "the browser showed last; it begins with %1.")
                .arg(m_prompt.redirectUri));
    }
}

void SignInView::end(const Result<credentials::AccountView> &result)
{
    m_running = false;
    const QWidget *focus = window()->focusWidget();
    const bool mine = !focus || isAncestorOf(focus);
    m_consent->hide();
    m_steps->finish(result ? ProgressSteps::State::Done : ProgressSteps::State::Failed);
    if (result) {
        Q_EMIT left(m_accountId);
        return;
    }
    m_error = result.error();
    m_again->show();
    retranslate();
    // Not from under the hands of who has gone on with something else meanwhile.
    if (mine)
        m_again->setFocus();
}

void SignInView::retranslate()
{
    m_title->setText(tr("Sign in to %1").arg(m_name));
    m_consent->setTitle(tr("The browser is needed"));
    m_hostLabel->setText(tr("You will sign in at"));
    m_scopesLabel->setText(tr("It will be asked for"));
    m_open->setText(m_opened ? tr("&Open again") : tr("&Open the browser"));
    m_open->setIcon(accentIcon(QStringLiteral("external-link")));
    m_copy->setText(tr("Cop&y link"));
    m_waiting->setText(
        m_opened ? tr("Waiting for the browser. This view goes on by itself when you are done.")
                 : tr("Nothing opens until you click."));
    m_pasteLabel->setText(
        tr("Browser on another computer? Paste the address it ended on:"));
    m_paste->setPlaceholderText(m_prompt.redirectUri);
    m_paste->setAccessibleName(tr("Address the browser ended on"));
    m_usePaste->setText(tr("&Use it"));
    m_again->setText(tr("&Try again"));
    m_cancel->setText(m_running ? tr("&Cancel") : tr("&Back"));
    if (m_error) {
        const QString where = m_lastStep.isEmpty()
            ? errorTitle(*m_error)
            : tr("Stopped at \"%1\". %2").arg(stepText(m_lastStep), errorTitle(*m_error));
        m_outcome->show(Tone::Error, where, m_error->message);
    }
}

} // namespace chatelaine::ui
