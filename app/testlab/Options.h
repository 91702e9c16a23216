// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/testlab/TestLab.h"

#include <QStringList>

namespace chatelaine {

struct TestLabArguments
{
    testlab::LabOptions lab;
    bool json = false;
    bool log = false;
    bool untilStdinCloses = false;
    QString visit; ///< be a browser for this URL instead of a lab
    /// What --help, --version or --list-faults print; the program then ends.
    QString print;
};

/// Reads the arguments without the program's name. InvalidInput with one sentence.
Result<TestLabArguments> readTestLabArguments(const QStringList &arguments);

} // namespace chatelaine
