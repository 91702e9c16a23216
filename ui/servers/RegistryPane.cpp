// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/RegistryPane.h"

#include "core/broker/Broker.h"
#include "ui/common/Icons.h"
#include "ui/common/Surfaces.h"
#include "ui/servers/RegistryDelegate.h"
#include "ui/servers/RegistryModel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>

namespace chatelaine::ui {

namespace {

constexpr int fewestRows = 2;

} // namespace

RegistryPane::RegistryPane(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_search(services.http, services.broker.clock())
    , m_model(new RegistryModel(m_search, this))
    , m_card(new Card(this))
    , m_intro(makeLabel(Type::Small, m_card, true))
    , m_text(new QLineEdit(m_card))
    , m_list(new QListView(m_card))
    , m_trouble(new Banner(m_card))
    , m_retry(new QPushButton(m_trouble))
    , m_summary(makeLabel(Type::Small, m_card, true))
    , m_more(new QPushButton(m_card))
{
    m_text->setObjectName(QStringLiteral("searchRegistry"));
    m_list->setObjectName(QStringLiteral("registryList"));
    m_retry->setObjectName(QStringLiteral("retryRegistry"));
    m_more->setObjectName(QStringLiteral("moreOfRegistry"));
    m_summary->setObjectName(QStringLiteral("registrySummary"));
    m_text->setClearButtonEnabled(true);
    m_text->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RegistryDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_trouble->addWidget(m_retry);
    m_trouble->hide();

    auto *lines = m_card->body();
    lines->addWidget(m_intro);
    lines->addWidget(m_text);
    lines->addWidget(m_trouble);
    lines->addWidget(m_list);
    auto *last = new QHBoxLayout;
    last->addWidget(m_summary, 1);
    last->addWidget(m_more);
    lines->addLayout(last);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);

    connect(m_text, &QLineEdit::textChanged, &m_search, &registry::RegistrySearch::setText);
    connect(m_text, &QLineEdit::returnPressed, &m_search, &registry::RegistrySearch::hurry);
    connect(m_list, &QListView::clicked, this, &RegistryPane::choose);
    m_list->installEventFilter(this);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this,
        &RegistryPane::moreNearTheEnd);
    connect(m_retry, &QPushButton::clicked, &m_search, &registry::RegistrySearch::retry);
    connect(m_more, &QPushButton::clicked, &m_search, &registry::RegistrySearch::more);
    connect(&m_search, &registry::RegistrySearch::changed, this, &RegistryPane::showState);
    begin();
}

void RegistryPane::begin()
{
    m_text->clear();
    m_search.setBase(QUrl(m_services.broker.settings().values().registryUrl));
    retranslate();
}

void RegistryPane::focusSearch()
{
    m_text->setFocus();
    m_text->selectAll();
}

// Down leads from the words to what they found; Return chooses there. A view's own "activated"
// would come a second time after a double click.
bool RegistryPane::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return Pane::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (watched == m_text && key == Qt::Key_Down && m_model->rowCount() > 0) {
        m_list->setFocus();
        if (!m_list->currentIndex().isValid())
            m_list->setCurrentIndex(m_model->index(0));
        return true;
    }
    if (watched == m_list && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        choose(m_list->currentIndex());
        return true;
    }
    return Pane::eventFilter(watched, event);
}

void RegistryPane::moreNearTheEnd()
{
    const QScrollBar *bar = m_list->verticalScrollBar();
    if (bar->maximum() - bar->value() < bar->pageStep())
        m_search.more();
}

void RegistryPane::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const registry::Entry entry = m_model->entry(index.row());
    if (entry.remotes.size() == 1) {
        Q_EMIT chosen(entry.remotes.constFirst());
        return;
    }
    auto *menu = new QMenu(m_list);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const registry::Remote &remote : entry.remotes) {
        QString text = remote.url;
        menu->addAction(text.replace(u'&', QStringLiteral("&&")), this,
            [this, remote] { Q_EMIT chosen(remote); });
    }
    menu->popup(m_list->viewport()->mapToGlobal(m_list->visualRect(index).bottomLeft()));
}

int RegistryPane::listHeight() const
{
    return m_list->isVisibleTo(this) ? m_list->minimumHeight() : 0;
}

void RegistryPane::setListRoom(int height)
{
    m_room = height;
    fitList();
}

void RegistryPane::fitList()
{
    const int frame = 2 * m_list->frameWidth();
    const int rows = qMin(
        m_model->rowCount(), qMax(fewestRows, (m_room - frame) / RegistryDelegate::rowHeight()));
    const int height = rows * RegistryDelegate::rowHeight() + frame;
    if (height == m_list->minimumHeight())
        return;
    m_list->setFixedHeight(height);
    // Whoever measures what is around it at once shall not find what was measured before.
    for (QWidget *above = m_list->parentWidget(); above; above = above->parentWidget())
        above->updateGeometry();
}

void RegistryPane::showState()
{
    using State = registry::RegistrySearch::State;
    const State state = m_search.state();
    const int rows = m_model->rowCount();
    m_list->setVisible(rows > 0);
    fitList();
    if (state == State::Failed)
        m_trouble->show(
            Tone::Error, tr("The registry could not be searched."), m_search.error().message);
    else
        m_trouble->hide();

    QStringList words;
    if (state == State::Searching || m_search.isBusy())
        words.append(tr("Searching…"));
    else if (state == State::NothingFound && m_search.packagesOnly() == 0)
        words.append(
            tr("No server is called that. Try fewer letters, or part of the maker's name."));
    else if (state == State::NothingFound)
        words.append(tr("No server that one signs in to is called that."));
    else if (rows > 0)
        words.append(tr("%n server(s)", nullptr, rows));
    if (m_search.packagesOnly() > 0 && state != State::Searching)
        words.append(
            tr("%n more run(s) on this computer as a program: there is nothing to sign in to.",
                nullptr, m_search.packagesOnly()));
    m_summary->setText(words.join(u' '));
    m_summary->setVisible(!words.isEmpty());
    m_more->setVisible(m_search.hasMore() && state != State::Searching && state != State::Failed);
    m_more->setEnabled(!m_search.isBusy());
}

void RegistryPane::retranslate()
{
    m_card->setTitle(tr("Or look it up in the MCP Registry"));
    m_intro->setText(tr("What you type here is sent to %1.").arg(m_search.base().authority()));
    m_text->setPlaceholderText(tr("Part of a name, such as github"));
    m_text->setAccessibleName(tr("Search the MCP Registry"));
    m_list->setAccessibleName(tr("Servers found in the registry"));
    m_retry->setText(tr("&Try again"));
    m_more->setText(tr("&More"));
    m_model->retranslate();
    showState();
}

} // namespace chatelaine::ui
