// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/flows/Household.h"

namespace chatelaine::test {

/// The way out, with answers that the test may hold back: the server has acted, nobody knows yet.
class HttpGate : public net::HttpClient
{
public:
    Task<Result<net::HttpResponse>> send(net::HttpRequest request, std::stop_token stop) override
    {
        const bool isHeld = holds(request);
        Result<net::HttpResponse> response = co_await inner->send(request, stop);
        if (isHeld) {
            ++held;
            const Completion<bool> until = released;
            co_await until;
        }
        if (response && !patience.isEmpty())
            response->headers.prepend(net::HttpHeader{"Retry-After", patience});
        co_return response;
    }
    Task<Result<net::HttpResponse>> stream(net::HttpRequest request,
        std::function<bool(QByteArrayView)> onData, std::stop_token stop) override
    {
        const bool isHeld = holds(request);
        Result<net::HttpResponse> response = co_await inner->stream(request, onData, stop);
        if (isHeld) {
            ++held;
            const Completion<bool> until = released;
            co_await until;
        }
        co_return response;
    }
    Task<Result<net::Reach>> reachOf(QUrl url, std::stop_token stop) override
    {
        return inner->reachOf(std::move(url), std::move(stop));
    }
    void setWayOut(const net::WayOut &way) override { inner->setWayOut(way); }
    /// Lets go what is held, and holds `next` from now on.
    void release(const QString &next = {})
    {
        holding = next;
        Completion<bool> all = std::exchange(released, {});
        all.set(true);
    }
    bool holds(const net::HttpRequest &request) const
    {
        return !holding.isEmpty()
            && (request.url.path().contains(holding) || request.body.contains(holding.toUtf8()));
    }

    net::HttpClient *inner = nullptr;
    QString holding; ///< a part of the path or of the body; empty: nothing is held
    int held = 0;
    QByteArray patience; ///< what is said in Retry-After instead; empty: what the server says
    Completion<bool> released;
};

/// A vault that is slow to write, or has no room, for as long as the test wants.
class VaultGate : public Vault
{
public:
    Kind kind() const override { return as; }
    QString description() const override { return {}; }
    Task<Result<Secret>> read(QString key, std::stop_token stop) override
    {
        if (silent) {
            const Completion<Result<void>> until = spoken;
            const Result<void> heard = co_await orCancelled(until, stop);
            if (!heard)
                co_return failure(heard.error());
        }
        co_return co_await inner->read(std::move(key), std::move(stop));
    }
    Task<Result<void>> write(QString key, Secret value) override
    {
        if (failing)
            co_return failure(ErrorCode::DiskFull, QStringLiteral("The disk is full."));
        if (hung) {
            givenUp.insert(key, value);
            co_return failure(ErrorCode::VaultUnavailable, QStringLiteral("It does not answer."));
        }
        if (holding) {
            ++held;
            const Completion<bool> until = released;
            co_await until;
        }
        if (silent) {
            const Completion<Result<void>> until = spoken;
            co_await until;
        }
        co_return co_await inner->write(key, value);
    }
    Task<Result<void>> remove(QString key) override { return inner->remove(std::move(key)); }
    Task<Result<void>> unlock(Secret passphrase, std::stop_token stop) override
    {
        ++unlocks;
        if (prompting) {
            const Completion<Result<void>> until = answered;
            const std::stop_token heard = deaf ? std::stop_token() : stop;
            const Result<void> answer = co_await orCancelled(until, heard);
            if (!answer)
                co_return failure(answer.error());
        }
        co_return co_await inner->unlock(passphrase, stop);
    }
    void lock() override { inner->lock(); }
    /// A keychain that hung does what it was asked for when it goes on.
    void recover()
    {
        hung = false;
        for (auto item = givenUp.cbegin(); item != givenUp.cend(); ++item)
            await(inner->write(item.key(), item.value()));
        givenUp.clear();
        setState(State::Unavailable);
        setState(State::Open);
    }
    void release()
    {
        holding = false;
        Completion<bool> all = std::exchange(released, {});
        all.set(true);
    }

    /// Answers all that it was asked while it was silent.
    void speak()
    {
        silent = false;
        Completion<Result<void>> all = std::exchange(spoken, {});
        all.set({});
    }

    /// Ends the prompt of all who wait for it, and opens where the answer is good.
    void answer(Result<void> how)
    {
        Completion<Result<void>> all = std::exchange(answered, {});
        all.set(std::move(how));
    }

    Vault *inner = nullptr;
    Kind as = Kind::Memory;
    bool prompting = false; ///< it opens once the test has said what comes of it
    bool deaf = false; ///< and not sooner, whoever calls it off
    int unlocks = 0; ///< how often it was asked to open
    Completion<Result<void>> answered;
    bool holding = false;
    bool silent = false; ///< neither reads nor writes
    Completion<Result<void>> spoken;
    bool failing = false;
    bool hung = false; ///< fails, and has what it was given in `givenUp`
    QHash<QString, Secret> givenUp;
    int held = 0;
    Completion<bool> released;
};

/// A household that goes out through the gates.
class GatedHousehold
{
public:
    explicit GatedHousehold(testlab::LabOptions options = Household::approving())
        : house(std::move(options))
    {
        http.inner = &house.http;
        vault.inner = &house.vault;
        house.heart = std::make_unique<credentials::Credentials>(credentials::Context{
            http, house.clock, house.random, vault, *house.store, *house.audit});
        house.load();
    }

    QString signedIn()
    {
        const QString id = house.add().account.id;
        const auto result = house.signIn(id);
        if (!result)
            qFatal("%s", qPrintable(result.error().message));
        return id;
    }

    HttpGate http;
    VaultGate vault;
    Household house; // goes first
};

} // namespace chatelaine::test
