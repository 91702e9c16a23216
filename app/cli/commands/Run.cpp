// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/Commands.h"

#include "app/cli/Programs.h"

namespace chatelaine::cli {

Result<void> runBroker(const Invocation &invocation)
{
    return become(QStringLiteral("chatelaine-broker"), invocation.words);
}

Result<void> runTestServer(const Invocation &invocation)
{
    return become(QStringLiteral("chatelaine-testlab"), invocation.words);
}

} // namespace chatelaine::cli
