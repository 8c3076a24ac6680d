"""The live feed: new reports, and the departments' answers, on the loaded demo city.

Everything is stamped with the real clock. Only waiting is divided by the speed: at 60 a department that
would take two hours answers after two minutes, and is early by its deadline. Departments and collectors
act; the operator's work is left to the operator. With `colleagues` the other seats of the centre work too,
for training and tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import numpy as np

from console.adapters.demo import seats
from console.adapters.demo.course import BY_OTHERS, CENTRE, OUTSIDE, SEED
from console.adapters.demo.dice import dice, exponential
from console.adapters.demo.planned import Acting, Planned
from console.adapters.demo.reports import coming
from console.adapters.demo.town import Town, read_town
from console.domain.errors import Refused
from console.domain.operation import Operation
from console.queries.waiting import Waiting, newest_report
from console.services.collection import register_report
from console.services.steps import Told, take_step
from console.storage.unit import Unit, View

PER_DAY = 562.0  # the reports of 2015's first quarter; 10,000 is the size of the years after 2019
MOST_ACTS = 8  # a call: one transaction of about 10 ms
LOOK_AGAIN = 2.0  # seconds after which operators may have made new work
_QUIETEST = 0.25  # of the mean rate: at night a demonstration still shows reports
_CAUGHT_UP = timedelta(hours=1)  # what fell due while nobody ran the city comes spread over this


@dataclass(frozen=True, slots=True)
class Reporting:
    """A new report, the one after the case `after`."""

    at: datetime
    after: int


Action = Reporting | Acting


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is due now, and the seconds after which to look again."""

    actions: tuple[Action, ...]
    pause: float


@dataclass(frozen=True, slots=True)
class Advance:
    """How many acts were done, and the seconds after which to go on."""

    acts: int
    pause: float


class Feed:
    """One run of the feed. A change of speed is a new Feed, so that what is under way does not leap.

    All delays are thrown by case ids and read back from the store, so the end of a run loses nothing.
    Not for two threads at once; one after the other is fine.
    """

    def __init__(
        self, started: datetime, *, speed: float = 1.0, per_day: float = PER_DAY, colleagues: bool = False
    ) -> None:
        """`started` is the instant of the first call, `per_day` the reports of a mean day at speed 1."""
        self._started = started
        self._speed = speed
        self._per_day = per_day
        self._ours = frozenset(Operation) if colleagues else BY_OTHERS
        self._planned = Planned(OUTSIDE | CENTRE if colleagues else OUTSIDE, self._acting)
        self._town: tuple[str, Town] | None = None

    def advance(self, unit: Unit, at: datetime) -> Advance:
        """Do at most MOST_ACTS acts that are due at `at`, in the unit's transaction. Raises as `due`."""
        agenda = self.due(unit, at)
        return Advance(self.perform(unit, agenda.actions, at), agenda.pause)

    def due(self, view: View, at: datetime) -> Agenda:
        """The next acts that are due at `at`, at most MOST_ACTS, the longest due first.

        The first call reads the city, for about a second: ask for it outside the writing thread.
        Raises Refused: `no_city`, `no_grids`, `feed_in_real_city`.
        """
        town = self._town_of(view)
        self._planned.follow(view)
        planned: list[Action] = [*self._planned.first(MOST_ACTS + 1), self._report(view, town, at)]
        planned.sort(key=lambda action: action.at)
        ready = tuple(item for item in planned[:MOST_ACTS] if item.at <= at)
        following = planned[len(ready)].at if len(ready) < len(planned) else at
        pause = (following - at).total_seconds()
        return Agenda(ready, 0.0 if ready else min(max(pause, 0.0), LOOK_AGAIN))

    def perform(self, unit: Unit, actions: Sequence[Action], at: datetime) -> int:
        """Do `actions`, stamped `at`; how many were done.

        One whose case has moved on is left out, and so is for good what the city's practice or lists
        do not let the simulation do: it waits for a person.
        """
        town = self._town_of(unit)
        return sum(
            self._act(unit, town, action, at)
            if isinstance(action, Acting)
            else _report(unit, town, action, at)
            for action in actions
        )

    def _town_of(self, view: View) -> Town:
        reference = view.reference
        if not reference.profile.generated:
            raise Refused("feed_in_real_city", city=reference.profile.name)
        if self._town is None or self._town[0] != reference.revision:
            self._town = (reference.revision, read_town(view).prepared())
        return self._town[1]

    def _acting(self, case: Waiting) -> Acting | None:
        assert self._town is not None
        turn = self._town[1].course.turn(case, case.since)
        if turn.operation not in self._ours:
            return None
        base = max(case.since, self._started)
        left = turn.at - base
        if left <= timedelta(0):
            left = turn.word * _CAUGHT_UP
        return Acting(base + left / self._speed, case, turn)

    def _report(self, view: View, town: Town, at: datetime) -> Reporting:
        after, last = newest_report(view) or (0, self._started)
        rate = max(town.rhythm.rate(at), _QUIETEST) * self._per_day
        gap = exponential(timedelta(days=1) / rate, dice("report", after)[0])
        return Reporting(max(last, self._started) + gap / self._speed, after)

    def _act(self, unit: Unit, town: Town, action: Acting, at: datetime) -> bool:
        turn = action.turn
        case = unit.cases.by_code(action.case.code)
        told = seats.told(town, case, turn)
        actor = town.crew.actor(turn.operation, case, turn.hand)
        if actor is not None and seats.is_answered(turn.operation, told):
            problem = _taken(unit, action, told, actor.name, at)
            if problem is None or problem.code == "stale":
                return problem is None
        self._planned.leave(action)
        return False


def _taken(unit: Unit, action: Acting, told: Told, by: str, at: datetime) -> Refused | None:
    case = action.case
    try:
        with unit.part():
            take_step(unit, case.code, action.turn.operation, told, by=by, at=at, seen=case.version)
    except Refused as problem:
        return problem
    return None


def _report(unit: Unit, town: Town, action: Reporting, at: datetime) -> bool:
    newest = newest_report(unit)
    if newest is not None and newest[0] != action.after:
        return False  # another report has come in meanwhile: the next one is counted from that
    chance = Random(f"{SEED} report {action.after}").random
    cells, lon, lat = town.terrain.draw(np.array([[chance(), chance(), chance()]]))
    place = town.places.rows[cells[0]]
    address = town.addresses.addresses(lon, lat)[0]
    made = coming(town, at, place, float(lon[0]), float(lat[0]), address, chance)
    register_report(unit, made.report, by=made.by, at=at)
    return True
