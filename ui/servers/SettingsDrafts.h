// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Secret.h"
#include "ui/common/Services.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace chatelaine::ui {

/// What was typed into the settings of accounts and neither saved nor taken back. In memory alone:
/// it goes with the program, with its account, and a secret with the next lock.
class SettingsDrafts : public QObject
{
    Q_OBJECT

public:
    /// Only what differs from what is stored, so that all else follows changes made elsewhere.
    struct Draft
    {
        QHash<int, QString> texts; ///< by field
        Secret clientSecret;

        bool isEmpty() const { return texts.isEmpty() && clientSecret.isEmpty(); }
    };

    explicit SettingsDrafts(Services &services, QObject *parent = nullptr);

    Draft of(const QString &accountId) const { return m_drafts.value(accountId); }
    bool has(const QString &accountId) const { return m_drafts.contains(accountId); }
    int count() const { return int(m_drafts.size()); }
    /// An empty one discards what there was.
    void keep(const QString &accountId, const Draft &draft);
    /// Takes out what was saved; what was typed after that stays.
    void saved(const QString &accountId, const Draft &what);
    /// Whether a lock took a secret out of it that was not typed again.
    bool hasLostSecret(const QString &accountId) const { return m_lost.contains(accountId); }

Q_SIGNALS:
    /// That account has a draft now, or no longer, or another one.
    void changed(const QString &accountId);

private:
    void forgetSecrets();

    QHash<QString, Draft> m_drafts;
    QSet<QString> m_lost;
};

} // namespace chatelaine::ui
