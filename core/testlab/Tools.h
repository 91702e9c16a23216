// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/Sentiment.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace chatelaine::testlab {

/// What the demo server can do, apart from any protocol.
class Tools
{
public:
    /// The tools in a fixed order, as tools/list gives them.
    static QJsonArray definitions();
    /// The scope a call of that tool needs; empty where there is no such tool.
    static QString scopeOf(const QString &tool);

    /// A CallToolResult: content, structuredContent, isError. Wrong arguments are a result with
    /// isError and a sentence, so that a model can correct itself. nullopt: no such tool.
    std::optional<QJsonObject> call(const QString &tool, const QJsonObject &arguments);

private:
    Sentiment m_sentiment;
};

} // namespace chatelaine::testlab
