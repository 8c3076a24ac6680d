"""The cases of a handover as a table: why, which, where; struck and remarked by key."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView, QVBoxLayout, QWidget

from console.domain.flow import Step
from console.domain.handover import Brief, Reason, Why
from console.i18n import _, named
from console.ui.row_table import read_by_rows
from console.ui.scale import px
from console.ui.theme import Theme
from console.ui.widgets import plain_label, plain_tip
from console.words import STEPS
from console.words.handover import reason_words

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROW = 30


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One case in words."""

    code: str
    why: str
    step: str
    what: str
    where: str
    remark: str = ""
    struck: bool = False


def lines_of_brief(brief: Brief, zone: ZoneInfo, now: datetime) -> list[HandoverLine]:
    return [
        HandoverLine(
            item.code,
            _reasons(item.reasons, zone, now),
            _(STEPS[item.step]),
            named(*item.what),
            item.where,
        )
        for item in brief.items
    ]


def lines_of_content(told: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> list[HandoverLine]:
    """Those of a signed handover, see console.services.handover.content_of."""
    return [
        HandoverLine(
            item["code"],
            _reasons(
                (Reason(Why(why), datetime.fromisoformat(at) if at else None) for why, at in item["reasons"]),
                zone,
                now,
            ),
            _(STEPS[Step(item["step"])]),
            named(*item["what"]),
            item["where"],
            item["remark"],
            item["struck"],
        )
        for item in told["items"]
    ]


def _reasons(reasons: Iterable[Reason], zone: ZoneInfo, now: datetime) -> str:
    return _("、").join(reason_words(reason, zone, now) for reason in reasons)


class LinesModel(QAbstractTableModel):
    """The lines in their order; what is struck is crossed out."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lines: list[HandoverLine] = []

    def show_lines(self, lines: Sequence[HandoverLine]) -> None:
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def change(self, row: int, line: HandoverLine) -> None:
        self.lines[row] = line
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        cell = (line.why, line.code, line.step, line.what, line.where, line.remark)[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return " ".join(cell.split())
            case Qt.ItemDataRole.AccessibleTextRole:
                told = cell or _("{name}:无").format(name=self._heads()[index.column()])
                return _("{text}(已划去)").format(text=told) if line.struck else told
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(cell)
            case Qt.ItemDataRole.FontRole if line.struck:
                font = QFont()
                font.setStrikeOut(True)
                return font
            case Qt.ItemDataRole.ForegroundRole if line.struck:
                return self._theme.colour("muted")
        return None

    def _heads(self) -> tuple[str, ...]:
        return (_("事由"), _("编号"), _("环节"), _("类别"), _("地点"), _("备注"))


class LinesTable(QTableView):
    """Signals: opened, struck."""

    opened = Signal()
    struck = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.opened.emit()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Space}:
            self.struck.emit()
        else:
            super().keyPressEvent(event)


class HandoverLines(QFrame):
    """Signals: case_wished(str), struck, chosen(str): the code of the chosen case, empty for none."""

    case_wished = Signal(str)
    struck = Signal()
    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editable = False
        self.model = LinesModel(theme, self)
        self.table = LinesTable(self)
        self.setObjectName(f"{name}List")
        self.table.setObjectName(name)
        self.table.setAccessibleName(_("须交接的案件"))
        self.table.setModel(self.model)
        read_by_rows(self.table, _ROW)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self.chosen.emit(self._code()))
        self.table.opened.connect(self._open)
        self.table.doubleClicked.connect(lambda _index: self._open())
        self.table.struck.connect(self._strike)
        self._foot = plain_label(name=f"{name}Foot", look="muted", wraps=True)
        self._more = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        layout.addWidget(self.table, 1)
        layout.addWidget(self._foot)

    @property
    def struck_codes(self) -> frozenset[str]:
        return frozenset(line.code for line in self.model.lines if line.struck)

    @property
    def remarks(self) -> Mapping[str, str]:
        return {line.code: line.remark for line in self.model.lines if line.remark}

    def show_lines(self, lines: Sequence[HandoverLine], *, editable: bool) -> None:
        self._editable = editable
        self.model.show_lines(lines)
        header = self.table.horizontalHeader()
        for column, width in enumerate((170, 120, 76, 120)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.table.setColumnWidth(column, px(width))
        for column in (4, 5):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        if lines:
            self.table.selectRow(0)
        self.chosen.emit(self._code())
        self._tell()

    def show_more(self, words: str) -> None:
        """What the list leaves out."""
        self._more = words
        self._tell()

    def remark(self, text: str) -> None:
        """Write a remark to the chosen case."""
        row = self.table.currentIndex().row()
        if self._editable and row >= 0:
            self.model.change(row, replace(self.model.lines[row], remark=text))

    def _strike(self) -> None:
        row = self.table.currentIndex().row()
        if self._editable and row >= 0:
            line = self.model.lines[row]
            self.model.change(row, replace(line, struck=not line.struck))
            self._tell()
            self.struck.emit()

    def _open(self) -> None:
        if code := self._code():
            self.case_wished.emit(code)

    def _code(self) -> str:
        row = self.table.currentIndex().row()
        return self.model.lines[row].code if 0 <= row < len(self.model.lines) else ""

    def _tell(self) -> None:
        told = [_("共 {count} 项").format(count=len(self.model.lines)), self._more]
        if self._editable and self.model.lines:
            told.append(_("回车看案件,Delete 划去或恢复"))
        self._foot.setText(" · ".join(filter(None, told)))
