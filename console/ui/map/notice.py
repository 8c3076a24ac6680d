"""What stands in the map's place while there is no map: a sentence, and a way to try again."""

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from console.i18n import _


class MapNotice(QWidget):
    """A sentence in the middle of an empty panel, with a button where trying again can help.

    Signals:
        retry: the user wants another try.
    """

    retry = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapNotice")
        self.setAutoFillBackground(True)
        self._sentence = QLabel(self)
        self._sentence.setObjectName("mapNoticeText")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setWordWrap(True)
        self._again = QPushButton(self)
        self._again.setObjectName("mapRetry")
        self._again.clicked.connect(self.retry)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self._sentence)
        layout.addWidget(self._again, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self._margins = layout.contentsMargins()

    def keep_clear(self, pixels: int) -> None:
        """Stay in the middle of what is left of the panel where something lies over its right side."""
        margins = QMargins(self._margins)
        margins.setRight(margins.right() + pixels)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(margins)

    def say(self, sentence: str, *, can_retry: bool = False) -> None:
        """Show `sentence`, which a screen reader also finds as the name of this part."""
        self._sentence.setText(sentence)
        self._sentence.setAccessibleName(sentence)
        self._again.setText(_("重新载入地图"))
        self._again.setAccessibleName(self._again.text())
        self._again.setVisible(can_retry)
        self.show()
        self.raise_()
