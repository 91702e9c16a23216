// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

#include <functional>

namespace chatelaine {
class Autostart;
namespace broker {
class Broker;
}
namespace net {
class HttpClient;
}
} // namespace chatelaine

namespace chatelaine::ui {

class ExchangeJournal;
class Language;
class Theme;
class WindowSettings;

/// What the pages are given. All of it outlives the windows. The broker has started, and brings the
/// heart, the history, the vault and the clock along.
struct Services
{
    broker::Broker &broker;
    net::HttpClient &http;
    ExchangeJournal &exchanges;
    Theme &theme;
    Language &language;
    WindowSettings &window;
    Autostart &autostart;
    /// Opens a page in the person's browser; false when that did not work. Called after a click
    /// only.
    std::function<bool(const QUrl &)> openUrl;
};

} // namespace chatelaine::ui
