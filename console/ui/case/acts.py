"""The buttons of the acts: one big with its consequence on it, few quiet ones, and the way to all others."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from console.i18n import _
from console.ui.actions import ActAction
from console.ui.case.offer import (
    QUICK,
    act_words,
    allowed,
    consequence,
    for_many,
    primary,
    quick,
    why_not,
)
from console.ui.naming import tell
from console.ui.scale import px
from console.ui.widgets import plain_button, plain_label, plain_tip

if TYPE_CHECKING:
    from console.queries.case import CaseCard

_PRIMARY_PX = 15  # as in resources/style/console.qss
_QUICK_PADDING = 24
_PRIMARY_PADDING = 36


class ActButtons(QWidget):
    """What may be done next with the shown case; a click triggers the window's own QAction.

    Where this seat may not take the next step, the big button is greyed and the reason stands under it.
    """

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caseActs")
        self._actions = actions
        self._shown: tuple[tuple[str, str, str], bool] | None = None
        self._primary_act: ActAction | None = None
        self._primary = QPushButton(self)
        self._primary.setObjectName("primaryAct")
        self._primary.setProperty("primary", True)
        self._primary.setMinimumHeight(px(44))
        self._primary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._primary.clicked.connect(self._on_primary)
        self._reason = plain_label(name="actReason", look="muted", wraps=True)
        self._quick: list[ActAction] = []
        self._folded = False
        self._rows = QUICK
        self._told: tuple[CaseCard, datetime, int] | None = None
        self._buttons = [self._new_button(at) for at in range(QUICK)]
        self._more = QToolButton(self)
        self._more.setObjectName("moreActsButton")
        self._more.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._more.clicked.connect(actions["more_acts"].trigger)
        self._grid = QGridLayout()
        self._grid.setSpacing(px(6))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addWidget(self._primary)
        layout.addWidget(self._reason)
        layout.addLayout(self._grid)

    def show_card(self, card: "CaseCard", now: datetime, many: int = 0) -> None:
        """Offer what console.ui.case.offer finds for this seat, for `many` marked cases or for this one."""
        act = self._primary_act = primary(card)
        self._primary.setVisible(act is not None)
        self._reason.hide()
        self._shown = None
        if act is not None:
            may = allowed(act, card)
            told = (act_words(act, card), "", times(many)) if many else consequence(act, card, now)
            self._shown = (told, may)
            self._fit_primary()
            self._primary.setEnabled(may)
            if not may:
                self._reason.setText(why_not(act, card))
                self._reason.show()
            told_of = self._primary.accessibleName() if may else self._reason.text()
            self._primary.setAccessibleDescription(told_of)
        self._place([act for act in quick(card) if not many or for_many(act, card)], card, many)
        self._told = card, now, many

    def fold(self, folded: bool) -> None:
        """Leave the quick acts to the list of all acts: a low panel has room for the case first."""
        if folded is not self._folded:
            self._folded = folded
            if self._told is not None:
                self.show_card(*self._told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_primary()
        if event.size().width() != event.oldSize().width():
            self._flow()

    def _fit_primary(self) -> None:
        """Whom may be shortened; what, and until when, are why the button is read."""
        if self._primary_act is None or self._shown is None:
            return
        (words, whom, when), _may = self._shown
        head = f"{self._primary_act.key}  {words}"
        font = QFont(self._primary.font())
        font.setPixelSize(px(_PRIMARY_PX))
        metrics = QFontMetrics(font)
        room = self.width() - px(_PRIMARY_PADDING) - metrics.horizontalAdvance(f"{head}  {when}")
        fitting = metrics.elidedText(whom, Qt.TextElideMode.ElideRight, max(60, room))
        self._primary.setText(plain_button(" ".join(filter(None, (head, fitting, when)))))
        whole = " ".join(filter(None, (head, whom, when)))
        self._primary.setToolTip(plain_tip(whole))
        self._primary.setAccessibleName(whole)

    def _place(self, shown: list[ActAction], card: "CaseCard", many: int) -> None:
        if self._folded:
            shown = []
        self._quick = shown
        for at, button in enumerate(self._buttons):
            if at >= len(shown):
                button.setObjectName(f"quickAct_{at + 1}")
                continue
            text = f"{shown[at].key}  {act_words(shown[at], card)}{f' ×{many}' if many else ''}"
            button.setObjectName(f"{shown[at].name}Button")
            button.setText(plain_button(text))
            tell(button, text)
            button.setAccessibleName(text)
        self._more.setText(_("M  更多操作"))
        self._more.setToolTip(_("全部操作,不能做的说明原因"))
        self._more.setAccessibleName(self._more.text())
        self._flow()

    def allow(self, rows: int) -> None:
        """How many rows of quick acts the panel has room for; what is left out is among all acts."""
        if rows != self._rows:
            self._rows = rows
            self._flow()

    def _flow(self) -> None:
        """Two in a row where both have room for their words; the last one takes what is left of its row."""
        for button in (*self._buttons, self._more):
            self._grid.removeWidget(button)  # takeAt() would leave the item that held it to nobody
        quick = self._buttons[: len(self._quick)]
        placed = self._placed([*quick, self._more])
        while quick and placed[-1][1] >= max(1, self._rows):
            quick.pop()
            placed = self._placed([*quick, self._more])
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(quick))
        for button, row, column, columns in placed:
            self._grid.addWidget(button, row, column, 1, columns)

    def _placed(self, shown: list[QToolButton]) -> list[tuple[QToolButton, int, int, int]]:
        """Each button with its row, its column and how many of the two it takes."""
        half = (self.width() - self._grid.horizontalSpacing()) // 2
        wide = [self._needed(button) > half for button in shown]
        placed = []
        row = column = 0
        for at, button in enumerate(shown):
            if wide[at] and column:
                row, column = row + 1, 0
            last = at + 1 == len(shown) or wide[at + 1]
            if wide[at] or (last and not column):
                placed.append((button, row, 0, 2))
                row += 1
            else:
                placed.append((button, row, column, 1))
                row, column = (row + 1, 0) if column else (row, 1)
        return placed

    def _needed(self, button: QToolButton) -> int:
        return button.fontMetrics().horizontalAdvance(button.text()) + px(_QUICK_PADDING)

    def _new_button(self, at: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"quickAct_{at + 1}")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.clicked.connect(lambda: self._actions[self._quick[at].name].trigger())
        return button

    def _on_primary(self) -> None:
        if self._primary_act is not None:
            self._actions[self._primary_act.name].trigger()


def times(many: int) -> str:
    """How many cases an act is for, empty where it is for the shown one."""
    return _("× {count} 件").format(count=many) if many else ""
