"""The buttons of the acts: one big with its consequence on it, the others quiet, the rest greyed."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from console.domain.flow import operations
from console.domain.operation import Operation
from console.i18n import _, named
from console.ui.actions import ACTS, ActAction, Asks
from console.ui.widgets import plain_button, plain_tip
from console.words import OPERATIONS, STATES, clock_time, limit

if TYPE_CHECKING:
    from console.queries.case import CaseCard

_PRIMARY_PX = 15  # as in resources/style/console.qss
_PRIMARY_PADDING = 36


class ActButtons(QWidget):
    """The primary act of the case's state as the biggest button; clicking triggers the same QAction."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caseActs")
        self._actions = actions
        self._primary_act: ActAction | None = None
        self._primary = QPushButton(self)
        self._primary.setObjectName("primaryAct")
        self._primary.setProperty("primary", True)
        self._primary.setMinimumHeight(44)
        self._primary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._primary.clicked.connect(self._on_primary)
        self._others: dict[str, QToolButton] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        for act in ACTS:
            button = QToolButton(self)
            button.setObjectName(f"{act.name}Button")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.clicked.connect(actions[act.name].trigger)
            self._others[act.name] = button
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._primary)
        layout.addLayout(self._grid)

    def show_card(self, card: "CaseCard", now: datetime) -> None:
        """Offer what the transition table allows; grey the rest with the reason."""
        allowed = {row.operation: row for row in operations(card.case.state)}
        self._primary_act = next(
            (
                a
                for a in ACTS
                if a.operation in allowed and allowed[a.operation].primary and _is_plain(a, card)
            ),
            None,
        )
        self._primary.setVisible(self._primary_act is not None)
        if self._primary_act is not None:
            self._show_primary(self._primary_act, *consequence(self._primary_act, card, now))
        others = [act for act in ACTS if act is not self._primary_act and _belongs(act, card, allowed)]
        self._place(others, card)

    def _show_primary(self, act: ActAction, words: str, whom: str, when: str) -> None:
        """Whom may be shortened; what, and until when, are why the button is read."""
        head = f"{act.key}  {words}"
        font = QFont(self._primary.font())
        font.setPixelSize(_PRIMARY_PX)
        metrics = QFontMetrics(font)
        room = self.width() - _PRIMARY_PADDING - metrics.horizontalAdvance(f"{head}  {when}")
        fitting = metrics.elidedText(whom, Qt.TextElideMode.ElideRight, max(60, room))
        self._primary.setText(plain_button(" ".join(filter(None, (head, fitting, when)))))
        whole = " ".join(filter(None, (head, whom, when)))
        self._primary.setToolTip(plain_tip(whole))
        self._primary.setAccessibleName(whole)

    def _place(self, shown: list[ActAction], card: "CaseCard") -> None:
        while self._grid.count():
            self._grid.takeAt(0)
        for act in ACTS:
            self._others[act.name].setVisible(False)
        for at, act in enumerate(shown):
            button = self._others[act.name]
            text = f"{act.key}  {_(act.words)}"
            button.setText(text)
            enabled = self._actions[act.name].isEnabled()
            button.setEnabled(enabled)
            button.setToolTip(text if enabled else why_not(act.operation, card))
            button.setAccessibleName(text)
            button.setAccessibleDescription("" if enabled else button.toolTip())
            self._grid.addWidget(button, at // 2, at % 2)
            button.setVisible(True)

    def _on_primary(self) -> None:
        if self._primary_act is not None:
            self._actions[self._primary_act.name].trigger()


def consequence(act: ActAction, card: "CaseCard", now: datetime) -> tuple[str, str, str]:
    """What the act is called, whom it goes to, and its limit or deadline; empty where there is none."""
    words = _(act.words)
    advice = card.advice
    if act.operation is Operation.FILE and advice.condition is not None:
        one = advice.condition.limit
        return words, "", limit(one.value, one.unit.value)
    if act.operation is Operation.DISPATCH and advice.departments:
        to = advice.departments[0]
        due = clock_time(advice.due_at, ZoneInfo(card.timezone), now) if advice.due_at else ""
        return words, named(to.name, to.name_en), due
    return words, "", ""


def allowed(act: ActAction, card: "CaseCard | None") -> bool:
    """Whether the act may be done on the shown case now."""
    if card is None:
        return False
    return any(row.operation is act.operation for row in operations(card.case.state)) and _is_possible(
        act, card
    )


def why_not(operation: Operation, card: "CaseCard") -> str:
    """Why an act is greyed."""
    return _("案件为“{state}”,现在不能{operation}").format(
        state=_(STATES[card.case.state]), operation=_(OPERATIONS[operation])
    )


def _is_possible(act: ActAction, card: "CaseCard") -> bool:
    if act.name == "act_file":
        return card.advice.condition is not None
    if act.name == "act_dispatch":
        return bool(card.advice.departments)
    return True


def _is_plain(act: ActAction, card: "CaseCard") -> bool:
    """The advised one where there is advice, the asking one where there is none."""
    asking = act.asks is not Asks.NOTHING
    twins = [other for other in ACTS if other.operation is act.operation]
    if len(twins) == 1:
        return True
    plain = next(other for other in twins if other.asks is Asks.NOTHING)
    return asking is not _is_possible(plain, card)


def _belongs(act: ActAction, card: "CaseCard", rows: Mapping[Operation, object]) -> bool:
    """Shown besides the primary one: what is allowed, and of the rest the main way, greyed."""
    if act.operation in rows:
        return _is_possible(act, card)
    return act.asks is Asks.NOTHING and act.operation is not Operation.CHECK
