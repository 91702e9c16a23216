// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/Vault.h"

namespace chatelaine {

void Vault::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

QString vaultKindName(Vault::Kind kind)
{
    switch (kind) {
    case Vault::Kind::Keychain:
        return QStringLiteral("keychain");
    case Vault::Kind::EncryptedFile:
        return QStringLiteral("encrypted_file");
    case Vault::Kind::Memory:
        return QStringLiteral("memory");
    }
    return {};
}

QString vaultStateName(Vault::State state)
{
    switch (state) {
    case Vault::State::Unknown:
        return QStringLiteral("unknown");
    case Vault::State::Open:
        return QStringLiteral("open");
    case Vault::State::Locked:
        return QStringLiteral("locked");
    case Vault::State::Unavailable:
        return QStringLiteral("unavailable");
    }
    return {};
}

} // namespace chatelaine
