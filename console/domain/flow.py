"""The one table: by which operation a case goes from which state to which, and in which step that is.

States and operations are those of domain.md 3.2 and 3.3; to widen the machine, add rows. Who may do
what is not here but in the site's practice (console.domain.practice).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum

from console.domain.operation import Operation, Request


class Step(StrEnum):
    """The seven steps (七步) in their order."""

    COLLECTION = "collection"
    FILING = "filing"
    DISPATCH = "dispatch"
    HANDLING = "handling"
    FEEDBACK = "feedback"
    VERIFICATION = "verification"
    EVALUATION = "evaluation"


class State(StrEnum):
    """Where a case stands; the codes are neutral, 核实 and 核查 are labels (domain.md 0.1-2)."""

    REPORTED = "reported"
    PRE_CHECK = "pre_check"
    TO_FILE = "to_file"
    NOT_ACCEPTED = "not_accepted"
    VOIDED = "voided"
    MERGED = "merged"
    TO_DISPATCH = "to_dispatch"
    TO_HANDLE = "to_handle"
    HANDLING = "handling"
    SUSPENDED = "suspended"
    RETURNED = "returned"
    FED_BACK = "fed_back"
    POST_CHECK = "post_check"
    TO_CLOSE = "to_close"
    CLOSED = "closed"
    FORCED_CLOSED = "forced_closed"


class Goes(Enum):
    """Targets that the case itself knows."""

    NOWHERE = "nowhere"  # the state stays
    BACK = "back"  # to the state it was held in


class Clock(StrEnum):
    """What an operation does to the disposal clock."""

    KEEP = "keep"
    START = "start"
    STOP = "stop"  # the department has answered: its deadline stays to be judged by
    DROP = "drop"  # the case left the department unanswered: no deadline is left
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    RELIMIT = "relimit"  # the same stretches under another limit, where the act sets one


class Need(StrEnum):
    """What an operation cannot do without."""

    CONDITION = "condition"
    DEPARTMENT = "department"
    UNIT = "unit"
    REASON = "reason"
    UNTIL = "until"
    RESULT = "result"
    LEVEL = "level"
    FLAG = "flag"
    PERSON = "person"
    OTHER_CASE = "other_case"
    PARTS = "parts"
    SATISFACTION = "satisfaction"
    EVIDENCE = "evidence"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row. `primary` marks the main next step of its states.

    `asks` is the application it hands in, `answers` the one it decides on; a row that answers is
    there only while that application waits, one that asks only while none does.
    """

    operation: Operation
    step: Step
    sources: frozenset[State]
    target: State | Goes
    clock: Clock = Clock.KEEP
    needs: frozenset[Need] = frozenset()
    asks: Request | None = None
    answers: Request | None = None
    undoable: bool = True
    primary: bool = False


S, O = State, Operation  # noqa: E741  the table is read across: short words keep a row on a line

ENDED: frozenset[State] = frozenset({S.NOT_ACCEPTED, S.VOIDED, S.MERGED, S.CLOSED, S.FORCED_CLOSED})
OPEN: frozenset[State] = frozenset(State) - ENDED

_WITH_DEPARTMENT = (S.TO_HANDLE, S.HANDLING)
_ANSWERED = (S.FED_BACK, S.POST_CHECK, S.TO_CLOSE)
_SHUT = (S.CLOSED, S.FORCED_CLOSED)
_FILED = tuple(sorted(OPEN - {S.REPORTED, S.PRE_CHECK, S.TO_FILE}))
_OPEN = tuple(sorted(OPEN))
_ANY = tuple(sorted(State))
_STAYS, _BACK = Goes.NOWHERE, Goes.BACK


def _row(
    operation: Operation,
    step: Step,
    sources: Iterable[State],
    target: State | Goes,
    *needs: Need,
    clock: Clock = Clock.KEEP,
    asks: Request | None = None,
    answers: Request | None = None,
    undoable: bool = True,
    primary: bool = False,
) -> Transition:
    known = frozenset(sources)
    return Transition(
        operation, step, known, target, clock, frozenset(needs), asks, answers, undoable, primary
    )


_REASON = Need.REASON
_COLLECTION: tuple[Transition, ...] = (
    _row(O.REGISTER, Step.COLLECTION, (), S.REPORTED, undoable=False),
    _row(O.ACCEPT, Step.COLLECTION, (S.REPORTED,), S.TO_FILE, primary=True),
    _row(O.REJECT, Step.COLLECTION, (S.REPORTED,), S.NOT_ACCEPTED, _REASON),
    _row(O.ANSWER, Step.COLLECTION, (S.REPORTED,), S.CLOSED, _REASON),
    _row(O.CONFIRM_SELF, Step.COLLECTION, (S.REPORTED,), S.CLOSED),
)
_FILING: tuple[Transition, ...] = (
    _row(O.FILE, Step.FILING, (S.TO_FILE,), S.TO_DISPATCH, Need.CONDITION, primary=True),
    _row(O.PRE_CHECK, Step.FILING, (S.TO_FILE,), S.PRE_CHECK),
    _row(O.PRE_CHECK_RESULT, Step.FILING, (S.PRE_CHECK,), S.TO_FILE, Need.RESULT, primary=True),
    _row(O.VOID, Step.FILING, (S.TO_FILE, S.TO_DISPATCH), S.VOIDED, _REASON),
    _row(O.ASK_VOID, Step.FILING, (S.TO_FILE, S.TO_DISPATCH), _STAYS, _REASON, asks=Request.VOID),
    _row(O.ALLOW_VOID, Step.FILING, (S.TO_FILE, S.TO_DISPATCH), S.VOIDED, answers=Request.VOID),
    _row(O.REFUSE_VOID, Step.FILING, (S.TO_FILE, S.TO_DISPATCH), _STAYS, _REASON, answers=Request.VOID),
    _row(O.MERGE, Step.FILING, (S.REPORTED, S.TO_FILE, S.TO_DISPATCH), S.MERGED, Need.OTHER_CASE),
    _row(O.UNMERGE, Step.FILING, (S.MERGED,), _BACK, _REASON),
)
_DISPATCH: tuple[Transition, ...] = (
    _row(
        O.DISPATCH,
        Step.DISPATCH,
        (S.TO_DISPATCH,),
        S.TO_HANDLE,
        Need.DEPARTMENT,
        clock=Clock.START,
        primary=True,
    ),
    _row(O.SECOND_DISPATCH, Step.DISPATCH, _WITH_DEPARTMENT, S.TO_HANDLE, Need.UNIT),
    _row(
        O.REDISPATCH,
        Step.DISPATCH,
        (*_WITH_DEPARTMENT, S.RETURNED),
        S.TO_HANDLE,
        Need.DEPARTMENT,
        clock=Clock.START,
    ),
    _row(O.SEND_BACK, Step.DISPATCH, (S.TO_DISPATCH,), S.TO_FILE, _REASON),
    _row(O.CONSULT, Step.DISPATCH, (S.TO_DISPATCH, S.RETURNED), _STAYS, _REASON),
    _row(O.SPLIT, Step.DISPATCH, (S.TO_DISPATCH,), _STAYS, Need.PARTS),
    _row(O.ASK_AUTHORITY, Step.DISPATCH, _FILED, _STAYS, _REASON, asks=Request.AUTHORITY),
    _row(O.GIVE_AUTHORITY, Step.DISPATCH, _FILED, _STAYS, _REASON, answers=Request.AUTHORITY),
    _row(O.REFUSE_AUTHORITY, Step.DISPATCH, _FILED, _STAYS, _REASON, answers=Request.AUTHORITY),
)
_HANDLING: tuple[Transition, ...] = (
    _row(O.RECEIVE, Step.HANDLING, (S.TO_HANDLE,), S.HANDLING, primary=True),
    _row(O.ASK_RETURN, Step.HANDLING, _WITH_DEPARTMENT, S.RETURNED, _REASON, asks=Request.RETURN),
    _row(
        O.ALLOW_RETURN,
        Step.HANDLING,
        (S.RETURNED,),
        S.TO_DISPATCH,
        clock=Clock.DROP,
        answers=Request.RETURN,
        primary=True,
    ),
    _row(O.REFUSE_RETURN, Step.HANDLING, (S.RETURNED,), _BACK, _REASON, answers=Request.RETURN),
    _row(O.ASK_EXTENSION, Step.HANDLING, _WITH_DEPARTMENT, _STAYS, _REASON, asks=Request.EXTENSION),
    _row(
        O.ALLOW_EXTENSION,
        Step.HANDLING,
        _WITH_DEPARTMENT,
        _STAYS,
        clock=Clock.EXTEND,
        answers=Request.EXTENSION,
    ),
    _row(O.REFUSE_EXTENSION, Step.HANDLING, _WITH_DEPARTMENT, _STAYS, _REASON, answers=Request.EXTENSION),
    _row(
        O.ASK_SUSPENSION,
        Step.HANDLING,
        _WITH_DEPARTMENT,
        _STAYS,
        _REASON,
        Need.UNTIL,
        asks=Request.SUSPENSION,
    ),
    _row(
        O.ALLOW_SUSPENSION,
        Step.HANDLING,
        _WITH_DEPARTMENT,
        S.SUSPENDED,
        clock=Clock.PAUSE,
        answers=Request.SUSPENSION,
    ),
    _row(O.REFUSE_SUSPENSION, Step.HANDLING, _WITH_DEPARTMENT, _STAYS, _REASON, answers=Request.SUSPENSION),
    _row(O.RESUME, Step.HANDLING, (S.SUSPENDED,), _BACK, clock=Clock.RESUME, primary=True),
    _row(O.FEED_BACK, Step.FEEDBACK, (S.HANDLING,), S.FED_BACK, clock=Clock.STOP, primary=True),
)
_VERIFICATION: tuple[Transition, ...] = (
    _row(O.CLOSE, Step.VERIFICATION, _ANSWERED, S.CLOSED, primary=True),
    _row(O.CHECK, Step.VERIFICATION, (S.FED_BACK,), S.POST_CHECK),
    _row(O.PASS_CHECK, Step.VERIFICATION, (S.POST_CHECK,), S.TO_CLOSE),
    _row(O.FAIL_CHECK, Step.VERIFICATION, (S.POST_CHECK,), S.FED_BACK, _REASON),
    _row(O.REWORK, Step.VERIFICATION, _ANSWERED, S.TO_HANDLE, _REASON, clock=Clock.START),
    _row(O.ASK_FORCED_CLOSE, Step.VERIFICATION, _FILED, _STAYS, _REASON, asks=Request.FORCED_CLOSE),
    _row(
        O.ALLOW_FORCED_CLOSE,
        Step.VERIFICATION,
        _FILED,
        S.FORCED_CLOSED,
        clock=Clock.DROP,
        answers=Request.FORCED_CLOSE,
    ),
    _row(O.REFUSE_FORCED_CLOSE, Step.VERIFICATION, _FILED, _STAYS, _REASON, answers=Request.FORCED_CLOSE),
)
_EVALUATION: tuple[Transition, ...] = (
    _row(O.SPOT_CHECK, Step.EVALUATION, _SHUT, _STAYS, Need.RESULT),
    _row(O.REOPEN, Step.EVALUATION, _SHUT, S.TO_DISPATCH, _REASON),
    _row(O.CALL_BACK, Step.EVALUATION, (*_SHUT, S.MERGED), _STAYS, Need.SATISFACTION),
    _row(O.APPEAL, Step.EVALUATION, _SHUT, _STAYS, _REASON, asks=Request.APPEAL),
    _row(
        O.PASS_APPEAL,
        Step.EVALUATION,
        _SHUT,
        _STAYS,
        asks=Request.APPEAL_REVIEW,
        answers=Request.APPEAL,
    ),
    _row(O.ALLOW_APPEAL, Step.EVALUATION, _SHUT, _STAYS, answers=Request.APPEAL_REVIEW),
    _row(O.REFUSE_APPEAL, Step.EVALUATION, _SHUT, _STAYS, _REASON, answers=Request.APPEAL),
    _row(O.REFUSE_APPEAL, Step.EVALUATION, _SHUT, _STAYS, _REASON, answers=Request.APPEAL_REVIEW),
)
# What may be said of a case in any step; shown under the step it was in.
_BESIDE: tuple[Transition, ...] = (
    *(
        _row(O.WITHDRAW, Step.HANDLING, _ANY, _BACK if one is Request.RETURN else _STAYS, answers=one)
        for one in Request
        if one is not Request.APPEAL_REVIEW
    ),
    _row(O.SUPERVISE, Step.HANDLING, _FILED, _STAYS, Need.LEVEL, _REASON),
    _row(O.REPLY_SUPERVISION, Step.HANDLING, _FILED, _STAYS, _REASON),
    _row(O.END_SUPERVISION, Step.HANDLING, _ANY, _STAYS),
    _row(O.URGE, Step.HANDLING, (*_WITH_DEPARTMENT, S.PRE_CHECK, S.POST_CHECK), _STAYS),
    _row(O.MARK, Step.HANDLING, _ANY, _STAYS, Need.FLAG),
    _row(O.UNMARK, Step.HANDLING, _ANY, _STAYS, Need.FLAG),
    _row(O.ATTACH, Step.HANDLING, _ANY, _STAYS, Need.EVIDENCE),
    _row(O.HAND_OVER, Step.HANDLING, _OPEN, _STAYS, Need.PERSON),
    _row(O.RELOCATE, Step.HANDLING, _OPEN, _STAYS, Need.PLACE, _REASON, clock=Clock.RELIMIT),
)

TRANSITIONS: tuple[Transition, ...] = (
    *_COLLECTION,
    *_FILING,
    *_DISPATCH,
    *_HANDLING,
    *_VERIFICATION,
    *_EVALUATION,
    *_BESIDE,
)

# The step in whose column a state waits: what has to happen to it next.
STEP_OF: dict[State, Step] = {
    S.REPORTED: Step.COLLECTION,
    S.PRE_CHECK: Step.FILING,
    S.TO_FILE: Step.FILING,
    S.NOT_ACCEPTED: Step.EVALUATION,
    S.VOIDED: Step.EVALUATION,
    S.MERGED: Step.EVALUATION,
    S.TO_DISPATCH: Step.DISPATCH,
    S.RETURNED: Step.DISPATCH,
    S.TO_HANDLE: Step.HANDLING,
    S.HANDLING: Step.HANDLING,
    S.SUSPENDED: Step.HANDLING,
    S.FED_BACK: Step.FEEDBACK,
    S.POST_CHECK: Step.VERIFICATION,
    S.TO_CLOSE: Step.VERIFICATION,
    S.CLOSED: Step.EVALUATION,
    S.FORCED_CLOSED: Step.EVALUATION,
}

_ROWS: dict[tuple[State, Operation], list[Transition]] = defaultdict(list)
for _one in TRANSITIONS:
    for _source in _one.sources:
        _ROWS[_source, _one.operation].append(_one)
_AT: dict[State, tuple[Operation, ...]] = {
    state: tuple(dict.fromkeys(row.operation for row in TRANSITIONS if state in row.sources))
    for state in State
}


def transition(state: State, operation: Operation, request: Request | None = None) -> Transition | None:
    """The row by which `operation` leaves `state` while `request` waits, or None where it may not."""
    for row in _ROWS.get((state, operation), ()):
        if row.answers is request and row.answers is not None:
            return row
        if row.answers is None and (row.asks is None or request is None):
            return row
    return None


def operations(state: State, request: Request | None = None) -> tuple[Transition, ...]:
    """The rows that leave `state` while `request` waits, the primary one first."""
    found = [row for operation in _AT[state] if (row := transition(state, operation, request)) is not None]
    return tuple(sorted(found, key=lambda row: not row.primary))


def row_of(operation: Operation) -> Transition | None:
    """Any row of an operation: what holds of all of them (step, needs, whether it can be undone)."""
    return next((row for row in TRANSITIONS if row.operation is operation), None)
