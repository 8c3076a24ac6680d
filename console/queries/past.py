"""A stretch of the past in compact arrays: the state of every case at any instant of it, by look-up.

A case is kept as its stretches: from one instant to another it stood so. What stands at an instant are
the stretches that have begun and not ended. They lie sorted by their beginning, and every few thousand
a key frame lists those before it that still stood; so one look-up reads a key frame and what has begun
since, however long the period is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.domain.flow import STEP_OF, State, Step
from console.domain.lamp import Lamp
from console.domain.operation import Operation
from console.domain.replay import Period
from console.storage.columns import instant, ticks

Ticks = NDArray[np.int64]
Whole = NDArray[np.int32]
Small = NDArray[np.uint8]

NEVER = 2**62
"""Later than every instant, in ticks: no deadline, no end."""

STATES: Sequence[State] = tuple(State)
LAMPS: Sequence[Lamp] = (Lamp.IN_TIME, Lamp.SOON, Lamp.LATE, Lamp.NONE)
OPERATIONS: Sequence[Operation] = tuple(Operation)
_STEPS: Sequence[Step] = tuple(Step)
_STEP_OF = np.array([_STEPS.index(STEP_OF[state]) for state in STATES], np.uint8)
_KEY_FRAME = 4096
_SUSPENDED = STATES.index(State.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Columns:
    """The stretches in which a case was open, each value an array over them.

    `case` and `place` are positions in the lists of the Past; `start` and `end` are ticks, half open;
    `due` and `soon` are ticks or NEVER; `place` is -1 for a case without one.
    """

    case: Whole
    start: Ticks
    end: Ticks
    state: Small
    place: Whole
    due: Ticks
    soon: Ticks
    reworks: Small
    supervision: Small
    kind: NDArray[np.uint16]

    def sorted(self) -> "Columns":
        """By their beginning."""
        order = np.argsort(self.start, kind="stable")
        return Columns(*(getattr(self, name)[order] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Places:
    """Where cases lay: EPSG:4490 degrees, and the position of the cell or -1."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    position: Whole


@dataclass(frozen=True, slots=True)
class Happened:
    """The facts of the period in their order, each value an array over them; `by` points into `people`."""

    at: Ticks
    case: Whole
    number: Whole
    operation: Small
    by: Whole


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    at: datetime
    code: str
    operation: Operation
    by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One open case at an instant; `kind` is its class key, `position` its cell's or None."""

    id: int
    code: str
    state: State
    lamp: Lamp
    due_at: datetime | None
    lon: float | None
    lat: float | None
    position: int | None
    reworks: int
    supervision: int
    kind: str


class Past:
    """Everything of a period, read once (console.queries.replay); good for every thread.

    `cells` is how many unit grids the city has. A moment outside the period is that of its nearer edge.
    """

    def __init__(
        self,
        period: Period,
        cells: int,
        ids: Sequence[int],
        codes: Sequence[str],
        kinds: Sequence[str],
        people: Sequence[str],
        columns: Columns,
        places: Places,
        happened: Happened,
        ended: tuple[Ticks, Ticks],
        begun: Ticks,
    ) -> None:
        self.period = period
        self.cells = cells
        self.ids = np.array(ids, np.int64)
        self.codes = codes
        self.kinds = kinds
        self.people = people
        self.columns = columns.sorted()
        self.places = places
        self.happened = happened
        order = np.argsort(ended[0], kind="stable")
        self._ended = ended[0][order], ended[1][order]
        self._begun = np.sort(begun)
        self._frames = self._key_frames()

    def at(self, at: datetime) -> "Moment":
        """The state of the city at `at`: what was told at that instant is told."""
        now = ticks(self._kept(at))
        begun = int(np.searchsorted(self.columns.start, now, "right"))
        frame = begun // _KEY_FRAME
        first = frame * _KEY_FRAME
        rows = np.concatenate((self._frames[frame], np.arange(first, begun, dtype=np.int32)))
        return Moment(self, now, rows[self.columns.end[rows] > now])

    def around(self, at: datetime, before: int, after: int) -> list[Event]:
        """The last things that happened up to `at`, and the next ones, in their order."""
        here = int(np.searchsorted(self.happened.at, ticks(at), "right"))
        return [
            self._event(k) for k in range(max(0, here - before), min(len(self.happened.at), here + after))
        ]

    def after(self, at: datetime) -> datetime | None:
        """When the next thing happened, None after the last."""
        here = int(np.searchsorted(self.happened.at, ticks(at), "right"))
        return None if here == len(self.happened.at) else instant(int(self.happened.at[here]))

    def before(self, at: datetime) -> datetime | None:
        """When the last thing before `at` happened, None before the first."""
        here = int(np.searchsorted(self.happened.at, ticks(at), "left"))
        return None if here == 0 else instant(int(self.happened.at[here - 1]))

    def code_of(self, case_id: int) -> str:
        """The printed code of a case, empty for one that the period does not know."""
        found = np.flatnonzero(self.ids == case_id)
        return self.codes[found[0]] if len(found) else ""

    def curve(self, points: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Open cases, and the late ones among them, at so many instants from beginning to end."""
        since, until = ticks(self.period.since), ticks(self.period.until)
        moments = np.linspace(since, until, points).astype(np.int64)
        columns = self.columns
        late_from = np.maximum(columns.start, np.minimum(columns.due, NEVER - 1) + 1)
        ever = late_from < columns.end
        return _standing(columns.start, columns.end, moments), _standing(
            late_from[ever], columns.end[ever], moments
        )

    def ended_since(self, since: int, now: int) -> int:
        """How many cases that are ended at `now` came to their end at `since` or later; ticks."""
        starts, ends = self._ended
        first, last = np.searchsorted(starts, since, "left"), np.searchsorted(starts, now, "right")
        return int(np.count_nonzero(ends[first:last] > now))

    def begun_since(self, since: int, now: int) -> int:
        """How many cases came in from `since` to `now`; ticks."""
        first, last = np.searchsorted(self._begun, since, "left"), np.searchsorted(self._begun, now, "right")
        return int(last - first)

    @property
    def size(self) -> int:
        """Bytes of the arrays."""
        told = [getattr(self.columns, name) for name in Columns.__slots__]
        told += [getattr(self.happened, name) for name in Happened.__slots__]
        told += [*self._frames, *self._ended, self._begun, self.ids]
        return sum(one.nbytes for one in told)

    def _kept(self, at: datetime) -> datetime:
        at = self.period.within(at)
        if self.period.exact:
            return at
        return at.replace(minute=0, second=0, microsecond=0)

    def _key_frames(self) -> list[Whole]:
        """Before every few thousandth stretch, those that stood when the one before it began."""
        start, end = self.columns.start, self.columns.end
        frames = [np.zeros(0, np.int32)]
        for first in range(_KEY_FRAME, len(start) + 1, _KEY_FRAME):
            rows = np.concatenate((frames[-1], np.arange(first - _KEY_FRAME, first, dtype=np.int32)))
            frames.append(rows[end[rows] > start[first - 1]])
        return frames

    def _event(self, k: int) -> Event:
        told = self.happened
        return Event(
            instant(int(told.at[k])),
            self.codes[told.case[k]],
            OPERATIONS[told.operation[k]],
            self.people[told.by[k]],
        )


class Moment:
    """The open cases of a Past at an instant, as the rows of its columns that stand then."""

    def __init__(self, past: Past, now: int, rows: NDArray[Any]) -> None:
        self.past = past
        self.now = now
        self.rows = rows

    @property
    def at(self) -> datetime:
        return instant(self.now)

    @cached_property
    def lamps(self) -> Small:
        """Of each row its lamp, as a position in LAMPS."""
        due, soon = self.past.columns.due[self.rows], self.past.columns.soon[self.rows]
        found = np.where(soon <= self.now, LAMPS.index(Lamp.SOON), LAMPS.index(Lamp.IN_TIME))
        found = np.where(due < self.now, LAMPS.index(Lamp.LATE), found)
        return np.where(due == NEVER, LAMPS.index(Lamp.NONE), found).astype(np.uint8)

    @cached_property
    def placed(self) -> NDArray[np.bool_]:
        """Which rows have a place."""
        found: NDArray[np.bool_] = self.past.columns.place[self.rows] >= 0
        return found

    def counts(self) -> NDArray[np.int64]:
        """Open cases per cell, in the order of the cells."""
        places = self.past.columns.place[self.rows]
        positions = self.past.places.position[places[places >= 0]]
        return np.bincount(positions[positions >= 0], minlength=self.past.cells)

    @property
    def suspended(self) -> NDArray[np.bool_]:
        """Which rows rest."""
        found: NDArray[np.bool_] = self.past.columns.state[self.rows] == _SUSPENDED
        return found

    def steps(self) -> Mapping[Step, tuple[int, int]]:
        """How many cases wait in each step, and how many of them are late."""
        step = _STEP_OF[self.past.columns.state[self.rows]]
        late = self.lamps == LAMPS.index(Lamp.LATE)
        numbers = np.bincount(step, minlength=len(_STEPS)).tolist()
        overdue = np.bincount(step[late], minlength=len(_STEPS)).tolist()
        return {one: (numbers[k], overdue[k]) for k, one in enumerate(_STEPS)}

    @property
    def open(self) -> int:
        return len(self.rows)

    @property
    def late(self) -> int:
        return int(np.count_nonzero(self.lamps == LAMPS.index(Lamp.LATE)))

    def day(self, midnight: datetime) -> tuple[int, int]:
        """How many cases came in and how many ended since the city's midnight, as far as the period tells."""
        since = max(ticks(midnight), ticks(self.past.period.since))
        return self.past.begun_since(since, self.now), self.past.ended_since(since, self.now)

    def case(self, case_id: int) -> Standing | None:
        """One open case, None for any other."""
        found = np.flatnonzero(self.past.ids[self.past.columns.case[self.rows]] == case_id)
        return self._standing(int(found[0])) if len(found) else None

    def cases(self) -> list[Standing]:
        """Every open case."""
        return [self._standing(k) for k in range(len(self.rows))]

    def _standing(self, k: int) -> Standing:
        past, columns, row = self.past, self.past.columns, self.rows[k]
        case, place, due = columns.case[row], int(columns.place[row]), int(columns.due[row])
        position = int(past.places.position[place]) if place >= 0 else -1
        return Standing(
            int(past.ids[case]),
            past.codes[case],
            STATES[columns.state[row]],
            LAMPS[self.lamps[k]],
            None if due == NEVER else instant(due),
            float(past.places.lon[place]) if place >= 0 else None,
            float(past.places.lat[place]) if place >= 0 else None,
            position if position >= 0 else None,
            int(columns.reworks[row]),
            int(columns.supervision[row]),
            past.kinds[columns.kind[row]],
        )


def _standing(start: Ticks, end: Ticks, moments: Ticks) -> NDArray[np.int64]:
    """How many stretches stand at each moment."""
    begun = np.searchsorted(np.sort(start), moments, "right")
    over = np.searchsorted(np.sort(end), moments, "right")
    return np.asarray(begun - over, np.int64)
