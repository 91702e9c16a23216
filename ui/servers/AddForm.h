// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Types.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

#include <optional>

class QLabel;
class QLineEdit;

namespace chatelaine::ui {

class CopyField;

/// What a server wants to know beside its address: a name for a second account of one that is there
/// already, and a client that was registered beforehand.
class AddForm : public Pane
{
    Q_OBJECT

public:
    explicit AddForm(Services &services, QWidget *parent = nullptr);

    /// Forgets what was typed.
    void clear();
    /// Asks for what is needed; for nothing, it hides. `known` is an account of the server.
    void ask(const std::optional<credentials::AccountView> &known, bool account, bool client);
    /// Whether nothing is missing, or wrong.
    bool isComplete() const;
    void fill(credentials::NewServer &server) const;
    /// Puts the keyboard into the first field; false without one.
    bool takeFocus();

Q_SIGNALS:
    void edited();
    void confirmed();

protected:
    void retranslate() override;

private:
    QString wrongAccount() const; ///< why its name can't be that; empty: it can
    QStringList takenAccounts() const;
    void onEdited();

    Services &m_services;
    std::optional<credentials::AccountView> m_known;
    bool m_asksAccount = false;
    bool m_asksClient = false;
    QLabel *m_knownLabel;
    QLabel *m_accountLabel;
    QLineEdit *m_account;
    QLabel *m_wrong;
    QLabel *m_uriLabel;
    CopyField *m_uri;
    QLabel *m_clientIdLabel;
    QLineEdit *m_clientId;
    QLabel *m_secretLabel;
    QLineEdit *m_secret;
};

} // namespace chatelaine::ui
