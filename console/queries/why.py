"""Why each deadline of a case is when it is: the accounts of its clocks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from console.domain.acts.undo import standing
from console.domain.calendar import WorkCalendar
from console.domain.case import Case, Fact
from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import budget, counted, due, share, used
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.why import Interval, Reason, why, why_stage
from console.storage import journal
from console.storage.cases import case_of
from console.storage.tables import cases
from console.storage.unit import View

_BY_CODE = select(*cases.columns).where(cases.c.code == bindparam("code"))


@dataclass(frozen=True, slots=True)
class Account:
    """One clock of a case, from its start to `until`: now, or when it stopped.

    The account of a clock that runs goes on to its deadline: those stretches are ahead.

    `stage` is the state whose clock it is, None for the disposal clock. `share` above 1 is the overdue
    multiple. `provisional`: a year between start and deadline has no official table yet. `kept_due`
    is the deadline in the case's row; it differs where the calendar was edited after the clock stopped.
    """

    stage: State | None
    granted: timedelta
    start: datetime
    due: datetime
    kept_due: datetime | None
    until: datetime
    running: bool
    used: timedelta
    share: float
    provisional: bool
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class CaseWhy:
    """The clocks of a case: the disposal clock first, then those of its stages in their order."""

    code: str
    limit: Limit | None
    extensions: int
    timezone: str
    accounts: tuple[Account, ...]


def why_case(view: View, code: str, now: datetime) -> CaseWhy:
    """The accounts of every clock that ran on a case. Raises Refused: `no_such_case`, `no_city`."""
    found = view.connection.execute(_BY_CODE, {"code": code}).one_or_none()
    if found is None:
        raise Refused("no_such_case", code=code)
    case, reference = case_of(found), view.reference
    facts = journal.facts_of(view.connection, case.id)
    limit = Limit(case.limit_value, LimitUnit(case.limit_unit)) if case.limit_unit else None
    accounts = list(_stages(reference.calendar, facts, now))
    if limit is not None and case.visits:
        bundled = reference.practice.bundled
        accounts.insert(0, _disposal(reference.calendar, case, limit, now, bundled=bundled))
    return CaseWhy(case.code, limit, case.extensions, reference.profile.timezone, tuple(accounts))


def _disposal(calendar: WorkCalendar, case: Case, limit: Limit, now: datetime, *, bundled: bool) -> Account:
    visits = counted(case.visits, bundled=bundled)
    suspended = case.state is State.SUSPENDED
    stop = visits[-1].stop
    until = now if stop is None or suspended else stop
    clock = (calendar, limit, case.extensions, visits)
    deadline = due(*clock)
    return Account(
        None,
        budget(limit, case.extensions),
        visits[0].start,
        deadline,
        case.due_at,
        until,
        stop is None,
        used(calendar, limit, visits, until),
        share(*clock, until),
        limit.unit is not LimitUnit.URGENT_HOUR and not calendar.knows(visits[0].start, deadline),
        why(
            calendar,
            limit,
            case.extensions,
            case.visits,
            max(now, deadline) if stop is None else until,
            bundled=bundled,
            resting=Reason.SUSPENDED if suspended else None,
            now=until,
        ),
    )


def _stages(calendar: WorkCalendar, facts: Sequence[Fact], now: datetime) -> Iterator[Account]:
    """The clocks of the stages that the case went through, as they were set at the time."""
    disposal: datetime | None = None
    turns = [fact for fact in standing(facts) if {"state", "due_at"} & fact.changes.keys()]
    for number, fact in enumerate(turns):
        disposal = fact.changes.get("due_at", disposal)
        deadline = fact.changes.get("current_due_at")
        if "state" not in fact.changes or deadline is None or deadline == disposal:
            continue
        ended = next((later.at for later in turns[number + 1 :] if "state" in later.changes), None)
        until = now if ended is None else ended
        granted, ran = deadline - fact.at, until - fact.at
        yield Account(
            fact.changes["state"],
            granted,
            fact.at,
            deadline,
            deadline,
            until,
            ended is None,
            ran,
            ran / granted if granted else 0.0,
            False,
            why_stage(
                calendar, granted, fact.at, max(until, deadline) if ended is None else until, now=until
            ),
        )
