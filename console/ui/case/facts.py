"""The facts of a case as lines of name and value."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from console.domain.case import Case
from console.i18n import _, named
from console.ui.widgets import plain_label
from console.words import SOURCES, clock_time, limit

if TYPE_CHECKING:
    from console.queries.case import CaseCard


class FactTable(QWidget):
    """Two columns: a muted name and what the case says; values wrap, nothing is cut off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caseFacts")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[QLabel, QLabel]] = []

    def show_lines(self, lines: list[tuple[str, str]]) -> None:
        while len(self._lines) < len(lines):
            self._lines.append(self._new_line(len(self._lines)))
        for at, (name, value) in enumerate(self._lines):
            shown = at < len(lines)
            name.setVisible(shown)
            value.setVisible(shown)
            if shown:
                name.setText(lines[at][0])
                value.setText(lines[at][1])
                value.setAccessibleName(f"{lines[at][0]}: {lines[at][1]}")

    def _new_line(self, at: int) -> tuple[QLabel, QLabel]:
        name = plain_label(name="muted")
        value = plain_label(wraps=True, name=f"caseFact{at}")
        self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, at, 1, Qt.AlignmentFlag.AlignTop)
        return name, value


def fact_lines(card: "CaseCard", now: datetime) -> list[tuple[str, str]]:
    """What is known of the case; lines that would be empty are left out."""
    case = card.case
    zone = ZoneInfo(card.timezone)
    department = named(card.department.name, card.department.name_en) if card.department else case.department
    lines = [
        (_("地点"), case.address),
        (_("网格"), _grids(card)),
        (_("区域"), _area(card)),
        (_("来源"), " ".join(filter(None, (_(SOURCES[case.source]), case.reporter)))),
        (_("上报"), clock_time(case.reported_at, zone, now)),
        (_("立案条件"), card.condition.text if card.condition else ""),
        (_("时限"), _limit(card)),
        (_("结案条件"), card.condition.closing if card.condition else ""),
        (_("部门"), department),
        (_("截止"), clock_time(case.due_at, zone, now) if case.due_at else ""),
        (_("返工"), _("{times} 次").format(times=case.reworks) if case.reworks else ""),
        (_("外部编号"), case.external_id),
    ]
    return [(name, value) for name, value in lines if value]


def _limit(card: "CaseCard") -> str:
    text = limit(card.case.limit_value, card.case.limit_unit)
    proposed = card.condition is not None and card.condition.proposed
    return f"{text}{_('(拟定,未见标准)')}" if text and proposed else text


def _grids(card: "CaseCard") -> str:
    case = card.case
    if not case.cell:
        return _("未落入任何单元网格") if case.lon is not None else _("没有坐标")
    return " · ".join(filter(None, (case.cell, named(*card.names.get(case.responsibility_grid, ("", ""))))))


def _area(card: "CaseCard") -> str:
    case: Case = card.case
    codes = (case.committee, case.district, case.street)
    return " · ".join(named(*card.names[code]) for code in codes if code in card.names)
