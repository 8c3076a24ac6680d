"""The list of keys, made from the same tables as the actions."""

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from console.i18n import _
from console.ui.actions import ACTS, WINDOW
from console.ui.widgets import plain_label

_ROW, _REST = 26, 110  # px of a line, and of what stands around the lines


class KeyList(QFrame):
    """An overlay in the window, shown and hidden by F1, left by Escape."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("formPane")
        self.setAccessibleName(_("快捷键"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 18)
        layout.addWidget(plain_label(_("快捷键"), name="caseTitle"))
        layout.addLayout(self._grid)
        entries = [(act.key, act.words) for act in ACTS] + [(item.key, item.words) for item in WINDOW]
        columns = ceil(len(entries) * _ROW / max(_ROW, parent.height() - _REST))
        rows = ceil(len(entries) / columns)
        for at, (key, words) in enumerate(entries):
            column = at // rows * 2
            self._grid.addWidget(
                plain_label(key, name="muted"), at % rows, column, Qt.AlignmentFlag.AlignRight
            )
            self._grid.addWidget(plain_label(_(words)), at % rows, column + 1)
        self.adjustSize()
        self.move((parent.width() - self.width()) // 2, (parent.height() - self.height()) // 2)
        self.show()
        self.raise_()
