// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/Notices.h"

#include "core/broker/Broker.h"
#include "ui/approvals/ApprovalQueue.h"
#include "ui/common/Locks.h"

namespace chatelaine::ui {

namespace {

const QString accountPrefix = QStringLiteral("account:");
const QString questionKey = QStringLiteral("question");
const QString missedKey = QStringLiteral("missed");
const QString trayKey = QStringLiteral("tray");
const QString signInAction = QStringLiteral("sign-in");
const QString activityPage = QStringLiteral("activity");
const QString serversPage = QStringLiteral("servers");
const QString signInPrefix = QStringLiteral("sign-in:");
/// Whoever asks chooses its own name.
constexpr int longestName = 60;

QString callerName(const broker::Question &question)
{
    const QString name = question.caller ? question.caller->program().section(u'/', -1) : QString();
    return name.isEmpty() ? Notices::tr("A program") : name.simplified().left(longestName);
}

} // namespace

Notices::Notices(Services &services, ApprovalQueue &questions, Notifier &notifier,
    const Clock &clock, std::function<bool()> isWatched, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_questions(questions)
    , m_notifier(notifier)
    , m_clock(clock)
    , m_isWatched(std::move(isWatched))
{
    const credentials::Credentials &heart = services.broker.credentials();
    const QList<credentials::AccountView> accounts = heart.accounts();
    for (const credentials::AccountView &view : accounts)
        m_known.insert(view.account.id, view.account.state);
    connect(&heart, &credentials::Credentials::accountChanged, this, &Notices::onAccount);
    connect(&heart, &credentials::Credentials::accountRemoved, this, [this](const QString &id) {
        m_known.remove(id);
        m_notifier.withdraw(accountPrefix + id);
    });
    whenLocked(services, this, [this] { onLocked(); });
    connect(&questions, &ApprovalQueue::changed, this, &Notices::onQuestions);
    connect(&questions, &ApprovalQueue::withdrawn, this, &Notices::onWithdrawn);
    connect(&notifier, &Notifier::invoked, this, &Notices::follow);
    onQuestions();
}

void Notices::onLocked()
{
    for (auto known = m_known.keyBegin(); known != m_known.keyEnd(); ++known)
        m_notifier.withdraw(accountPrefix + *known);
    m_notifier.withdraw(missedKey);
}

void Notices::onAccount(const QString &accountId)
{
    const std::optional<credentials::AccountView> view =
        m_services.broker.credentials().account(accountId);
    if (!view)
        return;
    const store::AccountState now = view->account.state;
    const store::AccountState before = m_known.value(accountId, now);
    m_known.insert(accountId, now);
    if (now == before)
        return;
    const QString key = accountPrefix + accountId;
    Notifier::Notice notice;
    switch (now) {
    case store::AccountState::SignedOut:
    case store::AccountState::SignedIn:
        m_notifier.withdraw(key);
        return;
    case store::AccountState::NeedsSignIn:
    case store::AccountState::Expired:
        notice.title = tr("%1 needs you to sign in").arg(view->fullName());
        notice.text = tr("What you gave has ended or was taken back. No program can borrow from it "
                         "until you sign in again.");
        break;
    case store::AccountState::Error:
        notice.title = tr("%1 is broken").arg(view->fullName());
        notice.text = tr("What is stored for it can't be read. Signing in again mends it.");
        break;
    }
    // A refresh that was under way may be refused after the lock; the tray tells of it later.
    if (m_isWatched() || m_services.broker.isLocked())
        return;
    notice.actions = {{signInAction, tr("Sign in")}};
    m_notifier.show(key, notice);
}

void Notices::onQuestions()
{
    if (m_questions.count() == 0) {
        m_toldQuestion = 0;
        m_notifier.withdraw(questionKey);
        return;
    }
    if (m_questions.currentNumber() == m_toldQuestion || m_isWatched())
        return;
    m_toldQuestion = m_questions.currentNumber();
    const broker::Question &question = m_questions.current();
    Notifier::Notice notice;
    notice.title = tr("%1 wants to borrow from %2").arg(callerName(question), question.server);
    const int more = int(m_questions.count()) - 1;
    notice.text = more == 0
        ? tr("Nothing is lent until you answer.")
        : tr("Nothing is lent until you answer. %n more question(s) wait.", nullptr, more);
    notice.urgent = true;
    m_notifier.show(questionKey, notice);
}

void Notices::onWithdrawn(const broker::Question &question)
{
    // Who goes away by itself wants no answer any more.
    if (question.answerBy == 0 || m_clock.bootMs() < question.answerBy || m_isWatched())
        return;
    Notifier::Notice notice;
    notice.title =
        tr("%1 asked for %2 while you were away").arg(callerName(question), question.server);
    notice.text = tr("Nobody answered in time, so nothing was lent. It can ask again.");
    m_notifier.show(missedKey, notice);
}

void Notices::explainTray()
{
    m_notifier.show(trayKey,
        {tr("Chatelaine stays in the tray"),
            tr("Programs can go on borrowing. Click its icon to open the window again; its menu "
               "ends it."),
            {}, false});
}

void Notices::follow(const QString &key, const QString &action)
{
    if (key == questionKey) {
        Q_EMIT questionsRequested();
        return;
    }
    if (key == missedKey) {
        Q_EMIT openRequested(activityPage, {});
        return;
    }
    if (!key.startsWith(accountPrefix)) {
        Q_EMIT openRequested({}, {});
        return;
    }
    const QString id = key.mid(accountPrefix.size());
    Q_EMIT openRequested(serversPage, action == signInAction ? signInPrefix + id : id);
}

} // namespace chatelaine::ui
