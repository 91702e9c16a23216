// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/FirstInstance.h"

#include "core/base/Json.h"
#include "core/client/BrokerClient.h"
#include "core/client/LineFramer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <unistd.h>

namespace chatelaine {

namespace {

const QString raiseMethod = QStringLiteral("raise");
const QLatin1StringView tokenKey("activation_token");
constexpr qsizetype longestToken = 256;
constexpr qsizetype longestWord = 1024;

QString doorOf(const Paths &paths)
{
    return paths.runtimeDir + QStringLiteral("/window.sock");
}

/// Either is a word of the compositor's or the launcher's own, in ASCII.
bool mayBeToken(QStringView text)
{
    return !text.isEmpty() && text.size() <= longestToken
        && std::all_of(text.begin(), text.end(),
            [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; });
}

/// The token of a line that asks to be raised, empty without one; nullopt for any other line.
std::optional<QString> raisedBy(QByteArrayView line)
{
    const Result<QJsonObject> word =
        json::parseObject(line.toByteArray(), QStringLiteral("A second start"));
    if (!word || json::string(*word, QLatin1StringView("method")) != raiseMethod)
        return std::nullopt;
    const QJsonObject params = word->value(QLatin1StringView("params")).toObject();
    const QString token = json::string(params, tokenKey).value_or(QString());
    return mayBeToken(token) ? token : QString();
}

} // namespace

QString FirstInstance::activationToken()
{
    for (const char *name : {"XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"}) {
        if (const QString token = qEnvironmentVariable(name); mayBeToken(token))
            return token;
    }
    return {};
}

bool FirstInstance::raiseOther(const Paths &paths, const QString &token)
{
    Result<client::BrokerClient> door = client::BrokerClient::connectTo(doorOf(paths));
    return door && door->send(raiseMethod, {{tokenKey, token}});
}

Result<void> FirstInstance::listen(const Paths &paths)
{
    Result<std::unique_ptr<broker::ListeningSocket>> bound =
        broker::ListeningSocket::bind(doorOf(paths));
    if (!bound)
        return failure(std::move(bound).error());
    m_socket = std::move(*bound);
    m_notifier = std::make_unique<QSocketNotifier>(m_socket->fd(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        if (const int visitor = m_socket->accept(); visitor >= 0)
            listenTo(visitor);
    });
    return {};
}

void FirstInstance::listenTo(int visitor)
{
    auto *notifier = new QSocketNotifier(visitor, QSocketNotifier::Read, this);
    auto framer = std::make_shared<protocol::LineFramer>(longestWord);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier, visitor, framer] {
        std::array<char, 512> bytes;
        const ssize_t count = ::read(visitor, bytes.data(), bytes.size());
        if (count < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        framer->append(QByteArrayView(bytes.data(), qMax<ssize_t>(0, count)));
        const std::optional<QByteArrayView> line = framer->next();
        if (!line && !framer->tooLong() && count > 0)
            return;
        notifier->setEnabled(false);
        notifier->deleteLater();
        ::close(visitor);
        if (const auto token = line ? raisedBy(*line) : std::nullopt)
            Q_EMIT raiseRequested(*token);
    });
}

} // namespace chatelaine
