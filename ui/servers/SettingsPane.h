// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Types.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

#include <optional>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace chatelaine::ui {

class Banner;

/// What a person may set about a server and one of its accounts.
class SettingsPane : public Pane
{
    Q_OBJECT

public:
    explicit SettingsPane(Services &services, QWidget *parent = nullptr);

    /// Shows another account; what was typed for the same one stays.
    void show(const credentials::AccountView &view);

protected:
    void retranslate() override;

private:
    QLabel *addRow(QWidget *field);
    void load();
    void save();
    void chooseCaFile();
    void noteEdits();
    credentials::AccountChange typed() const;
    /// The lines "name=value"; nullopt when one is neither empty nor that.
    std::optional<QMap<QString, QString>> typedParams() const;

    Services &m_services;
    std::optional<credentials::AccountView> m_view;
    bool m_dirty = false;
    QFormLayout *m_form;
    QLineEdit *m_name;
    QLineEdit *m_account;
    QLineEdit *m_scopes;
    QComboBox *m_resourceMode;
    QLineEdit *m_resourceValue;
    QComboBox *m_redirectHost;
    QSpinBox *m_redirectPort;
    QPlainTextEdit *m_params;
    QLineEdit *m_clientId;
    QLineEdit *m_clientSecret;
    QLineEdit *m_caFile;
    QPushButton *m_browse;
    QList<QLabel *> m_labels;
    Banner *m_banner;
    QPushButton *m_save;
    QPushButton *m_revert;
};

} // namespace chatelaine::ui
