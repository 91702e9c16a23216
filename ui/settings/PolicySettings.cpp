// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/PolicySettings.h"

#include "core/broker/Broker.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Words.h"
#include "ui/settings/SettingRow.h"

#include <QRadioButton>
#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

const QString policyKey = QStringLiteral("policy");

} // namespace

PolicySettings::PolicySettings(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_card(new Card(this))
    , m_intro(makeLabel(Type::Body, this, true))
    , m_problem(makeLabel(Type::Small, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);
    m_card->body()->addWidget(m_intro);
    for (const broker::Policy policy :
        {broker::Policy::Ask, broker::Policy::Allow, broker::Policy::Deny}) {
        const QString name = broker::policyName(policy);
        const Choice choice{new QRadioButton(this), makeLabel(Type::Small, this, true)};
        choice.button->setObjectName(QStringLiteral("policy-") + name);
        m_choices.append(choice);
        auto *lines = new QVBoxLayout;
        lines->setSpacing(2);
        lines->addWidget(choice.button);
        auto *sentence = new QHBoxLayout;
        sentence->setContentsMargins(wordsBegin(choice.button), 0, 0, 0);
        sentence->addWidget(choice.sentence);
        lines->addLayout(sentence);
        m_card->body()->addLayout(lines);
        connect(choice.button, &QRadioButton::clicked, this, [this, name] {
            const audit::ClientFacts me = windowFacts();
            const Result<void> done = m_services.broker.changeSetting(policyKey, name, me);
            m_problem->setText(done
                    ? QString()
                    : QStringLiteral("%1 %2").arg(errorTitle(done.error()), done.error().message));
            m_problem->setVisible(!done);
        });
    }
    setLook(m_problem, "error");
    m_problem->hide();
    m_card->body()->addWidget(m_problem);
    connect(
        &services.broker.settings(), &broker::Settings::changed, this, &PolicySettings::refresh);
    retranslate();
    refresh();
}

void PolicySettings::refresh()
{
    m_choices.at(int(m_services.broker.settings().policy())).button->setChecked(true);
}

void PolicySettings::retranslate()
{
    m_card->setTitle(tr("Programs without a grant"));
    m_intro->setText(tr("What happens when a program that you have not decided about wants to "
                        "borrow. Grants are on the page Clients, and always come first."));
    const QStringList words{tr("Ask me"), tr("Allow"), tr("Deny")};
    const QStringList sentences{
        tr("You are shown which program asks and for what; nothing is lent until you answer. "
           "Where nobody can be asked, the answer is no."),
        tr("Every program that runs as you gets what it asks for, and nobody is asked. The history "
           "still has each loan. Only for a computer that runs nothing you don't trust."),
        tr("Nothing is lent and nobody is asked: only programs with a grant borrow. The strictest "
           "way."),
    };
    for (int i = 0; i < m_choices.size(); ++i) {
        m_choices.at(i).button->setText(words.at(i));
        m_choices.at(i).button->setAccessibleDescription(sentences.at(i));
        m_choices.at(i).sentence->setText(sentences.at(i));
    }
}

} // namespace chatelaine::ui
