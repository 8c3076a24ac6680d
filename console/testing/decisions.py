"""The pages of what waits for a decision: applications, and reports to be sorted one by one."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from console.ui.approvals.panel import ApprovalsPanel

if TYPE_CHECKING:
    from console.testing.console import Console


class ApprovalsPage:
    """The list of applications."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self._console.shows("approvalsTitle")

    @property
    def codes(self) -> list[str]:
        """The codes of the cases that ask for something, in the order shown."""
        return [row.case.code for row in self._console.find("approvalsPanel", ApprovalsPanel).model.rows]

    @property
    def rows(self) -> list[str]:
        """The applications as they are read out."""
        return [row[0] for row in self._console.rows("approvalsList")]

    def open(self) -> None:
        """Show it."""
        if not self.is_open:
            self._console.act("show_approvals")

    def choose(self, code: str) -> None:
        """Choose an application by the case's code."""
        self._console.open_row("approvalsList", self.codes.index(code))

    def grant(self) -> None:
        """Grant what the chosen case asks for; where the act asks something first, its form opens."""
        self._console.click("act_allowDecision")

    def refuse(self) -> None:
        """Refuse it; the form asks why."""
        self._console.click("act_refuseDecision")


class TriagePage:
    """One case after another, most urgent first."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self._console.shows("triagePanel")

    @property
    def code(self) -> str:
        """The case that is to be decided; empty where none is left."""
        return self._console.find("triageCode", QLabel).text() if self._console.shows("triageCode") else ""

    @property
    def progress(self) -> str:
        """How many are done and how many are left."""
        return self._console.text("triageProgress")

    def open(self) -> None:
        """Begin, or go on."""
        if not self.is_open:
            self._console.act("toggle_triage")

    def go(self) -> None:
        """Do what the big button says, and come to the next."""
        self._console.click("triageGo")

    def skip(self, reason: str, words: str = "") -> None:
        """Pass it over for a reason, by its code, and come to the next; "other" is said in words."""
        self._console.click("triageSkip")
        self._console.click(f"skip_{reason}")
        if reason == "other":
            self._console.fill("skipWords", words)
            self._console.press("Return")

    def leave(self) -> None:
        """Back to the workspace."""
        self._console.click("triageLeave")
