// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Services.h"
#include "ui/settings/SettingRow.h"

#include <functional>

class QCheckBox;
class QComboBox;

namespace chatelaine::ui {

/// A setting of the broker as yes or no. Saves at once, and follows what others change.
class FlagRow : public SettingRow
{
    Q_OBJECT

public:
    FlagRow(Services &services, const char *key, QWidget *parent);

    void setWords(const QString &label, const QString &box, const QString &sentence);

private:
    void refresh();

    Services &m_services;
    const QString m_key;
    QCheckBox *m_box;
};

/// A setting of the broker that is a number, as a list of some that make sense; another one that
/// somebody has set is in the list too.
class NumberRow : public SettingRow
{
    Q_OBJECT

public:
    NumberRow(Services &services, const char *key, QList<qint64> numbers, QWidget *parent);

    /// `name`: how a number is told.
    void setWords(
        const QString &label, const QString &sentence, const std::function<QString(qint64)> &name);

private:
    void refresh();
    void fill();

    Services &m_services;
    const QString m_key;
    const QList<qint64> m_numbers;
    QComboBox *m_box;
    std::function<QString(qint64)> m_name;
};

} // namespace chatelaine::ui
