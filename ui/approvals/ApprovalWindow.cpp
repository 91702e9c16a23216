// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/approvals/ApprovalWindow.h"

#include "ui/approvals/CallerWords.h"
#include "ui/approvals/QuestionCards.h"
#include "ui/common/Scrolling.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Words.h"

#include <QEvent>
#include <QFrame>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QWindow>

namespace chatelaine::ui {

namespace {

constexpr int windowWidth = 600;
constexpr int allowColumns = 3;
constexpr int leastDetails = 140; ///< what is asked for, however low the screen
constexpr int titleBar = 40; ///< what a desktop may put around the window

} // namespace

ApprovalWindow::ApprovalWindow(ApprovalQueue &queue, Clock &clock)
    : m_queue(queue)
    , m_clock(clock)
    , m_alarm(clock.createAlarm())
    , m_second(clock.createAlarm())
    , m_title(makeLabel(Type::Title, this))
    , m_sentence(makeLabel(Type::Body, this, true))
    , m_count(new StatePill(this))
    , m_within(makeLabel(Type::Small, this, true))
    , m_edge(new QFrame(this))
    , m_cards(new QuestionCards)
    , m_banner(new Banner(this))
    , m_answers(new QWidget(this))
    , m_confirm(new QWidget(this))
{
    setObjectName(QStringLiteral("approvals"));
    setAttribute(Qt::WA_ShowWithoutActivating);
    setWindowFlags(Qt::Dialog | Qt::WindowStaysOnTopHint | Qt::WindowDoesNotAcceptFocus);
    m_title->setTextFormat(Qt::PlainText);
    m_count->setObjectName(QStringLiteral("questionCount"));
    m_within->setObjectName(QStringLiteral("answerWithin"));
    m_banner->setObjectName(QStringLiteral("approvalBanner"));

    m_area = scrolled(m_cards, this);
    setLook(m_edge, "line");

    auto *head = new QHBoxLayout;
    head->setSpacing(space::m);
    auto *shield = new IconLabel(QStringLiteral("shield"), 36, this);
    head->addWidget(shield, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(space::xs);
    auto *first = new QHBoxLayout;
    first->setSpacing(space::m);
    first->addWidget(m_title, 1);
    first->addWidget(m_count, 0, Qt::AlignTop);
    words->addLayout(first);
    words->addWidget(m_sentence);
    words->addWidget(m_within);
    head->addLayout(words, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    layout->setSpacing(space::m);
    layout->addLayout(head);
    layout->addWidget(m_area, 1);
    layout->addWidget(m_edge);
    layout->addWidget(m_banner);
    makeAnswers();
    layout->addWidget(m_answers);
    layout->addWidget(m_confirm);
    setFixedWidth(windowWidth);

    connect(m_alarm.get(), &Alarm::fired, this, &ApprovalWindow::wake);
    connect(m_second.get(), &Alarm::fired, this, &ApprovalWindow::showTime);
    connect(&m_queue, &ApprovalQueue::changed, this, &ApprovalWindow::follow);
    retranslate();
    follow();
}

void ApprovalWindow::makeAnswers()
{
    static const char *const names[] = {"deny", "denyAlways", "allowOnce", "allowSession",
        "allowUntilLock", "allowHour", "allowEightHours", "allowAlways"};
    for (int i = 0; i < int(std::size(names)); ++i) {
        auto *button = new QPushButton(m_answers);
        button->setObjectName(QString::fromLatin1(names[i]));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, i] { choose(static_cast<Verdict>(i)); });
        m_buttons.append(button);
    }
    QPushButton *deny = m_buttons.at(int(Verdict::Deny));
    setLook(deny, "primary");
    deny->setDefault(true);
    setLook(m_buttons.at(int(Verdict::DenyAlways)), "danger");

    auto *rows = new QVBoxLayout(m_answers);
    rows->setContentsMargins(0, space::xs, 0, 0);
    rows->setSpacing(space::s);
    m_allow = makeLabel(Type::Strong, m_answers);
    rows->addWidget(m_allow);
    auto *allow = new QGridLayout;
    allow->setSpacing(space::s);
    for (int i = int(Verdict::Once); i <= int(Verdict::Always); ++i) {
        const int place = i - int(Verdict::Once);
        allow->addWidget(m_buttons.at(i), place / allowColumns, place % allowColumns);
        allow->setColumnStretch(place % allowColumns, 1);
    }
    rows->addLayout(allow);
    auto *no = new QHBoxLayout;
    no->setSpacing(space::s);
    no->addStretch();
    no->addWidget(m_buttons.at(int(Verdict::DenyAlways)));
    no->addWidget(deny);
    rows->addSpacing(space::s);
    rows->addLayout(no);

    m_back = new QPushButton(m_confirm);
    m_anyway = new QPushButton(m_confirm);
    m_back->setObjectName(QStringLiteral("goBack"));
    m_anyway->setObjectName(QStringLiteral("allowAnyway"));
    m_back->setAutoDefault(false);
    m_anyway->setAutoDefault(false);
    setLook(m_anyway, "danger");
    auto *line = new QHBoxLayout(m_confirm);
    line->setContentsMargins(0, space::xs, 0, 0);
    line->addStretch();
    line->addWidget(m_anyway);
    line->addWidget(m_back);
    connect(m_back, &QPushButton::clicked, this, [this] { askAgain(false); });
    connect(m_anyway, &QPushButton::clicked, this,
        [this] { m_queue.answer(m_shown, m_wanted); });
}

void ApprovalWindow::follow()
{
    if (m_queue.count() == 0) {
        m_shown = 0;
        m_alarm->clear();
        m_second->clear();
        hide();
        return;
    }
    if (m_queue.currentNumber() != m_shown) {
        m_shown = m_queue.currentNumber();
        askAgain(false);
    } else {
        retranslate();
    }
    if (!isVisible()) {
        letFocus(false);
        show();
    }
}

void ApprovalWindow::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    windowHandle()->installEventFilter(this);
    fit();
}

// Until the person turns to it.
bool ApprovalWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == windowHandle() && event->type() == QEvent::MouseButtonPress) {
        m_pressedAt = m_clock.bootMs();
        letFocus(true);
        activateWindow();
    }
    return QDialog::eventFilter(watched, event);
}

// The desktop may send the keyboard here at any time, in the middle of a word: when another window
// closes, or when it saw none fit to have it before. A press in the window itself is the person.
void ApprovalWindow::onActive()
{
    if (m_shown != 0 && m_clock.bootMs() - m_pressedAt >= wakeMs)
        sleep();
}

void ApprovalWindow::turnTo()
{
    if (!isVisible())
        return;
    letFocus(true);
    if (isMinimized())
        showNormal();
    raise();
    activateWindow();
}

void ApprovalWindow::letFocus(bool let)
{
    if (windowHandle())
        windowHandle()->setFlag(Qt::WindowDoesNotAcceptFocus, !let);
}

void ApprovalWindow::sleep()
{
    m_awake = false;
    for (QPushButton *button : std::as_const(m_buttons))
        button->setEnabled(false);
    m_anyway->setEnabled(false);
    m_alarm->clear();
    m_alarm->set(m_clock.bootMs() + wakeMs);
}

// From now on the keyboard may come here, when the person sends it: by a click or the desktop's
// window switcher.
void ApprovalWindow::wake()
{
    if (m_shown == 0)
        return;
    m_awake = true;
    for (int i = 0; i < m_buttons.size(); ++i)
        m_buttons.at(i)->setEnabled(m_queue.canRemember(static_cast<Verdict>(i)));
    m_anyway->setEnabled(true);
    letFocus(true);
    (isAskingAgain() ? m_back : m_buttons.at(int(Verdict::Deny)))->setFocus();
}

bool ApprovalWindow::isAskingAgain() const
{
    return m_confirm->isVisibleTo(this);
}

void ApprovalWindow::choose(Verdict verdict)
{
    if (!m_awake)
        return;
    if (isLasting(verdict) && isBareInterpreter(*m_queue.current().caller)) {
        m_wanted = verdict;
        askAgain(true);
        return;
    }
    m_queue.answer(m_shown, verdict);
}

void ApprovalWindow::reject()
{
    if (isAskingAgain())
        askAgain(false);
    else
        choose(Verdict::Deny);
}

void ApprovalWindow::askAgain(bool asking)
{
    m_answers->setVisible(!asking);
    m_confirm->setVisible(asking);
    m_back->setDefault(asking);
    m_buttons.at(int(Verdict::Deny))->setDefault(!asking);
    if (asking)
        m_back->setFocus();
    // The buttons that come are where those were that were just pressed.
    sleep();
    retranslate();
}

void ApprovalWindow::showCaller()
{
    const broker::Question &question = m_queue.current();
    const broker::CallerIdentity &caller = *question.caller;
    m_cards->show(question);
    if (isAskingAgain()) {
        m_banner->show(Tone::Warning,
            tr("%1 runs whatever it is given.").arg(fileName(caller.exe)),
            tr("There is no script to name, so everything that is started with it would have this "
               "access, no matter who starts it."));
    } else if (const Caution caution = cautionAbout(question); !caution.title.isEmpty()) {
        m_banner->show(Tone::Warning, caution.title, caution.text);
    } else {
        m_banner->hide();
    }
    m_buttons.at(int(Verdict::Session))->setToolTip(sessionTip(caller));
}

void ApprovalWindow::retranslate()
{
    setWindowTitle(tr("Chatelaine: a program asks"));
    m_allow->setText(tr("Allow"));
    const QStringList texts {tr("&Deny"), tr("De&ny always"), tr("&Once"), tr("&While it runs"),
        tr("Until I &lock"), tr("&1 hour"), tr("&8 hours"), tr("&Always")};
    const QStringList tips {tr("Not this time (Esc)"), tr("Never, until you change it"),
        tr("This one loan"), {}, tr("Until Chatelaine is locked"), {}, {},
        tr("Until you take it back")};
    const QStringList names {tr("Deny"), tr("Deny always"), tr("Allow once"),
        tr("Allow while it runs"), tr("Allow until it is locked"), tr("Allow for 1 hour"), tr("Allow for 8 hours"),
        tr("Allow always")};
    for (int i = 0; i < m_buttons.size(); ++i) {
        m_buttons.at(i)->setText(texts.at(i));
        m_buttons.at(i)->setToolTip(tips.at(i));
        m_buttons.at(i)->setAccessibleName(names.at(i));
    }
    m_back->setText(tr("&Go back"));
    m_anyway->setText(anywayText());
    if (m_shown == 0)
        return;
    const broker::Question &question = m_queue.current();
    const QString name = callerName(*question.caller);
    m_title->setText(name.isEmpty()
            ? tr("May process %1 use %2?").arg(question.caller->pid).arg(question.server)
            : tr("May %1 use %2?").arg(name, question.server));
    m_sentence->setText(
        tr("It would get an access token for it. Your sign-in stays with Chatelaine."));
    m_count->set(Tone::Info, QStringLiteral("clock"),
        tr("%n more question(s)", nullptr, int(m_queue.count()) - 1));
    m_count->setVisible(m_queue.count() > 1);
    m_count->setAccessibleName(m_count->word());
    showTime();
    showCaller();
    fit();
}

void ApprovalWindow::showTime()
{
    m_second->clear();
    if (m_shown == 0)
        return;
    const qint64 by = m_queue.current().answerBy;
    const qint64 now = m_clock.bootMs();
    m_within->setVisible(by > 0);
    m_within->setText(tr("Answer within %1", "minutes and seconds").arg(remaining(by, now)));
    if (const qint64 next = nextChangeMs(by, now); next > 0)
        m_second->set(now + next);
}

QString ApprovalWindow::anywayText() const
{
    switch (m_wanted) {
    case Verdict::UntilLock:
        return tr("Allow until I lock any&way");
    case Verdict::OneHour:
        return tr("Allow for 1 hour any&way");
    case Verdict::EightHours:
        return tr("Allow for 8 hours any&way");
    default:
        return tr("Allow always any&way");
    }
}

// As tall as what it says, within the screen; what is longer scrolls.
void ApprovalWindow::fit()
{
    if (!isVisible())
        return;
    const QMargins margins = layout()->contentsMargins();
    const int inner = windowWidth - margins.left() - margins.right();
    m_area->widget()->layout()->activate();
    const int tall = m_area->widget()->layout()->totalHeightForWidth(inner);
    m_edge->hide();
    m_area->setFixedHeight(tall);
    layout()->activate();
    const int all = layout()->totalHeightForWidth(windowWidth);
    const int over = all - (screen()->availableSize().height() - titleBar);
    if (over > 0) {
        m_edge->show();
        m_area->setFixedHeight(
            qMin(tall, qMax(leastDetails, tall - over - layout()->spacing() - 1)));
        layout()->activate();
    }
    resize(windowWidth, layout()->totalHeightForWidth(windowWidth));
}

void ApprovalWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::ActivationChange && isActiveWindow())
        onActive();
    QDialog::changeEvent(event);
}

} // namespace chatelaine::ui
