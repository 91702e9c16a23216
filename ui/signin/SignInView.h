// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Types.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

#include <optional>
#include <stop_token>

class QLabel;
class QLineEdit;
class QPushButton;

namespace chatelaine::ui {

class Banner;
class Card;
class ChipFlow;
class ProgressSteps;

/// One sign-in from its first request to its end. It opens no browser by itself: it shows whose page
/// that would be and what is asked for, and waits for the click.
class SignInView : public Pane
{
    Q_OBJECT

public:
    explicit SignInView(Services &services, QWidget *parent = nullptr);
    ~SignInView() override;

    /// Begins; one that runs is called off.
    void start(const QString &accountId, const QStringList &extraScopes = {});
    /// Calls off what runs, and forgets what failed.
    void callOff();
    QString accountId() const { return m_accountId; }
    bool isRunning() const { return m_running; }
    /// There is something to see: it runs, or it failed and nobody has left it yet.
    bool isOpen() const { return m_running || m_error; }

Q_SIGNALS:
    /// The person is done here: signed in, or has seen enough of the failure. Or there is nothing
    /// to sign in to any more.
    void left(const QString &accountId);

protected:
    void retranslate() override;

private:
    void run();
    void ask(const credentials::AuthorizationPrompt &prompt);
    void step(const QString &name, const QString &detail);
    void end(const Result<credentials::AccountView> &result);
    void openBrowser();
    void usePastedUrl();
    void copyLink();

    Services &m_services;
    QString m_accountId;
    QStringList m_extraScopes; ///< asked for beside what the account has, again at the next try
    QString m_name;
    QString m_lastStep;
    bool m_running = false;
    bool m_opened = false;
    credentials::AuthorizationPrompt m_prompt;
    std::stop_source m_stop;
    std::optional<Completion<bool>> m_ended; ///< of the run that was begun last
    std::optional<Error> m_error; ///< what the last run failed with

    QLabel *m_title;
    ProgressSteps *m_steps;
    Card *m_consent;
    QLabel *m_hostLabel;
    QLabel *m_host;
    QLabel *m_scopesLabel;
    ChipFlow *m_scopes;
    QPushButton *m_open;
    QPushButton *m_copy;
    QLabel *m_waiting;
    QLabel *m_pasteLabel;
    QLineEdit *m_paste;
    QPushButton *m_usePaste;
    Banner *m_outcome;
    QPushButton *m_cancel;
    QPushButton *m_again;
};

} // namespace chatelaine::ui
