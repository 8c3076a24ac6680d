"""All acts, each with its key: what may be done now first, then by step the rest, greyed, with why not."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from console.domain.decision import Decision
from console.domain.flow import Step, row_of
from console.domain.operation import Operation
from console.i18n import _
from console.ui.actions import ACTS, ActAction
from console.ui.case.offer import act_words, allowed, primary, quick, where_possible, why_not
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.widgets import Elided, plain_label, plain_tip
from console.words import STEPS

if TYPE_CHECKING:
    from console.queries.case import CaseCard

_NAME = Qt.ItemDataRole.UserRole
_KEY = Qt.ItemDataRole.UserRole + 1
_WHY = Qt.ItemDataRole.UserRole + 2
_WHERE = Qt.ItemDataRole.UserRole + 3
_ROW, _WITH_REASON, _HEAD = 30, 48, 34
_KEYS = 96
_WORDS = 112
_PADDING = 12

_ANY_STEP = frozenset(
    {
        Operation.WITHDRAW,
        Operation.SUPERVISE,
        Operation.REPLY_SUPERVISION,
        Operation.END_SUPERVISION,
        Operation.URGE,
        Operation.MARK,
        Operation.UNMARK,
        Operation.ATTACH,
        Operation.HAND_OVER,
        Operation.RELOCATE,
    }
)


class MoreActs(QFrame):
    """A page of the side: arrows and Enter, or the act's own key; Escape leaves.

    Signals: left, when it is to be left; chosen(str): the object name of the act that was chosen.
    """

    left = Signal()
    chosen = Signal(str)

    def __init__(self, theme: Theme, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("moreActs")
        self._actions = actions
        self._title = plain_label(name="moreTitle", look="title")
        self._case = Elided()
        self._case.setObjectName("moreCase")
        self._case.setProperty("look", "muted")
        self._leave = QPushButton(self)
        self._leave.setObjectName("moreLeave")
        self._leave.clicked.connect(self.left)
        self._model = QStandardItemModel(self)
        self.list = _List(self)
        self.list.setObjectName("moreList")
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(theme, self.list))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.activated.connect(self._on_activated)
        self.list.clicked.connect(self._on_activated)
        head = QHBoxLayout()
        head.setContentsMargins(*pxs(14, 10, 10, 0))
        head.addWidget(self._title)
        head.addWidget(self._case, 1)
        head.addWidget(self._leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        theme.changed.connect(self.list.viewport().update)

    def show_card(self, card: "CaseCard") -> None:
        """List all acts for the case; the keyboard stays on the act where it was."""
        stood = self.list.currentIndex().data(_NAME)
        self._title.setText(_("全部操作"))
        self._case.setText(card.case.code)
        self._leave.setText(_("返回 Esc"))
        self.list.setAccessibleName(_("全部操作"))
        self._model.clear()
        for words, acts in _groups(card):
            self._model.appendRow(_head(words))
            for act in acts:
                self._model.appendRow(_item(act, card))
        self._stand_on(stood)

    def _stand_on(self, name: str | None) -> None:
        rows = [self._model.item(at) for at in range(self._model.rowCount())]
        usable = [item for item in rows if item.isEnabled()]
        found = next((item for item in usable if item.data(_NAME) == name), usable[0] if usable else None)
        if found is not None:
            self.list.setCurrentIndex(found.index())

    def _on_activated(self, index: QModelIndex) -> None:
        name = index.data(_NAME)
        if name and self._actions[name].isEnabled():
            self.chosen.emit(name)


class _List(QListView):
    """Letters are keys of the acts, not a search."""

    def keyboardSearch(self, search: str) -> None:
        return


class _Delegate(QStyledItemDelegate):
    """Key, words, and under them the reason where there is one; all of it plain text."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        if not index.data(_NAME):
            return QSize(*pxs(120, _HEAD))
        two_lines = index.data(_WHY) and not index.data(_WHERE)
        return QSize(120, px(_WITH_REASON) if two_lines else px(_ROW))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        box: QRect = option.rect
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if not index.data(_NAME):
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(box.adjusted(px(_PADDING), px(8), -px(_PADDING), 0), int(left), words)
            painter.setPen(self._theme.colour("line"))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
            return
        why = str(index.data(_WHY))
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver) and not why:
            painter.fillRect(box, self._theme.colour("accent_ground"))
        if option.state & QStyle.StateFlag.State_Selected and not why:
            painter.fillRect(QRect(box.x(), box.y(), px(3), box.height()), self._theme.colour("accent"))
        line = QRect(box.x() + px(_PADDING), box.y() + 2, box.width() - 2 * px(_PADDING), px(_ROW) - px(4))
        painter.setPen(self._theme.colour("muted" if why else "text"))
        painter.drawText(line.adjusted(0, 0, -px(_KEYS), 0), int(left), words)
        painter.setPen(self._theme.colour("muted"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, int(right), str(index.data(_KEY)))
        where = str(index.data(_WHERE))
        if where:
            room = beside(line, painter.fontMetrics().horizontalAdvance(words))
            shown = painter.fontMetrics().elidedText(where, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(left), shown)
        elif why:
            under = QRect(line.x(), box.y() + px(_ROW) - px(6), line.width(), px(_WITH_REASON) - px(_ROW))
            shown = painter.fontMetrics().elidedText(why, Qt.TextElideMode.ElideRight, under.width())
            painter.drawText(under, int(left), shown)


def beside(line: QRect, name: int) -> QRect:
    """Where it says when an act is possible: in a column of its own, or after a `name` that is longer."""
    return line.adjusted(max(px(_WORDS), name + px(_PADDING)), 0, -px(_KEYS), 0)


def _groups(card: "CaseCard") -> list[tuple[str, list[ActAction]]]:
    """What may be done now, then the others under the step they belong to."""
    first = [act for act in (primary(card), *quick(card)) if act is not None and allowed(act, card)]
    possible = [*first, *(act for act in ACTS if allowed(act, card) and act not in first)]
    by_step: dict[Step, list[ActAction]] = {step: [] for step in Step}
    anywhere: list[ActAction] = []
    for act in ACTS:
        if act in possible:
            continue
        row = None if isinstance(act.operation, Decision) else row_of(act.operation)
        if row is None or row.operation in _ANY_STEP:
            anywhere.append(act)
        else:
            by_step[row.step].append(act)
    named = [(_(STEPS[step]), acts) for step, acts in by_step.items()]
    groups = [(_("现在可做"), possible), *named, (_("各环节"), anywhere)]
    return [(words, acts) for words, acts in groups if acts]


def _head(words: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _item(act: ActAction, card: "CaseCard") -> QStandardItem:
    may = allowed(act, card)
    why = "" if may else why_not(act, card)
    item = QStandardItem(act_words(act, card))
    item.setData(act.name, _NAME)
    item.setData(act.key, _KEY)
    item.setData(why, _WHY)
    item.setData("" if may else where_possible(act, card), _WHERE)
    item.setToolTip(plain_tip(why))
    item.setAccessibleText(" ".join(filter(None, (act.key, item.text(), why))))
    usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    item.setFlags(usable if may else Qt.ItemFlag.NoItemFlags)
    return item
