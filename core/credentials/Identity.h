// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Parts.h"

namespace chatelaine::credentials {

/// Who we are at an issuer, with the row it came from.
struct Identity
{
    store::Registration registration;
    oauth::ClientIdentity client;
    bool reused = false; ///< a dynamic registration of an earlier time: it may have been pruned
};

/// MCP client registration, in the specification's order: pre-registered, Client ID Metadata
/// Document, dynamic registration, ask. Bound to the issuer: what was registered with another is
/// not used, and for pre-registered ones that is an error. RegistrationNeeded carries
/// data.redirect_uri: what a person has to enter at the server.
Task<Result<Identity>> identify(std::shared_ptr<Parts> parts, AccountView view,
    oauth::Discovered found, net::Reach reach, QString redirectUri, std::shared_ptr<Person> person,
    std::stop_token stop);

} // namespace chatelaine::credentials
