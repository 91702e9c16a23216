// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditEvent.h"
#include "core/base/Error.h"
#include "core/base/Secret.h"

#include <QByteArrayView>

#include <array>
#include <memory>
#include <optional>

namespace chatelaine::store {
class Connection;
}

/// The bytes of the chain. hash(n) = HMAC-SHA-256(key, hash(n - 1) || canonical(row n)), where the
/// hash before the first row is 32 zero bytes and canonical(row) is, numbers big-endian,
///
///     seq (8) || time in ms (8) || pid (8) || for each text of textColumns: length (4) || UTF-8
///
/// in that order; the ancestors' chain is JSON text, byte for byte as it is stored.
namespace chatelaine::audit {

inline constexpr int hashBytes = 32;

inline constexpr std::array textColumns{
    QLatin1StringView("event"),
    QLatin1StringView("outcome"),
    QLatin1StringView("server"),
    QLatin1StringView("account"),
    QLatin1StringView("scope"),
    QLatin1StringView("exe"),
    QLatin1StringView("argv0"),
    QLatin1StringView("app"),
    QLatin1StringView("chain"),
    QLatin1StringView("grant_id"),
    QLatin1StringView("token_fingerprint"),
    QLatin1StringView("detail"),
};

/// A row as it is stored, its texts as UTF-8 that somebody else holds.
struct StoredRow
{
    qint64 seq = 0;
    UtcMs time = 0;
    qint64 pid = 0;
    std::array<QByteArrayView, textColumns.size()> texts;
};

struct Begin;
struct Removal;
struct Removed;

/// Computes hashes under one key; not for two threads at once.
class ChainHasher
{
public:
    explicit ChainHasher(const Secret &key);
    ~ChainHasher();
    Q_DISABLE_COPY_MOVE(ChainHasher)

    /// An empty `previous` stands for the hash before the first row.
    QByteArray hash(const QByteArray &previous, const StoredRow &row);
    /// The mac of Begin.h; what `begin` has for one is not looked at.
    QByteArray seal(const Begin &begin);

private:
    QByteArray finish();

    struct Private;
    std::unique_ptr<Private> m;
};

/// The newest row.
struct Head
{
    qint64 seq = 0; ///< 0: no row yet
    QByteArray hash;
    UtcMs time = 0;
};

/// Appends rows in the writing thread.
class Chain
{
public:
    explicit Chain(const Secret &key);

    Result<Head> head(store::Connection &connection);
    /// Texts are cut at 4,096 characters and the ancestors at 32; what is no Unicode is replaced.
    Result<Record> append(store::Connection &connection, UtcMs time, Event event);
    /// The next row follows this one, which the table does not have: the rows up to it are lost,
    /// and it shall show.
    void continueAfter(const Head &lost);
    /// Removes rows from the oldest on and writes down where the history begins now.
    Result<Removed> removeOldest(store::Connection &connection, const Removal &what);

private:
    ChainHasher m_hasher;
    Head m_head;
    Head m_lost;
    QStringList m_ancestors; ///< of the last event, and as the row has them
    QString m_ancestorsText;
    std::optional<quint64> m_rollbacks; ///< what m_head belongs to
};

/// The row of that seq as a head, 0 for the last one; nullopt when there is none.
Result<std::optional<Head>> readHead(store::Connection &connection, qint64 seq);

} // namespace chatelaine::audit
