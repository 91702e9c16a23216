// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QString>
#include <QStringList>

#include <map>
#include <span>

/// What a command is, and what was typed. Text in these tables is ASCII.
namespace chatelaine::cli {

/// A long option: `--name`, `--name VALUE` or `--name=VALUE`.
struct Option
{
    const char *name; ///< without the dashes
    const char *value; ///< what stands for the value in the help; nullptr for a switch
    const char *help;
    bool repeats = false;
};

struct Invocation;

/// What a word after the command may be completed to.
enum class Words { None, Servers, Shells, Commands };

/// One row of the command table.
struct Command
{
    const char *name; ///< one word, or two: "grants add"
    const char *synopsis; ///< what follows the name
    const char *help; ///< one line
    const char *more; ///< paragraphs and examples of `chatelaine help NAME`
    std::span<const Option> options;
    std::span<const Option> settings; ///< the shared flags of add, call and discover
    int least; ///< words it needs
    int most; ///< words it takes
    Words words;
    bool passThrough; ///< all that follows goes to another program as it is
    Result<void> (*run)(const Invocation &);
};

/// A command line, understood.
struct Invocation
{
    const Command *command = nullptr;
    std::map<QString, QStringList> options = {};
    QStringList words = {}; ///< what is neither the command nor an option
    bool json = false;
    bool isPrivate = false;
    bool noBrowser = false;
    bool help = false;

    bool has(const char *option) const { return options.contains(QString::fromLatin1(option)); }
    /// The last value given, or an empty string.
    QString value(const char *option) const;
    QStringList values(const char *option) const;
    QString word(qsizetype index) const { return words.value(index); }
};

/// All commands, in the order of the help.
std::span<const Command> commandTable();
/// The options every command takes.
std::span<const Option> commonOptions();
const Command *findCommand(const QString &name);

} // namespace chatelaine::cli
