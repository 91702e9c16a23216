// SPDX-License-Identifier: GPL-3.0-or-later
// render_icon DRAWING.svg SIZE PICTURE.png: for the build alone. It draws with the library that the
// windows draw with, so that an icon looks the same in the menu and in the window.
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>

#include <cstdio>

int main(int argc, char **argv)
{
    if (argc != 4) {
        std::fputs("Usage: render_icon DRAWING.svg SIZE PICTURE.png\n", stderr);
        return 2;
    }
    const int size = QByteArrayView(argv[2]).toInt();
    QSvgRenderer drawing(QString::fromLocal8Bit(argv[1]));
    if (size < 1 || !drawing.isValid()) {
        std::fprintf(stderr, "render_icon: %s can't be drawn in %s pixels.\n", argv[1], argv[2]);
        return 1;
    }
    QImage picture(size, size, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    drawing.render(&painter);
    painter.end();
    if (!picture.save(QString::fromLocal8Bit(argv[3]), "PNG")) {
        std::fprintf(stderr, "render_icon: %s can't be written.\n", argv[3]);
        return 1;
    }
    return 0;
}
