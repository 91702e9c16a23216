// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/LockView.h"

#include "core/broker/Broker.h"
#include "ui/common/Icons.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Words.h"

#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

constexpr int fieldWidth = 320;

QLineEdit *passphraseField(const char *name, QWidget *parent)
{
    auto *field = new QLineEdit(parent);
    field->setObjectName(QString::fromLatin1(name));
    field->setEchoMode(QLineEdit::Password);
    field->setFixedWidth(fieldWidth);
    return field;
}

} // namespace

LockView::LockView(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_state(new EmptyState(QStringLiteral("lock"), this))
    , m_passphrase(passphraseField("passphrase", this))
    , m_again(passphraseField("passphraseAgain", this))
    , m_problem(makeLabel(Type::Small, this))
    , m_unlock(m_state->addAction())
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_state);
    for (QWidget *line : std::initializer_list<QWidget *>{m_passphrase, m_again, m_problem})
        m_state->insert(line);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setAlignment(Qt::AlignCenter);
    setLook(m_problem, "error");
    m_problem->hide();
    m_unlock->setObjectName(QStringLiteral("unlock"));
    m_unlock->setDefault(true);
    setLook(m_unlock, "primary");
    connect(m_unlock, &QPushButton::clicked, this, &LockView::unlock);
    for (QLineEdit *field : {m_passphrase, m_again}) {
        connect(field, &QLineEdit::returnPressed, this, &LockView::unlock);
        connect(field, &QLineEdit::textChanged, this, &LockView::follow);
    }
    connect(&services.broker.vault(), &Vault::stateChanged, this, [this] { retranslate(); });
    retranslate();
}

bool LockView::wantsPassphrase() const
{
    return m_services.broker.vault().kind() == Vault::Kind::EncryptedFile
        && m_services.broker.vault().state() != Vault::State::Open;
}

void LockView::retranslate()
{
    const bool typed = wantsPassphrase();
    const bool first = typed && m_services.broker.vault().isNew();
    m_state->setTexts(first ? tr("Choose a passphrase") : tr("Chatelaine is locked"),
        first ? tr("Your tokens will be kept in an encrypted file. Only this passphrase opens it; "
                   "nobody can bring it back.")
              : tr("Until you unlock it, nothing is shown and no program gets a token."));
    m_passphrase->setPlaceholderText(tr("Passphrase"));
    m_passphrase->setAccessibleName(tr("Passphrase of the encrypted file"));
    m_again->setPlaceholderText(tr("The same again"));
    m_again->setAccessibleName(tr("The passphrase once more"));
    m_passphrase->setVisible(typed);
    m_again->setVisible(first);
    const QString sign = first ? QStringLiteral("key") : QStringLiteral("lock");
    m_state->setIcon(sign);
    m_unlock->setIcon(accentIcon(first ? sign : QStringLiteral("unlock")));
    m_unlock->setText(first ? tr("Set the &passphrase") : tr("&Unlock"));
    follow();
}

void LockView::showEvent(QShowEvent *event)
{
    Pane::showEvent(event);
    tell({});
    retranslate();
    if (wantsPassphrase())
        m_passphrase->setFocus();
    else
        m_unlock->setFocus();
}

// It may be opened elsewhere; what was typed so far is nobody's business.
void LockView::hideEvent(QHideEvent *event)
{
    Pane::hideEvent(event);
    m_passphrase->setText({});
    m_again->setText({});
}

void LockView::tell(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    for (QLineEdit *field : {m_passphrase, m_again})
        setLook(field, problem.isEmpty() ? "" : "wrong");
}

void LockView::setBusy(bool busy)
{
    m_busy = busy;
    for (QLineEdit *field : {m_passphrase, m_again})
        field->setEnabled(!busy);
    follow();
}

void LockView::follow()
{
    const bool typed = !wantsPassphrase()
        || (!m_passphrase->text().isEmpty() && (m_again->isHidden() || !m_again->text().isEmpty()));
    m_unlock->setEnabled(!m_busy && typed);
}

void LockView::unlock()
{
    if (m_busy)
        return;
    Secret passphrase;
    if (wantsPassphrase()) {
        // Return in the field and the footer lead here too.
        if (m_passphrase->text().isEmpty())
            return tell(tr("Type the passphrase first."));
        if (m_again->isVisible() && m_again->text() != m_passphrase->text())
            return tell(tr("The two are not the same. Type the passphrase again."));
        passphrase = Secret::fromString(m_passphrase->text());
    }
    const auto work = [](QPointer<LockView> self, broker::Broker &broker,
                          Secret typed) -> Task<void> {
        const audit::ClientFacts me = windowFacts();
        const std::stop_token never;
        const Result<void> done = co_await broker.unlock(std::move(typed), me, never);
        if (!self)
            co_return;
        self->setBusy(false);
        if (done) {
            self->m_passphrase->setText({});
            self->m_again->setText({});
            self->tell({});
            co_return;
        }
        self->tell(done.error().message);
        self->m_passphrase->selectAll();
        if (self->wantsPassphrase())
            self->m_passphrase->setFocus();
    };
    tell({});
    setBusy(true);
    detach(work(this, m_services.broker, std::move(passphrase)));
}

} // namespace chatelaine::ui
