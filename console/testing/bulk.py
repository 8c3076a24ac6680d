"""The page of many cases done at once: what will become of them, and what has."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.testing.console import Console


class BulkPage:
    """The dock that opens under the queue when an act is begun on marked cases."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def is_open(self) -> bool:
        """Whether it is shown: a preview, work under way, or a result."""
        return self._console.shows("bulkDock")

    @property
    def summary(self) -> str:
        """How many can be done and how many not, or how many were."""
        return self._console.text("bulkSummary")

    @property
    def groups(self) -> list[str]:
        """The cases in groups by what becomes of them, and why."""
        return [row[0] for row in self._console.rows("bulkGroups")]

    def begin(self, act: str) -> None:
        """Begin an act on the marked cases: "act_urge". Few are done at once, else it asks (`is_open`)."""
        self._console.act(act)

    def confirm(self, reason: str = "") -> None:
        """Do it, with the one reason for all where the act asks for one, and wait until all are done."""
        if reason:
            self._console.click("bulkReason")
            self._console.type(reason)
        self._console.click("bulkConfirm")
        self._console.until(lambda: not self._console.shows("bulkProgress"), "all are done")
        self._console.settle()

    def leave(self) -> None:
        """Close it; what runs is stopped after the batch it is at."""
        self._console.click("bulkLeave")
