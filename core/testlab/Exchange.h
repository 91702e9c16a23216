// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Time.h"

#include <QString>

namespace chatelaine::testlab {

struct Answer;
struct Request;

/// A request to the lab and what it got. No credential is in it: codes, tokens and secrets are
/// named by their fingerprints, so that one sees where the same one comes again.
struct Exchange
{
    enum class Place { Resource, Issuer, SecondIssuer };

    quint64 number = 0; ///< from 1 in the order in which they came
    UtcMs time = 0; ///< of this computer, whatever the lab's clocks are off by
    qint64 tookMs = -1; ///< until the answer; -1: there was none yet
    Place place = Place::Resource;
    QString what; ///< what TestLab::requestCounts() counts it as, without "second_"
    QString rpc; ///< to the MCP endpoint: the JSON-RPC method, with a tool's name behind it
    QString method;
    QString path; ///< without the query
    int status = 0; ///< 0: no answer
    QString request; ///< head and body, as text
    QString answer; ///< the same; empty while there is none
};

/// Head and body for a person to read. Long bodies are cut, web pages left out.
QString withoutSecrets(const Request &request);
QString withoutSecrets(const Answer &answer);

/// "tools/call analyze"; empty where the body is no JSON-RPC request.
QString rpcOf(const Request &request);

} // namespace chatelaine::testlab
