"""A made-up day of a command centre as the journal tells it: forty seats, ten thousand cases, or a storm."""

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from console.adapters.practice import standard
from console.domain.actor import Actor, Post
from console.domain.attention import Happened, Seen, Watcher, watcher
from console.domain.case import Flag
from console.domain.duty import OnDuty
from console.domain.flow import State
from console.domain.operation import Operation, Request

MIDNIGHT = datetime(2026, 6, 8, 16, tzinfo=UTC)  # of the ninth, in the city
MINUTE = timedelta(minutes=1)
DISTRICTS = tuple(f"4101{number:02d}" for number in range(2, 14))
DEPARTMENTS = tuple(f"D{number:02d}" for number in range(6))
# What share of a day's reports comes in each hour; patrols work from seven to nine in the evening.
_HOURS = (1, 1, 1, 1, 1, 2, 4, 20, 40, 45, 45, 35, 25, 35, 42, 42, 40, 35, 25, 18, 12, 6, 3, 2)
EMERGENCIES, DANGEROUS, SUPERVISED, MARKED = 0.02, 0.01, 0.001, 0.001
LATE, RETURNED, ASKED = 0.03, 0.02, 0.02


def seats() -> dict[str, Watcher]:
    """Forty seats as the demo city's posts share them out; nobody keeps a roster."""
    practice = standard()
    off = OnDuty(None, (), None, ())
    actors = [
        *(Actor(f"受理{n}", frozenset({Post.ACCEPTOR})) for n in range(12)),
        *(Actor(f"值班长{n}", frozenset({Post.SHIFT_LEADER})) for n in range(4)),
        *(Actor(f"派遣{n}", frozenset({Post.DISPATCHER})) for n in range(6)),
        *(
            Actor(f"区派遣{n}", frozenset({Post.DISTRICT_DISPATCHER}), division=code)
            for n, code in enumerate(DISTRICTS)
        ),
        *(
            Actor(f"经办{n}", frozenset({Post.DEPARTMENT_DESK}), department=code)
            for n, code in enumerate(DEPARTMENTS)
        ),
    ]
    assert len(actors) == 40
    return {one.name: watcher(one, practice, off, {}) for one in actors}


@dataclass(order=True)
class Due:
    """What happens at an instant: a line of the journal, or a clock that ran out (late) or soon will."""

    at: datetime
    number: int
    happened: Happened | None = field(compare=False, default=None)
    clock: tuple[Seen, bool] | None = field(compare=False, default=None)


class Day:
    """`count` cases over the day; with a `storm` hour, so many emergencies besides."""

    def __init__(self, count: int, *, storm: int = 0, storm_hour: int = 15, seed: int = 1) -> None:
        self._dice = random.Random(seed)
        self._queue: list[Due] = []
        self._number = 0
        for case_id in range(1, count + 1):
            (hour,) = self._dice.choices(range(24), _HOURS)
            self._life(case_id, self._in_hour(hour), self._class(), self._dice)
        for case_id in range(count + 1, count + storm + 1):
            self._life(case_id, self._in_hour(storm_hour), "event:0506", self._dice)

    def __iter__(self) -> Iterator[Due]:
        queue = list(self._queue)
        heapq.heapify(queue)
        while queue:
            yield heapq.heappop(queue)

    def _in_hour(self, hour: int) -> datetime:
        return MIDNIGHT + timedelta(hours=hour, seconds=self._dice.uniform(0, 3600))

    def _class(self) -> str:
        chance = self._dice.random()
        if chance < EMERGENCIES:
            return "event:0505"
        return "part:0103" if chance < EMERGENCIES + DANGEROUS else "event:0405"

    def _life(self, case_id: int, at: datetime, class_key: str, dice: random.Random) -> None:
        """A case on its usual way, with what now and then happens on it."""
        case = Seen(case_id, State.REPORTED, class_key, district=dice.choice(DISTRICTS))
        acceptor, leader = f"受理{dice.randrange(12)}", f"值班长{dice.randrange(4)}"
        dispatcher, number = f"派遣{dice.randrange(6)}", dice.randrange(6)
        desk = f"经办{number}"
        self._say(at, Operation.REGISTER, "采集员", case, "state", "flags", "district")
        at += self._minutes(1, 8)
        case = self._step(at, Operation.ACCEPT, acceptor, case, State.TO_FILE)
        at += self._minutes(1, 8)
        case = replace(case, limit_unit="urgent_hour" if class_key.startswith("part") else "work_hour")
        case = self._step(at, Operation.FILE, leader, case, State.TO_DISPATCH)
        at += self._minutes(1, 8)
        case = replace(case, department=DEPARTMENTS[number])
        case = self._step(at, Operation.DISPATCH, dispatcher, case, State.TO_HANDLE, "department")
        for share, operation, flag in (
            (MARKED, Operation.MARK, Flag.URGENT),
            (SUPERVISED, Operation.SUPERVISE, Flag.SUPERVISED),
        ):
            if dice.random() < share:
                case = replace(case, flags=(flag,))
                self._say(at + MINUTE, operation, "领导1", case, "flags")
        at += self._minutes(10, 60)
        case = self._step(at, Operation.RECEIVE, desk, case, State.HANDLING)
        if dice.random() < ASKED:
            asks = replace(case, request=Request.EXTENSION, asked_by=desk)
            self._say(at + 5 * MINUTE, Operation.ASK_EXTENSION, desk, asks, "request")
            self._say(at + 25 * MINUTE, Operation.ALLOW_EXTENSION, dispatcher, case, "request")
        if dice.random() < LATE:
            self._clock(at + 60 * MINUTE, case, late=False)
            self._clock(at + 120 * MINUTE, case, late=True)
        if dice.random() < RETURNED:
            case = replace(case, request=Request.RETURN, asked_by=desk)
            case = self._step(at + 9 * MINUTE, Operation.ASK_RETURN, desk, case, State.RETURNED, "request")
            case = replace(case, request=None, asked_by="")
            case = self._step(
                at + 29 * MINUTE, Operation.REFUSE_RETURN, dispatcher, case, State.HANDLING, "request"
            )
        at += self._minutes(130, 200)
        case = self._step(at, Operation.FEED_BACK, desk, case, State.FED_BACK)
        self._step(at + self._minutes(2, 20), Operation.CLOSE, leader, case, State.CLOSED)

    def _step(
        self, at: datetime, operation: Operation, by: str, case: Seen, state: State, *also: str
    ) -> Seen:
        after = replace(case, state=state)
        self._say(at, operation, by, after, "state", *also)
        return after

    def _say(self, at: datetime, operation: Operation, by: str, case: Seen, *changed: str) -> None:
        self._number += 1
        happened = Happened(self._number, operation, at, by, frozenset(changed), case)
        self._queue.append(Due(at, self._number, happened))

    def _clock(self, at: datetime, case: Seen, *, late: bool) -> None:
        self._number += 1
        self._queue.append(Due(at, self._number, clock=(case, late)))

    def _minutes(self, least: float, most: float) -> timedelta:
        return self._dice.uniform(least, most) * MINUTE
