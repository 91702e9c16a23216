// SPDX-License-Identifier: GPL-3.0-or-later
// What the start of chatelaine-gui is measured beside: as little of a window with a table as Qt
// lets one have, of the same size.
#include <QApplication>
#include <QMainWindow>
#include <QTableWidget>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    auto *table = new QTableWidget(50, 6, &window);
    for (int row = 0; row < table->rowCount(); ++row) {
        for (int column = 0; column < table->columnCount(); ++column)
            table->setItem(row, column, new QTableWidgetItem(QStringLiteral("cell %1").arg(row)));
    }
    window.setCentralWidget(table);
    window.resize(1120, 740);
    window.show();
    return QApplication::exec();
}
