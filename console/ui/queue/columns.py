"""Which columns the queue shows in which step, and the text of each cell."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console.domain.case import Flag
from console.domain.flow import State, Step
from console.domain.wanted import Order
from console.i18n import N_, _, named
from console.ui.flag_marks import FLAG_MARKS, Shape
from console.words import FLAGS, REQUESTS, SOURCES, STATES, clock_time, limit, span

if TYPE_CHECKING:
    from console.queries.queue import QueueRow


@dataclass(frozen=True, slots=True)
class Moment:
    """What the texts of a row depend on besides the row."""

    now: datetime
    zone: ZoneInfo


_IN_A_ROW = (Flag.URGENT, Flag.SUPERVISED, Flag.SIMILAR, Flag.SPLIT)  # the others are in the case panel

Text = Callable[["QueueRow", Moment], str]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` px at 100 %, 0 shares what is left by `share`; numbers and times align right."""

    key: str
    words: str
    text: Text
    order: Order
    width: int = 0
    share: int = 1
    right: bool = False


def remaining(row: "QueueRow", moment: Moment) -> str:
    """Time left, or how long before or after its deadline the disposal clock stopped."""
    if row.current_due_at is not None:
        return span((row.current_due_at - moment.now).total_seconds())
    if row.due_at is None or row.fed_back_at is None:
        return ""
    return span((row.due_at - row.fed_back_at).total_seconds())


def row_marks(row: "QueueRow") -> list[tuple[Shape, str, str]]:
    """What is said of a row beside its state: shape, role of colour and words, an application first."""
    marks: list[tuple[Shape, str, str]] = []
    if row.request is not None:
        marks.append((Shape.ASKS, "accent", _(REQUESTS[row.request])))
    if row.state is State.SUSPENDED:
        marks.append((Shape.BARS, "suspended", _(STATES[row.state])))
    return marks + [(*FLAG_MARKS[flag], _(FLAGS[flag])) for flag in _IN_A_ROW if flag in row.flags]


def _class(row: "QueueRow", _moment: Moment) -> str:
    return named(row.class_name, row.class_name_en)


def _at(name: str) -> Text:
    def text(row: "QueueRow", moment: Moment) -> str:
        at: datetime | None = getattr(row, name)
        return "" if at is None else clock_time(at, moment.zone, moment.now)

    return text


def _number(name: str) -> Text:
    def text(row: "QueueRow", _moment: Moment) -> str:
        number: int = getattr(row, name)
        return str(number) if number else ""

    return text


def _place(row: "QueueRow", _moment: Moment) -> str:
    return row.address or row.cell


_REMAINING = Column("remaining", N_("剩余"), remaining, Order.DUE, 86, right=True)
_CLASS = Column("class", N_("类别"), _class, Order.CLASS, share=4)
_PLACE = Column("place", N_("地点"), _place, Order.ADDRESS, share=5)
_STATE = Column("state", N_("状态"), lambda r, m: _(STATES[r.state]), Order.STATE, 78)
_DEPARTMENT = Column(
    "department",
    N_("部门"),
    lambda r, m: named(r.department_name, r.department_name_en),
    Order.DEPARTMENT,
    share=4,
)
_SOURCE = Column("source", N_("来源"), lambda r, m: _(SOURCES[r.source]), Order.SOURCE, 84)
_TEXT = Column("text", N_("描述"), lambda r, m: r.description, Order.TEXT, share=6)
_CODE = Column("code", N_("编号"), lambda r, m: r.code, Order.CODE, 112)
_REPORTED = Column("reported", N_("上报"), _at("reported_at"), Order.REPORTED, 92, right=True)
_FED_BACK = Column("fed_back", N_("反馈"), _at("fed_back_at"), Order.FED_BACK, 92, right=True)
_ENDED = Column("ended", N_("办结"), _at("ended_at"), Order.ENDED, 92, right=True)

_DUE = Column("due", N_("截止"), _at("current_due_at"), Order.DUE, 92, right=True)
_LIMIT = Column(
    "limit", N_("时限"), lambda r, m: limit(r.limit_value, r.limit_unit), Order.LIMIT, 116, right=True
)
_HANDLER = Column("handler", N_("经手人"), lambda r, m: r.handler, Order.HANDLER, 72)
_DISTRICT = Column("district", N_("区划"), lambda r, m: r.district, Order.DISTRICT, 64)
_STREET = Column("street", N_("街道"), lambda r, m: r.street, Order.STREET, 84)
_GRID = Column("grid", N_("责任网格"), lambda r, m: r.responsibility_grid, Order.GRID, 112)
_CELL = Column("cell", N_("单元网格"), lambda r, m: r.cell, Order.CELL, 128)
_FLAGS = Column(
    "flags", N_("标记"), lambda r, m: _("、").join(_(FLAGS[one]) for one in r.flags), Order.FLAGS, share=3
)
_REWORKS = Column("reworks", N_("返工"), _number("reworks"), Order.REWORKS, 52, right=True)
_EXTENSIONS = Column("extensions", N_("延期"), _number("extensions"), Order.EXTENSIONS, 52, right=True)
_RETURNS = Column("returns", N_("回退"), _number("returns"), Order.RETURNS, 52, right=True)
_UNTIL = Column(
    "suspended_until", N_("挂账至"), _at("suspended_until"), Order.SUSPENDED_UNTIL, 92, right=True
)

# Everything that can be shown, in the order of the chooser.
ALL: dict[str, Column] = {
    column.key: column
    for column in (
        _REMAINING, _DUE, _LIMIT, _CLASS, _PLACE, _TEXT, _STATE, _DEPARTMENT, _HANDLER, _SOURCE, _CODE,
        _REPORTED, _FED_BACK, _ENDED, _UNTIL, _FLAGS, _REWORKS, _EXTENSIONS, _RETURNS, _DISTRICT, _STREET,
        _GRID, _CELL,
    )
}  # fmt: skip

COLUMNS: dict[Step | None, tuple[Column, ...]] = {
    None: (_REMAINING, _CLASS, _PLACE, _STATE, _DEPARTMENT, _CODE),
    Step.COLLECTION: (_REMAINING, _REPORTED, _SOURCE, _CLASS, _PLACE, _TEXT),
    Step.FILING: (_REMAINING, _REPORTED, _STATE, _CLASS, _PLACE, _TEXT),
    Step.DISPATCH: (_REMAINING, _REPORTED, _CLASS, _PLACE, _TEXT),
    Step.HANDLING: (_REMAINING, _CLASS, _PLACE, _STATE, _DEPARTMENT),
    Step.FEEDBACK: (_REMAINING, _FED_BACK, _CLASS, _PLACE, _DEPARTMENT),
    Step.VERIFICATION: (_REMAINING, _STATE, _FED_BACK, _CLASS, _PLACE, _DEPARTMENT),
    Step.EVALUATION: (_ENDED, _STATE, _REMAINING, _CLASS, _PLACE, _DEPARTMENT),
}
