"""What happens next to a case and when, if nobody at a seat decides otherwise.

Every chance is thrown by the case's id and version. So the history and the live feed, before and
after a restart, agree on what a case is going to do.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import NamedTuple

from console.adapters.demo.conduct import Conduct, Conducts
from console.adapters.demo.dice import dice, exponential
from console.domain.calendar import WorkCalendar
from console.domain.case import Case, Source
from console.domain.catalogue import LimitUnit
from console.domain.flow import State
from console.domain.operation import Operation
from console.queries.waiting import Waiting

SEED = 20150331  # the last day of the quarter that the 2015 report counts

DEPARTMENTS: frozenset[State] = frozenset({State.TO_HANDLE, State.HANDLING})
CENTRE: frozenset[State] = frozenset(
    {State.REPORTED, State.TO_FILE, State.TO_DISPATCH, State.FED_BACK, State.POST_CHECK}
)

REJECTED_OF_PATROL = 0.001
REJECTED_OF_OTHERS = 0.02
VOIDED = 0.0018  # few: in the quarter this is a picture of, all that was accepted was dispatched
VOIDED_LATE = 0.0002
CHECKED = 0.4  # of the answers that a collector looks at on site before they are closed
MOST_REWORKS = 3

_DESK = timedelta(minutes=5)
_DESK_AT_NIGHT = timedelta(minutes=12)
_RECEIVING = timedelta(minutes=25)
_SENDING_ON = timedelta(minutes=40)
_WITHOUT_LIMIT = timedelta(hours=6)
_CHECKING = timedelta(minutes=30)
_CLOSING = timedelta(minutes=35)
_OPENS, _CLOSES = time(8), time(20)  # the supervision centre's day shift, seven days a week

Chances = tuple[float, float, float, float]
Next = tuple[Operation, datetime]
Standing = Case | Waiting


class Turn(NamedTuple):
    """One operation that will be done at an instant (UTC); `word` and `hand` say what is told and by whom."""

    operation: Operation
    at: datetime
    word: float
    hand: float


class Course:
    """The course of cases in one city."""

    def __init__(
        self, calendar: WorkCalendar, local: Callable[[datetime], datetime], conducts: Conducts
    ) -> None:
        self._calendar = calendar
        self._local = local
        self._conducts = conducts

    def turn(self, case: Standing, since: datetime) -> Turn:
        """The next turn of an open case that came into its state at `since`."""
        chances = dice(SEED, case.id, case.version)
        operation, at = _TURNS[case.state](self, case, since, chances)
        return Turn(operation, at, *chances[2:])

    def sent_on(self, case: Standing, since: datetime) -> Turn:
        """The turn of a case that lies with a department that is not responsible."""
        chances = dice(SEED, case.id, case.version)
        at = self._worked(since, exponential(_SENDING_ON, chances[1]))
        return Turn(Operation.REDISPATCH, at, *chances[2:])

    def _reported(self, case: Standing, since: datetime, chances: Chances) -> Next:
        rejected = REJECTED_OF_PATROL if case.source is Source.PATROL else REJECTED_OF_OTHERS
        return self._at_desk(since, chances, Operation.REJECT if chances[0] < rejected else Operation.ACCEPT)

    def _to_file(self, case: Standing, since: datetime, chances: Chances) -> Next:
        return self._at_desk(since, chances, Operation.VOID if chances[0] < VOIDED else Operation.FILE)

    def _to_dispatch(self, case: Standing, since: datetime, chances: Chances) -> Next:
        voided = chances[0] < VOIDED_LATE
        return self._at_desk(since, chances, Operation.VOID if voided else Operation.DISPATCH)

    def _to_handle(self, case: Standing, since: datetime, chances: Chances) -> Next:
        delay = exponential(_RECEIVING, chances[1])
        if case.limit_unit == LimitUnit.URGENT_HOUR:
            return Operation.RECEIVE, since + delay
        return Operation.RECEIVE, self._worked(since, delay)

    def _handling(self, case: Standing, since: datetime, chances: Chances) -> Next:
        due = case.due_at
        conduct = self._conduct(case)
        if due is None:
            at = self._worked(since, exponential(_WITHOUT_LIMIT, chances[1]))
        elif chances[0] < conduct.in_time and since < due:
            at = self._in_time(case, since, due, 0.12 + 0.87 * chances[1] ** 0.8)
        else:
            late = exponential(timedelta(hours=conduct.late_hours), chances[1])
            at = self._worked(max(since, due), late)
        return Operation.FEED_BACK, at

    def _fed_back(self, case: Standing, since: datetime, chances: Chances) -> Next:
        rework = self._conduct(case).rework / 2 if case.reworks < MOST_REWORKS else 0.0
        if chances[0] < CHECKED:
            return Operation.CHECK, self._on_shift(since, exponential(_CHECKING, chances[1]))
        operation = Operation.REWORK if chances[0] < CHECKED + rework else Operation.CLOSE
        return operation, self._on_shift(since, exponential(_CLOSING, chances[1]))

    def _post_check(self, case: Standing, since: datetime, chances: Chances) -> Next:
        rework = self._conduct(case).rework / 2 / CHECKED if case.reworks < MOST_REWORKS else 0.0
        operation = Operation.REWORK if chances[0] < rework else Operation.CLOSE
        return operation, self._on_shift(since, exponential(_CLOSING, chances[1]))

    def _conduct(self, case: Standing) -> Conduct:
        return self._conducts.at(case.committee, case.district)

    def _at_desk(self, since: datetime, chances: Chances, operation: Operation) -> Next:
        """The desks of the centre are manned day and night, thinly at night."""
        by_day = _OPENS <= self._local(since).time() < _CLOSES
        return operation, since + exponential(_DESK if by_day else _DESK_AT_NIGHT, chances[1])

    def _on_shift(self, since: datetime, delay: timedelta) -> datetime:
        """`delay` later, or as much after the next opening where that falls outside the day shift."""
        at = since + delay
        local = self._local(at)
        if _OPENS <= local.time() < _CLOSES:
            return at
        opening = local.replace(hour=_OPENS.hour, minute=0, second=0, microsecond=0)
        if local.time() >= _CLOSES:
            opening += timedelta(days=1)
        return opening.astimezone(since.tzinfo) + delay

    def _in_time(self, case: Standing, since: datetime, due: datetime, share: float) -> datetime:
        if case.limit_unit == LimitUnit.URGENT_HOUR:
            at = since + share * (due - since)
        else:
            at = self._calendar.after(since, share * self._calendar.worked(since, due))
        return at.replace(microsecond=0)

    def _worked(self, since: datetime, amount: timedelta) -> datetime:
        return self._calendar.after(since, amount).replace(microsecond=0)


_TURNS: dict[State, Callable[[Course, Standing, datetime, Chances], Next]] = {
    State.REPORTED: Course._reported,
    State.TO_FILE: Course._to_file,
    State.TO_DISPATCH: Course._to_dispatch,
    State.TO_HANDLE: Course._to_handle,
    State.HANDLING: Course._handling,
    State.FED_BACK: Course._fed_back,
    State.POST_CHECK: Course._post_check,
}
