// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testlab/LabRun.h"

#include "core/broker/Broker.h"

namespace chatelaine::ui {

LabRun::LabRun(Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{ }

LabRun::~LabRun() = default;

void LabRun::setOptions(const testlab::LabOptions &options)
{
    m_options = options;
    m_changed = true;
    Q_EMIT stateChanged();
}

void LabRun::make()
{
    m_faults = faults();
    testlab::LabOptions options = m_options;
    options.faults = m_faults;
    m_lab = std::make_unique<testlab::TestLab>(
        m_services.broker.clock(), m_services.broker.random(), &m_services.http, options);
    m_changed = false;
    connect(m_lab.get(), &testlab::TestLab::exchanged, this,
        [this, before = m_faults](const testlab::Exchange &exchange) mutable {
            Q_EMIT exchanged(exchange);
            // There is a fault that ends by itself.
            if (const QStringList now = faults(); now != before) {
                before = now;
                Q_EMIT faultsChanged();
            }
        });
    Q_EMIT emptied();
}

void LabRun::start()
{
    if (isRunning())
        return;
    if (!m_lab || m_changed)
        make();
    const Result<void> started = m_lab->start();
    m_error = started ? std::nullopt : std::optional(started.error());
    if (!started) {
        m_faults = m_lab->faults();
        m_lab.reset();
    }
    Q_EMIT stateChanged();
}

void LabRun::stop()
{
    if (!isRunning())
        return;
    m_lab->stop();
    Q_EMIT stateChanged();
}

void LabRun::startOver()
{
    if (!m_lab)
        return;
    const Result<void> done = m_lab->startOver();
    m_error = done ? std::nullopt : std::optional(done.error());
    Q_EMIT emptied();
    Q_EMIT stateChanged();
}

void LabRun::setFault(const QString &name, bool on)
{
    if (m_lab) {
        const Result<void> done = m_lab->setFault(name, on);
        m_error = done ? std::nullopt : std::optional(done.error());
        if (!done)
            Q_EMIT stateChanged();
    } else if (on && !m_faults.contains(name)) {
        m_faults.append(name);
    } else if (!on) {
        m_faults.removeAll(name);
    }
    Q_EMIT faultsChanged();
}

void LabRun::clearFaults()
{
    m_faults.clear();
    if (m_lab)
        m_lab->clearFaults();
    Q_EMIT faultsChanged();
}

} // namespace chatelaine::ui
