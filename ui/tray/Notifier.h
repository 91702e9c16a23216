// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QStringList>

#include <functional>
#include <optional>

class QDBusPendingCallWatcher;

namespace chatelaine::ui {

/// Desktop notifications (Desktop Notifications Specification 1.2, org.freedesktop.Notifications on
/// the session bus). Nothing waits for the other side; where there is none, the fallback is told.
/// What is shown must hold no secret: the other side may keep it.
class Notifier : public QObject
{
    Q_OBJECT

public:
    struct Action
    {
        QString name;
        QString label;
    };
    struct Notice
    {
        QString title;
        QString text;
        /// Beside "default", which a click on the notice itself gives.
        QList<Action> actions = {};
        bool urgent = false; ///< stays until it is looked at
    };
    using Fallback = std::function<void(const QString &key, const Notice &notice)>;

    explicit Notifier(Fallback fallback, QObject *parent = nullptr);

    /// Shows a notice, or another one in the place of what that key had.
    void show(const QString &key, const Notice &notice);
    /// Takes it away, if it is still there.
    void withdraw(const QString &key);

Q_SIGNALS:
    /// The person chose an action of it; "default" is the notice itself.
    void invoked(const QString &key, const QString &action);

private Q_SLOTS:
    void onActionInvoked(uint id, const QString &action);
    void onClosed(uint id, uint reason);
    void onActivationToken(uint id, const QString &token);

private:
    /// What that key shows: `id` is 0 until the other side has answered.
    struct Shown
    {
        uint id = 0;
        bool asked = false;
        std::optional<Notice> next = {}; ///< to be shown when the answer is here
        bool withdrawn = false;
    };
    void send(const QString &key, const Notice &notice);
    void onAnswer(const QString &key, const Notice &notice, QDBusPendingCallWatcher *watcher);
    void askCapabilities();
    QString keyOf(uint id) const;

    Fallback m_fallback;
    QHash<QString, Shown> m_shown;
    bool m_markup = true; ///< the other side reads markup, until it says otherwise
};

} // namespace chatelaine::ui
