// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Untranslated.h"

#include "ui/common/Labels.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTabBar>
#include <QXmlStreamReader>

namespace chatelaine::test {

namespace {

/// English words as they look on the screen, for the messages that are other words in `language`.
QList<QRegularExpression> wordsOf(const QString &language)
{
    QFile file(qEnvironmentVariable("CHATELAINE_SOURCE")
        + QStringLiteral("/translations/chatelaine_%1.ts").arg(language));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("There is no %s.", qPrintable(file.fileName()));
    static const QRegularExpression placeholder(QStringLiteral("%(L?[0-9]|n)"));
    static const QRegularExpression word(QStringLiteral("[A-Za-z]{4}"));
    QList<QRegularExpression> found;
    QXmlStreamReader xml(&file);
    QString source;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QLatin1StringView("source"))
            source = xml.readElementText();
        if (xml.name() != QLatin1StringView("translation"))
            continue;
        const QString translation = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        if (translation == source || !QString(source).remove(placeholder).contains(word))
            continue;
        QStringList parts = source.split(placeholder);
        for (QString &part : parts)
            part = QRegularExpression::escape(part).replace(
                QStringLiteral("\\(s\\)"), QStringLiteral("s?"));
        found.append(QRegularExpression(
            QRegularExpression::anchoredPattern(parts.join(QStringLiteral(".*")))));
    }
    return found;
}

QStringList textsOf(const QWidget *widget)
{
    QStringList texts{widget->toolTip(), widget->accessibleName()};
    if (const auto *label = qobject_cast<const QLabel *>(widget))
        texts.append(label->text());
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
        texts.append(button->text());
    if (const auto *line = qobject_cast<const QLineEdit *>(widget))
        texts.append(line->placeholderText());
    if (const auto *pill = qobject_cast<const ui::StatePill *>(widget))
        texts.append(pill->word());
    if (const auto *box = qobject_cast<const QComboBox *>(widget)) {
        for (int i = 0; i < box->count(); ++i)
            texts.append(box->itemText(i));
    }
    if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
        for (int i = 0; i < tabs->count(); ++i)
            texts.append(tabs->tabText(i));
    }
    if (const auto *header = qobject_cast<const QHeaderView *>(widget); header && header->model()) {
        for (int i = 0; i < header->count(); ++i)
            texts.append(header->model()->headerData(i, header->orientation()).toString());
    }
    return texts;
}

} // namespace

QStringList foreignWords(const QWidget &root, const QString &language)
{
    static const QList<QRegularExpression> words = wordsOf(language);
    QStringList found;
    const QList<QWidget *> widgets = root.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const QStringList texts = textsOf(widget);
        for (const QString &text : texts) {
            if (text.isEmpty())
                continue;
            const bool foreign = std::any_of(words.cbegin(), words.cend(),
                [&text](const QRegularExpression &word) { return word.match(text).hasMatch(); });
            if (foreign) {
                found.append(QStringLiteral("%1 %2: %3")
                                 .arg(QString::fromLatin1(widget->metaObject()->className()),
                                     widget->objectName(), text));
            }
        }
    }
    return found;
}

} // namespace chatelaine::test
