// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace chatelaine::oauth {

/// The head of a request to the loopback redirect, as far as we look at it (RFC 9112 §2-3, §5).
struct CallbackHead
{
    enum class State {
        Incomplete, ///< no empty line yet
        Complete,
        Malformed, ///< answer 400 and close
    };
    State state = State::Incomplete;
    QByteArray method;
    QByteArray path; ///< undecoded
    QByteArray query; ///< undecoded, without '?'
    QByteArray host; ///< the one Host header; Malformed when there is none or more than one
};

/// Pure; reads what has arrived so far. HTTP/1.0 and 1.1, origin-form targets only, lines may end
/// in CRLF alone. Bytes after the head are ignored.
CallbackHead parseCallbackHead(QByteArrayView bytes);

} // namespace chatelaine::oauth
