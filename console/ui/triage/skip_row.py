"""Why a case is passed over: a reason by its number, or in words."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.domain.skip import SkipReason
from console.i18n import _
from console.ui.scale import px, pxs
from console.ui.widgets import plain_label
from console.words.skips import SKIP_REASONS

_IN_A_ROW = 3
_LISTED = tuple(reason for reason in SkipReason if reason is not SkipReason.OTHER)


class SkipRow(QFrame):
    """Signals: chosen(SkipReason, str); left."""

    chosen = Signal(object, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("skipPane")
        self.setProperty("pane", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = plain_label(name="skipTitle", look="section")
        self._buttons: list[QPushButton] = []
        grid = QGridLayout()
        grid.setSpacing(px(6))
        for at, reason in enumerate(SkipReason):
            button = QPushButton(self)
            button.setObjectName(f"skip_{reason.value}")
            button.clicked.connect(lambda _checked=False, one=reason: self._choose(one))
            grid.addWidget(button, at // _IN_A_ROW, at % _IN_A_ROW)
            self._buttons.append(button)
        self.words = QLineEdit(self)
        self.words.setObjectName("skipWords")
        self.words.returnPressed.connect(lambda: self._choose(SkipReason.OTHER))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(10, 8, 10, 10))
        layout.setSpacing(px(6))
        layout.addWidget(self._title)
        layout.addLayout(grid)
        layout.addWidget(self.words)

    def begin(self) -> None:
        self.words.clear()
        self.words.hide()
        self.show()
        self.setFocus()

    def show_words(self) -> None:
        self._title.setText(_("为什么跳过?30 分钟后再来,别的席位随时可办"))
        self.setAccessibleName(_("跳过的理由"))
        self.words.setAccessibleName(_("跳过的理由"))
        self.words.setPlaceholderText(_("写明理由,Enter 确认"))
        for number, (button, reason) in enumerate(zip(self._buttons, SkipReason, strict=True), 1):
            button.setText(f"{number}  {_(SKIP_REASONS[reason])}")
            button.setAccessibleName(button.text())

    def event(self, event: QEvent) -> bool:
        """The numbers are reasons here, whatever act has them as its key elsewhere."""
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and _number(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = _number(event)
        if number:
            self._choose(list(SkipReason)[number - 1])
        else:
            super().keyPressEvent(event)

    def _choose(self, reason: SkipReason) -> None:
        words = self.words.text().strip()
        if reason is SkipReason.OTHER and not words:
            self.words.show()
            self.words.setFocus()
        else:
            self.chosen.emit(reason, words if reason is SkipReason.OTHER else "")


def _number(event: QKeyEvent) -> int:
    """Which reason a key stands for, 0 where none."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return 0
    number = event.key() - int(Qt.Key.Key_0)
    return number if 1 <= number <= len(_LISTED) + 1 else 0
