"""Taking back: within its time of grace an act is simply undone, afterwards only by a counter-entry."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from console.domain.actor import Actor
from console.domain.acts.clocks import deadline, runs
from console.domain.calendar import WorkCalendar
from console.domain.case import Case, Fact, applied, changed, difference, fold
from console.domain.errors import Refused
from console.domain.flow import row_of
from console.domain.operation import Operation
from console.domain.practice import Practice
from console.domain.rights import post_for
from console.domain.text import cleaned

_TAKES_BACK = frozenset({Operation.UNDO, Operation.COUNTER})
_NO_GRACE = timedelta()


def undo(
    facts: Sequence[Fact],
    case: Case,
    *,
    actor: Actor,
    at: datetime,
    calendar: WorkCalendar,
    practice: Practice,
    note: str = "",
) -> tuple[Case, Fact, Fact]:
    """Take back the last act that stands: the case as before it, the fact that says so, the act's fact.

    Within the grace of the operation it has not left the centre yet, and whoever did it may undo it.
    Afterwards a post with the right writes a counter-entry (冲正) that gives its reason.

    Raises Refused: `nothing_to_undo` at the opening fact and after what nobody here did,
    `not_yours` within the grace of somebody else's act, `needs_reason`, `wrong_post`.
    """
    stood = acted(standing(facts))
    last = stood[-1]
    row = row_of(last.operation)
    if len(stood) < 2 or row is None or not row.undoable:
        raise Refused("nothing_to_undo", code=case.code)
    within = at <= released_at(last, practice)
    operation = Operation.UNDO if within and last.by == actor.name else Operation.COUNTER
    post = ""
    if operation is Operation.COUNTER:
        found = post_for(actor, Operation.COUNTER, case.state, practice)
        if found is None:
            code = "not_yours" if within else "grace_over"
            raise Refused(code, code=case.code, operation=last.operation.value, by=last.by)
        if not note.strip():
            raise Refused("needs_reason")
        post = found
    before = _as_now(fold(stood[:-1], case.id), calendar, practice)
    details = {"number": last.number, "operation": last.operation.value}
    changes = difference(case, before)
    fact = Fact(case.version + 1, operation, at, actor.name, changes, cleaned(note), post, details)
    return applied(case, fact), fact, last


def released_at(fact: Fact, practice: Practice) -> datetime:
    """When an act leaves the centre: until then whoever did it may undo it."""
    return fact.at + practice.grace.get(fact.operation, _NO_GRACE)


def standing(facts: Iterable[Fact]) -> list[Fact]:
    """The facts without those that were taken back and without the takings back.

    Raises IndexError if more was taken back than done.
    """
    stood: list[Fact] = []
    for fact in facts:
        if fact.operation in _TAKES_BACK:
            stood = acted(stood)
            stood.pop()
        else:
            stood.append(fact)
    return stood


def acted(stood: list[Fact]) -> list[Fact]:
    """The facts up to the last act: a clock that an edited calendar set anew afterwards is nobody's."""
    end = len(stood)
    while end and stood[end - 1].operation is Operation.RECLOCK:
        end -= 1
    return stood[:end]


def _as_now(case: Case, calendar: WorkCalendar, practice: Practice) -> Case:
    """A case as it was, its running clock by the calendar and the practice that hold today."""
    if case.due_at is None or not case.limit_unit or not runs(case.visits):
        return case
    due, soon = deadline(case, calendar, bundled=practice.bundled)
    if case.current_due_at != case.due_at:  # a stage's clock is the one that is looked at
        return changed(case, due_at=due)
    return changed(case, due_at=due, current_due_at=due, soon_at=soon)
