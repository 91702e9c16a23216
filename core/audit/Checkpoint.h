// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/Chain.h"
#include "core/base/Async.h"
#include "core/vault/Vault.h"

/// What the vault keeps for the history: the key, and how far it had come.
namespace chatelaine::audit {

/// The key "audit/key"; NotFound when there was never one.
Task<Result<Secret>> readKey(Vault *vault, std::stop_token stop);
Task<Result<void>> writeKey(Vault *vault, Secret key);

/// The checkpoint "audit/head"; seq 0 when there is none, or none that can be read.
Task<Result<Head>> readCheckpoint(Vault *vault, std::stop_token stop);
Task<Result<void>> writeCheckpoint(Vault *vault, Head head);

/// Removes both, for a history that ends with its profile: what was written can't be verified any
/// more.
Task<Result<void>> forgetHistory(Vault *vault);

} // namespace chatelaine::audit
