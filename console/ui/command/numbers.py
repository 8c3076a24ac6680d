"""Numbers at the rows of the list while a command is typed: a number stays with its case until the end."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from console.ui.scale import px
from console.ui.theme import Theme

if TYPE_CHECKING:
    from console.queries.queue import QueueRow

_WIDTH = 34


class RowNumbers(QWidget):
    """Lies over the vertical header of the table; `row_at` gives what a row of the table shows.

    Rows that arrive while the numbers stand get new ones: what was read off the screen stays true.
    """

    def __init__(self, table: QTableView, row_at: "Callable[[int], QueueRow | None]", theme: Theme) -> None:
        super().__init__(table.verticalHeader())
        self.setObjectName("rowNumbers")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._table = table
        self._row_at = row_at
        self._theme = theme
        self._numbers: dict[int, int] = {}
        self._seen: dict[int, QueueRow] = {}
        self._header.installEventFilter(self)
        table.viewport().installEventFilter(self)
        self.hide()

    def begin(self) -> None:
        """Number what is in view, from one."""
        self._numbers.clear()
        self._seen.clear()
        self._header.setFixedWidth(px(_WIDTH))
        self._header.show()
        self.show()
        self.raise_()
        self.take_numbers()

    @property
    def _header(self) -> QHeaderView:
        """Asked for anew: what is kept of it ends with any window that it was looked for in."""
        return self._table.verticalHeader()

    def end(self) -> None:
        self.hide()
        self._header.hide()

    def row(self, number: int) -> "QueueRow | None":
        """The case of a number, as it was last seen."""
        self.take_numbers()
        case_id = next((case for case, own in self._numbers.items() if own == number), 0)
        return self._seen.get(case_id)

    def take_numbers(self) -> list[tuple[int, int]]:
        """Rows of the table in view with their numbers; new ones for cases that have none."""
        model = self._table.model()
        first = max(0, self._table.rowAt(0))
        last = self._table.rowAt(self._table.viewport().height() - 1)
        last = model.rowCount() - 1 if last < 0 else last
        found: list[tuple[int, int]] = []
        for at in range(first, last + 1):
            row = self._row_at(at)
            if row is not None:
                self._seen[row.id] = row
                found.append((at, self._numbers.setdefault(row.id, len(self._numbers) + 1)))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.setPen(self._theme.colour("accent"))
        for at, number in self.take_numbers():
            top, height = self._table.rowViewportPosition(at), self._table.rowHeight(at)
            box = QRect(0, top, self.width() - px(4), height)
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(number)
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QHeaderView):  # not asked for: it may be about to go
            if event.type() is QEvent.Type.Resize:
                self.resize(watched.size())
        elif event.type() is QEvent.Type.Paint and self.isVisible():
            self.update()  # the rows were painted anew: they may be others
        return False
