"""What a seat must be told: which fact of which case is an event for whom, and what is over with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.actor import Actor, Post
from console.domain.case import Flag
from console.domain.catalogue import ClassKind, LimitUnit
from console.domain.duty import OnDuty
from console.domain.flow import OPEN, TRANSITIONS, State
from console.domain.operation import Operation, Request
from console.domain.practice import Practice
from console.domain.reach import Awaited, concerns, within
from console.domain.waiting import awaited_posts


class Event(StrEnum):
    """What may be told, the gravest first."""

    DATABASE_LOST = "database_lost"
    CRITICAL = "critical"
    SUPERVISION = "supervision"
    LATE = "late"
    HANDOVER = "handover"
    RETURNED = "returned"
    APPLICATION = "application"
    UNCLAIMED = "unclaimed"
    DUE_SOON = "due_soon"
    NEW_CASE = "new_case"
    DATABASE_BACK = "database_back"


# Never held back, never shelved away, whatever is switched off.
GRAVE = frozenset({Event.CRITICAL, Event.DATABASE_LOST})
OF_CASES = frozenset(Event) - {Event.DATABASE_LOST, Event.DATABASE_BACK, Event.HANDOVER}
# After so long a supervised case without a reply is told again, by its level; proposed.
PATIENCE = {1: timedelta(hours=4), 2: timedelta(hours=2), 3: timedelta(hours=1)}

_COMES_IN = frozenset({Operation.REGISTER, Operation.IMPORT})
_COMES_BACK = frozenset({Operation.ASK_RETURN, Operation.ALLOW_RETURN, Operation.SEND_BACK, Operation.REWORK})
_RAISES = frozenset({Operation.SUPERVISE, Operation.MARK})
_MOVES = frozenset({"state", "department", "unit", "handler", "flags", "district", "committee"})
_WITH_DEPARTMENT = frozenset({State.TO_HANDLE, State.HANDLING, State.SUSPENDED})
_STAGES = OPEN - _WITH_DEPARTMENT


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as far as a seat's attention goes; see console.domain.case.Case."""

    id: int
    state: State
    class_key: str = ""
    limit_unit: str = ""
    flags: tuple[Flag, ...] = ()
    request: Request | None = None
    asked_by: str = ""
    department: str = ""
    unit: str = ""
    district: str = ""
    committee: str = ""
    handler: str = ""
    supervision: int = 0

    @property
    def place(self) -> str:
        """The code by which news are grouped: the committee that manages the place, else its district."""
        return self.committee or self.district


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the journal with its case as it is now; `changed` are the fields that the line changed."""

    line: int
    operation: Operation
    at: datetime
    by: str
    changed: frozenset[str]
    case: Seen


@dataclass(frozen=True, slots=True)
class News:
    """One case is an event for the seat. `raised`: somebody made it so just now, it is told once more."""

    event: Event
    case_id: int
    place: str
    raised: bool = False


@dataclass(frozen=True)
class Watcher:
    """A seat as its attention goes: who sits there, in which practice, on duty or not.

    `unmanned` are the posts that nobody on the roster of this turn holds: what waits for them is told to
    the leader on duty, `leading` says that this is he. `resting`: the roster has others; only what is grave
    is told then.
    """

    actor: Actor
    awaited: Awaited
    deciding: Mapping[Request, frozenset[Post]] = field(default_factory=dict)
    emergencies: frozenset[str] = frozenset()
    resting: bool = False
    leading: bool = False
    unmanned: frozenset[Post] = frozenset()


def watcher(actor: Actor, practice: Practice, duty: OnDuty, staff: Mapping[str, frozenset[Post]]) -> Watcher:
    """The seat of `actor` under the roster of `duty`; `staff` are the posts of everybody on the list."""
    awaited = dict(awaited_posts(practice))
    for state in (State.TO_HANDLE, State.HANDLING):  # whoever sends it on inside a department watches it
        awaited[state] |= practice.rights.get(Operation.SECOND_DISPATCH, {}).keys()
    manned: set[Post] = set()
    for one in duty.duties:
        manned |= {one.post} if one.post else staff.get(one.person, frozenset())
    return Watcher(
        actor,
        awaited,
        _deciding(practice),
        frozenset(practice.emergencies),
        resting=duty.is_outside(actor.name),
        leading=bool(duty.leader) and duty.leader == actor.name,
        unmanned=frozenset(Post) - manned if duty.kept else frozenset(),
    )


def is_critical(case: Seen, emergencies: frozenset[str]) -> bool:
    """An open case marked urgent or supervised, of a class of emergencies, or a component that endangers.

    The last is one that was filed with a limit in urgent hours: a cover is gone, a pole falls. Events with
    such limits (店外经营) are everyday work.
    """
    if case.state not in OPEN:
        return False
    if Flag.URGENT in case.flags or Flag.SUPERVISED in case.flags:
        return True
    kind, _, code = case.class_key.partition(":")
    if not emergencies.isdisjoint({f"{kind}:", f"{kind}:{code[:2]}", case.class_key}):
        return True
    return kind == ClassKind.PART and case.limit_unit == LimitUnit.URGENT_HOUR


def told_by(happened: Happened, seat: Watcher) -> list[News]:
    """The events that one line of the journal is for a seat; nobody is told of what he did himself."""
    case, actor = happened.case, seat.actor
    if happened.by == actor.name:
        return []
    found = _asked(happened, seat)
    if case.state not in OPEN:
        return found
    mine = concerns(actor, case, seat.awaited)
    if happened.changed & _MOVES and (mine or seat.leading) and is_critical(case, seat.emergencies):
        raised = happened.operation in _RAISES
        found.append(News(Event.CRITICAL, case.id, case.place, raised))
    if not mine or seat.resting:
        return found
    if happened.operation in _COMES_BACK:
        found.append(News(Event.RETURNED, case.id, case.place))
    if happened.operation in _COMES_IN and "state" in happened.changed:
        found.append(News(Event.NEW_CASE, case.id, case.place))
    return found


def over_by(happened: Happened, seat: Watcher) -> frozenset[Event]:
    """The events that are over for a seat once it knows of the line."""
    case = happened.case
    if case.state not in OPEN:
        return OF_CASES if case.request is None else OF_CASES - {Event.APPLICATION}
    found: set[Event] = set()
    if case.request is None:
        found.add(Event.APPLICATION)
    if "state" in happened.changed:
        found |= {Event.NEW_CASE, Event.RETURNED, Event.UNCLAIMED, Event.DUE_SOON, Event.LATE}
    if "handler" in happened.changed:
        found.add(Event.UNCLAIMED)
    if happened.operation in {Operation.REPLY_SUPERVISION, Operation.END_SUPERVISION}:
        found.add(Event.SUPERVISION)
    concerned = concerns(seat.actor, case, seat.awaited) or seat.leading
    if not concerned or not is_critical(case, seat.emergencies):
        found.add(Event.CRITICAL)
    return frozenset(found)


def clock_event(case: Seen, late: bool, seat: Watcher) -> News | None:
    """What it is for a seat that the clock of a case ran out, or came into its last fifth."""
    mine = concerns(seat.actor, case, seat.awaited)
    if late:
        return News(Event.LATE, case.id, case.place) if mine and not seat.resting else None
    if case.handler or case.state not in _STAGES:
        return News(Event.DUE_SOON, case.id, case.place) if mine and not seat.resting else None
    waits = seat.awaited.get(case.state, frozenset())
    nobody_there = bool(waits) and waits <= seat.unmanned
    if (mine and not seat.resting) or (seat.leading and nobody_there):
        return News(Event.UNCLAIMED, case.id, case.place)
    return None


def unanswered_event(case: Seen, asked_by: str, seat: Watcher) -> News | None:
    """A supervised case without a reply: for who has to reply, and for who asked."""
    if seat.resting:
        return None
    if seat.actor.name == asked_by or concerns(seat.actor, case, seat.awaited):
        return News(Event.SUPERVISION, case.id, case.place)
    return None


def decides(case: Seen, seat: Watcher) -> bool:
    """Whether the application of a case waits for this seat."""
    if case.request is None or case.asked_by == seat.actor.name:
        return False
    posts = seat.actor.posts & seat.deciding.get(case.request, frozenset())
    return any(within(post, seat.actor, case) for post in posts)


def _asked(happened: Happened, seat: Watcher) -> list[News]:
    if "request" not in happened.changed or seat.resting or not decides(happened.case, seat):
        return []
    return [News(Event.APPLICATION, happened.case.id, happened.case.place)]


def _deciding(practice: Practice) -> dict[Request, frozenset[Post]]:
    """For each application the posts that may grant it."""
    found: dict[Request, frozenset[Post]] = {}
    for row in TRANSITIONS:
        if row.answers is None or row.operation is Operation.WITHDRAW or "refuse" in row.operation:
            continue
        found[row.answers] = frozenset(practice.rights.get(row.operation, {}))
    return found
