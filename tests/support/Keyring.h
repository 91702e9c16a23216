// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace chatelaine::test {

/// Locks the keyring that tests/support/with-keyring started, over D-Bus.
void lockKeyring();
/// What the keyring's own prompt does once the person has typed the password.
void unlockKeyring();

} // namespace chatelaine::test
