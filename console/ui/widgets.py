"""Small shared pieces: text that ends in dots instead of being clipped, a titled line of facts."""

from collections.abc import Callable
from html import escape
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSizePolicy, QToolButton, QWidget

from console.ui.scale import px


class Elided(QLabel):
    """A label that shows plain text only, shortened with dots where there is no room."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(40), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        room = self.contentsRect()
        flat = " ".join(self.text().split())[:1000]
        shown = QFontMetrics(self.font()).elidedText(flat, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


class Painted(QLabel):
    """What paints itself and is told by its accessible name: a text to a screen reader, not a mere room."""

    def minimumSizeHint(self) -> QSize:
        return QSize()  # its own size hint says; that of a label without text is one line


def plain_label(text: str = "", *, name: str = "", look: str = "", wraps: bool = False) -> QLabel:
    """A label that never reads its text as markup, whatever a citizen wrote.

    `name` says what it is; `look` (title, section, strong, muted, news, warning) how it is drawn.
    """
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wraps)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if name:
        label.setObjectName(name)
    if look:
        label.setProperty("look", look)
    return label


def plain_tip(text: str) -> str:
    """A tooltip that reads as it was written: Qt takes for markup whatever looks like it."""
    return f'<div style="white-space: pre-wrap">{escape(text)}</div>' if text else ""


def plain_button(text: str) -> str:
    """The text of a button as it was written: a single ampersand would underline the letter after it."""
    return text.replace("&", "&&")


def push_button(
    parent: QWidget, name: str, run: Callable[[], object] | None = None, words: str = ""
) -> QPushButton:
    """A button of that object name, its words as they were written; pressed it calls `run`."""
    button = QPushButton(plain_button(words), parent)
    button.setObjectName(name)
    if run is not None:
        button.clicked.connect(lambda _checked=False: run())
    return button


def name_clear_button(line: QLineEdit, words: str) -> None:
    """Name the button inside a field that empties it; Qt gives it a picture alone."""
    button = line.findChild(QToolButton)
    if button is not None:
        button.setAccessibleName(words)


def tab_order(*widgets: QWidget) -> None:
    """Let Tab walk in this order; without it the order is that in which parents were given."""
    for one, following in pairwise(widgets):
        QWidget.setTabOrder(one, following)
