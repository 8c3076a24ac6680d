"""The page of the chosen case."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression
from PySide6.QtWidgets import QLabel, QPushButton

from console.domain.case import Case
from console.ui.actions import ACTS

if TYPE_CHECKING:
    from console.testing.console import Console


class CasePage:
    """What the case panel shows and offers."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def shown(self) -> Case | None:
        """The case on the panel, None where none is chosen."""
        card = self._console.window.case.card
        return None if card is None else card.case

    @property
    def code(self) -> str:
        """Its code, empty without a case."""
        return "" if self.shown is None else self.shown.code

    @property
    def state(self) -> str:
        """Its state by name (`console.domain.flow.State`), empty without a case."""
        return "" if self.shown is None else self.shown.state.value

    @property
    def facts(self) -> dict[str, str]:
        """What the panel tells of the case, by key: "address", "limit", "department", "due" ..."""
        prefix = "caseFact_"
        labels = self._console.find("caseFacts").findChildren(QLabel, QRegularExpression(f"^{prefix}"))
        return {one.objectName().removeprefix(prefix): one.text() for one in labels if one.isVisible()}

    @property
    def history(self) -> list[str]:
        """What happened to it, oldest first, each line as it is read out."""
        return self._console.find("caseTimeline").accessibleDescription().splitlines()

    @property
    def flags(self) -> str:
        """Its marks, suspension and the like, as they are read out; empty without any."""
        row = self._console.find("caseFlags")
        return row.accessibleName() if row.isVisible() else ""

    @property
    def acts(self) -> list[str]:
        """The names of the acts that are allowed now, in the order of the table of acts."""
        actions = self._console.window.actions_by_name
        return [act.name for act in ACTS if actions[act.name].isEnabled()]

    @property
    def primary(self) -> str:
        """What the big button says it will do, with who and until when; empty where there is none."""
        button = self._console.find("primaryAct", QPushButton)
        return button.text() if button.isVisible() else ""

    def act(self, name: str) -> None:
        """Do an act by its key; one that asks for words opens the form."""
        self._console.act(name)

    def undo(self) -> None:
        """Take the last act back, within its grace."""
        self._console.act("undo")
