// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testlab/ExchangePane.h"

#include "ui/common/Icons.h"
#include "ui/testlab/LabWords.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QTextDocument>
#include <QtMath>
#include <QToolButton>
#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

/// Ends with a whole line, wherever it is cut.
class Reader : public QPlainTextEdit
{
public:
    using QPlainTextEdit::QPlainTextEdit;

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        const int room = contentsRect().height() - qCeil(document()->documentMargin());
        const int spare = room % fontMetrics().lineSpacing();
        if (viewportMargins().bottom() != spare)
            setViewportMargins(0, 0, 0, spare);
        QPlainTextEdit::resizeEvent(event);
    }
};

} // namespace

QPlainTextEdit *makeReader(QWidget *parent)
{
    auto *reader = new Reader(parent);
    reader->setReadOnly(true);
    reader->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    reader->setFont(ui::font(Type::Mono));
    reader->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    reader->setTabChangesFocus(true);
    reader->setMinimumHeight(60);
    return reader;
}

ExchangePane::ExchangePane(QWidget *parent)
    : Pane(parent)
    , m_title(makeLabel(Type::Strong, this))
    , m_close(new QToolButton(this))
    , m_status(new StatePill(this))
    , m_when(makeLabel(Type::Small, this, true))
    , m_requestTitle(makeLabel(Type::Small, this, true))
    , m_request(makeReader(this))
    , m_answerTitle(makeLabel(Type::Small, this, true))
    , m_answer(makeReader(this))
{
    m_request->setObjectName(QStringLiteral("exchangeRequest"));
    m_answer->setObjectName(QStringLiteral("exchangeAnswer"));
    m_close->setFocusPolicy(Qt::StrongFocus);
    m_close->setIcon(icon(QStringLiteral("close")));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::s, 0, 0, 0);
    layout->setSpacing(space::xs);
    auto *first = new QHBoxLayout;
    first->addWidget(m_title, 1);
    first->addWidget(m_close, 0, Qt::AlignTop);
    layout->addLayout(first);
    auto *second = new QHBoxLayout;
    second->addWidget(m_status);
    second->addWidget(m_when, 1);
    layout->addLayout(second);
    layout->addSpacing(space::s);
    layout->addWidget(m_requestTitle);
    layout->addWidget(m_request, 1);
    layout->addSpacing(space::xs);
    layout->addWidget(m_answerTitle);
    layout->addWidget(m_answer, 1);
    setMinimumWidth(280);
    connect(m_close, &QToolButton::clicked, this, &ExchangePane::closeWanted);
    retranslate();
}

void ExchangePane::show(const testlab::Exchange &exchange)
{
    m_exchange = exchange;
    fill();
    QWidget::show();
}

void ExchangePane::fill()
{
    if (!m_exchange)
        return;
    const StateText status = statusText(*m_exchange);
    m_title->setText(exchangeText(m_exchange->what));
    m_status->set(status.tone, status.icon, status.word);
    QStringList when{clockTime(m_exchange->time)};
    if (const QString took = durationText(*m_exchange); !took.isEmpty())
        when.append(took);
    when.append(placeText(m_exchange->place));
    m_when->setText(when.join(QStringLiteral(" · ")));
    m_request->setPlainText(m_exchange->request);
    m_answer->setPlainText(m_exchange->answer.isEmpty()
            ? tr("The connection stays open and nothing comes.")
            : m_exchange->answer);
}

void ExchangePane::retranslate()
{
    m_close->setToolTip(tr("Close the request"));
    m_close->setAccessibleName(m_close->toolTip());
    m_requestTitle->setText(tr("Request"));
    m_request->setAccessibleName(m_requestTitle->text());
    m_answerTitle->setText(tr("Answer"));
    m_answer->setAccessibleName(m_answerTitle->text());
    const QString secrets = tr("In brackets: the fingerprint of a credential, in its place");
    m_request->setToolTip(secrets);
    m_answer->setToolTip(secrets);
    fill();
}

} // namespace chatelaine::ui
