// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/base/Secret.h"

#include <QMap>

#include <array>
#include <memory>

/// The format of the encrypted vault, bytes in and bytes out. Numbers are big-endian.
///
///     magic "CHTLVLT\n" (8) || version = 1 (4)
///     || scrypt: log2 N (4), r (4), p (4), salt (16)                     the header, 40 bytes
///     || check: nonce (12), GCM tag (16) of nothing, header as AAD       the passphrase is right
///     || contents: nonce (12), GCM tag (16), length (8), ciphertext      header || check as AAD
///
/// The ciphertext holds, for each item: key length (4), key, value length (4), value. A wrong
/// passphrase fails at the check, and so does a changed header, which can't be told from it; damage
/// behind it fails at the contents.
namespace chatelaine::encryptedfile {

struct KdfParams
{
    quint32 log2N = 17;
    quint32 r = 8;
    quint32 p = 1;
    std::array<char, 16> salt = {};
};

/// 32 bytes that are wiped when they go and kept out of swap where the system allows it.
class Key
{
public:
    Key();
    ~Key();
    Q_DISABLE_COPY_MOVE(Key)

    unsigned char *data() { return m_bytes; }
    const unsigned char *data() const { return m_bytes; }
    static constexpr size_t size = 32;

private:
    unsigned char *m_bytes; ///< a page of its own
};

using Items = QMap<QString, Secret>;

KdfParams newParams();

/// scrypt (RFC 7914); takes about a third of a second and 128 MiB. Any thread.
Result<std::shared_ptr<const Key>> deriveKey(const Secret &passphrase, const KdfParams &params);

/// VaultUnavailable when it is no vault, of a newer version, or asks for parameters that nobody
/// would have written (a tampered file must not take all memory).
Result<KdfParams> readParams(const QByteArray &file);

/// Locked when the key is not the right one, VaultUnavailable when the file is damaged.
Result<Items> open(const QByteArray &file, const Key &key);

QByteArray seal(const Items &items, const KdfParams &params, const Key &key);

} // namespace chatelaine::encryptedfile
