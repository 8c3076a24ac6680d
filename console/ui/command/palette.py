"""What lies under the command line: the meaning of what is typed, and how it may go on."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.command.offer import Offer
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.widgets import plain_label, plain_tip

_OFFER = Qt.ItemDataRole.UserRole
_ROW, _PADDING, _KIND, _KEY = 30, 12, 84, 120
_LEAST_WIDTH, _MOST_WIDTH = 560, 760


class Palette(QFrame):
    """A part of the window, so that the keyboard stays in the line; the list is walked by the line's keys.

    Signals: picked(Offer), by a click.
    """

    picked = Signal(object)

    def __init__(self, theme: Theme, line: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("commandPalette")
        self._line = line
        self._meaning = plain_label(name="commandMeaning", wraps=True)
        self._count = plain_label(name="commandCount", wraps=True)
        self._hint = plain_label(name="commandHint", look="muted")
        self._model = QStandardItemModel(self)
        self.list = QListView(self)
        self.list.setObjectName("commandList")
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(theme, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self.picked.emit(index.data(_OFFER)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(0, 10, 0, 8))
        layout.setSpacing(px(6))
        for label in (self._meaning, self._count):
            label.setContentsMargins(*pxs(_PADDING, 0, _PADDING, 0))
            layout.addWidget(label)
        layout.addWidget(self.list)
        self._hint.setContentsMargins(*pxs(_PADDING, 0, _PADDING, 0))
        layout.addWidget(self._hint)
        theme.changed.connect(self.list.viewport().update)
        self.show_words()
        self.hide()

    @property
    def current(self) -> Offer | None:
        """What is chosen in the list; nothing until Down was pressed."""
        offer = self.list.currentIndex().data(_OFFER)
        return offer if isinstance(offer, Offer) else None

    @property
    def first(self) -> Offer | None:
        offer = self._model.index(0, 0).data(_OFFER)
        return offer if isinstance(offer, Offer) else None

    @property
    def words(self) -> str:
        """What it says of the line, as one text."""
        return " · ".join(one.text() for one in (self._meaning, self._count) if one.text())

    def show_words(self) -> None:
        self.list.setAccessibleName(_("可选的命令"))
        self._hint.setText(_("↑↓ 选择   Tab 补全   Enter 执行   Esc 关闭"))

    def show_offers(self, found: Sequence[Offer]) -> None:
        self._model.clear()
        for offer in found:
            item = QStandardItem(offer.words)
            item.setData(offer, _OFFER)
            item.setToolTip(plain_tip(offer.why_not))
            item.setAccessibleText(
                " ".join(filter(None, (offer.kind, offer.words, offer.key, offer.why_not)))
            )
            self._model.appendRow(item)
        self.list.setVisible(bool(found))
        self._fit()

    def show_meaning(self, meaning: str, count: str = "", lamp: Lamp = Lamp.NONE) -> None:
        """What the line would do, and on how many; the lamp says whether it can."""
        self._meaning.setProperty("lamp", lamp.value)
        self._meaning.style().polish(self._meaning)
        self._meaning.setText(meaning)
        self._meaning.setVisible(bool(meaning))
        self._count.setText(count)
        self._count.setVisible(bool(count))
        self._line.setAccessibleDescription(self.words)
        self._fit()

    def step(self, by: int) -> None:
        """Choose the next or the last offer; before the first is the line itself."""
        last = self._model.rowCount() - 1
        to = min(last, self.list.currentIndex().row() + by)
        self.list.setCurrentIndex(self._model.index(to, 0) if to >= 0 else QModelIndex())
        offer = self.current
        if offer is not None:
            said = " ".join(filter(None, (offer.kind, offer.words, offer.key, offer.why_not)))
            self._line.setAccessibleDescription(said)

    def open(self) -> None:
        self._fit()
        self.show()
        self.raise_()

    def _fit(self) -> None:
        """Under the line, as wide as it or wider, and as high as what it says."""
        window = self.parentWidget()
        assert window is not None
        width = min(max(self._line.width(), px(_LEAST_WIDTH)), px(_MOST_WIDTH), window.width() - px(16))
        self.list.setFixedHeight(self._model.rowCount() * px(_ROW))
        place = self._line.mapTo(window, QPoint(0, self._line.height() + px(6)))
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(min(place.x(), window.width() - width - px(8)), place.y())


class _Delegate(QStyledItemDelegate):
    """Kind, words, key; a greyed one has its reason behind it. All of it plain text."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(120), px(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        offer = index.data(_OFFER)
        if not isinstance(offer, Offer):
            return
        box: QRect = option.rect
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(box, self._theme.colour("accent_ground"))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QRect(box.x(), box.y(), px(3), box.height()), self._theme.colour("accent"))
        line = box.adjusted(px(_PADDING), 0, -px(_PADDING), 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(line, int(left), offer.kind)
        painter.drawText(line, int(right), offer.key)
        words = line.adjusted(px(_KIND), 0, -px(_KEY) if offer.key else 0, 0)
        text = f"{offer.words}  {offer.why_not}" if offer.why_not else offer.words
        painter.setPen(self._theme.colour("muted" if offer.why_not else "text"))
        shown = painter.fontMetrics().elidedText(
            " ".join(text.split()), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, int(left), shown)
