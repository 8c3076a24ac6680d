"""What the wall of the room shows: who breaches next, today by district, the steps, who leads."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from console.domain.flow import Step
from console.queries.duty import on_duty
from console.queries.figures import group
from console.queries.queue import StepCount, step_counts
from console.storage.tables import cases, divisions, still_open
from console.storage.unit import View

MOST = 10
_SHOWN_TEXT = 80

_AREA = group("area")
_COLUMNS = (
    cases.c.id,
    cases.c.class_key,
    cases.c.edition,
    func.substr(cases.c.address, 1, _SHOWN_TEXT).label("address"),
    _AREA.label("area"),
    cases.c.current_due_at,
    cases.c.soon_at,
)
_due = cases.c.current_due_at
_NEXT = select(*_COLUMNS).where(still_open, _due >= bindparam("now")).order_by(_due, cases.c.id).limit(MOST)
_JUST_LATE = (
    select(*_COLUMNS)
    .where(still_open, _due < bindparam("now"))
    .order_by(_due.desc(), cases.c.id)
    .limit(bindparam("most"))
)
_OPEN = select(_AREA, func.count(), func.count().filter(_due < bindparam("now"))).where(still_open)
_REPORTED = select(_AREA, func.count()).where(cases.c.reported_at >= bindparam("since"))
_ENDED = select(_AREA, func.count()).where(cases.c.ended_at >= bindparam("since"))


@dataclass(frozen=True, slots=True)
class WallCase:
    """A case that breaches soon, or has just breached."""

    id: int
    class_name: str
    class_name_en: str
    address: str
    area: str
    area_en: str
    due_at: datetime
    soon_at: datetime | None


@dataclass(frozen=True, slots=True)
class WallArea:
    """A district's or a committee's day: what came in and what ended today, what is open and late now."""

    name: str
    name_en: str
    reported: int
    ended: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class WallState:
    """Everything the wall shows of one moment; `leader` and `shift` are empty where no roster is kept."""

    steps: dict[Step, StepCount]
    next: tuple[WallCase, ...]
    areas: tuple[WallArea, ...]
    leader: str
    shift: str
    shift_en: str


def wall(view: View, now: datetime, since: datetime) -> WallState:
    """The wall at `now`; the day began at `since`. Raises Refused("no_city")."""
    told = view.connection.execute(select(divisions.c.code, divisions.c.name, divisions.c.name_en))
    names = {code: (name, name_en) for code, name, name_en in told}
    duty = on_duty(view, now)
    shift = duty.turn.shift if duty.turn and duty.kept else None
    return WallState(
        step_counts(view, now, since),
        _next(view, now, names),
        _areas(view, now, since, names),
        duty.leader,
        shift.name if shift else "",
        shift.name_en if shift else "",
    )


def _next(view: View, now: datetime, names: dict[str, tuple[str, str]]) -> tuple[WallCase, ...]:
    """The next to breach first; where fewer than ten are left, the latest to have breached after them."""
    found = list(view.connection.execute(_NEXT, {"now": now}))
    if len(found) < MOST:
        found += view.connection.execute(_JUST_LATE, {"now": now, "most": MOST - len(found)})
    rows = []
    for line in found:
        known = view.reference.edition(line.edition).by_key.get(line.class_key)
        name, name_en = names.get(line.area, ("", ""))
        rows.append(
            WallCase(
                line.id,
                known.name if known else "",
                known.name_en if known else "",
                line.address,
                name,
                name_en,
                line.current_due_at,
                line.soon_at,
            )
        )
    return tuple(rows)


def _areas(
    view: View, now: datetime, since: datetime, names: dict[str, tuple[str, str]]
) -> tuple[WallArea, ...]:
    still, late = Counter[str](), Counter[str]()
    for area, number, overdue in view.connection.execute(_OPEN.group_by(_AREA), {"now": now}):
        still[area], late[area] = number, overdue
    reported = Counter[str](dict(view.connection.execute(_REPORTED.group_by(_AREA), {"since": since}).all()))
    ended = Counter[str](dict(view.connection.execute(_ENDED.group_by(_AREA), {"since": since}).all()))
    codes = sorted(code for code in {*still, *reported, *ended} if code)
    return tuple(
        WallArea(*names.get(code, (code, "")), reported[code], ended[code], still[code], late[code])
        for code in codes
    )
