"""A page that fills its room, and scrolls in it where the zoom leaves it too little."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from console.ui.scale import px

_LEAST = 84  # of what yields: a field and its name are always seen


def scrolling(page: QWidget, *, sideways: bool = False) -> QScrollArea:
    """The room around a page; `sideways`: it may be too wide as well."""
    return _around(QScrollArea(), page, sideways=sideways)


def yielding(part: QWidget) -> QScrollArea:
    """The room around a part that takes just what it needs, and scrolls where there is less."""
    return _around(_Yielding(), part, sideways=False)


class _Yielding(QScrollArea):
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


def _around(room: QScrollArea, page: QWidget, *, sideways: bool) -> QScrollArea:
    room.setWidgetResizable(True)
    room.setFrameShape(QFrame.Shape.NoFrame)
    room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not sideways:
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    room.setWidget(page)
    if page.objectName():
        room.setObjectName(f"{page.objectName()}Room")
    page.setAutoFillBackground(False)  # which Qt has just switched on: the room's own ground shows
    return room
