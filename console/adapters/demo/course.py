"""What happens next to a case and when, if nobody at a seat decides otherwise.

Every chance is thrown by the case's id and version. So the history and the live feed, before and
after a restart, agree on what a case is going to do.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import NamedTuple

from console.adapters.demo import rare
from console.adapters.demo.conduct import Conduct, Conducts
from console.adapters.demo.dice import dice, exponential
from console.domain.calendar import WorkCalendar
from console.domain.case import Case, CheckResult, Flag, Source
from console.domain.catalogue import LimitUnit
from console.domain.decision import DECIDES
from console.domain.flow import State
from console.domain.operation import Operation, Request
from console.queries.waiting import Waiting

SEED = 20150331  # the last day of the quarter that the 2015 report counts

# Where a case waits for departments and collectors, who are outside, and where for the centre.
OUTSIDE: frozenset[State] = frozenset({State.PRE_CHECK, State.TO_HANDLE, State.HANDLING, State.POST_CHECK})
CENTRE: frozenset[State] = frozenset(
    {State.REPORTED, State.TO_FILE, State.TO_DISPATCH, State.RETURNED, State.FED_BACK, State.TO_CLOSE}
)
# What the departments and the collectors do there; the rest is the centre's.
BY_OTHERS: frozenset[Operation] = frozenset(
    {
        Operation.PRE_CHECK_RESULT,
        Operation.RECEIVE,
        Operation.ASK_RETURN,
        Operation.ASK_EXTENSION,
        Operation.ASK_SUSPENSION,
        Operation.FEED_BACK,
        Operation.PASS_CHECK,
        Operation.FAIL_CHECK,
    }
)

_DESK = timedelta(minutes=5)
_DESK_AT_NIGHT = timedelta(minutes=12)
_RECEIVING = timedelta(minutes=25)
_SENDING_ON = timedelta(minutes=40)
_WITHOUT_LIMIT = timedelta(hours=6)
_APPLYING = timedelta(minutes=45)
_DECIDING = timedelta(minutes=50)
_LOOKING = timedelta(minutes=14)
_LOOKING_AT_MOST = timedelta(minutes=50)
_CHECKING = timedelta(minutes=30)
_CLOSING = timedelta(minutes=35)
_AFTERWARDS = timedelta(hours=26)
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
        self,
        calendar: WorkCalendar,
        local: Callable[[datetime], datetime],
        conducts: Conducts,
        spot_share: float,
    ) -> None:
        self._calendar = calendar
        self._local = local
        self._conducts = conducts
        self._spot_share = spot_share

    def turn(self, case: Standing, since: datetime) -> Turn:
        """The next turn of an open case whose last fact is of `since`."""
        chances = dice(SEED, case.id, case.version)
        following = _TURNS[case.state] if case.request is None else Course._asked
        operation, at = following(self, case, since, chances)
        return Turn(operation, at, *chances[2:])

    def sent_on(self, case: Standing, since: datetime) -> Turn:
        """The turn of a case that lies with a department that is not responsible.

        Some departments say so as soon as it comes, and it is dispatched anew; others once they have
        taken it up, and then they hand it back.
        """
        chances = dice(SEED, case.id, case.version)
        operation = Operation.ASK_RETURN if case.state is State.HANDLING else Operation.REDISPATCH
        at = self._worked(since, exponential(_SENDING_ON, chances[1]))
        return Turn(operation, at, *chances[2:])

    def after_end(self, case: Case, last: Operation, since: datetime) -> Turn | None:
        """What is still done to a closed case whose last fact is `last`, of `since`; None: nothing."""
        chances = dice(SEED, case.id, case.version)
        if case.request is not None:
            operation: Operation | None = _decision(case.request, chances[0])
        elif last is Operation.SPOT_CHECK and case.checked is CheckResult.FAILED:
            operation = Operation.REOPEN if chances[0] < rare.REOPENED else None
        elif last is Operation.CLOSE:
            operation = self._after_closing(case, chances[0])
        else:
            operation = None
        if operation is None:
            return None
        return Turn(operation, self._on_shift(since, exponential(_AFTERWARDS, chances[1])), *chances[2:])

    def _after_closing(self, case: Case, chance: float) -> Operation | None:
        late = case.fed_back_at is not None and case.due_at is not None and case.fed_back_at > case.due_at
        if late and not case.appeals and chance < rare.APPEALED:
            return Operation.APPEAL
        if case.source in rare.CITIZENS and chance < rare.CALLED_BACK:
            return Operation.CALL_BACK
        return Operation.SPOT_CHECK if chance >= 1 - self._spot_share else None

    def _reported(self, case: Standing, since: datetime, chances: Chances) -> Next:
        rejected = rare.REJECTED_OF_PATROL if case.source is Source.PATROL else rare.REJECTED_OF_OTHERS
        operation = Operation.ACCEPT
        if Flag.SELF_HANDLED in case.flags:
            operation = Operation.CONFIRM_SELF
        elif not case.class_key:
            operation = Operation.ANSWER
        elif chances[0] < rejected:
            operation = Operation.REJECT
        return self._at_desk(since, chances, operation)

    def _to_file(self, case: Standing, since: datetime, chances: Chances) -> Next:
        checked = rare.PRE_CHECKED.get(case.source, rare.PRE_CHECKED_OF_OTHERS)
        operation = Operation.FILE
        if case.checked is CheckResult.ABSENT or chances[0] < rare.VOIDED:
            operation = Operation.VOID
        elif case.checked is None and chances[0] < rare.VOIDED + checked:
            operation = Operation.PRE_CHECK
        return self._at_desk(since, chances, operation)

    def _pre_check(self, case: Standing, since: datetime, chances: Chances) -> Next:
        return Operation.PRE_CHECK_RESULT, since + min(_LOOKING_AT_MOST, exponential(_LOOKING, chances[1]))

    def _to_dispatch(self, case: Standing, since: datetime, chances: Chances) -> Next:
        voided = chances[0] < rare.VOIDED_LATE
        return self._at_desk(since, chances, Operation.VOID if voided else Operation.DISPATCH)

    def _to_handle(self, case: Standing, since: datetime, chances: Chances) -> Next:
        delay = exponential(_RECEIVING, chances[1])
        if case.limit_unit == LimitUnit.URGENT_HOUR:
            return Operation.RECEIVE, since + delay
        return Operation.RECEIVE, self._worked(since, delay)

    def _handling(self, case: Standing, since: datetime, chances: Chances) -> Next:
        due = case.due_at
        if due is not None and since < due and (asked := _applied_for(case)):
            at = self._worked(since, exponential(_APPLYING, chances[1]))
            if at < due:
                return asked, at
        conduct = self._conduct(case)
        if due is None:
            at = self._worked(since, exponential(_WITHOUT_LIMIT, chances[1]))
        elif chances[0] < conduct.in_time and since < due:
            at = self._in_time(case, since, due, 0.12 + 0.87 * chances[1] ** 0.8)
        else:
            late = exponential(timedelta(hours=conduct.late_hours), chances[1])
            at = self._worked(max(since, due), late)
        return Operation.FEED_BACK, at

    def _suspended(self, case: Standing, since: datetime, chances: Chances) -> Next:
        return Operation.RESUME, case.suspended_until or since

    def _asked(self, case: Standing, since: datetime, chances: Chances) -> Next:
        assert case.request is not None
        at = self._on_shift(since, exponential(_DECIDING, chances[1]))
        return _decision(case.request, chances[0]), at

    def _fed_back(self, case: Standing, since: datetime, chances: Chances) -> Next:
        if case.checked is CheckResult.FAILED:
            return Operation.REWORK, self._on_shift(since, exponential(_DESK, chances[1]))
        if chances[0] < rare.CHECKED:
            return Operation.CHECK, self._on_shift(since, exponential(_CHECKING, chances[1]))
        operation = Operation.REWORK if chances[0] < rare.CHECKED + self._rework(case) else Operation.CLOSE
        return operation, self._on_shift(since, exponential(_CLOSING, chances[1]))

    def _post_check(self, case: Standing, since: datetime, chances: Chances) -> Next:
        failed = chances[0] < self._rework(case) / rare.CHECKED
        operation = Operation.FAIL_CHECK if failed else Operation.PASS_CHECK
        return operation, self._on_shift(since, min(_LOOKING_AT_MOST, exponential(_LOOKING, chances[1])))

    def _to_close(self, case: Standing, since: datetime, chances: Chances) -> Next:
        return Operation.CLOSE, self._on_shift(since, exponential(_CLOSING, chances[1]))

    def _rework(self, case: Standing) -> float:
        return self._conduct(case).rework / 2 if case.reworks < rare.MOST_REWORKS else 0.0

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


def _applied_for(case: Standing) -> Operation | None:
    """What the department applies for this time; it asks for an extension or a suspension once."""
    chance = dice("asks", SEED, case.id, case.version)[0]
    for operation, share in rare.ASKS:
        if chance < share:
            once = case.extensions or case.suspensions
            return operation if not once or operation is Operation.ASK_RETURN else None
        chance -= share
    return None


def _decision(request: Request, chance: float) -> Operation:
    granted, refused = DECIDES[request]
    return granted if chance < rare.GRANTED[request] else refused


_TURNS: dict[State, Callable[[Course, Standing, datetime, Chances], Next]] = {
    State.REPORTED: Course._reported,
    State.PRE_CHECK: Course._pre_check,
    State.TO_FILE: Course._to_file,
    State.TO_DISPATCH: Course._to_dispatch,
    State.TO_HANDLE: Course._to_handle,
    State.HANDLING: Course._handling,
    State.SUSPENDED: Course._suspended,
    State.FED_BACK: Course._fed_back,
    State.POST_CHECK: Course._post_check,
    State.TO_CLOSE: Course._to_close,
}
