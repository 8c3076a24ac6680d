"""By what the unit grids of the map may be coloured, and how values fall into classes."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from console.domain.evaluation import COUNTS, RATIOS, Count, Ratio

LEVELS = 6
"""Classes 0 to 5; the higher, the more there is to do, the worse it is."""
FEW = 6
"""The class of what has too few cases for a share or a middle value."""
FEWEST = 10
"""So many cases make a share or a middle value worth showing."""
DAYS = (7, 30, 90)
"""How far back the period may reach, in days up to now."""


class Ground(StrEnum):
    """Over which area a value is told; every unit grid then shows its area's."""

    CELL = "cell"
    RESPONSIBILITY = "responsibility_grid"
    STREET = "street"
    AREA = "area"


Kind = Literal["count", "density", "hours", "share"]


@dataclass(frozen=True, slots=True)
class Colouring:
    """One way to colour.

    `breaks` are the smallest values of classes 1 to 5 for unit grids, or with `better` high the values
    below which they begin; without any the classes hold equally many areas. `over` is false of what is
    counted as it stands now. `count` and `ratio` say which indicator of the seventh step it is.
    """

    key: str
    kind: Kind
    breaks: tuple[float, ...] = ()
    better: Literal["high", "low"] = "low"
    over: bool = True
    count: Count | None = None
    ratio: Ratio | None = None

    @property
    def usual(self) -> Ground:
        """The area that it is asked for first: single grids have too few cases for a share."""
        return Ground.RESPONSIBILITY if self.judged else Ground.CELL

    @property
    def judged(self) -> bool:
        """Whether a value says nothing where there are too few cases."""
        return self.kind in {"share", "hours"}


OPEN_BREAKS = (1, 2, 3, 5, 8)
_LOW_SHARE = (0.02, 0.05, 0.10, 0.20, 0.40)
_HIGH_SHARE = (0.99, 0.95, 0.90, 0.80, 0.60)

COLOURINGS: tuple[Colouring, ...] = (
    Colouring("open", "count", OPEN_BREAKS, over=False),
    Colouring("overdue", "count", (1, 2, 3, 4, 6), over=False),
    Colouring("today", "count", (1, 2, 3, 4, 6), over=False),
    Colouring("density", "density", over=False),
    Colouring("time_to_close", "hours", (8, 24, 48, 96, 168)),
    *(
        Colouring(one.key, "share", _LOW_SHARE if one.better == "low" else _HIGH_SHARE, one.better, ratio=one)
        for one in RATIOS
    ),
    *(Colouring(f"count_{one}", "count", count=one) for one in COUNTS),
)
BY_KEY = {one.key: one for one in COLOURINGS}
CYCLE = ("open", "overdue", "today", "density", "time_to_close", "rework_rate", "in_time_rate")
"""Those that one key goes through."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown: a colouring, over which areas, how many days back."""

    key: str = "open"
    ground: Ground = Ground.CELL
    days: int = 30

    @property
    def colouring(self) -> Colouring:
        return BY_KEY[self.key]

    def since(self, now: datetime, midnight: datetime) -> datetime:
        """When what is counted begins: the city's day for what is new today, else so many days ago."""
        return midnight if self.key == "today" else now - timedelta(days=self.days)


def level_of(value: float, breaks: Sequence[float], better: Literal["high", "low"] = "low") -> int:
    """The class of a value: how many breaks it has reached, or fallen short of where high is better."""
    if better == "high":
        return sum(value < one for one in breaks)
    return bisect_right(breaks, value)


def quantiles(values: Sequence[float]) -> tuple[float, ...]:
    """Breaks after which the positive values fall into at most five classes of about the same size.

    Each is a value that occurs, the least of its class, so that equal values share a class.
    """
    told = sorted(value for value in values if value > 0)
    places = (len(told) * part // (LEVELS - 1) for part in range(LEVELS - 1))
    return tuple(sorted({told[place] for place in places})) if told else ()
