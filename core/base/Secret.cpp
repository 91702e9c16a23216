// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Secret.h"

#include <QCryptographicHash>
#include <QDebug>

#include <cstring>
#include <mutex>

namespace chatelaine {

namespace {

void wipeMemory(void *memory, size_t size)
{
    // glibc promises that this call is not optimised away.
    explicit_bzero(memory, size);
}

} // namespace

struct Secret::Buffer
{
    explicit Buffer(QByteArrayView bytes)
        : size(bytes.size())
        , data(std::make_unique<char[]>(static_cast<size_t>(bytes.size())))
    {
        std::memcpy(data.get(), bytes.data(), static_cast<size_t>(bytes.size()));
    }
    ~Buffer() { wipeMemory(data.get(), static_cast<size_t>(size)); }
    Q_DISABLE_COPY_MOVE(Buffer)

    qsizetype size;
    std::unique_ptr<char[]> data;
    // Each loan names its token, and hashing a kilobyte costs more than the rest of its record.
    mutable std::once_flag named;
    mutable QString name;
};

Secret::Secret(QByteArray &&bytes)
{
    if (!bytes.isEmpty())
        m_buffer = std::make_shared<const Buffer>(bytes);
    wipe(bytes);
    bytes.resize(0);
}

Secret Secret::copyOf(QByteArrayView bytes)
{
    Secret secret;
    if (!bytes.isEmpty())
        secret.m_buffer = std::make_shared<const Buffer>(bytes);
    return secret;
}

Secret Secret::fromString(const QString &text)
{
    return Secret(text.toUtf8());
}

qsizetype Secret::size() const
{
    return m_buffer ? m_buffer->size : 0;
}

QByteArrayView Secret::expose() const
{
    return m_buffer ? QByteArrayView(m_buffer->data.get(), m_buffer->size) : QByteArrayView();
}

QString Secret::fingerprint() const
{
    if (!m_buffer)
        return {};
    std::call_once(m_buffer->named, [this] {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        hash.addData(expose());
        m_buffer->name = QString::fromLatin1(hash.result().toHex().first(12));
    });
    return m_buffer->name;
}

bool operator==(const Secret &a, const Secret &b)
{
    return equalInConstantTime(a.expose(), b.expose());
}

QDebug operator<<(QDebug debug, const Secret &secret)
{
    Q_UNUSED(secret);
    const QDebugStateSaver saver(debug);
    debug.nospace() << "<secret>";
    return debug;
}

void wipe(QByteArray &bytes)
{
    // data() of a shared array would copy it first and leave the original as it was.
    if (!bytes.isEmpty() && bytes.isDetached())
        wipeMemory(bytes.data(), static_cast<size_t>(bytes.size()));
}

void wipe(QString &text)
{
    if (!text.isEmpty() && text.isDetached())
        wipeMemory(text.data(), static_cast<size_t>(text.size()) * sizeof(QChar));
}

bool equalInConstantTime(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size())
        return false;
    unsigned char difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned char>(a[i] ^ b[i]);
    return difference == 0;
}

} // namespace chatelaine
