// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/Stage.h"

#include <QTest>

namespace chatelaine::test {

/// A state of the application worth looking at.
struct Scene
{
    const char *name;
    void (*play)(Stage &stage);
    Vault::Kind vault = Vault::Kind::Memory;
};

template <typename Condition>
void until(Condition condition)
{
    if (!QTest::qWaitFor(condition, 15'000))
        qFatal("The scene does not come about.");
}

QList<Scene> borrowScenes(); ///< who asks, who borrows, and what is written down of it
QList<Scene> registryScenes();
QList<Scene> labScenes();

/// Every page and state; each is played on a stage of its own.
const QList<Scene> &scenes();

QList<Scene> lifeScenes(); ///< of them, settings and how the windows come and go

/// Some servers in all states, as a past run left them.
void household(Stage &stage);
/// A grant or a denial that lasts; for so many ms, or while it is used now and then (0).
void grant(Stage &stage, const char *server, const QString &exe, bool deny, qint64 forMs);

} // namespace chatelaine::test
