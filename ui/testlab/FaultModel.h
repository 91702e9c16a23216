// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/Faults.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace chatelaine::ui {

class LabRun;

/// The faults under their groups' names, those alone that a search finds. A fault's check box is
/// whether it is on.
class FaultModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NameRole = Qt::UserRole, ///< "no-s256"; none for a group's name
    };

    explicit FaultModel(LabRun &run, QObject *parent = nullptr);

    /// Parts of the name or the sentence, in any case.
    void setSearch(const QString &text);
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        testlab::FaultGroup group;
        const testlab::FaultText *fault = nullptr; ///< null: the group's name
    };
    void fill();

    LabRun &m_run;
    QString m_search;
    QList<Row> m_rows;
};

/// A fault with its box, its sentence and its name; a click anywhere switches it.
class FaultDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;
};

} // namespace chatelaine::ui
