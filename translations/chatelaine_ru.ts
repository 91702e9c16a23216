<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU">
<context>
    <name>ActivityWords</name>
    <message>
        <source>All events</source>
        <translation>Все события</translation>
    </message>
    <message>
        <source>All loans</source>
        <translation>Все выдачи</translation>
    </message>
    <message>
        <source>All about accounts</source>
        <translation>Всё об учётных записях</translation>
    </message>
    <message>
        <source>All about tokens</source>
        <translation>Всё о токенах</translation>
    </message>
    <message>
        <source>All about grants</source>
        <translation>Всё о доступе</translation>
    </message>
    <message>
        <source>All about servers</source>
        <translation>Всё о серверах</translation>
    </message>
    <message>
        <source>All about the broker</source>
        <translation>Всё о посреднике</translation>
    </message>
    <message>
        <source>Gaps in the history</source>
        <translation>Пробелы в журнале</translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message>
        <source>The issuer metadata offers the challenge method plain alone.</source>
        <translation>Метаданные издателя предлагают для PKCE только метод plain.</translation>
    </message>
    <message>
        <source>The issuer metadata has no code_challenge_methods_supported.</source>
        <translation>В метаданных издателя нет code_challenge_methods_supported.</translation>
    </message>
    <message>
        <source>The issuer metadata names another issuer.</source>
        <translation>Метаданные издателя называют другого издателя.</translation>
    </message>
    <message>
        <source>The authorization response carries another issuer&apos;s iss.</source>
        <translation>В ответе авторизации стоит iss другого издателя.</translation>
    </message>
    <message>
        <source>The authorization response has no iss though the metadata promises one.</source>
        <translation>В ответе авторизации нет iss, хотя метаданные его обещают.</translation>
    </message>
    <message>
        <source>The iss of the authorization response has a slash too many.</source>
        <translation>В iss ответа авторизации лишняя косая черта.</translation>
    </message>
    <message>
        <source>The protected resource metadata names a resource of another origin.</source>
        <translation>Метаданные защищённого ресурса называют ресурс другого источника.</translation>
    </message>
    <message>
        <source>Clients can&apos;t register themselves.</source>
        <translation>Клиенты не могут регистрироваться сами.</translation>
    </message>
    <message>
        <source>The registration endpoint answers 500.</source>
        <translation>Конечная точка регистрации отвечает 500.</translation>
    </message>
    <message>
        <source>The next registered client that comes is forgotten and gets invalid_client, once.</source>
        <translation>Следующий обратившийся клиент окажется забыт и один раз получит invalid_client.</translation>
    </message>
    <message>
        <source>Client ID Metadata Documents are not accepted.</source>
        <translation>Документы метаданных клиента не принимаются.</translation>
    </message>
    <message>
        <source>The issuer metadata is not found.</source>
        <translation>Метаданных издателя нет.</translation>
    </message>
    <message>
        <source>The issuer metadata answers 500.</source>
        <translation>На запрос метаданных издателя приходит ответ 500.</translation>
    </message>
    <message>
        <source>The issuer metadata is a web page.</source>
        <translation>Вместо метаданных издателя приходит веб-страница.</translation>
    </message>
    <message>
        <source>The issuer metadata is 8 MiB long.</source>
        <translation>Метаданные издателя длиной 8 МиБ.</translation>
    </message>
    <message>
        <source>The issuer metadata comes one space a second and never ends.</source>
        <translation>Метаданные издателя идут по пробелу в секунду и не кончаются.</translation>
    </message>
    <message>
        <source>The issuer metadata redirects to itself for ever.</source>
        <translation>Запрос метаданных издателя бесконечно перенаправляется сам на себя.</translation>
    </message>
    <message>
        <source>The issuer metadata is nested 10,000 levels deep.</source>
        <translation>Метаданные издателя вложены на 10 000 уровней.</translation>
    </message>
    <message>
        <source>The authorization endpoint is a file: URL.</source>
        <translation>Конечная точка авторизации — адрес file:.</translation>
    </message>
    <message>
        <source>Every authorization request is answered with access_denied.</source>
        <translation>На каждый запрос авторизации приходит access_denied.</translation>
    </message>
    <message>
        <source>The token endpoint never answers.</source>
        <translation>Конечная точка токенов не отвечает.</translation>
    </message>
    <message>
        <source>The token endpoint answers 500.</source>
        <translation>Конечная точка токенов отвечает 500.</translation>
    </message>
    <message>
        <source>The token endpoint answers with a web page.</source>
        <translation>Конечная точка токенов отвечает веб-страницей.</translation>
    </message>
    <message>
        <source>The token endpoint answers 429 with Retry-After: 7.</source>
        <translation>Конечная точка токенов отвечает 429 с Retry-After: 7.</translation>
    </message>
    <message>
        <source>The token response breaks off in the middle; what it grants is granted.</source>
        <translation>Ответ с токенами обрывается посередине; выданное в нём выдано.</translation>
    </message>
    <message>
        <source>expires_in is a string.</source>
        <translation>expires_in — строка.</translation>
    </message>
    <message>
        <source>expires_in is missing.</source>
        <translation>expires_in отсутствует.</translation>
    </message>
    <message>
        <source>expires_in is -1.</source>
        <translation>expires_in равен -1.</translation>
    </message>
    <message>
        <source>expires_in is 10^18.</source>
        <translation>expires_in равен 10^18.</translation>
    </message>
    <message>
        <source>The token response has no refresh token.</source>
        <translation>В ответе нет токена обновления.</translation>
    </message>
    <message>
        <source>The token response has no scope.</source>
        <translation>В ответе нет scope.</translation>
    </message>
    <message>
        <source>token_type is mac.</source>
        <translation>token_type — mac.</translation>
    </message>
    <message>
        <source>A refresh gives no new refresh token; the old one stays.</source>
        <translation>Обновление не даёт нового токена обновления; остаётся старый.</translation>
    </message>
    <message>
        <source>Every refresh is answered with invalid_grant.</source>
        <translation>На каждое обновление приходит invalid_grant.</translation>
    </message>
    <message>
        <source>The token endpoint answers every client with invalid_client.</source>
        <translation>Конечная точка токенов отвечает каждому клиенту invalid_client.</translation>
    </message>
    <message>
        <source>The revocation endpoint answers 500.</source>
        <translation>Конечная точка отзыва отвечает 500.</translation>
    </message>
    <message>
        <source>The servers&apos; clocks are an hour ahead.</source>
        <translation>Часы серверов спешат на час.</translation>
    </message>
    <message>
        <source>The servers&apos; clocks are an hour behind.</source>
        <translation>Часы серверов отстают на час.</translation>
    </message>
    <message>
        <source>The token endpoint answers 429 with a Retry-After that is a date, seven seconds ahead.</source>
        <translation>Конечная точка токенов отвечает 429 с датой в Retry-After, на семь секунд вперёд.</translation>
    </message>
    <message>
        <source>A refresh gives a token with the first of the scopes asked for.</source>
        <translation>Обновление даёт токен только с первым из запрошенных разрешений.</translation>
    </message>
    <message>
        <source>A refresh that names scopes is answered with invalid_scope.</source>
        <translation>На обновление, в котором названы разрешения, приходит invalid_scope.</translation>
    </message>
    <message>
        <source>The token endpoint answers every client with unauthorized_client.</source>
        <translation>Конечная точка токенов отвечает каждому клиенту unauthorized_client.</translation>
    </message>
    <message>
        <source>Every tool call is answered with insufficient_scope, whatever the token holds.</source>
        <translation>На каждый вызов инструмента приходит insufficient_scope, что бы ни было в токене.</translation>
    </message>
    <message>
        <source>The 401 challenge has neither resource_metadata nor scope.</source>
        <translation>В заголовке WWW-Authenticate ответа 401 нет ни resource_metadata, ни scope.</translation>
    </message>
    <message>
        <source>The 401 has no WWW-Authenticate header.</source>
        <translation>В ответе 401 нет заголовка WWW-Authenticate.</translation>
    </message>
    <message>
        <source>The protected resource metadata is not found and not named.</source>
        <translation>Метаданных защищённого ресурса нет, и они не названы.</translation>
    </message>
    <message>
        <source>Every tool call demands a client that supports elicitation (2026-07-28).</source>
        <translation>Каждый вызов инструмента требует клиента с поддержкой elicitation (2026-07-28).</translation>
    </message>
    <message>
        <source>The MCP endpoint answers 500.</source>
        <translation>Конечная точка MCP отвечает 500.</translation>
    </message>
    <message>
        <source>The MCP endpoint answers with a web page.</source>
        <translation>Конечная точка MCP отвечает веб-страницей.</translation>
    </message>
    <message>
        <source>There is no MCP endpoint.</source>
        <translation>Конечной точки MCP нет.</translation>
    </message>
    <message>
        <source>After the first authorized request the resource moves to a second authorization server and the tokens of the first are refused.</source>
        <translation>После первого запроса с токеном ресурс переходит ко второму серверу авторизации, и токены первого отвергаются.</translation>
    </message>
</context>
<context>
    <name>LabWords</name>
    <message>
        <source>MCP request without a token</source>
        <translation>Запрос MCP без токена</translation>
    </message>
    <message>
        <source>MCP request with a token</source>
        <translation>Запрос MCP с токеном</translation>
    </message>
    <message>
        <source>Protected resource metadata</source>
        <translation>Метаданные защищённого ресурса</translation>
    </message>
    <message>
        <source>Issuer metadata</source>
        <translation>Метаданные издателя</translation>
    </message>
    <message>
        <source>Client registration</source>
        <translation>Регистрация клиента</translation>
    </message>
    <message>
        <source>Registration read</source>
        <translation>Чтение регистрации</translation>
    </message>
    <message>
        <source>Registration deleted</source>
        <translation>Регистрация удалена</translation>
    </message>
    <message>
        <source>Authorization request</source>
        <translation>Запрос авторизации</translation>
    </message>
    <message>
        <source>The person&apos;s consent</source>
        <translation>Согласие человека</translation>
    </message>
    <message>
        <source>Tokens for a code</source>
        <translation>Обмен кода на токены</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Обновление</translation>
    </message>
    <message>
        <source>Token request of another kind</source>
        <translation>Запрос токена другого рода</translation>
    </message>
    <message>
        <source>Revocation</source>
        <translation>Отзыв</translation>
    </message>
    <message>
        <source>Introspection</source>
        <translation>Интроспекция</translation>
    </message>
    <message>
        <source>Public keys</source>
        <translation>Открытые ключи</translation>
    </message>
    <message>
        <source>Nothing the lab knows</source>
        <translation>Стенду неизвестно</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>нет ответа</translation>
    </message>
    <message>
        <source>MCP server</source>
        <translation>Сервер MCP</translation>
    </message>
    <message>
        <source>Authorization server</source>
        <translation>Сервер авторизации</translation>
    </message>
    <message>
        <source>Second authorization server</source>
        <translation>Второй сервер авторизации</translation>
    </message>
    <message>
        <source>&lt; 1 ms</source>
        <translation>&lt; 1 мс</translation>
    </message>
    <message>
        <source>Registration of clients</source>
        <translation>Регистрация клиентов</translation>
    </message>
    <message>
        <source>Authorization</source>
        <translation>Авторизация</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Токены</translation>
    </message>
    <message>
        <source>Protected resource</source>
        <translation>Защищённый ресурс</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Везде</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Токен доступа</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>Токен обновления</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Отозван</translation>
    </message>
    <message>
        <source>Exchanged</source>
        <translation>Обменян</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Истёк</translation>
    </message>
    <message>
        <source>Registered beforehand</source>
        <translation>Зарегистрирован заранее</translation>
    </message>
    <message>
        <source>Registered by itself</source>
        <translation>Зарегистрировался сам</translation>
    </message>
    <message>
        <source>By its metadata document</source>
        <translation>По документу метаданных</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Servers</source>
        <translation>Серверы</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Клиенты</translation>
    </message>
    <message>
        <source>Test lab</source>
        <translation>Стенд</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Журнал</translation>
    </message>
</context>
<context>
    <name>Sentence</name>
    <message>
        <source>Old records were removed while they were being exported, so the export is not complete. Export again.</source>
        <translation>Во время экспорта старые записи были удалены, поэтому экспорт неполон. Повторите экспорт.</translation>
    </message>
    <message>
        <source>The history could not be written (%1). Make room or choose another place.</source>
        <translation>Не удалось записать журнал (%1). Освободите место или выберите другое.</translation>
    </message>
    <message>
        <source>The history&apos;s key is in the vault, which is locked, so nothing can be written down and nothing is lent. Run: chatelaine unlock</source>
        <translation>Ключ журнала лежит в хранилище, а оно заперто, поэтому записать ничего нельзя и доступ не выдаётся. Выполните: chatelaine unlock</translation>
    </message>
    <message>
        <source>The end of the history was cut: %1 of it are missing.</source>
        <translation>Конец журнала обрезан: не хватает %1.</translation>
    </message>
    <message>
        <source>The vault had lost the history&apos;s key: %1 can no longer be verified.</source>
        <translation>Хранилище потеряло ключ журнала: проверка %1 больше невозможна.</translation>
    </message>
    <message>
        <source>The limit is a number from 1 to %1.</source>
        <translation>Предел — это число от 1 до %1.</translation>
    </message>
    <message>
        <source>%1 missing, and no record says that they were removed.</source>
        <translation>Не хватает %1, и нигде не записано, что их удалили.</translation>
    </message>
    <message>
        <source>%1 missing.</source>
        <translation>Не хватает %1.</translation>
    </message>
    <message>
        <source>The end was cut: %1 missing.</source>
        <translation>Конец обрезан: не хватает %1.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be removed: %2. Remove it yourself.</source>
        <translation>Не удаётся удалить %1: %2. Удалите этот файл сами.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be written: %2. See that the directory is yours and that there is room.</source>
        <translation>Не удаётся записать %1: %2. Проверьте, что каталог ваш и что на диске есть место.</translation>
    </message>
    <message>
        <source>%1 is nested too deeply to be trusted.</source>
        <translation>%1: вложенность так велика, что доверять этому нельзя.</translation>
    </message>
    <message>
        <source>%1 is not JSON.</source>
        <translation>%1 — не JSON.</translation>
    </message>
    <message>
        <source>%1 is JSON, but not an object.</source>
        <translation>%1 — это JSON, но не объект.</translation>
    </message>
    <message>
        <source>Neither HOME nor XDG_DATA_HOME is set, so there is no place for Chatelaine&apos;s data. Set CHATELAINE_HOME to a directory.</source>
        <translation>Не заданы ни HOME, ни XDG_DATA_HOME, поэтому данным Chatelaine негде лежать. Укажите каталог в CHATELAINE_HOME.</translation>
    </message>
    <message>
        <source>The directory %1 can&apos;t be made: %2. Free some space or choose another place with CHATELAINE_HOME.</source>
        <translation>Не удаётся создать каталог %1: %2. Освободите место или выберите другое через CHATELAINE_HOME.</translation>
    </message>
    <message>
        <source>%1 is not a directory (a symbolic link is not accepted there). Move it away and try again.</source>
        <translation>%1 — не каталог (символическая ссылка здесь не годится). Уберите это и повторите попытку.</translation>
    </message>
    <message>
        <source>%1 belongs to another user, so it can&apos;t be trusted with keys. Set CHATELAINE_HOME to a directory of your own.</source>
        <translation>Каталог %1 принадлежит другому пользователю, поэтому ключи ему доверить нельзя. Укажите в CHATELAINE_HOME свой каталог.</translation>
    </message>
    <message>
        <source>%1 is open to other users and can&apos;t be closed. Run: chmod 700 %1</source>
        <translation>Каталог %1 открыт другим пользователям, и закрыть его не удаётся. Выполните: chmod 700 %1</translation>
    </message>
    <message>
        <source>process %1</source>
        <translation>процесс %1</translation>
    </message>
    <message>
        <source>%1 has asked for access too often. Try again in %2 s.</source>
        <translation>%1 просит доступ слишком часто. Повторите попытку через %2 с.</translation>
    </message>
    <message>
        <source>You have denied %1 to %2 a moment ago. It can ask again in %3 s.</source>
        <translation>Вы только что запретили доступ к %1 для «%2». Программа может попросить снова через %3 с.</translation>
    </message>
    <message>
        <source>Ask again if it was a mistake.</source>
        <translation>Если это вышло по ошибке, пусть программа попросит снова.</translation>
    </message>
    <message>
        <source>To change that, run: chatelaine grants remove %1</source>
        <translation>Чтобы изменить это, выполните: chatelaine grants remove %1</translation>
    </message>
    <message>
        <source>You have denied %1 to %2. %3</source>
        <translation>Вы запретили доступ к %1 для «%2». %3</translation>
    </message>
    <message>
        <source>Nobody answered whether %1 may borrow from %2. Ask again, or run: %3</source>
        <translation>Никто не ответил, можно ли %1 брать доступ к %2. Попросите снова или выполните: %3</translation>
    </message>
    <message>
        <source>%1 was changed since you allowed it to borrow from %2, so it may not any more. If you know why, run: %3</source>
        <translation>%1 изменён с тех пор, как вы дали этой программе доступ к %2, поэтому доступа больше нет. Если вы знаете, почему, выполните: %3</translation>
    </message>
    <message>
        <source>%1 may not borrow from %2: there is no grant for it. To allow it, run: %3</source>
        <translation>%1 не может брать доступ к %2: он этой программе не дан. Чтобы дать его, выполните: %3</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a time such as 2026-07-28T12:00:00Z.</source>
        <translation>«%1» — это время вида 2026-07-28T12:00:00Z.</translation>
    </message>
    <message>
        <source>outcome is ok, denied or failed, not &quot;%1&quot;.</source>
        <translation>outcome — это ok, denied или failed, а не «%1».</translation>
    </message>
    <message>
        <source>&quot;token_fingerprint&quot; is the first 12 hex digits of the token&apos;s SHA-256, and &quot;status&quot; is 401 or 403.</source>
        <translation>«token_fingerprint» — это первые 12 шестнадцатеричных цифр SHA-256 токена, а «status» — 401 или 403.</translation>
    </message>
    <message>
        <source>This program has no grant for %1, so it can&apos;t report its tokens.</source>
        <translation>У этой программы нет доступа к %1, поэтому сообщать о его токенах она не может.</translation>
    </message>
    <message>
        <source>A message may have %1 bytes at most.</source>
        <translation>Длина сообщения не должна превышать %1 Б.</translation>
    </message>
    <message>
        <source>%1 requests of this connection are still running. Wait for some of them.</source>
        <translation>Незавершённых запросов у этого соединения: %1. Дождитесь некоторых из них.</translation>
    </message>
    <message>
        <source>The requests that are still running take all the memory there is for them. Wait for some of them.</source>
        <translation>Незавершённые запросы заняли всю отведённую им память. Дождитесь некоторых из них.</translation>
    </message>
    <message>
        <source>&quot;name&quot; is needed, and &quot;value&quot;: a string, a number, or true or false.</source>
        <translation>Нужны «name» и «value»: строка, число, true или false.</translation>
    </message>
    <message>
        <source>&quot;id&quot; is the id of the request to call off.</source>
        <translation>«id» — это идентификатор запроса, который нужно отменить.</translation>
    </message>
    <message>
        <source>There is no grant %1. See: chatelaine grants</source>
        <translation>Доступа %1 нет. Смотрите: chatelaine grants</translation>
    </message>
    <message>
        <source>The process %1 that the grant would be bound to has ended.</source>
        <translation>Процесс %1, к которому был бы привязан доступ, завершился.</translation>
    </message>
    <message>
        <source>Say for whom the grant is: one of &quot;exe&quot; (a path), &quot;any_client&quot; and &quot;caller&quot;.</source>
        <translation>Укажите, кому даётся доступ: «exe» (путь), «any_client» или «caller».</translation>
    </message>
    <message>
        <source>%1 is not the absolute path of a file. A grant names the program, or the script behind an interpreter.</source>
        <translation>%1 — не абсолютный путь к файлу. Доступ даётся программе или скрипту, который исполняет интерпретатор.</translation>
    </message>
    <message>
        <source>&quot;for_s&quot; belongs to the lifetime until: a number of seconds from 1 to a year.</source>
        <translation>«for_s» задаётся при сроке until: это число секунд от 1 до года.</translation>
    </message>
    <message>
        <source>&quot;idle_s&quot; is a number of seconds from 1 to a year.</source>
        <translation>«idle_s» — это число секунд от 1 до года.</translation>
    </message>
    <message>
        <source>lifetime is once, session, until, until_lock or always, not &quot;%1&quot;.</source>
        <translation>lifetime — это once, session, until, until_lock или always, а не «%1».</translation>
    </message>
    <message>
        <source>A grant for a session is for the &quot;caller&quot;: it ends with the program that runs chatelaine.</source>
        <translation>Доступ на сеанс даётся только «caller»: он кончается вместе с программой, которая запустила chatelaine.</translation>
    </message>
    <message>
        <source>The program that runs chatelaine can&apos;t be known well enough for a grant that lasts: it is in a container, or the kernel is older than 6.5. Allow it once, or name it with &quot;exe&quot; outside.</source>
        <translation>Программу, которая запустила chatelaine, нельзя определить настолько надёжно, чтобы дать ей долгий доступ: она в контейнере, или ядро старше 6.5. Дайте доступ один раз или укажите её через «exe» снаружи.</translation>
    </message>
    <message>
        <source>%1 runs other people&apos;s scripts: whatever is started with it without a script file has this grant. Name the script instead.</source>
        <translation>%1 исполняет чужие скрипты: этот доступ получит всё, что запустят им без файла скрипта. Лучше укажите сам скрипт.</translation>
    </message>
    <message>
        <source>This line is not JSON: %1 at byte %2. The broker speaks JSON-RPC 2.0, one message a line.</source>
        <translation>Эта строка — не JSON: %1, байт %2. Посредник понимает JSON-RPC 2.0, по сообщению в строке.</translation>
    </message>
    <message>
        <source>A message is one JSON object a line; batches are not taken.</source>
        <translation>Сообщение — это один объект JSON в строке; пакеты не принимаются.</translation>
    </message>
    <message>
        <source>&quot;id&quot; has to be a string or a number.</source>
        <translation>«id» должен быть строкой или числом.</translation>
    </message>
    <message>
        <source>&quot;jsonrpc&quot; has to be &quot;2.0&quot;.</source>
        <translation>«jsonrpc» должно быть равно «2.0».</translation>
    </message>
    <message>
        <source>&quot;method&quot; has to be a string.</source>
        <translation>«method» должен быть строкой.</translation>
    </message>
    <message>
        <source>&quot;params&quot; has to be an object with names.</source>
        <translation>«params» должен быть объектом с именами.</translation>
    </message>
    <message>
        <source>Say which server: &quot;server&quot; (its name) or &quot;resource&quot; (its URL).</source>
        <translation>Укажите сервер: «server» (его имя) или «resource» (его URL).</translation>
    </message>
    <message>
        <source>Chatelaine is locked. Run: chatelaine unlock</source>
        <translation>Chatelaine заперта. Выполните: chatelaine unlock</translation>
    </message>
    <message>
        <source>The account was removed.</source>
        <translation>Учётная запись удалена.</translation>
    </message>
    <message>
        <source>The grant for this one loan was taken back, so nothing was lent.</source>
        <translation>Доступ на эту одну выдачу отозван, поэтому ничего не выдано.</translation>
    </message>
    <message>
        <source>&quot;min_valid_s&quot; is a number of seconds from 0 to a week.</source>
        <translation>«min_valid_s» — это число секунд от 0 до недели.</translation>
    </message>
    <message>
        <source>The sign-in to %1 does not cover %2. Run: chatelaine login %1 --scope &quot;%2&quot;</source>
        <translation>Вход в %1 не даёт разрешений %2. Выполните: chatelaine login %1 --scope &quot;%2&quot;</translation>
    </message>
    <message>
        <source>The program that opened this connection has ended, so nobody knows who is asking. Connect again.</source>
        <translation>Программа, открывшая это соединение, завершилась, и кто просит — неизвестно. Подключитесь снова.</translation>
    </message>
    <message>
        <source>This broker serves one user, and you are another. Run your own.</source>
        <translation>Этот посредник служит другому пользователю, не вам. Запустите свой.</translation>
    </message>
    <message>
        <source>Another broker of this user is running (%1), so this one leaves. Stop it first if you want a new one.</source>
        <translation>У этого пользователя уже работает другой посредник (%1), поэтому этот завершается. Если нужен новый, сначала остановите тот.</translation>
    </message>
    <message>
        <source>The broker can&apos;t listen at %1: %2. Check the directory, or choose another with CHATELAINE_HOME.</source>
        <translation>Посредник не может принимать соединения на %1: %2. Проверьте каталог или выберите другой через CHATELAINE_HOME.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be the path of a socket: it has to be absolute and shorter than %2 bytes. Choose a shorter CHATELAINE_HOME.</source>
        <translation>%1 не может быть путём сокета: он должен быть абсолютным и короче %2 Б. Выберите CHATELAINE_HOME покороче.</translation>
    </message>
    <message>
        <source>%1 is in the way and is not a socket of yours. Look at it, move it away and try again.</source>
        <translation>%1 мешает, и это не ваш сокет. Посмотрите, что это, уберите и повторите попытку.</translation>
    </message>
    <message>
        <source>The descriptor %1 that was passed in is not a listening Unix stream socket. Check the socket unit.</source>
        <translation>Переданный дескриптор %1 — не слушающий потоковый сокет Unix. Проверьте юнит сокета.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a method of the control socket; this one is for borrowing.</source>
        <translation>«%1» — метод управляющего сокета, а этот служит для выдачи доступа.</translation>
    </message>
    <message>
        <source>There is no method &quot;%1&quot;. This broker may be older than the program that asks.</source>
        <translation>Метода «%1» нет. Возможно, этот посредник старее программы, которая спрашивает.</translation>
    </message>
    <message>
        <source>The broker has %1 connections, which is its limit. Close some and try again.</source>
        <translation>Соединений с посредником: %1, и это предел. Закройте некоторые и повторите попытку.</translation>
    </message>
    <message>
        <source>Process %1 has %2 connections to the broker, which is the limit. One is enough: requests on it run side by side.</source>
        <translation>У процесса %1 соединений с посредником: %2, и это предел. Хватит и одного: запросы по нему выполняются одновременно.</translation>
    </message>
    <message>
        <source>Say where the server is: &quot;url&quot;.</source>
        <translation>Укажите адрес сервера: «url».</translation>
    </message>
    <message>
        <source>The redirect host is 127.0.0.1 or localhost, not &quot;%1&quot;: a callback must not leave this machine.</source>
        <translation>Узел возврата — это 127.0.0.1 или localhost, а не «%1»: возврат не должен покидать этот компьютер.</translation>
    </message>
    <message>
        <source>The redirect port is a number from 0 to 65535; 0 takes any free one.</source>
        <translation>Порт возврата — это число от 0 до 65535; 0 означает любой свободный.</translation>
    </message>
    <message>
        <source>resource_mode is auto, custom or omit, not &quot;%1&quot;.</source>
        <translation>resource_mode — это auto, custom или omit, а не «%1».</translation>
    </message>
    <message>
        <source>&quot;resource_value&quot; belongs to the resource mode custom, which needs one.</source>
        <translation>«resource_value» задаётся при режиме custom, и тогда оно обязательно.</translation>
    </message>
    <message>
        <source>&quot;timeout_s&quot; is a number of seconds from 1 to a day.</source>
        <translation>«timeout_s» — это число секунд от 1 до суток.</translation>
    </message>
    <message>
        <source>That is not a callback URL. Copy the whole address the browser ended at, with everything after the &quot;?&quot;.</source>
        <translation>Это не адрес возврата. Скопируйте полный адрес, на котором остановился браузер, со всем, что стоит после «?».</translation>
    </message>
    <message>
        <source>&quot;arguments&quot; has to be a JSON object.</source>
        <translation>«arguments» должно быть объектом JSON.</translation>
    </message>
    <message>
        <source>ask, allow or deny</source>
        <translation>ask, allow или deny</translation>
    </message>
    <message>
        <source>keychain or encrypted_file</source>
        <translation>keychain или encrypted_file</translation>
    </message>
    <message>
        <source>an https URL with a path and without a fragment, or empty</source>
        <translation>URL https с путём и без фрагмента или пустая строка</translation>
    </message>
    <message>
        <source>a number of minutes up to 10080 (a week), or 0 for never</source>
        <translation>число минут до 10080 (неделя) или 0, то есть никогда</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true или false</translation>
    </message>
    <message>
        <source>a number of days up to 36500, or 0 for ever</source>
        <translation>число дней до 36500 или 0, то есть навсегда</translation>
    </message>
    <message>
        <source>a number of megabytes up to 1000000, or 0 for no limit</source>
        <translation>число мегабайт до 1000000 или 0, то есть без предела</translation>
    </message>
    <message>
        <source>%1 is %2, not &quot;%3&quot;.</source>
        <translation>%1 — это %2, а не «%3».</translation>
    </message>
    <message>
        <source>There is no setting &quot;%1&quot;. There are %2 and %3.</source>
        <translation>Настройки «%1» нет. Есть %2 и %3.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be written, so the setting holds only until the broker ends. Check the file and its directory.</source>
        <translation>Не удаётся записать %1, поэтому настройка действует, только пока работает посредник. Проверьте файл и его каталог.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; can&apos;t be a name: use letters, digits, &apos;.&apos;, &apos;_&apos; and &apos;-&apos;, at most 64 of them.</source>
        <translation>«%1» не может быть именем: годятся буквы, цифры, «.», «_» и «-», не больше 64 знаков.</translation>
    </message>
    <message>
        <source>%1 has settings already, which all its accounts share. Leave the settings out to add an account, or add the address under another --name.</source>
        <translation>У %1 уже есть настройки, общие для всех его учётных записей. Чтобы добавить учётную запись, не указывайте их, или добавьте этот адрес с другим --name.</translation>
    </message>
    <message>
        <source>This server is there already, as %1. Give another --account to sign in twice, or another --name.</source>
        <translation>Этот сервер уже есть под именем %1. Для второго входа укажите другую --account или другое --name.</translation>
    </message>
    <message>
        <source>A server called &quot;%1&quot; is there already. Choose another --name.</source>
        <translation>Сервер «%1» уже есть. Выберите другое --name.</translation>
    </message>
    <message>
        <source>%1 has the client id %2, which all its accounts use. To use another one, add the address under another --name.</source>
        <translation>У %1 идентификатор клиента %2, общий для всех учётных записей. Чтобы взять другой, добавьте этот адрес с другим --name.</translation>
    </message>
    <message>
        <source>The account was removed already.</source>
        <translation>Учётная запись уже удалена.</translation>
    </message>
    <message>
        <source>The sign-in was not finished in the browser in time. Try again; the link of the last attempt no longer works.</source>
        <translation>Вход не был завершён в браузере вовремя. Повторите попытку; ссылка прошлой попытки больше не действует.</translation>
    </message>
    <message>
        <source>The sign-in was cancelled.</source>
        <translation>Вход отменён.</translation>
    </message>
    <message>
        <source>%1 refuses this operation (HTTP 403) without asking for more scopes. Your account there may not have the right to it.</source>
        <translation>%1 отказывает в этой операции (HTTP 403) и других разрешений не просит. Возможно, у вашей учётной записи нет на неё права.</translation>
    </message>
    <message>
        <source> for %1</source>
        <translation> (%1)</translation>
    </message>
    <message>
        <source>%1 wants the scopes %2 for this. Grant them with: chatelaine login %1 --scope &quot;%2&quot;</source>
        <translation>%1 требует для этого разрешений %2. Дайте их: chatelaine login %1 --scope &quot;%2&quot;</translation>
    </message>
    <message>
        <source>%1 wants you to sign in: chatelaine login %1</source>
        <translation>%1 требует входа. Выполните: chatelaine login %1</translation>
    </message>
    <message>
        <source>%1 has no tool called &quot;%2&quot;. It has: %3.</source>
        <translation>У %1 нет инструмента «%2». Есть: %3.</translation>
    </message>
    <message>
        <source>No server with the address %1 is known. Add it with: chatelaine add %1</source>
        <translation>Сервер с адресом %1 неизвестен. Добавьте его: chatelaine add %1</translation>
    </message>
    <message>
        <source>No server is called &quot;%1&quot;.</source>
        <translation>Сервера «%1» нет.</translation>
    </message>
    <message>
        <source> Did you mean %1?</source>
        <translation> Может быть, %1?</translation>
    </message>
    <message>
        <source> `chatelaine list` shows those there are.</source>
        <translation> Все серверы покажет `chatelaine list`.</translation>
    </message>
    <message>
        <source>%1 has no account called &quot;%2&quot;. Add it with: chatelaine add %3 --account %2</source>
        <translation>У %1 нет учётной записи «%2». Добавьте её: chatelaine add %3 --account %2</translation>
    </message>
    <message>
        <source>A server called &quot;%1&quot; is there already. Choose another name.</source>
        <translation>Сервер «%1» уже есть. Выберите другое имя.</translation>
    </message>
    <message>
        <source>This server has an account of that name already. Choose another one.</source>
        <translation>У этого сервера уже есть учётная запись с таким именем. Выберите другое.</translation>
    </message>
    <message>
        <source>The account was removed meanwhile.</source>
        <translation>Тем временем учётная запись была удалена.</translation>
    </message>
    <message>
        <source>Was called %1.</source>
        <translation>Прежнее имя: %1.</translation>
    </message>
    <message>
        <source>The authorization server does not let programs register themselves.</source>
        <translation>Сервер авторизации не даёт программам регистрироваться самим.</translation>
    </message>
    <message>
        <source>Register a client there with a redirect URI such as http://127.0.0.1:8931/callback, then: chatelaine add %1 --client-id ID --redirect-port 8931</source>
        <translation>Зарегистрируйте там клиента с адресом возврата, например http://127.0.0.1:8931/callback, затем: chatelaine add %1 --client-id ID --redirect-port 8931</translation>
    </message>
    <message>
        <source>The client id of %1 was registered with %2, but the server now uses %3. Register a client there and add the server again with its client id.</source>
        <translation>Идентификатор клиента для %1 зарегистрирован на %2, а сервер теперь использует %3. Зарегистрируйте клиента там и добавьте сервер заново с его идентификатором.</translation>
    </message>
    <message>
        <source>%1 does not let programs register themselves. Register a client there with the redirect URI %2, then run: chatelaine add %3 --client-id ID --redirect-port %4</source>
        <translation>%1 не даёт программам регистрироваться самим. Зарегистрируйте там клиента с адресом возврата %2, затем выполните: chatelaine add %3 --client-id ID --redirect-port %4</translation>
    </message>
    <message>
        <source>%1 now uses the authorization server %2 and no longer %3, where you are signed in.</source>
        <translation>%1 теперь использует сервер авторизации %2, а не %3, на котором выполнен вход.</translation>
    </message>
    <message>
        <source>Taken over from the vault after an interruption.</source>
        <translation>Взято из хранилища после сбоя.</translation>
    </message>
    <message>
        <source>The tokens of %1 are no longer in the keychain.</source>
        <translation>Токенов %1 больше нет в связке ключей.</translation>
    </message>
    <message>
        <source>The tokens of %1 can&apos;t be read: another program has changed them in the keychain.</source>
        <translation>Токены %1 не читаются: их изменила в связке ключей другая программа.</translation>
    </message>
    <message>
        <source>The tokens of %1 are for %2, but its address is %3 now, so they are not used.</source>
        <translation>Токены %1 выданы для %2, а его адрес теперь %3, поэтому они не используются.</translation>
    </message>
    <message>
        <source>The server asks for a sign-in.</source>
        <translation>Сервер требует входа.</translation>
    </message>
    <message>
        <source>There is no MCP server at %1: it answered HTTP %2%3. Check the address; many servers end in /mcp.</source>
        <translation>По адресу %1 нет сервера MCP: ответ — HTTP %2%3. Проверьте адрес; у многих серверов он кончается на /mcp.</translation>
    </message>
    <message>
        <source> with %1</source>
        <translation>, %1</translation>
    </message>
    <message>
        <source>The token of %1 has expired and the server gave none to renew it with.</source>
        <translation>Срок токена %1 истёк, а токена обновления сервер не дал.</translation>
    </message>
    <message>
        <source>The account was signed out or in anew meanwhile.</source>
        <translation>Тем временем из учётной записи вышли или вошли в неё заново.</translation>
    </message>
    <message>
        <source>The client that %1 was signed in with is no longer the one that is set, so its tokens can&apos;t be renewed.</source>
        <translation>Вход в %1 выполнен с другим клиентом, не с тем, что задан теперь, поэтому обновить его токены нельзя.</translation>
    </message>
    <message>
        <source>%1 Sign in with: chatelaine login %2</source>
        <translation>%1 Войдите: chatelaine login %2</translation>
    </message>
    <message>
        <source>Nobody is signed in to %1.</source>
        <translation>Вход в %1 не выполнен.</translation>
    </message>
    <message>
        <source>The sign-in to %1 has ended.</source>
        <translation>Вход в %1 больше не действует.</translation>
    </message>
    <message>
        <source>An earlier renewal of %1 did not come to its end (Chatelaine, the network or the server stopped in the middle of it), and %2 does not take the old refresh token any more.</source>
        <translation>Прошлое обновление токенов %1 не дошло до конца (Chatelaine, сеть или сервер прервались посередине), а старый токен обновления %2 больше не принимает.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a URL. Give the server&apos;s whole address, such as https://mcp.example.com/mcp.</source>
        <translation>«%1» — не URL. Укажите адрес сервера целиком, например https://mcp.example.com/mcp.</translation>
    </message>
    <message>
        <source>The address holds a user name or password. Leave it out: Chatelaine signs in by itself.</source>
        <translation>В адресе есть имя пользователя или пароль. Уберите их: Chatelaine входит сама.</translation>
    </message>
    <message>
        <source>The address has a fragment (#…), which no MCP server has. Leave it out.</source>
        <translation>В адресе есть фрагмент (#…), а у серверов MCP его не бывает. Уберите его.</translation>
    </message>
    <message>
        <source>An MCP server&apos;s address begins with https://; %1:// can&apos;t be used.</source>
        <translation>Адрес сервера MCP начинается с https://, а %1:// не подходит.</translation>
    </message>
    <message>
        <source>%1 needs no sign-in: it answers without a token.</source>
        <translation>%1 не требует входа: он отвечает и без токена.</translation>
    </message>
    <message>
        <source>%1 gave a token, but %2 does not take it. Check the server&apos;s resource setting and its logs.</source>
        <translation>%1 дал токен, но %2 его не принимает. Проверьте настройку resource этого сервера и его журналы.</translation>
    </message>
    <message>
        <source>%1 needs you to sign in: chatelaine login %1</source>
        <translation>%1 требует входа. Выполните: chatelaine login %1</translation>
    </message>
    <message>
        <source>A sign-in to %1 is already waiting in the browser. Finish or cancel that one first.</source>
        <translation>Вход в %1 уже ждёт в браузере. Сначала завершите или отмените его.</translation>
    </message>
    <message>
        <source>%1 takes no tokens back; the access token ends by itself.</source>
        <translation>%1 не отзывает токены; токен доступа кончится сам.</translation>
    </message>
    <message>
        <source>The authorization server could not be told: %1</source>
        <translation>Не удалось сообщить серверу авторизации: %1</translation>
    </message>
    <message>
        <source>The stored tokens can&apos;t be read: another program changed the item. Sign in again to replace it.</source>
        <translation>Сохранённые токены не читаются: запись изменила другая программа. Войдите снова, чтобы заменить её.</translation>
    </message>
    <message>
        <source>Secrets are locked first</source>
        <translation>Сначала запираются секреты</translation>
    </message>
    <message>
        <source>The key can&apos;t be used: %1.</source>
        <translation>Ключ не годится: %1.</translation>
    </message>
    <message>
        <source>OpenSSL could not make a key.</source>
        <translation>OpenSSL не удалось создать ключ.</translation>
    </message>
    <message>
        <source>it is not of the curve P-256</source>
        <translation>он не на кривой P-256</translation>
    </message>
    <message>
        <source>its coordinates are not 32 bytes each</source>
        <translation>его координаты — не по 32 байта</translation>
    </message>
    <message>
        <source>its point is not on the curve</source>
        <translation>его точка не лежит на кривой</translation>
    </message>
    <message>
        <source>its type is unknown</source>
        <translation>его тип неизвестен</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is missing</source>
        <translation>нет «%1»</translation>
    </message>
    <message>
        <source>The key set has no list of keys.</source>
        <translation>В наборе ключей нет списка ключей.</translation>
    </message>
    <message>
        <source>This is not base64url.</source>
        <translation>Это не base64url.</translation>
    </message>
    <message>
        <source>The signed token can&apos;t be trusted: %1.</source>
        <translation>Подписанному токену нельзя доверять: %1.</translation>
    </message>
    <message>
        <source>OpenSSL could not sign.</source>
        <translation>OpenSSL не удалось поставить подпись.</translation>
    </message>
    <message>
        <source>A public key can&apos;t sign; the private one is needed.</source>
        <translation>Открытым ключом подписать нельзя, нужен закрытый.</translation>
    </message>
    <message>
        <source>it does not have three parts</source>
        <translation>в нём не три части</translation>
    </message>
    <message>
        <source>it is not base64url</source>
        <translation>это не base64url</translation>
    </message>
    <message>
        <source>The token&apos;s header</source>
        <translation>Заголовок токена</translation>
    </message>
    <message>
        <source>its algorithm is not %1</source>
        <translation>его алгоритм — не %1</translation>
    </message>
    <message>
        <source>it demands an extension that is not understood</source>
        <translation>он требует неизвестного расширения</translation>
    </message>
    <message>
        <source>there is no key to check it with</source>
        <translation>нет ключа, чтобы его проверить</translation>
    </message>
    <message>
        <source>its signature is not 64 bytes</source>
        <translation>его подпись — не 64 байта</translation>
    </message>
    <message>
        <source>its signature is wrong</source>
        <translation>его подпись неверна</translation>
    </message>
    <message>
        <source>The token %1.</source>
        <translation>Токен %1.</translation>
    </message>
    <message>
        <source>is not signed by a known key</source>
        <translation>подписан неизвестным ключом</translation>
    </message>
    <message>
        <source>is of another type than %1</source>
        <translation>не того типа: нужен %1</translation>
    </message>
    <message>
        <source>The token&apos;s content</source>
        <translation>Содержимое токена</translation>
    </message>
    <message>
        <source>is from another issuer</source>
        <translation>выдан другим издателем</translation>
    </message>
    <message>
        <source>is for somebody else</source>
        <translation>предназначен не нам</translation>
    </message>
    <message>
        <source>does not say when it expires</source>
        <translation>не говорит, когда истекает</translation>
    </message>
    <message>
        <source>has expired</source>
        <translation>истёк</translation>
    </message>
    <message>
        <source>is not valid yet</source>
        <translation>ещё не действует</translation>
    </message>
    <message>
        <source>%1 wants you to sign in first.</source>
        <translation>%1 требует сначала войти.</translation>
    </message>
    <message>
        <source>%1 does not let us in (HTTP 403).</source>
        <translation>%1 нас не впускает (HTTP 403).</translation>
    </message>
    <message>
        <source>%1 goes on refusing what it was just given. Sign out and in again.</source>
        <translation>%1 продолжает отвергать только что полученное. Выйдите и войдите снова.</translation>
    </message>
    <message>
        <source>%1 speaks other versions of MCP (%2) than Chatelaine does. Look for a newer Chatelaine.</source>
        <translation>%1 говорит на других версиях MCP (%2), чем Chatelaine. Поищите более новую Chatelaine.</translation>
    </message>
    <message>
        <source>%1 wants to speak a version of MCP (%2) that Chatelaine does not know.</source>
        <translation>%1 хочет говорить на версии MCP (%2), которой Chatelaine не знает.</translation>
    </message>
    <message>
        <source>%1 gave a session id that no header can carry.</source>
        <translation>%1 дал такой идентификатор сеанса, который нельзя передать в заголовке.</translation>
    </message>
    <message>
        <source>%1 lists its tools on more than %2 pages.</source>
        <translation>Список инструментов %1 занимает больше страниц, чем разрешено (%2).</translation>
    </message>
    <message>
        <source>The server&apos;s answer is JSON, but not JSON-RPC: %1.</source>
        <translation>Ответ сервера — это JSON, но не JSON-RPC: %1.</translation>
    </message>
    <message>
        <source>The server&apos;s answer</source>
        <translation>Ответ сервера</translation>
    </message>
    <message>
        <source>&quot;jsonrpc&quot; is not &quot;2.0&quot;</source>
        <translation>«jsonrpc» — не «2.0»</translation>
    </message>
    <message>
        <source>its error has no code</source>
        <translation>в его ошибке нет кода</translation>
    </message>
    <message>
        <source>its result has no id</source>
        <translation>в его результате нет id</translation>
    </message>
    <message>
        <source>it is neither a request nor a result nor an error</source>
        <translation>это не запрос, не результат и не ошибка</translation>
    </message>
    <message>
        <source>%1 wants its messages sent to another server. That is not done.</source>
        <translation>%1 просит слать ему сообщения через другой сервер. Так делать нельзя.</translation>
    </message>
    <message>
        <source>%1 closed its stream of events. Try again.</source>
        <translation>%1 закрыл поток событий. Повторите попытку.</translation>
    </message>
    <message>
        <source>%1 did not take the message (HTTP %2).</source>
        <translation>%1 не принял сообщение (HTTP %2).</translation>
    </message>
    <message>
        <source>%1 took the request, but did not answer within %2 seconds.</source>
        <translation>%1 принял запрос, но не ответил за %2 с.</translation>
    </message>
    <message>
        <source>%1 closed its stream of events without an answer. Try again.</source>
        <translation>%1 закрыл поток событий, не ответив. Повторите попытку.</translation>
    </message>
    <message>
        <source>The argument &quot;%1&quot; has to be a whole number of at most 2^53 - 1.</source>
        <translation>Аргумент «%1» должен быть целым числом не больше 2^53 − 1.</translation>
    </message>
    <message>
        <source>%1 answered with an error: %2 (%3).</source>
        <translation>%1 ответил ошибкой: %2 (%3).</translation>
    </message>
    <message>
        <source>%1 gets too many requests (%2). Wait a little.</source>
        <translation>У %1 слишком много запросов (%2). Подождите немного.</translation>
    </message>
    <message>
        <source>The server at %1 has a problem of its own (%2). Try again later.</source>
        <translation>У сервера %1 неполадки на его стороне (%2). Повторите попытку позже.</translation>
    </message>
    <message>
        <source>%1 sends us elsewhere (%2). Use the address that the server&apos;s documentation gives today.</source>
        <translation>%1 отсылает по другому адресу (%2). Возьмите адрес, который сейчас указан в документации сервера.</translation>
    </message>
    <message>
        <source>What answers at %1 is no MCP server (%2). Check the address, its path included: many servers are at /mcp.</source>
        <translation>По адресу %1 отвечает не сервер MCP (%2). Проверьте адрес вместе с путём: у многих серверов это /mcp.</translation>
    </message>
    <message>
        <source>%1 asks for more before it answers (%2), and Chatelaine does not offer that. Use this tool from a full MCP client.</source>
        <translation>Прежде чем ответить, %1 просит ещё кое-что (%2), а Chatelaine этого не умеет. Вызовите этот инструмент из полноценного клиента MCP.</translation>
    </message>
    <message>
        <source>a public address</source>
        <translation>публичный адрес</translation>
    </message>
    <message>
        <source>an address in a private network</source>
        <translation>адрес в частной сети</translation>
    </message>
    <message>
        <source>a link-local address</source>
        <translation>локальный адрес канала</translation>
    </message>
    <message>
        <source>this machine itself</source>
        <translation>сам этот компьютер</translation>
    </message>
    <message>
        <source>a reserved address</source>
        <translation>зарезервированный адрес</translation>
    </message>
    <message>
        <source>%1 leads to %2 (%3), where this server may not send Chatelaine. If that is your own server, add it by that address yourself.</source>
        <translation>%1 ведёт на %2 (%3), а туда этот сервер отправлять Chatelaine не вправе. Если тот сервер ваш, добавьте его по этому адресу сами.</translation>
    </message>
    <message>
        <source>That is no web address. It has to look like https://host/path.</source>
        <translation>Это не веб-адрес. Он должен выглядеть так: https://host/path.</translation>
    </message>
    <message>
        <source>Chatelaine opens https addresses only (http for servers on this machine), and the address at %1 begins with %2:.</source>
        <translation>Chatelaine открывает только адреса https (и http для серверов на этом компьютере), а адрес на %1 начинается с %2:.</translation>
    </message>
    <message>
        <source>The address at %1 has a user name or password in it. Leave that out.</source>
        <translation>В адресе на %1 есть имя пользователя или пароль. Уберите их.</translation>
    </message>
    <message>
        <source>Port %1 at %2 belongs to another protocol than HTTP.</source>
        <translation>Порт %1 на %2 принадлежит другому протоколу, не HTTP.</translation>
    </message>
    <message>
        <source>%1 is not on this machine; Chatelaine goes there by https only.</source>
        <translation>%1 — не на этом компьютере; туда Chatelaine обращается только по https.</translation>
    </message>
    <message>
        <source>%1 has no address that can be used.</source>
        <translation>У %1 нет адреса, который можно использовать.</translation>
    </message>
    <message>
        <source>The server sent an event larger than %1 bytes.</source>
        <translation>Сервер прислал событие больше %1 Б.</translation>
    </message>
    <message>
        <source>%1 did not answer within %2 seconds. Try again later.</source>
        <translation>%1 не ответил за %2 с. Повторите попытку позже.</translation>
    </message>
    <message>
        <source>%1 sends us on to something that is no web address.</source>
        <translation>%1 перенаправляет туда, где нет веб-адреса.</translation>
    </message>
    <message>
        <source>%1 redirects more than %2 times. Check the address.</source>
        <translation>%1 перенаправляет больше %2 раз. Проверьте адрес.</translation>
    </message>
    <message>
        <source>A header has a line break in it.</source>
        <translation>В заголовке есть перевод строки.</translation>
    </message>
    <message>
        <source>The name %1 was not found. Check the address and the network connection.</source>
        <translation>Имя %1 не найдено. Проверьте адрес и подключение к сети.</translation>
    </message>
    <message>
        <source>its certificate expired on %1</source>
        <translation>срок его сертификата истёк %1</translation>
    </message>
    <message>
        <source>its certificate is not valid yet (is this machine&apos;s clock right?)</source>
        <translation>его сертификат ещё не действует (верны ли часы этого компьютера?)</translation>
    </message>
    <message>
        <source>its certificate is made out to another name (%1)</source>
        <translation>его сертификат выписан на другое имя (%1)</translation>
    </message>
    <message>
        <source>this machine does not know the authority that signed its certificate (if it is your company&apos;s, name its file with --ca-file)</source>
        <translation>этот компьютер не знает центра, подписавшего его сертификат (если это центр вашей организации, укажите его файл через --ca-file)</translation>
    </message>
    <message>
        <source>its certificate was revoked</source>
        <translation>его сертификат отозван</translation>
    </message>
    <message>
        <source>no common protocol, or no TLS at all at this port</source>
        <translation>нет общего протокола, или на этом порту вовсе нет TLS</translation>
    </message>
    <message>
        <source>%1 sent a compressed answer (%2) although none was asked for.</source>
        <translation>%1 прислал сжатый ответ (%2), хотя об этом не просили.</translation>
    </message>
    <message>
        <source>%1 sent more than the %2 bytes that are taken here.</source>
        <translation>%1 прислал больше, чем здесь принимается (%2 Б).</translation>
    </message>
    <message>
        <source>The connection to %1 broke in the middle of its answer. Try again.</source>
        <translation>Соединение с %1 оборвалось посреди ответа. Повторите попытку.</translation>
    </message>
    <message>
        <source>The secure connection to %1 failed: %2.</source>
        <translation>Не удалось установить защищённое соединение с %1: %2.</translation>
    </message>
    <message>
        <source>The proxy does not let us through to %1. Check the system&apos;s proxy settings.</source>
        <translation>Прокси не пропускает к %1. Проверьте системные настройки прокси.</translation>
    </message>
    <message>
        <source>The proxy wants a user name and password. Put them into the system&apos;s proxy settings.</source>
        <translation>Прокси требует имя пользователя и пароль. Укажите их в системных настройках прокси.</translation>
    </message>
    <message>
        <source>Nothing answers at %1. Is the server running, and is the port right?</source>
        <translation>По адресу %1 никто не отвечает. Запущен ли сервер и верен ли порт?</translation>
    </message>
    <message>
        <source>%1 does not answer in HTTP. Check the address.</source>
        <translation>%1 отвечает не по HTTP. Проверьте адрес.</translation>
    </message>
    <message>
        <source>%1 closed the connection without a complete answer. Check that the address is right, and try again.</source>
        <translation>%1 закрыл соединение, не ответив до конца. Проверьте, верен ли адрес, и повторите попытку.</translation>
    </message>
    <message>
        <source>The connection to %1 failed. Check the network and try again.</source>
        <translation>Не удалось соединиться с %1. Проверьте сеть и повторите попытку.</translation>
    </message>
    <message>
        <source>A proxy with a name and a password can&apos;t be used: the settings are no place for a password. Leave them out.</source>
        <translation>Прокси с именем и паролем использовать нельзя: паролю не место в настройках. Уберите их.</translation>
    </message>
    <message>
        <source>Say at which port the proxy listens: %1://%2:%3.</source>
        <translation>Укажите порт, на котором работает прокси: %1://%2:%3.</translation>
    </message>
    <message>
        <source>A proxy has no path: %1://%2:%3 is enough.</source>
        <translation>У прокси нет пути: достаточно %1://%2:%3.</translation>
    </message>
    <message>
        <source>There is no certificate in %1. It has to be a PEM file that can be read.</source>
        <translation>В %1 нет сертификата. Нужен файл PEM, который можно прочитать.</translation>
    </message>
    <message>
        <source>The authorization server&apos;s answer was not accepted: %1. Nothing was sent on; try to sign in again.</source>
        <translation>Ответ сервера авторизации не принят: %1. Дальше ничего не отправлено; попробуйте войти ещё раз.</translation>
    </message>
    <message>
        <source>it is not properly encoded</source>
        <translation>он неправильно закодирован</translation>
    </message>
    <message>
        <source>it has &quot;%1&quot; more than once</source>
        <translation>«%1» в нём встречается больше одного раза</translation>
    </message>
    <message>
        <source>it is from another issuer than %1, where the sign-in began</source>
        <translation>он от другого издателя, а вход начат у %1</translation>
    </message>
    <message>
        <source>it does not name its issuer, though %1 promises that</source>
        <translation>он не называет издателя, хотя %1 это обещает</translation>
    </message>
    <message>
        <source>The sign-in was declined at the authorization server.</source>
        <translation>На сервере авторизации во входе отказано.</translation>
    </message>
    <message>
        <source>The authorization server did not let us sign in</source>
        <translation>Сервер авторизации не дал войти</translation>
    </message>
    <message>
        <source>there is no usable code in it</source>
        <translation>в нём нет пригодного кода</translation>
    </message>
    <message>
        <source>The authorization server offers no sign-in in a browser.</source>
        <translation>Сервер авторизации не предлагает входа через браузер.</translation>
    </message>
    <message>
        <source>The extra authorization parameter &quot;%1&quot; would replace a standard one. Remove it from the server&apos;s settings.</source>
        <translation>Дополнительный параметр авторизации «%1» заменил бы стандартный. Уберите его из настроек сервера.</translation>
    </message>
    <message>
        <source>The authorization endpoint has a query that can&apos;t be added to. Tell the operator of the authorization server.</source>
        <translation>К параметрам в адресе конечной точки авторизации ничего нельзя добавить. Сообщите администратору сервера авторизации.</translation>
    </message>
    <message>
        <source>The authorization endpoint&apos;s own &quot;%1&quot; would replace ours. Tell the operator of the authorization server.</source>
        <translation>Собственный «%1» конечной точки авторизации заменил бы наш. Сообщите администратору сервера авторизации.</translation>
    </message>
    <message>
        <source>The address for the sign-in could not be made.</source>
        <translation>Не удалось составить адрес для входа.</translation>
    </message>
    <message>
        <source>it does not belong to this sign-in</source>
        <translation>он не от этого входа</translation>
    </message>
    <message>
        <source>This is not the callback&apos;s address. Copy the whole address from the browser: it begins with %1?</source>
        <translation>Это не адрес возврата. Скопируйте из браузера адрес целиком: он начинается с %1?</translation>
    </message>
    <message>
        <source> Signing in there would not be safe; tell the operator of the authorization server.</source>
        <translation> Входить там небезопасно; сообщите администратору сервера авторизации.</translation>
    </message>
    <message>
        <source>The authorization endpoint</source>
        <translation>Конечная точка авторизации</translation>
    </message>
    <message>
        <source>The token endpoint</source>
        <translation>Конечная точка токенов</translation>
    </message>
    <message>
        <source>The registration endpoint</source>
        <translation>Конечная точка регистрации</translation>
    </message>
    <message>
        <source>The revocation endpoint</source>
        <translation>Конечная точка отзыва</translation>
    </message>
    <message>
        <source>The introspection endpoint</source>
        <translation>Конечная точка интроспекции</translation>
    </message>
    <message>
        <source>%1 is not a URL.</source>
        <translation>%1 — не URL.</translation>
    </message>
    <message>
        <source>%1 is not an absolute URL.</source>
        <translation>%1 — не абсолютный URL.</translation>
    </message>
    <message>
        <source>%1 has a user name in it.</source>
        <translation>%1: в адресе есть имя пользователя.</translation>
    </message>
    <message>
        <source>%1 has a fragment.</source>
        <translation>%1: в адресе есть фрагмент.</translation>
    </message>
    <message>
        <source>%1 is not encrypted (http).</source>
        <translation>%1: нет шифрования (http).</translation>
    </message>
    <message>
        <source>%1 is not a web address (%2:).</source>
        <translation>%1 — не веб-адрес (%2:).</translation>
    </message>
    <message>
        <source>The authorization server metadata</source>
        <translation>Метаданные сервера авторизации</translation>
    </message>
    <message>
        <source>The authorization server metadata names no issuer.</source>
        <translation>В метаданных сервера авторизации не назван издатель.</translation>
    </message>
    <message>
        <source>The authorization server metadata is for another issuer than the one it was looked up for (%1).</source>
        <translation>Метаданные сервера авторизации относятся не к тому издателю, для которого их искали (%1).</translation>
    </message>
    <message>
        <source>The authorization server names no token endpoint.</source>
        <translation>Сервер авторизации не называет конечную точку токенов.</translation>
    </message>
    <message>
        <source>The authorization server does not support PKCE with S256, which MCP demands.</source>
        <translation>Сервер авторизации не поддерживает PKCE с S256, а MCP этого требует.</translation>
    </message>
    <message>
        <source>The authorization server does not say that it supports PKCE (code_challenge_methods_supported is missing), which MCP demands.</source>
        <translation>Сервер авторизации не сообщает, что поддерживает PKCE (нет code_challenge_methods_supported), а MCP этого требует.</translation>
    </message>
    <message>
        <source>The answer is not JSON.</source>
        <translation>Ответ — не JSON.</translation>
    </message>
    <message>
        <source>The server answered %1.</source>
        <translation>Сервер ответил %1.</translation>
    </message>
    <message>
        <source>The server says it is %1, which is not the address it has been given as (%2). Nothing was sent. Check the address, or tell the operator of the MCP server.</source>
        <translation>Сервер называет себя %1, а это не тот адрес, который указан (%2). Ничего не отправлено. Проверьте адрес или сообщите администратору сервера MCP.</translation>
    </message>
    <message>
        <source>The server&apos;s metadata names no authorization server, so there is nowhere to sign in. Tell the operator of the MCP server.</source>
        <translation>В метаданных сервера не назван сервер авторизации, поэтому войти негде. Сообщите администратору сервера MCP.</translation>
    </message>
    <message>
        <source>The metadata&apos;s address</source>
        <translation>Адрес метаданных</translation>
    </message>
    <message>
        <source>The server says its metadata is at %1, and it is not. Tell the operator of the MCP server.</source>
        <translation>Сервер говорит, что его метаданные лежат на %1, но там их нет. Сообщите администратору сервера MCP.</translation>
    </message>
    <message>
        <source>The authorization server&apos;s address</source>
        <translation>Адрес сервера авторизации</translation>
    </message>
    <message>
        <source>The authorization server&apos;s address has a query, which none may have. Tell the operator of the MCP server.</source>
        <translation>В адресе сервера авторизации есть параметры запроса, а их быть не должно. Сообщите администратору сервера MCP.</translation>
    </message>
    <message>
        <source>The authorization server %1 publishes no metadata, so there is no telling how to sign in. Tell its operator.</source>
        <translation>Сервер авторизации %1 не публикует метаданных, и как на нём войти, неизвестно. Сообщите его администратору.</translation>
    </message>
    <message>
        <source>The sign-in can only come back to 127.0.0.1 or localhost. Correct the server&apos;s redirect_host.</source>
        <translation>Вход может вернуться только на 127.0.0.1 или localhost. Исправьте redirect_host сервера.</translation>
    </message>
    <message>
        <source>Can&apos;t listen on port %1 of %2 for the sign-in to come back. Choose another redirect_port for this server.</source>
        <translation>Не удаётся открыть порт %1 на %2, чтобы дождаться возврата. Выберите для этого сервера другой redirect_port.</translation>
    </message>
    <message>
        <source>Another program uses port %1, where the sign-in has to come back. End that program, or choose another redirect_port for this server.</source>
        <translation>Порт %1, на который должен вернуться вход, занят другой программой. Завершите её или выберите для этого сервера другой redirect_port.</translation>
    </message>
    <message>
        <source>The protected resource metadata</source>
        <translation>Метаданные защищённого ресурса</translation>
    </message>
    <message>
        <source>The protected resource metadata does not say which resource it is for. Tell the operator of the MCP server: &quot;resource&quot; has to be an absolute URL without a fragment.</source>
        <translation>Метаданные защищённого ресурса не говорят, к какому ресурсу относятся. Сообщите администратору сервера MCP: «resource» должен быть абсолютным URL без фрагмента.</translation>
    </message>
    <message>
        <source> Register a client with it by hand, and give its client id to the server&apos;s settings.</source>
        <translation> Зарегистрируйте на нём клиента вручную и впишите его идентификатор в настройки сервера.</translation>
    </message>
    <message>
        <source>The authorization server</source>
        <translation>Сервер авторизации</translation>
    </message>
    <message>
        <source>The authorization server refused to register us</source>
        <translation>Сервер авторизации отказался нас зарегистрировать</translation>
    </message>
    <message>
        <source> Set the server&apos;s redirect_host and redirect_port to what it allows.</source>
        <translation> Задайте в настройках сервера те redirect_host и redirect_port, которые он допускает.</translation>
    </message>
    <message>
        <source>The authorization server registers no clients.</source>
        <translation>Сервер авторизации не регистрирует клиентов.</translation>
    </message>
    <message>
        <source>The authorization server registers only clients that it knows already (%1).</source>
        <translation>Сервер авторизации регистрирует только уже известных ему клиентов (%1).</translation>
    </message>
    <message>
        <source>The authorization server answered a registration with %1. Tell its operator, or register a client by hand.</source>
        <translation>На регистрацию сервер авторизации ответил %1. Сообщите его администратору или зарегистрируйте клиента вручную.</translation>
    </message>
    <message>
        <source>The URL of a client metadata document has to be https and have a path, no user name, no fragment and no dot segments.</source>
        <translation>URL документа метаданных клиента должен быть https, с путём и без имени пользователя, фрагмента и сегментов с точками.</translation>
    </message>
    <message>
        <source>The registration response</source>
        <translation>Ответ на регистрацию</translation>
    </message>
    <message>
        <source>The authorization server registered us without giving a client id. Tell its operator, or register a client by hand.</source>
        <translation>Сервер авторизации зарегистрировал нас, но не дал идентификатора клиента. Сообщите его администратору или зарегистрируйте клиента вручную.</translation>
    </message>
    <message>
        <source>The registration&apos;s address</source>
        <translation>Адрес регистрации</translation>
    </message>
    <message>
        <source>The authorization server offers no registration of clients.</source>
        <translation>Сервер авторизации не предлагает регистрации клиентов.</translation>
    </message>
    <message>
        <source>The authorization server takes none of the ways in which this program can authenticate (none, client_secret_basic, client_secret_post).</source>
        <translation>Сервер авторизации не принимает ни одного из способов, которыми эта программа может себя подтвердить (none, client_secret_basic, client_secret_post).</translation>
    </message>
    <message>
        <source>The authorization server offers no way to delete the registration.</source>
        <translation>Сервер авторизации не предлагает способа удалить регистрацию.</translation>
    </message>
    <message>
        <source>Deleted (%1).</source>
        <translation>Удалена (%1).</translation>
    </message>
    <message>
        <source>The server did not know it any more (%1).</source>
        <translation>Сервер её уже не знал (%1).</translation>
    </message>
    <message>
        <source>Not deleted: the server answered %1.</source>
        <translation>Не удалена: сервер ответил %1.</translation>
    </message>
    <message>
        <source>Revoked (200).</source>
        <translation>Отозван (200).</translation>
    </message>
    <message>
        <source>Not revoked: the server answered %1.</source>
        <translation>Не отозван: сервер ответил %1.</translation>
    </message>
    <message>
        <source>Not revoked: the server answered %1 (%2).</source>
        <translation>Не отозван: сервер ответил %1 (%2).</translation>
    </message>
    <message>
        <source>The authorization server&apos;s token response can&apos;t be used: %1. Tell its operator; nothing was changed.</source>
        <translation>Ответ сервера авторизации с токеном не годится: %1. Сообщите его администратору; ничего не изменено.</translation>
    </message>
    <message>
        <source>Microsoft Entra does not take the resource parameter: set the server&apos;s resource_mode to omit.</source>
        <translation>Microsoft Entra не принимает параметр resource: задайте для сервера resource_mode omit.</translation>
    </message>
    <message>
        <source>Microsoft Entra wants the scopes named: set the server&apos;s scope to those of its API, and its resource_mode to omit.</source>
        <translation>Microsoft Entra требует назвать разрешения: задайте в scope сервера те, что у его API, а resource_mode — omit.</translation>
    </message>
    <message>
        <source>The sign-in is no longer valid there: sign in again.</source>
        <translation>Вход там больше не действует: войдите снова.</translation>
    </message>
    <message>
        <source>It does not know this client, or not with these credentials: sign in again to register anew, or correct the client id and secret.</source>
        <translation>Он не знает этого клиента, по крайней мере с такими данными: войдите снова, чтобы зарегистрироваться заново, или исправьте идентификатор и секрет клиента.</translation>
    </message>
    <message>
        <source>It does not take this resource parameter: set the server&apos;s resource_mode to omit or custom.</source>
        <translation>Он не принимает такой параметр resource: задайте для сервера resource_mode omit или custom.</translation>
    </message>
    <message>
        <source>It does not give one of the scopes asked for: set the server&apos;s scope.</source>
        <translation>Он не даёт одно из запрошенных разрешений: задайте разрешения (scope) в настройках сервера.</translation>
    </message>
    <message>
        <source>This client may not use that grant type: allow it where the client was registered.</source>
        <translation>Этому клиенту не разрешён такой grant type: разрешите его там, где клиент зарегистрирован.</translation>
    </message>
    <message>
        <source> (%1: &quot;%2&quot;).</source>
        <translation> (%1: «%2»).</translation>
    </message>
    <message>
        <source>%1 can&apos;t answer now (%2). Try again later.</source>
        <translation>%1 сейчас не может ответить (%2). Повторите попытку позже.</translation>
    </message>
    <message>
        <source>The authorization server refused the token request</source>
        <translation>Сервер авторизации отклонил запрос токена</translation>
    </message>
    <message>
        <source>it answered %1 and no error</source>
        <translation>он ответил %1 и не назвал ошибку</translation>
    </message>
    <message>
        <source>it is a web page</source>
        <translation>это веб-страница</translation>
    </message>
    <message>
        <source>The token response</source>
        <translation>Ответ с токеном</translation>
    </message>
    <message>
        <source>there is no access token in it</source>
        <translation>в нём нет токена доступа</translation>
    </message>
    <message>
        <source>a token in it has characters no token may have</source>
        <translation>в одном из токенов есть недопустимые знаки</translation>
    </message>
    <message>
        <source>it does not say that the token is a Bearer token</source>
        <translation>он не говорит, что токен — Bearer</translation>
    </message>
    <message>
        <source>the token is of type %1 and not Bearer</source>
        <translation>тип токена — %1, а не Bearer</translation>
    </message>
    <message>
        <source>There is no MCP Registry at %1. Check its address in the settings.</source>
        <translation>По адресу %1 нет реестра MCP. Проверьте его адрес в настройках.</translation>
    </message>
    <message>
        <source>The registry at %1 can&apos;t answer just now (%2). Try again later.</source>
        <translation>Реестр %1 сейчас не может ответить (%2). Повторите попытку позже.</translation>
    </message>
    <message>
        <source>The registry at %1 refused the search (%2). Search for something else, or check its address in the settings.</source>
        <translation>Реестр %1 отклонил поиск (%2). Поищите что-нибудь другое или проверьте его адрес в настройках.</translation>
    </message>
    <message>
        <source>The registry&apos;s answer</source>
        <translation>Ответ реестра</translation>
    </message>
    <message>
        <source>What answers at this address is no MCP Registry: its answer lists no servers. Check the registry&apos;s address in the settings.</source>
        <translation>По этому адресу отвечает не реестр MCP: в ответе нет списка серверов. Проверьте адрес реестра в настройках.</translation>
    </message>
    <message>
        <source>The registry&apos;s answer can&apos;t be used: its cursor is %1 characters long. Tell its operator.</source>
        <translation>Ответ реестра не годится: длина его курсора — %1 зн. Сообщите его администратору.</translation>
    </message>
    <message>
        <source>The disk is full, so nothing could be written to %1. Free some space and try again.</source>
        <translation>Диск заполнен, и записать в %1 ничего не удалось. Освободите место и повторите попытку.</translation>
    </message>
    <message>
        <source>%1 is damaged or no database. It was left as it is; move it away to start with an empty one, or put back a copy.</source>
        <translation>%1 — повреждённая база данных или вовсе не база. Файл оставлен как есть; уберите его, чтобы начать с пустой базы, или верните резервную копию.</translation>
    </message>
    <message>
        <source>%1 is locked by another process. End the program that has it open and try again.</source>
        <translation>Файл %1 занят другим процессом. Завершите программу, которая его открыла, и повторите попытку.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be written: it, its directory or the file system is read-only. Make it writable and try again.</source>
        <translation>Не удаётся записать %1: файл, его каталог или файловая система доступны только для чтения. Разрешите запись и повторите попытку.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be opened. Check that it and its directory belong to you and can be read and written.</source>
        <translation>Не удаётся открыть %1. Проверьте, что файл и его каталог принадлежат вам и доступны для чтения и записи.</translation>
    </message>
    <message>
        <source>The disk answered an error for %1. Check the disk and try again.</source>
        <translation>Диск ответил ошибкой на %1. Проверьте диск и повторите попытку.</translation>
    </message>
    <message>
        <source>There is one of that name already. Choose another name.</source>
        <translation>Такое имя уже есть. Выберите другое.</translation>
    </message>
    <message>
        <source>What this belongs to has been removed meanwhile.</source>
        <translation>Того, к чему это относится, уже нет: тем временем оно удалено.</translation>
    </message>
    <message>
        <source>The database %1 answered an error. Run with CHATELAINE_DEBUG=1 to see more.</source>
        <translation>База данных %1 ответила ошибкой. Чтобы узнать больше, запустите с CHATELAINE_DEBUG=1.</translation>
    </message>
    <message>
        <source>%1 is a database, but not one of Chatelaine&apos;s. It was left as it is; move it away or choose another place with CHATELAINE_HOME.</source>
        <translation>%1 — база данных, но не Chatelaine. Файл оставлен как есть; уберите его или выберите другое место через CHATELAINE_HOME.</translation>
    </message>
    <message>
        <source>%1 was written by a newer Chatelaine (schema %2, this one knows %3). It was left as it is; install the newer version.</source>
        <translation>Файл %1 записан более новой Chatelaine (схема %2, а этой известна %3). Он оставлен как есть; установите новую версию.</translation>
    </message>
    <message>
        <source>The row %1 of the table %2 can&apos;t be read and is left out.</source>
        <translation>Строка %1 таблицы %2 не читается и пропущена.</translation>
    </message>
    <message>
        <source>The database %1 can&apos;t be opened: %2. Check that it and its directory belong to you and can be written.</source>
        <translation>Не удаётся открыть базу данных %1: %2. Проверьте, что файл и его каталог принадлежат вам и доступны для записи.</translation>
    </message>
    <message>
        <source>The encrypted vault is damaged. It was left as it is; put back a copy, or move it away and sign in again.</source>
        <translation>Зашифрованное хранилище повреждено. Оно оставлено как есть; верните резервную копию или уберите его и войдите снова.</translation>
    </message>
    <message>
        <source>The vault&apos;s key could not be computed: there is not enough memory. Close some programs and try again.</source>
        <translation>Не удалось вычислить ключ хранилища: не хватает памяти. Закройте некоторые программы и повторите попытку.</translation>
    </message>
    <message>
        <source>The encrypted vault was written by a newer Chatelaine. It was left as it is; install the newer version.</source>
        <translation>Зашифрованное хранилище записано более новой Chatelaine. Оно оставлено как есть; установите новую версию.</translation>
    </message>
    <message>
        <source>That is not the vault&apos;s passphrase. Try again.</source>
        <translation>Это не парольная фраза хранилища. Повторите попытку.</translation>
    </message>
    <message>
        <source>The encrypted vault is locked. Run: chatelaine unlock</source>
        <translation>Зашифрованное хранилище заперто. Выполните: chatelaine unlock</translation>
    </message>
    <message>
        <source>The disk is full: %1 could not be written and is as it was. Free some space and try again.</source>
        <translation>Диск заполнен: записать %1 не удалось, файл остался прежним. Освободите место и повторите попытку.</translation>
    </message>
    <message>
        <source>The encrypted vault %1 can&apos;t be read or written: %2. Nothing in it was changed.</source>
        <translation>Зашифрованное хранилище %1 не удаётся прочитать или записать: %2. В нём ничего не изменено.</translation>
    </message>
    <message>
        <source>Secrets are in the encrypted file %1.</source>
        <translation>Секреты лежат в зашифрованном файле %1.</translation>
    </message>
    <message>
        <source>The encrypted file %1 is locked.</source>
        <translation>Зашифрованный файл %1 заперт.</translation>
    </message>
    <message>
        <source>The vault holds no item named %1.</source>
        <translation>В хранилище нет записи %1.</translation>
    </message>
    <message>
        <source>The encrypted vault needs a passphrase that is not empty.</source>
        <translation>Зашифрованному хранилищу нужна непустая парольная фраза.</translation>
    </message>
    <message>
        <source>read %1</source>
        <translation>чтение %1</translation>
    </message>
    <message>
        <source>write %1</source>
        <translation>запись %1</translation>
    </message>
    <message>
        <source>remove %1</source>
        <translation>удаление %1</translation>
    </message>
    <message>
        <source>The keychain is locked. Run: chatelaine unlock</source>
        <translation>Связка ключей заперта. Выполните: chatelaine unlock</translation>
    </message>
    <message>
        <source>The keychain holds no item named %1.</source>
        <translation>В связке ключей нет записи %1.</translation>
    </message>
    <message>
        <source>The keychain&apos;s prompt was answered with no. Try again and allow it.</source>
        <translation>На запрос связки ключей ответили отказом. Повторите попытку и разрешите.</translation>
    </message>
    <message>
        <source>No keychain can be used here. Install libsecret and start gnome-keyring, or choose the encrypted file.</source>
        <translation>Связку ключей здесь использовать нельзя. Установите libsecret и запустите gnome-keyring или выберите зашифрованный файл.</translation>
    </message>
    <message>
        <source>The keychain answered an error. Nothing was lost; see that it runs and try again.</source>
        <translation>Связка ключей ответила ошибкой. Ничего не потеряно; проверьте, что она работает, и повторите попытку.</translation>
    </message>
    <message>
        <source>The keychain has not answered for %1 s (waiting to %2). Nothing was lost; look for a prompt of the keychain, or restart it.</source>
        <translation>Связка ключей не отвечает уже %1 с (ждём: %2). Ничего не потеряно; поищите её запрос на экране или перезапустите её.</translation>
    </message>
    <message>
        <source>Secrets are in the session&apos;s keychain.</source>
        <translation>Секреты лежат в связке ключей сеанса.</translation>
    </message>
    <message>
        <source>Secrets are in the session&apos;s keychain, which is open.</source>
        <translation>Секреты лежат в связке ключей сеанса; она открыта.</translation>
    </message>
    <message>
        <source>The session&apos;s keychain is locked.</source>
        <translation>Связка ключей сеанса заперта.</translation>
    </message>
    <message>
        <source>No keychain answers.</source>
        <translation>Связка ключей не отвечает.</translation>
    </message>
    <message>
        <source>The keychain was not opened within %1 s. Look for its prompt and try again.</source>
        <translation>Связка ключей не открылась за %1 с. Поищите её запрос на экране и повторите попытку.</translation>
    </message>
    <message>
        <source>Secrets are in this process&apos;s memory and go with it.</source>
        <translation>Секреты лежат в памяти этого процесса и исчезнут вместе с ним.</translation>
    </message>
    <message>
        <source>Secrets are in this process&apos;s memory, locked.</source>
        <translation>Секреты лежат в памяти этого процесса, хранилище заперто.</translation>
    </message>
    <message>
        <source>No keychain is running. Start gnome-keyring (or another program that offers org.freedesktop.secrets), or choose the encrypted file: chatelaine broker --vault encrypted_file</source>
        <translation>Связка ключей не запущена. Запустите gnome-keyring (или другую программу, дающую org.freedesktop.secrets) или выберите зашифрованный файл: chatelaine broker --vault encrypted_file</translation>
    </message>
    <message>
        <source>The keychain did not answer as it should. See that it runs and try again.</source>
        <translation>Связка ключей ответила не так, как должна. Проверьте, что она работает, и повторите попытку.</translation>
    </message>
    <message>
        <source>The keychain was not opened: its prompt was dismissed or could not be shown. Try again.</source>
        <translation>Связка ключей не открыта: её запрос отклонили или не удалось показать. Повторите попытку.</translation>
    </message>
    <message>
        <source>record %1</source>
        <translation>записи %1</translation>
    </message>
    <message>
        <source>records %1 to %2</source>
        <translation>записей с %1 по %2</translation>
    </message>
    <message>
        <source>Record %1 of the history is not the one that was written.</source>
        <translation>Запись %1 журнала — не та, что была сделана.</translation>
    </message>
    <message>
        <source>Record %1 is</source>
        <translation>записи %1</translation>
    </message>
    <message>
        <source>Records %1 to %2 are</source>
        <translation>записей с %1 по %2</translation>
    </message>
    <message>
        <source>Record %1 can&apos;t be: records begin with %2.</source>
        <translation>Записи %1 быть не может: счёт записей начинается с %2.</translation>
    </message>
    <message>
        <source>Record 1 was changed, or written with another key.</source>
        <translation>Запись 1 изменена или сделана с другим ключом.</translation>
    </message>
    <message>
        <source>Record %1 was changed, or does not follow record %2.</source>
        <translation>Запись %1 изменена или не продолжает запись %2.</translation>
    </message>
    <message>
        <source>Record %1 is not the one whose hash was kept.</source>
        <translation>Запись %1 — не та, чей хеш был сохранён.</translation>
    </message>
    <message>
        <source>The note that the records up to %1 were removed is forged.</source>
        <translation>Отметка о том, что записи до %1 удалены, подделана.</translation>
    </message>
    <message>
        <source>Record %1, which was removed, is not the one whose hash was kept.</source>
        <translation>Удалённая запись %1 — не та, чей хеш был сохранён.</translation>
    </message>
    <message>
        <source>%1 records up to %2 were removed, as the settings say</source>
        <translation>Удалено записей: %1, до записи %2, как велят настройки</translation>
    </message>
    <message>
        <source>The grant ended before it began: Chatelaine was locked meanwhile.</source>
        <translation>Разрешение закончилось, не начавшись: за это время Chatelaine заблокировали.</translation>
    </message>
    <message>
        <source>The program that runs chatelaine could not be identified, so it can&apos;t have a grant of its own.</source>
        <translation>Не удалось определить программу, которая запустила chatelaine, поэтому дать ей собственный доступ нельзя.</translation>
    </message>
    <message>
        <source>A registry&apos;s address is an https URL without a query (http on this machine alone), not &quot;%1&quot;.</source>
        <translation>Адрес реестра — это URL https без параметров запроса (http — только на этом компьютере), а не «%1».</translation>
    </message>
    <message>
        <source>A certificate file is named by its whole path, beginning with &quot;/&quot;.</source>
        <translation>Файл сертификата указывают полным путём, который начинается с «/».</translation>
    </message>
    <message>
        <source>%1 still refuses after %2 authorizations%3. Ask its operator which scopes your account may have.</source>
        <translation>%1 отказывает и после %2 авторизаций%3. Узнайте у администратора, какие разрешения доступны вашей учётной записи.</translation>
    </message>
    <message>
        <source>Only the server&apos;s operator can fix this.</source>
        <translation>Исправить это может только администратор сервера.</translation>
    </message>
    <message>
        <source>%1 answers with an error of its own (HTTP %2). Try again later, or tell its operator.</source>
        <translation>%1 отвечает ошибкой на своей стороне (HTTP %2). Повторите попытку позже или сообщите администратору.</translation>
    </message>
    <message>
        <source>http would send your token readable over the network. Use %1 instead.</source>
        <translation>По http ваш токен ушёл бы в сеть открытым текстом. Укажите %1.</translation>
    </message>
    <message>
        <source>A proxy&apos;s address looks like http://host:8080 or socks5://host:1080, not like &quot;%1&quot;.</source>
        <translation>Нужен адрес вида http://host:8080 или socks5://host:1080, а не «%1».</translation>
    </message>
    <message>
        <source>&quot;scope&quot; names %1 scopes at most, with one space between them.</source>
        <translation>В «scope» может быть не больше %1 разрешений, через один пробел.</translation>
    </message>
    <message>
        <source>The vault had not taken the newest tokens of %1 when the broker ended. If it can&apos;t be renewed, run: chatelaine login %1</source>
        <translation>Когда брокер завершался, хранилище ещё не приняло новейшие токены %1. Если обновить их не удастся, выполните: chatelaine login %1</translation>
    </message>
    <message>
        <source>The tokens of %1 are for %2 with something else behind the &quot;?&quot; than its address has now, so they are not used.</source>
        <translation>Токены %1 выданы для %2 с другим текстом после «?», чем в нынешнем адресе, поэтому они не используются.</translation>
    </message>
    <message>
        <source>There are no tokens to give back.</source>
        <translation>Возвращать нечего: токенов нет.</translation>
    </message>
    <message>
        <source>The file system of %1 does not answer. Try again when it does.</source>
        <translation>Файловая система, где находится %1, не отвечает. Повторите попытку, когда она ответит.</translation>
    </message>
    <message>
        <source>%1 events were not written down because the history could not be written for too long.</source>
        <translation>Не записано событий: %1 — слишком долго не удавалось писать в журнал.</translation>
    </message>
    <message>
        <source>The system lets Chatelaine start no more threads. End some programs and try again.</source>
        <translation>Система не даёт Chatelaine запустить ещё один поток. Закройте несколько программ и повторите попытку.</translation>
    </message>
    <message>
        <source>%1 could not be read within ten seconds, so no grant was made. Try again when its disk answers.</source>
        <translation>Файл %1 не удалось прочитать за десять секунд, поэтому разрешение не создано. Повторите попытку, когда его диск ответит.</translation>
    </message>
    <message>
        <source>The program that opened this connection has become another one. Connect again.</source>
        <translation>Программа, открывшая это соединение, сменилась другой. Подключитесь заново.</translation>
    </message>
    <message>
        <source>%1 is held, and by no broker: systemd does that, to start one for whoever connects. Let it, or take its sockets away first: systemctl --user stop chatelaine-broker.socket chatelaine-broker-control.socket</source>
        <translation>%1 занят, и не посредником: так делает systemd, чтобы запустить его, когда кто-нибудь подключится. Оставьте это ему или сначала отберите у него сокеты: systemctl --user stop chatelaine-broker.socket chatelaine-broker-control.socket</translation>
    </message>
    <message>
        <source>The socket that was passed in listens at %1, and programs look for the broker at %2. Set ListenStream= in the socket unit to that.</source>
        <translation>Переданный сокет слушает %1, а программы ищут посредника на %2. Укажите это в ListenStream= юнита сокета.</translation>
    </message>
    <message>
        <source>The sockets that were passed in are named &quot;%1&quot;; one has to be &quot;broker&quot; and one &quot;control&quot;. Set FileDescriptorName= in the socket units.</source>
        <translation>Переданные сокеты называются «%1»; один должен называться «broker», другой «control». Укажите это в FileDescriptorName= юнитов сокетов.</translation>
    </message>
    <message>
        <source>%1 is too large for an encrypted vault: more than 64 MiB. It was left as it is; put back a copy, or move it away and sign in again.</source>
        <translation>Файл %1 слишком велик для зашифрованного хранилища: больше 64 МиБ. Он оставлен как есть; верните резервную копию или уберите его и войдите снова.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>just now</source>
        <translation>только что</translation>
    </message>
    <message>
        <source>in a moment</source>
        <translation>вот-вот</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n минуту назад</numerusform>
            <numerusform>%n минуты назад</numerusform>
            <numerusform>%n минут назад</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n minute(s)</source>
        <translation>
            <numerusform>через %n минуту</numerusform>
            <numerusform>через %n минуты</numerusform>
            <numerusform>через %n минут</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n час назад</numerusform>
            <numerusform>%n часа назад</numerusform>
            <numerusform>%n часов назад</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n hour(s)</source>
        <translation>
            <numerusform>через %n час</numerusform>
            <numerusform>через %n часа</numerusform>
            <numerusform>через %n часов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n день назад</numerusform>
            <numerusform>%n дня назад</numerusform>
            <numerusform>%n дней назад</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>через %n день</numerusform>
            <numerusform>через %n дня</numerusform>
            <numerusform>через %n дней</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n мин</numerusform>
            <numerusform>%n мин</numerusform>
            <numerusform>%n мин</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n ч</numerusform>
            <numerusform>%n ч</numerusform>
            <numerusform>%n ч</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n день</numerusform>
            <numerusform>%n дня</numerusform>
            <numerusform>%n дней</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 мс</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 с</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Выход выполнен</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Вход выполнен</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Срок истёк</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>Нужен вход</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Ошибка</translation>
    </message>
    <message>
        <source>Registered beforehand</source>
        <translation>Заранее</translation>
    </message>
    <message>
        <source>By its metadata document</source>
        <translation>По документу метаданных</translation>
    </message>
    <message>
        <source>Registered by itself</source>
        <translation>Автоматически</translation>
    </message>
    <message>
        <source>It is no longer there.</source>
        <translation>Этого больше нет.</translation>
    </message>
    <message>
        <source>It is there already.</source>
        <translation>Это уже есть.</translation>
    </message>
    <message>
        <source>The server can&apos;t be reached. Check the address and your network, then try again.</source>
        <translation>Сервер недоступен. Проверьте адрес и сеть и повторите попытку.</translation>
    </message>
    <message>
        <source>There was no answer in time. Try again.</source>
        <translation>Ответ не пришёл вовремя. Повторите попытку.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Отменено.</translation>
    </message>
    <message>
        <source>The connection is not secure: the server&apos;s certificate was refused. If it is your own, name its certificate authority in the settings.</source>
        <translation>Соединение не защищено: сертификат сервера отвергнут. Если он ваш, укажите его центр сертификации в настройках.</translation>
    </message>
    <message>
        <source>This address leads where it must not, so it was not opened.</source>
        <translation>Этот адрес ведёт туда, куда нельзя, поэтому он не был открыт.</translation>
    </message>
    <message>
        <source>The server refused. What it said is below.</source>
        <translation>Сервер отказал. Его ответ — ниже.</translation>
    </message>
    <message>
        <source>You need to sign in again.</source>
        <translation>Нужно войти снова.</translation>
    </message>
    <message>
        <source>The authorization server does not let programs register themselves. Register a client there and enter its id in the settings.</source>
        <translation>Сервер авторизации не даёт программам регистрироваться самим. Зарегистрируйте там клиента и введите его идентификатор в настройках.</translation>
    </message>
    <message>
        <source>It was refused.</source>
        <translation>Отказано.</translation>
    </message>
    <message>
        <source>A permission is missing. Sign in again to ask for it.</source>
        <translation>Не хватает разрешения. Войдите снова, чтобы запросить его.</translation>
    </message>
    <message>
        <source>The vault is locked. Unlock it and try again.</source>
        <translation>Хранилище заперто. Отоприте его и повторите попытку.</translation>
    </message>
    <message>
        <source>The vault does not answer. Nothing is lost; see that your keychain runs, then try again.</source>
        <translation>Хранилище не отвечает. Ничего не потеряно; проверьте, что связка ключей работает, и повторите попытку.</translation>
    </message>
    <message>
        <source>The database was made by a newer version. Update Chatelaine.</source>
        <translation>База данных создана более новой версией. Обновите Chatelaine.</translation>
    </message>
    <message>
        <source>The database is damaged. Restore it from a backup.</source>
        <translation>База данных повреждена. Восстановите её из резервной копии.</translation>
    </message>
    <message>
        <source>The disk is full. Make room and try again.</source>
        <translation>Диск заполнен. Освободите место и повторите попытку.</translation>
    </message>
    <message>
        <source>Too many requests. Wait a little and try again.</source>
        <translation>Слишком много запросов. Подождите немного и повторите попытку.</translation>
    </message>
    <message>
        <source>The broker does not answer. Start it again.</source>
        <translation>Посредник не отвечает. Запустите его снова.</translation>
    </message>
    <message>
        <source>Something went wrong inside Chatelaine.</source>
        <translation>Внутри Chatelaine что-то пошло не так.</translation>
    </message>
    <message>
        <source>Sign-in failed</source>
        <translation>Вход не удался</translation>
    </message>
    <message>
        <source>Authorization server changed</source>
        <translation>Сервер авторизации сменился</translation>
    </message>
    <message>
        <source>Stored tokens damaged</source>
        <translation>Сохранённые токены повреждены</translation>
    </message>
    <message>
        <source>Server added</source>
        <translation>Сервер добавлен</translation>
    </message>
    <message>
        <source>Settings changed</source>
        <translation>Настройки изменены</translation>
    </message>
    <message>
        <source>Server removed</source>
        <translation>Сервер удалён</translation>
    </message>
    <message>
        <source>Registered as a client</source>
        <translation>Регистрация клиента</translation>
    </message>
    <message>
        <source>Refresh failed</source>
        <translation>Обновление не удалось</translation>
    </message>
    <message>
        <source>Token refreshed</source>
        <translation>Токен обновлён</translation>
    </message>
    <message>
        <source>Token lent</source>
        <translation>Токен выдан</translation>
    </message>
    <message>
        <source>Call made for a client</source>
        <translation>Вызов для клиента</translation>
    </message>
    <message>
        <source>Grant given</source>
        <translation>Доступ дан</translation>
    </message>
    <message>
        <source>Grant taken back</source>
        <translation>Доступ отозван</translation>
    </message>
    <message>
        <source>Broker started</source>
        <translation>Посредник запущен</translation>
    </message>
    <message>
        <source>Broker stopped</source>
        <translation>Посредник остановлен</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Заперто</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>Отперто</translation>
    </message>
    <message>
        <source>Records are missing here</source>
        <translation>Здесь не хватает записей</translation>
    </message>
    <message>
        <source>Your consent in the browser</source>
        <translation>Ваше согласие в браузере</translation>
    </message>
    <message>
        <source>Signed out</source>
        <comment>state of an account</comment>
        <translation>Вход не выполнен</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Выполнено</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>Отказано</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Не удалось</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Связка ключей</translation>
    </message>
    <message>
        <source>Encrypted file</source>
        <translation>Зашифрованный файл</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Память</translation>
    </message>
    <message>
        <source>once</source>
        <translation>один раз</translation>
    </message>
    <message>
        <source>while process %1 runs</source>
        <translation>пока работает процесс %1</translation>
    </message>
    <message>
        <source>for %1 more</source>
        <comment>remaining time</comment>
        <translation>ещё %1</translation>
    </message>
    <message>
        <source>always</source>
        <translation>всегда</translation>
    </message>
    <message>
        <source>until locked</source>
        <translation>до запирания</translation>
    </message>
    <message>
        <source>Grant ended</source>
        <translation>Доступ закончился</translation>
    </message>
    <message>
        <source>Question put on a terminal</source>
        <translation>Вопрос задан в терминале</translation>
    </message>
    <message>
        <source>denied by the user</source>
        <translation>запрещено пользователем</translation>
    </message>
    <message>
        <source>denied by policy</source>
        <translation>запрещено общим правилом</translation>
    </message>
    <message>
        <source>denied by the user on the terminal</source>
        <translation>запрещено пользователем в терминале</translation>
    </message>
    <message>
        <source>denied by the user a moment before</source>
        <translation>только что запрещено пользователем</translation>
    </message>
    <message>
        <source>put to the person on the terminal</source>
        <translation>вопрос задан в терминале</translation>
    </message>
    <message>
        <source>nobody answered in time</source>
        <translation>никто не ответил вовремя</translation>
    </message>
    <message>
        <source>no grant, and no window to ask in</source>
        <translation>доступ не дан, и нет окна, чтобы спросить</translation>
    </message>
    <message>
        <source>the program was changed since its grant, and no window to ask in</source>
        <translation>программа изменена после выдачи доступа, и нет окна, чтобы спросить</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>по просьбе</translation>
    </message>
    <message>
        <source>not used for a while</source>
        <translation>давно не использовалась</translation>
    </message>
    <message>
        <source>the screen was locked</source>
        <translation>экран заблокирован</translation>
    </message>
    <message>
        <source>the machine goes to sleep</source>
        <translation>компьютер засыпает</translation>
    </message>
    <message>
        <source>by the keychain</source>
        <translation>связкой ключей</translation>
    </message>
    <message>
        <source>with the passphrase</source>
        <translation>парольной фразой</translation>
    </message>
    <message numerus="yes">
        <source>%1; %n more like it within a minute</source>
        <translation>
            <numerusform>%1; ещё %n такой же за минуту</numerusform>
            <numerusform>%1; ещё %n таких же за минуту</numerusform>
            <numerusform>%1; ещё %n таких же за минуту</numerusform>
        </translation>
    </message>
    <message>
        <source>any program</source>
        <translation>любая программа</translation>
    </message>
    <message>
        <source>while it runs</source>
        <translation>пока работает</translation>
    </message>
    <message>
        <source>until %1</source>
        <comment>date and time</comment>
        <translation>до %1</translation>
    </message>
    <message>
        <source>for %1, %2</source>
        <comment>a program, how long</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n more refused or failed within a minute</source>
        <translation>
            <numerusform>ещё %n отказ или сбой за минуту</numerusform>
            <numerusform>ещё %n отказа или сбоя за минуту</numerusform>
            <numerusform>ещё %n отказов или сбоев за минуту</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>a client id, an authorization server</comment>
        <translation>%1 на %2</translation>
    </message>
    <message>
        <source>scope not granted by the server: %1</source>
        <translation>сервер не дал разрешений: %1</translation>
    </message>
    <message>
        <source>%1, went on with this token</source>
        <comment>a tool</comment>
        <translation>%1, продолжено с этим токеном</translation>
    </message>
    <message>
        <source>ends after %1 unused</source>
        <comment>a span of time</comment>
        <translation>снимется через %1 простоя</translation>
    </message>
    <message>
        <source>What was entered can&apos;t be used.</source>
        <translation>Введённое не подходит.</translation>
    </message>
    <message>
        <source>The server answered something it must not. Only its operator can fix this.</source>
        <translation>Сервер ответил так, как нельзя. Исправить это может только его администратор.</translation>
    </message>
    <message>
        <source>Token refused by the server</source>
        <translation>Сервер не принял токен</translation>
    </message>
    <message>
        <source>Server reply</source>
        <translation>Ответ сервера</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Защита сервера</translation>
    </message>
    <message>
        <source>Authorization server</source>
        <translation>Сервер авторизации</translation>
    </message>
    <message>
        <source>Registration</source>
        <translation>Регистрация</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Токены</translation>
    </message>
    <message>
        <source>Test of the new token</source>
        <translation>Проверка нового токена</translation>
    </message>
    <message>
        <source>Tokens not taken back</source>
        <translation>Токены не отозваны</translation>
    </message>
</context>
<context>
    <name>callback</name>
    <message>
        <source>en</source>
        <extracomment>The language of the pages that a sign-in ends on, as a code: fr, pt-BR</extracomment>
        <translation>ru</translation>
    </message>
    <message>
        <source>You are signed in to %1</source>
        <translation>Вы вошли в %1</translation>
    </message>
    <message>
        <source>The sign-in to %1 did not work</source>
        <translation>Войти в %1 не удалось</translation>
    </message>
    <message>
        <source>Open Chatelaine to see why.</source>
        <translation>Причина указана в Chatelaine.</translation>
    </message>
    <message>
        <source>This is not the answer Chatelaine is waiting for</source>
        <translation>Это не тот ответ, которого ждёт Chatelaine</translation>
    </message>
    <message>
        <source>If you came here from a sign-in page, start again from Chatelaine.</source>
        <translation>Если вы пришли сюда со страницы входа, начните снова из Chatelaine.</translation>
    </message>
    <message>
        <source>You may close this page.</source>
        <translation>Эту страницу можно закрыть.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ActivityFilters</name>
    <message>
        <source>All servers</source>
        <translation>Все серверы</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Поиск в журнале</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Программа</translation>
    </message>
    <message>
        <source>Part of the program&apos;s name</source>
        <translation>Часть имени программы</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Событие</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Всё время</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>1 час</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>24 часа</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>7 дней</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>30 дней</translation>
    </message>
    <message>
        <source>Any outcome</source>
        <translation>Любой итог</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ActivityModel</name>
    <message>
        <source>A record is missing here</source>
        <translation>Здесь не хватает записи</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Программа</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Подробности</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Событие</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ActivityPage</name>
    <message>
        <source>Looking…</source>
        <translation>Поиск…</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n запись</numerusform>
            <numerusform>%n записи</numerusform>
            <numerusform>%n записей</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>&amp;Проверить</translation>
    </message>
    <message>
        <source>Checks that no record was changed or taken away</source>
        <translation>Проверяет, что ни одна запись не изменена и не удалена</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Экспорт…</translation>
    </message>
    <message>
        <source>Writes what is shown to a file</source>
        <translation>Записывает показанное в файл</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Reading the history</source>
        <translation>Чтение журнала</translation>
    </message>
    <message>
        <source>This takes a moment when it is long.</source>
        <translation>Если журнал длинный, это займёт немного времени.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>Show &amp;all records</source>
        <translation>Показать &amp;все записи</translation>
    </message>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Пока ничего не произошло</translation>
    </message>
    <message>
        <source>Every sign-in, every loan and every denial will be written down here, for you alone to read.</source>
        <translation>Здесь будут записаны каждый вход, каждая выдача и каждый отказ; читать это можете только вы.</translation>
    </message>
    <message>
        <source>Try a&amp;gain</source>
        <translation>Попро&amp;бовать снова</translation>
    </message>
    <message>
        <source>No records match. Loosen the filters, or show all of them.</source>
        <translation>Подходящих записей нет. Ослабьте фильтры или покажите все записи.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::AddForm</name>
    <message>
        <source>Use letters, digits, &apos;.&apos;, &apos;_&apos; and &apos;-&apos;, at most 64 of them.</source>
        <translation>Допустимы буквы, цифры, «.», «_» и «-», всего не больше 64.</translation>
    </message>
    <message>
        <source>There is an account of that name already.</source>
        <translation>Учётная запись с таким именем уже есть.</translation>
    </message>
    <message>
        <source>You have this server already, as %1.</source>
        <translation>Этот сервер у вас уже есть: %1.</translation>
    </message>
    <message>
        <source>%1 To sign in to it once more, give that account a name, such as &quot;work&quot;.</source>
        <comment>you have it already</comment>
        <translation>%1 Чтобы войти на него ещё раз, дайте этой учётной записи имя, например «work».</translation>
    </message>
    <message>
        <source>Accou&amp;nt</source>
        <translation>Учётная &amp;запись</translation>
    </message>
    <message>
        <source>Name of the account</source>
        <translation>Имя учётной записи</translation>
    </message>
    <message>
        <source>Redirect URI to register</source>
        <translation>Адрес возврата для регистрации</translation>
    </message>
    <message>
        <source>C&amp;lient id</source>
        <translation>&amp;Идентификатор клиента</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>Идентификатор клиента</translation>
    </message>
    <message>
        <source>Client secr&amp;et</source>
        <translation>&amp;Секрет клиента</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Секрет клиента</translation>
    </message>
    <message>
        <source>only if the client has one</source>
        <translation>только если он есть у клиента</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::AddServerView</name>
    <message>
        <source>This server needs no sign-in. It can be added as it is.</source>
        <translation>Этот сервер не требует входа. Его можно добавить как есть.</translation>
    </message>
    <message>
        <source>You will sign in at %1, with a client id that you register there.</source>
        <translation>Вы войдёте на %1 с идентификатором клиента, который зарегистрируете там.</translation>
    </message>
    <message>
        <source>You will sign in at %1 in your browser.</source>
        <translation>Вы войдёте на %1 в своём браузере.</translation>
    </message>
    <message>
        <source>Signing in to this server will not work.</source>
        <translation>Войти на этот сервер не получится.</translation>
    </message>
    <message>
        <source>Authorization server</source>
        <translation>Сервер авторизации</translation>
    </message>
    <message>
        <source>Registration</source>
        <translation>Регистрация</translation>
    </message>
    <message>
        <source>Chatelaine registers itself there</source>
        <translation>Chatelaine зарегистрируется там автоматически</translation>
    </message>
    <message>
        <source>by Chatelaine&apos;s metadata document</source>
        <translation>по документу метаданных Chatelaine</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Разрешения</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Назад</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>Добавить сервер</translation>
    </message>
    <message>
        <source>Paste the address of an MCP server. Chatelaine looks at what it asks for; nothing is stored and no credential is sent until you sign in.</source>
        <translation>Вставьте адрес сервера MCP. Chatelaine посмотрит, что он требует; до входа ничего не сохраняется и никакие данные для входа не отправляются.</translation>
    </message>
    <message>
        <source>Ad&amp;dress</source>
        <translation>А&amp;дрес</translation>
    </message>
    <message>
        <source>Address of the MCP server</source>
        <translation>Адрес сервера MCP</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Стоп</translation>
    </message>
    <message>
        <source>Chec&amp;k</source>
        <translation>&amp;Проверить</translation>
    </message>
    <message>
        <source>Add and s&amp;ign in</source>
        <translation>Добавить и &amp;войти</translation>
    </message>
    <message>
        <source>%1
%2</source>
        <comment>what it means, what exactly was said</comment>
        <translation>%1
%2</translation>
    </message>
    <message>
        <source>Put your own value in place of {%1}.</source>
        <translation>Впишите своё значение вместо {%1}.</translation>
    </message>
    <message>
        <source>One of: %1</source>
        <translation>Одно из: %1</translation>
    </message>
    <message>
        <source>This server needs no sign-in.</source>
        <translation>Этот сервер не требует входа.</translation>
    </message>
    <message>
        <source>The authorization server does not let programs register themselves. Register a client there with this redirect URI, and enter its id.</source>
        <translation>Сервер авторизации не даёт программам регистрироваться самим. Зарегистрируйте там клиента с этим адресом возврата и введите его идентификатор.</translation>
    </message>
    <message>
        <source>The authorization server does not let programs register themselves. Register a client there, and enter its id and callback port in the settings of %1.</source>
        <translation>Сервер авторизации не даёт программам регистрироваться самим. Зарегистрируйте там клиента и введите его идентификатор и порт возврата в настройках %1.</translation>
    </message>
    <message>
        <source>The check, step by step</source>
        <translation>Проверка по шагам</translation>
    </message>
    <message>
        <source>Add &amp;without signing in</source>
        <translation>Добавить &amp;без входа</translation>
    </message>
    <message>
        <source>This address can&apos;t be used.</source>
        <translation>Адрес не подходит.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ApprovalWindow</name>
    <message>
        <source>%1 runs whatever it is given.</source>
        <translation>%1 исполняет всё, что ему дадут.</translation>
    </message>
    <message>
        <source>What runs is not the file at this path.</source>
        <translation>Работает не тот файл, что лежит по этому пути.</translation>
    </message>
    <message>
        <source>Chatelaine: a program asks</source>
        <translation>Chatelaine: программа просит доступ</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Разрешить</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Запретить</translation>
    </message>
    <message>
        <source>De&amp;ny always</source>
        <translation>Запретить навсе&amp;гда</translation>
    </message>
    <message>
        <source>&amp;Once</source>
        <translation>&amp;Один раз</translation>
    </message>
    <message>
        <source>&amp;While it runs</source>
        <translation>&amp;Пока работает</translation>
    </message>
    <message>
        <source>&amp;1 hour</source>
        <translation>&amp;1 час</translation>
    </message>
    <message>
        <source>&amp;8 hours</source>
        <translation>&amp;8 часов</translation>
    </message>
    <message>
        <source>&amp;Always</source>
        <translation>&amp;Всегда</translation>
    </message>
    <message>
        <source>Not this time (Esc)</source>
        <translation>Не в этот раз (Esc)</translation>
    </message>
    <message>
        <source>Never, until you change it</source>
        <translation>Никогда, пока вы это не измените</translation>
    </message>
    <message>
        <source>This one loan</source>
        <translation>Только эта выдача</translation>
    </message>
    <message>
        <source>Until you take it back</source>
        <translation>Пока вы не отзовёте доступ</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Запретить</translation>
    </message>
    <message>
        <source>Deny always</source>
        <translation>Запретить навсегда</translation>
    </message>
    <message>
        <source>Allow once</source>
        <translation>Разрешить один раз</translation>
    </message>
    <message>
        <source>Allow while it runs</source>
        <translation>Разрешить, пока работает</translation>
    </message>
    <message>
        <source>Allow for 1 hour</source>
        <translation>Разрешить на 1 час</translation>
    </message>
    <message>
        <source>Allow for 8 hours</source>
        <translation>Разрешить на 8 часов</translation>
    </message>
    <message>
        <source>Allow always</source>
        <translation>Разрешить навсегда</translation>
    </message>
    <message>
        <source>&amp;Go back</source>
        <translation>&amp;Назад</translation>
    </message>
    <message>
        <source>May %1 use %2?</source>
        <translation>%1 просит доступ к %2. Разрешить?</translation>
    </message>
    <message>
        <source>It would get an access token for it. Your sign-in stays with Chatelaine.</source>
        <translation>Программа получит токен доступа. Сам вход останется у Chatelaine.</translation>
    </message>
    <message>
        <source>Until I &amp;lock</source>
        <translation>Пока &amp;не запру</translation>
    </message>
    <message>
        <source>Until Chatelaine is locked</source>
        <translation>Пока Chatelaine не заперта</translation>
    </message>
    <message>
        <source>Allow until it is locked</source>
        <translation>Разрешить до запирания</translation>
    </message>
    <message>
        <source>%1 (process %2)</source>
        <translation>%1 (процесс %2)</translation>
    </message>
    <message>
        <source>Until this process ends; for what it starts too</source>
        <translation>Пока этот процесс работает; и для всего, что он запускает</translation>
    </message>
    <message>
        <source>Until %1 ends; for whatever it starts</source>
        <translation>Пока работает %1; для всего, что он запускает</translation>
    </message>
    <message>
        <source>This program was changed since you allowed it.</source>
        <translation>Эта программа изменилась с тех пор, как вы дали ей доступ.</translation>
    </message>
    <message>
        <source>It was updated, or another one was put in its place. Allow it again only if you know why.</source>
        <translation>Её обновили или подменили другой. Давайте доступ снова, только если знаете причину.</translation>
    </message>
    <message>
        <source>It has no name to remember an answer by; it can be allowed once.</source>
        <translation>У неё нет имени, по которому можно запомнить ответ. Доступ можно дать один раз.</translation>
    </message>
    <message>
        <source>This program can&apos;t be known for certain.</source>
        <translation>Эту программу нельзя опознать наверняка.</translation>
    </message>
    <message>
        <source>It runs in a container, or this system can&apos;t vouch for it. It can be allowed once, not for longer.</source>
        <translation>Она работает в контейнере, или система не может за неё поручиться. Доступ можно дать один раз, но не дольше.</translation>
    </message>
    <message>
        <source>It was replaced since it was started. It can be allowed while it runs, not for longer.</source>
        <translation>Её файл заменили после запуска. Доступ можно дать, пока она работает, но не дольше.</translation>
    </message>
    <message>
        <source>There is no script to name, so everything that is started with it would have this access, no matter who starts it.</source>
        <translation>Скрипт не определён, поэтому доступ получит всё, что запустят этим интерпретатором, кто бы это ни сделал.</translation>
    </message>
    <message>
        <source>May process %1 use %2?</source>
        <translation>Процесс %1 просит доступ к %2. Разрешить?</translation>
    </message>
    <message numerus="yes">
        <source>%n more question(s)</source>
        <translation>
            <numerusform>ещё %n запрос</numerusform>
            <numerusform>ещё %n запроса</numerusform>
            <numerusform>ещё %n запросов</numerusform>
        </translation>
    </message>
    <message>
        <source>Answer within %1</source>
        <comment>minutes and seconds</comment>
        <translation>Время на ответ: %1</translation>
    </message>
    <message>
        <source>Allow until I lock any&amp;way</source>
        <translation>Всё равно &amp;разрешить до запирания</translation>
    </message>
    <message>
        <source>Allow for 1 hour any&amp;way</source>
        <translation>Всё равно &amp;разрешить на 1 час</translation>
    </message>
    <message>
        <source>Allow for 8 hours any&amp;way</source>
        <translation>Всё равно &amp;разрешить на 8 часов</translation>
    </message>
    <message>
        <source>Allow always any&amp;way</source>
        <translation>Всё равно &amp;разрешить навсегда</translation>
    </message>
    <message>
        <source>This program could not be identified.</source>
        <translation>Не удалось определить, что это за программа.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::Attention</name>
    <message numerus="yes">
        <source>%n question(s) wait for you</source>
        <translation>
            <numerusform>%n вопрос ждёт вас</numerusform>
            <numerusform>%n вопроса ждут вас</numerusform>
            <numerusform>%n вопросов ждут вас</numerusform>
        </translation>
    </message>
    <message>
        <source>Locked: nothing is lent</source>
        <translation>Заперто: доступ не выдаётся</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) need sign-in</source>
        <translation>
            <numerusform>%n серверу нужен вход</numerusform>
            <numerusform>%n серверам нужен вход</numerusform>
            <numerusform>%n серверам нужен вход</numerusform>
        </translation>
    </message>
    <message>
        <source>All is well: ready to lend</source>
        <translation>Всё в порядке: доступ выдаётся</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ClientDetail</name>
    <message>
        <source>Program</source>
        <translation>Программа</translation>
    </message>
    <message>
        <source>Its file could not be read.</source>
        <translation>Её файл не удалось прочитать.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>It is no longer there.</source>
        <translation>Его больше нет.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>An interpreter without a script: whatever it is given.</source>
        <translation>Интерпретатор без скрипта: всё, что ему дадут.</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Приложение</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Кем запущена</translation>
    </message>
    <message>
        <source>First asked</source>
        <translation>Первый запрос</translation>
    </message>
    <message>
        <source>Asked last</source>
        <translation>Последний запрос</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Сейчас</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%n соединение</numerusform>
            <numerusform>%n соединения</numerusform>
            <numerusform>%n соединений</numerusform>
        </translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>не подключён</translation>
    </message>
    <message>
        <source>a server that is gone</source>
        <translation>удалённый сервер</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>запрещён</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>разрешён</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>allowed, always</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>never</source>
        <translation>никогда</translation>
    </message>
    <message>
        <source>all</source>
        <translation>все</translation>
    </message>
    <message>
        <source>None in the last %1 days.</source>
        <translation>За последние %1 дней выдач не было.</translation>
    </message>
    <message numerus="yes">
        <source>%n in the last %1 days.</source>
        <translation>
            <numerusform>%n за последние %1 дней.</numerusform>
            <numerusform>%n за последние %1 дней.</numerusform>
            <numerusform>%n за последние %1 дней.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refused %n time(s) in all.</source>
        <translation>
            <numerusform>Всего %n отказ.</numerusform>
            <numerusform>Всего %n отказа.</numerusform>
            <numerusform>Всего %n отказов.</numerusform>
        </translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>Grant</source>
        <translation>Доступ</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Последний раз</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Разрешения</translation>
    </message>
    <message>
        <source>Grants of this client</source>
        <translation>Доступы этого клиента</translation>
    </message>
    <message>
        <source>It has no grants: what it asks for is decided by the policy, each time anew.</source>
        <translation>Доступов нет: каждый запрос решается заново, по общему правилу.</translation>
    </message>
    <message>
        <source>&amp;Revoke</source>
        <translation>Отоз&amp;вать</translation>
    </message>
    <message>
        <source>Take back the chosen grant (Del)</source>
        <translation>Отозвать выбранный доступ (Del)</translation>
    </message>
    <message>
        <source>Revoke a&amp;ll</source>
        <translation>Отозвать вс&amp;е</translation>
    </message>
    <message>
        <source>Who it is</source>
        <translation>Кто это</translation>
    </message>
    <message>
        <source>Loans</source>
        <translation>Выдачи</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>&amp;Оставить</translation>
    </message>
    <message>
        <source>Re&amp;voke now</source>
        <translation>Отозвать сей&amp;час</translation>
    </message>
    <message numerus="yes">
        <source>Revoke all %n grant(s) of %1?</source>
        <translation>
            <numerusform>Отозвать %n доступ программы %1?</numerusform>
            <numerusform>Отозвать все %n доступа программы %1?</numerusform>
            <numerusform>Отозвать все %n доступов программы %1?</numerusform>
        </translation>
    </message>
    <message>
        <source>A token it holds already stays good until it expires.</source>
        <translation>Уже выданный токен действует, пока не истечёт его срок.</translation>
    </message>
    <message>
        <source>Revoke the grant of %1 for %2?</source>
        <translation>Отозвать доступ программы %1 к %2?</translation>
    </message>
    <message>
        <source>Grants</source>
        <translation>Доступы клиента</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ClientsCard</name>
    <message>
        <source>denied: %1</source>
        <comment>for how long</comment>
        <translation>запрещено: %1</translation>
    </message>
    <message>
        <source>may borrow: %1</source>
        <comment>for how long</comment>
        <translation>разрешено: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n loan(s), the last one %1</source>
        <translation>
            <numerusform>%n выдача, последняя %1</numerusform>
            <numerusform>%n выдачи, последняя %1</numerusform>
            <numerusform>%n выдач, последняя %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>ещё %n</numerusform>
            <numerusform>ещё %n</numerusform>
            <numerusform>ещё %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Показать всех</translation>
    </message>
    <message>
        <source>Any program</source>
        <translation>Любая программа</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Клиенты</translation>
    </message>
    <message>
        <source>No program has borrowed from this account yet, and none has a grant.</source>
        <translation>Ни одна программа ещё не пользовалась этой учётной записью, и доступ не дан ни одной.</translation>
    </message>
    <message>
        <source>Show all clients</source>
        <translation>Показать всех клиентов</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ClientsModel</name>
    <message>
        <source>connected</source>
        <translation>подключён</translation>
    </message>
    <message>
        <source>Any program</source>
        <translation>Любая программа</translation>
    </message>
    <message>
        <source>Grants that name no program</source>
        <translation>Доступы без имени программы</translation>
    </message>
    <message>
        <source>Has not asked yet</source>
        <translation>Запросов ещё не было</translation>
    </message>
    <message numerus="yes">
        <source>%n loan(s), %1</source>
        <comment>how many, when last</comment>
        <translation>
            <numerusform>%n выдача, %1</numerusform>
            <numerusform>%n выдачи, %1</numerusform>
            <numerusform>%n выдач, %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Разрешён</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>Запрещён</translation>
    </message>
    <message>
        <source>No grants</source>
        <translation>Нет доступов</translation>
    </message>
    <message>
        <source>Programs that could not be identified</source>
        <translation>Неопознанные программы</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ClientsPage</name>
    <message>
        <source>No clients yet</source>
        <translation>Клиентов пока нет</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>Ничего не выбрано</translation>
    </message>
    <message>
        <source>Choose a program on the left to see what it may and what it borrowed.</source>
        <translation>Выберите программу слева, чтобы увидеть, что ей разрешено и что ей выдавалось.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>No program is called that, or none is in this state.</source>
        <translation>Нет программы с таким именем или в таком состоянии.</translation>
    </message>
    <message>
        <source>Search clients</source>
        <translation>Поиск клиентов</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Разрешённые</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>Запрещённые</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Подключены</translation>
    </message>
    <message>
        <source>Asked last</source>
        <translation>Недавние</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>По имени</translation>
    </message>
    <message>
        <source>By loans</source>
        <translation>По выдачам</translation>
    </message>
    <message>
        <source>Which clients are shown</source>
        <translation>Какие клиенты показаны</translation>
    </message>
    <message>
        <source>Order of the clients</source>
        <translation>Порядок клиентов</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Клиенты</translation>
    </message>
    <message>
        <source>Programs that ask for a token appear here, with what you allowed them. To have one ask, open a server, copy its connection command and paste it into your program.</source>
        <translation>Здесь появятся программы, которые обращаются за токеном, и то, что вы им разрешили. Чтобы программа обратилась, откройте сервер, скопируйте команду подключения и вставьте её в программу.</translation>
    </message>
    <message>
        <source>Open the &amp;servers</source>
        <translation>К &amp;серверам</translation>
    </message>
    <message>
        <source>Clear the sea&amp;rch</source>
        <translation>Сбросить &amp;поиск</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ClientsPane</name>
    <message>
        <source>any on loopback</source>
        <translation>любой адрес этого компьютера</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>How it is known</source>
        <translation>Откуда известен</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Идентификатор</translation>
    </message>
    <message>
        <source>Redirect URIs</source>
        <translation>Адреса возврата</translation>
    </message>
    <message>
        <source>Clients the lab knows</source>
        <translation>Клиенты, известные стенду</translation>
    </message>
    <message>
        <source>Pre-registered client</source>
        <translation>Клиент, известный заранее</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ConnectionPane</name>
    <message>
        <source>Connection</source>
        <translation>Соединение</translation>
    </message>
    <message>
        <source>Last HTTP exchanges</source>
        <translation>Последние обмены HTTP</translation>
    </message>
    <message>
        <source>None since Chatelaine was started. Headers, bodies and query strings are never kept.</source>
        <translation>С запуска Chatelaine их не было. Заголовки, содержимое и параметры запросов никогда не хранятся.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Метод</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Длилось</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>MCP revision</source>
        <translation>Версия MCP</translation>
    </message>
    <message>
        <source>found out at the next call</source>
        <translation>выяснится при следующем вызове</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>Адрес возврата</translation>
    </message>
    <message>
        <source>%1, any free port</source>
        <translation>%1, любой свободный порт</translation>
    </message>
    <message>
        <source>%1, port %2</source>
        <translation>%1, порт %2</translation>
    </message>
    <message>
        <source>as the server says</source>
        <translation>как указывает сервер</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>не передаётся</translation>
    </message>
    <message>
        <source>Resource parameter</source>
        <translation>Параметр resource</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Сертификаты</translation>
    </message>
    <message>
        <source>the system&apos;s</source>
        <translation>системные</translation>
    </message>
    <message>
        <source>the system&apos;s and %1</source>
        <translation>системные и %1</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Копировать: %1</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ExchangePane</name>
    <message>
        <source>The connection stays open and nothing comes.</source>
        <translation>Соединение открыто, но ничего не приходит.</translation>
    </message>
    <message>
        <source>Close the request</source>
        <translation>Закрыть запрос</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Запрос</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>In brackets: the fingerprint of a credential, in its place</source>
        <translation>В скобках — отпечаток секрета вместо него самого</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::FailureWindow</name>
    <message>
        <source>Chatelaine can&apos;t start</source>
        <translation>Chatelaine не запускается</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Повторить</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Завершить</translation>
    </message>
    <message>
        <source>Another broker, or what starts one for you, did not make room. End it, then try again.</source>
        <translation>Другой посредник или то, что запускает его для вас, не уступил место. Завершите его и повторите попытку.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::FaultsPane</name>
    <message>
        <source>All is done right</source>
        <translation>Всё делается правильно</translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s) on</source>
        <translation>
            <numerusform>Включён %n сбой</numerusform>
            <numerusform>Включено %n сбоя</numerusform>
            <numerusform>Включено %n сбоев</numerusform>
        </translation>
    </message>
    <message>
        <source>Search faults</source>
        <translation>Поиск сбоев</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Сбои</translation>
    </message>
    <message>
        <source>All o&amp;ff</source>
        <translation>&amp;Выключить все</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>No fault is called that or does that.</source>
        <translation>Нет сбоя с таким названием или действием.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::HistoryJobs</name>
    <message>
        <source>Verifying the history</source>
        <translation>Проверка журнала</translation>
    </message>
    <message>
        <source>The verification was cancelled.</source>
        <translation>Проверка отменена.</translation>
    </message>
    <message numerus="yes">
        <source>All %n record(s) are as they were written.</source>
        <translation>
            <numerusform>Журнал цел: %n запись.</numerusform>
            <numerusform>Журнал цел: %n записи.</numerusform>
            <numerusform>Журнал цел: %n записей.</numerusform>
        </translation>
    </message>
    <message>
        <source>The history was altered at record %1.</source>
        <translation>Журнал изменён, начиная с записи %1.</translation>
    </message>
    <message>
        <source>%1 Keep a copy of the database and find out who could write to it.</source>
        <translation>%1 Сохраните копию базы данных и выясните, кто мог в неё писать.</translation>
    </message>
    <message>
        <source>Show the &amp;record</source>
        <translation>Показать &amp;запись</translation>
    </message>
    <message>
        <source>Export the history</source>
        <translation>Экспорт журнала</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Таблица (*.csv)</translation>
    </message>
    <message>
        <source>JSON Lines (*.jsonl)</source>
        <translation>JSON Lines (*.jsonl)</translation>
    </message>
    <message>
        <source>The file can&apos;t be made. Choose another place.</source>
        <translation>Не удалось создать файл. Выберите другое место.</translation>
    </message>
    <message>
        <source>Exporting the history</source>
        <translation>Экспорт журнала</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) were exported.</source>
        <translation>
            <numerusform>Экспортирована %n запись.</numerusform>
            <numerusform>Экспортировано %n записи.</numerusform>
            <numerusform>Экспортировано %n записей.</numerusform>
        </translation>
    </message>
    <message>
        <source>The export was cancelled; nothing was written.</source>
        <translation>Экспорт отменён, ничего не записано.</translation>
    </message>
    <message>
        <source>The history could not be written.</source>
        <translation>Не удалось записать журнал.</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>О&amp;тмена</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Закрыть сообщение</translation>
    </message>
    <message>
        <source>They begin with number %1; older ones were removed on %2, as the settings say.</source>
        <translation>Они начинаются с номера %1; более старые удалены %2 согласно настройкам.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::HistoryPane</name>
    <message>
        <source>Latest history of this server</source>
        <translation>Недавние записи журнала об этом сервере</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Подробности</translation>
    </message>
    <message>
        <source>Nothing has happened with this server yet.</source>
        <translation>С этим сервером ещё ничего не происходило.</translation>
    </message>
    <message>
        <source>Show the &amp;whole history</source>
        <translation>Весь &amp;журнал</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Событие</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::HistorySettings</name>
    <message>
        <source>History</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Kept for</source>
        <translation>Хранить</translation>
    </message>
    <message>
        <source>What is older is removed for good. That something was removed, and up to when, stays written down.</source>
        <translation>Более старое удаляется навсегда. Запись о том, что и до какого времени удалено, остаётся.</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>Всегда</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n день</numerusform>
            <numerusform>%n дня</numerusform>
            <numerusform>%n дней</numerusform>
        </translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Не больше</translation>
    </message>
    <message>
        <source>When there is more, the oldest goes.</source>
        <translation>Если записей больше, удаляются самые старые.</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Без ограничения</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 МБ</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::LoanChart</name>
    <message numerus="yes">
        <source>%n loan(s) in the last %1 days</source>
        <translation>
            <numerusform>%n выдача за последние %1 дней</numerusform>
            <numerusform>%n выдачи за последние %1 дней</numerusform>
            <numerusform>%n выдач за последние %1 дней</numerusform>
        </translation>
    </message>
    <message>
        <source>today</source>
        <translation>сегодня</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n loan(s)</source>
        <translation>
            <numerusform>%1: %n выдача</numerusform>
            <numerusform>%1: %n выдачи</numerusform>
            <numerusform>%1: %n выдач</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::LockSettings</name>
    <message>
        <source>Locking</source>
        <translation>Запирание</translation>
    </message>
    <message>
        <source>&amp;Lock now</source>
        <translation>&amp;Запереть сейчас</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Сейчас</translation>
    </message>
    <message>
        <source>Locking forgets every token in memory; until you unlock, nothing is lent or shown.</source>
        <translation>При запирании токены стираются из памяти; пока вы не отопрёте, доступ не выдаётся и ничего не показывается.</translation>
    </message>
    <message>
        <source>When idle</source>
        <translation>При бездействии</translation>
    </message>
    <message>
        <source>Idle is when no program borrows and you do nothing here.</source>
        <translation>Бездействие — когда программы не получают доступ, а вы ничего не делаете в окне.</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Никогда</translation>
    </message>
    <message numerus="yes">
        <source>After %n hour(s)</source>
        <translation>
            <numerusform>Через %n час</numerusform>
            <numerusform>Через %n часа</numerusform>
            <numerusform>Через %n часов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n minute(s)</source>
        <translation>
            <numerusform>Через %n минуту</numerusform>
            <numerusform>Через %n минуты</numerusform>
            <numerusform>Через %n минут</numerusform>
        </translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Экран</translation>
    </message>
    <message>
        <source>Lock when the screen is locked</source>
        <translation>Запирать при блокировке экрана</translation>
    </message>
    <message>
        <source>Sleep</source>
        <translation>Сон</translation>
    </message>
    <message>
        <source>Lock before the computer sleeps</source>
        <translation>Запирать при переходе в сон</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::LockView</name>
    <message>
        <source>Choose a passphrase</source>
        <translation>Придумайте парольную фразу</translation>
    </message>
    <message>
        <source>Chatelaine is locked</source>
        <translation>Chatelaine заперта</translation>
    </message>
    <message>
        <source>Your tokens will be kept in an encrypted file. Only this passphrase opens it; nobody can bring it back.</source>
        <translation>Токены будут храниться в зашифрованном файле. Открывает его только эта парольная фраза: восстановить её нельзя.</translation>
    </message>
    <message>
        <source>Until you unlock it, nothing is shown and no program gets a token.</source>
        <translation>Пока вы её не отопрёте, здесь ничего не показывается и ни одна программа не получит токен.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Парольная фраза</translation>
    </message>
    <message>
        <source>Passphrase of the encrypted file</source>
        <translation>Парольная фраза зашифрованного файла</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>Ещё раз то же</translation>
    </message>
    <message>
        <source>The passphrase once more</source>
        <translation>Парольная фраза ещё раз</translation>
    </message>
    <message>
        <source>Set the &amp;passphrase</source>
        <translation>&amp;Задать парольную фразу</translation>
    </message>
    <message>
        <source>&amp;Unlock</source>
        <translation>&amp;Отпереть</translation>
    </message>
    <message>
        <source>Type the passphrase first.</source>
        <translation>Сначала введите парольную фразу.</translation>
    </message>
    <message>
        <source>The two are not the same. Type the passphrase again.</source>
        <translation>Фразы не совпадают. Введите парольную фразу ещё раз.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::LookSettings</name>
    <message>
        <source>Appearance</source>
        <translation>Внешний вид</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::MainWindow</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Закрыть сообщение</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::NavigationRail</name>
    <message>
        <source>Pages</source>
        <translation>Страницы</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>page, what waits there</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::NetworkSettings</name>
    <message>
        <source>Certificate authority</source>
        <translation>Центр сертификации</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt)</source>
        <translation>Сертификаты (*.pem *.crt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Сеть</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Без прокси</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>Свой</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>Адрес прокси</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Прокси</translation>
    </message>
    <message>
        <source>For http:// and socks5:// proxies without a password. Servers on this computer are always reached directly.</source>
        <translation>Прокси http:// и socks5:// без пароля. К серверам на этом компьютере обращаемся всегда напрямую.</translation>
    </message>
    <message>
        <source>only the system&apos;s</source>
        <translation>только системные</translation>
    </message>
    <message>
        <source>A PEM file with authorities to trust for every server, such as your company&apos;s. Whoever holds its key can read what you send.</source>
        <translation>Файл PEM с центрами, которым доверять для всех серверов, — например, вашей организации. Владелец ключа такого центра может читать то, что вы отправляете.</translation>
    </message>
    <message>
        <source>MCP Registry</source>
        <translation>Реестр MCP</translation>
    </message>
    <message>
        <source>Where servers are looked up by name when you add one. Your company may have its own.</source>
        <translation>Где ищутся серверы по имени при добавлении. У вашей организации может быть свой.</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>Вы&amp;брать…</translation>
    </message>
    <message>
        <source>Choose a certificate file</source>
        <translation>Выбрать файл сертификата</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::Notices</name>
    <message>
        <source>A program</source>
        <translation>Программа</translation>
    </message>
    <message>
        <source>%1 needs you to sign in</source>
        <translation>%1: нужно войти</translation>
    </message>
    <message>
        <source>What you gave has ended or was taken back. No program can borrow from it until you sign in again.</source>
        <translation>Прежний вход истёк или отозван. Пока вы не войдёте снова, ни одна программа не получит доступа.</translation>
    </message>
    <message>
        <source>%1 is broken</source>
        <translation>%1: данные повреждены</translation>
    </message>
    <message>
        <source>What is stored for it can&apos;t be read. Signing in again mends it.</source>
        <translation>Сохранённое для этой учётной записи не читается. Войдите снова, и всё исправится.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>%1 wants to borrow from %2</source>
        <translation>%1 просит доступ к %2</translation>
    </message>
    <message>
        <source>Nothing is lent until you answer.</source>
        <translation>Без вашего ответа доступ не выдаётся.</translation>
    </message>
    <message numerus="yes">
        <source>Nothing is lent until you answer. %n more question(s) wait.</source>
        <translation>
            <numerusform>Без вашего ответа доступ не выдаётся. Ждёт ещё %n вопрос.</numerusform>
            <numerusform>Без вашего ответа доступ не выдаётся. Ждут ещё %n вопроса.</numerusform>
            <numerusform>Без вашего ответа доступ не выдаётся. Ждут ещё %n вопросов.</numerusform>
        </translation>
    </message>
    <message>
        <source>Chatelaine stays in the tray</source>
        <translation>Chatelaine остаётся в трее</translation>
    </message>
    <message>
        <source>Programs can go on borrowing. Click its icon to open the window again; its menu ends it.</source>
        <translation>Программы по-прежнему могут получать доступ. Щёлкните значок, чтобы снова открыть окно; завершить работу можно в его меню.</translation>
    </message>
    <message>
        <source>%1 asked for %2 while you were away</source>
        <translation>Пока вас не было, %1 просил доступ к %2</translation>
    </message>
    <message>
        <source>Nobody answered in time, so nothing was lent. It can ask again.</source>
        <translation>Никто не ответил вовремя, поэтому ничего не выдано. Программа может спросить ещё раз.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::OptionsPane</name>
    <message>
        <source>&amp;Port of the authorization server</source>
        <translation>&amp;Порт сервера авторизации</translation>
    </message>
    <message>
        <source>Port of the &amp;MCP server</source>
        <translation>Порт сервера &amp;MCP</translation>
    </message>
    <message>
        <source>Access tokens live, &amp;seconds</source>
        <translation>Время &amp;жизни токенов доступа, с</translation>
    </message>
    <message>
        <source>Refresh tokens live, s&amp;econds</source>
        <translation>Время жизни токенов о&amp;бновления, с</translation>
    </message>
    <message>
        <source>Pat&amp;h of the issuer</source>
        <translation>П&amp;уть издателя</translation>
    </message>
    <message>
        <source>Pre-registered &amp;client</source>
        <translation>&amp;Клиент, известный заранее</translation>
    </message>
    <message>
        <source>Its secre&amp;t</source>
        <translation>Его с&amp;екрет</translation>
    </message>
    <message>
        <source>any that is free</source>
        <translation>любой свободный</translation>
    </message>
    <message>
        <source>none: a public client</source>
        <translation>нет: публичный клиент</translation>
    </message>
    <message>
        <source>&amp;Approve every sign-in without asking</source>
        <translation>Одобрять каждый вход, &amp;не спрашивая</translation>
    </message>
    <message>
        <source>After the first request, move to a second authorization ser&amp;ver</source>
        <translation>После первого запроса перейти ко &amp;второму серверу авторизации</translation>
    </message>
    <message>
        <source>The lab is running with other options than these.</source>
        <translation>Стенд работает с другими параметрами, не с этими.</translation>
    </message>
    <message>
        <source>Restart &amp;with these</source>
        <translation>Перезапустить с &amp;этими</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::OverviewPane</name>
    <message>
        <source>Sign-in</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Разрешения</translation>
    </message>
    <message>
        <source>None yet. Scopes are what the server lets this account do.</source>
        <translation>Пока нет. Разрешения — это то, что сервер позволяет этой учётной записи.</translation>
    </message>
    <message>
        <source>The last attempt did not work.</source>
        <translation>Последняя попытка не удалась.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>date and time, how long ago or ahead</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Учётная запись</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Вход выполнен</translation>
    </message>
    <message>
        <source>never</source>
        <translation>никогда</translation>
    </message>
    <message>
        <source>Signed in at</source>
        <translation>Вход через</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>Ресурс</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Токен доступа</translation>
    </message>
    <message>
        <source>the server does not say when it ends</source>
        <translation>сервер не говорит, когда он кончится</translation>
    </message>
    <message>
        <source>ends %1</source>
        <translation>до %1</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>Токен обновления</translation>
    </message>
    <message>
        <source>none: you sign in again when the access token ends</source>
        <translation>нет: когда токен доступа кончится, нужно войти снова</translation>
    </message>
    <message>
        <source>Registration</source>
        <translation>Регистрация</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>Идентификатор клиента</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Секрет клиента</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>без имени</translation>
    </message>
    <message>
        <source>yes: the access token is renewed automatically</source>
        <translation>есть: токен доступа обновляется автоматически</translation>
    </message>
    <message>
        <source>Re&amp;voke…</source>
        <translation>О&amp;тозвать…</translation>
    </message>
    <message>
        <source>Have the tokens revoked</source>
        <translation>Отозвать токены</translation>
    </message>
    <message>
        <source>Have the authorization server take the tokens back, and see whether it did. If not, you stay signed in.</source>
        <translation>Попросить сервер авторизации отозвать токены и узнать, сделал ли он это. Если нет, вход сохранится.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::PolicySettings</name>
    <message>
        <source>Programs without a grant</source>
        <translation>Программы без доступа</translation>
    </message>
    <message>
        <source>What happens when a program that you have not decided about wants to borrow. Grants are on the page Clients, and always come first.</source>
        <translation>Что делать, когда доступ просит программа, по которой вы ещё не приняли решения. Уже выданный доступ — на странице «Клиенты», он имеет приоритет.</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Спрашивать меня</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Разрешать</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Отказывать</translation>
    </message>
    <message>
        <source>You are shown which program asks and for what; nothing is lent until you answer. Where nobody can be asked, the answer is no.</source>
        <translation>Вы видите, какая программа обращается и что просит; без вашего ответа доступ не выдаётся. Если спросить некого, ответ — нет.</translation>
    </message>
    <message>
        <source>Every program that runs as you gets what it asks for, and nobody is asked. The history still has each loan. Only for a computer that runs nothing you don&apos;t trust.</source>
        <translation>Любая программа, запущенная от вашего имени, получает то, что просит, и никого не спрашивают. Каждая выдача всё равно попадает в журнал. Только для компьютера, где работает лишь то, чему вы доверяете.</translation>
    </message>
    <message>
        <source>Nothing is lent and nobody is asked: only programs with a grant borrow. The strictest way.</source>
        <translation>Ничего не выдаётся и никого не спрашивают: доступ получают только программы, которым он уже дан. Самый строгий вариант.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ProgressSteps</name>
    <message>
        <source>%1, %2</source>
        <comment>HTTP status, time it took</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1: asks for a sign-in, %2</source>
        <comment>HTTP status, time it took</comment>
        <translation>%1: нужен вход, %2</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::QuestionCards</name>
    <message>
        <source>Program</source>
        <translation>Программа</translation>
    </message>
    <message>
        <source>not identified</source>
        <translation>не удалось определить</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Скрипт</translation>
    </message>
    <message>
        <source>Project folder</source>
        <translation>Папка проекта</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Кем запущена</translation>
    </message>
    <message>
        <source>On behalf of</source>
        <translation>От имени</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Приложение</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Процесс</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Учётная запись</translation>
    </message>
    <message>
        <source>Stated purpose</source>
        <translation>Цель (со слов программы)</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«%1»</translation>
    </message>
    <message>
        <source>Who asks</source>
        <translation>Кто просит</translation>
    </message>
    <message>
        <source>What it would get</source>
        <translation>Что она получит</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Разрешения</translation>
    </message>
    <message>
        <source>Whatever the server gives without scopes.</source>
        <translation>То, что сервер даёт без разрешений.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::QuitDialog</name>
    <message numerus="yes">
        <source>%n without a name</source>
        <translation>
            <numerusform>%n без имени</numerusform>
            <numerusform>%n без имени</numerusform>
            <numerusform>%n без имени</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>ещё %n</numerusform>
            <numerusform>ещё %n</numerusform>
            <numerusform>ещё %n</numerusform>
        </translation>
    </message>
    <message>
        <source>What they have borrowed stays good until it expires. Nothing new is lent until Chatelaine runs again.</source>
        <translation>Уже выданное действует до истечения срока. Нового не будет, пока Chatelaine не запустится снова.</translation>
    </message>
    <message>
        <source>&amp;Stay</source>
        <translation>&amp;Остаться</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Завершить</translation>
    </message>
    <message numerus="yes">
        <source>Quit while %n program(s) are connected?</source>
        <translation>
            <numerusform>Завершить работу? Подключена %n программа</numerusform>
            <numerusform>Завершить работу? Подключены %n программы</numerusform>
            <numerusform>Завершить работу? Подключено %n программ</numerusform>
        </translation>
    </message>
    <message>
        <source>Quit without saving?</source>
        <translation>Завершить, не сохранив?</translation>
    </message>
    <message numerus="yes">
        <source>The changed settings of %n server(s) are not saved and get lost.</source>
        <translation>
            <numerusform>Изменённые настройки %n сервера не сохранены и пропадут.</numerusform>
            <numerusform>Изменённые настройки %n серверов не сохранены и пропадут.</numerusform>
            <numerusform>Изменённые настройки %n серверов не сохранены и пропадут.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::RecordPane</name>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Событие</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Учётная запись</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Разрешения</translation>
    </message>
    <message>
        <source>Grant</source>
        <translation>Доступ</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Токен</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Программа</translation>
    </message>
    <message>
        <source>Started as</source>
        <translation>Запущена как</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Процесс</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Приложение</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Кем запущена</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Хеш</translation>
    </message>
    <message>
        <source>Copy the record as JSON</source>
        <translation>Скопировать запись как JSON</translation>
    </message>
    <message>
        <source>Close the record</source>
        <translation>Закрыть запись</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Что произошло</translation>
    </message>
    <message>
        <source>Who asked</source>
        <translation>Кто просил</translation>
    </message>
    <message>
        <source>Place in the history</source>
        <translation>Место в журнале</translation>
    </message>
    <message>
        <source>Older records were removed, as the settings say.</source>
        <translation>Более старые записи удалены согласно настройкам.</translation>
    </message>
    <message>
        <source>Previous record</source>
        <translation>Предыдущая запись</translation>
    </message>
    <message>
        <source>None: this is the first one.</source>
        <translation>Нет: это первая запись.</translation>
    </message>
    <message>
        <source>It is missing.</source>
        <translation>Её не хватает.</translation>
    </message>
    <message>
        <source>Previous hash</source>
        <translation>Хеш предыдущей</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::RegistryModel</name>
    <message>
        <source>no longer kept up</source>
        <translation>больше не поддерживается</translation>
    </message>
    <message numerus="yes">
        <source>%n address(es) to choose from</source>
        <translation>
            <numerusform>%n адрес на выбор</numerusform>
            <numerusform>%n адреса на выбор</numerusform>
            <numerusform>%n адресов на выбор</numerusform>
        </translation>
    </message>
    <message>
        <source>wants a key of your own: %1</source>
        <translation>нужен ваш ключ: %1</translation>
    </message>
    <message>
        <source>needs: %1</source>
        <translation>нужно указать: %1</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::RegistryPane</name>
    <message>
        <source>Searching…</source>
        <translation>Ищем…</translation>
    </message>
    <message>
        <source>No server is called that. Try fewer letters, or part of the maker&apos;s name.</source>
        <translation>Сервера с таким именем нет. Попробуйте меньше букв или часть имени разработчика.</translation>
    </message>
    <message>
        <source>No server that one signs in to is called that.</source>
        <translation>Среди серверов, на которые нужно входить, такого имени нет.</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s)</source>
        <translation>
            <numerusform>%n сервер.</numerusform>
            <numerusform>%n сервера.</numerusform>
            <numerusform>%n серверов.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more run(s) on this computer as a program: there is nothing to sign in to.</source>
        <translation>
            <numerusform>Ещё %n работает на этом компьютере как программа: входить некуда.</numerusform>
            <numerusform>Ещё %n работают на этом компьютере как программы: входить некуда.</numerusform>
            <numerusform>Ещё %n работают на этом компьютере как программы: входить некуда.</numerusform>
        </translation>
    </message>
    <message>
        <source>The registry could not be searched.</source>
        <translation>Поиск в реестре не удался.</translation>
    </message>
    <message>
        <source>Or look it up in the MCP Registry</source>
        <translation>Или найдите его в реестре MCP</translation>
    </message>
    <message>
        <source>What you type here is sent to %1.</source>
        <translation>То, что вы здесь наберёте, отправляется на %1.</translation>
    </message>
    <message>
        <source>Part of a name, such as github</source>
        <translation>Часть имени, например github</translation>
    </message>
    <message>
        <source>Search the MCP Registry</source>
        <translation>Искать в реестре MCP</translation>
    </message>
    <message>
        <source>Servers found in the registry</source>
        <translation>Серверы, найденные в реестре</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Повтор&amp;ить</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Ещё</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::RequestsPane</name>
    <message>
        <source>Every request to the lab will be drawn here as it comes. Add the demo server and sign in to it, or give its address to a program of your own.</source>
        <translation>Каждый запрос к стенду появится здесь сразу. Добавьте демонстрационный сервер и войдите на него или дайте его адрес своей программе.</translation>
    </message>
    <message>
        <source>The test lab is stopped</source>
        <translation>Стенд остановлен</translation>
    </message>
    <message>
        <source>An authorization server and a protected MCP server on this computer, to try programs against: with every request in view and every fault at hand.</source>
        <translation>Сервер авторизации и защищённый сервер MCP на этом компьютере, чтобы испытывать программы: каждый запрос на виду, каждый сбой под рукой.</translation>
    </message>
    <message>
        <source>The last %1 of %2 requests</source>
        <translation>Последние %1 из %2 запросов</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n запрос</numerusform>
            <numerusform>%n запроса</numerusform>
            <numerusform>%n запросов</numerusform>
        </translation>
    </message>
    <message>
        <source>Requests to the lab</source>
        <translation>Запросы к стенду</translation>
    </message>
    <message>
        <source>&amp;Start the test lab</source>
        <translation>&amp;Запустить стенд</translation>
    </message>
    <message>
        <source>Add the de&amp;mo server</source>
        <translation>&amp;Добавить демо-сервер</translation>
    </message>
    <message>
        <source>No requests yet</source>
        <translation>Запросов ещё не было</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::SequenceView</name>
    <message>
        <source>Client</source>
        <translation>Клиент</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ServerDetail</name>
    <message>
        <source>There is a new access token.</source>
        <translation>Получен новый токен доступа.</translation>
    </message>
    <message>
        <source>Signed out. The server has taken the tokens back.</source>
        <translation>Выход выполнен. Сервер отозвал токены.</translation>
    </message>
    <message>
        <source>Signed out here. The tokens are forgotten.</source>
        <translation>Выход выполнен здесь. Токены забыты.</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Скопировано: %1</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Обзор</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Соединение</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Views of the account</source>
        <translation>Разделы учётной записи</translation>
    </message>
    <message>
        <source>Re&amp;fresh</source>
        <translation>О&amp;бновить</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>В&amp;ыйти</translation>
    </message>
    <message>
        <source>Copy a line for a host</source>
        <translation>Скопировать строку для программы</translation>
    </message>
    <message>
        <source>Remove this server</source>
        <translation>Удалить этот сервер</translation>
    </message>
    <message>
        <source>For a script: the token alone</source>
        <translation>Для скрипта: только токен</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>&amp;Оставить</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Удалить</translation>
    </message>
    <message>
        <source>Sign o&amp;ut now</source>
        <translation>Выйти &amp;сейчас</translation>
    </message>
    <message>
        <source>Sign out of %1? Programs that borrow from it stop working until you sign in again.</source>
        <translation>Выйти из %1? Программы, которые им пользуются, перестанут работать, пока вы не войдёте снова.</translation>
    </message>
    <message>
        <source>Remove %1? It is signed out first; its grants go with it.</source>
        <translation>Удалить %1? Сначала будет выполнен выход; доступы программ удалятся вместе с ним.</translation>
    </message>
    <message>
        <source>S&amp;ign in</source>
        <translation>&amp;Войти</translation>
    </message>
    <message>
        <source>S&amp;ign in again</source>
        <translation>&amp;Войти снова</translation>
    </message>
    <message>
        <source>Sign out, give the registration back where the server takes it, and forget it all</source>
        <translation>Выйти, удалить регистрацию там, где сервер это умеет, и забыть всё</translation>
    </message>
    <message>
        <source>For a host that runs a program for its headers</source>
        <translation>Для программы, которая запускает команду за заголовками</translation>
    </message>
    <message>
        <source>For a terminal: curl with the token</source>
        <translation>Для терминала: curl с токеном</translation>
    </message>
    <message>
        <source>Si&amp;gn in for it</source>
        <translation>Рас&amp;ширить вход</translation>
    </message>
    <message>
        <source>A program needs more than this sign-in covers.</source>
        <translation>Программе нужно больше, чем даёт этот вход.</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Ещё не сохранено</translation>
    </message>
    <message>
        <source>You are still signed in: the tokens were not revoked.</source>
        <translation>Вход сохранён: токены не отозваны.</translation>
    </message>
    <message>
        <source>Have the tokens of %1 revoked? Programs that borrow from it stop working until you sign in again. Where the authorization server does not take the tokens back, you stay signed in.</source>
        <translation>Отозвать токены %1? Программы, которые им пользуются, перестанут работать, пока вы не войдёте снова. Если сервер авторизации не отзовёт токены, вход сохранится.</translation>
    </message>
    <message>
        <source>Ask for a new access token now (F5)</source>
        <translation>Запросить новый токен доступа сейчас (F5)</translation>
    </message>
    <message>
        <source>Have the authorization server revoke the tokens, and forget them whatever it answers. The server stays in the list, registered as it is, for the next sign-in.</source>
        <translation>Попросить сервер авторизации отозвать токены и забыть их, что бы он ни ответил. Сервер останется в списке, с той же регистрацией, до следующего входа.</translation>
    </message>
    <message>
        <source>Revoke &amp;now</source>
        <translation>Ото&amp;звать</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ServerListModel</name>
    <message>
        <source>%1, %2</source>
        <comment>program, when</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>expires in %1</source>
        <translation>осталось %1</translation>
    </message>
    <message>
        <source>lent to %1</source>
        <translation>пользуется %1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Expires in</source>
        <translation>Осталось</translation>
    </message>
    <message>
        <source>Lent last</source>
        <translation>Недавние</translation>
    </message>
    <message>
        <source>settings not saved</source>
        <translation>настройки не сохранены</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ServersPage</name>
    <message>
        <source>No servers yet</source>
        <translation>Серверов пока нет</translation>
    </message>
    <message>
        <source>Add an MCP server once; sign in once. Every program on this computer that you allow can then borrow access to it, and never sees more than that.</source>
        <translation>Добавьте сервер MCP один раз и войдите один раз. После этого любая программа на этом компьютере, которой вы позволите, сможет брать доступ к нему взаймы — и не увидит ничего сверх этого.</translation>
    </message>
    <message>
        <source>&amp;Add a server</source>
        <translation>&amp;Добавить сервер</translation>
    </message>
    <message>
        <source>&amp;Try it on the test lab</source>
        <translation>&amp;Попробовать на стенде</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>Ничего не выбрано</translation>
    </message>
    <message>
        <source>Choose a server on the left to see who is signed in to it.</source>
        <translation>Выберите сервер слева, чтобы увидеть, кто на него вошёл.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>No server is called that, or none is in this state.</source>
        <translation>Нет сервера с таким именем или в таком состоянии.</translation>
    </message>
    <message>
        <source>Search servers</source>
        <translation>Поиск серверов</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Добавить</translation>
    </message>
    <message>
        <source>Add a server (Ctrl+N)</source>
        <translation>Добавить сервер (Ctrl+N)</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>Добавить сервер</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Есть вход</translation>
    </message>
    <message>
        <source>Need attention</source>
        <translation>Проблемы</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Нет входа</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>По имени</translation>
    </message>
    <message>
        <source>By state</source>
        <translation>По состоянию</translation>
    </message>
    <message>
        <source>By expiry</source>
        <translation>По сроку</translation>
    </message>
    <message>
        <source>Lent last</source>
        <translation>Недавние</translation>
    </message>
    <message>
        <source>Which servers are shown</source>
        <translation>Какие серверы показаны</translation>
    </message>
    <message>
        <source>Order of the servers</source>
        <translation>Порядок серверов</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Серверы</translation>
    </message>
    <message>
        <source>Clear the sea&amp;rch</source>
        <translation>Сбросить &amp;поиск</translation>
    </message>
    <message>
        <source>Search by name, address or program (Ctrl+F)</source>
        <translation>Поиск по имени, адресу или программе (Ctrl+F)</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::SettingsPane</name>
    <message>
        <source>Extra parameters are lines of the form name=value. One of them is not.</source>
        <translation>Прочие параметры — это строки вида имя=значение. Одна из них не такая.</translation>
    </message>
    <message>
        <source>Saved. What concerns signing in counts from the next time.</source>
        <translation>Сохранено. То, что касается входа, подействует в следующий раз.</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>Центр сертификации</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt)</source>
        <translation>Сертификаты (*.pem *.crt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Учётная запись</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Разрешения</translation>
    </message>
    <message>
        <source>Resource parameter</source>
        <translation>Параметр resource</translation>
    </message>
    <message>
        <source>Its value</source>
        <translation>Его значение</translation>
    </message>
    <message>
        <source>Callback host</source>
        <translation>Узел возврата</translation>
    </message>
    <message>
        <source>Callback port</source>
        <translation>Порт возврата</translation>
    </message>
    <message>
        <source>Extra parameters</source>
        <translation>Прочие параметры</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>Идентификатор клиента</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Секрет клиента</translation>
    </message>
    <message>
        <source>those the server asks for</source>
        <translation>те, что требует сервер</translation>
    </message>
    <message>
        <source>As the server says</source>
        <translation>Как указывает сервер</translation>
    </message>
    <message>
        <source>This value</source>
        <translation>Это значение</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Не передавать</translation>
    </message>
    <message>
        <source>any free one</source>
        <translation>любой свободный</translation>
    </message>
    <message>
        <source>prompt=login</source>
        <translation>prompt=login</translation>
    </message>
    <message>
        <source>only where you registered one yourself</source>
        <translation>если регистрировали сами</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>без изменений</translation>
    </message>
    <message>
        <source>only the system&apos;s</source>
        <translation>только системные</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>Выбр&amp;ать…</translation>
    </message>
    <message>
        <source>Choose a certificate file</source>
        <translation>Выбрать файл сертификата</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>Со&amp;хранить</translation>
    </message>
    <message>
        <source>Un&amp;do</source>
        <translation>О&amp;тменить</translation>
    </message>
    <message>
        <source>only with several accounts</source>
        <translation>если учётных записей несколько</translation>
    </message>
    <message>
        <source>A lock has made Chatelaine forget the client secret that was typed here. Type it again.</source>
        <translation>При блокировке Chatelaine забыла введённый здесь секрет клиента. Введите его ещё раз.</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Ещё не сохранено</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::SignInView</name>
    <message>
        <source>The browser could not be opened. Copy the link and open it yourself.</source>
        <translation>Не удалось открыть браузер. Скопируйте ссылку и откройте её сами.</translation>
    </message>
    <message>
        <source>The link is on the clipboard. It works once, in any browser on this computer.</source>
        <translation>Ссылка в буфере обмена. Она сработает один раз, в любом браузере на этом компьютере.</translation>
    </message>
    <message>
        <source>That is not the address this sign-in ends on. Copy the whole address of the page the browser showed last; it begins with %1.</source>
        <translation>Этот вход заканчивается другим адресом. Скопируйте полный адрес последней страницы браузера; он начинается с %1.</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Вход в %1</translation>
    </message>
    <message>
        <source>The browser is needed</source>
        <translation>Нужен браузер</translation>
    </message>
    <message>
        <source>You will sign in at</source>
        <translation>Вы войдёте на</translation>
    </message>
    <message>
        <source>It will be asked for</source>
        <translation>Будет запрошено</translation>
    </message>
    <message>
        <source>&amp;Open again</source>
        <translation>&amp;Открыть снова</translation>
    </message>
    <message>
        <source>&amp;Open the browser</source>
        <translation>&amp;Открыть браузер</translation>
    </message>
    <message>
        <source>Cop&amp;y link</source>
        <translation>&amp;Копировать ссылку</translation>
    </message>
    <message>
        <source>Waiting for the browser. This view goes on by itself when you are done.</source>
        <translation>Ждём браузер. Когда вы закончите, всё продолжится само.</translation>
    </message>
    <message>
        <source>Nothing opens until you click.</source>
        <translation>Ничего не откроется, пока вы не нажмёте.</translation>
    </message>
    <message>
        <source>Browser on another computer? Paste the address it ended on:</source>
        <translation>Браузер на другом компьютере? Вставьте его последний адрес:</translation>
    </message>
    <message>
        <source>Address the browser ended on</source>
        <translation>Адрес, на котором остановился браузер</translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation>&amp;Использовать</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Повторить</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>О&amp;тмена</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Назад</translation>
    </message>
    <message>
        <source>Stopped at &quot;%1&quot;. %2</source>
        <translation>Остановка на шаге «%1». %2</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::StatusFooter</name>
    <message>
        <source>Vault: %1</source>
        <translation>Хранилище: %1</translation>
    </message>
    <message>
        <source>Vault: %1, open</source>
        <translation>Хранилище: %1, открыто</translation>
    </message>
    <message>
        <source>Vault: %1, locked</source>
        <translation>Хранилище: %1, заперто</translation>
    </message>
    <message>
        <source>Vault: %1, does not answer</source>
        <translation>Хранилище: %1, не отвечает</translation>
    </message>
    <message>
        <source>Locked: nothing is lent</source>
        <translation>Заперто: доступ не выдаётся</translation>
    </message>
    <message>
        <source>Ready to lend</source>
        <translation>Доступ выдаётся</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Отпереть</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Запереть</translation>
    </message>
    <message>
        <source>Let programs borrow again</source>
        <translation>Снова выдавать доступ программам</translation>
    </message>
    <message>
        <source>Forget every token in memory and lend nothing</source>
        <translation>Забыть все токены в памяти и не выдавать доступ</translation>
    </message>
    <message>
        <source>keychain</source>
        <translation>связка ключей</translation>
    </message>
    <message>
        <source>encrypted file</source>
        <translation>зашифрованный файл</translation>
    </message>
    <message>
        <source>in memory</source>
        <translation>в памяти</translation>
    </message>
    <message>
        <source>Nothing is lent</source>
        <translation>Доступ не выдаётся</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::TakeoverWindow</name>
    <message>
        <source>Another broker is making room</source>
        <translation>Другой брокер освобождает место</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Завершить</translation>
    </message>
    <message>
        <source>It runs without a window and ends what it has begun. Chatelaine opens when it is done, which takes twenty seconds at most.</source>
        <translation>Он работает без окна и заканчивает начатое. Chatelaine откроется, когда он закончит: это займёт не больше двадцати секунд.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::TestLabPage</name>
    <message>
        <source>Running</source>
        <translation>Работает</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Остановлен</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Сбои</translation>
    </message>
    <message>
        <source>Faults (%1)</source>
        <translation>Сбои (%1)</translation>
    </message>
    <message>
        <source>MCP server</source>
        <translation>Сервер MCP</translation>
    </message>
    <message>
        <source>Authorization server</source>
        <translation>Сервер авторизации</translation>
    </message>
    <message>
        <source>Address of the MCP server</source>
        <translation>Адрес сервера MCP</translation>
    </message>
    <message>
        <source>Address of the authorization server</source>
        <translation>Адрес сервера авторизации</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>&amp;Сбросить</translation>
    </message>
    <message>
        <source>Forgets clients, tokens, counts and the diagram. Tokens that were issued are refused from now on.</source>
        <translation>Забывает клиентов, токены, счётчики и диаграмму. Выданные токены больше не принимаются.</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>&amp;Остановить</translation>
    </message>
    <message>
        <source>Start a&amp;gain</source>
        <translation>Запустить &amp;снова</translation>
    </message>
    <message>
        <source>A&amp;dd to servers</source>
        <translation>Добавить в се&amp;рверы</translation>
    </message>
    <message>
        <source>Adds the demo MCP server to yours and leads there</source>
        <translation>Добавляет демонстрационный сервер MCP к вашим и открывает его</translation>
    </message>
    <message>
        <source>Ta&amp;ke a free port</source>
        <translation>Взять с&amp;вободный порт</translation>
    </message>
    <message>
        <source>Parts of the test lab</source>
        <translation>Разделы стенда</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Запросы</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Токены</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Клиенты</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Параметры</translation>
    </message>
    <message>
        <source>Another program listens on port %1. Choose another one under Options, or let the lab take any that is free.</source>
        <translation>Порт %1 занят другой программой. Выберите другой в «Параметрах» или пусть стенд возьмёт любой свободный.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::TimelineView</name>
    <message>
        <source>Drag over a stretch of time to see it alone</source>
        <translation>Протяните мышью, чтобы выбрать отрезок времени</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>Records over time</source>
        <translation>Записи по времени</translation>
    </message>
    <message>
        <source>Arrow keys move, Shift widens, Enter chooses, Escape shows all of it.</source>
        <translation>Стрелки двигают, Shift расширяет, Enter выбирает, Escape показывает всё.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::TokenModel</name>
    <message>
        <source>Token</source>
        <translation>Токен</translation>
    </message>
    <message>
        <source>Good for</source>
        <translation>Годен ещё</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Отпечаток</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::TokensPane</name>
    <message>
        <source>Fingerprint</source>
        <translation>Отпечаток</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Клиент</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Субъект</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Разрешения</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>Выдан</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Истекает</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Содержимое</translation>
    </message>
    <message>
        <source>A random text that says nothing by itself.</source>
        <translation>Случайный текст, который сам ничего не говорит.</translation>
    </message>
    <message>
        <source>Tokens the lab has issued</source>
        <translation>Токены, выданные стендом</translation>
    </message>
    <message>
        <source>No tokens yet</source>
        <translation>Токенов ещё нет</translation>
    </message>
    <message>
        <source>A client gets an access token, and a refresh token with it, when somebody signs in.</source>
        <translation>Клиент получает токен доступа и с ним токен обновления, когда кто-то входит.</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Заголовок</translation>
    </message>
    <message>
        <source>Header of the token</source>
        <translation>Заголовок токена</translation>
    </message>
    <message>
        <source>Claims</source>
        <translation>Утверждения</translation>
    </message>
    <message>
        <source>Claims of the token</source>
        <translation>Утверждения токена</translation>
    </message>
    <message>
        <source>Close the token</source>
        <translation>Закрыть токен</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::TrayIcon</name>
    <message>
        <source>Quit</source>
        <translation>Завершить работу</translation>
    </message>
    <message numerus="yes">
        <source>Answer %n question(s)…</source>
        <translation>
            <numerusform>Ответить на %n вопрос…</numerusform>
            <numerusform>Ответить на %n вопроса…</numerusform>
            <numerusform>Ответить на %n вопросов…</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign in to %1…</source>
        <translation>Войти в %1…</translation>
    </message>
    <message numerus="yes">
        <source>%n more…</source>
        <translation>
            <numerusform>Ещё %n…</numerusform>
            <numerusform>Ещё %n…</numerusform>
            <numerusform>Ещё %n…</numerusform>
        </translation>
    </message>
    <message>
        <source>Open Chatelaine</source>
        <translation>Открыть Chatelaine</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Отпереть</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Запереть</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ValueLabel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Копировать</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::VaultSettings</name>
    <message>
        <source>Your desktop&apos;s keychain, which opens when you log in.</source>
        <translation>Связка ключей вашего рабочего стола; она открывается при входе в систему.</translation>
    </message>
    <message>
        <source>A file of Chatelaine&apos;s own that a passphrase encrypts.</source>
        <translation>Собственный файл Chatelaine, зашифрованный парольной фразой.</translation>
    </message>
    <message>
        <source>All of it is gone when Chatelaine ends.</source>
        <translation>Всё исчезнет, когда Chatelaine завершит работу.</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>Ещё не проверено</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыто</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Заперто</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>Не отвечает</translation>
    </message>
    <message>
        <source>It holds the key of the history and no tokens yet.</source>
        <translation>Здесь ключ журнала, токенов пока нет.</translation>
    </message>
    <message numerus="yes">
        <source>It holds the tokens of %n account(s) and the key of the history.</source>
        <translation>
            <numerusform>Здесь токены %n учётной записи и ключ журнала.</numerusform>
            <numerusform>Здесь токены %n учётных записей и ключ журнала.</numerusform>
            <numerusform>Здесь токены %n учётных записей и ключ журнала.</numerusform>
        </translation>
    </message>
    <message>
        <source>From the next start secrets are in: %1.</source>
        <translation>Со следующего запуска секреты будут здесь: %1.</translation>
    </message>
    <message>
        <source>They are not moved. You will have to sign in to your servers again; what is in the old place stays there until you change back.</source>
        <translation>Они не переносятся. На серверы нужно будет войти заново; всё прежнее останется на старом месте до обратного переключения.</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>Секреты</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>Где хранятся</translation>
    </message>
    <message>
        <source>The keychain of your desktop opens when you log in; the encrypted file wants its passphrase at each start. A change counts from the next start.</source>
        <translation>Связка ключей рабочего стола открывается при входе в систему; зашифрованный файл спрашивает парольную фразу при каждом запуске. Изменение вступит в силу при следующем запуске.</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::WelcomeView</name>
    <message>
        <source>Welcome to Chatelaine</source>
        <translation>Добро пожаловать в Chatelaine</translation>
    </message>
    <message>
        <source>It keeps the keys to your MCP servers, so that no program has to.</source>
        <translation>Она хранит ключи от ваших серверов MCP, чтобы этого не приходилось делать программам.</translation>
    </message>
    <message>
        <source>Sign in once</source>
        <translation>Войдите один раз</translation>
    </message>
    <message>
        <source>Decide who may borrow</source>
        <translation>Решайте, кому дать доступ</translation>
    </message>
    <message>
        <source>See what was lent</source>
        <translation>Смотрите, что выдано</translation>
    </message>
    <message>
        <source>In your browser, at the server&apos;s own page. The tokens go into your keychain and are renewed there.</source>
        <translation>В браузере, на странице самого сервера. Токены попадают в вашу связку ключей и там обновляются.</translation>
    </message>
    <message>
        <source>A program that wants access asks, and you answer: once, for an hour, always, or no. None of them gets more than a token that expires soon.</source>
        <translation>Программа просит доступ, а вы отвечаете: один раз, на час, всегда или нет. Она не получит ничего, кроме токена, который скоро истечёт.</translation>
    </message>
    <message>
        <source>Every loan is written into a history that nobody can change unnoticed.</source>
        <translation>Каждая выдача записывается в журнал, который нельзя незаметно изменить.</translation>
    </message>
    <message>
        <source>&amp;Add a server</source>
        <translation>&amp;Добавить сервер</translation>
    </message>
    <message>
        <source>&amp;Try it on the test lab</source>
        <translation>&amp;Попробовать на стенде</translation>
    </message>
    <message>
        <source>&amp;Not now</source>
        <translation>&amp;Не сейчас</translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::WindowBehaviour</name>
    <message>
        <source>Window</source>
        <translation>Окно</translation>
    </message>
    <message>
        <source>Start hidden in the tray when I log in</source>
        <translation>Запускать скрыто в трее при входе в систему</translation>
    </message>
    <message>
        <source>At login</source>
        <translation>При входе</translation>
    </message>
    <message>
        <source>Programs can borrow at once, and questions have somebody to answer.</source>
        <translation>Программы сразу могут получать доступ, и на вопросы есть кому ответить.</translation>
    </message>
    <message>
        <source>Closing the window leaves Chatelaine in the tray</source>
        <translation>При закрытии окна оставаться в трее</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>При закрытии</translation>
    </message>
    <message>
        <source>Without it, or without a tray, closing the window ends Chatelaine.</source>
        <translation>Если выключено или трея нет, с закрытием окна Chatelaine завершается.</translation>
    </message>
    <message>
        <source>Quitting</source>
        <translation>При завершении</translation>
    </message>
    <message>
        <source>What they borrowed stays good until it expires; nothing new is lent.</source>
        <translation>Уже выданное действует до истечения срока; нового не будет.</translation>
    </message>
    <message>
        <source>Ask before quitting while programs are connected</source>
        <translation>Спрашивать перед завершением, если подключены программы</translation>
    </message>
</context>
</TS>
