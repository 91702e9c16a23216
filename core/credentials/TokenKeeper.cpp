// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/TokenKeeper.h"

#include "core/vault/Vault.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace chatelaine::credentials {

TokenKeeper::TokenKeeper(Vault &vault)
    : m_vault(vault)
{ }

QString TokenKeeper::key(const QString &accountId)
{
    return QStringLiteral("tokens/") + accountId;
}

const TokenItem *TokenKeeper::inMemory(const QString &accountId) const
{
    const auto entry = m_entries.constFind(accountId);
    return entry == m_entries.cend() ? nullptr : &entry->item;
}

const TokenItem *TokenKeeper::kept(const QString &accountId) const
{
    const auto entry = m_entries.constFind(accountId);
    return entry == m_entries.cend() || !entry->saved ? nullptr : &entry->item;
}

Task<Result<TokenItem>> TokenKeeper::get(QString accountId, std::stop_token stop)
{
    if (const auto entry = m_entries.constFind(accountId); entry != m_entries.cend()) {
        const TokenItem item = entry->item;
        if (entry->saved)
            co_return item;
        // A slow keychain is not asked once more by each who waits for it.
        Result<void> written;
        if (const auto writing = entry->writing; writing)
            written = co_await orCancelled(*writing, stop);
        else
            written = co_await put(accountId, item, OnFailure::Keep);
        if (!written)
            co_return failure(written.error());
        co_return item;
    }
    if (const auto reading = m_reading.constFind(accountId); reading != m_reading.cend()) {
        const Completion<Result<TokenItem>> shared = *reading;
        co_return co_await orCancelled(shared, stop);
    }
    Completion<Result<TokenItem>> done;
    m_reading.insert(accountId, done);
    const quint64 epoch = m_epoch;
    const Result<Secret> bytes = co_await m_vault.read(key(accountId), {});
    Result<TokenItem> result = bytes ? decode(*bytes) : Result<TokenItem>(failure(bytes.error()));
    m_reading.remove(accountId);
    // Somebody may have put newer tokens there while we read.
    if (const auto entry = m_entries.constFind(accountId); entry != m_entries.cend())
        result = entry->item;
    else if (result && epoch == m_epoch && !m_forgetting)
        m_entries.insert(accountId, Entry{*result});
    done.set(result);
    co_return result;
}

Task<Result<void>> TokenKeeper::put(QString accountId, TokenItem item, OnFailure onFailure)
{
    const qint64 generation = item.generation;
    const Secret bytes = encode(item);
    std::optional<Entry> before;
    if (const auto entry = m_entries.constFind(accountId); entry != m_entries.cend())
        before = *entry;
    Completion<Result<void>> writing;
    m_entries.insert(accountId, Entry{std::move(item), false, false, writing});
    const Result<void> written = co_await m_vault.write(key(accountId), bytes);
    if (written)
        m_late.remove(accountId);
    const auto entry = m_entries.find(accountId);
    if (entry != m_entries.end() && entry->item.generation == generation) {
        entry->writing.reset();
        if (written && m_forgetting) {
            m_entries.erase(entry);
        } else if (written) {
            entry->saved = true;
        } else if (onFailure == OnFailure::Undo && before) {
            *entry = *before;
            entry->writing.reset();
            if (written.error().code == ErrorCode::VaultUnavailable)
                entry->doubtful = true;
            if (m_forgetting && !entry->isNeeded())
                m_entries.erase(entry);
        } else if (onFailure == OnFailure::Undo) {
            m_entries.erase(entry);
            if (written.error().code == ErrorCode::VaultUnavailable)
                m_late.insert(accountId, generation);
        }
    }
    writing.set(written);
    co_return written;
}

Task<Result<void>> TokenKeeper::drop(QString accountId, qint64 generation)
{
    if (generation >= 0) {
        // Memory may have been forgotten meanwhile; the vault's item may be a newer one.
        const Result<TokenItem> present = co_await get(accountId, {});
        if (!present && present.error().code != ErrorCode::Internal) {
            const bool gone = present.error().code == ErrorCode::NotFound;
            co_return gone ? Result<void>() : Result<void>(failure(present.error()));
        }
        if (present && present->generation != generation)
            co_return {};
    }
    m_entries.remove(accountId);
    co_return co_await m_vault.remove(key(accountId));
}

bool TokenKeeper::holdsUnsaved() const
{
    return std::any_of(m_entries.cbegin(), m_entries.cend(), std::mem_fn(&Entry::isNeeded));
}

QStringList TokenKeeper::unsaved() const
{
    QStringList ids;
    for (auto entry = m_entries.cbegin(); entry != m_entries.cend(); ++entry) {
        if (!entry->saved)
            ids.append(entry.key());
    }
    return ids;
}

QStringList TokenKeeper::toBeWritten() const
{
    QStringList ids;
    for (auto entry = m_entries.cbegin(); entry != m_entries.cend(); ++entry) {
        if (entry->isNeeded())
            ids.append(entry.key());
    }
    return ids;
}

Task<Result<void>> TokenKeeper::rewrite(QString accountId)
{
    const auto entry = m_entries.constFind(accountId);
    if (entry == m_entries.cend() || !entry->isNeeded())
        co_return {};
    if (const auto underWay = entry->writing)
        co_return co_await *underWay;
    // What was saved before stays fit to be lent, whatever comes of this.
    const OnFailure otherwise = entry->saved ? OnFailure::Undo : OnFailure::Keep;
    const TokenItem item = entry->item;
    co_return co_await put(accountId, item, otherwise);
}

bool TokenKeeper::mayBeLate(const QString &accountId, qint64 generation) const
{
    return !m_entries.contains(accountId) && m_late.value(accountId, -1) == generation;
}

Task<Result<void>> TokenKeeper::removeLate(std::stop_token stop)
{
    const QHash<QString, qint64> late = m_late;
    for (auto one = late.cbegin(); one != late.cend(); ++one) {
        const QString id = one.key();
        const qint64 generation = one.value();
        if (!mayBeLate(id, generation))
            continue;
        const Result<Secret> bytes = co_await m_vault.read(key(id), {});
        if (stop.stop_requested())
            co_return cancelled();
        // Somebody may have signed in meanwhile, with the same number.
        if (!mayBeLate(id, generation) || (!bytes && bytes.error().code != ErrorCode::NotFound))
            continue;
        // A write that begins from here on comes after the removal.
        m_late.remove(id);
        const Result<TokenItem> item = bytes ? decode(*bytes) : failure(bytes.error());
        if (item && item->generation == generation)
            co_await m_vault.remove(key(id));
        if (stop.stop_requested())
            co_return cancelled();
    }
    co_return Result<void>{};
}

void TokenKeeper::forget()
{
    ++m_epoch;
    m_entries.removeIf([](const auto &entry) { return !entry.value().isNeeded(); });
}

void TokenKeeper::setForgetting(bool forgetting)
{
    m_forgetting = forgetting;
    if (forgetting)
        forget();
}

} // namespace chatelaine::credentials
