// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/WindowPerson.h"

#include "ui/common/Words.h"

namespace chatelaine::ui {

void WindowPerson::authorize(const credentials::AuthorizationPrompt &prompt)
{
    Q_EMIT authorizationWanted(prompt);
}

void WindowPerson::progress(const QString &step, const QString &detail)
{
    Q_EMIT progressed(step, detail);
}

void WindowPerson::stepDone(const QJsonObject &step)
{
    Q_EMIT stepEnded(step);
}

audit::ClientFacts WindowPerson::facts() const
{
    return windowFacts();
}

} // namespace chatelaine::ui
