// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Command.h"

#include "app/cli/Settings.h"
#include "app/cli/commands/Commands.h"

#include <array>
#include <algorithm>

namespace chatelaine::cli {

namespace {

constexpr std::array common {
    Option {"json", nullptr, "print JSON for programs"},
    Option {"private", nullptr, "use a broker of one's own that keeps all in memory"},
    Option {"no-browser", nullptr, "print the sign-in page's URL instead of opening it"},
    Option {"help", nullptr, "say what the command does"},
    Option {"version", nullptr, "say which version this is"},
};

constexpr std::array addOptions {
    Option {"name", "NAME", "what to call the server; made from its URL otherwise"},
};
constexpr std::array listOptions {
    Option {"names", nullptr, "the names alone, one a line"},
};
constexpr std::array loginOptions {
    Option {"scope", "SCOPE", "ask for this scope, beside those the server names", true},
    Option {"timeout", "SPAN", "how long to wait for the person (5m)"},
};
constexpr std::array logoutOptions {
    Option {"only-if-revoked", nullptr, "stay signed in unless the server took the tokens back"},
};
constexpr std::array tokenOptions {
    Option {"account", "NAME", "which account of the server"},
    Option {"scope", "SCOPE", "the scope that is needed", true},
    Option {"min-valid", "SPAN", "how long the token must still be good (60s)"},
    Option {"no-prompt", nullptr, "fail rather than ask anybody or open anything"},
};
constexpr std::array grantOptions {
    Option {"server", "NAME", "the server that may be used"},
    Option {"exe", "PATH", "the program or script that may use it; or flatpak:ID"},
    Option {"any-client", nullptr, "every program of yours may use it"},
    Option {"account", "NAME", "only this account of the server"},
    Option {"scope", "SCOPE", "only tokens with no more than this scope", true},
    Option {"for", "SPAN", "how long, such as 30m, 8h or 7d"},
    Option {"once", nullptr, "for one loan"},
    Option {"session", nullptr, "for the program that runs this command, until it ends"},
    Option {"until-lock", nullptr, "until Chatelaine is locked"},
    Option {"idle", "SPAN", "over when it was not used for so long, such as 7d"},
    Option {"deny", nullptr, "it may not, whatever other grants say"},
};
constexpr std::array auditOptions {
    Option {"follow", nullptr, "go on printing what happens until Ctrl-C"},
    Option {"since", "TIME", "from then on: 8h (ago), 2026-07-28 or a time in RFC 3339"},
    Option {"until", "TIME", "up to then"},
    Option {"server", "NAME", "only this server"},
    Option {"client", "TEXT", "only programs whose path has this in it"},
    Option {"event", "NAME", "only this event, such as loan.token"},
    Option {"outcome", "OUTCOME", "only ok, denied or failed"},
    Option {"limit", "N", "at most so many, the newest (100; 10 with --follow)"},
};
constexpr std::array exportOptions {
    Option {"format", "FORMAT", "jsonl (one JSON object a line) or csv"},
    Option {"output", "FILE", "write to this new file instead of stdout"},
    Option {"since", "TIME", "from then on"},
    Option {"until", "TIME", "up to then"},
    Option {"server", "NAME", "only this server"},
    Option {"client", "TEXT", "only programs whose path has this in it"},
    Option {"event", "NAME", "only this event"},
    Option {"outcome", "OUTCOME", "only ok, denied or failed"},
};
constexpr std::array unlockOptions {
    Option {"passphrase-fd", "N", "read the passphrase from file descriptor N"},
};

const std::span<const Option> none;

const std::array commands {
    Command {"discover", "URL [OPTIONS]", "Look at a server: how would a sign-in go?",
             "A dry run: sends no credential, registers nothing, stores nothing. Ends with status 1\n"
             "where a sign-in would fail, and says why.\n\n"
             "Examples:\n"
             "  chatelaine discover https://mcp.example.com/mcp\n"
             "  chatelaine discover https://mcp.example.com/mcp --json | jq .issuer",
             none, settingOptions(), 1, 1, Words::None, false, runDiscover},
    Command {"add", "URL [OPTIONS]", "Add a server",
             "Stores the server; sign in afterwards with: chatelaine login NAME\n\n"
             "Examples:\n"
             "  chatelaine add https://mcp.example.com/mcp --name example\n"
             "  chatelaine add https://mcp.example.com/mcp --name example --account work\n"
             "  chatelaine add https://mcp.example.com/mcp --client-id abc --client-secret-fd 3 3<FILE",
             addOptions, settingOptions(), 1, 1, Words::None, false, runAdd},
    Command {"list", "[OPTIONS]", "List the servers and their accounts",
             "With --json an array with one object for each account.\n\n"
             "Examples:\n  chatelaine list\n  chatelaine list --json | jq -r '.[].name'",
             listOptions, none, 0, 0, Words::None, false, runList},
    Command {"show", "SERVER", "Show all about a server",
             "SERVER is a name, or name/account.\n\nExamples:\n  chatelaine show example\n"
             "  chatelaine show example/work --json",
             none, none, 1, 1, Words::Servers, false, runShow},
    Command {"remove", "SERVER", "Sign out of a server and forget it",
             "Revokes the tokens, deletes the registration where the server allows that, and says\n"
             "what the server answered.\n\nExample:\n  chatelaine remove example",
             none, none, 1, 1, Words::Servers, false, runRemove},
    Command {"login", "SERVER [OPTIONS]", "Sign in with the browser",
             "Opens the browser named in $BROWSER, or the desktop's. With --no-browser, or where\n"
             "none can be started, prints the address; when that browser runs on another machine,\n"
             "paste the address it ends at.\n\n"
             "Examples:\n  chatelaine login example\n  chatelaine login example --scope files:write\n"
             "  chatelaine login example --no-browser",
             loginOptions, none, 1, 1, Words::Servers, false, runLogin},
    Command {"logout", "SERVER [OPTIONS]", "Sign out and revoke the tokens",
             "The server stays in the list. The tokens are forgotten whatever the authorization\n"
             "server answers; with --only-if-revoked you stay signed in unless it took them back.\n\n"
             "Examples:\n  chatelaine logout example\n  chatelaine logout example --only-if-revoked",
             logoutOptions, none, 1, 1, Words::Servers, false, runLogout},
    Command {"token", "SERVER [OPTIONS]", "Borrow an access token",
             "Prints the token on stdout and nothing else. SERVER is a name, name/account or the\n"
             "server's URL. The program that runs this needs a grant; on a terminal you are asked.\n\n"
             "Examples:\n"
             "  curl -H \"Authorization: Bearer $(chatelaine token example)\" https://mcp.example.com/mcp\n"
             "  chatelaine token example --scope files:read --json",
             tokenOptions, none, 1, 1, Words::Servers, false, runToken},
    Command {"headers", "SERVER [OPTIONS]", "Borrow access as HTTP headers in JSON",
             "What header helpers of MCP hosts expect: one JSON object on stdout.\n\n"
             "Example:\n  chatelaine headers example",
             tokenOptions, none, 1, 1, Words::Servers, false, runHeaders},
    Command {"call", "SERVER|URL [TOOL [JSON]] [OPTIONS]", "List a server's tools, or call one",
             "Signs in or steps up where the server asks for it. JSON holds the tool's arguments;\n"
             "- reads them from stdin.\n\n"
             "Examples:\n  chatelaine call example\n"
             "  chatelaine call example analyze_sentiment '{\"text\":\"Profits rose.\"}'\n"
             "  chatelaine call --private https://mcp.example.com/mcp",
             none, settingOptions(), 1, 3, Words::Servers, false, runCall},
    Command {"clients", "", "List the programs that have asked",
             "With --json an array.\n\nExample:\n  chatelaine clients", none, none, 0, 0, Words::None,
             false, runClients},
    Command {"grants", "", "List who may borrow what",
             "The same as: chatelaine grants list\n\nExample:\n  chatelaine grants --json", none, none, 0,
             0, Words::None, false, runGrantsList},
    Command {"grants list", "", "List who may borrow what",
             "With --json an array.\n\nExample:\n  chatelaine grants list", none, none, 0, 0, Words::None,
             false, runGrantsList},
    Command {"grants add", "--server NAME (--exe PATH | --any-client | --session) [OPTIONS]",
             "Let a program borrow without being asked about",
             "Without --for, --until-lock or --once such a grant lasts until it is removed, or\n"
             "with --idle until it is not used any more. It is for the program as it is now:\n"
             "after a change you are asked again. Naming a bare interpreter or shell allows\n"
             "whatever it runs; name the script instead.\n\n"
             "Examples:\n  chatelaine grants add --server example --exe ~/bin/agent.py --for 8h\n"
             "  chatelaine grants add --server example --any-client --scope files:read\n"
             "  chatelaine grants add --server example --exe /opt/tool --deny",
             grantOptions, none, 0, 0, Words::None, false, runGrantsAdd},
    Command {"grants remove", "ID", "Take a grant back",
             "The IDs are those of: chatelaine grants list\n\nExample:\n  chatelaine grants remove g1",
             none, none, 1, 1, Words::None, false, runGrantsRemove},
    Command {"audit", "[OPTIONS]", "Show the history",
             "Oldest first. With --json one record a line.\n\n"
             "Examples:\n  chatelaine audit --since 8h --server example\n"
             "  chatelaine audit --follow\n  chatelaine audit --outcome denied --json",
             auditOptions, none, 0, 0, Words::None, false, runAudit},
    Command {"audit verify", "", "Check that nobody altered the history",
             "Ends with status 1 and the first bad record where somebody did.\n\n"
             "Example:\n  chatelaine audit verify",
             none, none, 0, 0, Words::None, false, runAuditVerify},
    Command {"audit export", "[OPTIONS]", "Write the history as JSON Lines or CSV",
             "Oldest first, all of it unless options say otherwise.\n\n"
             "Examples:\n  chatelaine audit export --format csv --output history.csv\n"
             "  chatelaine audit export --since 7d | jq .event",
             exportOptions, none, 0, 0, Words::None, false, runAuditExport},
    Command {"lock", "", "Lend nothing until unlocked", "Example:\n  chatelaine lock", none, none, 0, 0,
             Words::None, false, runLock},
    Command {"unlock", "[OPTIONS]", "Lend again",
             "Where the vault is an encrypted file, asks for its passphrase on the terminal.\n\n"
             "Examples:\n  chatelaine unlock\n  chatelaine unlock --passphrase-fd 3 3<FILE",
             unlockOptions, none, 0, 0, Words::None, false, runUnlock},
    Command {"status", "", "Say how the broker is", "Example:\n  chatelaine status --json", none, none, 0,
             0, Words::None, false, runStatus},
    Command {"broker", "[ARGUMENTS]", "Run the broker in the foreground",
             "Everything after the word goes to chatelaine-broker; see: chatelaine broker --help", none,
             none, 0, 0, Words::None, true, runBroker},
    Command {"test-server", "[ARGUMENTS]", "Run the test lab: an authorization server and an MCP server",
             "Everything after the word goes to chatelaine-testlab; see: chatelaine test-server --help",
             none, none, 0, 0, Words::None, true, runTestServer},
    Command {"demo", "", "Show the whole job on the test lab, step by step",
             "Uses a broker, a home and servers of its own and leaves nothing behind. With a display\n"
             "you sign in with the real browser; without one the test lab approves by itself.\n\n"
             "Example:\n  chatelaine demo",
             none, none, 0, 0, Words::None, false, runDemo},
    Command {"completion", "SHELL", "Print the completion script of bash, zsh or fish",
             "Examples:\n  . <(chatelaine completion bash)\n"
             "  chatelaine completion fish >~/.config/fish/completions/chatelaine.fish",
             none, none, 1, 1, Words::Shells, false, runCompletion},
    Command {"help", "[COMMAND]", "Explain a command", "Example:\n  chatelaine help grants add", none, none,
             0, 2, Words::Commands, false, runHelp},
    Command {"version", "", "Say which version this is", "Example:\n  chatelaine version --json", none, none,
             0, 0, Words::None, false, runVersion},
};

} // namespace

std::span<const Command> commandTable()
{
    return commands;
}

std::span<const Option> commonOptions()
{
    return common;
}

const Command *findCommand(const QString &name)
{
    const auto found = std::find_if(commands.begin(), commands.end(), [&name](const Command &c) {
        return name == QLatin1StringView(c.name);
    });
    return found == commands.end() ? nullptr : &*found;
}

} // namespace chatelaine::cli
