// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"
#include "ui/common/Services.h"

class QComboBox;
class QLineEdit;
class QPushButton;

namespace chatelaine::ui {

class Card;
class SettingRow;

/// How requests leave this machine.
class NetworkSettings : public Pane
{
    Q_OBJECT

public:
    NetworkSettings(Services &services, QWidget *parent);

protected:
    void retranslate() override;

private:
    void refresh();
    void saveProxy(const QString &value);
    void save(QLineEdit *line, SettingRow *row, const QString &key);
    void chooseCaFile();

    Services &m_services;
    Card *m_card;
    QComboBox *m_proxyKind;
    QLineEdit *m_proxyUrl;
    SettingRow *m_proxyRow;
    QLineEdit *m_caFile;
    QPushButton *m_choose;
    SettingRow *m_caRow;
    QLineEdit *m_registry;
    SettingRow *m_registryRow;
};

} // namespace chatelaine::ui
