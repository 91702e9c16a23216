// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"
#include "ui/common/Services.h"

class QLabel;
class QToolButton;

namespace chatelaine::ui {

class IconLabel;
class LockSwitch;

/// The line at the foot of the window: vault, broker, and the lock.
class StatusFooter : public Pane
{
    Q_OBJECT

public:
    explicit StatusFooter(Services &services, QWidget *parent = nullptr);

Q_SIGNALS:
    void passphraseWanted();
    void failed(const QString &sentence, const QString &detail);

protected:
    void retranslate() override;

private:
    Services &m_services;
    IconLabel *m_vaultIcon;
    QLabel *m_vault;
    IconLabel *m_brokerIcon;
    QLabel *m_broker;
    QToolButton *m_lock;
    LockSwitch *m_switch;
};

} // namespace chatelaine::ui
