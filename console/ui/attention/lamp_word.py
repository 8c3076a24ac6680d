"""A lamp with its word, and a sentence for hints and screen readers."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from console.domain.lamp import Lamp
from console.ui.announcing import announce
from console.ui.marks import mark_picture
from console.ui.scale import px
from console.ui.theme import Theme
from console.ui.widgets import plain_label

_MARK = 14


class LampWord(QWidget):
    """Shape and colour say how it is, the word what it is about."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}State")
        self._theme = theme
        self._lamp = Lamp.NONE
        self._mark = QLabel(self)
        self._mark.setObjectName(f"{name}Mark")
        self._word = plain_label(name=name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        layout.addWidget(self._mark)
        layout.addWidget(self._word)
        theme.changed.connect(self._paint)

    def show_state(self, lamp: Lamp, word: str, whole: str) -> None:
        """`whole` is the sentence; an empty `word` leaves the mark alone."""
        self._word.setVisible(bool(word))
        if lamp is not self._lamp is not Lamp.NONE:  # not what it begins with
            announce(self._mark, whole, grave=lamp is Lamp.LATE)
        if (lamp, word) != (self._lamp, self._word.text()):
            self._lamp = lamp
            self._word.setText(word)
            self._paint()
        if whole != self.accessibleName():
            self.setAccessibleName(whole)
            self._mark.setAccessibleName(whole)  # what a reader comes to; the rest only holds it
            self.setToolTip(whole)

    def _paint(self) -> None:
        self._mark.setPixmap(mark_picture(self._lamp, self._theme, _MARK, self.devicePixelRatioF()))
