"""A clock that walks every minute, written from the trade's rules alone, to hold the real one against.

The rules (domain.md 2.5, 2.6): urgent hours run always; work hours only inside the work periods of work
days; a work day is eight work hours; a date may be set to holiday or make-up day, else its weekday says;
the clock stops while a case is suspended; an extension adds the original limit once more; bundled, the
time of all visits to one department is summed, otherwise every new turn begins at nothing. Nothing of
the program is imported here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

DAY = 24 * 60
UNIT_MINUTES = {"urgent_hour": 60, "work_hour": 60, "work_day": 8 * 60}


@dataclass(frozen=True)
class City:
    """Minutes of the day in which the city works, by the date from which on they hold (oldest first)."""

    first: date
    hours: Sequence[tuple[date, Sequence[tuple[int, int]], frozenset[int]]]
    odd: dict[date, bool]

    def works(self, day: date) -> bool:
        return self.odd[day] if day in self.odd else day.weekday() in self._from(day)[2]

    def open_minutes(self, days: int) -> NDArray[np.bool_]:
        """For every minute since the first midnight, whether the working clock runs."""
        minutes = np.zeros(days * DAY, bool)
        for number in range(days):
            day = self.first + timedelta(days=number)
            if self.works(day):
                for begin, end in self._from(day)[1]:
                    minutes[number * DAY + begin : number * DAY + end] = True
        return minutes

    def _from(self, day: date) -> tuple[date, Sequence[tuple[int, int]], frozenset[int]]:
        return next(entry for entry in reversed(self.hours) if entry[0] <= day)


@dataclass(frozen=True)
class Story:
    """What happened to one case, in minutes since the first midnight; it ends with its clock running.

    Acts are `start` with a department (dispatch, redispatch, rework), `pause`, `resume` and `stop`.
    """

    value: float
    unit: str
    extensions: int
    bundled: bool
    acts: Sequence[tuple[int, str, str]]
    asked: int

    @property
    def budget(self) -> int:
        return round(self.value * UNIT_MINUTES[self.unit]) * (1 + self.extensions)


@dataclass
class Found:
    """By story: the minute at which it is due and soon due (-1: not within the days), and what was used
    when it was asked.
    """

    due: NDArray[np.int64]
    soon: NDArray[np.int64]
    used: NDArray[np.int64]


@dataclass
class _Clocks:
    stories: Sequence[Story]
    used: NDArray[np.int64] = field(init=False)
    runs: NDArray[np.bool_] = field(init=False)
    runs_always: NDArray[np.bool_] = field(init=False)
    found: Found = field(init=False)

    def __post_init__(self) -> None:
        number = len(self.stories)
        self.used = np.zeros(number, np.int64)
        self.runs, self.runs_always = np.zeros(number, bool), np.zeros(number, bool)
        self.found = Found(*(np.full(number, -1, np.int64) for _ in range(3)))

    def act(self, at: int, kind: str, department: str) -> None:
        story = self.stories[at]
        if kind == "ask":
            self.found.used[at] = self.used[at]
            return
        if kind == "start" and not story.bundled:
            self.used[at] = 0
            self.found.due[at] = self.found.soon[at] = -1
        whose = story.acts[-1][2] if story.bundled else department
        running = kind in ("start", "resume") and department == whose
        self.runs[at] = running
        self.runs_always[at] = running and story.unit == "urgent_hour"


def walked(city: City, stories: Sequence[Story], days: int) -> Found:
    """Every clock after every minute of these days, one minute after the other."""
    clocks = _Clocks(stories)
    budgets = np.array([story.budget for story in stories])
    warnings = budgets * 8 // 10
    assert (warnings * 10 == budgets * 8).all(), "four fifths must be whole minutes"
    acts = sorted(
        (minute, order, at, kind, department)
        for at, story in enumerate(stories)
        for order, (minute, kind, department) in enumerate((*story.acts, (story.asked, "ask", "")))
    )
    coming = 0
    for minute, is_open in enumerate(city.open_minutes(days).tolist()):
        while coming < len(acts) and acts[coming][0] == minute:
            clocks.act(*acts[coming][2:])
            coming += 1
        running = clocks.runs if is_open else clocks.runs_always
        clocks.used += running
        clocks.found.due[running & (clocks.used == budgets)] = minute + 1
        clocks.found.soon[running & (clocks.used == warnings)] = minute + 1
    return clocks.found
