// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Icons.h"

#include "ui/common/Colors.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace chatelaine::ui {

namespace {

// In a place that is wider than high it stands at the left.
QPixmap render(const QByteArray &svg, const QSize &pixels)
{
    QSvgRenderer renderer(svg);
    QPixmap pixmap(pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    renderer.render(&painter, QRectF(0, 0, qMin(pixels.width(), pixels.height()), pixels.height()));
    return pixmap;
}

QPixmap strokes(const QString &name, const QColor &color, const QSize &pixels)
{
    const QString key = QStringLiteral("chatelaine/%1/%2/%3x%4")
                            .arg(name, color.name(QColor::HexArgb))
                            .arg(pixels.width())
                            .arg(pixels.height());
    QPixmap pixmap;
    // A button that is squeezed while its layout settles asks for none.
    if (pixels.isEmpty() || QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    pixmap = render(file.readAll().replace("currentColor", color.name().toLatin1()), pixels);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

enum class Ink { Text, OnAccent, Muted };

class StrokeEngine : public QIconEngine
{
public:
    StrokeEngine(QString name, Ink ink)
        : m_name(std::move(name))
        , m_ink(ink)
    { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const QSize pixels = rect.size() * painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, scaledPixmap(pixels, mode, state, 1));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return strokes(m_name, colorFor(mode, state), size);
    }
    QIconEngine *clone() const override { return new StrokeEngine(m_name, m_ink); }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }

private:
    QColor colorFor(QIcon::Mode mode, QIcon::State state) const
    {
        const QPalette palette = QGuiApplication::palette();
        const Colors &colors = colorsOf(palette);
        if (mode == QIcon::Disabled)
            return colors.control;
        if (m_ink != Ink::Text)
            return m_ink == Ink::OnAccent ? colors.onAccent : colors.muted;
        return state == QIcon::On ? colors.accent : colors.text;
    }

    QString m_name;
    Ink m_ink;
};

/// A picture with colours of its own: drawn in the sizes that somebody asks for, when they do.
class PictureEngine : public QIconEngine
{
public:
    explicit PictureEngine(QString file)
        : m_file(std::move(file))
    { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        painter->drawPixmap(
            rect, pixmap(rect.size() * painter->device()->devicePixelRatio(), mode, state));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode, QIcon::State) override
    {
        QFile file(m_file);
        return file.open(QIODevice::ReadOnly) ? render(file.readAll(), size) : QPixmap();
    }
    QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override
    {
        QList<QSize> sizes;
        for (const int side : {16, 22, 24, 32, 48, 64, 128, 256})
            sizes.append({side, side});
        return sizes;
    }
    QIconEngine *clone() const override { return new PictureEngine(m_file); }
    bool isNull() override { return false; }

private:
    QString m_file;
};

} // namespace

QIcon icon(const QString &name)
{
    return QIcon(new StrokeEngine(name, Ink::Text));
}

QIcon accentIcon(const QString &name)
{
    return QIcon(new StrokeEngine(name, Ink::OnAccent));
}

QIcon mutedIcon(const QString &name)
{
    return QIcon(new StrokeEngine(name, Ink::Muted));
}

QPixmap iconPixmap(const QString &name, const QColor &color, int size, qreal devicePixelRatio)
{
    const int pixels = qRound(size * devicePixelRatio);
    QPixmap pixmap = strokes(name, color, {pixels, pixels});
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QIcon picture(const QString &file)
{
    return QIcon(new PictureEngine(file));
}

QIcon applicationIcon()
{
    const bool dark = colorsOf(QGuiApplication::palette()).dark;
    return picture(
        dark ? QStringLiteral(":/chatelaine-dark.svg") : QStringLiteral(":/chatelaine.svg"));
}

} // namespace chatelaine::ui
