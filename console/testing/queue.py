"""The page of the case queue."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
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
        queue, row = self._console.window.queue, self._bring(code)
        place = queue.table.visualRect(queue.model.index(row, 1)).center()
        QTest.mouseClick(queue.table.viewport(), Qt.MouseButton.LeftButton, held, place)
        self._console.settle()

    @property
    def columns(self) -> list[str]:
        """The columns shown, by key: "code", "class", "remaining" ..."""
        return [column.key for column in self._console.window.queue.model.columns]

    def cells(self, code: str) -> dict[str, str]:
        """What a case's row says, by column; the row is brought into view."""
        row = self._bring(code)
        model = self._console.window.queue.model
        return {key: model.index(row, at).data() for at, key in enumerate(self.columns)}

    def sort(self, column: str) -> None:
        """Click a column's head; once more turns the order round."""
        heads = self._console.window.queue.table.horizontalHeader()
        at = self.columns.index(column)
        place = QPoint(heads.sectionViewportPosition(at) + heads.sectionSize(at) // 2, heads.height() // 2)
        QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self._console.settle()

    def narrow(self, line: str) -> None:
        """Filter by a line of the command language: "超期 中原区", "overdue street:..."."""
        self._console.say(line)

    def show(self, wanted: CaseFilter) -> None:
        """Filter by what the command language has no words for; as a figure of the board does."""
        self._console.window.selection.want(wanted)
        self._console.settle()

    def clear(self) -> None:
        """Take every filter away."""
        self._console.act("clear_filter")

    def mark(self, *codes: str) -> None:
        """Mark these cases and no others, the first by a click, the rest with Ctrl."""
        held = Qt.KeyboardModifier.NoModifier
        for code in codes:
            self.press(code, held)
            held = Qt.KeyboardModifier.ControlModifier

    def mark_all(self) -> None:
        """Mark all cases that the filter lets through."""
        self._console.act("focus_queue")
        self._console.press("Ctrl+A")

    @property
    def marked(self) -> int:
        """How many cases are marked to be acted on together; 0 where it is only the chosen one."""
        return self._console.window.selection.marked

    def choose_step(self, step: str) -> None:
        """Click a step of the strip: "collection", "filing", "dispatch", ..."""
        self._console.click(f"step_{step}")

    def _bring(self, code: str) -> int:
        """The row of a case in the view, after scrolling to it; AssertionError where the filter hides it."""
        queue, case_id = self._console.window.queue, self._console.stored(code).case.id
        queue.eye.reach(case_id)
        self._console.settle()
        row = queue.model.row_of(case_id)
        assert row >= 0, f"{code} is not in view"
        return row
