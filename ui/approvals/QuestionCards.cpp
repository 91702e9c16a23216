// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/approvals/QuestionCards.h"

#include "ui/approvals/CallerWords.h"
#include "ui/common/Surfaces.h"

#include <QHBoxLayout>

namespace chatelaine::ui {

QuestionCards::QuestionCards(QWidget *parent)
    : Pane(parent)
    , m_what(new Card(this))
    , m_whatFacts(new KeyValueGrid(m_what))
    , m_scopesKey(makeLabel(Type::Body, m_what, true))
    , m_scopes(new ChipFlow(m_what))
    , m_noScopes(makeLabel(Type::Body, m_what, true))
    , m_who(new Card(this))
    , m_whoFacts(new KeyValueGrid(m_who))
{
    auto *cards = new QVBoxLayout(this);
    cards->setContentsMargins(0, 0, 0, 0);
    cards->setSpacing(space::m);
    m_who->body()->addWidget(m_whoFacts);
    m_what->body()->addWidget(m_whatFacts);
    auto *scopes = new QHBoxLayout;
    scopes->setSpacing(space::l);
    m_scopesKey->setWordWrap(false);
    m_scopesKey->setContentsMargins(0, 3, 0, 0); // as the chips have above their words
    scopes->addWidget(m_scopesKey, 0, Qt::AlignTop);
    scopes->addWidget(m_scopes, 1);
    scopes->addWidget(m_noScopes, 1);
    m_what->body()->addLayout(scopes);
    // Where the screen is low the second is scrolled to: who it is counts most.
    cards->addWidget(m_who);
    cards->addWidget(m_what);
    cards->addStretch();
    retranslate();
}

void QuestionCards::show(const broker::Question &question)
{
    // The language may have changed since; whoever shows a question waits for no event.
    retranslate();
    const broker::CallerIdentity &caller = *question.caller;
    m_whoFacts->begin();
    m_whoFacts->row(tr("Program"), caller.exe.isEmpty() ? tr("not identified") : caller.exe);
    if (!caller.script.isEmpty())
        m_whoFacts->row(tr("Script"), caller.script);
    if (!caller.cwd.isEmpty())
        m_whoFacts->row(tr("Project folder"), caller.cwd);
    if (const QString parents = ancestorsText(caller.chain); !parents.isEmpty())
        m_whoFacts->row(tr("Started by"), parents);
    if (const QString holder = holderText(caller); !holder.isEmpty())
        m_whoFacts->row(tr("On behalf of"), holder);
    if (!caller.app.isEmpty())
        m_whoFacts->row(tr("Application"), caller.app);
    m_whoFacts->row(tr("Process"), QString::number(caller.pid));
    m_whoFacts->end();

    m_whatFacts->begin();
    m_whatFacts->row(tr("Server"), question.server);
    if (!question.account.isEmpty())
        m_whatFacts->row(tr("Account"), question.account);
    if (!question.purpose.isEmpty())
        m_whatFacts->row(tr("Stated purpose"), tr("“%1”").arg(question.purpose));
    m_whatFacts->end();
    m_scopes->setChips(question.scopes);
    m_scopes->setVisible(!question.scopes.isEmpty());
    m_noScopes->setVisible(question.scopes.isEmpty());
    const int keys = qMax(
        m_scopesKey->sizeHint().width(), qMax(m_whoFacts->keyWidth(), m_whatFacts->keyWidth()));
    m_whoFacts->setKeyWidth(keys);
    m_whatFacts->setKeyWidth(keys);
    m_scopesKey->setFixedWidth(keys);
}

void QuestionCards::retranslate()
{
    m_who->setTitle(tr("Who asks"));
    m_what->setTitle(tr("What it would get"));
    m_scopesKey->setText(tr("Scopes"));
    m_noScopes->setText(tr("Whatever the server gives without scopes."));
}

} // namespace chatelaine::ui
