// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Hosts.h"

#include <algorithm>
#include <array>

namespace chatelaine::broker {

namespace {

constexpr std::array names{
    // Agents and chat applications.
    "claude",
    "claude-desktop",
    "codex",
    "gemini",
    "goose",
    "goosed",
    "opencode",
    "copilot",
    "amp",
    "kiro",
    "kiro-cli",
    "lm-studio",
    "lmstudio",
    "lm studio",
    "aider",
    "continue",
    "cn",
    // Editors with agents in them.
    "code",
    "code-insiders",
    "code-oss",
    "codium",
    "vscodium",
    "cursor",
    "windsurf",
    "antigravity",
    "zed",
    "zed-editor",
    "trae",
    "emacs",
    "nvim",
    // JetBrains' launchers.
    "idea",
    "pycharm",
    "webstorm",
    "phpstorm",
    "goland",
    "clion",
    "rider",
    "rubymine",
    "rustrover",
    "datagrip",
    "studio",
};

constexpr std::array folders{
    "/claude/versions/",
    "/@anthropic-ai/claude-code",
    "/@openai/codex",
    "/@google/gemini-cli/",
    "/@github/copilot/",
    "/@sourcegraph/amp/",
    "/@continuedev/cli/",
    "/opencode-ai/",
};

// "emacs-29.1", "cursor.appimage", "zed-editor.bin": without what a release appends.
QString bareName(const QString &program)
{
    QString name = program.mid(program.lastIndexOf(u'/') + 1).toLower();
    for (const char *ending : {".appimage", ".bin", ".exe", ".sh"}) {
        if (name.endsWith(QLatin1StringView(ending)))
            name.chop(static_cast<qsizetype>(qstrlen(ending)));
    }
    const qsizetype dash = name.indexOf(u'-');
    if (dash > 0 && dash + 1 < name.size() && name.at(dash + 1).isDigit())
        name.truncate(dash);
    return name;
}

} // namespace

bool isHost(const QString &program)
{
    const QString name = bareName(program);
    const auto isName = [&name](const char *one) { return name == QLatin1StringView(one); };
    const auto isFolder = [&program](
                              const char *one) { return program.contains(QLatin1StringView(one)); };
    return std::any_of(names.begin(), names.end(), isName)
        || std::any_of(folders.begin(), folders.end(), isFolder);
}

Ancestor sessionHolder(const CallerIdentity &caller)
{
    const Ancestor itself{caller.pid, caller.startTime, caller.exe, caller.script, caller.package};
    // What runs inside a package says more than the package: a shell of an editor is no editor.
    const auto host = [](const Ancestor &one) {
        return isHost(one.script.isEmpty() ? one.exe : one.script);
    };
    if (host(itself))
        return itself;
    const auto found = std::find_if(caller.chain.begin(), caller.chain.end(), host);
    return found == caller.chain.end() ? itself : *found;
}

} // namespace chatelaine::broker
