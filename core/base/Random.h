// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace chatelaine {

/// Where unpredictable bytes come from. Tests pass their own.
class Random
{
public:
    virtual ~Random() = default;
    virtual QByteArray bytes(qsizetype count) = 0;

    /// `count` random bytes as unpadded base64url text: a state, a verifier, an identifier.
    QByteArray text(qsizetype count);
    /// A whole number in [0, bound).
    quint32 below(quint32 bound);
};

/// The operating system's generator.
class SystemRandom : public Random
{
public:
    QByteArray bytes(qsizetype count) override;
};

} // namespace chatelaine
