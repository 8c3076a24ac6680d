"""The page of the evaluation board: its figures by area or department, ranked, and the cases behind one."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

if TYPE_CHECKING:
    from console.testing.console import Console


class BoardPage:
    """The board of the seventh step."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self._console.shows("boardTable")

    @property
    def heads(self) -> list[str]:
        """The heads of the columns, in words."""
        model = self._console.find("boardTable", QTableView).model()
        across = Qt.Orientation.Horizontal
        return [str(model.headerData(at, across)) for at in range(model.columnCount())]

    @property
    def figures(self) -> dict[str, list[str]]:
        """Every line by its name, the whole city first as it stands: the cells after the name, as shown."""
        return {row[0]: row[1:] for row in self._console.rows("boardTable")}

    def open(self) -> None:
        """Show it."""
        if not self.is_open:
            self._console.act("show_board")

    def group(self, by: str) -> None:
        """Group the lines by "area", "district" or "department"."""
        self._console.click(f"boardBy_{by}")

    def last(self, days: int) -> None:
        """The last 1, 7, 30 or 91 days."""
        self._console.click(f"boardPeriod_{days}")

    def between(self, first: date, last: date) -> None:
        """From the first day to the last, both included."""
        self._console.fill("boardSince", first.isoformat())
        self._console.fill("boardUntil", last.isoformat())

    def show_cases(self, name: str, column: int) -> None:
        """Double-click a figure: the queue shows the cases behind it. Columns count from 1, as in `heads`."""
        self._console.open_row("boardTable", list(self.figures).index(name), column)
