// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Page.h"

class QLabel;

namespace chatelaine::ui {

/// Settings: each is saved at once, and a change that fails says so under its field.
class SettingsPage : public Page
{
    Q_OBJECT

public:
    SettingsPage(Services &services, QWidget *parent = nullptr);

protected:
    void retranslate() override;

private:
    QLabel *m_title;
};

} // namespace chatelaine::ui
