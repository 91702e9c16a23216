// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Paths.h"
#include "core/broker/ListeningSocket.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace chatelaine {

/// One window for a user: who starts second knocks at the first one's door and leaves.
class FirstInstance : public QObject
{
    Q_OBJECT

public:
    /// What the desktop gave this start along so that its window may come to the front
    /// (XDG_ACTIVATION_TOKEN, else DESKTOP_STARTUP_ID); empty when nothing, or nothing that may be
    /// one. To be asked before there is a QGuiApplication, which takes it.
    static QString activationToken();

    /// True when another window runs; it has been told to show itself, with that token.
    static bool raiseOther(const Paths &paths, const QString &token = {});

    /// Opens the door. The runtime directory is there and private.
    Result<void> listen(const Paths &paths);

Q_SIGNALS:
    /// `token` may be empty.
    void raiseRequested(const QString &token);

private:
    /// Who comes and says nothing only wanted to know whether somebody is here.
    void listenTo(int visitor);

    std::unique_ptr<broker::ListeningSocket> m_socket;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace chatelaine
