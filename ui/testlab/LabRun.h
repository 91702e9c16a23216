// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/TestLab.h"
#include "ui/common/Services.h"

#include <QObject>

#include <memory>
#include <optional>

namespace chatelaine::ui {

/// The lab of this window: made when it is first started, and made anew when its options have
/// changed since. Runs in the window's thread; each request is a few dozen microseconds of it.
class LabRun : public QObject
{
    Q_OBJECT

public:
    explicit LabRun(Services &services, QObject *parent = nullptr);
    ~LabRun() override;

    bool isRunning() const { return m_lab && m_lab->isRunning(); }
    /// The one that runs, or ran last; null before the first start.
    testlab::TestLab *lab() const { return m_lab.get(); }
    /// Why the last start, or the last fault that was switched, did not work.
    const std::optional<Error> &error() const { return m_error; }

    const testlab::LabOptions &options() const { return m_options; }
    /// They hold from the next start.
    void setOptions(const testlab::LabOptions &options);
    /// The lab that runs has others than these.
    bool needsRestart() const { return isRunning() && m_changed; }

    void start();
    void stop();
    void startOver();

    QStringList faults() const { return m_lab ? m_lab->faults() : m_faults; }
    void setFault(const QString &name, bool on);
    void clearFaults();

Q_SIGNALS:
    void stateChanged(); ///< started, stopped, or failed to
    void exchanged(const chatelaine::testlab::Exchange &exchange);
    void emptied(); ///< what was seen so far is forgotten
    void faultsChanged();

private:
    void make();

    Services &m_services;
    testlab::LabOptions m_options;
    QStringList m_faults; ///< to be on from the first start
    bool m_changed = false;
    std::unique_ptr<testlab::TestLab> m_lab;
    std::optional<Error> m_error;
};

} // namespace chatelaine::ui
