// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/vault/Vault.h"

#include <QHash>

namespace chatelaine {

/// Holds its items until it goes: for --private and for tests. Open from the start; lock() closes
/// it (the items stay) and any unlock() opens it again.
class MemoryVault : public Vault
{
    Q_OBJECT

public:
    MemoryVault();

    Kind kind() const override;
    QString description() const override;
    Task<Result<Secret>> read(QString key, std::stop_token stop) override;
    Task<Result<void>> write(QString key, Secret value) override;
    Task<Result<void>> remove(QString key) override;
    Task<Result<void>> unlock(Secret passphrase, std::stop_token stop) override;
    void lock() override;

private:
    QHash<QString, Secret> m_items;
};

} // namespace chatelaine
