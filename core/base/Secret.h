// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>

class QDebug;

namespace chatelaine {

/// Bytes that nobody may see: a token, a code verifier, a key. Immutable and cheap to copy; the one
/// buffer behind all copies is wiped when the last of them goes. It never turns into a string by
/// itself, prints as "<secret>", and compares in time that does not depend on the contents.
class Secret
{
public:
    Secret() = default;
    /// Takes the bytes over and wipes the array it was given, when nobody else shares it.
    explicit Secret(QByteArray &&bytes);
    static Secret copyOf(QByteArrayView bytes);
    static Secret fromString(const QString &text);

    bool isEmpty() const { return size() == 0; }
    qsizetype size() const;

    /// The bytes themselves, valid while this Secret lives. Every use is worth a look in review.
    QByteArrayView expose() const;

    /// The first 12 hex digits of the SHA-256: how a secret is named in the history and in logs.
    QString fingerprint() const;

    friend bool operator==(const Secret &a, const Secret &b);

private:
    struct Buffer;
    std::shared_ptr<const Buffer> m_buffer;
};

/// Always "<secret>".
QDebug operator<<(QDebug debug, const Secret &secret);

/// Overwrites the bytes where they are. Use on any buffer a secret passed through.
void wipe(QByteArray &bytes);
void wipe(QString &text);

/// Equality whose duration depends on the lengths alone.
bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

} // namespace chatelaine
