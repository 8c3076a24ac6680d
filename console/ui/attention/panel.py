"""The alarm panel: every line, acknowledged ones too; what is done with one; and the page of the sounds."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.alarms import SHELVES, Alarm
from console.domain.attention import OF_CASES
from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.flow_layout import FlowRow
from console.ui.marks import ROLES, draw_mark
from console.ui.scale import px, pxs
from console.ui.scrolling import scrolling
from console.ui.theme import Theme
from console.ui.widgets import plain_button, plain_label
from console.words import clock_time
from console.words.alarms import alarm_words, places_words

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_HEIGHT = 50


class AlarmModel(QAbstractListModel):
    """The lines as they stand; `place` names a place by its code."""

    def __init__(self, place: Callable[[str], str], zone: ZoneInfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Alarm] = ()
        self._place = place
        self._zone = zone
        self._now: datetime | None = None

    def show_lines(self, lines: Sequence[Alarm], now: datetime) -> None:
        self.beginResetModel()
        self.lines, self._now = lines, now
        self.endResetModel()

    def upper(self, line: Alarm) -> str:
        return alarm_words(line, self._place)

    def lower(self, line: Alarm) -> str:
        """When it began and where, and what became of it."""
        assert self._now is not None
        told = [clock_time(line.first_at, self._zone, self._now), places_words(line, self._place)]
        if line.shelved_until is not None:
            until = clock_time(line.shelved_until, self._zone, self._now)
            told.append(_("搁置至 {until}").format(until=until))
        elif line.seen_at is not None:
            told.append(_("已确认"))
        return " · ".join(filter(None, told))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        line = self.lines[index.row()]
        grave = _("紧急警报") if line.grave and line.waiting else ""
        return " · ".join(filter(None, (grave, self.upper(line), self.lower(line))))


class AlarmDelegate(QStyledItemDelegate):
    """A mark, what happened, and under it when and where; what is acknowledged is quiet."""

    def __init__(self, model: AlarmModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(200), px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        line = self._model.lines[index.row()]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._theme.colour("accent_ground"))
            painter.fillRect(QRect(box.x(), box.y(), px(3), box.height()), self._theme.colour("accent"))
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        lamp = Lamp.NONE if not line.waiting else Lamp.LATE if line.grave else Lamp.SOON
        mark = QRectF(box.x() + px(12), box.y() + px(8), px(16), px(16))
        draw_mark(painter, mark, lamp, self._theme.colour(ROLES[lamp]))
        font = QFont(option.font)
        font.setWeight(QFont.Weight.Medium if line.waiting else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text" if line.waiting else "muted"))
        upper = QRect(box.x() + px(38), box.y() + px(6), box.width() - px(50), px(20))
        self._draw(painter, upper, self._model.upper(line))
        painter.setFont(option.font)
        painter.setPen(self._theme.colour("muted"))
        self._draw(painter, upper.translated(0, px(20)), self._model.lower(line))
        painter.restore()

    def _draw(self, painter: QPainter, box: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)


class AlarmList(QListView):
    """Signals: done(str): what a key of the list asks for, by the name of its button."""

    done = Signal(str)
    _KEYS = (
        (Qt.Key.Key_Return, "go"),
        (Qt.Key.Key_Enter, "go"),
        (Qt.Key.Key_Space, "acknowledge"),
        (Qt.Key.Key_1, "shelve_0"),
        (Qt.Key.Key_6, "shelve_1"),
    )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for key, name in self._KEYS:
            if event.key() == key and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.done.emit(name)
                return
        super().keyPressEvent(event)


class AlarmPanel(QFrame):
    """Signals: go_wished(Alarm), acknowledged(Alarm), shelved(Alarm, timedelta), left."""

    go_wished = Signal(object)
    acknowledged = Signal(object)
    shelved = Signal(object, object)
    left = Signal()

    def __init__(self, theme: Theme, place: Callable[[str], str], zone: ZoneInfo, sounds: QWidget) -> None:
        super().__init__()
        self.setObjectName("alarmPanel")
        self.setProperty("layer", True)
        self.setAccessibleName(_("警报"))
        self.model = AlarmModel(place, zone, self)
        self.list = AlarmList(self)
        self.list.setObjectName("alarmList")
        self.list.setAccessibleName(_("警报"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(AlarmDelegate(self.model, theme, self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.done.connect(self._do)
        self.list.doubleClicked.connect(lambda _index: self._do("go"))
        self._empty = plain_label(
            _("没有警报。\n紧急案件、超期、申请等在此提醒。"), name="alarmEmpty", look="muted", wraps=True
        )
        self._sounds = QToolButton(self)
        self._sounds.setObjectName("alarmSounds")
        self._sounds.setCheckable(True)
        self._sounds.setText(_("提醒与声音"))
        self._sounds.setAccessibleName(self._sounds.text())
        self._close = QToolButton(self)
        self._close.setObjectName("alarmClose")
        self._close.setProperty("quiet", True)
        self._close.setText(_("关闭 Esc"))
        self._close.setAccessibleName(self._close.text())
        self._close.clicked.connect(self.left)
        self._buttons = [
            self._button(name, text)
            for name, text in (
                ("go", _("查看案件 回车")),
                ("acknowledge", _("确认 空格")),
                ("shelve_0", _("搁置 15 分 1")),
                ("shelve_1", _("搁置 60 分 6")),
            )
        ]
        head = QHBoxLayout()
        head.addWidget(plain_label(_("警报"), name="alarmTitle", look="title"))
        head.addStretch(1)
        head.addWidget(self._sounds)
        head.addWidget(self._close)
        foot = FlowRow(self)
        for button in self._buttons:
            foot.add(button)
        lines = QWidget(self)
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.list, 1)
        column.addWidget(self._empty)
        column.addStretch(1)
        column.addWidget(foot)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(lines)
        self._stack.addWidget(scrolling(sounds))
        self._sounds.toggled.connect(lambda on: self._turn(1 if on else 0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(14, 12, 14, 12))
        layout.setSpacing(px(8))
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)

    def show_lines(self, lines: Sequence[Alarm], now: datetime) -> None:
        """The chosen line stays chosen."""
        chosen = self._chosen()
        self.model.show_lines(lines, now)
        self.list.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        place = next((at for at, line in enumerate(lines) if chosen and line.number == chosen.number), 0)
        if lines:
            self.list.setCurrentIndex(self.model.index(place))
        for button in self._buttons:
            button.setEnabled(bool(lines))

    def take_keyboard(self) -> None:
        self.list.setFocus()

    def _turn(self, page: int) -> None:
        self._stack.setCurrentIndex(page)
        if page == 0:
            self.take_keyboard()

    def _chosen(self) -> Alarm | None:
        index = self.list.currentIndex()
        return self.model.lines[index.row()] if index.isValid() else None

    def _do(self, name: str) -> None:
        line = self._chosen()
        if line is None:
            return
        if name == "go" and line.event in OF_CASES:
            self.go_wished.emit(line)
        elif name == "acknowledge":
            self.acknowledged.emit(line)
        elif name.startswith("shelve"):
            self.shelved.emit(line, SHELVES[int(name[-1])])

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(plain_button(text), self)
        button.setObjectName(f"alarm_{name}")
        button.setAccessibleName(text)
        button.clicked.connect(lambda: self._do(name))
        return button
