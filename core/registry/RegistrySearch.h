// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/registry/RegistryClient.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace chatelaine::registry {

/// A search as one types: it waits until the typing rests, calls off what is no longer wanted, and
/// goes on page by page when asked for more. An answer to an older question changes nothing. Lives
/// in one thread; client and clock outlive it.
class RegistrySearch : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle, ///< nothing typed
        Searching, ///< the first page is on its way, or the typing has not rested yet
        Results,
        NothingFound,
        Failed, ///< error() says why; what was found before is still there
    };

    static constexpr qint64 restMs = 300; ///< how long typing rests before anything is sent
    static constexpr int shortest = 2; ///< characters; less than that would be half the registry
    /// Pages that more() reads at most to find one server that can be added: most of a registry
    /// are packages.
    static constexpr int pagesAtOnce = 6;
    static constexpr qsizetype maxFound = 2000; ///< then the question is too wide

    RegistrySearch(net::HttpClient &http, Clock &clock, QObject *parent = nullptr);
    ~RegistrySearch() override;

    /// Where to search; another place than before begins anew.
    void setBase(const QUrl &base);
    QUrl base() const { return m_base; }

    void setText(const QString &text);
    QString text() const { return m_text; }
    /// At once, without waiting for the typing to rest.
    void hurry();
    /// The next page, if there is one and none is on its way.
    void more();
    /// Asks again what failed.
    void retry();

    State state() const { return m_state; }
    const QList<Entry> &found() const { return m_found; }
    bool isBusy() const { return m_busy; } ///< a page is on its way
    bool hasMore() const { return !m_cursor.isEmpty(); }
    int packagesOnly() const { return m_packagesOnly; } ///< passed over so far
    const Error &error() const { return m_error; }

Q_SIGNALS:
    void changed(); ///< state(), isBusy(), hasMore(), packagesOnly()
    void cleared(); ///< found() is empty
    void added(int first, int last);
    void replaced(int row);

private:
    void start();
    void load();
    void take(const Result<Page> &page);
    void callOff();
    void clear();
    void setState(State state);

    net::HttpClient &m_http;
    std::unique_ptr<Alarm> m_rested;
    Clock &m_clock;
    QUrl m_base; ///< as it was given
    std::shared_ptr<RegistryClient> m_client;
    std::stop_source m_stop;
    State m_state = State::Idle;
    QString m_text;
    QList<Entry> m_found;
    QHash<QString, int> m_rows; ///< by name
    QString m_cursor;
    QSet<QString> m_cursors; ///< followed already: one that comes again would never end
    int m_pagesLeft = 0;
    int m_packagesOnly = 0;
    bool m_busy = false;
    Error m_error;
};

} // namespace chatelaine::registry
