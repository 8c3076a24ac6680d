"""The one table: by which operation a case goes from which state to which, and in which step that is.

States and operations are those of domain.md 3.2 and 3.3; to widen the machine, add rows.
"""

from dataclasses import dataclass
from enum import StrEnum


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
    TO_FILE = "to_file"
    NOT_ACCEPTED = "not_accepted"
    VOIDED = "voided"
    TO_DISPATCH = "to_dispatch"
    TO_HANDLE = "to_handle"
    HANDLING = "handling"
    FED_BACK = "fed_back"
    POST_CHECK = "post_check"
    CLOSED = "closed"


class Operation(StrEnum):
    """What may be done to a case; `undo` and `import` stand outside the table."""

    REGISTER = "register"
    ACCEPT = "accept"
    REJECT = "reject"
    FILE = "file"
    VOID = "void"
    DISPATCH = "dispatch"
    REDISPATCH = "redispatch"
    RECEIVE = "receive"
    FEED_BACK = "feed_back"
    CHECK = "check"
    CLOSE = "close"
    REWORK = "rework"
    UNDO = "undo"
    IMPORT = "import"


class Clock(StrEnum):
    """What an operation does to the disposal clock."""

    KEEP = "keep"
    START = "start"
    STOP = "stop"


class Need(StrEnum):
    """What an operation cannot do without."""

    CONDITION = "condition"
    DEPARTMENT = "department"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: `primary` marks the next right thing to do in its states."""

    operation: Operation
    step: Step
    sources: frozenset[State]
    target: State
    clock: Clock = Clock.KEEP
    needs: frozenset[Need] = frozenset()
    undoable: bool = True
    primary: bool = False


def _row(
    operation: Operation,
    step: Step,
    sources: tuple[State, ...],
    target: State,
    *needs: Need,
    clock: Clock = Clock.KEEP,
    undoable: bool = True,
    primary: bool = False,
) -> Transition:
    return Transition(operation, step, frozenset(sources), target, clock, frozenset(needs), undoable, primary)


TRANSITIONS: tuple[Transition, ...] = (
    _row(Operation.REGISTER, Step.COLLECTION, (), State.REPORTED, undoable=False),
    _row(Operation.ACCEPT, Step.COLLECTION, (State.REPORTED,), State.TO_FILE, primary=True),
    _row(Operation.REJECT, Step.COLLECTION, (State.REPORTED,), State.NOT_ACCEPTED, Need.REASON),
    _row(Operation.FILE, Step.FILING, (State.TO_FILE,), State.TO_DISPATCH, Need.CONDITION, primary=True),
    _row(Operation.VOID, Step.FILING, (State.TO_FILE, State.TO_DISPATCH), State.VOIDED, Need.REASON),
    _row(
        Operation.DISPATCH,
        Step.DISPATCH,
        (State.TO_DISPATCH,),
        State.TO_HANDLE,
        Need.DEPARTMENT,
        clock=Clock.START,
        primary=True,
    ),
    _row(
        Operation.REDISPATCH,
        Step.DISPATCH,
        (State.TO_HANDLE, State.HANDLING),
        State.TO_HANDLE,
        Need.DEPARTMENT,
    ),
    _row(Operation.RECEIVE, Step.HANDLING, (State.TO_HANDLE,), State.HANDLING, primary=True),
    _row(
        Operation.FEED_BACK, Step.FEEDBACK, (State.HANDLING,), State.FED_BACK, clock=Clock.STOP, primary=True
    ),
    _row(Operation.CLOSE, Step.VERIFICATION, (State.FED_BACK, State.POST_CHECK), State.CLOSED, primary=True),
    _row(Operation.CHECK, Step.VERIFICATION, (State.FED_BACK,), State.POST_CHECK),
    _row(
        Operation.REWORK,
        Step.VERIFICATION,
        (State.FED_BACK, State.POST_CHECK),
        State.TO_HANDLE,
        Need.REASON,
        clock=Clock.START,
    ),
)

# The step in whose column a state waits: what has to happen to it next.
STEP_OF: dict[State, Step] = {
    State.REPORTED: Step.COLLECTION,
    State.TO_FILE: Step.FILING,
    State.NOT_ACCEPTED: Step.EVALUATION,
    State.VOIDED: Step.EVALUATION,
    State.TO_DISPATCH: Step.DISPATCH,
    State.TO_HANDLE: Step.HANDLING,
    State.HANDLING: Step.HANDLING,
    State.FED_BACK: Step.FEEDBACK,
    State.POST_CHECK: Step.VERIFICATION,
    State.CLOSED: Step.EVALUATION,
}

ENDED: frozenset[State] = frozenset({State.NOT_ACCEPTED, State.VOIDED, State.CLOSED})
OPEN: frozenset[State] = frozenset(State) - ENDED

_BY_PLACE = {(source, row.operation): row for row in TRANSITIONS for source in row.sources}


def transition(state: State, operation: Operation) -> Transition | None:
    """The row by which `operation` leaves `state`, or None where it may not."""
    return _BY_PLACE.get((state, operation))


def operations(state: State) -> tuple[Transition, ...]:
    """The rows that leave `state`, the primary one first."""
    return tuple(
        sorted((row for row in TRANSITIONS if state in row.sources), key=lambda row: not row.primary)
    )
