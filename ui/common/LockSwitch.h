// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/base/Error.h"
#include "ui/common/Services.h"

#include <QObject>

namespace chatelaine::ui {

/// Locks and unlocks the broker for a person, wherever the button is.
class LockSwitch : public QObject
{
    Q_OBJECT

public:
    explicit LockSwitch(Services &services, QObject *parent = nullptr);

    bool isLocked() const;
    bool isBusy() const { return m_busy; }
    void toggle();

Q_SIGNALS:
    /// Locked or not, busy or not, what the vault says: something of it is another.
    void changed();
    /// Unlocking takes a passphrase: the window has a place to type it.
    void passphraseWanted();
    void failed(const QString &sentence, const QString &detail);

private:
    void run(bool lock);
    void finish(const Result<void> &done);

    Services &m_services;
    bool m_busy = false;
};

} // namespace chatelaine::ui
