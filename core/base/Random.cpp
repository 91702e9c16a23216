// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Random.h"

#include <QRandomGenerator>

#include <cstring>

namespace chatelaine {

QByteArray Random::text(qsizetype count)
{
    return bytes(count).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

quint32 Random::below(quint32 bound)
{
    Q_ASSERT(bound > 0);
    quint64 value = 0;
    const QByteArray raw = bytes(sizeof value);
    std::memcpy(&value, raw.constData(), sizeof value);
    // 64 bits over a 32-bit bound: the bias is below 2^-32.
    return static_cast<quint32>(value % bound);
}

QByteArray SystemRandom::bytes(qsizetype count)
{
    QByteArray result(count, Qt::Uninitialized);
    QRandomGenerator::system()->generate(result.begin(), result.end());
    return result;
}

} // namespace chatelaine
