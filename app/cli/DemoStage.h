// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Programs.h"
#include "app/cli/Session.h"
#include "core/base/Paths.h"

#include <QTemporaryDir>

#include <optional>

namespace chatelaine::cli {

/// What the demo plays on: a home in a temporary directory, a test lab and a broker of its own.
/// All of it is gone when the object is.
class DemoStage
{
public:
    /// `display`: a person approves in a browser; otherwise the lab does and is its own browser.
    static Result<std::unique_ptr<DemoStage>> build(bool display);
    DemoStage(const DemoStage &) = delete;
    DemoStage &operator=(const DemoStage &) = delete;
    ~DemoStage();

    const QString &mcpUrl() const { return m_mcpUrl; }
    const QString &issuer() const { return m_issuer; }
    /// Where the keys are: a sentence.
    const QString &vault() const { return m_vault; }

    /// Makes a call at one of the broker's sockets.
    Result<QJsonObject> call(client::Socket which, const QString &method,
                             const QJsonObject &params = {});

private:
    DemoStage();
    Result<void> startLab(bool autoApprove);
    Result<void> startBroker();
    Result<QJsonObject> startBrokerWith(const QStringList &arguments);

    QTemporaryDir m_home;
    Paths m_paths;
    std::optional<Child> m_lab;
    std::optional<Child> m_broker;
    QString m_mcpUrl;
    QString m_issuer;
    QString m_vault;
};

} // namespace chatelaine::cli
