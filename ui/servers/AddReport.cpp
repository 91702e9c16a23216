// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Surfaces.h"
#include "ui/servers/AddForm.h"
#include "ui/servers/AddServerView.h"

#include <QJsonArray>
#include <QPushButton>
#include <QUrl>

namespace chatelaine::ui {

// Part of AddServerView: what was found out, and what follows from it.
void AddServerView::showReport()
{
    const bool isProtected = m_report.value(QLatin1StringView("protected")).toBool();
    const QString issuer = m_report.value(QLatin1StringView("issuer")).toString();
    const QString registration = m_report.value(QLatin1StringView("registration")).toString();
    const QString scope = m_report.value(QLatin1StringView("scope")).toString();
    const QJsonArray problems = m_report.value(QLatin1StringView("problems")).toArray();
    const bool needsClientId =
        isProtected && !issuer.isEmpty() && registration == QLatin1StringView("none");
    const bool asksClient = needsClientId && !m_known;
    const bool works = !isProtected || (!issuer.isEmpty() && problems.isEmpty()) || asksClient;

    if (!isProtected)
        m_sentence->setText(m_known
                ? tr("This server needs no sign-in.")
                : tr("This server needs no sign-in. It can be added as it is."));
    else if (asksClient)
        m_sentence->setText(tr("You will sign in at %1, with a client id that you register there.")
                                .arg(QUrl(issuer).authority()));
    else if (works)
        m_sentence->setText(
            tr("You will sign in at %1 in your browser.").arg(QUrl(issuer).authority()));
    else
        m_sentence->setText(tr("Signing in to this server will not work."));

    m_facts->begin();
    if (!issuer.isEmpty())
        m_facts->row(tr("Authorization server"), issuer);
    if (registration == QLatin1StringView("dynamic"))
        m_facts->row(tr("Registration"), tr("Chatelaine registers itself there"));
    else if (registration == QLatin1StringView("client_id_metadata"))
        m_facts->row(tr("Registration"), tr("by Chatelaine's metadata document"));
    if (!scope.isEmpty())
        m_facts->row(tr("Scopes"), scope);
    m_facts->end();
    m_facts->setVisible(isProtected && !issuer.isEmpty());

    m_problem->hide();
    if (asksClient) {
        m_problem->show(Tone::Warning,
            tr("The authorization server does not let programs register themselves. Register a "
               "client there with this redirect URI, and enter its id."));
    } else if (needsClientId) {
        m_problem->show(Tone::Warning,
            tr("The authorization server does not let programs register themselves. Register a "
               "client there, and enter its id and callback port in the settings of %1.")
                .arg(m_known->server.name));
    } else if (!problems.isEmpty()) {
        const QJsonObject problem = problems.first().toObject();
        m_problem->show(Tone::Error, problem.value(QLatin1StringView("message")).toString(),
            problem.value(QLatin1StringView("remedy")).toString());
    }
    m_form->ask(m_known, m_known && works && isProtected, asksClient);
    m_add->setVisible(isProtected && works);
    m_addOnly->setVisible(!m_known || (works && isProtected));
    setLook(m_addOnly, isProtected ? "" : "primary");
}

} // namespace chatelaine::ui
