// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Words.h"

#include "ui/common/Times.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace chatelaine::ui {

namespace {

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

/// The context of these words for Linguist.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

QString absoluteTime(UtcMs time)
{
    return time == 0 ? QString() : timeText(time, DayStyle::Year, ClockStyle::Minutes);
}

QString shortTime(UtcMs time)
{
    const int thisYear = QDate::currentDate().year();
    return QDateTime::fromMSecsSinceEpoch(time).date().year() == thisYear
        ? timeText(time, DayStyle::Short, ClockStyle::Seconds)
        : timeText(time, DayStyle::Year, ClockStyle::Minutes);
}

QString relativeTime(UtcMs time, UtcMs now)
{
    if (time == 0)
        return {};
    const qint64 distance = qAbs(now - time);
    const bool past = time <= now;
    if (distance < 45 * second)
        return past ? Words::tr("just now") : Words::tr("in a moment");
    if (distance < hour) {
        const int n = qMax(1, int(distance / minute));
        return past ? Words::tr("%n minute(s) ago", nullptr, n)
                    : Words::tr("in %n minute(s)", nullptr, n);
    }
    if (distance < day) {
        const int n = int(distance / hour);
        return past ? Words::tr("%n hour(s) ago", nullptr, n)
                    : Words::tr("in %n hour(s)", nullptr, n);
    }
    if (distance < 7 * day) {
        const int n = int(distance / day);
        return past ? Words::tr("%n day(s) ago", nullptr, n)
                    : Words::tr("in %n day(s)", nullptr, n);
    }
    return absoluteTime(time);
}

QString remaining(UtcMs until, UtcMs now)
{
    const qint64 left = until - now;
    if (until == 0 || left <= 0)
        return {};
    if (left < 10 * minute) {
        const qint64 seconds = left / second;
        return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0'));
    }
    if (left < 2 * hour)
        return Words::tr("%n min", nullptr, int(left / minute));
    if (left < 2 * day)
        return Words::tr("%n h", nullptr, int(left / hour));
    return Words::tr("%n day(s)", nullptr, int(left / day));
}

qint64 nextChangeMs(UtcMs until, UtcMs now)
{
    const qint64 left = until - now;
    if (until == 0 || left <= 0)
        return -1;
    const qint64 unit = left < 10 * minute ? second
        : left < 2 * hour                  ? minute
        : left < 2 * day                   ? hour
                                           : day;
    return left % unit + 1;
}

QString milliseconds(qint64 ms)
{
    const QLocale locale;
    if (ms < 1000)
        return Words::tr("%1 ms").arg(locale.toString(ms));
    return Words::tr("%1 s").arg(locale.toString(double(ms) / 1000.0, 'f', 1));
}

StateText stateText(store::AccountState state)
{
    switch (state) {
    case store::AccountState::SignedOut:
        return {
            Tone::Neutral, QStringLiteral("minus"), Words::tr("Signed out", "state of an account")};
    case store::AccountState::SignedIn:
        return {Tone::Ok, QStringLiteral("ok"), Words::tr("Signed in")};
    case store::AccountState::Expired:
        return {Tone::Warning, QStringLiteral("clock"), Words::tr("Expired")};
    case store::AccountState::NeedsSignIn:
        return {Tone::Warning, QStringLiteral("warning"), Words::tr("Sign-in needed")};
    case store::AccountState::Error:
        return {Tone::Error, QStringLiteral("error"), Words::tr("Error")};
    }
    return {};
}

StateText outcomeText(audit::Outcome outcome)
{
    switch (outcome) {
    case audit::Outcome::Ok:
        return {Tone::Ok, QStringLiteral("ok"), Words::tr("Done")};
    case audit::Outcome::Denied:
        return {Tone::Warning, QStringLiteral("close"), Words::tr("Denied")};
    case audit::Outcome::Failed:
        return {Tone::Error, QStringLiteral("error"), Words::tr("Failed")};
    }
    return {};
}

QString vaultKindText(Vault::Kind kind)
{
    switch (kind) {
    case Vault::Kind::Keychain:
        return Words::tr("Keychain");
    case Vault::Kind::EncryptedFile:
        return Words::tr("Encrypted file");
    case Vault::Kind::Memory:
        return Words::tr("Memory");
    }
    return {};
}

QString registrationKindText(store::RegistrationKind kind)
{
    switch (kind) {
    case store::RegistrationKind::PreRegistered:
        return Words::tr("Registered beforehand");
    case store::RegistrationKind::ClientIdMetadata:
        return Words::tr("By its metadata document");
    case store::RegistrationKind::Dynamic:
        return Words::tr("Registered by itself");
    }
    return {};
}

QString lifetimeText(const store::Grant &grant, UtcMs now)
{
    switch (grant.lifetime) {
    case store::GrantLifetime::Once:
        return Words::tr("once");
    case store::GrantLifetime::Session:
        return Words::tr("while process %1 runs").arg(grant.sessionPid);
    case store::GrantLifetime::Until:
        return Words::tr("for %1 more", "remaining time").arg(remaining(grant.expiresAt, now));
    case store::GrantLifetime::UntilLock:
        return Words::tr("until locked");
    case store::GrantLifetime::Always:
        break;
    }
    if (grant.idleMs > 0) {
        return Words::tr("ends after %1 unused", "a span of time").arg(remaining(grant.idleMs, 0));
    }
    return Words::tr("always");
}

QString errorTitle(const Error &error)
{
    switch (error.code) {
    case ErrorCode::InvalidInput:
        return Words::tr("What was entered can't be used.");
    case ErrorCode::NotFound:
        return Words::tr("It is no longer there.");
    case ErrorCode::AlreadyExists:
        return Words::tr("It is there already.");
    case ErrorCode::Unreachable:
        return Words::tr("The server can't be reached. Check the address and your network, then "
                         "try again.");
    case ErrorCode::TimedOut:
        return Words::tr("There was no answer in time. Try again.");
    case ErrorCode::Cancelled:
        return Words::tr("Cancelled.");
    case ErrorCode::TlsFailed:
        return Words::tr("The connection is not secure: the server's certificate was refused. If "
                         "it is your own, name its certificate authority in the settings.");
    case ErrorCode::AddressRefused:
        return Words::tr("This address leads where it must not, so it was not opened.");
    case ErrorCode::ProtocolViolation:
        return Words::tr("The server answered something it must not. Only its operator can fix "
                         "this.");
    case ErrorCode::ServerRefused:
        return Words::tr("The server refused. What it said is below.");
    case ErrorCode::SignInNeeded:
        return Words::tr("You need to sign in again.");
    case ErrorCode::RegistrationNeeded:
        return Words::tr("The authorization server does not let programs register themselves. "
                         "Register a client there and enter its id in the settings.");
    case ErrorCode::Refused:
        return Words::tr("It was refused.");
    case ErrorCode::ScopeMissing:
        return Words::tr("A permission is missing. Sign in again to ask for it.");
    case ErrorCode::Locked:
        return Words::tr("The vault is locked. Unlock it and try again.");
    case ErrorCode::VaultUnavailable:
        return Words::tr("The vault does not answer. Nothing is lost; see that your keychain "
                         "runs, then try again.");
    case ErrorCode::DatabaseNewer:
        return Words::tr("The database was made by a newer version. Update Chatelaine.");
    case ErrorCode::DatabaseCorrupt:
        return Words::tr("The database is damaged. Restore it from a backup.");
    case ErrorCode::DiskFull:
        return Words::tr("The disk is full. Make room and try again.");
    case ErrorCode::TooManyRequests:
        return Words::tr("Too many requests. Wait a little and try again.");
    case ErrorCode::BrokerUnavailable:
        return Words::tr("The broker does not answer. Start it again.");
    case ErrorCode::Internal:
        return Words::tr("Something went wrong inside Chatelaine.");
    }
    return {};
}

audit::ClientFacts windowFacts()
{
    audit::ClientFacts facts;
    facts.pid = QCoreApplication::applicationPid();
    facts.exe = QCoreApplication::applicationFilePath();
    facts.argv0 = QStringLiteral("chatelaine-gui");
    return facts;
}

QString eventText(const QString &event)
{
    static const struct
    {
        const char *name;
        const char *words;
    } known[] = {
        {"account.signed_in", QT_TRANSLATE_NOOP("Words", "Signed in")},
        {"account.signed_out", QT_TRANSLATE_NOOP("Words", "Signed out")},
        {"account.sign_in", QT_TRANSLATE_NOOP("Words", "Sign-in failed")},
        {"account.expired", QT_TRANSLATE_NOOP("Words", "Expired")},
        {"account.needs_sign_in", QT_TRANSLATE_NOOP("Words", "Sign-in needed")},
        {"account.issuer_changed", QT_TRANSLATE_NOOP("Words", "Authorization server changed")},
        {"account.damaged", QT_TRANSLATE_NOOP("Words", "Stored tokens damaged")},
        {"server.added", QT_TRANSLATE_NOOP("Words", "Server added")},
        {"server.changed", QT_TRANSLATE_NOOP("Words", "Settings changed")},
        {"server.removed", QT_TRANSLATE_NOOP("Words", "Server removed")},
        {"client.registered", QT_TRANSLATE_NOOP("Words", "Registered as a client")},
        {"token.revocation", QT_TRANSLATE_NOOP("Words", "Tokens not taken back")},
        {"token.refresh", QT_TRANSLATE_NOOP("Words", "Refresh failed")},
        {"token.refreshed", QT_TRANSLATE_NOOP("Words", "Token refreshed")},
        {"token.rejected", QT_TRANSLATE_NOOP("Words", "Token refused by the server")},
        {"loan.token", QT_TRANSLATE_NOOP("Words", "Token lent")},
        {"loan.call", QT_TRANSLATE_NOOP("Words", "Call made for a client")},
        {"grant.added", QT_TRANSLATE_NOOP("Words", "Grant given")},
        {"grant.removed", QT_TRANSLATE_NOOP("Words", "Grant taken back")},
        {"grant.ended", QT_TRANSLATE_NOOP("Words", "Grant ended")},
        {"question.asked", QT_TRANSLATE_NOOP("Words", "Question put on a terminal")},
        {"broker.started", QT_TRANSLATE_NOOP("Words", "Broker started")},
        {"broker.stopped", QT_TRANSLATE_NOOP("Words", "Broker stopped")},
        {"broker.locked", QT_TRANSLATE_NOOP("Words", "Locked")},
        {"broker.unlocked", QT_TRANSLATE_NOOP("Words", "Unlocked")},
        {"history.gap", QT_TRANSLATE_NOOP("Words", "Records are missing here")},
    };
    for (const auto &one : known) {
        if (event == QLatin1StringView(one.name))
            return QCoreApplication::translate("Words", one.words);
    }
    return event;
}

QString stepText(const QString &step)
{
    static const struct
    {
        const char *name;
        const char *words;
    } known[] = {
        {"probe", QT_TRANSLATE_NOOP("Words", "Server reply")},
        {"resource_metadata", QT_TRANSLATE_NOOP("Words", "Protection")},
        {"issuer_metadata", QT_TRANSLATE_NOOP("Words", "Authorization server")},
        {"discovery", QT_TRANSLATE_NOOP("Words", "Authorization server")},
        {"registration", QT_TRANSLATE_NOOP("Words", "Registration")},
        {"authorization", QT_TRANSLATE_NOOP("Words", "Your consent in the browser")},
        {"token", QT_TRANSLATE_NOOP("Words", "Tokens")},
        {"retry", QT_TRANSLATE_NOOP("Words", "Test of the new token")},
    };
    for (const auto &one : known) {
        if (step == QLatin1StringView(one.name))
            return QCoreApplication::translate("Words", one.words);
    }
    return step;
}

} // namespace chatelaine::ui
