// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Arguments.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace chatelaine::cli {

namespace {

// Levenshtein's distance: how many letters to put in, take out or change.
qsizetype distance(const QString &a, const QString &b)
{
    std::vector<qsizetype> row(static_cast<size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        qsizetype diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 1; j < row.size(); ++j) {
            const bool same = a[i] == b[static_cast<qsizetype>(j) - 1];
            const qsizetype replaced = diagonal + (same ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

QString helpHint(const Command *command)
{
    return command ? QStringLiteral("See: chatelaine help %1").arg(QString::fromLatin1(command->name))
                   : QStringLiteral("See: chatelaine help");
}

QString prefix(const Command *command)
{
    return command ? QString::fromLatin1(command->name) + QStringLiteral(": ") : QString();
}

QStringList firstWords()
{
    QStringList names;
    for (const Command &command : commandTable())
        names << QString::fromLatin1(command.name).section(QLatin1Char(' '), 0, 0);
    names.removeDuplicates();
    return names;
}

// What may follow "grants" or "audit".
QStringList secondWords(const Command &first)
{
    const QString name = QString::fromLatin1(first.name) + QLatin1Char(' ');
    QStringList words;
    for (const Command &command : commandTable()) {
        const QString full = QString::fromLatin1(command.name);
        if (full.startsWith(name))
            words << full.mid(name.size());
    }
    return words;
}

const Option *findOption(const Command *command, const QString &name)
{
    const auto among = [&name](std::span<const Option> options) -> const Option * {
        const auto found = std::find_if(options.begin(), options.end(), [&name](const Option &o) {
            return name == QLatin1StringView(o.name);
        });
        return found == options.end() ? nullptr : &*found;
    };
    if (const Option *common = among(commonOptions()))
        return common;
    if (!command)
        return nullptr;
    if (const Option *own = among(command->options))
        return own;
    return among(command->settings);
}

tl::unexpected<Error> unknownOption(const Command *command, const QString &name)
{
    QStringList names;
    const auto add = [&names](std::span<const Option> options) {
        for (const Option &option : options)
            names << QString::fromLatin1(option.name);
    };
    add(commonOptions());
    if (command) {
        add(command->options);
        add(command->settings);
    }
    const QString near = nearest(name, names);
    return failure(ErrorCode::InvalidInput,
                   QStringLiteral("%1there is no option --%2%3 %4")
                       .arg(prefix(command), name,
                            near.isEmpty() ? QStringLiteral(".")
                                           : QStringLiteral("; did you mean --%1?").arg(near),
                            helpHint(command)));
}

class Parser
{
public:
    explicit Parser(const QStringList &arguments)
        : m_arguments(arguments)
    {
    }

    Result<Invocation> parse()
    {
        while (m_at < m_arguments.size()) {
            const QString argument = m_arguments[m_at++];
            if (!m_onlyWords && argument == QLatin1StringView("--")) {
                m_onlyWords = true;
            } else if (!m_onlyWords && argument.size() > 1 && argument.startsWith(QLatin1Char('-'))) {
                if (Result<void> taken = takeOption(argument); !taken)
                    return failure(std::move(taken).error());
            } else if (!m_result.command) {
                if (Result<void> taken = takeCommand(argument); !taken)
                    return failure(std::move(taken).error());
                if (m_result.command->passThrough) {
                    m_result.words = m_arguments.mid(m_at);
                    return m_result;
                }
            } else {
                m_result.words << argument;
            }
        }
        return finish();
    }

private:
    Result<void> takeCommand(const QString &word)
    {
        // The longer name first: "grants add" before "grants".
        if (m_at < m_arguments.size()) {
            const QString two = word + QLatin1Char(' ') + m_arguments[m_at];
            if (const Command *command = findCommand(two)) {
                m_result.command = command;
                ++m_at;
                return {};
            }
        }
        m_result.command = findCommand(word);
        if (m_result.command)
            return {};
        const QString near = nearest(word, firstWords());
        return failure(ErrorCode::InvalidInput,
                       near.isEmpty()
                           ? QStringLiteral("There is no command %1. See: chatelaine help").arg(word)
                           : QStringLiteral("There is no command %1; did you mean %2? See: "
                                            "chatelaine help")
                                 .arg(word, near));
    }

    Result<void> takeOption(const QString &argument)
    {
        if (argument == QLatin1StringView("-h"))
            return takeOption(QStringLiteral("--help"));
        if (!argument.startsWith(QLatin1StringView("--"))) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("%1options start with two dashes, and %2 does not. %3")
                               .arg(prefix(m_result.command), argument.left(2),
                                    helpHint(m_result.command)));
        }
        const qsizetype equals = argument.indexOf(QLatin1Char('='));
        const QString name = argument.mid(2, equals < 0 ? -1 : equals - 2);
        const Option *option = findOption(m_result.command, name);
        if (!option)
            return unknownOption(m_result.command, name);
        if (!option->value) {
            if (equals >= 0) {
                return failure(ErrorCode::InvalidInput,
                               QStringLiteral("%1--%2 takes no value. %3")
                                   .arg(prefix(m_result.command), name, helpHint(m_result.command)));
            }
            m_result.options[name];
            return {};
        }
        QString value = equals < 0 ? QString() : argument.mid(equals + 1);
        if (equals < 0) {
            if (m_at >= m_arguments.size()) {
                return failure(ErrorCode::InvalidInput,
                               QStringLiteral("%1--%2 needs a value: --%2 %3. %4")
                                   .arg(prefix(m_result.command), name,
                                        QString::fromLatin1(option->value),
                                        helpHint(m_result.command)));
            }
            value = m_arguments[m_at++];
        }
        QStringList &values = m_result.options[name];
        if (!values.isEmpty() && !option->repeats) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("%1--%2 is given twice, and only one value can hold. %3")
                               .arg(prefix(m_result.command), name, helpHint(m_result.command)));
        }
        values << value;
        return {};
    }

    Result<Invocation> finish()
    {
        m_result.json = m_result.has("json");
        m_result.isPrivate = m_result.has("private");
        m_result.noBrowser = m_result.has("no-browser");
        m_result.help = m_result.has("help");
        if (m_result.help)
            return m_result;
        if (!m_result.command) {
            if (m_result.has("version")) {
                m_result.command = findCommand(QStringLiteral("version"));
                return m_result;
            }
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("A command is missing. See: chatelaine help"));
        }
        const Command &command = *m_result.command;
        if (m_result.words.size() < command.least) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("%1something is missing. Usage: chatelaine %2 %3")
                               .arg(prefix(&command), QString::fromLatin1(command.name),
                                    QString::fromLatin1(command.synopsis)));
        }
        if (m_result.words.size() > command.most) {
            const QString near = nearest(m_result.words[0], secondWords(command));
            if (!near.isEmpty()) {
                return failure(ErrorCode::InvalidInput,
                               QStringLiteral("There is no command %1 %2; did you mean %1 %3? %4")
                                   .arg(QString::fromLatin1(command.name), m_result.words[0], near,
                                        helpHint(&command)));
            }
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("%1\"%2\" is one word too many. %3")
                               .arg(prefix(&command), m_result.words[command.most],
                                    helpHint(&command)));
        }
        return m_result;
    }

    const QStringList m_arguments;
    qsizetype m_at = 0;
    bool m_onlyWords = false;
    Invocation m_result;
};

} // namespace

QString Invocation::value(const char *option) const
{
    const QStringList all = values(option);
    return all.isEmpty() ? QString() : all.last();
}

QStringList Invocation::values(const char *option) const
{
    const auto found = options.find(QString::fromLatin1(option));
    return found == options.end() ? QStringList() : found->second;
}

QString nearest(const QString &word, const QStringList &candidates)
{
    QString best;
    qsizetype bestDistance = 0;
    for (const QString &candidate : candidates) {
        const bool begun = word.size() > 2
            && (candidate.startsWith(word) || word.startsWith(candidate));
        const qsizetype d = begun ? 1 : distance(word, candidate);
        if (best.isEmpty() || d < bestDistance) {
            best = candidate;
            bestDistance = d;
        }
    }
    // A third of the letters wrong is a slip; more is another word.
    return bestDistance <= (word.size() + 2) / 3 ? best : QString();
}

Result<Invocation> parseArguments(const QStringList &arguments)
{
    return Parser(arguments).parse();
}

} // namespace chatelaine::cli
