"""The overlay of keys: what holds here first, narrowed by typing, made from the tables of the actions."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from console.i18n import _
from console.ui.actions import PanelKeys
from console.ui.key_sheet import KeyLine, panel_of, sheet
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.widgets import plain_label, plain_tip

if TYPE_CHECKING:
    from console.queries.case import CaseCard

_LINE = Qt.ItemDataRole.UserRole
_ROW, _COLUMN, _NARROWEST, _KEY = 21, 316, 250, 112
_MARGIN = 24


class Keys(QObject):
    """`show_keys` is the window's action of that name; `card` gives the shown case."""

    def __init__(self, window: QWidget, theme: Theme, card: "Callable[[], CaseCard | None]") -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._card = card
        self._back: QWidget | None = None
        self.shown: KeyOverlay | None = None

    def show_keys(self) -> None:
        """Show the keys, or take them away."""
        if self.leave():
            return
        self._back = QApplication.focusWidget()
        self.shown = KeyOverlay(self._theme, panel_of(self._back), self._card(), self._window)
        self.shown.left.connect(self.leave)

    def leave(self) -> bool:
        """Take them away, and give the keyboard back; False where they are not there."""
        if self.shown is None:
            return False
        self.shown.hide()
        self.shown.deleteLater()
        self.shown = None
        if self._back is not None and isValid(self._back):
            self._back.setFocus()
        return True


class KeyOverlay(QFrame):
    """Columns of keys over the whole window; the keyboard is in the field that narrows them.

    Signals: left, when it is to go.
    """

    left = Signal()

    def __init__(
        self, theme: Theme, here: PanelKeys | None, card: "CaseCard | None", parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("keysOverlay")
        self.setAccessibleName(_("快捷键"))
        self._here = here
        self._card = card
        self.asked = _Asked(self)
        self.asked.setObjectName("keysAsked")
        self.asked.setPlaceholderText(_("输入按键、名称或拼音"))
        self.asked.setAccessibleName(_("查找快捷键"))
        self.asked.setMaximumWidth(px(320))
        self.asked.setMaxLength(40)
        self._model = QStandardItemModel(self)
        self.list = QListView(self)
        self.list.setObjectName("keysList")
        self.list.setAccessibleName(_("快捷键"))
        self.list.setModel(self._model)
        self._delegate = _Delegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setFlow(QListView.Flow.TopToBottom)
        self.list.setWrapping(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.addWidget(plain_label(_("快捷键"), name="keysTitle", look="title"))
        head.addSpacing(px(16))
        head.addWidget(self.asked, 1)
        head.addStretch(1)
        head.addWidget(plain_label(_("Esc 关闭"), name="keysLeave", look="muted"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(20, 14, 20, 14))
        layout.setSpacing(px(10))
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        self.asked.textChanged.connect(self._fill)
        self.asked.left.connect(self.left)
        margin = px(_MARGIN)
        self.setGeometry(parent.rect().adjusted(margin, margin, -margin, -margin))
        self._fill("")
        self.show()
        self._fit()
        self.raise_()
        self.asked.setFocus()

    @property
    def lines(self) -> list[KeyLine]:
        return [self._model.item(at).data(_LINE) for at in range(self._model.rowCount())]

    def _fill(self, asked: str) -> None:
        self._model.clear()
        for line in sheet(self._here, self._card, asked):
            item = QStandardItem(line.words)
            item.setData(line, _LINE)
            item.setToolTip(plain_tip(line.words))
            item.setAccessibleText(f"{line.key} {line.words}".strip())
            self._model.appendRow(item)
        self._fit()

    def _fit(self) -> None:
        """Columns side by side where all of them have room, else one that scrolls down: never sideways."""
        room = self.list.viewport().size()
        columns = -(-self._model.rowCount() // max(1, room.height() // px(_ROW)))
        column = min(px(_COLUMN), room.width() // max(1, columns))
        beside = column >= px(_NARROWEST)
        self._delegate.column = column if beside else room.width()
        self.list.setWrapping(beside)
        self.list.scheduleDelayedItemsLayout()


class _Asked(QLineEdit):
    """Escape leaves, and the key that showed the keys, while nothing is typed.

    Signals: left.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or (event.text() == "?" and not self.text()):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """Heads in the accent, keys to the right of their column, words beside; muted what cannot be done now."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.column = px(_COLUMN)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self.column, px(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: KeyLine = index.data(_LINE)
        box: QRect = option.rect
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        words = box.adjusted(px(_KEY) + px(12), 0, -px(8), 0)
        if line.head:
            painter.setPen(self._theme.colour("accent"))
            painter.drawText(words, left, line.words)
            return
        key = QRect(box.x(), box.y(), px(_KEY), box.height())
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(key, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), line.key)
        painter.setPen(self._theme.colour("text" if line.usable else "muted"))
        shown = painter.fontMetrics().elidedText(line.words, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, left, shown)
