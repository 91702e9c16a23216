// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Page.h"

#include <QMainWindow>

class QStackedWidget;

namespace chatelaine::ui {

class Banner;
class LockView;
class NavigationRail;
class StatusFooter;

/// The window: a rail, the pages, a footer. It knows pages by their entries only.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Services &services, const QList<PageEntry> &pages, QWidget *parent = nullptr);

    /// Shows a page and leads it to `target`, if that is not empty.
    void openPage(const QString &id, const QString &target = {});
    QString currentPage() const;
    /// The page of that id, made if need be; null when there is none.
    Page *page(const QString &id);

    /// Where window sizes are kept; nothing is kept without.
    void setStateFile(const QString &file);

Q_SIGNALS:
    /// The person closed the window.
    void closed();

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void showIndex(int index);
    void showLock();
    void addShortcuts();
    void saveState() const;
    void retranslate();

    Services &m_services;
    const QList<PageEntry> m_entries;
    QList<Page *> m_pages;
    NavigationRail *m_rail;
    int m_current = 0; ///< of m_entries; what the rail shows, locked or not
    QStackedWidget *m_stack;
    LockView *m_lock;
    Banner *m_banner;
    StatusFooter *m_footer;
    QString m_stateFile;
};

} // namespace chatelaine::ui
