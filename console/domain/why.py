"""Why a deadline is this minute: every stretch that a clock counted or skipped, with its reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from console.domain.calendar import HOUR, WorkCalendar
from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit, counted, due


class Reason(StrEnum):
    """Why a stretch counts (the first three) or does not."""

    WORK_PERIOD = "work_period"
    MAKE_UP_DAY = "make_up_day"
    ALWAYS = "always"
    BEFORE_OPENING = "before_opening"
    BREAK = "break"
    AFTER_CLOSING = "after_closing"
    DAY_OFF = "day_off"
    HOLIDAY = "holiday"
    SUSPENDED = "suspended"
    OTHER_DEPARTMENT = "other_department"
    STOPPED = "stopped"


COUNTED = frozenset({Reason.WORK_PERIOD, Reason.MAKE_UP_DAY, Reason.ALWAYS})


@dataclass(frozen=True, slots=True)
class Interval:
    """One stretch (UTC, half-open) of a clock's account.

    `amount` is what it added, `total` what the clock had run at its end. `name` is the holiday's, or
    the other department's code. `late` stretches lie after the deadline; `ahead` ones are still to
    come, as they will count if nothing happens until then.
    """

    start: datetime
    stop: datetime
    reason: Reason
    name: str = ""
    late: bool = False
    ahead: bool = False
    amount: timedelta = timedelta()
    total: timedelta = timedelta()

    @property
    def counted(self) -> bool:
        return self.reason in COUNTED


def why(
    calendar: WorkCalendar,
    limit: Limit,
    extensions: int,
    visits: Sequence[Visit],
    until: datetime,
    *,
    bundled: bool = True,
    resting: Reason | None = None,
    now: datetime | None = None,
) -> tuple[Interval, ...]:
    """The whole account of the disposal clock that `visits`, all those of a case, keep now.

    From the first visit that uses the budget to `until`, without gaps; after a last visit that has
    stopped only where `resting` says why. Cut at the deadline, and at `now`: what lies after it is
    ahead. The amounts add up to `console.domain.clock.used`.
    """
    mine = counted(visits, bundled=bundled)
    if not mine:
        return ()
    deadline = due(calendar, limit, extensions, mine)
    account: list[Interval] = []
    total = timedelta()
    pieces = _cut(_pieces(calendar, limit.unit, visits, mine, until, resting), deadline)
    for piece in pieces if now is None else _still_ahead(pieces, now):
        amount = piece.stop - piece.start if piece.counted else timedelta()
        total += amount
        if account and _goes_on(account[-1], piece, calendar):
            before = account.pop()
            piece, amount = replace(piece, start=before.start), before.amount + amount
        account.append(replace(piece, amount=amount, total=total))
    return tuple(account)


def why_stage(
    calendar: WorkCalendar,
    granted: timedelta,
    start: datetime,
    until: datetime,
    *,
    now: datetime | None = None,
) -> tuple[Interval, ...]:
    """The account of a stage's clock: it runs always."""
    limit = Limit(granted / HOUR, LimitUnit.URGENT_HOUR)
    return why(calendar, limit, 0, (Visit("", start),), until, now=now)


def _pieces(
    calendar: WorkCalendar,
    unit: LimitUnit,
    visits: Sequence[Visit],
    mine: Sequence[Visit],
    until: datetime,
    resting: Reason | None,
) -> Iterator[Interval]:
    for visit, following in zip(mine, (*mine[1:], None), strict=True):
        stop = until if visit.stop is None else min(visit.stop, until)
        if unit is LimitUnit.URGENT_HOUR:
            yield from _piece(visit.start, stop, Reason.ALWAYS)
        else:
            yield from _days(calendar, visit.start, stop)
        if following is not None:
            gap = Reason.SUSPENDED if following.joins else Reason.STOPPED
            yield from _gap(visits, stop, min(following.start, until), gap)
        elif resting is not None:
            yield from _gap(visits, stop, until, resting)


def _gap(visits: Sequence[Visit], start: datetime, end: datetime, reason: Reason) -> Iterator[Interval]:
    """The time between two counted visits: with whom the case was."""
    for visit in visits:
        stop = end if visit.stop is None else min(visit.stop, end)
        if start <= visit.start < stop:
            yield from _piece(start, visit.start, reason)
            yield from _piece(visit.start, stop, Reason.OTHER_DEPARTMENT, visit.department)
            start = stop
    yield from _piece(start, end, reason)


def _days(calendar: WorkCalendar, start: datetime, end: datetime) -> Iterator[Interval]:
    """Day by day, what working time there is between two instants and what is not."""
    for number in range(calendar.day(start).toordinal(), calendar.day(end).toordinal() + 1):
        for piece in _day(calendar, date.fromordinal(number)):
            yield from _piece(max(piece.start, start), min(piece.stop, end), piece.reason, piece.name)


def _day(calendar: WorkCalendar, day: date) -> Iterator[Interval]:
    midnight, next_midnight = (_midnight(calendar, day.toordinal() + more) for more in (0, 1))
    odd, name = calendar.table.days.get(day), calendar.table.names.get(day, "")
    if not calendar.is_work_day(day):
        reason = Reason.DAY_OFF if odd is None else Reason.HOLIDAY
        yield from _piece(midnight, next_midnight, reason, name)
        return
    usual = odd is None or day.weekday() in calendar.season(day).weekdays
    works = Reason.WORK_PERIOD if usual else Reason.MAKE_UP_DAY
    at, idle = midnight, Reason.BEFORE_OPENING
    for opens, closes in calendar.periods(day):
        begin, end = opens.astimezone(UTC), closes.astimezone(UTC)
        if end <= begin:
            continue  # the clocks were put forward over it
        yield from _piece(at, begin, idle)
        yield from _piece(begin, end, works, "" if usual else name)
        at, idle = end, Reason.BREAK
    yield from _piece(at, next_midnight, Reason.AFTER_CLOSING)


def _midnight(calendar: WorkCalendar, number: int) -> datetime:
    return datetime.combine(date.fromordinal(number), time(), calendar.zone).astimezone(UTC)


def _piece(start: datetime, stop: datetime, reason: Reason, name: str = "") -> Iterator[Interval]:
    if start < stop:
        yield Interval(start, stop, reason, name)


def _cut(pieces: Iterator[Interval], deadline: datetime) -> Iterator[Interval]:
    for piece in pieces:
        if piece.start < deadline < piece.stop:
            yield replace(piece, stop=deadline)
            yield replace(piece, start=deadline, late=True)
        else:
            yield replace(piece, late=piece.start >= deadline)


def _still_ahead(pieces: Iterator[Interval], now: datetime) -> Iterator[Interval]:
    for piece in pieces:
        if piece.start < now < piece.stop:
            yield replace(piece, stop=now)
            yield replace(piece, start=now, ahead=True)
        else:
            yield replace(piece, ahead=piece.start >= now)


def _goes_on(before: Interval, piece: Interval, calendar: WorkCalendar) -> bool:
    """Whether a stretch is more of the one before it, on the same day."""
    same = (before.reason, before.name, before.late, before.ahead) == (
        piece.reason,
        piece.name,
        piece.late,
        piece.ahead,
    )
    return same and before.stop == piece.start and calendar.day(before.start) == calendar.day(piece.start)
