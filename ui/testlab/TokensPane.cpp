// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testlab/TokensPane.h"

#include "ui/common/Columns.h"
#include "ui/common/Icons.h"
#include "ui/testlab/ExchangePane.h"
#include "ui/testlab/LabRun.h"
#include "ui/testlab/LabWords.h"
#include "ui/testlab/TokenModel.h"

#include <QHeaderView>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

constexpr int restMs = 100;
constexpr int leastState = 100;
constexpr int leastClient = 90;
constexpr int leastFingerprint = 130; ///< hexadecimal digits enough to tell them apart

// A text that is read, perhaps, is not moved under the eyes.
void setText(QPlainTextEdit *reader, const QJsonObject &object)
{
    const QString text = QString::fromUtf8(QJsonDocument(object).toJson().trimmed());
    if (reader->toPlainText() != text)
        reader->setPlainText(text);
}

} // namespace

TokensPane::TokensPane(LabRun &run, QWidget *parent)
    : Pane(parent)
    , m_run(run)
    , m_model(new TokenModel(run, this))
    , m_stack(new QStackedWidget(this))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_table(new QTableView)
    , m_none(new EmptyState(QStringLiteral("key")))
{
    m_table->setObjectName(QStringLiteral("labTokens"));
    m_table->setModel(m_model);
    m_table->setFont(ui::font(Type::Small));
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(
        QFontMetrics(ui::font(Type::Small)).height() + 12);
    m_table->horizontalHeader()->setFont(ui::font(Type::Small));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setResizeContentsPrecision(0);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setMinimumWidth(300);
    m_table->viewport()->installEventFilter(this);
    m_detail = makeDetail();
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_detail);
    m_splitter->setSizes({400, 360});
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(6);
    m_detail->hide();
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_none);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::s, 0, 0);
    layout->addWidget(m_stack);

    m_due.setSingleShot(true);
    m_due.setInterval(restMs);
    connect(&m_due, &QTimer::timeout, this, &TokensPane::refresh);
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &TokensPane::tick);
    const auto later = [this] {
        if (isVisible() && !m_due.isActive())
            m_due.start();
    };
    connect(&run, &LabRun::exchanged, this, later);
    connect(&run, &LabRun::emptied, this, later);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &TokensPane::onCurrent);
    connect(m_table, &QTableView::clicked, this, &TokensPane::onCurrent);
    connect(m_close, &QToolButton::clicked, this, [this] {
        m_table->setCurrentIndex({});
        m_table->setFocus();
    });
    retranslate();
}

QWidget *TokensPane::makeDetail()
{
    auto *detail = new QWidget;
    m_title = makeLabel(Type::Strong, detail);
    m_state = new StatePill(detail);
    m_facts = new KeyValueGrid(detail);
    m_close = new QToolButton(detail);
    m_close->setObjectName(QStringLiteral("closeToken"));
    m_close->setFocusPolicy(Qt::StrongFocus);
    m_close->setIcon(icon(QStringLiteral("close")));
    m_headerTitle = makeLabel(Type::Small, detail, true);
    m_header = makeReader(detail);
    m_claimsTitle = makeLabel(Type::Small, detail, true);
    m_claims = makeReader(detail);
    m_header->setObjectName(QStringLiteral("tokenHeader"));
    m_claims->setObjectName(QStringLiteral("tokenClaims"));
    auto *layout = new QVBoxLayout(detail);
    layout->setContentsMargins(space::s, 0, 0, 0);
    layout->setSpacing(space::xs);
    auto *first = new QHBoxLayout;
    first->addWidget(m_title, 1);
    first->addWidget(m_state);
    first->addWidget(m_close);
    layout->addLayout(first);
    layout->addWidget(m_facts);
    layout->addSpacing(space::xs);
    layout->addWidget(m_headerTitle);
    layout->addWidget(m_header, 2);
    layout->addSpacing(space::xs);
    layout->addWidget(m_claimsTitle);
    layout->addWidget(m_claims, 4);
    layout->addStretch(0);
    detail->setMinimumWidth(290);
    return detail;
}

void TokensPane::showEvent(QShowEvent *event)
{
    Pane::showEvent(event);
    refresh();
    m_tick.start();
}

void TokensPane::hideEvent(QHideEvent *event)
{
    m_tick.stop();
    Pane::hideEvent(event);
}

void TokensPane::refresh()
{
    const QString chosen = m_chosen;
    m_model->refresh();
    m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 1 : 0);
    const int row = m_model->rowOf(chosen);
    m_chosen = row < 0 ? QString() : chosen;
    if (row >= 0 && m_table->currentIndex().row() != row) {
        const QSignalBlocker blocker(m_table->selectionModel());
        m_table->selectRow(row);
    }
    arrangeColumns();
    fill();
}

bool TokensPane::eventFilter(QObject *watched, QEvent *event)
{
    // Hidden, the table would measure every row it has.
    if (watched == m_table->viewport() && event->type() == QEvent::Resize && isVisible())
        arrangeColumns();
    return Pane::eventFilter(watched, event);
}

void TokensPane::arrangeColumns()
{
    QList<Column> columns = contentOf(*m_table);
    const auto atLeast = [&columns](int column, int least, int leaves = 0) {
        Column &one = columns[column];
        one.least = qMin(one.want, qMax(one.least, least));
        one.leaves = leaves;
    };
    columns[TokenModel::Kind].least = columns.at(TokenModel::Kind).want;
    atLeast(TokenModel::State, leastState);
    atLeast(TokenModel::Client, leastClient);
    atLeast(TokenModel::Fingerprint, leastFingerprint, 1);
    setColumnWidths(*m_table, columnWidths(columns, m_table->viewport()->width()));
}

void TokensPane::tick()
{
    m_model->tick();
    fill();
}

void TokensPane::onCurrent()
{
    const testlab::IssuedToken *token = m_model->token(m_table->currentIndex().row());
    m_chosen = token ? token->fingerprint : QString();
    fill();
}

void TokensPane::fill()
{
    const testlab::IssuedToken *token = m_model->token(m_model->rowOf(m_chosen));
    m_detail->setVisible(token != nullptr);
    if (!token)
        return;
    const UtcMs now = m_model->now();
    const StateText state = tokenState(*token, now);
    m_title->setText(tokenKindText(token->kind));
    m_state->set(state.tone, state.icon, state.word);
    m_facts->begin();
    m_facts->row(tr("Fingerprint"), token->fingerprint, true);
    m_facts->row(tr("Client"), token->clientId, true);
    m_facts->row(tr("Subject"), token->subject);
    m_facts->row(tr("Scopes"), token->scopes.join(u' '));
    m_facts->row(tr("Issued"), relativeTime(token->issued, now));
    m_facts->row(tr("Expires"), relativeTime(token->expires, now));
    if (token->kind == testlab::IssuedToken::Kind::Refresh)
        m_facts->row(tr("Contents"), tr("A random text that says nothing by itself."));
    m_facts->end();
    const auto decoded = m_run.lab()->decode(token->fingerprint);
    for (QWidget *widget :
        std::initializer_list<QWidget *>{m_headerTitle, m_header, m_claimsTitle, m_claims})
        widget->setVisible(decoded.has_value());
    if (decoded) {
        setText(m_header, decoded->header);
        setText(m_claims, decoded->claims);
    }
}

void TokensPane::retranslate()
{
    m_table->setAccessibleName(tr("Tokens the lab has issued"));
    m_none->setTexts(tr("No tokens yet"),
        tr("A client gets an access token, and a refresh token with it, when somebody signs in."));
    m_close->setToolTip(tr("Close the token"));
    m_close->setAccessibleName(m_close->toolTip());
    m_headerTitle->setText(tr("Header"));
    m_header->setAccessibleName(tr("Header of the token"));
    m_claimsTitle->setText(tr("Claims"));
    m_claims->setAccessibleName(tr("Claims of the token"));
    m_model->retranslate();
    refresh();
}

} // namespace chatelaine::ui
