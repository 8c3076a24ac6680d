"""The list of keys, made from the same tables as the actions."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.i18n import _
from console.ui.actions import ACTS, WINDOW
from console.ui.scale import px, pxs
from console.ui.widgets import plain_label

_ROWS = 21  # as many as a screen of 768 px holds

Entries = list[tuple[str, str]]


class Keys(QObject):
    """`show_keys` is the window's action of that name."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: KeyList | None = None

    def show_keys(self) -> None:
        """Show the keys, or take them away."""
        if not self.leave():
            self._shown = KeyList(self._window)

    def leave(self) -> bool:
        """Take them away; False where they are not there."""
        if self._shown is None:
            return False
        self._shown.deleteLater()
        self._shown = None
        return True


class KeyList(QFrame):
    """An overlay in the window, shown and hidden by F1, left by Escape: the window's keys, then the acts'."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("formPane")
        self.setAccessibleName(_("快捷键"))
        columns = QHBoxLayout()
        columns.setSpacing(px(28))
        for title, entries in (
            (_("窗口"), [(item.key, item.words) for item in WINDOW]),
            (_("案件操作"), [(act.key, act.words) for act in ACTS]),
        ):
            for first in range(0, len(entries), _ROWS):
                columns.addLayout(_column("" if first else title, entries[first : first + _ROWS]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(24, 16, 24, 16))
        layout.setSpacing(px(10))
        layout.addWidget(plain_label(_("快捷键"), name="caseTitle"))
        layout.addLayout(columns)
        self.adjustSize()
        self.move((parent.width() - self.width()) // 2, (parent.height() - self.height()) // 2)
        self.show()
        self.raise_()


def _column(title: str, entries: Entries) -> QGridLayout:
    """Two labels for all of it: one for each key took 170 ms to make."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(14))
    grid.setVerticalSpacing(px(8))
    grid.addWidget(plain_label(title, name="sectionTitle"), 0, 1)
    keys = plain_label("\n".join(key for key, _words in entries), name="muted")
    keys.setAlignment(Qt.AlignmentFlag.AlignRight)
    grid.addWidget(keys, 1, 0, Qt.AlignmentFlag.AlignTop)
    words = plain_label("\n".join(_(words) for _key, words in entries))
    grid.addWidget(words, 1, 1, Qt.AlignmentFlag.AlignTop)
    grid.setRowStretch(2, 1)
    return grid
