// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/CallbackHead.h"

#include <QList>

#include <algorithm>

namespace chatelaine::oauth {

namespace {

QByteArrayView trimmed(QByteArrayView text)
{
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && blank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && blank(text.back()))
        text.chop(1);
    return text;
}

bool isVisible(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool readRequestLine(QByteArrayView line, CallbackHead &head)
{
    const QList<QByteArray> parts = line.toByteArray().split(' ');
    if (parts.size() != 3 || parts.at(0).isEmpty() || !isVisible(parts.at(0))
        || !isVisible(parts.at(1)) || !parts.at(1).startsWith('/') || parts.at(1).contains('#')
        || (parts.at(2) != "HTTP/1.1" && parts.at(2) != "HTTP/1.0")) {
        return false;
    }
    head.method = parts.at(0);
    const QByteArray target = parts.at(1);
    const qsizetype mark = target.indexOf('?');
    head.path = mark < 0 ? target : target.left(mark);
    if (mark >= 0)
        head.query = target.mid(mark + 1);
    return true;
}

bool readFields(QByteArrayView text, CallbackHead &head)
{
    bool haveHost = false;
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf("\r\n");
        const QByteArrayView line = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 2);
        const qsizetype colon = line.indexOf(':');
        // A name ends at its colon without a space, and a line begins with a name (RFC 9112 §5.1).
        if (colon <= 0 || !isVisible(line.first(colon)))
            return false;
        if (line.first(colon).compare("host", Qt::CaseInsensitive) != 0)
            continue;
        if (haveHost)
            return false;
        haveHost = true;
        head.host = trimmed(line.sliced(colon + 1)).toByteArray();
    }
    return haveHost && !head.host.isEmpty() && isVisible(head.host);
}

} // namespace

CallbackHead parseCallbackHead(QByteArrayView bytes)
{
    CallbackHead head;
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return head;
    head.state = CallbackHead::State::Malformed;
    const QByteArrayView text = bytes.first(end);
    // Line ends are pairs; a lone one, or a zero, is somebody's trick.
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        if (pair)
            ++i;
        else if (text[i] == '\r' || text[i] == '\n' || text[i] == '\0')
            return head;
    }
    const qsizetype lineEnd = text.indexOf("\r\n");
    if (lineEnd < 0 || !readRequestLine(text.first(lineEnd), head)
        || !readFields(text.sliced(lineEnd + 2), head)) {
        return head;
    }
    head.state = CallbackHead::State::Complete;
    return head;
}

} // namespace chatelaine::oauth
