// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/MainWindow.h"

#include "core/broker/Broker.h"
#include "ui/common/Focus.h"
#include "ui/common/Icons.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Theme.h"
#include "ui/shell/LockView.h"
#include "ui/shell/NavigationRail.h"
#include "ui/shell/StatusFooter.h"
#include "ui/shell/WelcomeView.h"

#include <QCloseEvent>
#include <QCoreApplication>
#include <QDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>

#include <utility>

namespace chatelaine::ui {

namespace {

const QString geometryKey = QStringLiteral("window/geometry");
const QString pageKey = QStringLiteral("window/page");
const QString testLabPage = QStringLiteral("testlab");

} // namespace

MainWindow::MainWindow(Services &services, const QList<PageEntry> &pages, QWidget *parent)
    : QMainWindow(parent)
    , m_services(services)
    , m_entries(pages)
    , m_pages(pages.size(), nullptr)
    , m_rail(new NavigationRail(pages, this))
    , m_stack(new QStackedWidget(this))
    , m_content(new QVBoxLayout)
    , m_footer(new StatusFooter(services, this))
{
    auto *middle = new QWidget(this);
    auto *outer = new QVBoxLayout(middle);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_rail);
    m_content->setSpacing(0);
    m_content->addWidget(m_stack, 1);
    row->addLayout(m_content, 1);
    outer->addLayout(row, 1);
    outer->addWidget(m_footer);
    setCentralWidget(middle);
    keepFocusInSight(*this);
    setMinimumSize(760, 520);
    resize(1120, 740);

    const credentials::Credentials &heart = services.broker.credentials();
    connect(&heart, &credentials::Credentials::lockedChanged, this, &MainWindow::showLock);
    connect(&services.broker.vault(), &Vault::stateChanged, this, &MainWindow::showLock);
    m_countSoon.setSingleShot(true);
    connect(&m_countSoon, &QTimer::timeout, this, &MainWindow::countWaiting);
    const auto soon = [this] { m_countSoon.start(0); };
    connect(&heart, &credentials::Credentials::accountChanged, this, soon);
    connect(&heart, &credentials::Credentials::accountRemoved, this, soon);
    connect(m_rail, &NavigationRail::chosen, this, [this](int index) { showIndex(index); });
    connect(m_footer, &StatusFooter::passphraseWanted, this, [this] { lock()->unlock(); });
    connect(m_footer, &StatusFooter::failed, this, &MainWindow::tell);
    addShortcuts();
    retranslate();
    if (!m_entries.isEmpty())
        showIndex(0);
}

LockView *MainWindow::lock()
{
    if (!m_lock) {
        m_lock = new LockView(m_services, m_stack);
        add(m_lock);
    }
    return m_lock;
}

void MainWindow::add(QWidget *view)
{
    // Who is put into a stack is measured at once, shown or not: so it is dressed first and has the
    // size that it will keep.
    if (m_stack->count() == 0) {
        m_services.theme.dress();
        centralWidget()->setGeometry(rect());
        centralWidget()->layout()->activate();
    }
    view->resize(m_stack->size());
    m_stack->addWidget(view);
}

Banner *MainWindow::banner()
{
    if (m_banner)
        return m_banner;
    m_banner = new Banner(this);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(space::l, 0, space::l, 0);
    line->addWidget(m_banner);
    m_content->insertLayout(0, line);
    auto *close = new QToolButton(m_banner);
    close->setObjectName(QStringLiteral("closeBanner"));
    close->setIcon(icon(QStringLiteral("close")));
    close->setFocusPolicy(Qt::StrongFocus);
    m_banner->addWidget(close);
    connect(close, &QToolButton::clicked, m_banner, &QWidget::hide);
    retranslate();
    return m_banner;
}

void MainWindow::addShortcuts()
{
    for (int i = 0; i < m_entries.size() && i < 9; ++i) {
        auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)), this);
        connect(shortcut, &QShortcut::activated, this, [this, i] { showIndex(i); });
    }
    const auto onPage = [this](const QKeySequence &keys, void (Page::*act)()) {
        auto *shortcut = new QShortcut(keys, this);
        connect(shortcut, &QShortcut::activated, this, [this, act] {
            if (auto *shown = qobject_cast<Page *>(m_stack->currentWidget()))
                (shown->*act)();
        });
    };
    onPage(QKeySequence::Find, &Page::focusSearch);
    onPage(QKeySequence(Qt::CTRL | Qt::Key_L), &Page::focusAddress);
    onPage(QKeySequence(Qt::Key_F5), &Page::refresh);
    auto *away = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_W), this);
    connect(away, &QShortcut::activated, this, &MainWindow::close);
    auto *create = new QShortcut(QKeySequence::New, this);
    connect(create, &QShortcut::activated, this, [this] {
        auto *shown = qobject_cast<Page *>(m_stack->currentWidget());
        const bool welcoming = m_welcome && m_stack->currentWidget() == m_welcome;
        if ((!shown && !welcoming) || (shown && shown->startNew()))
            return;
        openPage(m_entries.constFirst().id);
        page(m_entries.constFirst().id)->startNew();
    });
    auto *quit = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q), this);
    connect(quit, &QShortcut::activated, this, &MainWindow::quitRequested);
}

void MainWindow::tell(const QString &sentence, const QString &detail)
{
    banner()->show(Tone::Error, sentence, detail);
}

void MainWindow::welcome()
{
    m_welcoming = true;
    m_rail->setCurrent(-1);
    showLock();
}

WelcomeView *MainWindow::welcomeView()
{
    if (m_welcome)
        return m_welcome;
    const bool lab = std::any_of(m_entries.cbegin(), m_entries.cend(),
        [](const PageEntry &entry) { return entry.id == testLabPage; });
    m_welcome = new WelcomeView(lab, m_stack);
    connect(m_welcome, &WelcomeView::addRequested, this, [this] {
        openPage(m_entries.constFirst().id);
        page(m_entries.constFirst().id)->startNew();
    });
    connect(m_welcome, &WelcomeView::testLabRequested, this, [this] { openPage(testLabPage); });
    connect(
        m_welcome, &WelcomeView::dismissed, this, [this] { openPage(m_entries.constFirst().id); });
    add(m_welcome);
    return m_welcome;
}

void MainWindow::endWelcome()
{
    m_welcoming = false;
    if (!m_welcome)
        return;
    Q_EMIT welcomeSeen();
    m_stack->removeWidget(m_welcome);
    // It may be what asked for this.
    m_welcome->deleteLater();
    m_welcome = nullptr;
}

Page *MainWindow::page(const QString &id)
{
    for (int i = 0; i < m_entries.size(); ++i) {
        if (m_entries.at(i).id != id)
            continue;
        if (!m_pages.at(i)) {
            Page *made = m_entries.at(i).create(m_services, m_stack);
            connect(made, &Page::openRequested, this, &MainWindow::openPage);
            QStringList ids;
            for (const PageEntry &entry : m_entries)
                ids.append(entry.id);
            made->setReachable(ids);
            m_pages[i] = made;
            add(made);
        }
        return m_pages.at(i);
    }
    return nullptr;
}

void MainWindow::showIndex(int index, const QString &target)
{
    m_current = index;
    m_target = target;
    m_rail->setCurrent(index);
    endWelcome();
    showLock();
}

void MainWindow::countWaiting()
{
    for (int i = 0; i < m_entries.size(); ++i) {
        const auto &waiting = m_entries.at(i).waiting;
        if (waiting)
            m_rail->setWaiting(i, m_services.broker.isLocked() ? Waiting() : waiting(m_services));
    }
}

// While it is locked no page is made that would list what a lock hides, and before the window is
// shown none at all: it may begin with another page, with the welcome, or in the tray.
void MainWindow::showLock()
{
    if (!m_begun)
        return;
    countWaiting();
    const PageEntry &entry = m_entries.at(m_current);
    if (m_services.broker.isLocked() && !entry.whileLocked) {
        // What a page asks in a window of its own goes with the page.
        const QList<QDialog *> dialogs = m_stack->findChildren<QDialog *>();
        for (QDialog *dialog : dialogs)
            dialog->close();
        turnTo(lock());
        return;
    }
    if (m_welcoming) {
        turnTo(welcomeView());
        return;
    }
    Page *shown = page(entry.id);
    turnTo(shown);
    if (!m_target.isEmpty())
        shown->open(std::exchange(m_target, {}));
}

// The keyboard goes along, but for who walks along the rail; Qt would begin there.
void MainWindow::turnTo(QWidget *view)
{
    const QWidget *before = focusWidget();
    const bool onTheRail = before && m_rail->isAncestorOf(before);
    m_stack->setCurrentWidget(view);
    if (!onTheRail && !view->isAncestorOf(focusWidget()))
        view->setFocus();
}

void MainWindow::openPage(const QString &id, const QString &target)
{
    for (int i = 0; i < m_entries.size(); ++i) {
        if (m_entries.at(i).id != id)
            continue;
        showIndex(i, target);
        return;
    }
}

QString MainWindow::currentPage() const
{
    return m_entries.isEmpty() ? QString() : m_entries.at(m_current).id;
}

int MainWindow::unsaved() const
{
    int count = 0;
    for (const Page *page : m_pages)
        count += page ? page->unsaved() : 0;
    return count;
}

void MainWindow::setStateFile(const QString &file)
{
    m_stateFile = file;
    const QSettings settings(file, QSettings::IniFormat);
    restoreGeometry(settings.value(geometryKey).toByteArray());
    openPage(settings.value(pageKey).toString());
}

void MainWindow::saveState() const
{
    if (m_stateFile.isEmpty())
        return;
    QSettings settings(m_stateFile, QSettings::IniFormat);
    settings.setValue(geometryKey, saveGeometry());
    settings.setValue(pageKey, currentPage());
}

void MainWindow::retranslate()
{
    setWindowTitle(QStringLiteral("Chatelaine"));
    countWaiting();
    if (!m_banner)
        return;
    if (auto *close = m_banner->findChild<QToolButton *>(QStringLiteral("closeBanner"))) {
        close->setToolTip(tr("Close"));
        close->setAccessibleName(tr("Close the message"));
    }
}

void MainWindow::setVisible(bool visible)
{
    if (visible && !std::exchange(m_begun, true))
        showLock();
    QMainWindow::setVisible(visible);
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QMainWindow::changeEvent(event);
}

void MainWindow::paintEvent(QPaintEvent *event)
{
    QMainWindow::paintEvent(event);
    // It reaches the screen when all its parts are painted, before the event loop goes on.
    if (!std::exchange(m_appeared, true))
        QMetaObject::invokeMethod(this, &MainWindow::appeared, Qt::QueuedConnection);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveState();
    // The session ends: a window that stays would hold it up.
    if (qGuiApp->isSavingSession())
        return;
    event->ignore();
    Q_EMIT closeRequested();
}

} // namespace chatelaine::ui
