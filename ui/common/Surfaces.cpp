// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Surfaces.h"

#include "ui/common/CopyField.h"
#include "ui/common/FlowLayout.h"
#include "ui/common/Icons.h"
#include "ui/common/ValueLabel.h"

#include <QGridLayout>
#include <QPainter>
#include <QPushButton>

namespace chatelaine::ui {

namespace {

constexpr int widestLine = 460;
constexpr int bannerIcon = 20;
constexpr int leastWords = 300; ///< beside a banner's buttons

/// A line in the middle. Stretches, no alignment: what is aligned never gets the height that its
/// width asks for.
QHBoxLayout *centred(QWidget *widget)
{
    widget->setMaximumWidth(qMin(widget->maximumWidth(), widestLine));
    auto *line = new QHBoxLayout;
    line->addStretch();
    line->addWidget(widget, 100);
    line->addStretch();
    return line;
}

} // namespace

Card::Card(QWidget *parent)
    : QFrame(parent)
    , m_title(makeLabel(Type::Strong, this))
    , m_header(new QHBoxLayout)
    , m_body(new QVBoxLayout)
{
    setLook(this, "card");
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::m, space::l, space::l);
    layout->setSpacing(space::s);
    m_header->addWidget(m_title, 1);
    m_title->hide();
    layout->addLayout(m_header);
    m_body->setSpacing(space::s);
    layout->addLayout(m_body);
}

void Card::setTitle(const QString &title)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void Card::addToHeader(QWidget *widget)
{
    m_header->addWidget(widget);
}

EmptyState::EmptyState(const QString &iconName, QWidget *parent)
    : QWidget(parent)
    , m_icon(new IconLabel(iconName, 48, this))
    , m_title(makeLabel(Type::Title, this))
    , m_sentence(makeLabel(Type::Body, this, true))
    , m_actions(new QHBoxLayout)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    layout->setSpacing(space::m);
    layout->addStretch(2);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    for (QLabel *label : {m_title, m_sentence}) {
        label->setAlignment(Qt::AlignCenter);
        layout->addLayout(centred(label));
    }
    layout->addSpacing(space::xs);
    m_actions->setSpacing(space::s);
    m_actions->addStretch();
    m_actions->addStretch();
    layout->addLayout(m_actions);
    layout->addStretch(3);
}

void EmptyState::setTexts(const QString &title, const QString &sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
}

void EmptyState::setIcon(const QString &iconName)
{
    m_icon->setName(iconName);
}

QPushButton *EmptyState::addAction(const QString &iconName)
{
    auto *button = new QPushButton(this);
    if (!iconName.isEmpty())
        button->setIcon(icon(iconName));
    m_actions->insertWidget(m_actions->count() - 1, button);
    return button;
}

void EmptyState::insert(QWidget *widget)
{
    auto *lines = static_cast<QVBoxLayout *>(layout());
    // The buttons and the stretch below them are the last two.
    lines->insertLayout(lines->count() - 2, centred(widget));
}

Banner::Banner(QWidget *parent)
    : QFrame(parent)
    , m_icon(new IconLabel(QStringLiteral("info"), bannerIcon, this))
    , m_text(makeLabel(Type::Body, this))
    , m_more(makeLabel(Type::Small, this))
    , m_buttons(new QHBoxLayout)
    , m_row(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    m_row->setContentsMargins(space::m, space::s, space::m, space::s);
    m_row->setSpacing(space::s);
    auto *words = new QVBoxLayout;
    // The icon stands at the middle of the first line.
    words->setContentsMargins(0, qMax(0, (bannerIcon - m_text->fontMetrics().height()) / 2), 0, 0);
    words->setSpacing(2);
    words->addWidget(m_text);
    words->addWidget(m_more);
    auto *line = new QHBoxLayout;
    line->setSpacing(space::m);
    line->addWidget(m_icon, 0, Qt::AlignTop);
    line->addLayout(words, 1);
    auto *middle = new QVBoxLayout;
    // Room that is there, but none that is asked for: a stretch would make the banner as tall as
    // its page.
    const auto room = [] {
        return new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Preferred);
    };
    middle->addItem(room());
    middle->addLayout(line);
    middle->addItem(room());
    m_row->addLayout(middle, 1);
    m_buttons->setSpacing(space::s);
    m_row->addLayout(m_buttons);
    for (QLabel *label : {m_text, m_more})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    hide();
}

void Banner::show(Tone tone, const QString &text, const QString &more)
{
    m_tone = tone;
    static const char *const names[] = {"info", "info", "ok", "warning", "error"};
    m_icon->setName(QString::fromLatin1(names[int(tone)]));
    m_icon->setTone(tone);
    m_text->setText(text);
    m_more->setText(more);
    m_more->setVisible(!more.isEmpty());
    setAccessibleName(text);
    setAccessibleDescription(more);
    setVisible(true);
    update();
}

void Banner::addWidget(QWidget *widget)
{
    m_buttons->addWidget(widget, 0, Qt::AlignVCenter);
}

void Banner::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    const int indent = bannerIcon + space::m;
    const int buttons = m_buttons->sizeHint().width();
    const bool below = buttons > 0 && width() < 2 * space::m + indent + leastWords + buttons;
    m_row->setDirection(below ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_buttons->setContentsMargins(below ? indent : space::xs, 0, 0, 0);
    m_row->setAlignment(m_buttons, below ? Qt::AlignLeft : Qt::Alignment());
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colorsOf(palette()).tone(m_tone).ground);
    painter.drawRoundedRect(rect(), space::radius, space::radius);
}

KeyValueGrid::KeyValueGrid(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space::l);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(1, 1);
}

void KeyValueGrid::begin()
{
    m_next = 0;
}

KeyValueGrid::Row &KeyValueGrid::next(const QString &key, const QString &value, bool mono)
{
    if (m_next == m_rows.size()) {
        Row made{makeLabel(Type::Body, this, true), new ValueLabel(this), new CopyButton(this)};
        made.key->setWordWrap(false);
        made.key->setAlignment(Qt::AlignTop | Qt::AlignLeading);
        made.copy->setIconSize({16, 16});
        // No higher than a line.
        made.copy->setFixedSize(22, 20);
        setLook(made.copy, "inline");
        made.copy->hide();
        m_grid->addWidget(made.key, int(m_next), 0);
        m_grid->addWidget(made.value, int(m_next), 1, 1, 2);
        m_rows.append(made);
    }
    Row &row = m_rows[m_next++];
    row.key->setText(key);
    row.value->setFont(ui::font(mono ? Type::Mono : Type::Body));
    row.value->setValue(value);
    row.value->setAccessibleName(QStringLiteral("%1: %2").arg(key, value));
    row.key->show();
    row.value->show();
    return row;
}

void KeyValueGrid::row(const QString &key, const QString &value, bool mono)
{
    offerCopy(next(key, value, mono), false);
}

void KeyValueGrid::copyRow(const QString &key, const QString &value)
{
    Row &row = next(key, value, true);
    row.copy->set(value, key);
    offerCopy(row, true);
}

// Where there is no button, its place is the value's.
void KeyValueGrid::offerCopy(Row &row, bool offered)
{
    if (row.copy->isVisibleTo(this) == offered)
        return;
    const int line = int(m_next) - 1;
    m_grid->removeWidget(row.value);
    m_grid->removeWidget(row.copy);
    m_grid->addWidget(row.value, line, 1, 1, offered ? 1 : 2);
    if (offered)
        m_grid->addWidget(row.copy, line, 2, Qt::AlignTop);
    row.copy->setVisible(offered);
}

void KeyValueGrid::end()
{
    for (qsizetype i = m_next; i < m_rows.size(); ++i) {
        m_rows.at(i).key->hide();
        m_rows.at(i).value->hide();
        m_rows.at(i).copy->hide();
    }
}

int KeyValueGrid::keyWidth() const
{
    int widest = 0;
    for (qsizetype i = 0; i < m_next; ++i)
        widest = qMax(widest, m_rows.at(i).key->sizeHint().width());
    return widest;
}

void KeyValueGrid::setKeyWidth(int width)
{
    m_grid->setColumnMinimumWidth(0, width);
}

ChipFlow::ChipFlow(QWidget *parent)
    : QWidget(parent)
{
    auto *flow = new FlowLayout(6);
    setLayout(flow);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChipFlow::setChips(const QStringList &chips)
{
    if (chips == m_chips)
        return;
    m_chips = chips;
    while (QLayoutItem *item = layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString &chip : chips) {
        auto *label = new QLabel(chip, this);
        label->setFont(ui::font(Type::Small));
        label->setTextFormat(Qt::PlainText);
        setLook(label, "chip");
        layout()->addWidget(label);
        label->show();
    }
    updateGeometry();
}

} // namespace chatelaine::ui
