"""The page of the case queue."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from console.domain.wanted import CaseFilter
from console.queries.marked import seen_of

if TYPE_CHECKING:
    from console.testing.console import Console


class QueuePage:
    """What the queue shows and how it is worked."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def codes(self) -> list[str]:
        """The codes of all cases that the filter lets through, in the order shown."""
        console = self._console
        return [seen.code for seen in console.ask(seen_of, console.window.selection.wanted, console.clock())]

    @property
    def rows(self) -> list[str]:
        """The codes in the rows in view, from top to bottom."""
        return [row.code for row in self._console.window.queue.model.shown]

    @property
    def count(self) -> str:
        """The number of cases as the queue words it."""
        return self._console.find("queueCount", QLabel).text()

    @property
    def filter(self) -> CaseFilter:
        """What the queue is filtered by."""
        return self._console.window.selection.wanted

    def choose(self, code: str) -> None:
        """Click a case's row, after scrolling to it."""
        self.press(code)
        self._console.until(lambda: self._console.case.code == code, f"{code} is chosen")
        self._console.settle()

    def press(self, code: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a case's row with the mouse, with a key held; AssertionError where the filter hides it."""
        queue = self._console.window.queue
        case_id = self._console.stored(code).case.id
        queue.eye.reach(case_id)
        self._console.settle()
        row = queue.model.row_of(case_id)
        assert row >= 0, f"{code} is not in view"
        place = queue.table.visualRect(queue.model.index(row, 1)).center()
        QTest.mouseClick(queue.table.viewport(), Qt.MouseButton.LeftButton, held, place)
        self._console.settle()

    def choose_step(self, step: str) -> None:
        """Click a step of the strip: "collection", "filing", "dispatch", ..."""
        self._console.click(f"step_{step}")
