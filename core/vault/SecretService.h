// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"

#include <QString>

/// What QtKeychain does not tell: whether a keychain is there and open, without making it prompt.
/// Secret Service API, https://specifications.freedesktop.org/secret-service/latest/. All calls are
/// asynchronous and wait for the answer as long as it takes; who needs a limit sets it around them.
namespace chatelaine::secretservice {

/// A connection to the session bus of its own: Qt's shared one is tried once and never again.
class Bus
{
public:
    Bus();
    ~Bus();
    Q_DISABLE_COPY_MOVE(Bus)

    /// Connects if need be. Fails with VaultUnavailable where there is no session bus; never
    /// launches one.
    Result<void> connect();
    const QString &name() const { return m_name; }

private:
    const QString m_name;
};

struct Standing
{
    enum Kind { Open, Locked, NoCollection };
    Kind kind = NoCollection;
    QString owner; ///< the unique bus name of the program that offers the service
};

/// The default collection's standing. VaultUnavailable when no program offers the service and none
/// would be started for it.
Task<Result<Standing>> standing(QString bus);

/// Whether there is an item of that user and server, be it locked. Never prompts.
Task<Result<bool>> holds(QString bus, QString user, QString server);

/// Has the default collection opened, or made where there is none; the keychain prompts for it.
/// Locked when the person dismisses the prompt. A stop dismisses it: Cancelled.
Task<Result<void>> unlock(QString bus, std::stop_token stop);

} // namespace chatelaine::secretservice
