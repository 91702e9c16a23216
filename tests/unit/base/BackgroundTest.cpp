// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Background.h"
#include "tests/support/Await.h"

#include <QTest>

#include <pthread.h>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

Task<Result<int>> answerOf(Completion<Result<int>> done)
{
    co_return co_await done;
}

/// While this lives no thread can be had: each would want a stack as large as all memory there is.
class NoThreads
{
public:
    NoThreads()
    {
        pthread_getattr_default_np(&m_before);
        pthread_attr_t endless;
        pthread_attr_init(&endless);
        pthread_attr_setstacksize(&endless, size_t{1} << 47);
        pthread_setattr_default_np(&endless);
        pthread_attr_destroy(&endless);
    }
    ~NoThreads()
    {
        pthread_setattr_default_np(&m_before);
        pthread_attr_destroy(&m_before);
    }
    Q_DISABLE_COPY_MOVE(NoThreads)

private:
    pthread_attr_t m_before;
};

} // namespace

class BackgroundTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void worksInAnotherThread()
    {
        const auto here = std::this_thread::get_id();
        const auto work = [here]() -> Result<int> {
            return std::this_thread::get_id() == here ? 1 : 2;
        };
        QCOMPARE(await(answerOf(inThread(work))).value_or(0), 2);
    }

    void whereNoThreadIsToBeHadThatIsTheAnswer()
    {
        const auto owned = std::make_shared<int>(7);
        {
            const NoThreads none;
            const auto work = [owned]() -> Result<int> { return *owned; };
            const auto answer = await(answerOf(inThread(work)));
            QVERIFY(!answer);
            QCOMPARE(answer.error().code, ErrorCode::Internal);
        }
        QCOMPARE(owned.use_count(), 1L);
        const auto later = []() -> Result<int> { return 3; };
        QCOMPARE(await(answerOf(inThread(later))).value_or(0), 3);
    }
};

QTEST_GUILESS_MAIN(BackgroundTest)
#include "BackgroundTest.moc"
