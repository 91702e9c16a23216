// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/approvals/CallerWords.h"

#include "core/broker/Hosts.h"
#include "core/broker/ProcessFacts.h"
#include "ui/approvals/ApprovalWindow.h"

namespace chatelaine::ui {

namespace {

constexpr int shownAncestors = 5;

} // namespace

QString fileName(const QString &path)
{
    return path.section(u'/', -1);
}

QString callerName(const broker::CallerIdentity &caller)
{
    if (!caller.package.isEmpty())
        return caller.app;
    return fileName(caller.program());
}

QString ancestorsText(const QList<broker::Ancestor> &chain)
{
    QStringList names;
    for (const broker::Ancestor &ancestor : chain) {
        if (names.size() == shownAncestors) {
            names.append(QStringLiteral("…"));
            break;
        }
        if (!ancestor.program().isEmpty())
            names.append(fileName(ancestor.program()));
    }
    return names.join(QStringLiteral(" ← "));
}

bool isBareInterpreter(const broker::CallerIdentity &caller)
{
    return caller.package.isEmpty() && caller.script.isEmpty() && broker::isInterpreter(caller.exe);
}

QString holderText(const broker::CallerIdentity &caller)
{
    const broker::Ancestor holder = broker::sessionHolder(caller);
    if (holder.pid == caller.pid && holder.startTime == caller.startTime)
        return {};
    return ApprovalWindow::tr("%1 (process %2)").arg(fileName(holder.program())).arg(holder.pid);
}

QString sessionTip(const broker::CallerIdentity &caller)
{
    const QString holder = holderText(caller);
    return holder.isEmpty()
        ? ApprovalWindow::tr("Until this process ends; for what it starts too")
        : ApprovalWindow::tr("Until %1 ends; for whatever it starts").arg(holder);
}

Caution cautionAbout(const broker::Question &question)
{
    const broker::CallerIdentity &caller = *question.caller;
    if (question.changed) {
        return {ApprovalWindow::tr("This program was changed since you allowed it."),
            ApprovalWindow::tr("It was updated, or another one was put in its place. Allow it "
                               "again only if you know why.")};
    }
    if (caller.program().isEmpty()) {
        return {ApprovalWindow::tr("This program could not be identified."),
            ApprovalWindow::tr("It has no name to remember an answer by; it can be allowed once.")};
    }
    if (!caller.strong) {
        return {ApprovalWindow::tr("This program can't be known for certain."),
            ApprovalWindow::tr("It runs in a container, or this system can't vouch for it. It can "
                               "be allowed once, not for longer.")};
    }
    if (caller.foreign) {
        return {ApprovalWindow::tr("What runs is not the file at this path."),
            ApprovalWindow::tr("It was replaced since it was started. It can be allowed while it "
                               "runs, not for longer.")};
    }
    return {};
}

} // namespace chatelaine::ui
