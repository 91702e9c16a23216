// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Prompter.h"

namespace chatelaine::broker {

Task<Result<Answer>> HeadlessPrompter::ask(Question, std::stop_token)
{
    co_return Answer {};
}

} // namespace chatelaine::broker
