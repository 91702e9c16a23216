// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/MainWindow.h"

#include "core/broker/Broker.h"
#include "ui/common/Focus.h"
#include "ui/common/Icons.h"
#include "ui/common/Surfaces.h"
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
    , m_lock(new LockView(services, m_stack))
    , m_banner(new Banner(this))
    , m_footer(new StatusFooter(services, this))
{
    auto *middle = new QWidget(this);
    auto *outer = new QVBoxLayout(middle);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_rail);
    auto *content = new QVBoxLayout;
    content->setSpacing(0);
    auto *bannerLine = new QHBoxLayout;
    bannerLine->setContentsMargins(space::l, 0, space::l, 0);
    bannerLine->addWidget(m_banner);
    content->addLayout(bannerLine);
    content->addWidget(m_stack, 1);
    row->addLayout(content, 1);
    outer->addLayout(row, 1);
    outer->addWidget(m_footer);
    setCentralWidget(middle);
    keepFocusInSight(*this);
    setMinimumSize(760, 520);
    resize(1120, 740);

    auto *close = new QToolButton(m_banner);
    close->setObjectName(QStringLiteral("closeBanner"));
    close->setIcon(icon(QStringLiteral("close")));
    close->setFocusPolicy(Qt::StrongFocus);
    m_banner->addWidget(close);
    connect(close, &QToolButton::clicked, m_banner, &QWidget::hide);
    m_stack->addWidget(m_lock);
    connect(&services.broker.credentials(), &credentials::Credentials::lockedChanged, this,
        &MainWindow::showLock);
    connect(&services.broker.vault(), &Vault::stateChanged, this, &MainWindow::showLock);
    connect(m_rail, &NavigationRail::chosen, this, [this](int index) { showIndex(index); });
    connect(m_footer, &StatusFooter::passphraseWanted, m_lock, &LockView::unlock);
    connect(m_footer, &StatusFooter::failed, this, &MainWindow::tell);
    addShortcuts();
    retranslate();
    if (!m_entries.isEmpty())
        showIndex(0);
}

void MainWindow::addShortcuts()
{
    for (int i = 0; i < m_entries.size() && i < 9; ++i) {
        auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)), this);
        connect(shortcut, &QShortcut::activated, this, [this, i] { showIndex(i); });
    }
    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, this, [this] {
        if (auto *shown = qobject_cast<Page *>(m_stack->currentWidget()))
            shown->focusSearch();
    });
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
    m_banner->show(Tone::Error, sentence, detail);
}

void MainWindow::welcome()
{
    if (m_welcome)
        return;
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
    m_stack->addWidget(m_welcome);
    m_rail->setCurrent(-1);
    showLock();
}

void MainWindow::endWelcome()
{
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
            m_stack->addWidget(made);
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

// While it is locked no page is made that would list what a lock hides.
void MainWindow::showLock()
{
    const PageEntry &entry = m_entries.at(m_current);
    if (m_services.broker.isLocked() && !entry.whileLocked) {
        // What a page asks in a window of its own goes with the page.
        const QList<QDialog *> dialogs = findChildren<QDialog *>();
        for (QDialog *dialog : dialogs)
            dialog->close();
        m_stack->setCurrentWidget(m_lock);
        return;
    }
    if (m_welcome) {
        m_stack->setCurrentWidget(m_welcome);
        return;
    }
    Page *shown = page(entry.id);
    m_stack->setCurrentWidget(shown);
    if (!m_target.isEmpty())
        shown->open(std::exchange(m_target, {}));
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
    if (auto *close = m_banner->findChild<QToolButton *>(QStringLiteral("closeBanner"))) {
        close->setToolTip(tr("Close"));
        close->setAccessibleName(tr("Close the message"));
    }
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QMainWindow::changeEvent(event);
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
