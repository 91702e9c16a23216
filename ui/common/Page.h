// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"
#include "ui/common/Services.h"

#include <QStringList>

#include <functional>

namespace chatelaine::ui {

/// One of the places that the rail leads to. Pages know nothing of each other: who wants to lead
/// somewhere emits openRequested() with the id of a page and words that page understands.
class Page : public Pane
{
    Q_OBJECT

public:
    using Pane::Pane;

    /// Ctrl+F: the keyboard goes to where one searches.
    virtual void focusSearch() { }
    /// Ctrl+L: it goes to where an address is typed; where there is none, to the search.
    virtual void focusAddress() { focusSearch(); }
    /// F5: anew what does not follow by itself.
    virtual void refresh() { }
    /// Ctrl+N: the page's "new"; false when it has none.
    virtual bool startNew() { return false; }
    /// Leads to something on the page, such as an account id.
    virtual void open(const QString &target) { Q_UNUSED(target) }

    /// The ids of the pages there are: what would lead to another one is not offered.
    virtual void setReachable(const QStringList &pageIds) { Q_UNUSED(pageIds) }

    /// How many forms hold what was typed and not saved, and what the end of the program would
    /// lose.
    virtual int unsaved() const { return 0; }

Q_SIGNALS:
    void openRequested(const QString &pageId, const QString &target);
};

/// What on a page waits for the person.
struct Waiting
{
    int count = 0; ///< 0: nothing
    QString sentence; ///< "2 servers need sign-in"
};

/// How the window learns of a page. It is made when it is first shown.
struct PageEntry
{
    QString id; ///< "servers"
    QString icon;
    const char *title; ///< QT_TRANSLATE_NOOP("Pages", …)
    std::function<Page *(Services &services, QWidget *parent)> create;
    /// What the rail says beside its name, asked when an account has changed; may be empty. Not
    /// while it is locked.
    std::function<Waiting(Services &services)> waiting = {};
    bool whileLocked = false; ///< shows nothing that a lock hides
};

} // namespace chatelaine::ui
