// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/MemoryVault.h"

#include "core/base/Sentence.h"

namespace chatelaine {

namespace {

tl::unexpected<Error> locked()
{
    return failure(ErrorCode::Locked, Sentence::tr("Chatelaine is locked. Run: chatelaine unlock"));
}

} // namespace

MemoryVault::MemoryVault()
{
    setState(State::Open);
}

Vault::Kind MemoryVault::kind() const
{
    return Kind::Memory;
}

QString MemoryVault::description() const
{
    return state() == State::Open
        ? Sentence::tr("Secrets are in this process's memory and go with it.")
        : Sentence::tr("Secrets are in this process's memory, locked.");
}

Task<Result<Secret>> MemoryVault::read(QString key, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    if (state() != State::Open)
        co_return locked();
    const auto item = m_items.constFind(key);
    if (item == m_items.cend()) {
        co_return failure(
            ErrorCode::NotFound, Sentence::tr("The vault holds no item named %1.").arg(key));
    }
    co_return *item;
}

Task<Result<void>> MemoryVault::write(QString key, Secret value)
{
    if (state() != State::Open)
        co_return locked();
    m_items.insert(key, value);
    co_return {};
}

Task<Result<void>> MemoryVault::remove(QString key)
{
    if (state() != State::Open)
        co_return locked();
    m_items.remove(key);
    co_return {};
}

Task<Result<void>> MemoryVault::unlock(Secret passphrase, std::stop_token stop)
{
    Q_UNUSED(passphrase);
    Q_UNUSED(stop);
    setState(State::Open);
    co_return {};
}

void MemoryVault::lock()
{
    setState(State::Locked);
}

} // namespace chatelaine
