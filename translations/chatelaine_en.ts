<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n minute(s)</source>
        <translation>
            <numerusform>in %n minute</numerusform>
            <numerusform>in %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n hour(s)</source>
        <translation>
            <numerusform>in %n hour</numerusform>
            <numerusform>in %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n h</numerusform>
            <numerusform>%n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1; %n more like it within a minute</source>
        <translation>
            <numerusform>%1; %n more like it within a minute</numerusform>
            <numerusform>%1; %n more like it within a minute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more refused or failed within a minute</source>
        <translation>
            <numerusform>%n more refused or failed within a minute</numerusform>
            <numerusform>%n more refused or failed within a minute</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ActivityPage</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ApprovalWindow</name>
    <message numerus="yes">
        <source>%n more question(s)</source>
        <translation>
            <numerusform>%n more question</numerusform>
            <numerusform>%n more questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::Attention</name>
    <message numerus="yes">
        <source>%n question(s) wait for you</source>
        <translation>
            <numerusform>%n question waits for you</numerusform>
            <numerusform>%n questions wait for you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) need sign-in</source>
        <translation>
            <numerusform>%n server needs sign-in</numerusform>
            <numerusform>%n servers need sign-in</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ClientDetail</name>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%n connection</numerusform>
            <numerusform>%n connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the last %1 days.</source>
        <translation>
            <numerusform>%n in the last %1 days.</numerusform>
            <numerusform>%n in the last %1 days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refused %n time(s) in all.</source>
        <translation>
            <numerusform>Refused once in all.</numerusform>
            <numerusform>Refused %n times in all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Revoke all %n grant(s) of %1?</source>
        <translation>
            <numerusform>Revoke %n grant of %1?</numerusform>
            <numerusform>Revoke all %n grants of %1?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ClientsCard</name>
    <message numerus="yes">
        <source>%n loan(s), the last one %1</source>
        <translation>
            <numerusform>%n loan, the last one %1</numerusform>
            <numerusform>%n loans, the last one %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::ClientsModel</name>
    <message numerus="yes">
        <source>%n loan(s), %1</source>
        <comment>how many, when last</comment>
        <translation>
            <numerusform>%n loan, %1</numerusform>
            <numerusform>%n loans, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::FaultsPane</name>
    <message numerus="yes">
        <source>%n fault(s) on</source>
        <translation>
            <numerusform>%n fault on</numerusform>
            <numerusform>%n faults on</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::HistoryJobs</name>
    <message numerus="yes">
        <source>All %n record(s) are as they were written.</source>
        <translation>
            <numerusform>The %n record is as it was written.</numerusform>
            <numerusform>All %n records are as they were written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) were exported.</source>
        <translation>
            <numerusform>%n record was exported.</numerusform>
            <numerusform>%n records were exported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::HistorySettings</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::LoanChart</name>
    <message numerus="yes">
        <source>%n loan(s) in the last %1 days</source>
        <translation>
            <numerusform>%n loan in the last %1 days</numerusform>
            <numerusform>%n loans in the last %1 days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n loan(s)</source>
        <translation>
            <numerusform>%1: %n loan</numerusform>
            <numerusform>%1: %n loans</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::LockSettings</name>
    <message numerus="yes">
        <source>After %n hour(s)</source>
        <translation>
            <numerusform>After %n hour</numerusform>
            <numerusform>After %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n minute(s)</source>
        <translation>
            <numerusform>After %n minute</numerusform>
            <numerusform>After %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::Notices</name>
    <message numerus="yes">
        <source>Nothing is lent until you answer. %n more question(s) wait.</source>
        <translation>
            <numerusform>Nothing is lent until you answer. %n more question waits.</numerusform>
            <numerusform>Nothing is lent until you answer. %n more questions wait.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::QuitDialog</name>
    <message numerus="yes">
        <source>%n without a name</source>
        <translation>
            <numerusform>%n without a name</numerusform>
            <numerusform>%n without a name</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Quit while %n program(s) are connected?</source>
        <translation>
            <numerusform>Quit while %n program is connected?</numerusform>
            <numerusform>Quit while %n programs are connected?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The changed settings of %n server(s) are not saved and get lost.</source>
        <translation>
            <numerusform>The changed settings of one server are not saved and get lost.</numerusform>
            <numerusform>The changed settings of %n servers are not saved and get lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::RegistryModel</name>
    <message numerus="yes">
        <source>%n address(es) to choose from</source>
        <translation>
            <numerusform>%n address</numerusform>
            <numerusform>%n addresses to choose from</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::RegistryPane</name>
    <message numerus="yes">
        <source>%n server(s)</source>
        <translation>
            <numerusform>%n server.</numerusform>
            <numerusform>%n servers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more run(s) on this computer as a program: there is nothing to sign in to.</source>
        <translation>
            <numerusform>%n more runs on this computer as a program: there is nothing to sign in to.</numerusform>
            <numerusform>%n more run on this computer as programs: there is nothing to sign in to.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::RequestsPane</name>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::TrayIcon</name>
    <message numerus="yes">
        <source>Answer %n question(s)…</source>
        <translation>
            <numerusform>Answer %n question…</numerusform>
            <numerusform>Answer %n questions…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more…</source>
        <translation>
            <numerusform>%n more…</numerusform>
            <numerusform>%n more…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chatelaine::ui::VaultSettings</name>
    <message numerus="yes">
        <source>It holds the tokens of %n account(s) and the key of the history.</source>
        <translation>
            <numerusform>It holds the tokens of %n account and the key of the history.</numerusform>
            <numerusform>It holds the tokens of %n accounts and the key of the history.</numerusform>
        </translation>
    </message>
</context>
</TS>
