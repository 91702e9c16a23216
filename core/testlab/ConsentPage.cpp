// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/ConsentPage.h"

#include "core/testlab/Scopes.h"

#include <QUrl>

namespace chatelaine::testlab {

namespace {

constexpr auto style = R"css(
:root { color-scheme: light dark; --ground: #f5f4f1; --card: #ffffff; --ink: #1e1c19; --soft: #5f5a52;
  --line: #dbd7ce; --key: #0b6b66; --on-key: #ffffff; --mark: #f5f4f1; }
@media (prefers-color-scheme: dark) { :root { --ground: #1b1c1e; --card: #25272a; --ink: #eceae6;
  --soft: #aeaba4; --line: #3a3d41; --key: #5ccbc0; --on-key: #06211f; --mark: #1b1c1e; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
  background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 32rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 14px; padding: 2rem; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .75rem; overflow-wrap: anywhere; }
h2 { font-size: .95rem; margin: 1.5rem 0 .5rem; }
p { margin: 0 0 .75rem; }
.soft { color: var(--soft); font-size: .9rem; }
ul { list-style: none; margin: 0; padding: 0; }
li { padding: .65rem .8rem; margin-bottom: .4rem; border-radius: 8px; background: var(--mark); }
code { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; }
li code { display: block; color: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: 0; font-size: .9rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.75rem; }
button { flex: 1 1 9rem; min-height: 2.75rem; padding: .6rem 1rem; border-radius: 8px; font: inherit;
  font-weight: 600; cursor: pointer; border: 1px solid var(--line); background: transparent; color: var(--ink); }
#approve { background: var(--key); border-color: var(--key); color: var(--on-key); }
button:focus-visible { outline: 3px solid var(--key); outline-offset: 2px; }
)css";

QString escaped(const QString &text)
{
    return text.toHtmlEscaped();
}

QString page(
    const QString &language, const QString &title, const QString &body, const QByteArray &nonce)
{
    return QStringLiteral("<!DOCTYPE html>\n<html lang=\"%5\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                          "<title>%1</title>\n<style nonce=\"%2\">%3</style>\n</head>\n<body>\n<main>\n%4"
                          "</main>\n</body>\n</html>\n")
        .arg(escaped(title), QString::fromLatin1(nonce), QString::fromLatin1(style), body,
             language);
}

/// Chromium holds the redirect after a form to form-action too, so the client's origin is in it.
Answer guarded(Answer answer, const QByteArray &nonce, const QByteArray &formTarget)
{
    return std::move(answer)
        .with("Content-Security-Policy",
              "default-src 'none'; style-src 'nonce-" + nonce + "'; form-action 'self'" + formTarget
                  + "; base-uri 'none'; frame-ancestors 'none'")
        .with("X-Frame-Options", "DENY")
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "same-origin")
        .with("Cache-Control", "no-store");
}

} // namespace

Answer consentPage(const ConsentQuestion &question)
{
    const ConsentWords &words = consentWords(question.language);
    const QUrl redirect(question.redirectUri);
    const QString name = question.clientName.isEmpty() ? question.clientId : question.clientName;
    const QString host = redirect.authority().isEmpty() ? redirect.scheme() + u':' : redirect.authority();

    QString scopes;
    for (const QString &scope : question.scopes) {
        scopes += QStringLiteral("<li>%1<code>%2</code></li>\n")
                      .arg(escaped(scopeDescription(scope, question.language)), escaped(scope));
    }
    QString facts;
    const auto fact = [&facts](const QString &key, const QString &value) {
        facts += QStringLiteral("<dt>%1</dt><dd>%2</dd>\n").arg(key, value);
    };
    facts += QStringLiteral("<dt>%1</dt><dd id=\"redirect-host\">%2</dd>\n")
                 .arg(words.returnsTo, escaped(host));
    fact(words.accessTo, escaped(question.resource));
    fact(words.clientId, QStringLiteral("<code>%1</code>").arg(escaped(question.clientId)));
    if (!question.clientUri.isEmpty())
        fact(words.saysFrom, escaped(question.clientUri));
    fact(words.signedInAs, escaped(question.subject));

    const QString shownName = QStringLiteral("<span id=\"client-name\">%1</span>").arg(escaped(name));
    const QString body
        = QStringLiteral("<h1>%1</h1>\n<p class=\"soft\">%2</p>\n<h2 id=\"may\">%3</h2>\n"
                         "<ul id=\"scopes\" aria-labelledby=\"may\">\n%4</ul>\n"
                         "<h2>%5</h2>\n<dl>\n%6</dl>\n")
              .arg(words.asks.arg(shownName), words.caution, words.may, scopes, words.where, facts)
        + QStringLiteral("<form method=\"post\" action=\"%1\">\n"
                         "<input type=\"hidden\" name=\"request\" value=\"%2\">\n"
                         "<input type=\"hidden\" name=\"csrf\" value=\"%3\">\n<div class=\"buttons\">\n"
                         "<button id=\"deny\" type=\"submit\" name=\"decision\" value=\"deny\">%4</button>\n"
                         "<button id=\"approve\" type=\"submit\" name=\"decision\" value=\"approve\">%5"
                         "</button>\n</div>\n</form>\n")
              .arg(escaped(question.action), escaped(question.request), escaped(question.csrf),
                   words.deny, words.approve);

    const QByteArray origin = redirect.scheme().startsWith(u"http")
        ? redirect.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo)
        : redirect.scheme().toLatin1() + ':';
    return guarded(Answer::html(page(words.code, words.title, body, question.nonce).toUtf8()),
                   question.nonce, ' ' + origin);
}

Answer refusalPage(const QString &title, const QString &sentence, const QByteArray &nonce)
{
    const QString body = QStringLiteral("<h1>%1</h1>\n<p id=\"reason\">%2</p>\n"
                                        "<p class=\"soft\">You were not sent back to the program, because it "
                                        "could not be told who it is.</p>\n")
                             .arg(escaped(title), escaped(sentence));
    return guarded(Answer::html(page(QStringLiteral("en"), title, body, nonce).toUtf8(), 400), nonce, {});
}

} // namespace chatelaine::testlab
