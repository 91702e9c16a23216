// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Async.h"

#include <QTest>

#include <functional>
#include <memory>

using namespace chatelaine;

class StopTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eitherOfTwoStopsIt()
    {
        for (const bool first : {true, false}) {
            std::stop_source a;
            std::stop_source b;
            const EitherStop either(a.get_token(), b.get_token());
            QVERIFY(!either.token().stop_requested());
            (first ? a : b).request_stop();
            QVERIFY(either.token().stop_requested());
        }
    }

    // A coroutine that is called off may run to its end inside the call, and takes this along. Only
    // a sanitizer sees what was touched after that.
    void itMayEndWhileItStops()
    {
        std::stop_source asker;
        std::stop_source owner;
        auto either = std::make_unique<EitherStop>(asker.get_token(), owner.get_token());
        using Waiting = std::stop_callback<std::reference_wrapper<const std::function<void()>>>;
        std::unique_ptr<Waiting> answer;
        std::unique_ptr<Waiting> pause;
        int called = 0;
        const std::function<void()> end = [&] {
            ++called;
            answer.reset();
            pause.reset();
            either.reset();
        };
        answer = std::make_unique<Waiting>(either->token(), std::cref(end));
        pause = std::make_unique<Waiting>(either->token(), std::cref(end));
        asker.request_stop();
        QCOMPARE(called, 1);
        QVERIFY(!either);
    }
};

QTEST_GUILESS_MAIN(StopTest)
#include "StopTest.moc"
