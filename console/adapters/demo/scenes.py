"""What lies on the desks at the end of a history: applications, suspensions, duplicates, parts and the like.

Left alone a quarter ends with none or one of most of these, because each takes minutes or hours. A few
recent open cases are brought there by the services that operators use too. The numbers are small against
the open cases of a day, about 570, and ours: nothing is published on them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from console.adapters.demo import seats, texts
from console.adapters.demo.course import SEED, Turn
from console.adapters.demo.dice import dice
from console.adapters.demo.town import Town
from console.domain.acts import Part
from console.domain.case import Case, Flag
from console.domain.city import DepartmentKind
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.staff import distance_m
from console.queries.waiting import Waiting, waiting_in
from console.services.steps import take_step
from console.storage.unit import Unit

O, S = Operation, State  # noqa: E741  the table is read across: short words keep a row on a line

PARTS_OF_ONE = 2
NEAR_M = 120.0  # a duplicate lies at most so far from the case it repeats

_SHORTEST_STEP = timedelta(seconds=40)
_MOST_OF_A_STATE = 2 / 3  # the rest is left as it was: plain work for the operator

Fits = Callable[[Waiting, datetime], bool]


def _any(_case: Waiting, _now: datetime) -> bool:
    return True


def _late(case: Waiting, now: datetime) -> bool:
    return case.due_at is not None and case.due_at < now


def _in_time(case: Waiting, now: datetime) -> bool:
    return case.due_at is not None and case.due_at > now


@dataclass(frozen=True, slots=True)
class Scene:
    """At most `count` cases in `state` that fit go through `acts`; `told` adds to what is said."""

    count: int
    state: State
    acts: tuple[Operation, ...]
    fits: Fits = _any
    told: Mapping[str, Any] = field(default_factory=dict)


SCENES: tuple[Scene, ...] = (
    Scene(3, S.TO_FILE, (O.PRE_CHECK,)),
    Scene(2, S.TO_DISPATCH, (O.SPLIT,)),
    Scene(2, S.TO_DISPATCH, (O.CONSULT,)),
    Scene(1, S.TO_DISPATCH, (O.ASK_VOID,)),
    Scene(2, S.TO_DISPATCH, (O.DISPATCH,)),
    Scene(1, S.TO_DISPATCH, (O.SEND_BACK,)),
    Scene(6, S.HANDLING, (O.ASK_EXTENSION,), _in_time),
    Scene(3, S.HANDLING, (O.ASK_EXTENSION, O.ALLOW_EXTENSION), _in_time),
    Scene(4, S.HANDLING, (O.ASK_SUSPENSION,), _in_time),
    Scene(4, S.HANDLING, (O.ASK_SUSPENSION, O.ALLOW_SUSPENSION), _in_time),
    Scene(4, S.HANDLING, (O.ASK_RETURN,), _in_time),
    Scene(1, S.HANDLING, (O.ASK_RETURN, O.ALLOW_RETURN), _in_time),
    Scene(2, S.HANDLING, (O.ASK_FORCED_CLOSE,), _late),
    Scene(2, S.HANDLING, (O.ASK_FORCED_CLOSE, O.ALLOW_FORCED_CLOSE), _late),
    Scene(2, S.HANDLING, (O.ASK_AUTHORITY,)),
    Scene(1, S.HANDLING, (O.ASK_AUTHORITY, O.GIVE_AUTHORITY)),
    Scene(5, S.HANDLING, (O.URGE, O.SUPERVISE), _late, {"level": 1}),
    Scene(2, S.HANDLING, (O.SUPERVISE, O.REPLY_SUPERVISION), _late, {"level": 2}),
    Scene(1, S.HANDLING, (O.SUPERVISE,), _late, {"level": 3}),
    Scene(4, S.HANDLING, (O.URGE,), _late),
    Scene(8, S.HANDLING, (O.MARK,), told={"flag": Flag.URGENT}),
    Scene(2, S.HANDLING, (O.MARK,), told={"flag": Flag.TYPICAL}),
    Scene(3, S.HANDLING, (O.SECOND_DISPATCH,), _in_time),
    Scene(2, S.HANDLING, (O.FEED_BACK, O.CHECK), _in_time),
    Scene(1, S.HANDLING, (O.FEED_BACK, O.CHECK, O.FAIL_CHECK), _in_time),
    Scene(2, S.FED_BACK, (O.CHECK, O.PASS_CHECK)),
)


# How many cases the splits make beyond those that were reported.
PARTS = sum(scene.count for scene in SCENES if O.SPLIT in scene.acts) * PARTS_OF_ONE


def act_out(unit: Unit, town: Town, until: datetime) -> None:
    """Bring recent cases to where the scenes want them; every act lies before `until`."""
    free = {state: [one for one in waiting_in(unit, {state}) if one.request is None] for state in State}
    _merge(unit, town, free, until)
    random = Random(f"{SEED} scenes {until.timestamp()}")
    most = {state: int(len(cases) * _MOST_OF_A_STATE) for state, cases in free.items()}
    for scene in SCENES:
        drawn = [one for one in free[scene.state] if scene.fits(one, until)]
        random.shuffle(drawn)
        done = 0
        for one in drawn:
            if done == scene.count or not most[scene.state]:
                break
            if _played(unit, town, one, scene, until):
                free[scene.state].remove(one)
                most[scene.state] -= 1
                done += 1


def _merge(unit: Unit, town: Town, free: dict[State, list[Waiting]], until: datetime) -> None:
    """All duplicates but the newest, which is left to the operator."""
    twins = list(_twins(unit, free))
    for twin, other in twins[:-1]:
        if _played(unit, town, twin, Scene(1, twin.state, (O.MERGE,), told={"other": other.code}), until):
            free[twin.state].remove(twin)
            # What rests in it was written down: nothing earlier may come after that.
            free[other.state] = [one for one in free[other.state] if one.id != other.id]


def _twins(unit: Unit, free: Mapping[State, list[Waiting]]) -> Iterator[tuple[Waiting, Case]]:
    known = [unit.cases.by_code(one.code) for state in (S.TO_HANDLE, S.HANDLING) for one in free[state]]
    for one in sorted((*free[S.TO_FILE], *free[S.REPORTED]), key=lambda waiting: waiting.id):
        case = unit.cases.by_code(one.code)
        near = (other for other in known if other.class_key == case.class_key and _is_near(case, other))
        if case.class_key and (other := next(near, None)) is not None:
            yield one, other


def _is_near(case: Case, other: Case) -> bool:
    if case.lon is None or case.lat is None or other.lon is None or other.lat is None:
        return False
    return distance_m(case.lon, case.lat, other.lon, other.lat) <= NEAR_M


def _played(unit: Unit, town: Town, one: Waiting, scene: Scene, until: datetime) -> bool:
    """Whether a case went through a scene; a city's practice or lists may not let it."""
    step = (until - one.since) / (len(scene.acts) + 1)
    if step < _SHORTEST_STEP:
        return False
    try:
        with unit.part():
            for number, operation in enumerate(scene.acts, start=1):
                chances = dice("scene", SEED, one.id, number)
                at = (one.since + number * step).replace(microsecond=0)
                _take(unit, town, one.code, Turn(operation, at, *chances[2:]), scene)
    except Refused:
        return False
    return True


def _take(unit: Unit, town: Town, code: str, turn: Turn, scene: Scene) -> None:
    case = unit.cases.by_code(code)
    actor = town.crew.actor(turn.operation, case, turn.hand)
    if actor is None:
        raise Refused("wrong_post", operation=turn.operation.value, posts=(), name="")
    told = replace(seats.told(town, case, turn), **_added(town, case, turn), **scene.told)
    take_step(unit, code, turn.operation, told, by=actor.name, at=turn.at)


def _added(town: Town, case: Case, turn: Turn) -> dict[str, Any]:
    if turn.operation is O.SPLIT:
        first, second = texts.PARTS
        return {"parts": (Part(first, town.responsible(case)), Part(second))}
    if turn.operation is O.DISPATCH:
        return {"assisting": (_office(town, case),)}
    if turn.operation is O.CONSULT:
        return {"department": town.responsible(case)}
    if turn.operation is O.SECOND_DISPATCH:
        return {"unit": _office(town, case)}
    return {}


def _office(town: Town, case: Case) -> str:
    """Another office of the area: it helps out."""
    places = {case.committee or case.district}
    for department in town.reference.departments.values():
        local = department.kind is DepartmentKind.DISTRICT_BUREAU and department.division in places
        if local and department.code not in (case.department, town.responsible(case)):
            return department.code
    return ""
