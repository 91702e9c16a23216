// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/SettingsPane.h"

#include "core/broker/Broker.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Words.h"
#include "ui/servers/SettingsDrafts.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

constexpr int cardWidth = 720;

enum Field {
    Name,
    Account,
    Scopes,
    ResourceMode,
    ResourceValue,
    RedirectHost,
    RedirectPort,
    Params,
    ClientId,
    CaFile,
    FieldCount
};

/// What is stored, as the fields show it. The secret is shown by none.
QStringList storedTexts(const credentials::AccountView &view)
{
    const store::ServerSettings &settings = view.server.settings;
    QStringList lines;
    for (auto param = settings.authorizationParams.cbegin();
         param != settings.authorizationParams.cend(); ++param)
        lines.append(param.key() + u'=' + param.value());
    const bool given =
        view.registration && view.registration->kind == store::RegistrationKind::PreRegistered;
    return {view.server.name, view.account.name, settings.scopes.join(u' '),
        QString::number(int(settings.resourceMode)), settings.resourceValue, settings.redirectHost,
        QString::number(settings.redirectPort), lines.join(u'\n'),
        given ? view.registration->clientId : QString(), settings.caFile};
}

} // namespace

SettingsPane::SettingsPane(Services &services, SettingsDrafts &drafts, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_drafts(drafts)
    , m_form(new QFormLayout)
    , m_name(new QLineEdit(this))
    , m_account(new QLineEdit(this))
    , m_scopes(new QLineEdit(this))
    , m_resourceMode(new QComboBox(this))
    , m_resourceValue(new QLineEdit(this))
    , m_redirectHost(new QComboBox(this))
    , m_redirectPort(new QSpinBox(this))
    , m_params(new QPlainTextEdit(this))
    , m_clientId(new QLineEdit(this))
    , m_clientSecret(new QLineEdit(this))
    , m_caFile(new QLineEdit(this))
    , m_browse(new QPushButton(this))
    , m_banner(new Banner(this))
    , m_save(new QPushButton(this))
    , m_revert(new QPushButton(this))
    , m_unsaved(makeLabel(Type::Small, this, true))
{
    m_name->setObjectName(QStringLiteral("serverName"));
    m_scopes->setObjectName(QStringLiteral("serverScopes"));
    m_clientSecret->setObjectName(QStringLiteral("serverClientSecret"));
    m_save->setObjectName(QStringLiteral("saveSettings"));
    m_revert->setObjectName(QStringLiteral("undoSettings"));
    m_unsaved->setObjectName(QStringLiteral("unsavedSettings"));
    m_unsaved->setWordWrap(false);
    m_banner->setObjectName(QStringLiteral("settingsBanner"));
    setLook(m_save, "primary");
    m_redirectHost->addItems({QStringLiteral("127.0.0.1"), QStringLiteral("localhost")});
    m_redirectPort->setRange(0, 65535);
    m_resourceMode->addItems({{}, {}, {}});
    m_clientSecret->setEchoMode(QLineEdit::Password);
    m_params->setTabChangesFocus(true);
    m_params->setFont(ui::font(Type::Mono));
    m_params->setFixedHeight(3 * QFontMetrics(m_params->font()).lineSpacing() + 22);

    m_form->setHorizontalSpacing(space::l);
    m_form->setVerticalSpacing(space::s);
    m_form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (QWidget *field :
        std::initializer_list<QWidget *>{m_name, m_account, m_scopes, m_resourceMode,
            m_resourceValue, m_redirectHost, m_redirectPort, m_params, m_clientId, m_clientSecret})
        m_labels.append(addRow(field));
    auto *ca = new QWidget(this);
    auto *caLine = new QHBoxLayout(ca);
    caLine->setContentsMargins(0, 0, 0, 0);
    caLine->addWidget(m_caFile, 1);
    caLine->addWidget(m_browse);
    m_labels.append(addRow(ca));
    m_labels.constLast()->setBuddy(m_caFile);

    auto *card = new Card(this);
    card->setMaximumWidth(cardWidth);
    card->body()->addLayout(m_form);
    card->body()->addWidget(m_banner);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_save);
    buttons->addWidget(m_revert);
    buttons->addSpacing(space::s);
    buttons->addWidget(m_unsaved);
    buttons->addStretch();
    card->body()->addLayout(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::l, 0, space::l);
    auto *capped = new QHBoxLayout;
    capped->addWidget(card, 1);
    capped->addStretch();
    layout->addLayout(capped);
    layout->addStretch();

    for (QLineEdit *line :
        {m_name, m_account, m_scopes, m_resourceValue, m_clientId, m_clientSecret, m_caFile})
        connect(line, &QLineEdit::textEdited, this, &SettingsPane::noteEdits);
    connect(m_params, &QPlainTextEdit::textChanged, this, &SettingsPane::noteEdits);
    connect(m_resourceMode, &QComboBox::activated, this, &SettingsPane::noteEdits);
    connect(m_redirectHost, &QComboBox::activated, this, &SettingsPane::noteEdits);
    connect(m_redirectPort, &QSpinBox::valueChanged, this, &SettingsPane::noteEdits);
    connect(m_resourceMode, &QComboBox::currentIndexChanged, this,
        [this](int mode) { m_form->setRowVisible(m_resourceValue, mode == 1); });
    connect(m_browse, &QPushButton::clicked, this, &SettingsPane::chooseCaFile);
    connect(m_save, &QPushButton::clicked, this, &SettingsPane::save);
    connect(m_revert, &QPushButton::clicked, this, &SettingsPane::discard);
    connect(&drafts, &SettingsDrafts::changed, this, [this](const QString &accountId) {
        if (m_view && m_view->account.id == accountId)
            fill();
    });
    retranslate();
}

QLabel *SettingsPane::addRow(QWidget *field)
{
    auto *label = new QLabel(this);
    setLook(label, "muted");
    label->setBuddy(field);
    label->setMinimumHeight(m_name->sizeHint().height());
    label->setAlignment(Qt::AlignVCenter | Qt::AlignLeading);
    m_form->addRow(label, field);
    return label;
}

void SettingsPane::show(const credentials::AccountView &view)
{
    if (!m_view || m_view->account.id != view.account.id) {
        m_banner->hide();
        m_saving = false;
    }
    m_view = view;
    fill();
}

QString SettingsPane::text(int field) const
{
    switch (field) {
    case Name:
        return m_name->text();
    case Account:
        return m_account->text();
    case Scopes:
        return m_scopes->text();
    case ResourceMode:
        return QString::number(m_resourceMode->currentIndex());
    case ResourceValue:
        return m_resourceValue->text();
    case RedirectHost:
        return m_redirectHost->currentText();
    case RedirectPort:
        return QString::number(m_redirectPort->value());
    case Params:
        return m_params->toPlainText();
    case ClientId:
        return m_clientId->text();
    default:
        return m_caFile->text();
    }
}

void SettingsPane::setText(int field, const QString &text)
{
    switch (field) {
    case Name:
        return m_name->setText(text);
    case Account:
        return m_account->setText(text);
    case Scopes:
        return m_scopes->setText(text);
    case ResourceMode:
        return m_resourceMode->setCurrentIndex(text.toInt());
    case ResourceValue:
        return m_resourceValue->setText(text);
    case RedirectHost:
        return m_redirectHost->setCurrentText(text);
    case RedirectPort:
        return m_redirectPort->setValue(text.toInt());
    case Params:
        return m_params->setPlainText(text);
    case ClientId:
        return m_clientId->setText(text);
    default:
        return m_caFile->setText(text);
    }
}

// What is stored, and over it what was typed. A field that has it already keeps its cursor.
void SettingsPane::fill()
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    const QStringList stored = storedTexts(*m_view);
    const SettingsDrafts::Draft draft = m_drafts.of(m_view->account.id);
    for (int field = 0; field < FieldCount; ++field) {
        const QString wanted = draft.texts.value(field, stored.at(field));
        if (text(field) != wanted)
            setText(field, wanted);
    }
    m_form->setRowVisible(m_resourceValue, m_resourceMode->currentIndex() == 1);
    if (Secret::fromString(m_clientSecret->text()) != draft.clientSecret)
        m_clientSecret->setText(QString::fromUtf8(draft.clientSecret.expose()));
    if (m_drafts.hasLostSecret(m_view->account.id))
        m_banner->show(Tone::Info,
            tr("A lock has made Chatelaine forget the client secret that was typed here. Type it "
               "again."));
    follow();
}

void SettingsPane::follow()
{
    const bool unsaved = m_view && m_drafts.has(m_view->account.id);
    m_save->setEnabled(unsaved && !m_saving);
    const bool lost = m_view && m_drafts.hasLostSecret(m_view->account.id);
    m_revert->setEnabled((unsaved || lost) && !m_saving);
    m_unsaved->setVisible(unsaved);
}

void SettingsPane::noteEdits()
{
    if (m_filling || !m_view)
        return;
    m_banner->hide(); // it spoke of what was there before
    const QStringList stored = storedTexts(*m_view);
    SettingsDrafts::Draft draft;
    for (int field = 0; field < FieldCount; ++field) {
        if (const QString typed = text(field); typed != stored.at(field))
            draft.texts.insert(field, typed);
    }
    draft.clientSecret = Secret::fromString(m_clientSecret->text());
    m_drafts.keep(m_view->account.id, draft);
    follow();
}

void SettingsPane::discard()
{
    m_banner->hide();
    m_drafts.keep(m_view->account.id, {});
    follow(); // where there was no draft nothing has changed
}

std::optional<QMap<QString, QString>> SettingsPane::typedParams() const
{
    QMap<QString, QString> params;
    const QStringList lines = m_params->toPlainText().split(u'\n');
    for (const QString &line : lines) {
        if (line.trimmed().isEmpty())
            continue;
        const qsizetype equals = line.indexOf(u'=');
        if (equals < 1)
            return std::nullopt;
        params.insert(line.left(equals).trimmed(), line.mid(equals + 1).trimmed());
    }
    return params;
}

credentials::AccountChange SettingsPane::typed() const
{
    credentials::AccountChange change;
    change.name = m_name->text().trimmed();
    change.account = m_account->text().trimmed();
    change.settings = m_view->server.settings;
    change.settings.scopes = m_scopes->text().split(u' ', Qt::SkipEmptyParts);
    change.settings.resourceMode = static_cast<store::ResourceMode>(m_resourceMode->currentIndex());
    change.settings.resourceValue = m_resourceValue->text().trimmed();
    change.settings.redirectHost = m_redirectHost->currentText();
    change.settings.redirectPort = quint16(m_redirectPort->value());
    change.settings.authorizationParams = typedParams().value_or(QMap<QString, QString>());
    change.settings.caFile = m_caFile->text().trimmed();
    change.clientId = m_clientId->text().trimmed();
    change.clientSecret = Secret::fromString(m_clientSecret->text());
    return change;
}

void SettingsPane::save()
{
    if (!typedParams()) {
        m_banner->show(Tone::Error,
            tr("Extra parameters are lines of the form name=value. One of them is not."));
        return;
    }
    m_saving = true;
    follow();
    const auto work = [](QPointer<SettingsPane> self, credentials::Credentials &heart, QString id,
                          credentials::AccountChange change,
                          SettingsDrafts::Draft sent) -> Task<void> {
        const audit::ClientFacts me = windowFacts();
        const Result<credentials::AccountView> changed = co_await heart.change(id, change, me);
        if (!self)
            co_return;
        const bool shown = self->m_view && self->m_view->account.id == id;
        if (shown)
            self->m_saving = false;
        if (shown && changed)
            self->m_view = *changed;
        if (changed)
            self->m_drafts.saved(id, sent);
        if (!shown)
            co_return;
        self->follow();
        if (changed)
            self->m_banner->show(
                Tone::Ok, tr("Saved. What concerns signing in counts from the next time."));
        else
            self->m_banner->show(Tone::Error, errorTitle(changed.error()), changed.error().message);
    };
    const QString id = m_view->account.id;
    const SettingsDrafts::Draft sent = m_drafts.of(id);
    detach(work(this, m_services.broker.credentials(), id, typed(), sent));
}

void SettingsPane::chooseCaFile()
{
    auto *dialog = new QFileDialog(this, tr("Certificate authority"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Certificates (*.pem *.crt)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_caFile->setText(file);
        noteEdits();
    });
    dialog->open();
}

void SettingsPane::retranslate()
{
    const QStringList labels{tr("Name"), tr("Account"), tr("Scopes"), tr("Resource parameter"),
        tr("Its value"), tr("Callback host"), tr("Callback port"), tr("Extra parameters"),
        tr("Client id"), tr("Client secret"), tr("Certificate authority")};
    for (int i = 0; i < m_labels.size(); ++i) {
        m_labels.at(i)->setText(labels.at(i));
        m_labels.at(i)->buddy()->setAccessibleName(labels.at(i));
    }
    m_account->setPlaceholderText(tr("only with several accounts"));
    m_scopes->setPlaceholderText(tr("those the server asks for"));
    m_resourceMode->setItemText(0, tr("As the server says"));
    m_resourceMode->setItemText(1, tr("This value"));
    m_resourceMode->setItemText(2, tr("Left out"));
    m_redirectPort->setSpecialValueText(tr("any free one"));
    m_params->setPlaceholderText(tr("prompt=login"));
    m_clientId->setPlaceholderText(tr("only where you registered one yourself"));
    m_clientSecret->setPlaceholderText(tr("unchanged"));
    m_caFile->setPlaceholderText(tr("only the system's"));
    m_browse->setText(tr("C&hoose…"));
    m_browse->setAccessibleName(tr("Choose a certificate file"));
    m_save->setText(tr("Sa&ve"));
    m_revert->setText(tr("Un&do"));
    m_unsaved->setText(tr("Not saved yet"));
    if (m_view)
        fill();
}

} // namespace chatelaine::ui
