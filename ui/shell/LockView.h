// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"
#include "ui/common/Services.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace chatelaine::ui {

class EmptyState;

/// What stands in the place of the pages while nothing may be listed: that it is locked, and the
/// way to open it. The keychain asks by itself; an encrypted file wants its passphrase here, twice
/// where there is no file yet.
class LockView : public Pane
{
    Q_OBJECT

public:
    explicit LockView(Services &services, QWidget *parent = nullptr);

    /// Opens with what was typed. Nothing while an attempt is under way.
    void unlock();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void retranslate() override;

private:
    bool wantsPassphrase() const;
    void tell(const QString &problem);
    void setBusy(bool busy);
    void follow(); ///< what is typed: without a passphrase there is nothing to press

    Services &m_services;
    EmptyState *m_state;
    QLineEdit *m_passphrase;
    QLineEdit *m_again;
    QLabel *m_problem;
    QPushButton *m_unlock;
    bool m_busy = false;
};

} // namespace chatelaine::ui
