"""The board as a table: a line for the city and for each district or department."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.domain.evaluation import COUNTS, RATIOS, Count, Ratio
from console.i18n import _, named
from console.ui.naming import sorted_words
from console.words import COUNTS as COUNT_WORDS
from console.words import RATIOS as RATIO_WORDS

if TYPE_CHECKING:
    from console.queries.board import BoardRow

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SHOWN = Qt.ItemDataRole.DisplayRole

# The counts and the ratios they make, in the order of the flow.
FIGURES: tuple[Count | Ratio, ...] = (*COUNTS, *RATIOS)


class BoardModel(QAbstractTableModel):
    """Column 0 is the name, the others the figures; a ratio is in per cent.

    `ranked` is the column the lines are ranked by and whether the largest stands first; None for the city's
    own order. The whole city stays on top, and what has no value at the end.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[BoardRow] = ()
        self._told: Sequence[BoardRow] = ()
        self.ranked: tuple[int, bool] | None = None

    def show_lines(self, lines: "Sequence[BoardRow]") -> None:
        self.beginResetModel()
        self._told = lines
        self.lines = self._in_rank(lines)
        self.endResetModel()

    def rank(self, column: int) -> None:
        """Rank by a column, the largest first; by the same again the smallest first; then not at all."""
        if self.ranked is None or self.ranked[0] != column:
            self.ranked = column, True
        else:
            self.ranked = (column, False) if self.ranked[1] else None
        self.show_lines(self._told)

    def as_text(self) -> str:
        """Heads and lines with tabs between, as tables are pasted into a spreadsheet."""
        heads = [str(self.headerData(at, Qt.Orientation.Horizontal)) for at in range(self.columnCount())]
        rows = [
            [str(self.index(row, column).data()).replace(",", "") for column in range(self.columnCount())]
            for row in range(self.rowCount())
        ]
        return "\n".join("\t".join(line) for line in (heads, *rows))

    def _in_rank(self, lines: "Sequence[BoardRow]") -> "Sequence[BoardRow]":
        if self.ranked is None:
            return lines
        column, largest_first = self.ranked
        city = [line for line in lines if line.code is None]
        others = [line for line in lines if line.code is not None]
        known = [line for line in others if self._key(line, column) is not None]
        known.sort(key=lambda line: self._key(line, column), reverse=largest_first)  # type: ignore[arg-type, return-value]  # None is left out
        return [*city, *known, *(line for line in others if self._key(line, column) is None)]

    def _key(self, line: "BoardRow", column: int) -> float | str | None:
        if column == 0:
            return named(line.name, line.name_en) or None
        figure = FIGURES[column - 1]
        return line.ratios[figure.key] if isinstance(figure, Ratio) else line.counts[figure]

    def value(self, row: int, column: int) -> float | None:
        figure = FIGURES[column - 1]
        line = self.lines[row]
        return line.ratios[figure.key] if isinstance(figure, Ratio) else line.counts[figure]

    def name(self, row: int) -> str:
        line = self.lines[row]
        if line.code is None:
            return _("全市")
        return named(line.name, line.name_en) or _("未落图")

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(FIGURES) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextWordWrap)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return sorted_words(self.ranked, section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0:
            return _("名称")
        figure = FIGURES[section - 1]
        return f"{_(RATIO_WORDS[figure.key])} %" if isinstance(figure, Ratio) else _(COUNT_WORDS[figure])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == 0:
            return self.name(index.row())
        value = self.value(index.row(), index.column())
        if value is None:
            return "—"
        return f"{100 * value:.2f}" if isinstance(FIGURES[index.column() - 1], Ratio) else f"{value:,}"
