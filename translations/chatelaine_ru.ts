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
        <translation>Метаданные издателя предлагают только метод проверки plain.</translation>
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
        <translation>Следующий пришедший зарегистрированный клиент забыт и один раз получает invalid_client.</translation>
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
        <translation>Метаданные издателя бесконечно перенаправляют на себя.</translation>
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
        <translation>В вызове 401 нет ни resource_metadata, ни scope.</translation>
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
        <translation>Токены за код</translation>
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
        <translation>Зарегистрирован сам</translation>
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
        <source>Activity</source>
        <translation>Журнал</translation>
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
        <source>This can&apos;t be right: check what you entered.</source>
        <translation>Здесь что-то не так: проверьте введённое.</translation>
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
        <source>The server answered something it must not. Only who runs it can mend this.</source>
        <translation>Сервер ответил так, как нельзя. Исправить это может только его администратор.</translation>
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
        <source>Asking the server</source>
        <translation>Спрашиваем сервер</translation>
    </message>
    <message>
        <source>Who protects it</source>
        <translation>Кто его защищает</translation>
    </message>
    <message>
        <source>The authorization server</source>
        <translation>Сервер авторизации</translation>
    </message>
    <message>
        <source>Finding the authorization server</source>
        <translation>Ищем сервер авторизации</translation>
    </message>
    <message>
        <source>Registering as a client</source>
        <translation>Регистрируем клиента</translation>
    </message>
    <message>
        <source>Your consent in the browser</source>
        <translation>Ваше согласие в браузере</translation>
    </message>
    <message>
        <source>Getting the tokens</source>
        <translation>Получаем токены</translation>
    </message>
    <message>
        <source>Trying the new token</source>
        <translation>Пробуем новый токен</translation>
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
        <translation>пока не заперто</translation>
    </message>
    <message>
        <source>always, unless unused for %1</source>
        <comment>a span of time</comment>
        <translation>всегда; снимается, если не использовать %1</translation>
    </message>
    <message>
        <source>Grant ended</source>
        <translation>Разрешение истекло</translation>
    </message>
    <message>
        <source>Question put on a terminal</source>
        <translation>Вопрос задан в терминале</translation>
    </message>
</context>
<context>
    <name>callback</name>
    <message>
        <source>You are signed in to %1. You may close this page.</source>
        <translation>Вы вошли в %1. Эту страницу можно закрыть.</translation>
    </message>
    <message>
        <source>The sign-in to %1 did not work. Chatelaine says why; you may close this page.</source>
        <translation>Войти в %1 не удалось. Chatelaine скажет почему; эту страницу можно закрыть.</translation>
    </message>
    <message>
        <source>This is not the answer Chatelaine is waiting for. If you came here from a sign-in page, start again from Chatelaine.</source>
        <translation>Это не тот ответ, которого ждёт Chatelaine. Если вы пришли сюда со страницы входа, начните снова из Chatelaine.</translation>
    </message>
    <message>
        <source>en</source>
        <extracomment>The language of the pages that a sign-in ends on, as a code: fr, pt-BR</extracomment>
        <translation>ru</translation>
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
        <source>What</source>
        <translation>Что</translation>
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
        <source>No record is like that. Ask for less, or show all of them.</source>
        <translation>Таких записей нет. Смягчите условия или покажите все записи.</translation>
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
        <translation>Chatelaine зарегистрируется там сама</translation>
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
        <source>The authorization server does not let programs register themselves. Register a client there with the redirect URI http://127.0.0.1/callback and enter its id.</source>
        <translation>Сервер авторизации не даёт программам регистрироваться самим. Зарегистрируйте там клиента с адресом возврата http://127.0.0.1/callback и введите его идентификатор.</translation>
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
        <source>What it asks for</source>
        <translation>Что он требует</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Что произойдёт</translation>
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
        <source>Add and s&amp;ign in</source>
        <translation>Добавить и &amp;войти</translation>
    </message>
    <message>
        <source>&amp;Only add</source>
        <translation>&amp;Только добавить</translation>
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
</context>
<context>
    <name>chatelaine::ui::ApprovalWindow</name>
    <message>
        <source>Process %1</source>
        <translation>Процесс %1</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Программа</translation>
    </message>
    <message>
        <source>can&apos;t be made out</source>
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
        <source>It says</source>
        <translation>Её слова</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«%1»</translation>
    </message>
    <message>
        <source>%1 runs whatever it is given.</source>
        <translation>%1 исполняет всё, что ему дадут.</translation>
    </message>
    <message>
        <source>There is no script to name, so everything that is started with it would have this access, from whatever hand it comes.</source>
        <translation>Скрипта, который можно назвать, нет, поэтому доступ получит всё, что запустят этим интерпретатором, кто бы это ни сделал.</translation>
    </message>
    <message>
        <source>This program can&apos;t be made out.</source>
        <translation>Не удалось определить, что это за программа.</translation>
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
        <source>Who asks</source>
        <translation>Кто просит</translation>
    </message>
    <message>
        <source>What it would get</source>
        <translation>Что она получит</translation>
    </message>
    <message>
        <source>Whatever the server gives without scopes.</source>
        <translation>То, что сервер даёт без разрешений.</translation>
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
        <source>Allow any&amp;way</source>
        <translation>Всё равно &amp;разрешить</translation>
    </message>
    <message>
        <source>May %1 use %2?</source>
        <translation>%1 просит доступ к %2. Разрешить?</translation>
    </message>
    <message>
        <source>It would get an access token for it. Your sign-in stays with Chatelaine.</source>
        <translation>Программа получит токен доступа. Сам вход останется у Chatelaine.</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n вопрос</numerusform>
            <numerusform>%n вопроса</numerusform>
            <numerusform>%n вопросов</numerusform>
        </translation>
    </message>
    <message>
        <source>On behalf of</source>
        <translation>От имени</translation>
    </message>
    <message>
        <source>Until I &amp;lock</source>
        <translation>Пока &amp;не запру</translation>
    </message>
    <message>
        <source>Until Chatelaine is locked</source>
        <translation>Пока не заперто</translation>
    </message>
    <message>
        <source>Allow until it is locked</source>
        <translation>Разрешить, пока не заперто</translation>
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
        <translation>Эта программа изменилась с тех пор, как вы её разрешили.</translation>
    </message>
    <message>
        <source>It was updated, or another one was put in its place. Allow it again only if you know why.</source>
        <translation>Её обновили или подменили другой. Разрешайте снова, только если знаете причину.</translation>
    </message>
    <message>
        <source>It has no name to remember an answer by; it can be allowed once.</source>
        <translation>У неё нет имени, чтобы запомнить ответ; её можно разрешить один раз.</translation>
    </message>
    <message>
        <source>This program can&apos;t be known for certain.</source>
        <translation>Эту программу нельзя опознать наверняка.</translation>
    </message>
    <message>
        <source>It runs in a container, or this system can&apos;t vouch for it. It can be allowed once, not for longer.</source>
        <translation>Она работает в контейнере, или система не может за неё поручиться. Её можно разрешить один раз, но не дольше.</translation>
    </message>
    <message>
        <source>It was replaced since it was started. It can be allowed while it runs, not for longer.</source>
        <translation>Её файл заменили после запуска. Её можно разрешить, пока она работает, но не дольше.</translation>
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
        <translation>не подключена</translation>
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
        <source>What it may</source>
        <translation>Что ей разрешено</translation>
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
        <translation>можно брать: %1</translation>
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
        <translation>Ни одна программа ещё не пользовалась этой учётной записью, и ни у одной нет разрешения.</translation>
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
        <translation>подключена</translation>
    </message>
    <message>
        <source>Any program</source>
        <translation>Любая программа</translation>
    </message>
    <message>
        <source>Programs that can&apos;t be made out</source>
        <translation>Неопознанные программы</translation>
    </message>
    <message>
        <source>Grants that name no program</source>
        <translation>Доступы без имени программы</translation>
    </message>
    <message>
        <source>Has not asked yet</source>
        <translation>Ещё ничего не просила</translation>
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
</context>
<context>
    <name>chatelaine::ui::ClientsPage</name>
    <message>
        <source>No clients yet</source>
        <translation>Клиентов пока нет</translation>
    </message>
    <message>
        <source>Programs that ask for a token appear here, with what you allowed them. To have one ask, give a host the line that a server&apos;s page copies.</source>
        <translation>Здесь появятся программы, которые просят токен, и то, что вы им разрешили. Чтобы программа попросила, дайте ей строку, которую можно скопировать на странице сервера.</translation>
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
</context>
<context>
    <name>chatelaine::ui::ClientsPane</name>
    <message>
        <source>any on loopback</source>
        <translation>любой на loopback</translation>
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
        <translation>как говорит сервер</translation>
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
    <name>chatelaine::ui::CopyField</name>
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
        <source>Another broker runs for you and did not make room. End it, then try again.</source>
        <translation>У вас уже работает другой брокер, и он не уступил место. Завершите его и повторите попытку.</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Повторить</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Выйти</translation>
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
            <numerusform>Включена %n ошибка</numerusform>
            <numerusform>Включено %n ошибки</numerusform>
            <numerusform>Включено %n ошибок</numerusform>
        </translation>
    </message>
    <message>
        <source>Search faults</source>
        <translation>Поиск ошибок</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Ошибки</translation>
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
        <translation>Нет ошибки с таким названием или действием.</translation>
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
        <source>What</source>
        <translation>Что</translation>
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
</context>
<context>
    <name>chatelaine::ui::HistorySettings</name>
    <message>
        <source>History</source>
        <translation>История</translation>
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
        <translation>Запирать вместе с экраном</translation>
    </message>
    <message>
        <source>Sleep</source>
        <translation>Сон</translation>
    </message>
    <message>
        <source>Lock before the computer sleeps</source>
        <translation>Запирать перед сном компьютера</translation>
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
        <translation>Пока вы её не отопрёте, здесь ничего не показано и ни одна программа не получит токен.</translation>
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
        <translation>Указанный</translation>
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
        <translation>Файл PEM с центрами, которым доверять для всех серверов, — например, вашей организации. Владелец его ключа может читать то, что вы отправляете.</translation>
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
</context>
<context>
    <name>chatelaine::ui::OptionsPane</name>
    <message>
        <source>The lab that runs was started with other options.</source>
        <translation>Стенд запущен с другими параметрами.</translation>
    </message>
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
        <translation>&amp;Жизнь токенов доступа, с</translation>
    </message>
    <message>
        <source>Refresh tokens live, s&amp;econds</source>
        <translation>Жизнь токенов о&amp;бновления, с</translation>
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
        <translation>Одобрять каждый вход &amp;не спрашивая</translation>
    </message>
    <message>
        <source>After the first request, move to a second authorization ser&amp;ver</source>
        <translation>После первого запроса перейти ко &amp;второму серверу авторизации</translation>
    </message>
    <message>
        <source>Start a&amp;new with these</source>
        <translation>Запустить с &amp;этими</translation>
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
        <source>the only one</source>
        <translation>единственная</translation>
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
        <source>there: the access token is renewed by itself</source>
        <translation>есть: токен доступа обновляется сам</translation>
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
</context>
<context>
    <name>chatelaine::ui::PolicySettings</name>
    <message>
        <source>Programs without a grant</source>
        <translation>Программы без доступа</translation>
    </message>
    <message>
        <source>What happens when a program that you have not decided about wants to borrow. Grants are on the page Clients, and always come first.</source>
        <translation>Что делать, когда доступ просит программа, о которой вы ещё не решили. Выданные доступы — на странице «Клиенты», они всегда важнее.</translation>
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
        <translation>Вы видите, какая программа просит и о чём; без вашего ответа доступ не выдаётся. Если спросить некого, ответ — нет.</translation>
    </message>
    <message>
        <source>Every program that runs as you gets what it asks for, and nobody is asked. The history still has each loan. Only for a computer that runs nothing you don&apos;t trust.</source>
        <translation>Любая программа, запущенная от вашего имени, получает то, что просит, и никого не спрашивают. Каждая выдача всё равно попадает в историю. Только для компьютера, где работает лишь то, чему вы доверяете.</translation>
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
</context>
<context>
    <name>chatelaine::ui::QuitDialog</name>
    <message numerus="yes">
        <source>Quit although %n program(s) are connected?</source>
        <translation>
            <numerusform>Выйти, хотя подключена %n программа?</numerusform>
            <numerusform>Выйти, хотя подключены %n программы?</numerusform>
            <numerusform>Выйти, хотя подключены %n программ?</numerusform>
        </translation>
    </message>
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
        <translation>&amp;Выйти</translation>
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
        <source>Before it</source>
        <translation>Перед ней</translation>
    </message>
    <message>
        <source>Nothing: this is the first record.</source>
        <translation>Ничего: это первая запись.</translation>
    </message>
    <message>
        <source>The record before this one is missing.</source>
        <translation>Предыдущей записи нет.</translation>
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
        <source>you fill in: %1</source>
        <translation>впишите сами: %1</translation>
    </message>
    <message>
        <source>wants a key of your own: %1</source>
        <translation>нужен ваш ключ: %1</translation>
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
        <translation>Сервера с таким именем, на который входят, нет.</translation>
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
        <translation>Не удалось искать в реестре.</translation>
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
        <source>Nothing has come yet</source>
        <translation>Запросов ещё не было</translation>
    </message>
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
        <translation>Сервер авторизации и защищённый сервер MCP на этом компьютере, чтобы испытывать программы: каждый запрос на виду, каждая ошибка под рукой.</translation>
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
        <source>Ask for a new access token now</source>
        <translation>Запросить новый токен доступа сейчас</translation>
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
        <source>Have the authorization server revoke the tokens, and forget them. The server stays in the list, registered as it is, for the next sign-in.</source>
        <translation>Отозвать токены на сервере авторизации и забыть их. Сервер и его регистрация остаются для следующего входа.</translation>
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
        <translation>Во&amp;йти и для этого</translation>
    </message>
    <message>
        <source>A program needs more than this sign-in covers.</source>
        <translation>Программе нужно больше, чем даёт этот вход.</translation>
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
        <source>only needed when you sign in twice</source>
        <translation>нужно, только если входов два</translation>
    </message>
    <message>
        <source>those the server asks for</source>
        <translation>те, что требует сервер</translation>
    </message>
    <message>
        <source>As the server says</source>
        <translation>Как говорит сервер</translation>
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
        <translation>Браузер на другом компьютере? Вставьте адрес, на котором он остановился:</translation>
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
        <source>Another program listens on this port. Choose another port under Options, or let the lab take any that is free.</source>
        <translation>Этот порт занят другой программой. Выберите другой порт в «Параметрах» или пусть стенд возьмёт любой свободный.</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Ошибки</translation>
    </message>
    <message>
        <source>Faults (%1)</source>
        <translation>Ошибки (%1)</translation>
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
</context>
<context>
    <name>chatelaine::ui::TrayIcon</name>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
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
        <translation>Войти: %1…</translation>
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
        <translation>В нём ключ истории, токенов пока нет.</translation>
    </message>
    <message numerus="yes">
        <source>It holds the tokens of %n account(s) and the key of the history.</source>
        <translation>
            <numerusform>В нём токены %n учётной записи и ключ истории.</numerusform>
            <numerusform>В нём токены %n учётных записей и ключ истории.</numerusform>
            <numerusform>В нём токены %n учётных записей и ключ истории.</numerusform>
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
        <translation>Связка ключей рабочего стола открывается при входе в систему; зашифрованный файл спрашивает парольную фразу при каждом запуске. Перемена действует со следующего запуска.</translation>
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
        <translation>Она хранит ключи от ваших серверов MCP, чтобы этого не делали программы.</translation>
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
        <translation>Программа просит доступ, а вы отвечаете: один раз, на час, всегда или нет. Больше недолговечного токена она не получает.</translation>
    </message>
    <message>
        <source>Every loan is written into a history that nobody can change unnoticed.</source>
        <translation>Каждая выдача записывается в историю, которую нельзя незаметно изменить.</translation>
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
        <source>Ask before the end while programs are connected</source>
        <translation>Спрашивать перед выходом, если подключены программы</translation>
    </message>
    <message>
        <source>Quitting</source>
        <translation>При выходе</translation>
    </message>
    <message>
        <source>What they borrowed stays good until it expires; nothing new is lent.</source>
        <translation>Уже выданное действует до истечения срока; нового не будет.</translation>
    </message>
</context>
</TS>
