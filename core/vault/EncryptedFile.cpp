// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/EncryptedFile.h"

#include "core/base/Random.h"
#include "core/base/Sentence.h"

#include <QtEndian>

#include <cstring>
#include <new>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace chatelaine::encryptedfile {

namespace {

/// A key may still be derived in a thread when the process ends: OpenSSL is not to be taken down
/// under it. That has to be said before anything else begins to use it.
[[maybe_unused]] const int neverTakenDown =
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);

constexpr QByteArrayView magic("CHTLVLT\n", 8);
constexpr quint32 version = 1;
constexpr qsizetype nonceBytes = 12;
constexpr qsizetype tagBytes = 16;
constexpr qsizetype headerBytes = 8 + 4 + 12 + 16;
constexpr qsizetype checkBytes = nonceBytes + tagBytes;
constexpr qsizetype contentsAt = headerBytes + checkBytes + nonceBytes + tagBytes + 8;

tl::unexpected<Error> damaged(const QString &detail)
{
    return failure(ErrorCode::VaultUnavailable,
        Sentence::tr("The encrypted vault is damaged. It was left as it is; put back a "
                     "copy, or move it away and sign in again."),
        detail);
}

void append(QByteArray &to, quint32 number)
{
    const quint32 bytes = qToBigEndian(number);
    to.append(reinterpret_cast<const char *>(&bytes), sizeof bytes);
}

quint32 numberAt(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.data() + at);
}

const unsigned char *raw(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

struct Sealed
{
    QByteArray nonce;
    QByteArray tag;
    QByteArray text;
};

// NIST SP 800-38D. The nonce is random: a key sees far fewer than 2^32 writes.
Sealed encrypt(const Key &key, const QByteArray &aad, const QByteArray &plain)
{
    Sealed sealed{SystemRandom().bytes(nonceBytes), QByteArray(tagBytes, Qt::Uninitialized),
        QByteArray(plain.size(), Qt::Uninitialized)};
    const Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int length = 0;
    const auto out = reinterpret_cast<unsigned char *>(sealed.text.data());
    const bool good = EVP_EncryptInit_ex2(
                          context.get(), EVP_aes_256_gcm(), key.data(), raw(sealed.nonce), nullptr)
            == 1
        && EVP_EncryptUpdate(
               context.get(), nullptr, &length, raw(aad), static_cast<int>(aad.size()))
            == 1
        && EVP_EncryptUpdate(
               context.get(), out, &length, raw(plain), static_cast<int>(plain.size()))
            == 1
        && EVP_EncryptFinal_ex(context.get(), out + length, &length) == 1
        && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tagBytes, sealed.tag.data())
            == 1;
    if (!good)
        qFatal("OpenSSL has no AES-256-GCM.");
    return sealed;
}

std::optional<QByteArray> decrypt(const Key &key, QByteArrayView aad, QByteArrayView nonce,
    QByteArrayView tag, QByteArrayView text)
{
    QByteArray plain(text.size(), Qt::Uninitialized);
    QByteArray expected = tag.toByteArray();
    const Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int length = 0;
    const auto out = reinterpret_cast<unsigned char *>(plain.data());
    const bool good =
        EVP_DecryptInit_ex2(context.get(), EVP_aes_256_gcm(), key.data(), raw(nonce), nullptr) == 1
        && EVP_DecryptUpdate(
               context.get(), nullptr, &length, raw(aad), static_cast<int>(aad.size()))
            == 1
        && EVP_DecryptUpdate(context.get(), out, &length, raw(text), static_cast<int>(text.size()))
            == 1
        && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tagBytes, expected.data()) == 1
        && EVP_DecryptFinal_ex(context.get(), out + length, &length) == 1;
    if (good)
        return plain;
    wipe(plain);
    return std::nullopt;
}

QByteArray headerOf(const KdfParams &params)
{
    QByteArray header = magic.toByteArray();
    append(header, version);
    append(header, params.log2N);
    append(header, params.r);
    append(header, params.p);
    header.append(params.salt.data(), static_cast<qsizetype>(params.salt.size()));
    return header;
}

size_t pageBytes()
{
    return static_cast<size_t>(::sysconf(_SC_PAGESIZE));
}

} // namespace

Key::Key()
    : m_bytes(static_cast<unsigned char *>(std::aligned_alloc(pageBytes(), pageBytes())))
{
    if (!m_bytes)
        throw std::bad_alloc();
    std::memset(m_bytes, 0, pageBytes());
    // A limit of RLIMIT_MEMLOCK is no reason to refuse. The calls themselves: AddressSanitizer makes
    // the library's do nothing.
    ::syscall(SYS_mlock, m_bytes, pageBytes());
    ::madvise(m_bytes, pageBytes(), MADV_DONTDUMP);
}

Key::~Key()
{
    explicit_bzero(m_bytes, pageBytes());
    ::madvise(m_bytes, pageBytes(), MADV_DODUMP);
    ::syscall(SYS_munlock, m_bytes, pageBytes());
    std::free(m_bytes);
}

KdfParams newParams()
{
    KdfParams params;
    const QByteArray salt = SystemRandom().bytes(static_cast<qsizetype>(params.salt.size()));
    std::memcpy(params.salt.data(), salt.constData(), params.salt.size());
    return params;
}

Result<std::shared_ptr<const Key>> deriveKey(const Secret &passphrase, const KdfParams &params)
{
    auto key = std::make_shared<Key>();
    const QByteArrayView text = passphrase.expose();
    const quint64 n = quint64(1) << params.log2N;
    const quint64 memory = 256 * n * params.r + 1024 * 1024;
    if (EVP_PBE_scrypt(text.isEmpty() ? "" : text.data(), static_cast<size_t>(text.size()),
            reinterpret_cast<const unsigned char *>(params.salt.data()), params.salt.size(), n,
            params.r, params.p, memory, key->data(), Key::size)
        != 1) {
        return failure(ErrorCode::VaultUnavailable,
            Sentence::tr("The vault's key could not be computed: there is not enough "
                         "memory. Close some programs and try again."));
    }
    return std::shared_ptr<const Key>(std::move(key));
}

Result<KdfParams> readParams(const QByteArray &file)
{
    if (file.size() < contentsAt || !file.startsWith(magic))
        return damaged(QStringLiteral("too short, or no magic"));
    if (numberAt(file, 8) != version) {
        return failure(ErrorCode::VaultUnavailable,
            Sentence::tr("The encrypted vault was written by a newer Chatelaine. It was "
                         "left as it is; install the newer version."));
    }
    KdfParams params;
    params.log2N = numberAt(file, 12);
    params.r = numberAt(file, 16);
    params.p = numberAt(file, 20);
    std::memcpy(params.salt.data(), file.constData() + 24, params.salt.size());
    // 1 GiB and a few seconds at most; and not so little that guessing gets cheap.
    if (params.log2N < 14 || params.log2N > 20 || params.r != 8 || params.p < 1 || params.p > 4)
        return damaged(QStringLiteral("scrypt parameters out of range"));
    return params;
}

Result<Items> open(const QByteArray &file, const Key &key)
{
    if (file.size() < contentsAt)
        return damaged(QStringLiteral("too short"));
    const QByteArrayView bytes(file);
    const QByteArrayView header = bytes.first(headerBytes);
    const auto right = decrypt(key, header, bytes.sliced(headerBytes, nonceBytes),
        bytes.sliced(headerBytes + nonceBytes, tagBytes), {});
    if (!right) {
        return failure(
            ErrorCode::Locked, Sentence::tr("That is not the vault's passphrase. Try again."));
    }
    const qsizetype at = headerBytes + checkBytes;
    const auto length = qFromBigEndian<quint64>(bytes.data() + at + nonceBytes + tagBytes);
    if (length != static_cast<quint64>(bytes.size() - contentsAt))
        return damaged(QStringLiteral("another length than it says"));
    auto plain = decrypt(key, bytes.first(at), bytes.sliced(at, nonceBytes),
        bytes.sliced(at + nonceBytes, tagBytes), bytes.sliced(contentsAt));
    if (!plain)
        return damaged(QStringLiteral("the contents' tag is wrong"));

    Items items;
    QByteArrayView rest(*plain);
    const auto take = [&rest]() -> std::optional<QByteArrayView> {
        if (rest.size() < 4)
            return std::nullopt;
        const quint32 size = numberAt(rest, 0);
        if (size > static_cast<quint64>(rest.size() - 4))
            return std::nullopt;
        const QByteArrayView part = rest.sliced(4, size);
        rest = rest.sliced(4 + static_cast<qsizetype>(size));
        return part;
    };
    bool good = true;
    while (good && !rest.isEmpty()) {
        const auto name = take();
        const auto value = name ? take() : std::nullopt;
        good = value.has_value();
        if (good)
            items.insert(QString::fromUtf8(*name), Secret::copyOf(*value));
    }
    wipe(*plain);
    if (!good)
        return damaged(QStringLiteral("the items do not add up"));
    return items;
}

QByteArray seal(const Items &items, const KdfParams &params, const Key &key)
{
    qsizetype size = 0;
    for (auto it = items.cbegin(); it != items.cend(); ++it)
        size += 8 + it.key().toUtf8().size() + it->size();
    QByteArray plain;
    // At once: a buffer that grows leaves pieces behind.
    plain.reserve(size);
    for (auto it = items.cbegin(); it != items.cend(); ++it) {
        const QByteArray name = it.key().toUtf8();
        append(plain, static_cast<quint32>(name.size()));
        plain.append(name);
        append(plain, static_cast<quint32>(it->size()));
        plain.append(it->expose());
    }
    QByteArray file = headerOf(params);
    const Sealed check = encrypt(key, file, {});
    file += check.nonce + check.tag;
    const Sealed contents = encrypt(key, file, plain);
    wipe(plain);
    file += contents.nonce + contents.tag;
    const quint64 length = qToBigEndian(static_cast<quint64>(contents.text.size()));
    file.append(reinterpret_cast<const char *>(&length), sizeof length);
    return file + contents.text;
}

} // namespace chatelaine::encryptedfile
