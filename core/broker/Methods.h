// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/Connection.h"

namespace chatelaine::broker {

class Broker;

/// Runs the method of docs/broker-protocol.md that the call names, as far as the connection's right
/// goes. The broker outlives it.
Task<Result<Reply>> runMethod(Broker &broker, Call call);

using Method = Task<Result<Reply>> (*)(Broker &broker, Call call);
struct MethodRow
{
    const char *name;
    Method run;
    bool whileLocked = false; ///< else -32001 once the broker was locked
    bool borrows = false; ///< its connection counts as a borrower's, also at the control socket
    /// A program may say it by itself and for ever: it is a use only where something is lent.
    bool isUse = true;
};

/// One list for each file. Borrowing is open on both sockets, the rest on the control socket; a
/// method there stands before one of the same name for borrowing.
std::vector<MethodRow> borrowMethods();
std::vector<MethodRow> serverMethods();
std::vector<MethodRow> controlMethods();
std::vector<MethodRow> grantMethods();
std::vector<MethodRow> auditMethods();

} // namespace chatelaine::broker
