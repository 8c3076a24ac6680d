"""A page that fills its room, and scrolls in it where the zoom leaves it too little."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget
from shiboken6 import isValid

from console.ui.scale import px

_LEAST = 84  # of what yields: a field and its name are always seen


class Room(QScrollArea):
    """A scroll area whose bars are its own, beside Qt's, which never show.

    Qt counts its bars among the children that a screen reader may ask for while they show, and reads past
    the end of its list when one is asked for that has just been hidden: the program ended (Qt 6.11).
    """

    def __init__(self, parent: QWidget | None = None, *, sideways: bool = False) -> None:
        super().__init__(parent)
        self._placing = False
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._down = self._bar(Qt.Orientation.Vertical, self.verticalScrollBar())
        self._across = self._bar(Qt.Orientation.Horizontal, self.horizontalScrollBar()) if sideways else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _bar(self, orientation: Qt.Orientation, of: QScrollBar) -> QScrollBar:
        bar = QScrollBar(orientation, self)
        bar.hide()
        bar.valueChanged.connect(of.setValue)
        of.valueChanged.connect(bar.setValue)
        of.rangeChanged.connect(partial(self._follow, bar, of))
        return bar

    def _follow(self, bar: QScrollBar, of: QScrollBar, least: int, most: int) -> None:
        if not (isValid(of) and isValid(bar)):
            return  # the room is being taken down, and Qt still does its sums
        bar.setRange(least, most)
        bar.setPageStep(of.pageStep())
        bar.setSingleStep(of.singleStep())
        bar.setValue(of.value())
        needed = most > least
        # A page may need the bar only while it is hidden: one that came while making room stays.
        if bar.isHidden() if needed else not (bar.isHidden() or self._placing):
            bar.setVisible(needed)
            self._place()

    def _place(self) -> None:
        outer, self._placing = self._placing, True
        try:
            self._make_room()
        finally:
            self._placing = outer

    def _make_room(self) -> None:
        wide = 0 if self._down.isHidden() else self._down.sizeHint().width()
        high = 0 if self._across is None or self._across.isHidden() else self._across.sizeHint().height()
        self.setViewportMargins(0, 0, wide, high)
        inside = self.contentsRect()
        self._down.setGeometry(inside.right() - wide + 1, inside.top(), wide, inside.height() - high)
        if self._across is not None:
            self._across.setGeometry(inside.left(), inside.bottom() - high + 1, inside.width() - wide, high)


def scrolling(page: QWidget, *, sideways: bool = False) -> QScrollArea:
    """The room around a page; `sideways`: it may be too wide as well."""
    return _around(Room(sideways=sideways), page)


def yielding(part: QWidget) -> QScrollArea:
    """The room around a part that takes just what it needs, and scrolls where there is less."""
    return _around(_Yielding(), part)


class _Yielding(Room):
    """As high as what is in it at this width, down to a field where others need the room."""

    def sizeHint(self) -> QSize:
        inner = self.widget()
        assert inner is not None
        width = self.viewport().width()
        tall = inner.heightForWidth(width) if inner.hasHeightForWidth() else inner.sizeHint().height()
        return QSize(inner.sizeHint().width(), tall)

    def minimumSizeHint(self) -> QSize:
        inner = self.widget()
        assert inner is not None
        return QSize(inner.minimumSizeHint().width(), min(px(_LEAST), self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _around(room: QScrollArea, page: QWidget) -> QScrollArea:
    room.setWidgetResizable(True)
    room.setFrameShape(QFrame.Shape.NoFrame)
    room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    room.setWidget(page)
    if page.objectName():
        room.setObjectName(f"{page.objectName()}Room")
    page.setAutoFillBackground(False)  # which Qt has just switched on: the room's own ground shows
    return room
