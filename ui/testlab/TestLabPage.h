// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Page.h"

class QPushButton;
class QTabWidget;

namespace chatelaine::ui {

class Banner;
class CopyField;
class FaultsPane;
class LabRun;
class OptionsPane;
class StatePill;

/// The test lab: an authorization server and a protected MCP server in this window, to try programs
/// against.
class TestLabPage : public Page
{
    Q_OBJECT

public:
    TestLabPage(Services &services, QWidget *parent = nullptr);

    void focusSearch() override;
    void setReachable(const QStringList &pageIds) override;
    LabRun &run() const { return *m_run; }

protected:
    void retranslate() override;

private:
    QWidget *makeAddresses();
    void onState();
    void onFaults();
    void addDemo();
    void restart();

    Services &m_services;
    LabRun *m_run;
    StatePill *m_state;
    QPushButton *m_reset;
    QPushButton *m_stop;
    QPushButton *m_start;
    QWidget *m_addresses;
    CopyField *m_resource;
    CopyField *m_issuer;
    QPushButton *m_add;
    Banner *m_banner;
    QPushButton *m_freePort;
    QTabWidget *m_tabs;
    FaultsPane *m_faults;
    OptionsPane *m_options;
    bool m_canLead = true; ///< there is a page of servers
};

} // namespace chatelaine::ui
