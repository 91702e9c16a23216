// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/WelcomeView.h"

#include "ui/common/Icons.h"
#include "ui/common/Labels.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace chatelaine::ui {

namespace {

constexpr int widest = 600;

/// The application's own picture, as sharp as the screen.
class Emblem : public QWidget
{
public:
    explicit Emblem(QWidget *parent)
        : QWidget(parent)
    {
        setFixedSize(72, 72);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        applicationIcon().paint(&painter, rect());
    }
};

} // namespace

WelcomeView::WelcomeView(bool withTestLab, QWidget *parent)
    : Pane(parent)
    , m_title(makeLabel(Type::Headline, this))
    , m_sentence(makeLabel(Type::Body, this, true))
    , m_add(new QPushButton(this))
    , m_lab(new QPushButton(this))
    , m_later(new QPushButton(this))
{
    setObjectName(QStringLiteral("welcome"));
    m_add->setObjectName(QStringLiteral("welcomeAdd"));
    m_lab->setObjectName(QStringLiteral("welcomeLab"));
    m_later->setObjectName(QStringLiteral("welcomeLater"));
    setLook(m_add, "primary");
    setLook(m_later, "quiet");
    m_lab->setVisible(withTestLab);

    auto *column = new QWidget(this);
    column->setMaximumWidth(widest);
    auto *lines = new QVBoxLayout(column);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(space::m);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::l);
    head->addWidget(new Emblem(this), 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(space::xs);
    words->addWidget(m_title);
    words->addWidget(m_sentence);
    words->addStretch();
    head->addLayout(words, 1);
    lines->addLayout(head);
    lines->addSpacing(space::s);
    for (const char *iconName : {"sign-in", "shield", "history"}) {
        const Point point{makeLabel(Type::Strong, this), makeLabel(Type::Body, this, true)};
        m_points.append(point);
        auto *row = new QHBoxLayout;
        row->setSpacing(space::l);
        row->addSpacing((72 - 24) / 2);
        auto *sign = new IconLabel(QString::fromLatin1(iconName), 24, this);
        row->addWidget(sign, 0, Qt::AlignTop);
        row->addSpacing((72 - 24) / 2);
        auto *texts = new QVBoxLayout;
        texts->setSpacing(2);
        texts->addWidget(point.title);
        texts->addWidget(point.sentence);
        row->addLayout(texts, 1);
        lines->addLayout(row);
    }
    lines->addSpacing(space::m);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addSpacing(72 + space::l);
    for (QPushButton *button : {m_add, m_lab, m_later})
        buttons->addWidget(button);
    buttons->addStretch();
    lines->addLayout(buttons);

    auto *middle = new QHBoxLayout;
    middle->addStretch();
    middle->addWidget(column, 100);
    middle->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    layout->addStretch(2);
    layout->addLayout(middle);
    layout->addStretch(3);
    connect(m_add, &QPushButton::clicked, this, &WelcomeView::addRequested);
    connect(m_lab, &QPushButton::clicked, this, &WelcomeView::testLabRequested);
    connect(m_later, &QPushButton::clicked, this, &WelcomeView::dismissed);
    retranslate();
}

void WelcomeView::showEvent(QShowEvent *event)
{
    Pane::showEvent(event);
    m_add->setFocus();
}

void WelcomeView::retranslate()
{
    m_title->setText(tr("Welcome to Chatelaine"));
    m_sentence->setText(tr("It keeps the keys to your MCP servers, so that no program has to."));
    const QStringList titles{
        tr("Sign in once"), tr("Decide who may borrow"), tr("See what was lent")};
    const QStringList sentences{
        tr("In your browser, at the server's own page. The tokens go into your keychain and are "
           "renewed there."),
        tr("A program that wants access asks, and you answer: once, for an hour, always, or no. "
           "None of them gets more than a token that expires soon."),
        tr("Every loan is written into a history that nobody can change unnoticed."),
    };
    for (int i = 0; i < m_points.size(); ++i) {
        m_points.at(i).title->setText(titles.at(i));
        m_points.at(i).sentence->setText(sentences.at(i));
    }
    m_add->setText(tr("&Add a server"));
    m_add->setIcon(accentIcon(QStringLiteral("add")));
    m_lab->setText(tr("&Try it on the test lab"));
    m_lab->setIcon(icon(QStringLiteral("lab")));
    m_later->setText(tr("&Not now"));
}

} // namespace chatelaine::ui
