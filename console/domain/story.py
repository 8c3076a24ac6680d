"""The facts of a case as one story: what answers what, and what was taken back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain.acts import acted
from console.domain.case import Fact
from console.domain.operation import Operation

_TAKES_BACK = frozenset({Operation.UNDO, Operation.COUNTER})

# What an act is the other half of; applications find theirs by the request that waits.
_ANSWERS: dict[Operation, tuple[Operation, ...]] = {
    Operation.PRE_CHECK_RESULT: (Operation.PRE_CHECK,),
    Operation.PASS_CHECK: (Operation.CHECK,),
    Operation.FAIL_CHECK: (Operation.CHECK,),
    Operation.RESUME: (Operation.ALLOW_SUSPENSION,),
    Operation.REPLY_SUPERVISION: (Operation.SUPERVISE,),
    Operation.END_SUPERVISION: (Operation.SUPERVISE,),
    Operation.UNMERGE: (Operation.MERGE,),
    Operation.UNMARK: (Operation.MARK,),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One fact in its story.

    `answers` is the number of the fact it is the other half of (an application and its decision, a
    check and its result, an act and what took it back), `undone_by` that of the fact that took it back;
    0 where there is none. `late` says that it ended a clock after its deadline: a stage's, or a
    department's with its feedback.
    """

    fact: Fact
    answers: int = 0
    undone_by: int = 0
    late: bool = False


def story(facts: Iterable[Fact]) -> tuple[Line, ...]:
    """Every fact of a case in its order, with its counterpart."""
    told = tuple(facts)
    standing: list[Fact] = []
    answers: dict[int, int] = {}
    undone: dict[int, int] = {}
    for fact in told:
        answers[fact.number] = 0
        if fact.operation not in _TAKES_BACK:
            answers[fact.number] = _question(standing, fact)
            standing.append(fact)
        elif acts := acted(standing):
            gone = acts[-1]
            standing = acts[:-1]
            answers[fact.number], undone[gone.number] = gone.number, fact.number
    return tuple(
        Line(fact, answers[fact.number], undone.get(fact.number, 0), late)
        for fact, late in zip(told, _lateness(told), strict=True)
    )


def _lateness(facts: Iterable[Fact]) -> Iterator[bool]:
    running: datetime | None = None
    due: datetime | None = None
    for fact in facts:
        moved = "state" in fact.changes and fact.operation not in _TAKES_BACK
        deadline = due if fact.operation is Operation.FEED_BACK else running
        yield moved and deadline is not None and fact.at > deadline
        running = fact.changes.get("current_due_at", running)
        due = fact.changes.get("due_at", due)


def _question(standing: Sequence[Fact], fact: Fact) -> int:
    asked = _ANSWERS.get(fact.operation)
    for before in reversed(standing):
        if asked is not None and before.operation in asked:
            return before.number
        if asked is None and "request" in fact.changes and "request" in before.changes:
            return before.number if before.changes["request"] is not None else 0
    return 0
