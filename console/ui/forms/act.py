"""The docked form of an act: what it asks, what is missing, and what became of the case meanwhile."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from console.i18n import _
from console.ui.announcing import announce
from console.ui.forms.field import Asked
from console.ui.forms.table import FIELDS
from console.ui.scale import px, pxs
from console.ui.scrolling import yielding
from console.ui.widgets import plain_label, tab_order

if TYPE_CHECKING:
    from console.services.steps import Told

_BUTTON_PADDING = 26
_BESIDE_CONFIRM = 34  # margins of the form and the gap between its buttons


class ActForm(QFrame):
    """Ctrl+Enter confirms, Escape leaves. A refused act leaves it open with everything that was typed.

    Signals: told(Told) when it was filled in and confirmed; cancelled.
    """

    told = Signal(object)
    cancelled = Signal()

    def __init__(self, title: str, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formPane")
        self.setProperty("pane", True)
        self.setAccessibleName(title)
        self.action = asked.action
        self.case_id = asked.card.case.id
        self.seen = asked.card.case.version
        self._fields = [FIELDS[ask](asked) for ask in asked.action.asks]
        for field in self._fields:
            field.tell_need()
        self.news = plain_label(name="formNews", look="news", wraps=True)
        self.news.hide()
        self.problem = plain_label(name="formProblem", look="warning", wraps=True)
        self.problem.hide()
        self._title = title
        self.confirm = QPushButton(f"{title}  Ctrl+Enter", self)
        self.confirm.setObjectName("formConfirm")
        self.confirm.setAccessibleName(self.confirm.text())
        self.confirm.setToolTip(self.confirm.text())
        self.confirm.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.confirm.setProperty("primary", True)
        self.confirm.clicked.connect(self._on_confirm)
        leave = self._leave = QPushButton(_("返回 Esc"), self)
        leave.setObjectName("formCancel")
        leave.clicked.connect(self.cancelled)
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm, 1)
        buttons.addWidget(leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(12, 10, 12, 12))
        layout.setSpacing(px(8))
        layout.addWidget(plain_label(title, name="formTitle", look="title"))
        fields = QWidget()
        fields.setObjectName("formFields")
        column = QVBoxLayout(fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for field in self._fields:
            column.addWidget(field)
        layout.addWidget(yielding(fields))
        layout.addWidget(self.news)
        layout.addWidget(self.problem)
        layout.addLayout(buttons)
        parts = [part for field in self._fields for part in field.parts]
        self.first = parts[0]
        tab_order(*parts, self.confirm, leave)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(
                QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(self._on_confirm)

    def show_problem(self, text: str) -> None:
        """Say why it was not done, or what is missing; empty says nothing."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        announce(self, text, grave=True)

    def show_news(self, news: str, seen: int, why_not: str) -> None:
        """What others did to the case meanwhile; from now on the act is meant for version `seen` of it.

        `why_not` says why the act is no longer possible, empty where it still is.
        """
        self.seen = seen
        self.news.setText(news)
        self.news.setVisible(bool(news))
        announce(self, news)
        self.confirm.setEnabled(not why_not)
        self.show_problem(why_not)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The key goes before a letter of the words is cut off."""
        super().resizeEvent(event)
        whole = f"{self._title}  Ctrl+Enter"
        needed = self.confirm.fontMetrics().horizontalAdvance(whole) + px(_BUTTON_PADDING)
        room = event.size().width() - self._leave.sizeHint().width() - _BESIDE_CONFIRM
        self.confirm.setText(whole if needed <= room else self._title)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Put files where the form takes photos."""
        for field in self._fields:
            field.take_files(paths)

    def _on_confirm(self) -> None:
        if not self.confirm.isEnabled():
            return
        missing = [(field, field.missing()) for field in self._fields]
        for field, words in missing:
            field.show_fault(words)
        first = next((one for one in missing if one[1]), None)
        self.show_problem(first[1] if first else "")
        if first is None:
            self.told.emit(self._answer())
        else:
            first[0].asked_of[0].setFocus()

    def _answer(self) -> "Told":
        from console.services.steps import Told

        told: dict[str, Any] = {}
        for field in self._fields:
            told |= field.told()
        return Told(**told)
