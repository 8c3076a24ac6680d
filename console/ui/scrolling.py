"""A page that fills its room, and scrolls in it where the zoom leaves it too little."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolling(page: QWidget, *, sideways: bool = False) -> QScrollArea:
    """The room around a page; `sideways`: it may be too wide as well."""
    room = QScrollArea()
    room.setWidgetResizable(True)
    room.setFrameShape(QFrame.Shape.NoFrame)
    room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not sideways:
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    room.setWidget(page)
    page.setAutoFillBackground(False)  # which Qt has just switched on: the room's own ground shows
    return room
