// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/Commands.h"

#include "app/cli/Output.h"

namespace chatelaine::cli {

namespace {

QString first(const Command &command)
{
    return QString::fromLatin1(command.name).section(QLatin1Char(' '), 0, 0);
}

QString second(const Command &command)
{
    return QString::fromLatin1(command.name).section(QLatin1Char(' '), 1, 1);
}

QStringList firstWords()
{
    QStringList words;
    for (const Command &command : commandTable())
        words << first(command);
    words.removeDuplicates();
    return words;
}

QStringList secondWords(const QString &word)
{
    QStringList words;
    for (const Command &command : commandTable()) {
        if (first(command) == word && !second(command).isEmpty())
            words << second(command);
    }
    return words;
}

QStringList optionWords(const Command &command)
{
    QStringList words;
    if (command.passThrough)
        return words;
    for (const std::span<const Option> options :
         {command.options, command.settings, commonOptions()}) {
        for (const Option &option : options)
            words << QStringLiteral("--") + QString::fromLatin1(option.name);
    }
    return words;
}

bool isFile(const Option &option)
{
    const QLatin1StringView value(option.value ? option.value : "");
    return value == QLatin1StringView("FILE") || value == QLatin1StringView("PATH");
}

/// The options of all commands that pass the test, as "--name".
template <typename Test>
QStringList optionsThat(Test test)
{
    QStringList words;
    for (const Command &command : commandTable()) {
        for (const std::span<const Option> options : {command.options, command.settings}) {
            for (const Option &option : options) {
                if (test(option))
                    words << QStringLiteral("--") + QString::fromLatin1(option.name);
            }
        }
    }
    words.removeDuplicates();
    return words;
}

QStringList wordsFor(const Command &command)
{
    if (command.words == Words::Shells)
        return {QStringLiteral("bash"), QStringLiteral("zsh"), QStringLiteral("fish")};
    if (command.words == Words::Commands)
        return firstWords();
    return {};
}

QString quoted(const char *text)
{
    QString word = QString::fromLatin1(text);
    word.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    return QLatin1Char('\'') + word + QLatin1Char('\'');
}

// What bash and zsh share: which command is being typed, and what may follow it.
QString commandCases()
{
    QString cases;
    for (const Command &command : commandTable()) {
        QStringList words = optionWords(command);
        words << wordsFor(command);
        if (second(command).isEmpty())
            words << secondWords(first(command));
        cases += QStringLiteral("        '%1') candidates='%2'%3 ;;\n")
                     .arg(QString::fromLatin1(command.name), words.join(QLatin1Char(' ')),
                          command.words == Words::Servers ? QStringLiteral("; servers=1")
                                                          : QString());
    }
    cases += QStringLiteral("        '') candidates='%1 --help --version' ;;\n")
                 .arg(firstWords().join(QLatin1Char(' ')));
    return cases;
}

QString twoWordCases()
{
    QStringList names;
    for (const Command &command : commandTable()) {
        if (!second(command).isEmpty())
            names << QLatin1Char('\'') + QString::fromLatin1(command.name) + QLatin1Char('\'');
    }
    return names.join(QLatin1Char('|'));
}

QString fileOptions()
{
    return optionsThat(isFile).join(QLatin1Char('|'));
}

QString valueOptions()
{
    return optionsThat([](const Option &option) {
               return option.value && !isFile(option)
                   && QLatin1StringView(option.name) != QLatin1StringView("server");
           })
        .join(QLatin1Char('|'));
}

QString bashScript()
{
    return QStringLiteral(R"sh(# bash completion of chatelaine: chatelaine completion bash
_chatelaine() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    local command='' candidates='' servers='' word skip='' i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ -n $skip ]]; then skip=''; continue; fi
        case $word in
        %4|%3|--server) skip=1 ;;
        -*) ;;
        *)
            if [[ -z $command ]]; then
                command=$word
            else
                case "$command $word" in
                %1) command="$command $word" ;;
                esac
            fi
            ;;
        esac
    done
    case $previous in
    %3) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    --server) servers=only ;;
    %4) return ;;
    esac
    if [[ $servers != only ]]; then
        case $command in
%2        esac
    fi
    if [[ -n $servers && $current != -* ]]; then
        candidates+=" $(chatelaine list --names 2>/dev/null)"
    fi
    mapfile -t COMPREPLY < <(compgen -W "$candidates" -- "$current")
}
complete -F _chatelaine chatelaine
)sh")
        .arg(twoWordCases(), commandCases(), fileOptions(), valueOptions());
}

QString zshScript()
{
    return QStringLiteral(R"sh(#compdef chatelaine
# zsh completion of chatelaine: chatelaine completion zsh
_chatelaine() {
    local current=${words[CURRENT]} previous=${words[CURRENT-1]}
    local command='' candidates='' servers='' word skip='' i
    for ((i = 2; i < CURRENT; i++)); do
        word=${words[i]}
        if [[ -n $skip ]]; then skip=''; continue; fi
        case $word in
        %4|%3|--server) skip=1 ;;
        -*) ;;
        *)
            if [[ -z $command ]]; then
                command=$word
            else
                case "$command $word" in
                %1) command="$command $word" ;;
                esac
            fi
            ;;
        esac
    done
    case $previous in
    %3) _files; return ;;
    --server) servers=only ;;
    %4) return ;;
    esac
    if [[ $servers != only ]]; then
        case $command in
%2        esac
    fi
    if [[ -n $servers && $current != -* ]]; then
        candidates+=" $(chatelaine list --names 2>/dev/null)"
    fi
    compadd -- ${=candidates}
}
if [[ $funcstack[1] == _chatelaine ]]; then
    _chatelaine "$@"
else
    compdef _chatelaine chatelaine
fi
)sh")
        .arg(twoWordCases(), commandCases(), fileOptions(), valueOptions());
}

QString fishOption(const QString &condition, const Option &option)
{
    QString line = QStringLiteral("complete -c chatelaine -n '%1' -l %2 -d %3")
                       .arg(condition, QString::fromLatin1(option.name), quoted(option.help));
    if (QLatin1StringView(option.name) == QLatin1StringView("server"))
        line += QStringLiteral(" -xa '(chatelaine list --names 2>/dev/null)'");
    else if (option.value)
        line += isFile(option) ? QStringLiteral(" -rF") : QStringLiteral(" -x");
    return line + QLatin1Char('\n');
}

QString fishScript()
{
    QString script = QStringLiteral(
        "# fish completion of chatelaine: chatelaine completion fish\n"
        "complete -c chatelaine -f\n");
    for (const Command &command : commandTable()) {
        if (second(command).isEmpty()) {
            script += QStringLiteral("complete -c chatelaine -n __fish_use_subcommand -a %1 -d %2\n")
                          .arg(first(command), quoted(command.help));
        } else {
            script += QStringLiteral("complete -c chatelaine -n '__fish_seen_subcommand_from %1; and "
                                     "not __fish_seen_subcommand_from %2' -a %3 -d %4\n")
                          .arg(first(command), secondWords(first(command)).join(QLatin1Char(' ')),
                               second(command), quoted(command.help));
        }
        QString condition = QStringLiteral("__fish_seen_subcommand_from ") + first(command);
        if (!second(command).isEmpty())
            condition += QStringLiteral("; and __fish_seen_subcommand_from ") + second(command);
        for (const std::span<const Option> options : {command.options, command.settings}) {
            for (const Option &option : options)
                script += fishOption(condition, option);
        }
        if (command.words == Words::Servers)
            script += QStringLiteral("complete -c chatelaine -n '%1' -a '(chatelaine list --names "
                                     "2>/dev/null)'\n")
                          .arg(condition);
        const QStringList words = wordsFor(command);
        if (!words.isEmpty())
            script += QStringLiteral("complete -c chatelaine -n '%1' -a '%2'\n")
                          .arg(condition, words.join(QLatin1Char(' ')));
    }
    for (const Option &option : commonOptions())
        script += QStringLiteral("complete -c chatelaine -l %1 -d %2\n")
                      .arg(QString::fromLatin1(option.name), quoted(option.help));
    return script;
}

} // namespace

QString completionScript(const QString &shell)
{
    if (shell == QLatin1StringView("bash"))
        return bashScript();
    if (shell == QLatin1StringView("zsh"))
        return zshScript();
    if (shell == QLatin1StringView("fish"))
        return fishScript();
    return {};
}

Result<void> runCompletion(const Invocation &invocation)
{
    const QString script = completionScript(invocation.word(0));
    if (script.isEmpty()) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("There are completion scripts for bash, zsh and fish, not for "
                                      "%1.")
                           .arg(invocation.word(0)));
    }
    print(script);
    return {};
}

} // namespace chatelaine::cli
