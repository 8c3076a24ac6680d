"""The facts of a case as lines of name and value, with the cases that belong to it as links."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from console.domain.flow import State
from console.i18n import _, named
from console.ui.scale import px
from console.ui.widgets import plain_button, plain_label
from console.words import CHECK_RESULTS, SATISFACTIONS, SOURCES, STATES, clock_time, limit
from console.words.skips import skip_words

if TYPE_CHECKING:
    from console.queries.case import CaseCard


@dataclass(frozen=True, slots=True)
class FactLine:
    """`key` is the same in every language; `code` is that of another case, which the line then leads to."""

    key: str
    name: str
    value: str
    code: str = ""


class FactTable(QWidget):
    """Two columns: a muted name and what the case says; values wrap, nothing is cut off.

    Signals: case_wished(code), when the line of another case was clicked.
    """

    case_wished = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caseFacts")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(5))
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[QLabel, QLabel]] = []
        self._links: list[QPushButton] = []
        self._shown: list[FactLine] = []

    def show_lines(self, lines: list[FactLine]) -> None:
        if lines == self._shown:
            return  # the keyboard may stand on a link
        self._shown = lines
        while len(self._lines) < len(lines):
            self._lines.append(self._new_line(len(self._lines)))
        for link in self._links:
            self._grid.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._links = []
        for at, (name, value) in enumerate(self._lines):
            line = lines[at] if at < len(lines) else FactLine("", "", "")
            name.setObjectName(f"caseFactName_{line.key}")
            value.setObjectName(f"caseFact_{line.key}")
            name.setVisible(bool(line.name))
            value.setVisible(bool(line.name) and not line.code)
            name.setText(line.name)
            value.setText(line.value)
            value.setAccessibleName(f"{line.name}: {line.value}" if line.name else "")
            if line.code:
                self._add_link(at, line)

    def _add_link(self, at: int, line: FactLine) -> None:
        link = QPushButton(plain_button(line.value), self)
        link.setObjectName(f"caseLink_{line.code}")
        link.setProperty("link", True)
        link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        link.setAccessibleName(f"{line.name}: {line.value}")
        link.clicked.connect(lambda: self.case_wished.emit(line.code))
        self._grid.addWidget(link, at, 1, Qt.AlignmentFlag.AlignTop)
        self._links.append(link)

    def _new_line(self, at: int) -> tuple[QLabel, QLabel]:
        name = plain_label(look="muted")
        value = plain_label(wraps=True)
        self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, at, 1, Qt.AlignmentFlag.AlignTop)
        return name, value


def fact_lines(card: "CaseCard", now: datetime, borders: str = "") -> list[FactLine]:
    """What is known of the case; lines that would be empty are left out. `borders` tells the nearest ones."""
    case = card.case
    zone = ZoneInfo(card.timezone)
    reporter = " ".join(filter(None, (_(SOURCES[case.source]), case.reporter)))
    lines = [
        FactLine("address", _("地点"), case.address),
        FactLine("grids", _("网格"), _grids(card)),
        FactLine("borders", _("边界"), borders),
        FactLine("area", _("区域"), _area(card)),
        FactLine("source", _("来源"), reporter),
        FactLine("reported", _("上报"), clock_time(case.reported_at, zone, now)),
        FactLine("condition", _("立案条件"), card.condition.text if card.condition else ""),
        FactLine("limit", _("时限"), _limit(card)),
        FactLine("closing", _("结案条件"), _closing(card)),
        FactLine("department", _("部门"), _department(card)),
        FactLine("assisting", _("协办"), _("、").join(_name(code, card) for code in case.assisting)),
        FactLine("handler", _("经办人"), case.handler),
        FactLine("due", _("截止"), clock_time(case.due_at, zone, now) if case.due_at else ""),
        FactLine("counts", _("次数"), _counts(card)),
        FactLine("checked", _("检查结果"), _(CHECK_RESULTS[case.checked]) if case.checked else ""),
        FactLine("satisfaction", _("回访"), _(SATISFACTIONS[case.satisfaction]) if case.satisfaction else ""),
        FactLine("external", _("外部编号"), case.external_id),
        FactLine("merged", _("并入"), case.merged_into, case.merged_into),
        FactLine("split", _("拆自"), case.split_from, case.split_from),
        *_kin(card),
        FactLine("skips", _("分拣跳过"), _skips(card, zone, now)),
    ]
    return [line for line in lines if line.value]


def _limit(card: "CaseCard") -> str:
    case = card.case
    text = limit(case.limit_value, case.limit_unit)
    if not text:
        return ""
    proposed = card.condition is not None and card.condition.proposed
    again = _(" + {times} 次延期").format(times=case.extensions) if case.extensions else ""
    return f"{text}{again}{_('(拟定,未见标准)') if proposed else ''}"


def _closing(card: "CaseCard") -> str:
    """The one that was met, of a closed case; otherwise that of the condition it was filed under."""
    met = card.case_class.condition(card.case.closed_condition) if card.case_class else None
    found = met or card.condition
    return found.closing if found else ""


def _department(card: "CaseCard") -> str:
    case = card.case
    main = named(card.department.name, card.department.name_en) if card.department else case.department
    return " → ".join(filter(None, (main, _name(case.unit, card) if case.unit else "")))


def _counts(card: "CaseCard") -> str:
    case = card.case
    counted = [
        (_("返工 {times}"), case.reworks),
        (_("改派 {times}"), case.redispatches),
        (_("回退 {times}"), case.returns),
        (_("推诿 {times}"), case.shuffles),
        (_("挂账 {times}"), case.suspensions),
        (_("申诉 {times}"), case.appeals),
    ]
    return " · ".join(words.format(times=times) for words, times in counted if times)


def _kin(card: "CaseCard") -> list[FactLine]:
    names = {"part": _("子案件"), "duplicate": _("重复案件")}
    return [
        FactLine(
            f"{one.relation}_{one.code}",
            names[one.relation],
            f"{one.code} · {_(STATES[State(one.state)])}",
            one.code,
        )
        for one in card.kin
    ]


def _skips(card: "CaseCard", zone: ZoneInfo, now: datetime) -> str:
    """Who passed the case over when and why, the last three."""
    told = [f"{clock_time(one.at, zone, now)} {one.by} {skip_words(one)}" for one in card.skips[-3:]]
    more = _("(共 {count} 次)").format(count=len(card.skips)) if len(card.skips) > len(told) else ""
    return "\n".join(told) + more


def _name(code: str, card: "CaseCard") -> str:
    return named(*card.names.get(code, (code, "")))


def _grids(card: "CaseCard") -> str:
    case = card.case
    if not case.cell:
        return _("未落入任何单元网格") if case.lon is not None else _("没有坐标")
    return " · ".join(filter(None, (case.cell, named(*card.names.get(case.responsibility_grid, ("", ""))))))


def _area(card: "CaseCard") -> str:
    case = card.case
    codes = (case.committee, case.district, case.street)
    return " · ".join(named(*card.names[code]) for code in codes if code in card.names)
