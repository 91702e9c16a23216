// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QPushButton;

namespace chatelaine::broker {
class Broker;
}

namespace chatelaine::ui {

/// Who has a connection to the broker now.
struct ConnectedPrograms
{
    QStringList names; ///< each once, in order
    int nameless = 0; ///< processes that could not be identified

    int count() const { return int(names.size()) + nameless; }
};
ConnectedPrograms connectedPrograms(broker::Broker &broker);

/// Asks whether to leave although programs are connected, or something was typed and not saved.
/// Accepted: leave. Blocks nothing.
class QuitDialog : public QDialog
{
    Q_OBJECT

public:
    /// `unsaved`: how many servers' settings would be lost.
    QuitDialog(ConnectedPrograms programs, int unsaved, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    const ConnectedPrograms m_programs;
    const int m_unsaved;
    QLabel *m_title;
    QLabel *m_sentence;
    QLabel *m_who;
    QLabel *m_lost;
    QPushButton *m_stay;
    QPushButton *m_quit;
};

} // namespace chatelaine::ui
