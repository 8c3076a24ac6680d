"""What an operation does to the clocks of a case: the disposal clock, and that of the stage it enters."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from console.domain import clock
from console.domain.acts.deed import Deed
from console.domain.calendar import WorkCalendar
from console.domain.case import Case, changed
from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit
from console.domain.flow import Clock, State
from console.domain.lamp import soon_from
from console.domain.practice import Practice


def stage_clock(state: State, at: datetime, practice: Practice) -> dict[str, Any]:
    """The clock of a stage that began at `at`: it runs always (domain.md 2.5). Empty where it has none."""
    granted = practice.stage_limits.get(state)
    if granted is None:
        return {}
    return {"current_due_at": at + granted, "soon_at": soon_from(at, at + granted)}


def clock_changes(deed: Deed, changes: dict[str, Any]) -> dict[str, Any]:
    """The fields of the clocks after the changes that the operation itself decided on."""
    disposal = _disposal(deed, changes)
    state: State = changes.get("state", deed.case.state)
    if state is deed.case.state and not disposal:
        return {}
    if deed.row.clock is Clock.RELIMIT and state in deed.practice.stage_limits:
        return {"due_at": disposal["due_at"]}  # the clock that is looked at is the stage's
    return disposal | _current(deed, state, disposal)


def _disposal(deed: Deed, changes: dict[str, Any]) -> dict[str, Any]:
    case, at, effect = deed.case, deed.at, deed.row.clock
    if effect is Clock.START:
        department = changes.get("department", case.department)
        visits = (*stopped(case.visits, at), Visit(department, at))
        # An extension was granted to one department: another one begins with the limit as it is.
        lost = bool(case.extensions) and department != case.visits[-1].department
        fields = {"visits": visits, "fed_back_at": None} | ({"extensions": 0} if lost else {})
        return fields | _deadline(deed, visits, 0 if lost else case.extensions)
    if effect is Clock.STOP:
        return {"visits": stopped(case.visits, at), "fed_back_at": at}
    if effect is Clock.PAUSE or (effect is Clock.DROP and runs(case.visits)):
        return {"visits": stopped(case.visits, at), "due_at": None}
    if effect is Clock.RESUME:
        visits = (*case.visits, Visit(case.department, at, joins=True))
        return {"visits": visits} | _deadline(deed, visits, case.extensions)
    if effect is Clock.EXTEND:
        return _deadline(deed, case.visits, changes["extensions"])
    if effect is Clock.RELIMIT and "limit_value" in changes and runs(case.visits):
        limited = changed(case, limit_value=changes["limit_value"], limit_unit=changes["limit_unit"])
        due, soon = deadline(limited, deed.calendar, bundled=deed.practice.bundled)
        return {"due_at": due, "soon_at": soon}
    return {}


def _deadline(deed: Deed, visits: tuple[Visit, ...], extensions: int) -> dict[str, Any]:
    # An imported case may carry no limit: then no clock runs, rather than one that nobody set.
    if not deed.case.limit_unit or not visits:
        return {}
    due, soon = _due_and_soon(deed.case, visits, extensions, deed.calendar, bundled=deed.practice.bundled)
    return {"due_at": due, "soon_at": soon}


def deadline(case: Case, calendar: WorkCalendar, *, bundled: bool) -> tuple[datetime, datetime]:
    """When the limit of a case is used up over its visits, and when four fifths of it are."""
    return _due_and_soon(case, case.visits, case.extensions, calendar, bundled=bundled)


def _due_and_soon(
    case: Case, visits: tuple[Visit, ...], extensions: int, calendar: WorkCalendar, *, bundled: bool
) -> tuple[datetime, datetime]:
    limit = Limit(case.limit_value, LimitUnit(case.limit_unit))
    used_by = clock.counted(visits, bundled=bundled)
    return (
        clock.due(calendar, limit, extensions, used_by),
        clock.soon(calendar, limit, extensions, used_by),
    )


def _current(deed: Deed, state: State, disposal: dict[str, Any]) -> dict[str, Any]:
    """The clock that runs from now on: the stage's, else the disposal clock, else none."""
    if stage := stage_clock(state, deed.at, deed.practice):
        return stage
    visits: tuple[Visit, ...] = disposal.get("visits", deed.case.visits)
    due: datetime | None = disposal.get("due_at", deed.case.due_at)
    if due is None or not runs(visits):
        return {"current_due_at": None, "soon_at": None}
    if "due_at" in disposal:
        return {"current_due_at": due}
    if deed.case.current_due_at == due:  # the same clock goes on in another state
        return {}
    _due, soon = deadline(deed.case, deed.calendar, bundled=deed.practice.bundled)
    return {"current_due_at": due, "soon_at": soon}


def stopped(visits: tuple[Visit, ...], at: datetime) -> tuple[Visit, ...]:
    """The visits with the running one, where there is one, stopped at `at`."""
    if not runs(visits):
        return visits
    return (*visits[:-1], replace(visits[-1], stop=at))


def runs(visits: tuple[Visit, ...]) -> bool:
    """Whether the disposal clock runs."""
    return bool(visits) and visits[-1].stop is None


def overdue(case: Case, at: datetime) -> bool:
    """Whether the running disposal clock has passed its deadline."""
    return case.due_at is not None and case.fed_back_at is None and at > case.due_at
