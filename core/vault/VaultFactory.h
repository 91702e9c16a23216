// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Paths.h"
#include "core/vault/Vault.h"

#include <memory>

namespace chatelaine {

class Clock;

/// What the items' user attribute begins with for these paths: "" or 12 hex digits and a slash.
QString keychainPrefix(const Paths &paths);

/// The vault of that kind for these paths. Nothing is opened, asked or made yet. The clock outlives
/// the vault. Keychain items of another data directory than the user's usual one (CHATELAINE_HOME,
/// XDG_DATA_HOME) get a prefix of their own, so that two profiles do not share a history key.
std::unique_ptr<Vault> createVault(Vault::Kind kind, const Paths &paths, Clock &clock);

} // namespace chatelaine
