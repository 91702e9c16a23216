// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/Broker.h"

class QCommandLineParser;

namespace chatelaine::broker {

/// What chatelaine-broker was told.
struct Arguments
{
    Broker::Options options;
    int readyFd = -1; ///< set even where readArguments fails, once it was read
    bool onDemand = false;
    bool untilStdinCloses = false;
};

void describeOptions(QCommandLineParser &parser);
/// Passphrase and passed sockets included. InvalidInput with a sentence.
Result<void> readArguments(const QCommandLineParser &parser, Arguments &arguments);

} // namespace chatelaine::broker
