// SPDX-License-Identifier: GPL-3.0-or-later
// The least that a server with Qt's own sockets does: gives back what it gets.
#include <QCoreApplication>
#include <QLocalServer>
#include <QLocalSocket>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QLocalServer server;
    QObject::connect(&server, &QLocalServer::newConnection, &server, [&server] {
        QLocalSocket *const socket = server.nextPendingConnection();
        QObject::connect(socket, &QLocalSocket::readyRead, socket,
            [socket] { socket->write(socket->readAll()); });
        QObject::connect(
            socket, &QLocalSocket::disconnected, socket, [socket] { socket->deleteLater(); });
    });
    server.setListenBacklogSize(128);
    if (argc != 2 || !server.listen(QString::fromLocal8Bit(argv[1])))
        return 1;
    return QCoreApplication::exec();
}
