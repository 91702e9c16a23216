// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

namespace chatelaine::test {

/// Locks the keyring that tests/support/with-keyring started, over D-Bus.
void lockKeyring();
/// What the keyring's own prompt does once the person has typed the password.
void unlockKeyring();

/// Of the program that offers org.freedesktop.secrets; 0: none does.
pid_t keyringPid();
/// Ends it with SIGKILL and waits until the bus has noticed.
void killKeyring();
/// Starts another one, unlocked, and waits until it is there.
void startKeyring();
/// Takes the items whose key begins so out of the keyring, as secret-tool or Seahorse does.
void clearKeyringItems(const char *keyPrefix);

} // namespace chatelaine::test
