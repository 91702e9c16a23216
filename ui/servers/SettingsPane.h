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
class SettingsDrafts;

/// What a person may set about a server and one of its accounts. What they have typed and not saved
/// is kept for each account until they come back to it.
class SettingsPane : public Pane
{
    Q_OBJECT

public:
    SettingsPane(Services &services, SettingsDrafts &drafts, QWidget *parent = nullptr);

    void show(const credentials::AccountView &view);

protected:
    void retranslate() override;

private:
    QLabel *addRow(QWidget *field);
    void fill();
    void follow();
    void save();
    void discard();
    void chooseCaFile();
    void noteEdits();
    QString text(int field) const;
    void setText(int field, const QString &text);
    credentials::AccountChange typed() const;
    /// The lines "name=value"; nullopt when one is neither empty nor that.
    std::optional<QMap<QString, QString>> typedParams() const;

    Services &m_services;
    SettingsDrafts &m_drafts;
    std::optional<credentials::AccountView> m_view;
    bool m_filling = false;
    bool m_saving = false;
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
    QLabel *m_unsaved;
};

} // namespace chatelaine::ui
