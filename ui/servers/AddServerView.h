// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Types.h"
#include "core/registry/RegistryPage.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

#include <QJsonObject>

#include <optional>
#include <stop_token>

class QLabel;
class QLineEdit;
class QPushButton;

namespace chatelaine::ui {

class AddForm;
class Banner;
class Card;
class KeyValueGrid;
class ProgressSteps;
class RegistryPane;

/// Adding a server: one field, and the MCP Registry beside it for who has no address. What stands
/// behind the address is found out while one looks on, and one sentence says what will happen.
class AddServerView : public Pane
{
    Q_OBJECT

public:
    explicit AddServerView(Services &services, QWidget *parent = nullptr);
    ~AddServerView() override;

    /// Empty, with the keyboard in the field.
    void begin();
    void setUrl(const QString &url);
    /// Finds out, or once more, what is behind the address; nothing without one.
    void check();
    /// How high the place is that it is seen through: the registry's list gets what is left of it,
    /// so that there is one thing to scroll.
    void setRoom(int height);
    void focusAddress();
    /// To the registry, where that is to be seen.
    void focusSearch();

Q_SIGNALS:
    void added(const QString &accountId, bool signIn);
    void cancelled();
    /// The person is wanted there, which may be out of sight.
    void wanted(QWidget *where);

protected:
    void retranslate() override;
    bool event(QEvent *event) override;

private:
    void fit();
    void onEdited(const QString &text);
    void stopCheck();
    void stepEnded(const QJsonObject &step);
    void found(const Result<QJsonObject> &report);
    void showReport();
    void add();
    void enableAdding();
    void setWrong(bool wrong);
    void takeFromRegistry(const registry::Remote &remote);
    void showSources();

    Services &m_services;
    std::stop_source m_stop;
    bool m_checking = false;
    bool m_checked = false;
    bool m_saving = false;
    qsizetype m_length = 0;
    QJsonObject m_report;
    std::optional<credentials::AccountView> m_known; ///< an account of the server, if it is there
    Error m_error;
    std::optional<registry::Variable> m_toFillIn; ///< part of an address from the registry

    QPushButton *m_back;
    QLabel *m_title;
    QLabel *m_intro;
    QLabel *m_urlLabel;
    QLineEdit *m_url;
    QPushButton *m_check;
    QLabel *m_wrong;
    QLabel *m_hint;
    RegistryPane *m_registry;
    int m_room = 0;
    Card *m_steps;
    ProgressSteps *m_progress;
    Card *m_result;
    QLabel *m_sentence;
    KeyValueGrid *m_facts;
    Banner *m_problem;
    AddForm *m_form;
    QPushButton *m_add;
    QPushButton *m_addOnly;
};

} // namespace chatelaine::ui
