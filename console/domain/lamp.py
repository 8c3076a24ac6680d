"""How urgent a running deadline is, told by shape as well as colour."""

from datetime import datetime
from enum import StrEnum

SOON_FIFTHS = 4  # of five: the lamp turns when 80 % of the limit is used (domain.md 2.5, found [S5])


class Lamp(StrEnum):
    """Circle, diamond, triangle; `none` where no clock runs."""

    NONE = "none"
    IN_TIME = "in_time"
    SOON = "soon"
    LATE = "late"


def soon_from(start: datetime, due: datetime) -> datetime:
    """The instant from which a clock that runs always, from `start` to `due`, counts as soon."""
    return start + SOON_FIFTHS * (due - start) // 5


def lamp(now: datetime, due: datetime | None, soon: datetime | None) -> Lamp:
    """The lamp at `now` of a deadline `due` whose last fifth begins at `soon`."""
    if due is None:
        return Lamp.NONE
    if now > due:
        return Lamp.LATE
    return Lamp.SOON if soon is not None and now >= soon else Lamp.IN_TIME
