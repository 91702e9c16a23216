// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/registry/RegistrySearch.h"

#include <QPointer>
#include <QVersionNumber>

namespace chatelaine::registry {

namespace {

/// A registry that does not know what is latest gives every version, in whatever order.
bool isOlder(const Entry &entry, const Entry &than)
{
    return QVersionNumber::fromString(entry.version) < QVersionNumber::fromString(than.version);
}

} // namespace

RegistrySearch::RegistrySearch(net::HttpClient &http, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_rested(clock.createAlarm())
    , m_clock(clock)
    , m_client(std::make_shared<RegistryClient>(http, QUrl()))
{
    connect(m_rested.get(), &Alarm::fired, this, &RegistrySearch::start);
}

RegistrySearch::~RegistrySearch()
{
    m_stop.request_stop();
}

void RegistrySearch::setBase(const QUrl &base)
{
    if (base == m_base)
        return;
    m_base = base;
    m_client = std::make_shared<RegistryClient>(m_http, base);
    const QString text = std::exchange(m_text, {});
    callOff();
    clear();
    setState(State::Idle);
    setText(text);
}

void RegistrySearch::setText(const QString &text)
{
    const QString wanted = text.simplified();
    if (wanted == m_text)
        return;
    m_text = wanted;
    callOff();
    if (m_text.size() < shortest) {
        clear();
        setState(State::Idle);
        return;
    }
    m_rested->set(m_clock.bootMs() + restMs);
    setState(State::Searching);
}

void RegistrySearch::hurry()
{
    if (m_state == State::Searching && !m_busy)
        start();
}

void RegistrySearch::retry()
{
    if (m_state != State::Failed)
        return;
    if (m_found.isEmpty())
        start();
    else
        more();
}

void RegistrySearch::callOff()
{
    m_stop.request_stop();
    m_rested->clear();
    m_busy = false;
}

void RegistrySearch::clear()
{
    m_cursor.clear();
    m_cursors.clear();
    m_packagesOnly = 0;
    m_error = {};
    if (m_found.isEmpty())
        return;
    m_found.clear();
    m_rows.clear();
    Q_EMIT cleared();
}

void RegistrySearch::start()
{
    callOff();
    clear();
    m_pagesLeft = pagesAtOnce;
    m_state = State::Searching;
    load();
}

void RegistrySearch::more()
{
    if (m_busy || m_cursor.isEmpty())
        return;
    m_pagesLeft = pagesAtOnce;
    load();
}

void RegistrySearch::load()
{
    m_stop = std::stop_source();
    m_busy = true;
    --m_pagesLeft;
    const auto work = [](QPointer<RegistrySearch> self, std::shared_ptr<RegistryClient> client,
                          Query query, std::stop_token stop) -> Task<void> {
        const Result<Page> page = co_await client->list(query, stop);
        if (self && !stop.stop_requested())
            self->take(page);
    };
    Query query;
    query.search = m_text;
    query.cursor = m_cursor;
    detach(work(this, m_client, query, m_stop.get_token()));
    Q_EMIT changed();
}

void RegistrySearch::take(const Result<Page> &page)
{
    m_busy = false;
    if (!page) {
        m_error = page.error();
        setState(State::Failed);
        return;
    }
    m_error = {};
    m_cursors.insert(m_cursor);
    m_cursor = m_cursors.contains(page->nextCursor) ? QString() : page->nextCursor;
    m_packagesOnly += page->packagesOnly;
    const int first = int(m_found.size());
    for (const Entry &entry : page->entries) {
        const auto known = m_rows.constFind(entry.name);
        if (known == m_rows.constEnd()) {
            m_rows.insert(entry.name, int(m_found.size()));
            m_found.append(entry);
        } else if (!isOlder(entry, m_found.at(*known))) {
            m_found[*known] = entry;
            if (*known < first)
                Q_EMIT replaced(*known);
        }
    }
    if (m_found.size() >= maxFound)
        m_cursor.clear();
    const bool any = m_found.size() > first;
    if (any)
        Q_EMIT added(first, int(m_found.size()) - 1);
    if (!any && hasMore() && m_pagesLeft > 0) {
        load();
        return;
    }
    setState(m_found.isEmpty() ? State::NothingFound : State::Results);
}

void RegistrySearch::setState(State state)
{
    m_state = state;
    Q_EMIT changed();
}

} // namespace chatelaine::registry
