// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Types.h"

#include <QJsonObject>
#include <QObject>

namespace chatelaine::ui {

/// The person in front of a window, as the heart sees them: everything becomes a signal. The heart
/// keeps it as long as the operation runs; the window may be gone before.
class WindowPerson : public QObject, public credentials::Person
{
    Q_OBJECT

public:
    void authorize(const credentials::AuthorizationPrompt &prompt) override;
    void progress(const QString &step, const QString &detail) override;
    void stepDone(const QJsonObject &step) override;
    audit::ClientFacts facts() const override;

Q_SIGNALS:
    void authorizationWanted(const chatelaine::credentials::AuthorizationPrompt &prompt);
    void progressed(const QString &step, const QString &detail);
    void stepEnded(const QJsonObject &step);
};

} // namespace chatelaine::ui
