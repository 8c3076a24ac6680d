"""Where a patroller last was, and how much that says now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

FRESH = timedelta(minutes=15)
"""For so long a told place is taken to be where he is."""
AHEAD = timedelta(minutes=5)
"""So far a device's clock may be ahead of ours."""


class Sureness(IntEnum):
    """What a shown place rests on, the surest first."""

    FRESH = 0
    EARLIER = 1
    LISTED = 2
    GRID = 3


@dataclass(frozen=True, slots=True)
class Position:
    """A place that a patroller's device told; EPSG:4490 degrees, `at` an aware instant."""

    name: str
    lon: float
    lat: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a patroller is shown; `at` is None where nobody told when."""

    name: str
    lon: float
    lat: float
    sureness: Sureness
    at: datetime | None = None


def sureness(at: datetime, now: datetime) -> Sureness:
    """What a place told at `at` is worth at `now`."""
    return Sureness.FRESH if now - at <= FRESH else Sureness.EARLIER
