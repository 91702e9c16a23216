// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/registry/RegistrySearch.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

class QLabel;
class QLineEdit;
class QListView;
class QModelIndex;
class QPushButton;

namespace chatelaine::ui {

class Banner;
class Card;
class RegistryModel;

/// Looking for a server in the MCP Registry. Nothing is sent before something is typed here, and
/// then what was typed, to the registry that is named beside the field.
class RegistryPane : public Pane
{
    Q_OBJECT

public:
    explicit RegistryPane(Services &services, QWidget *parent = nullptr);

    /// Empty again, at the registry of the settings.
    void begin();
    void focusSearch();
    /// How high its list is now, and how high it may be: whole rows, two of them at the least.
    int listHeight() const;
    void setListRoom(int height);

Q_SIGNALS:
    void chosen(const registry::Remote &remote);

protected:
    void retranslate() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showState();
    void fitList();
    void choose(const QModelIndex &index);
    void moreNearTheEnd();

    Services &m_services;
    registry::RegistrySearch m_search;
    RegistryModel *m_model;
    int m_room = 0;
    Card *m_card;
    QLabel *m_intro;
    QLineEdit *m_text;
    QListView *m_list;
    Banner *m_trouble;
    QPushButton *m_retry;
    QLabel *m_summary;
    QPushButton *m_more;
};

} // namespace chatelaine::ui
