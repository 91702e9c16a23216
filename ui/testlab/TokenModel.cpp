// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testlab/TokenModel.h"

#include "ui/common/Colors.h"
#include "ui/common/Icons.h"
#include "ui/testlab/LabRun.h"
#include "ui/testlab/LabWords.h"

#include <QGuiApplication>
#include <QPalette>

namespace chatelaine::ui {

TokenModel::TokenModel(LabRun &run, QObject *parent)
    : QAbstractTableModel(parent)
    , m_run(run)
{ }

void TokenModel::refresh()
{
    QList<testlab::IssuedToken> fresh;
    if (m_run.lab())
        fresh = m_run.lab()->tokens().mid(0, shownAtMost);
    // New ones come in above; what is below only changes its state.
    qsizetype above = 0;
    while (above < fresh.size() && !m_tokens.isEmpty()
        && fresh.at(above).fingerprint != m_tokens.constFirst().fingerprint)
        ++above;
    bool grown = fresh.size() - above <= m_tokens.size() && !m_tokens.isEmpty();
    for (qsizetype i = above; grown && i < fresh.size(); ++i)
        grown = fresh.at(i).fingerprint == m_tokens.at(i - above).fingerprint;
    if (!grown) {
        beginResetModel();
        m_tokens = std::move(fresh);
        endResetModel();
        return;
    }
    const qsizetype kept = fresh.size() - above;
    if (kept < m_tokens.size()) {
        beginRemoveRows({}, int(kept), int(m_tokens.size()) - 1);
        m_tokens.resize(kept);
        endRemoveRows();
    }
    if (above > 0) {
        beginInsertRows({}, 0, int(above) - 1);
        m_tokens = fresh;
        endInsertRows();
    }
    m_tokens = std::move(fresh);
    tick();
}

void TokenModel::tick()
{
    if (!m_tokens.isEmpty())
        Q_EMIT dataChanged(index(0, State), index(int(m_tokens.size()) - 1, State));
}

UtcMs TokenModel::now() const
{
    return m_run.lab() ? m_run.lab()->now() : 0;
}

const testlab::IssuedToken *TokenModel::token(int row) const
{
    return row >= 0 && row < m_tokens.size() ? &m_tokens.at(row) : nullptr;
}

int TokenModel::rowOf(const QString &fingerprint) const
{
    for (qsizetype row = 0; row < m_tokens.size(); ++row) {
        if (m_tokens.at(row).fingerprint == fingerprint)
            return int(row);
    }
    return -1;
}

int TokenModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_tokens.size());
}

int TokenModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant TokenModel::data(const QModelIndex &index, int role) const
{
    const testlab::IssuedToken *found = index.isValid() ? token(index.row()) : nullptr;
    if (!found)
        return {};
    const StateText state = tokenState(*found, now());
    if (index.column() == State && (role == Qt::DecorationRole || role == Qt::ForegroundRole)) {
        const QColor ink = colorsOf(QGuiApplication::palette()).tone(state.tone).ink;
        if (role == Qt::ForegroundRole)
            return ink;
        return iconPixmap(state.icon, ink, 14, qGuiApp->devicePixelRatio());
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Kind:
        return tokenKindText(found->kind);
    case State:
        return state.word;
    case Client:
        return found->clientId;
    case Fingerprint:
        return found->fingerprint;
    default:
        return {};
    }
}

QVariant TokenModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Kind:
        return tr("Token");
    case State:
        return tr("Good for");
    case Client:
        return tr("Client");
    case Fingerprint:
        return tr("Fingerprint");
    default:
        return {};
    }
}

void TokenModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_tokens.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_tokens.size()) - 1, ColumnCount - 1));
}

} // namespace chatelaine::ui
