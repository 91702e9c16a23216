// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Arguments.h"
#include "app/cli/Output.h"
#include "app/cli/commands/Commands.h"
#include "core/client/Protocol.h"

using namespace chatelaine;

namespace {

int fail(const Error &error)
{
    cli::tell(QStringLiteral("chatelaine: ") + cli::safeLine(error.message));
    return protocol::exitStatus(error.code);
}

} // namespace

int main(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const Result<cli::Invocation> invocation = cli::parseArguments(arguments);
    if (!invocation)
        return fail(invocation.error());
    if (invocation->help) {
        cli::print(cli::helpText(invocation->command));
        return protocol::Done;
    }
    const Result<void> done = invocation->command->run(*invocation);
    return done ? protocol::Done : fail(done.error());
}
