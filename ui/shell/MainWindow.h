// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Page.h"

#include <QMainWindow>
#include <QTimer>

class QStackedWidget;
class QVBoxLayout;

namespace chatelaine::ui {

class Banner;
class LockView;
class NavigationRail;
class StatusFooter;
class WelcomeView;

/// The window: a rail, the pages, a footer. It knows pages by their entries only.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Services &services, const QList<PageEntry> &pages, QWidget *parent = nullptr);

    /// Shows a page and leads it to `target`, if that is not empty; while it is locked, when it no
    /// longer is.
    void openPage(const QString &id, const QString &target = {});
    QString currentPage() const;
    /// The page of that id, made if need be; null when there is none.
    Page *page(const QString &id);

    /// Of all pages.
    int unsaved() const;

    /// Puts what a first run is shown in the pages' place, until one of them is wanted.
    void welcome();

    /// Shows what went wrong above the pages.
    void tell(const QString &sentence, const QString &detail);

    /// Where window sizes are kept; nothing is kept without.
    void setStateFile(const QString &file);
    void saveState() const;
    void setVisible(bool visible) override;

Q_SIGNALS:
    /// The person wants the window gone. It stays until somebody hides it.
    void closeRequested();
    /// The welcome was before the person's eyes.
    void welcomeSeen();
    /// The person wants all of it to end.
    void quitRequested();
    /// It has been painted for the first time. From the event loop.
    void appeared();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void showIndex(int index, const QString &target = {});
    void showLock();
    void turnTo(QWidget *view);
    void add(QWidget *view);
    LockView *lock();
    WelcomeView *welcomeView();
    Banner *banner();
    void endWelcome();
    void addShortcuts();
    void countWaiting();
    void retranslate();

    Services &m_services;
    const QList<PageEntry> m_entries;
    QList<Page *> m_pages;
    NavigationRail *m_rail;
    int m_current = 0; ///< of m_entries; what the rail shows, locked or not
    QString m_target; ///< where on that page, until it shows
    QStackedWidget *m_stack;
    QVBoxLayout *m_content; ///< a banner above the stack
    StatusFooter *m_footer;
    // Made when they are first needed.
    LockView *m_lock = nullptr;
    Banner *m_banner = nullptr;
    WelcomeView *m_welcome = nullptr;
    QTimer m_countSoon; ///< accounts may change by the hundred
    QString m_stateFile;
    bool m_welcoming = false; ///< in the pages' place
    bool m_begun = false; ///< it was shown; until then there is no page
    bool m_appeared = false;
};

} // namespace chatelaine::ui
