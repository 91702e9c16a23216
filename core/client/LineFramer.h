// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/client/Protocol.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace chatelaine::protocol {

/// Cuts a stream of bytes into lines. Pure: it knows no socket. What it has given out is wiped
/// before the next line is looked for, since a line may hold a token or a passphrase.
class LineFramer
{
public:
    explicit LineFramer(qsizetype max = maxLineBytes);
    ~LineFramer();
    LineFramer(LineFramer &&) noexcept = default;
    LineFramer &operator=(LineFramer &&) noexcept = default;

    void append(QByteArrayView bytes);
    /// The next whole line without its line break, valid until the next call of a member; nullopt
    /// when there is none yet, or ever again because tooLong() is.
    std::optional<QByteArrayView> next();
    bool tooLong() const { return m_tooLong; }
    /// Bytes that wait for the rest of their line.
    qsizetype held() const { return m_buffer.size() - m_given; }

private:
    QByteArray m_buffer;
    qsizetype m_start = 0; ///< first byte not given out yet
    qsizetype m_given = 0; ///< end of what was given out and is not wiped yet
    qsizetype m_scanned = 0; ///< no line break before this one
    qsizetype m_max;
    bool m_tooLong = false;
};

} // namespace chatelaine::protocol
